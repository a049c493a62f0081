"""The rows behind a figure, each with what decides that it counts; one by one for those who may see single rows."""

import streamlit as st

from analytics.counted import Counted, count_files, count_rows
from analytics.downloads import to_xlsx
from analytics.snapshot import Snapshot
from analytics.table import Column, Table
from pages.parts.downloads import offer
from pages.parts.figure import MOST_ROWS, to_html
from pages.parts.frame import View, paragraph
from pages.parts.permission import may_load
from pages.parts.rows_file import head, tabulate, title_of, write_csv

# A spreadsheet holds 1,048,576 rows.
MOST_IN_A_SHEET = 1_000_000


def show_counted(view: View, snapshot: Snapshot, key: str, counted: Counted, label: str) -> None:
    """How many rows of each file; then the first of them, and all of them to download. label: of the number."""
    sides = count_rows(snapshot, counted)
    total = sum(sides.values())
    if not total:
        return paragraph("mc-text", view.say("no_rows"))
    title = title_of(view, counted, sides)
    _show_files(view, snapshot, counted)
    if not may_load():
        return paragraph("mc-small", view.say("rows_are_kept"))
    paragraph("mc-title", title, tag="h3")
    paragraph("mc-note", view.words("download.restricted"))
    st.html(to_html(view.words, tabulate(view, snapshot, counted, MOST_ROWS), title))
    if total > MOST_ROWS:
        paragraph("mc-small", view.words("figure.first_rows", shown=MOST_ROWS, rows=view.words.number(total)))
    return _offer_all(view, snapshot, key, counted, label, total)


def _show_files(view: View, snapshot: Snapshot, counted: Counted) -> None:
    columns = (
        Column(view.say("row.file_name")), Column(view.say("row.sheet_name")), Column(view.say("column_rows"), "count"),
    )
    rows = [(name, sheet or "–", rows) for name, sheet, rows in count_files(snapshot, counted)]
    st.html(to_html(view.words, Table(columns, rows), view.say("files_of_rows")))


def _offer_all(view: View, snapshot: Snapshot, key: str, counted: Counted, label: str, total: int) -> None:
    def write_xlsx() -> bytes:
        every_row = tabulate(view, snapshot, counted, None)
        return to_xlsx(every_row, head(view, snapshot, counted, label), view.say("nav"))

    with st.container(horizontal=True):
        offer(view, key, "csv", lambda: write_csv(view, snapshot, counted, label))
        if total <= MOST_IN_A_SHEET:
            offer(view, key, "xlsx", write_xlsx)
