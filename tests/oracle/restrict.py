"""A programme cut down to the rows with one value of a dimension, as a filter or a group of a figure leaves them."""

from collections.abc import Callable
from dataclasses import replace

from tests.oracle.programme import Edition, Programme
from tests.oracle.standing import completed_years, is_eligible

EDITION_DIMENSIONS: dict[str, Callable[[Edition], str]] = {
    "course": lambda edition: edition.course_id,
    "delivery": lambda edition: edition.delivery,
    "entry_requirement": lambda edition: edition.entry_requirement or "unknown",
}
LEARNER_DIMENSIONS = ("gender", "age_band", "eligibility", "tariff")
AGE_BANDS = ((25, "under_25"), (35, "25_34"), (45, "35_44"), (55, "45_54"), (65, "55_64"))
ELIGIBILITIES = {True: "eligible", False: "not_eligible", None: "undetermined"}


def restrict_programme(programme: Programme, dimension: str, value: str) -> Programme:
    """Editions with what belongs to them, or enrolments alone when the dimension is one of the learner."""
    if dimension in EDITION_DIMENSIONS:
        return keep_editions(programme, lambda edition: EDITION_DIMENSIONS[dimension](edition) == value)
    if programme.enrolments is None:
        return programme
    found = zip(programme.enrolments, learner_values(programme, dimension), strict=True)
    return replace(programme, enrolments=tuple(row for row, its_value in found if its_value == value))


def keep_editions(programme: Programme, is_kept: Callable[[Edition], bool]) -> Programme:
    editions = tuple(edition for edition in programme.editions if is_kept(edition))
    kept = {edition.edition_id for edition in editions}

    def of_kept(rows: tuple | None) -> tuple | None:
        return None if rows is None else tuple(row for row in rows if row.edition_id in kept)

    return replace(
        programme, editions=editions, teaching=of_kept(programme.teaching), enrolments=of_kept(programme.enrolments)
    )


def values_of_dimension(programme: Programme, dimension: str) -> list[str]:
    """The values that occur, sorted."""
    if dimension in EDITION_DIMENSIONS:
        return sorted({EDITION_DIMENSIONS[dimension](edition) for edition in programme.editions})
    return sorted(set(learner_values(programme, dimension)))


def learner_values(programme: Programme, dimension: str) -> list[str]:
    """The value of each enrolment, in their order."""
    editions = {edition.edition_id: edition for edition in programme.editions}
    rows = [(row, editions[row.edition_id]) for row in programme.enrolments or ()]
    if dimension == "age_band":
        return [age_band(completed_years(row.born_on, edition.starts_on)) for row, edition in rows]
    if dimension == "eligibility":
        return [ELIGIBILITIES[is_eligible(row, edition)] for row, edition in rows]
    return [getattr(row, dimension) or "unknown" for row, _ in rows]


def age_band(age: int | None) -> str:
    if age is None:
        return "unknown"
    return next((band for limit, band in AGE_BANDS if age < limit), "65_over")
