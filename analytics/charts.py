"""Charts: drawings made of values and words already chosen. No chart decides what a number means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from analytics.drawing import TEXT_PIXELS, Drawing, literal
from analytics.flows import LABEL_PIXELS, Flow, Node, arrange
from analytics.marked_lines import (
    NOTE,
    Line,
    Marks,
    join_marks,
    mark_across,
    mark_over_columns,
    mark_upright,
)

ROW_PIXELS = 46
LINE_PIXELS = 23
PHONE_LETTERS = 56
MOST_MARKERS = 20
FAINT = "rgba(128,138,150,0.28)"
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
class Range:
    """A band between two lines, in the colour of the line that it is about."""

    name: str
    colour: str
    lows: Sequence[float | None]
    highs: Sequence[float | None]


def bars(
    rows: Sequence[Bar], line: Line | None = None, maximum: float | None = None, label_lines: int = 1
) -> Drawing:
    """Horizontal bars from zero, in the order given, each with its label above and its value at the end.

    label_lines: a label that is a sentence may need two, to be read on a phone too.
    """
    row_pixels = ROW_PIXELS + (label_lines - 1) * LINE_PIXELS
    width = 0.42 * ROW_PIXELS / row_pixels
    longest = maximum or max([row.value or 0 for row in rows] + [line.at if line else 0], default=0) or 1
    trace = {
        "type": "bar",
        "x": [row.value or 0 for row in rows],
        "y": list(range(len(rows))),
        "orientation": "h",
        "marker": {"color": [row.colour for row in rows]},
        "text": [literal(row.text) for row in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [literal(row.label) for row in rows],
        "hovertemplate": "%{customdata}: %{text}<extra></extra>",
        "width": width,
    }
    labels = [
        _note(_label(row.label, label_lines), 0, position - width / 2 - 0.03, "left", "bottom", align="left", xshift=-2)
        for position, row in enumerate(rows)
    ]
    return _draw(
        [trace], len(rows) * row_pixels + (58 if line else 28), mark_upright(line) if line else (), labels,
        xaxis={"visible": False, "range": [0, longest * 1.22], "fixedrange": True}, yaxis=_row_axis(len(rows)),
    )


def stacked_rows(labels: Sequence[str], series: Sequence[Series], line: Line | None = None) -> Drawing:
    """Horizontal bars of parts that add up to the whole (shares 0-1), with a line for the target."""
    traces = [
        _band(band) | {
            "x": list(band.values), "y": list(range(len(labels))), "orientation": "h", "width": 0.46,
            "marker": {"color": band.colour, "line": {"width": 1, "color": "rgba(255,255,255,0.85)"}},
            "text": [literal(text) for text in band.texts],
            "customdata": [literal(label) for label in labels],
            "hovertemplate": "%{customdata}<br>" + literal(band.name) + ": %{text}<extra></extra>",
        }
        for band in series
    ]
    notes = [
        _note(literal(_shorten(label, 64)), 0, position - 0.26, "left", "bottom", xshift=-2)
        for position, label in enumerate(labels)
    ]
    return _draw(
        traces, len(labels) * ROW_PIXELS + 96, mark_upright(line) if line else (), notes, is_named=True,
        barmode="stack", uniformtext={"mode": "hide", "minsize": 11},
        xaxis={"visible": False, "range": [0, 1.0], "fixedrange": True}, yaxis=_row_axis(len(labels)),
    )


def stacked_columns(
    labels: Sequence[str], series: Sequence[Series], line: Line | None = None, ticks: dict[float, str] | None = None,
    are_named: bool = False,
) -> Drawing:
    """Columns of parts on top of each other. `ticks`: values of the axis in words.

    are_named: a few columns, each with its label under it and its values in it; otherwise the shape of a whole list.
    """
    traces = [
        _band(band) | {
            "x": list(range(len(labels))), "y": list(band.values), "marker": {"color": band.colour},
            "customdata": [[literal(label), literal(text)] for label, text in zip(labels, band.texts, strict=True)],
            "hovertemplate": "%{customdata[0]}<br>" + literal(band.name) + ": %{customdata[1]}<extra></extra>",
            **({"text": [literal(text) for text in band.texts]} if are_named else {}),
        }
        for band in series
    ]
    return _draw(
        traces, 340 if are_named else 300, mark_over_columns(line) if line else (), is_named=True,
        barmode="stack", bargap=0.3 if are_named else 0.12, yaxis=_value_axis(ticks),
        xaxis={
            "visible": are_named, "fixedrange": True, "showgrid": False, "zeroline": False,
            "tickvals": list(range(len(labels))), "ticktext": [literal(label) for label in labels],
        },
    )


def lines(
    points: Sequence[date | int],
    series: Sequence[Series],
    line: Line | None = None,
    ticks: dict[float, str] | None = None,
    point_words: Sequence[str] = (),
    tick_points: dict[date | int, str] | None = None,
    band: Range | None = None,
    marks: Marks = ([], []),
) -> Drawing:
    """Lines over time or over days to the start; the part that is still to be completed is dashed.

    point_words: what the hover says of each point; tick_points: the points that the axis names; marks: beside the line.
    """
    said = point_words or [str(point) for point in points]
    traces = _range_traces(list(points), band) if band else []
    traces += [trace for row in series for trace in _line_traces(list(points), row, said)]
    marks = join_marks(mark_across(line), marks) if line else marks
    named = {"tickvals": list(tick_points), "ticktext": list(tick_points.values())} if tick_points else {}
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": "outside", "tickcolor": FAINT}
    return _draw(
        traces, 340, marks, is_named=len(series) > 1, xaxis=axis | named,
        yaxis=_value_axis(ticks),
    )


def columns(labels: Sequence[str], rows: Sequence[Bar], ticks: dict[float, str] | None = None) -> Drawing:
    """Vertical bars in an order that means something, such as ages."""
    trace = {
        "type": "bar", "x": list(labels), "y": [row.value or 0 for row in rows], "width": 0.62,
        "marker": {"color": [row.colour for row in rows]}, "text": [literal(row.text) for row in rows],
        "textposition": "outside", "cliponaxis": False, "customdata": [literal(row.label) for row in rows],
        "hovertemplate": "%{customdata}: %{text}<extra></extra>",
    }
    axis = {"type": "category", "showgrid": False, "fixedrange": True}
    return _draw([trace], 300, xaxis=axis, yaxis=_value_axis(ticks))


def flow(stages: Sequence[dict[str, Node]], flows: Sequence[Flow]) -> Drawing:
    """A flow from left to right through stages of nodes, each stage in the order given, from the top."""
    nodes = {key: node for stage in stages for key, node in stage.items()}
    order = {key: position for position, key in enumerate(nodes)}
    places = arrange([list(stage) for stage in stages], flows)
    trace = {
        "type": "sankey",
        "arrangement": "snap",
        "textfont": {"size": TEXT_PIXELS},
        "node": {
            "label": [f"{literal(node.name)}<br>{literal(node.detail)}" for node in nodes.values()],
            "color": [node.colour for node in nodes.values()],
            "x": [min(max(places.across[key], 0.001), 0.999) for key in nodes],  # 0 would be "not given"
            "y": [places.down[key] for key in nodes],
            "pad": LABEL_PIXELS, "thickness": 14, "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [order[step.source] for step in flows],
            "target": [order[step.target] for step in flows],
            "value": [step.value for step in flows],
            "color": [_translucent(nodes[step.target].colour) for step in flows],
            "customdata": [literal(step.text) for step in flows],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }
    return _draw([trace], places.height + 40, margin={"l": 8, "r": 8, "t": 16, "b": 24})


def _band(band: Series) -> dict:
    """What parts of a stack have in common."""
    return {
        "type": "bar", "name": band.name, "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
        "textfont": {"color": "#ffffff"},
    }


def _line_traces(points: list, row: Series, point_words: Sequence[str]) -> Iterator[dict]:
    """The finished part as a full line and the unfinished as a dashed one that starts where the first ends."""
    cut = len(points) if row.unfinished_from is None else row.unfinished_from
    name = literal(row.name)
    hover = [f"{name}<br>{when}: {literal(text)}" for when, text in zip(point_words, row.texts, strict=True)]
    parts = [(slice(0, cut), "solid"), (slice(max(cut - 1, 0), len(points)), "dot")]
    for part, dash in parts:
        if len(points[part]) and not (dash == "dot" and cut == len(points)):
            yield {
                "type": "scatter", "x": points[part], "y": list(row.values)[part],
                "mode": "lines+markers" if len(points) <= MOST_MARKERS else "lines",
                "line": {"color": row.colour, "width": 2.4, "dash": dash}, "marker": {"size": 5}, "name": row.name,
                "legendgroup": row.name, "showlegend": dash == "solid" or cut == 0, "customdata": hover[part],
                "hovertemplate": "%{customdata}<extra></extra>",
            }


def _range_traces(points: list, band: Range) -> list[dict]:
    """The low end without a line, and the space from it up to the high end."""
    ends = {"type": "scatter", "x": points, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    filled = {"fill": "tonexty", "fillcolor": _translucent(band.colour), "name": band.name}
    return [
        ends | {"y": list(band.lows), "showlegend": False}, ends | filled | {"y": list(band.highs), "showlegend": True},
    ]


def _row_axis(rows: int) -> dict:
    """Rows from the top, with room for the first label."""
    return {"visible": False, "range": [rows - 0.5, -0.85], "fixedrange": True}


def _value_axis(ticks: dict[float, str] | None) -> dict:
    axis = {
        "rangemode": "tozero", "gridcolor": FAINT, "zeroline": False, "fixedrange": True, "automargin": True,
        "tickformat": ",",
    }
    return axis | {"tickvals": list(ticks), "ticktext": list(ticks.values())} if ticks else axis


def _note(text: str, x: float, y: float, xanchor: str, yanchor: str, **place: object) -> dict:
    """Words at a point of a chart."""
    return NOTE | {"text": text, "x": x, "y": y, "xanchor": xanchor, "yanchor": yanchor} | place


def _draw(
    traces: list[dict], height: int, marks: Marks = (), notes: Sequence[dict] = (), is_named: bool = False,
    **layout: object,
) -> Drawing:
    """A drawing with what all have in common. is_named: with a legend."""
    shapes, words = marks or ([], [])
    frame = {
        "height": height,
        "margin": {"l": 4, "r": 12, "t": 34 if is_named else 8, "b": 28},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": TEXT_PIXELS},
        "showlegend": is_named,
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "traceorder": "normal"},
        "hoverlabel": {"align": "left"},
        "dragmode": False,
        "title": {"text": ""},
    }
    drawn = {"shapes": shapes, "annotations": [*notes, *words]}
    return Drawing(traces, frame | {key: value for key, value in drawn.items() if value} | layout)


def _label(text: str, lines: int) -> str:
    if lines == 1:
        return literal(_shorten(text, 64))
    head, _, tail = text.partition(" · ")
    if len(text) > PHONE_LETTERS >= max(len(head), len(tail)):  # a name above, what is said of it below
        return "<br>".join(literal(line) for line in (head, tail) if line)
    return "<br>".join(literal(line) for line in wrap(text, PHONE_LETTERS, max_lines=lines, placeholder="…"))


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _translucent(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{RIBBON_OPACITY})"
