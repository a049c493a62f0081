"""The rows behind a number as tables and files, for those who may see single rows: everywhere the same bytes."""

from collections.abc import Sequence

from analytics.counted import DENOMINATOR, Counted, count_rows, counted_rows, list_rows
from analytics.cut import WHOLE, trace_cut
from analytics.downloads import to_csv
from analytics.metrics import METRICS
from analytics.periods import HalfYear
from analytics.snapshot import Snapshot
from analytics.table import Column, Table
from pages.parts.frame import View
from reports.package import zip_files

UNITS = {
    "application_on": "day", "enrolled_on": "day", "cancellation_on": "day", "entry_on": "day", "certified_on": "day",
    "starts_on": "day", "ends_on": "day", "base_price_eur": "EUR", "applied_reduction_eur": "EUR",
    "supported_reduction_eur": "EUR", "ects": "ECTS", "hours": "hours", "known_hours": "hours",
    "upv_academic_hours": "hours", "places": "count", "enrolments": "count", "teachers": "count",
    "endorsements": "count", "age": "count", "line": "count", "row_key": "code", "enrolment_id": "code",
    "edition_id": "code", "person_key": "code", "teacher_key": "code",
}
DIMENSIONS = (
    "gender", "eligibility", "tariff", "verdict", "delivery", "entry_requirement", "staff_type", "situation",
)
SAID = ("side", "state", "result")


def write_csv(view: View, snapshot: Snapshot, counted: Counted, label: str) -> bytes:
    """Every row. label: what the number is called."""
    return to_csv(tabulate(view, snapshot, counted, None), head(view, snapshot, counted, label))


def is_archive(metrics: Sequence[str]) -> bool:
    """Whether the rows of a figure are several lists: of several metrics, or of a ratio of two tables."""
    return len(metrics) > 1 or len(METRICS[metrics[0]].tables) > 1


def write_rows_of(view: View, metrics: Sequence[str], period: HalfYear | None = None) -> bytes:
    """The rows of every metric of a figure under the filters of its page: a CSV, or an archive of one a list.

    period: of what is counted in a half-year; by default that of the cut-off.
    """
    lists, period = {}, period or HalfYear.of(view.snapshot.as_of)
    for key in dict.fromkeys(metrics):
        trace = trace_cut(METRICS[key], view.filters, period, WHOLE)
        for number, counted in enumerate(counted_rows(trace), start=1):
            lists[f"{key}-{number}.csv"] = write_csv(view, view.snapshot, counted, view.words.metric(key))
    if not is_archive(metrics):
        return next(iter(lists.values()))
    return zip_files(lists, view.provenance.built_at)


def head(view: View, snapshot: Snapshot, counted: Counted, label: str) -> list[str]:
    """What stands over the rows in a file."""
    says = view.words
    sample = [says("sample.note")] if view.provenance.is_sample else []
    title = title_of(view, counted, count_rows(snapshot, counted))
    load = says("download.load", build=snapshot.build.build_id)
    return [label, says("download.restricted"), title, view.sentence, load, *sample]


def title_of(view: View, counted: Counted, sides: dict[str | None, int]) -> str:
    """How many rows; of a ratio, how many of them are in the numerator."""
    total = sum(sides.values())
    title = _say(view, f"rows_of_{counted.table}", total)
    if not counted.has_sides:
        return title
    above = total - sides.get(DENOMINATOR, 0)
    return _say(view, "rows_of_ratio", rows=title, above=view.words.number(above))


def tabulate(view: View, snapshot: Snapshot, counted: Counted, most: int | None) -> Table:
    """The first so many rows, or all, in the reader's language."""
    columns = tuple(Column(_say(view, f"row.{key}"), UNITS.get(key, "text")) for key in counted.columns)
    found = list_rows(snapshot, counted, most)
    return Table(columns, [tuple(_word(view, key, row[key]) for key in counted.columns) for row in found])


def _word(view: View, key: str, cell: object) -> object:
    """A cell in the reader's language; what is a number or a day stays one."""
    if isinstance(cell, bool):
        return _say(view, "row_yes" if cell else "row_no")
    if cell is None or cell == "":
        return "–" if key == "sheet_name" else None
    if key in DIMENSIONS:
        return view.words.value(key, cell)
    return _say(view, f"row_{key}.{cell}") if key in SAID else cell


def _say(view: View, key: str, count: int | None = None, **places: object) -> str:
    return view.words(f"page.passport.{key}", count, **places)
