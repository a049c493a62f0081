"""Metrics: every number this project reports, defined once."""

from dataclasses import dataclass
from typing import Literal

from analytics.dimensions import DIMENSIONS

Unit = Literal["count", "share", "EUR", "ECTS", "hours", "ratio"]

EXPORT_OF_TABLE = {"edition": "catalogue", "teaching": "teaching", "enrolment": "enrolments"}
# What an enrolment record can be at the cut-off, the narrowest first.
TRAITS = ("is_credential", "is_entry", "is_enrolment", "was_enrolled", "is_application")
# The rows of enrolments that belong to the half-year of the report.
IN_PERIOD = "is_entry and is_funded and entry_on between $period_first_day and $period_last_day"


def count(condition: str) -> str:
    """Rows that meet a condition."""
    return f"count(*) filter (where {condition})"


def distinct(column: str, condition: str) -> str:
    """Different values among the rows that meet a condition."""
    return f"count(distinct {column}) filter (where {condition})"


def total(column: str, condition: str) -> str:
    """Sum over the rows that meet a condition: 0 without rows, unknown (null) when none of them has a value."""
    return f"if(count(*) filter (where {condition}) = 0, 0, sum({column}) filter (where {condition}))"


@dataclass(frozen=True)
class Metric:
    """A number: `numerator` over `table`; a ratio also has a `denominator`, over that table unless another is named.

    dated_by: the date column of `table` by which it is drawn in time.
    target: key of its target in data/reference/targets.toml.
    also_needs: exports without which it is unknown, besides those of its tables.
    """

    key: str
    table: str
    unit: Unit
    numerator: str
    denominator: str | None = None
    denominator_table: str | None = None
    dated_by: str | None = None
    target: str | None = None
    also_needs: tuple[str, ...] = ()

    @property
    def is_additive(self) -> bool:
        """Whether its parts over time add up: different people or courses do not."""
        return not any("distinct" in side or "histogram" in side for side in (self.numerator, self.denominator or ""))

    @property
    def counted_rows(self) -> str:
        """The rows that any side of it looks at: those outside give a series no points."""
        if self.table != "enrolment":
            return "is_offered"
        return next(trait for trait in TRAITS if trait in (self.denominator or self.numerator))

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables it is counted on."""
        return tuple(dict.fromkeys((self.table, self.denominator_table or self.table)))

    @property
    def needs(self) -> tuple[str, ...]:
        """The exports without which it is unknown."""
        return tuple(dict.fromkeys((*(EXPORT_OF_TABLE[table] for table in self.tables), *self.also_needs)))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What it can be split by: the dimensions that all its tables have."""
        return tuple(key for key, dimension in DIMENSIONS.items() if dimension.tables.issuperset(self.tables))


OFFER = (
    Metric("courses_offered", "edition", "count", distinct("course", "is_offered"), dated_by="starts_on"),
    Metric("editions_offered", "edition", "count", count("is_offered"), dated_by="starts_on"),
    Metric("places_offered", "edition", "count", total("places", "is_offered"), dated_by="starts_on"),
    Metric("ects_offered", "edition", "ECTS", total("ects", "is_offered"), dated_by="starts_on"),
    Metric("hours_offered", "edition", "hours", total("hours", "is_offered"), dated_by="starts_on"),
    Metric(
        "endorsed_course_share", "edition", "share",
        distinct("course", "is_offered and endorsements > 0"), distinct("course", "is_offered"),
        dated_by="starts_on", also_needs=("endorsements",),
    ),
    Metric(
        "open_entry_share", "edition", "share",
        count("is_offered and entry_requirement = 'open'"), count("is_offered and entry_requirement <> 'unknown'"),
        dated_by="starts_on",
    ),
)

MODALITY = (
    Metric(
        "online_share", "edition", "share",
        count("is_offered and delivery_group = 'online'"), count("is_offered"),
        dated_by="starts_on", target="online_share",
    ),
    Metric(
        "face_to_face_share", "edition", "share",
        count("is_offered and delivery_group = 'face_to_face'"), count("is_offered"),
        dated_by="starts_on", target="face_to_face_share",
    ),
    Metric(
        "blended_share", "edition", "share",
        count("is_offered and delivery_group = 'blended'"), count("is_offered"), dated_by="starts_on",
    ),
    Metric(
        "online_enrolment_share", "enrolment", "share",
        count("is_enrolment and delivery_group = 'online'"), count("is_enrolment"), dated_by="enrolled_on",
    ),
)

TEACHING = (
    Metric(
        "upv_academic_hours_share", "teaching", "share",
        total("hours", "is_offered and staff_type = 'upv_academic' and hours is not null"),
        total("hours", "is_offered and hours is not null"),
        dated_by="starts_on", target="upv_academic_hours_share",
    ),
    Metric(
        "upv_majority_edition_share", "edition", "share",
        count("is_offered and known_hours > 0 and upv_academic_hours * 2 >= known_hours"),
        count("is_offered and known_hours > 0"),
        dated_by="starts_on", target="upv_majority_edition_share", also_needs=("teaching",),
    ),
    Metric(
        "external_hours_share", "teaching", "share",
        total("hours", "is_offered and starts_with(staff_type, 'external_') and hours is not null"),
        total("hours", "is_offered and hours is not null"),
        dated_by="starts_on",
    ),
    Metric("teachers", "teaching", "count", distinct("teacher_key", "is_offered"), dated_by="starts_on"),
    Metric(
        "enrolments_per_teacher", "edition", "ratio",
        total("enrolments", "is_offered and teachers > 0"),
        distinct("teacher_key", "is_offered"), denominator_table="teaching",
        dated_by="starts_on", also_needs=("enrolments",),
    ),
)

DEMAND = (
    Metric("applications", "enrolment", "count", count("is_application"), dated_by="application_on"),
    Metric("enrolments", "enrolment", "count", count("is_enrolment"), dated_by="enrolled_on"),
    Metric("learners", "enrolment", "count", distinct("person_key", "is_enrolment"), dated_by="enrolled_on"),
    Metric(
        "fill_rate", "edition", "share",
        total("enrolments", "is_offered and places is not null"), total("places", "is_offered and places is not null"),
        dated_by="starts_on", also_needs=("enrolments",),
    ),
    Metric(
        "cancellation_rate", "enrolment", "share",
        count("is_cancelled"), count("was_enrolled"), dated_by="enrolled_on",
    ),
    Metric(
        "women_share", "enrolment", "share",
        count("is_enrolment and gender = 'woman'"), count("is_enrolment and gender <> 'unknown'"),
        dated_by="enrolled_on",
    ),
)

OUTCOME = (
    Metric("entries", "enrolment", "count", count("is_entry"), dated_by="entry_on"),
    Metric("entrants", "enrolment", "count", distinct("person_key", "is_entry"), dated_by="entry_on"),
    Metric(
        "pass_rate", "enrolment", "share",
        count("is_entry and has_ended and result = 'passed'"),
        count("is_entry and has_ended and result in ('passed', 'failed')"), dated_by="entry_on",
    ),
    Metric(
        "certification_rate", "enrolment", "share",
        count("is_credential and has_ended"), count("is_entry and has_ended"), dated_by="entry_on",
    ),
    Metric("credentials_issued", "enrolment", "count", count("is_credential"), dated_by="certified_on"),
    Metric(
        "credentials_issued_eligible", "enrolment", "count",
        count("is_credential and is_funded and eligibility = 'eligible'"),
        dated_by="certified_on", target="credentials_issued_eligible",
    ),
    Metric(
        "learners_certified_eligible", "enrolment", "count",
        distinct("person_key", "is_credential and is_funded and eligibility = 'eligible'"),
        dated_by="certified_on", target="learners_certified_eligible",
    ),
    Metric(
        "courses_certified", "enrolment", "count",
        distinct("course", "is_credential and is_funded and eligibility = 'eligible'"),
        dated_by="certified_on", target="courses_certified",
    ),
    Metric(
        "stacking_learners", "enrolment", "count",
        "coalesce(len(list_filter(map_values(histogram(person_key) filter (where is_credential)), "
        "lambda credentials: credentials >= 2)), 0)",
        dated_by="certified_on",
    ),
    Metric("ects_accredited", "enrolment", "ECTS", total("ects", "is_credential"), dated_by="certified_on"),
)

DISCOUNT = (
    Metric(
        "eligible_enrolments", "enrolment", "count",
        count("is_enrolment and eligibility = 'eligible'"), dated_by="enrolled_on",
    ),
    Metric(
        "discount_uptake", "enrolment", "share",
        count("is_enrolment and verdict in ('correct', 'wrong_amount')"),
        count("is_enrolment and verdict in ('correct', 'wrong_amount', 'missed')"), dated_by="enrolled_on",
    ),
    Metric(
        "missed_discounts", "enrolment", "count",
        count("is_enrolment and verdict = 'missed'"), dated_by="enrolled_on",
    ),
    Metric(
        "missed_discount_amount", "enrolment", "EUR",
        total("supported_reduction_eur", "is_enrolment and verdict = 'missed'"), dated_by="enrolled_on",
    ),
    Metric(
        "undue_discounts", "enrolment", "count",
        count("is_enrolment and verdict = 'undue'"), dated_by="enrolled_on",
    ),
    Metric(
        "undue_discount_amount", "enrolment", "EUR",
        total("applied_reduction_eur", "is_enrolment and verdict = 'undue'"), dated_by="enrolled_on",
    ),
    Metric(
        "wrong_discounts", "enrolment", "count",
        count("is_enrolment and verdict = 'wrong_amount'"), dated_by="enrolled_on",
    ),
    Metric(
        "wrong_discount_amount", "enrolment", "EUR",
        total("applied_reduction_eur - supported_reduction_eur", "is_enrolment and verdict = 'wrong_amount'"),
        dated_by="enrolled_on",
    ),
    Metric("gross_fees", "enrolment", "EUR", total("base_price_eur", "is_enrolment"), dated_by="enrolled_on"),
    Metric(
        "reduction_granted", "enrolment", "EUR",
        total("applied_reduction_eur", "is_enrolment and verdict in ('correct', 'wrong_amount', 'undue')"),
        dated_by="enrolled_on",
    ),
    Metric(
        "reduction_supported", "enrolment", "EUR",
        total(
            "least(applied_reduction_eur, supported_reduction_eur)",
            "is_enrolment and verdict in ('correct', 'wrong_amount')",
        ),
        dated_by="enrolled_on",
    ),
    Metric(
        "net_fees", "enrolment", "EUR",
        f"{total('base_price_eur', 'is_enrolment')} - {total('applied_reduction_eur', 'is_enrolment')}",
        dated_by="enrolled_on",
    ),
)

FUNDING = (
    Metric("ci10_participants", "enrolment", "count", distinct("person_key", IN_PERIOD)),
    Metric("ci10_entries", "enrolment", "count", count(IN_PERIOD)),
    Metric(
        "ci10_digital_participants", "enrolment", "count",
        distinct("person_key", f"{IN_PERIOD} and is_digital_skills"),
    ),
)

# The families in the order in which a reader meets them.
FAMILIES = {
    "offer": OFFER,
    "modality": MODALITY,
    "teaching": TEACHING,
    "demand": DEMAND,
    "outcome": OUTCOME,
    "discount": DISCOUNT,
    "funding": FUNDING,
}
METRICS = {metric.key: metric for family in FAMILIES.values() for metric in family}
