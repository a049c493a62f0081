"""Plot: a chart of a page drawn from its own description, with the same numbers, words and colours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analytics.drawing import Drawing
from reports.picture.canvas import INK, QUIET, SMALL, TEXT, Canvas, height_of, width_of
from reports.picture.ribbons import draw_flow
from reports.picture.scale import Scale, measure_axis, name_ticks

LEGEND_ROW, SWATCH, GAP = 22, 11, 6
MARKER = 2.6
SMALLEST = 7
FAINT = "rgba(128,138,150,0.28)"


@dataclass(frozen=True)
class Plot:
    """A chart on its canvas: its traces and layout, its scales, already on pixels."""

    canvas: Canvas
    traces: Sequence[dict]
    layout: dict
    x: Scale
    y: Scale


def draw_plot(canvas: Canvas, drawing: Drawing, left: float, top: float, width: float) -> float:
    """Draw a chart into a width, and say how high it came out, in pixels."""
    traces, layout, margin = drawing.data, drawing.layout, drawing.layout["margin"]
    if any(trace["type"] == "sankey" for trace in traces):
        high = layout["height"] - margin["t"] - margin["b"]
        draw_flow(canvas, traces[0], left, top + margin["t"], width, high)
        return layout["height"]
    legend = _draw_legend(canvas, traces, layout, left, top, width)
    x, y = (measure_axis(letter, traces, layout) for letter in "xy")
    beside = _room_beside(layout, y)
    above = top + legend + (8 if legend else margin["t"])
    below = above + layout["height"] - margin["t"] - margin["b"] - _room_under(layout)
    plot = Plot(canvas, traces, layout, x.onto(left + beside, left + width - margin["r"]), y.onto(below, above))
    _draw_axes(plot)
    _draw_shapes(plot, "below")
    _draw_bars(plot)
    _draw_lines(plot)
    _draw_shapes(plot, "above")
    for note in layout.get("annotations", ()):
        _draw_note(plot, note)
    return below - top + margin["b"] + _room_under(layout)


def _draw_legend(canvas: Canvas, traces: Sequence[dict], layout: dict, left: float, top: float, width: float) -> float:
    """The names with their colours, in as many rows as they need; its height."""
    if not layout.get("showlegend"):
        return 0
    x, y = left, top + LEGEND_ROW / 2
    for trace in (trace for trace in traces if trace.get("showlegend", True)):
        is_line = trace["type"] == "scatter" and "fill" not in trace
        wide = SWATCH + GAP + width_of(trace["name"]) + 3 * GAP
        if x > left and x + wide > left + width:
            x, y = left, y + LEGEND_ROW
        if is_line:
            canvas.line([(x, y), (x + SWATCH, y)], trace["line"]["color"], 2.4, trace["line"].get("dash", "solid"))
        else:
            colour = trace["fillcolor"] if "fill" in trace else trace["marker"]["color"]
            canvas.rectangle(x, y - SWATCH / 2, SWATCH, SWATCH, colour)
        canvas.words(x + SWATCH + GAP, y, trace["name"])
        x += wide
    return y + LEGEND_ROW / 2 - top


def _room_beside(layout: dict, y: Scale) -> float:
    """For the words of the upright axis."""
    axis = layout.get("yaxis", {})
    if axis.get("visible") is False:
        return layout["margin"]["l"]
    return max(width_of(text) for _, text in name_ticks(axis, y, layout["separators"])) + 2 * GAP


def _room_under(layout: dict) -> float:
    """For a second line of words under the axis, beyond what the margin has."""
    texts = layout.get("xaxis", {}).get("ticktext", ())
    return max((height_of(str(text)) - height_of("") for text in texts), default=0)


def _draw_axes(plot: Plot) -> None:
    axis = plot.layout.get("yaxis", {})
    if axis.get("visible") is not False:
        for value, text in name_ticks(axis, plot.y, plot.layout["separators"]):
            level = plot.y.at(value)
            plot.canvas.line([(plot.x.first, level), (plot.x.last, level)], axis.get("gridcolor", FAINT), 1)
            plot.canvas.words(plot.x.first - GAP, level, text, colour=QUIET, side="right")
    axis = plot.layout.get("xaxis", {})
    if axis.get("visible") is not False:
        _write_under(plot, name_ticks(axis, plot.x, plot.layout["separators"]))


def _write_under(plot: Plot, ticks: Sequence[tuple[float, str]]) -> None:
    """The names of the lying axis: all, or every second, third … of them, so that none runs into the next."""
    low, high = sorted((plot.x.low, plot.x.high))
    shown = [(plot.x.at(value), text) for value, text in ticks if low <= value <= high]
    for step in range(1, len(shown) + 1):
        kept = shown[::step]
        if all(right - left >= (width_of(one) + width_of(other)) / 2 + GAP
               for (left, one), (right, other) in pairwise(kept)):
            break
    else:
        kept = []
    for place, text in kept:
        plot.canvas.words(place, plot.y.first + GAP, text, colour=QUIET, side="center", rise="top")


def _draw_bars(plot: Plot) -> None:
    """Bars of all traces, each on top of the one before where they are stacked, then their words over them."""
    ends: dict[float, float] = {}
    words = []
    for trace in plot.traces:
        if trace["type"] != "bar":
            continue
        for number in range(len(trace["x"])):
            box = _box(plot, trace, number, ends)
            plot.canvas.rectangle(*box, _nth(trace["marker"]["color"], number))
            if trace.get("text"):
                words.append((trace, trace["text"][number], box))
    for trace, text, box in words:
        _write_on_bar(plot, trace, text, box)


def _box(plot: Plot, trace: dict, number: int, ends: dict[float, float]) -> tuple[float, float, float, float]:
    """(left, top, width, height) of a bar; ends: how far the bars before it reach, by place."""
    lies = trace.get("orientation") == "h"
    along, across = (plot.x, plot.y) if lies else (plot.y, plot.x)
    place = across.number(trace["y" if lies else "x"][number])
    value = trace["x" if lies else "y"][number] or 0
    begin = trace["base"][number] if "base" in trace else ends.get(place, 0.0)
    if plot.layout.get("barmode") == "stack":
        ends[place] = begin + value
    half = trace.get("width", 1 - plot.layout.get("bargap", 0.2)) / 2
    start, end = sorted((along.at(begin), along.at(begin + value)))
    side, other = sorted((across.at(place - half), across.at(place + half)))
    return (start, side, end - start, other - side) if lies else (side, start, other - side, end - start)


def _nth(one_or_each: object, number: int) -> str:
    return one_or_each if isinstance(one_or_each, str) else one_or_each[number]


def _write_on_bar(plot: Plot, trace: dict, text: str, box: tuple[float, float, float, float]) -> None:
    """Its words past its end, or in it when they fit."""
    left, top, width, height = box
    if trace["textposition"] == "outside" and trace.get("orientation") == "h":
        plot.canvas.words(left + width + GAP, top + height / 2, text)
    elif trace["textposition"] == "outside":
        plot.canvas.words(left + width / 2, top - 2, text, side="center", rise="bottom")
    elif size := _size_in(plot.layout, text, width - 4, height - 2):
        plot.canvas.words(left + width / 2, top + height / 2, text, size, trace["textfont"]["color"], "center")


def _size_in(layout: dict, text: str, width: float, height: float) -> float | None:
    """The size at which words fit into a bar, None when they would be too small to read."""
    size = min(TEXT, TEXT * width / (width_of(text) or 1), TEXT * height / height_of(text))
    least = SMALL if layout.get("uniformtext", {}).get("mode") == "hide" else SMALLEST
    return size if size >= least else None


def _draw_lines(plot: Plot) -> None:
    """What an axis leaves out is not drawn; a point at its edge is seen whole."""
    left, top = plot.x.first - 2 * MARKER, plot.y.last - 2 * MARKER
    plot.canvas.keep_within(left, top, plot.x.last + 2 * MARKER - left, plot.y.first + 2 * MARKER - top)
    for number, trace in enumerate(plot.traces):
        if "fill" in trace:
            _draw_area(plot, plot.traces[number - 1], trace)
        elif trace["type"] == "scatter" and trace["line"].get("width"):
            _draw_line(plot, trace)
    plot.canvas.let_go()


def _draw_area(plot: Plot, low: dict, high: dict) -> None:
    """The space from one line to the next, between their gaps."""
    for under, over in zip(_runs(plot, low), _runs(plot, high), strict=True):
        if under:
            plot.canvas.area([*over, *reversed(under)], high["fillcolor"])


def _draw_line(plot: Plot, trace: dict) -> None:
    """A line with its gaps, and its points where they are marked."""
    style = trace["line"]
    for run in _runs(plot, trace):
        if "lines" in trace["mode"] and len(run) > 1:
            plot.canvas.line(run, style["color"], style.get("width", 2), style.get("dash", "solid"))
        if "markers" in trace["mode"]:
            for x, y in run:
                plot.canvas.dot(x, y, MARKER, style["color"])


def _runs(plot: Plot, trace: dict) -> Iterator[list[tuple[float, float]]]:
    """The points between the gaps."""
    run: list[tuple[float, float]] = []
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if y is None:
            yield run
            run = []
        else:
            run.append((plot.x.at(x), plot.y.at(y)))
    yield run


def _draw_shapes(plot: Plot, layer: str) -> None:
    for shape in plot.layout.get("shapes", ()):
        if shape.get("layer", "above") == layer:
            ends = [
                (_find(plot, "x", shape.get("xref", "x"), shape[f"x{end}"]),
                 _find(plot, "y", shape.get("yref", "y"), shape[f"y{end}"]))
                for end in (0, 1)
            ]
            style = shape["line"]
            plot.canvas.line(ends, style["color"], style["width"], style.get("dash", "solid"))


def _draw_note(plot: Plot, note: dict) -> None:
    """Words at a point of the chart, on a ground of their own when they have one."""
    text, font = note["text"], note.get("font", {})
    x = _find(plot, "x", note.get("xref", "x"), note["x"]) + note.get("xshift", 0)
    y = _find(plot, "y", note.get("yref", "y"), note["y"]) - note.get("yshift", 0)
    side, rise = note.get("xanchor", "center"), note.get("yanchor", "middle")
    if "bgcolor" in note:
        wide, high, pad = width_of(text), height_of(text), note.get("borderpad", 0)
        left = x - {"left": 0, "center": 0.5, "right": 1}[side] * wide
        top = y - {"top": 0, "middle": 0.5, "bottom": 1}[rise] * high
        plot.canvas.rectangle(left - pad, top - pad, wide + 2 * pad, high + 2 * pad, note["bgcolor"])
    plot.canvas.words(x, y, text, font.get("size", TEXT), font.get("color", INK), side, rise)


def _find(plot: Plot, letter: str, reference: str, value: object) -> float:
    """The pixel of a place said in values of the axis, or as a part of the plot."""
    scale = plot.x if letter == "x" else plot.y
    return scale.at(value) if reference == letter else scale.part(float(value))
