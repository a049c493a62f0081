"""Dimensions: what a figure can be filtered and split by, each defined once."""

from dataclasses import dataclass

EDITION = frozenset({"edition", "enrolment", "teaching"})
LEARNER = frozenset({"enrolment"})


@dataclass(frozen=True)
class Dimension:
    """A column of the same name in each of `tables`.

    order: its values in their natural order, when they have one that is not alphabetical or by size.
    is_filter: offered among the filters of every page.
    names_itself: its values are words from the exports, shown as they came; otherwise they have words of ours.
    """

    key: str
    tables: frozenset[str]
    order: tuple[str, ...] = ()
    is_filter: bool = False
    names_itself: bool = False


AGE_BANDS = ("under_25", "25_34", "35_44", "45_54", "55_64", "65_over", "unknown")
CI10_AGE_BANDS = ("0_17", "18_29", "30_54", "55_over", "unknown")
GENDERS = ("woman", "man", "non_binary", "unknown")
DELIVERY_GROUPS = ("online", "face_to_face", "blended")
DELIVERIES = ("online_sync", "online_async", "in_person", "blended")
STAFF_TYPES = ("upv_academic", "upv_other", "external_academic", "external_professional")
ELIGIBILITIES = ("eligible", "not_eligible", "undetermined")
VERDICTS = ("correct", "wrong_amount", "missed", "undue", "none", "undetermined", "other_tariff", "no_price")

DIMENSIONS = {
    dimension.key: dimension
    for dimension in (
        Dimension("campus", EDITION, is_filter=True, names_itself=True),
        Dimension("field", EDITION, is_filter=True),
        Dimension("delivery_group", EDITION, DELIVERY_GROUPS),
        Dimension("delivery", EDITION, DELIVERIES, is_filter=True),
        Dimension("eqf_level", EDITION, is_filter=True),
        Dimension("centre", EDITION, is_filter=True, names_itself=True),
        Dimension("course", EDITION, is_filter=True, names_itself=True),
        Dimension("language", EDITION, names_itself=True),
        Dimension("entry_requirement", EDITION, ("open", "prior_knowledge", "degree", "unknown")),
        Dimension("gender", LEARNER, GENDERS, is_filter=True),
        Dimension("age_band", LEARNER, AGE_BANDS, is_filter=True),
        Dimension("eligibility", LEARNER, ELIGIBILITIES, is_filter=True),
        Dimension("tariff", LEARNER, ("general", "microcreds_70", "reduced_100", "group", "unknown")),
        Dimension("verdict", LEARNER, VERDICTS),
        Dimension("ci10_gender", LEARNER, GENDERS),
        Dimension("ci10_age_band", LEARNER, CI10_AGE_BANDS),
        Dimension("ci10_cumulative_gender", LEARNER, GENDERS),
        Dimension("ci10_cumulative_age_band", LEARNER, CI10_AGE_BANDS),
        Dimension("staff_type", frozenset({"teaching"}), STAFF_TYPES),
    )
}

# The dimensions of the report to the funder repeat gender and age for its own definition of an entry; the type of staff
# says nothing of an edition or a learner.
EXPLORED = tuple(key for key in DIMENSIONS if not key.startswith("ci10_") and key != "staff_type")
FILTERS = tuple(key for key, dimension in DIMENSIONS.items() if dimension.is_filter)
