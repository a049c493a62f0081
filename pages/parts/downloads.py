"""Downloads of a figure: its picture, its table and its rows, made on the click and headed by what they show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from analytics.downloads import to_csv, to_xlsx
from analytics.drawing import Drawing
from analytics.periods import HalfYear
from analytics.table import Table, show_cell
from analytics.words import Words
from pages.parts.frame import View
from pages.parts.permission import may_load
from pages.parts.rows_file import is_archive, write_rows_of
from reports.picture.sheet import INNER, to_png, to_svg
from reports.picture.table import lay_out

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"csv": "text/csv", "zip": "application/zip", "xlsx": SPREADSHEET, "png": "image/png", "svg": "image/svg+xml"}
# What is told of a picture to somebody who cannot see it is its table, unless that is long.
MOST_ROWS_TOLD = 60


@dataclass(frozen=True)
class Content:
    """What of a figure can be taken away.

    chart: None for a table, whose picture is drawn of its first rows unless is_drawn says otherwise. sources: the files
    that a picture names under itself. metrics: whose rows go with it, in a half-year when they are counted in one.
    is_restricted: the table itself holds single rows.
    """

    title: str
    table: Table
    chart: Drawing | None = None
    sources: Sequence[str] = ()
    metrics: Sequence[str] = ()
    period: HalfYear | None = None
    is_drawn: bool = True
    is_restricted: bool = False


def offer_downloads(view: View, key: str, content: Content) -> None:
    """The picture as PNG and SVG, the table as CSV and as a spreadsheet, and for those who may see them the rows."""
    says, table = view.words, content.table
    heading = [*_head(view, content), content.title, *_foot(view)]
    with st.container(key=f"mc-face-download-{view.key}-{key}", horizontal=True):
        if content.is_drawn:
            offer(view, key, "png", lambda: to_png(_draw(view, content)))
            offer(view, key, "svg", lambda: _draw(view, content).encode())
        offer(view, key, "csv", lambda: to_csv(table, heading))
        offer(view, key, "xlsx", lambda: to_xlsx(table, heading, says(f"page.{view.key}.nav")))
        # Of what is only supposed there are no rows.
        if content.metrics and not view.band and may_load():
            form = "rows_zip" if is_archive(content.metrics) else "rows_csv"
            offer(view, key, form, lambda: write_rows_of(view, content.metrics, content.period))


def _head(view: View, content: Content) -> list[str]:
    return [*view.band, *([view.words("download.restricted")] if content.is_restricted else [])]


def _foot(view: View) -> list[str]:
    sample = [view.words("sample.note")] if view.provenance.is_sample else []
    return [view.sentence, view.words("download.load", build=view.provenance.build_id), *sample]


def _draw(view: View, content: Content) -> str:
    """The picture of the chart, or of the table, as SVG."""
    says, (sentence, *load) = view.words, _foot(view)
    files = [says("download.source", files=", ".join(content.sources))] if content.sources else []
    if content.chart:
        picture = content.chart.written_in(says("figure.separators"))
    else:
        picture = lay_out(content.table, says, INNER)
    foot = [*_head(view, content), sentence, *files, *load]
    return to_svg(picture, content.title, foot, tell(says, content.table, sentence))


def offer(view: View, key: str, form: str, make: Callable[[], bytes]) -> None:
    """One download, made on the click. form: its ending, after what it holds when that is not the figure itself."""
    what, _, ending = form.rpartition("_")
    name = "-".join([view.key, key, *([what] if what else []), view.snapshot.as_of.isoformat()])
    st.download_button(
        view.words(f"download.{form}"), make, f"{name}.{ending}", KINDS[ending],
        key=f"{form}_{view.key}_{key}", on_click="ignore", icon=":material/download:",
    )


def tell(says: Words, table: Table, sentence: str) -> str:
    """What is shown, then the first rows of its table, a line each."""
    lines = [
        [f"{column.heading}: {show_cell(says, column, cell)}" for column, cell in zip(table.columns, row, strict=True)]
        for row in table.rows[:MOST_ROWS_TOLD]
    ]
    return "\n".join([sentence, *("; ".join(line) for line in lines)])
