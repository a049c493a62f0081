"""Other counts: the numbers of the pages that are no indicators, defined so that they too lead to their rows."""

from analytics.ci10 import DIGITAL_ENTRIES
from analytics.forecast import TOWARDS_THE_TARGET
from analytics.metrics import METRICS, Metric, count, distinct, total
from analytics.simulation import UNDETERMINED
from analytics.staffing import TEACHING_HOURS

GRANTED = "is_enrolment and verdict in ('correct', 'wrong_amount', 'undue')"
SUPPORTED = "if(verdict = 'undue', 0, least(applied_reduction_eur, supported_reduction_eur))"
OTHER_COUNTS = {
    metric.key: metric
    for metric in (
        TEACHING_HOURS,
        DIGITAL_ENTRIES,
        Metric("teachers_named", "teaching", "count", distinct("teacher_key", "true")),
        Metric("hours_taught", "teaching", "hours", "sum(hours) filter (where true)"),
        Metric(
            "editions_below_half", "edition", "count",
            count("is_offered and known_hours > 0 and upv_academic_hours * 2 < known_hours"), also_needs=("teaching",),
        ),
        Metric(
            "editions_without_hours", "edition", "count",
            count("is_offered and not coalesce(known_hours > 0, false)"), also_needs=("teaching",),
        ),
        Metric(
            "courses_without_endorsement", "edition", "count",
            distinct("course", "is_offered and not coalesce(endorsements > 0, false)"), also_needs=("endorsements",),
        ),
        Metric("waiting_list", "enrolment", "count", count("is_application and state = 'waiting_list'")),
        Metric(
            "awaiting_credential", "enrolment", "count",
            count(f"is_enrolment and not is_credential and {TOWARDS_THE_TARGET}"),
        ),
        Metric("reduction_not_supported", "enrolment", "EUR", total(f"applied_reduction_eur - {SUPPORTED}", GRANTED)),
        Metric(
            "reduction_overpaid", "enrolment", "EUR",
            total("applied_reduction_eur - least(applied_reduction_eur, supported_reduction_eur)",
                  "is_enrolment and verdict in ('correct', 'wrong_amount')"),
        ),
        Metric("reduction_undetermined", "enrolment", "EUR", UNDETERMINED),
    )
}
COUNTED = METRICS | OTHER_COUNTS
