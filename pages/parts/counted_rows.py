"""The rows behind a figure, each with what decides that it counts; one by one for those who may see single rows."""

import streamlit as st

from analytics.counted import DENOMINATOR, Counted, count_files, count_rows, list_rows
from analytics.downloads import to_csv, to_xlsx
from analytics.snapshot import Snapshot
from analytics.table import Column, Table
from pages.parts.downloads import SPREADSHEET, offer
from pages.parts.figure import MOST_ROWS, to_html
from pages.parts.frame import View, paragraph
from pages.parts.permission import may_load

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
# A spreadsheet holds 1,048,576 rows.
MOST_IN_A_SHEET = 1_000_000


def show_counted(view: View, snapshot: Snapshot, key: str, counted: Counted) -> None:
    """How many rows of each file; then the first of them, and all of them to download."""
    sides = count_rows(snapshot, counted)
    total = sum(sides.values())
    if not total:
        return paragraph("mc-text", view.say("no_rows"))
    title = _title(view, counted, sides, total)
    _show_files(view, snapshot, counted)
    if not may_load():
        return paragraph("mc-small", view.say("rows_are_kept"))
    paragraph("mc-title", title, tag="h3")
    st.html(to_html(view.words, _tabulate(view, snapshot, counted, MOST_ROWS), title))
    if total > MOST_ROWS:
        paragraph("mc-small", view.words("figure.first_rows", shown=MOST_ROWS, rows=view.words.number(total)))
    return _offer_all(view, snapshot, key, counted, title, total)


def _title(view: View, counted: Counted, sides: dict[str | None, int], total: int) -> str:
    title = view.say(f"rows_of_{counted.table}", total)
    if not counted.has_sides:
        return title
    above = total - sides.get(DENOMINATOR, 0)
    return view.say("rows_of_ratio", rows=title, above=view.words.number(above))


def _show_files(view: View, snapshot: Snapshot, counted: Counted) -> None:
    columns = (
        Column(view.say("row.file_name")), Column(view.say("row.sheet_name")), Column(view.say("column_rows"), "count"),
    )
    rows = [(name, sheet or "–", rows) for name, sheet, rows in count_files(snapshot, counted)]
    st.html(to_html(view.words, Table(columns, rows), view.say("files_of_rows")))


def _tabulate(view: View, snapshot: Snapshot, counted: Counted, most: int | None) -> Table:
    columns = tuple(Column(view.say(f"row.{key}"), UNITS.get(key, "text")) for key in counted.columns)
    rows = [tuple(_word(view, key, cell) for key, cell in row.items()) for row in _in_order(snapshot, counted, most)]
    return Table(columns, rows)


def _in_order(snapshot: Snapshot, counted: Counted, most: int | None) -> list[dict[str, object]]:
    return [{key: row[key] for key in counted.columns} for row in list_rows(snapshot, counted, most)]


def _word(view: View, key: str, cell: object) -> object:
    """A cell in the reader's language; what is a number or a day stays one."""
    if isinstance(cell, bool):
        return view.say("row_yes" if cell else "row_no")
    if cell is None or cell == "":
        return "–" if key == "sheet_name" else None
    if key in DIMENSIONS:
        return view.words.value(key, cell)
    return view.say(f"row_{key}.{cell}") if key in SAID else cell


def _offer_all(view: View, snapshot: Snapshot, key: str, counted: Counted, title: str, total: int) -> None:
    says = view.words
    heading = [title, view.sentence, says("download.load", build=snapshot.build.build_id)]
    heading += [says("sample.note")] if view.provenance.is_sample else []

    def every_row() -> Table:
        return _tabulate(view, snapshot, counted, None)

    with st.container(horizontal=True):
        offer(view, key, "csv", "text/csv", lambda: to_csv(every_row(), heading))
        if total <= MOST_IN_A_SHEET:
            offer(view, key, "xlsx", SPREADSHEET, lambda: to_xlsx(every_row(), heading, view.say("nav")))
