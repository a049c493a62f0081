"""One figure: takeaway, then chart, table, definition, source and download, always in this order and this place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from urllib.parse import urlencode

import streamlit as st

from analytics.drawing import Drawing
from analytics.metrics import METRICS
from analytics.palette import NEUTRAL
from analytics.provenance import SourceFile
from analytics.table import Column, Mark, Table, Way, show_cell
from analytics.words import Words
from pages.parts import link
from pages.parts.commentary import show_commentary, with_notes
from pages.parts.downloads import Content, offer_downloads
from pages.parts.faces import show_faces_of
from pages.parts.frame import View, paragraph, status_mark
from pages.parts.meeting import remember_figure
from pages.parts.ways import way_to_rows
from reports.one_page import Picture

PLOT_SETTINGS = {"displayModeBar": False, "responsive": True}
BY_A_BOX = {
    "dragmode": "select", "selectdirection": "h",
    "newselection": {"line": {"color": NEUTRAL, "width": 1.6, "dash": "dot"}},
}
LONG_TEXT = 30
TEXT_ON_LIGHT = "#1c2733"
# Beyond this a table is for a spreadsheet: the download has every row.
MOST_ROWS = 60
# The addresses of the rows behind cells of a table, by row and column.
Ways = Mapping[tuple[int, int], str]
NO_WAYS: Ways = MappingProxyType({})
NUMBERS = ("figure", "count", "share", "EUR", "ECTS", "hours", "ratio", "day")


@dataclass(frozen=True)
class Pick:
    """What a reader can pick on a chart: its points, or a box drawn on it; `take` is called with what was picked."""

    mode: str
    take: Callable[[dict], None]


@dataclass(frozen=True)
class Figure:
    """What a figure shows: its key (of its file), takeaway, chart, the same as a table, and the metrics behind it.

    chart: None for what is drawn in another way. pick: what a click or a drag on the chart does, if anything.
    ways: addresses of the rows behind cells of the table, by row and column. is_marked: notes have their numbers on
    the chart.
    """

    key: str
    takeaway: str
    chart: Drawing | None
    table: Table
    metrics: Sequence[str]
    pick: Pick | None = None
    ways: Ways = field(default_factory=dict)
    is_marked: bool = False


def show_figure(view: View, figure: Figure) -> None:
    """A figure with its five faces."""
    show_faces(view, figure, lambda: _plot(view, figure))


def show_faces(view: View, figure: Figure, draw: Callable[[], object]) -> None:
    """The same for a figure that is drawn in another way than as a chart of plotly."""
    says = view.words
    remember_figure(view, figure.key, Picture(figure.takeaway, figure.chart, figure.table, _alternative(figure, says)))
    paragraph("mc-title", figure.takeaway, tag="h3")
    caption = with_notes(view, figure.takeaway, figure.metrics)
    texts = tell_texts(view, to_html(says, figure.table, caption, figure.ways), figure.metrics)

    def offer() -> None:
        sources = tuple(file.file_name for file in files_of(view, figure.metrics))
        content = Content(figure.takeaway, figure.table, figure.chart, sources, figure.metrics)
        offer_downloads(view, figure.key, content)

    show_faces_of(says, f"{view.key}-{figure.key}", texts, offer, "chart", draw)
    show_commentary(view, figure.key, figure.metrics, figure.is_marked)


def _plot(view: View, figure: Figure) -> None:
    # On light the framework's own grey is too faint to read.
    colour = TEXT_ON_LIGHT if st.context.theme.type == "light" else None
    chart = figure.chart.written_in(view.words("figure.separators"), colour)
    key, picking = f"chart_{view.key}_{figure.key}", {}
    if figure.pick:
        key += "_pick"  # by which style.css knows it
        dragging = BY_A_BOX if figure.pick.mode == "box" else {}
        chart = chart.with_layout(hovermode="closest", **dragging)
        picking = {"on_select": lambda: _take(key, figure.pick), "selection_mode": figure.pick.mode}
    alternative = with_notes(view, _alternative(figure, view.words), figure.metrics)
    st.plotly_chart(chart, key=key, config=PLOT_SETTINGS, alt=alternative, **picking)


def _take(key: str, pick: Pick) -> None:
    """Hand over what was picked; letting go of it picks nothing."""
    picked = st.session_state[key]["selection"]
    if picked["points"] or picked["box"]:
        pick.take(picked)


def tell_texts(view: View, table: str | None, metrics: Sequence[str]) -> dict[str, str]:
    """The faces that are HTML: the table when it is, definition, source. What is made of no metric, such as a list of
    files, has no definition."""
    texts = {"table": table} if table is not None else {}
    if metrics:
        texts["definition"] = define(view.words, metrics)
    return texts | {"source": name_source(view, metrics)}


def _alternative(figure: Figure, says: Words) -> str:
    return says("figure.alternative", takeaway=figure.takeaway, rows=len(figure.table.rows))


def show_table(
    view: View, key: str, takeaway: str, table: Table, metrics: Sequence[str] = (), ways: Ways = NO_WAYS,
    is_restricted: bool = False,
) -> None:
    """A figure that is a table: takeaway, its first MOST_ROWS rows, then definition, source, download of all.

    ways: as of a Figure. is_restricted: its rows are single ones; the page, its print and its downloads say so.
    """
    says = view.words
    remember_figure(view, key, Picture(takeaway, None, table, takeaway, is_restricted))
    paragraph("mc-title", takeaway, tag="h3")
    if is_restricted:
        paragraph("mc-note", says("download.restricted"))
    first = Table(table.columns, table.rows[:MOST_ROWS])
    shown = to_html(says, first, with_notes(view, takeaway, metrics), ways)
    if len(table.rows) > MOST_ROWS:
        told = says("figure.first_rows", shown=MOST_ROWS, rows=says.number(len(table.rows)))
        shown += f"<p class='mc-small'>{escape(told)}</p>"
    sources = tuple(file.file_name for file in files_of(view, metrics))
    content = Content(takeaway, table, sources=sources, metrics=metrics, is_restricted=is_restricted)
    texts = tell_texts(view, shown, metrics)
    show_faces_of(says, f"{view.key}-{key}", texts, lambda: offer_downloads(view, key, content))
    show_commentary(view, key, metrics)


def to_html(says: Words, table: Table, caption: str, ways: Ways = NO_WAYS) -> str:
    """A table as HTML, every cell shown literally, numbers as the language writes them; ways as of a Figure."""
    head = "".join(f"<th scope='col'{_side(column)}>{escape(column.heading)}</th>" for column in table.columns)
    rows = (_cells(says, table.columns, row, number, ways) for number, row in enumerate(table.rows))
    body = "".join(f"<tr>{cells}</tr>" for cells in rows)
    return (
        f"<div class='mc-scroll' tabindex='0' role='region' aria-label='{escape(caption, quote=True)}'>"
        f"<table class='mc-table'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(says: Words, columns: Sequence[Column], row: tuple, number: int, ways: Ways) -> str:
    cells = [_to_html_cell(says, column, cell) for column, cell in zip(columns, row, strict=True)]
    for place, shown in enumerate(cells):
        if shown and (number, place) in ways:
            cells[place] = _lead(says, ways[number, place], shown)
    sides = [_side(column) or _length(cell) for column, cell in zip(columns, row, strict=True)]
    others = (f"<td{side}>{cell}</td>" for side, cell in zip(sides[1:], cells[1:], strict=True))
    return f"<th scope='row'{sides[0]}>{cells[0]}</th>" + "".join(others)


def _length(cell: object) -> str:
    """A long text keeps some width, so that a narrow screen does not turn it into a column of words."""
    return " class='mc-long'" if isinstance(cell, str) and len(cell) > LONG_TEXT else ""


def _to_html_cell(says: Words, column: Column, cell: object) -> str:
    if isinstance(cell, Mark):
        return status_mark(says, cell.status)
    if isinstance(cell, Way):
        address = f"{link.path_of(cell.page)}?{urlencode(cell.choices, doseq=True)}"
        return f"<a href='{escape(address, quote=True)}' target='_self'>{escape(cell.word)}</a>"
    return escape(show_cell(says, column, cell))


def _lead(says: Words, address: str, shown: str) -> str:
    told = escape(says("trace.cell"), quote=True)
    return f"<a class='mc-trace' href='{escape(address, quote=True)}' target='_self' title='{told}'>{shown}</a>"


def _side(column: Column) -> str:
    return " class='mc-number'" if column.unit in NUMBERS else ""


def define(says: Words, metrics: Sequence[str]) -> str:
    """The definitions of some metrics, in words and with their keys, as HTML."""
    return "".join(
        f"<dl class='mc-definition'><dt>{escape(says.metric(key))} <code>{key}</code></dt>"
        f"<dd>{escape(says(f'metric.{key}.definition'))}</dd></dl>"
        for key in metrics
    )


def name_source(view: View, metrics: Sequence[str]) -> str:
    """The files that some metrics are counted on, as HTML; all the files without metrics."""
    says = view.words
    lines = [
        says("figure.file", name=file.file_name, export=says(f"export.{file.export}"),
             rows=says.number(file.rows_accepted), hash=file.sha256[:12])
        for file in files_of(view, metrics)
    ]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    heading = says("figure.files", build=view.provenance.build_id, rules=view.provenance.rules_version)
    shown = "".join(f"<p>{escape(line)}</p>" for line in (*view.band, view.sentence))
    return (
        f"<div class='mc-small'><p>{escape(heading)}</p><ul>{items}</ul>{shown}"
        f"{'' if view.band else _lead_to_rows(view, metrics)}</div>"
    )


def files_of(view: View, metrics: Sequence[str]) -> Sequence[SourceFile]:
    """The files that some metrics are counted on; all the files without metrics."""
    exports = tuple({export for key in metrics for export in METRICS[key].needs})
    return view.provenance.files_of(exports) if exports else view.provenance.files


def _lead_to_rows(view: View, metrics: Sequence[str]) -> str:
    """The passports of some metrics under the filters of the page, as HTML."""
    addresses = {key: escape(way_to_rows(view.filters, key), quote=True) for key in metrics}
    ways = " · ".join(
        f"<a href='{address}' target='_self'>{escape(view.words.metric(key))}</a>" for key, address in addresses.items()
    )
    return f"<p>{escape(view.words('trace.rows'))} {ways}</p>" if ways else ""
