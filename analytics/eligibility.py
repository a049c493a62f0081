"""Eligibility: why people have the right to the reduction or not, and the euros behind each answer and verdict."""

from analytics.dimensions import VERDICTS
from analytics.entitlement import ENTITLEMENT
from analytics.metrics import METRICS, count, total
from analytics.trace import Trace, conditions_of

ENROLLED = conditions_of(METRICS["enrolments"].numerator)[0]
OUTSIDE_AGE = f"coalesce(age not between {ENTITLEMENT.youngest} and {ENTITLEMENT.oldest}, false)"
ELSEWHERE = "coalesce(nationality <> 'ES' and residence <> 'ES', false)"
# Every enrolment is in one of these and in no other.
ANSWERS = {
    "eligible": "eligibility = 'eligible'",
    "outside_age": f"eligibility = 'not_eligible' and {OUTSIDE_AGE} and not {ELSEWHERE}",
    "elsewhere": f"eligibility = 'not_eligible' and {ELSEWHERE} and not {OUTSIDE_AGE}",
    "outside_age_and_elsewhere": f"eligibility = 'not_eligible' and {ELSEWHERE} and {OUTSIDE_AGE}",
    "no_birth_date": "eligibility = 'undetermined' and age is null",
    "no_country": "eligibility = 'undetermined' and age is not null",
}
SUPPORTED = conditions_of(METRICS["reduction_supported"].numerator)[0].removeprefix("is_enrolment and ")
AMOUNTS = {
    "base_price": "base_price_eur",
    "applied": "applied_reduction_eur",
    "supported": f"if({SUPPORTED}, least(applied_reduction_eur, supported_reduction_eur), 0)",
}
COLUMNS = ("enrolments", *AMOUNTS)
VERDICT_CONDITIONS = {verdict: f"verdict = '{verdict}'" for verdict in VERDICTS}


def trace_part(condition: str, column: str) -> Trace:
    """One of COLUMNS over the enrolments that meet a condition."""
    asked = f"{ENROLLED} and {condition}"
    if column == "enrolments":
        return Trace("enrolment", count(asked))
    return Trace("enrolment", total(AMOUNTS[column], asked))
