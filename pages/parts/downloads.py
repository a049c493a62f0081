"""Downloads of a figure: its picture and its table, made on the click and headed by what they show."""

from collections.abc import Callable

import streamlit as st

from analytics.downloads import to_csv, to_xlsx
from analytics.drawing import Drawing
from analytics.table import Table, show_cell
from analytics.words import Words
from pages.parts.frame import View
from reports.picture.sheet import to_png, to_svg

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What is told of a picture to somebody who cannot see it is its table, unless that is long.
MOST_ROWS_TOLD = 60


def offer_downloads(
    view: View, key: str, title: str, table: Table, chart: Drawing | None = None, sources: tuple[str, ...] = (),
) -> None:
    """The picture of a chart as PNG and SVG, then its table as CSV and as a spreadsheet.

    sources: the files that the picture names under itself.
    """
    says = view.words
    load = says("download.load", build=view.provenance.build_id)
    sample = [says("sample.note")] if view.provenance.is_sample else []
    heading = [*view.band, title, view.sentence, load, *sample]

    def draw() -> str:
        files = [says("download.source", files=", ".join(sources))] if sources else []
        foot = [*view.band, view.sentence, *files, load, *sample]
        return to_svg(chart.written_in(says("figure.separators")), title, foot, tell(says, table, view.sentence))

    with st.container(horizontal=True):
        if chart:
            offer(view, key, "png", "image/png", lambda: to_png(draw()))
            offer(view, key, "svg", "image/svg+xml", lambda: draw().encode())
        offer(view, key, "csv", "text/csv", lambda: to_csv(table, heading))
        offer(view, key, "xlsx", SPREADSHEET, lambda: to_xlsx(table, heading, says(f"page.{view.key}.nav")))


def offer(view: View, key: str, form: str, kind: str, make: Callable[[], bytes]) -> None:
    """One download, made on the click."""
    st.download_button(
        view.words(f"download.{form}"), make, f"{view.key}-{key}-{view.snapshot.as_of.isoformat()}.{form}", kind,
        key=f"{form}_{view.key}_{key}", on_click="ignore", icon=":material/download:",
    )


def tell(says: Words, table: Table, sentence: str) -> str:
    """What is shown, then the first rows of its table, a line each."""
    lines = [
        [f"{column.heading}: {show_cell(says, column, cell)}" for column, cell in zip(table.columns, row, strict=True)]
        for row in table.rows[:MOST_ROWS_TOLD]
    ]
    return "\n".join([sentence, *("; ".join(line) for line in lines)])
