"""A programme as it stood on the cut-off day: the rows every indicator counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tests.oracle.programme import Edition, EditionId, Programme, Teaching
from tests.oracle.standing import Standing, has_ended, is_offered


@dataclass(frozen=True)
class Snapshot:
    """An export that did not come counts as one without rows; what it leaves unknown is settled by the indicators."""

    programme: Programme
    as_of: date
    period: str

    @cached_property
    def offered(self) -> dict[EditionId, Edition]:
        return {row.edition_id: row for row in self.programme.editions if is_offered(row, self.as_of)}

    @cached_property
    def courses_offered(self) -> set[str]:
        return {edition.course_id for edition in self.offered.values()}

    @cached_property
    def courses_endorsed(self) -> set[str]:
        rows = self.programme.endorsements or ()
        signed = (row for row in rows if row.signed_on is None or row.signed_on <= self.as_of)
        return {row.course_id for row in signed} & self.courses_offered

    @cached_property
    def teaching(self) -> list[Teaching]:
        return [row for row in self.programme.teaching or () if row.edition_id in self.offered]

    @cached_property
    def standings(self) -> list[Standing]:
        """Every enrolment record, whatever had become of it."""
        editions = {row.edition_id: row for row in self.programme.editions}
        return [Standing(row, editions[row.edition_id], self.as_of) for row in self.programme.enrolments or ()]

    @cached_property
    def enrolments(self) -> list[Standing]:
        return [row for row in self.standings if row.is_counted]

    @cached_property
    def entries(self) -> list[Standing]:
        return [row for row in self.standings if row.is_entry]

    @cached_property
    def ended_entries(self) -> list[Standing]:
        return [row for row in self.entries if has_ended(row.edition, self.as_of)]

    @cached_property
    def credentials(self) -> list[Standing]:
        return [row for row in self.entries if row.is_credential]

    @cached_property
    def target_credentials(self) -> list[Standing]:
        return [row for row in self.credentials if row.is_target_credential]

    @cached_property
    def funded_entries(self) -> list[Standing]:
        return [row for row in self.entries if row.edition.is_funded]

    @cached_property
    def ci10_entries(self) -> list[Standing]:
        """Entries of the half-year in funded editions."""
        first, last = half_year_bounds(self.period)
        return [row for row in self.funded_entries if first <= row.entry_on <= last]


def half_year_bounds(period: str) -> tuple[date, date]:
    """First and last day of a half-year written 2025-H2."""
    year, half = period.split("-H")
    if half == "1":
        return date(int(year), 1, 1), date(int(year), 6, 30)
    return date(int(year), 7, 1), date(int(year), 12, 31)


def first_entries(entries: Iterable[Standing]) -> list[Standing]:
    """One entry a person: the earliest, and of two on a day the one with the smaller enrolment_id."""
    first: dict[str, Standing] = {}
    for row in sorted(entries, key=lambda row: (row.entry_on, row.enrolment.enrolment_id)):
        first.setdefault(row.person, row)
    return list(first.values())
