"""Common indicator 10: who entered funded courses, by gender and age, in a half-year and since the beginning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from analytics.dimensions import CI10_AGE_BANDS, GENDERS
from analytics.filters import EVERYTHING, Filters
from analytics.measure import Measure, Number, measure
from analytics.metrics import IN_PERIOD, METRICS, Metric, count
from analytics.periods import HalfYear, half_years_between
from analytics.snapshot import Snapshot

SCOPES = ("half_year", "cumulative")
LINES = ("participants", "digital")
COUNTS = ("persons", "entries")
# The annex asks for persons only; entries in digital skills stand beside them here and in no other figure.
DIGITAL_ENTRIES = Metric("ci10_digital_entries", "enrolment", "count", count(f"{IN_PERIOD} and is_digital_skills"))
COUNTED = {
    ("participants", "persons"): METRICS["ci10_participants"],
    ("participants", "entries"): METRICS["ci10_entries"],
    ("digital", "persons"): METRICS["ci10_digital_participants"],
    ("digital", "entries"): DIGITAL_ENTRIES,
}
CELLS_OF = {
    "half_year": ("ci10_gender", "ci10_age_band"),
    "cumulative": ("ci10_cumulative_gender", "ci10_cumulative_age_band"),
}


@dataclass(frozen=True)
class UpTo(HalfYear):
    """Everything until the end of a half-year."""

    @property
    def first_day(self) -> date:
        return date.min

    def __str__(self) -> str:
        return f"to-{super().__str__()}"


@dataclass(frozen=True)
class Grid:
    """Counts by (gender, age band). Each person is in one cell only, so they add up; None when nothing is known."""

    cells: dict[tuple[str, str], Number | None]

    def row(self, gender: str) -> list[Number | None]:
        """The counts of a gender by age band, then their total."""
        return _with_total([self.cells[gender, age] for age in CI10_AGE_BANDS])

    @property
    def totals(self) -> list[Number | None]:
        """The counts of everybody by age band, then the total."""
        return _with_total([_add_up([self.cells[gender, age] for gender in GENDERS]) for age in CI10_AGE_BANDS])

    @property
    def total(self) -> Number | None:
        return self.totals[-1]


def grids(snapshot: Snapshot, period: HalfYear, filters: Filters = EVERYTHING) -> dict[tuple[str, str, str], Grid]:
    """{(scope, line, counted as): Grid}; a person counts in the cell of the first entry of the scope."""
    periods = {"half_year": period, "cumulative": UpTo(period.year, period.half)}
    found = {}
    for scope, by in CELLS_OF.items():
        measures = measure(snapshot, list(COUNTED.values()), filters, by, periods[scope])
        for (line, counted_as), metric in COUNTED.items():
            found[scope, line, counted_as] = _to_grid(snapshot, [one for one in measures if one.metric == metric])
    return found


def half_years(snapshot: Snapshot) -> list[HalfYear]:
    """The half-years from the first entry to the cut-off, newest first; that of the cut-off when nobody has entered."""
    first = snapshot.rows("select min(entry_on) as day from enrolment where is_entry and is_funded")[0]["day"]
    return half_years_between(first or snapshot.as_of, snapshot.as_of)[::-1]


def _to_grid(snapshot: Snapshot, measures: Sequence[Measure]) -> Grid:
    nobody = 0 if snapshot.has("enrolments") else None
    cells: dict[tuple[str, str], Number | None] = dict.fromkeys(product(GENDERS, CI10_AGE_BANDS), nobody)
    for one in measures:
        cells[one.group[0], one.group[1]] = one.value
    return Grid(cells)


def _with_total(counts: list[Number | None]) -> list[Number | None]:
    return [*counts, _add_up(counts)]


def _add_up(counts: Sequence[Number | None]) -> Number | None:
    known = [each for each in counts if each is not None]
    return sum(known) if len(known) == len(counts) else None
