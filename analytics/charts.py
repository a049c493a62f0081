"""Charts: plotly figures made of values and words already chosen. No figure decides what a number means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

import plotly.graph_objects as go

from analytics.flows import LABEL_PIXELS, Flow, Node, arrange
from analytics.palette import NEUTRAL

ROW_PIXELS = 46
TEXT_PIXELS = 13
LINE_PIXELS = 23
PHONE_LETTERS = 56
MOST_MARKERS = 20
FAINT = "rgba(128,138,150,0.28)"
DARK_LINE = "rgba(22,30,39,0.86)"
# Light enough for the sankey's ribbons to be told from its nodes, in both themes.
RIBBON_OPACITY = 0.38


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its length, the words written at its end, and its colour."""

    label: str
    value: float | None
    text: str
    colour: str


@dataclass(frozen=True)
class Series:
    """One line or one band of stacked bars. `unfinished_from`: index of the first point still to be completed."""

    name: str
    colour: str
    values: Sequence[float | None]
    texts: Sequence[str]
    unfinished_from: int | None = None


@dataclass(frozen=True)
class Line:
    """A line across a chart: where it stands and what it says."""

    at: float
    words: str


def bars(
    rows: Sequence[Bar], line: Line | None = None, maximum: float | None = None, label_lines: int = 1
) -> go.Figure:
    """Horizontal bars from zero, in the order given, each with its label above and its value at the end.

    label_lines: a label that is a sentence may need two, to be read on a phone too.
    """
    row_pixels = ROW_PIXELS + (label_lines - 1) * LINE_PIXELS
    width = 0.42 * ROW_PIXELS / row_pixels
    longest = maximum or max([row.value or 0 for row in rows] + [line.at if line else 0], default=0) or 1
    figure = go.Figure(
        go.Bar(
            x=[row.value or 0 for row in rows],
            y=list(range(len(rows))),
            orientation="h",
            marker_color=[row.colour for row in rows],
            text=[_literal(row.text) for row in rows],
            textposition="outside",
            cliponaxis=False,
            customdata=[_literal(row.label) for row in rows],
            hovertemplate="%{customdata}: %{text}<extra></extra>",
            width=width,
        )
    )
    for position, row in enumerate(rows):
        figure.add_annotation(
            x=0, y=position - width / 2 - 0.03, text=_label(row.label, label_lines), showarrow=False, align="left",
            xanchor="left", yanchor="bottom", font_size=TEXT_PIXELS, xshift=-2,
        )
    figure.update_xaxes(visible=False, range=[0, longest * 1.22], fixedrange=True)
    figure.update_yaxes(visible=False, range=[len(rows) - 0.5, -0.85], fixedrange=True)
    if line:
        _vertical_line(figure, line)
    return _lay_out(figure, height=len(rows) * row_pixels + (58 if line else 28))


def stacked_rows(labels: Sequence[str], series: Sequence[Series], line: Line | None = None) -> go.Figure:
    """Horizontal bars of parts that add up to the whole (shares 0-1), with a line for the target."""
    figure = go.Figure()
    for band in series:
        figure.add_bar(
            x=band.values, y=list(range(len(labels))), orientation="h", name=band.name, marker_color=band.colour,
            marker_line={"width": 1, "color": "rgba(255,255,255,0.85)"}, text=[_literal(text) for text in band.texts],
            textposition="inside", insidetextanchor="middle", textangle=0, textfont_color="#ffffff", width=0.46,
            customdata=[_literal(label) for label in labels],
            hovertemplate="%{customdata}<br>" + _literal(band.name) + ": %{text}<extra></extra>",
        )
    for position, label in enumerate(labels):
        figure.add_annotation(
            x=0, y=position - 0.26, text=_literal(_shorten(label, 64)), showarrow=False,
            xanchor="left", yanchor="bottom", font_size=TEXT_PIXELS, xshift=-2,
        )
    figure.update_layout(barmode="stack", uniformtext={"mode": "hide", "minsize": 11})
    figure.update_xaxes(visible=False, range=[0, 1.0], fixedrange=True)
    figure.update_yaxes(visible=False, range=[len(labels) - 0.5, -0.85], fixedrange=True)
    if line:
        _vertical_line(figure, line)
    return _lay_out(figure, height=len(labels) * ROW_PIXELS + 96, legend=True)


def stacked_columns(
    labels: Sequence[str], series: Sequence[Series], line: Line | None = None, ticks: dict[float, str] | None = None,
    are_named: bool = False,
) -> go.Figure:
    """Columns of parts on top of each other. `ticks`: values of the axis in words.

    are_named: a few columns, each with its label under it and its values in it; otherwise the shape of a whole list.
    """
    figure = go.Figure()
    for band in series:
        figure.add_bar(
            x=list(range(len(labels))), y=band.values, name=band.name, marker_color=band.colour,
            customdata=[[_literal(label), _literal(text)] for label, text in zip(labels, band.texts, strict=True)],
            hovertemplate="%{customdata[0]}<br>" + _literal(band.name) + ": %{customdata[1]}<extra></extra>",
            text=[_literal(text) for text in band.texts] if are_named else None, textposition="inside",
            insidetextanchor="middle", textangle=0, textfont_color="#ffffff",
        )
    figure.update_layout(barmode="stack", bargap=0.3 if are_named else 0.12)
    figure.update_xaxes(
        visible=are_named, fixedrange=True, showgrid=False, zeroline=False,
        tickvals=list(range(len(labels))), ticktext=[_literal(label) for label in labels],
    )
    _value_axis(figure, ticks)
    if line:
        _line_over_columns(figure, line)
    return _lay_out(figure, height=340 if are_named else 300, legend=True)


def lines(
    points: Sequence[date | int],
    series: Sequence[Series],
    line: Line | None = None,
    ticks: dict[float, str] | None = None,
    point_words: Sequence[str] = (),
    tick_points: dict[date | int, str] | None = None,
) -> go.Figure:
    """Lines over time or over days to the start; the part that is still to be completed is dashed.

    point_words: what the hover says of each point; tick_points: the points that the axis names.
    """
    figure = go.Figure()
    for row in series:
        _add_line(figure, list(points), row, point_words or [str(point) for point in points])
    figure.update_xaxes(showgrid=False, zeroline=False, fixedrange=True, ticks="outside", tickcolor=FAINT)
    if tick_points:
        figure.update_xaxes(tickvals=list(tick_points), ticktext=list(tick_points.values()))
    _value_axis(figure, ticks)
    if line:
        _horizontal_line(figure, line)
    return _lay_out(figure, height=340, legend=len(series) > 1)


def columns(labels: Sequence[str], rows: Sequence[Bar], ticks: dict[float, str] | None = None) -> go.Figure:
    """Vertical bars in an order that means something, such as ages."""
    figure = go.Figure(
        go.Bar(
            x=list(labels), y=[row.value or 0 for row in rows], marker_color=[row.colour for row in rows],
            text=[_literal(row.text) for row in rows], textposition="outside", cliponaxis=False,
            customdata=[_literal(row.label) for row in rows], hovertemplate="%{customdata}: %{text}<extra></extra>",
            width=0.62,
        )
    )
    figure.update_xaxes(type="category", showgrid=False, fixedrange=True)
    _value_axis(figure, ticks)
    return _lay_out(figure, height=300)


def flow(stages: Sequence[dict[str, Node]], flows: Sequence[Flow]) -> go.Figure:
    """A flow from left to right through stages of nodes, each stage in the order given, from the top."""
    nodes = {key: node for stage in stages for key, node in stage.items()}
    order = {key: position for position, key in enumerate(nodes)}
    places = arrange([list(stage) for stage in stages], flows)
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            textfont_size=TEXT_PIXELS,
            node={
                "label": [f"{_literal(node.name)}<br>{_literal(node.detail)}" for node in nodes.values()],
                "color": [node.colour for node in nodes.values()],
                "x": [min(max(places.across[key], 0.001), 0.999) for key in nodes],  # 0 would be "not given"
                "y": [places.down[key] for key in nodes],
                "pad": LABEL_PIXELS, "thickness": 14, "line_width": 0,
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [order[step.source] for step in flows],
                "target": [order[step.target] for step in flows],
                "value": [step.value for step in flows],
                "color": [_translucent(nodes[step.target].colour) for step in flows],
                "customdata": [_literal(step.text) for step in flows],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
        )
    )
    return _lay_out(figure, height=places.height + 40, margin={"l": 8, "r": 8, "t": 16, "b": 24})


def _add_line(figure: go.Figure, points: list, row: Series, point_words: Sequence[str]) -> None:
    """The finished part as a full line and the unfinished as a dashed one that starts where the first ends."""
    cut = len(points) if row.unfinished_from is None else row.unfinished_from
    name = _literal(row.name)
    hover = [f"{name}<br>{when}: {_literal(text)}" for when, text in zip(point_words, row.texts, strict=True)]
    mode = "lines+markers" if len(points) <= MOST_MARKERS else "lines"
    parts = [(slice(0, cut), "solid"), (slice(max(cut - 1, 0), len(points)), "dot")]
    for part, dash in parts:
        if len(points[part]) and not (dash == "dot" and cut == len(points)):
            figure.add_scatter(
                x=points[part], y=list(row.values)[part], mode=mode,
                line={"color": row.colour, "width": 2.4, "dash": dash}, marker_size=5, name=row.name,
                legendgroup=row.name, showlegend=dash == "solid" or cut == 0, customdata=hover[part],
                hovertemplate="%{customdata}<extra></extra>",
            )


def _value_axis(figure: go.Figure, ticks: dict[float, str] | None) -> None:
    figure.update_yaxes(
        rangemode="tozero", gridcolor=FAINT, zeroline=False, fixedrange=True, automargin=True, tickformat=","
    )
    if ticks:
        figure.update_yaxes(tickvals=list(ticks), ticktext=list(ticks.values()))


def _vertical_line(figure: go.Figure, line: Line) -> None:
    figure.add_vline(x=line.at, line={"dash": "dash", "width": 1.6, "color": NEUTRAL})
    figure.add_annotation(
        x=line.at, y=0, yref="paper", text=_literal(line.words), showarrow=False, yanchor="top", font_size=TEXT_PIXELS,
    )


def _horizontal_line(figure: go.Figure, line: Line) -> None:
    figure.add_hline(y=line.at, line={"dash": "dash", "width": 1.6, "color": NEUTRAL})
    figure.add_annotation(
        x=1, xref="paper", y=line.at, text=_literal(line.words), showarrow=False, xanchor="right", yanchor="bottom",
        font_size=TEXT_PIXELS,
    )


def _line_over_columns(figure: go.Figure, line: Line) -> None:
    """A line that is seen on any colour: white dashes on dark, its words on the same dark."""
    figure.add_hline(y=line.at, line={"width": 3, "color": DARK_LINE})
    figure.add_hline(y=line.at, line={"dash": "dash", "width": 1.4, "color": "#ffffff"})
    figure.add_annotation(
        x=1, xref="paper", y=line.at, text=_literal(line.words), showarrow=False, xanchor="right", yanchor="bottom",
        yshift=4, font={"size": TEXT_PIXELS, "color": "#ffffff"}, bgcolor=DARK_LINE, borderpad=3,
    )


def _lay_out(figure: go.Figure, height: int, legend: bool = False, margin: dict | None = None) -> go.Figure:
    return figure.update_layout(
        template="none",
        height=height,
        margin=margin or {"l": 4, "r": 12, "t": 34 if legend else 8, "b": 28},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font_size=TEXT_PIXELS,
        showlegend=legend,
        legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "traceorder": "normal"},
        hoverlabel_align="left",
        dragmode=False,
        title_text="",
    )


def _label(text: str, lines: int) -> str:
    if lines == 1:
        return _literal(_shorten(text, 64))
    return "<br>".join(_literal(line) for line in wrap(text, PHONE_LETTERS, max_lines=lines, placeholder="…"))


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _literal(text: str) -> str:
    """Plotly reads a few tags in its texts: a title from an export must not become one."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _translucent(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{RIBBON_OPACITY})"
