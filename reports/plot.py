"""A plot: the drawing of a page as lines, boxes and words in fractions of its area, for a document to set."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape

from analytics.drawing import Drawing
from analytics.words import Words
from reports.drawing import MOST_STEPS, ink_on, round_step

# A page's text of 13 pixels is one of 8.5 points on paper.
POINTS_A_PIXEL = 0.65
MOST_NAMED_POINTS = 8
ROOM_ABOVE = 1.05
INK = "#17202a"
STANDS_OUT = "#161e27"
# A band is filled on the page; on paper its two ends are drawn.
EDGE = {"color": "#7f8a96", "width": 1, "dash": "dot"}
DRAWN = ("bar", "scatter")
TAG = re.compile(r"</?[a-z][^>]*>")
# The dot before the name of a line, in its colour.
MARK = re.compile(r"<span style='color:(#[0-9a-fA-F]{6})'>●</span>")


def can_plot(drawing: Drawing) -> bool:
    """Whether it is made of bars and lines; a flow is told as its table."""
    return all(trace["type"] in DRAWN for trace in drawing.data)


def plot(drawing: Drawing, words: Words) -> dict:
    """Everything the template draws: places are fractions of the area, from its left and from its top; sizes points."""
    layout = drawing.layout
    area = _Area(drawing)
    margin = layout.get("margin", {})
    return {
        "height": layout.get("height", 300) * POINTS_A_PIXEL,
        "margin": {side: margin.get(side, 0) * POINTS_A_PIXEL for side in "lrtb"},
        "boxes": list(_boxes(drawing, area)),
        "strokes": [*_shapes(layout.get("shapes", ()), area), *_lines(drawing, area)],
        "dots": list(_dots(drawing, area)),
        "texts": [_text(note, area) for note in layout.get("annotations", ())],
        "x_ticks": _ticks(area.across, area.x, words),
        "y_ticks": _ticks(area.up, area.y, words),
        "legend": _legend(drawing) if layout.get("showlegend") else [],
    }


@dataclass(frozen=True)
class _Axis:
    """One axis: its settings, its ends, and the names of its categories in order."""

    settings: Mapping
    low: float
    high: float
    categories: tuple[str, ...] = ()
    is_dated: bool = False

    def at(self, value: object) -> float:
        return (_number(value, self.categories) - self.low) / ((self.high - self.low) or 1.0)


class _Area:
    """The area of a drawing: x and y give the fraction of a value on its axes."""

    def __init__(self, drawing: Drawing) -> None:
        self.bars = list(_pile_up(drawing))
        points = [(x, y) for trace in drawing.data if trace["type"] == "scatter" for x, y in _points(trace)]
        across, up = ([place[axis] for place in points] for axis in (0, 1))
        for bar in self.bars:
            across += [bar.x0, bar.x1]
            up += [bar.y0, bar.y1]
        levels = [shape["y0"] for shape in drawing.layout.get("shapes", ()) if shape.get("yref") == "y"]
        self.across = _axis(drawing.layout.get("xaxis", {}), across, drawing, is_upright=False)
        self.up = _axis(drawing.layout.get("yaxis", {}), [*up, *levels], drawing, is_upright=True)

    def x(self, value: object) -> float:
        return self.across.at(value)

    def y(self, value: object) -> float:
        return 1 - self.up.at(value)


@dataclass(frozen=True)
class _Bar:
    """A bar in the values of its axes, with the words in it or after it."""

    x0: float
    x1: float
    y0: float
    y1: float
    colour: str
    text: str
    is_inside: bool
    lies: bool


def _pile_up(drawing: Drawing) -> Iterator[_Bar]:
    """The bars of every trace; those of a stack begin where the ones before them end."""
    is_stacked, reached = drawing.layout.get("barmode") == "stack", {}
    thick = 1 - drawing.layout.get("bargap", 0.2)
    categories = _categories(drawing)
    for trace in (trace for trace in drawing.data if trace["type"] == "bar"):
        lies = trace.get("orientation") == "h"
        places, sizes = (trace["y"], trace["x"]) if lies else (trace["x"], trace["y"])
        for number, (place, size) in enumerate(zip(places, sizes, strict=True)):
            at, by = _number(place, categories), float(size or 0)
            begin = reached.get(at, 0.0) if is_stacked else float(_of(trace.get("base", 0), number))
            reached[at] = begin + by
            half = trace.get("width", thick) / 2
            ends, sides = (begin, begin + by), (at - half, at + half)
            (x0, x1), (y0, y1) = (ends, sides) if lies else (sides, ends)
            text = _plain(str(_of(trace.get("text", ""), number)))
            colour = _solid(_of(trace["marker"]["color"], number))
            yield _Bar(x0, x1, y0, y1, colour, text, trace.get("textposition") != "outside", lies)


def _of(many: object, number: int) -> object:
    """The one of a list, or what stands for all."""
    return many[number] if isinstance(many, list | tuple) else many


def _categories(drawing: Drawing) -> tuple[str, ...]:
    named = (x for trace in drawing.data if trace["type"] in DRAWN for x in trace["x"] if isinstance(x, str))
    return tuple(dict.fromkeys(named))


def _number(value: object, categories: Sequence[str] = ()) -> float:
    if isinstance(value, str):
        return float(categories.index(value)) if value in categories else float(date.fromisoformat(value).toordinal())
    return float(value.toordinal()) if isinstance(value, date | datetime) else float(value)


def _points(trace: dict) -> Iterator[tuple[float, float]]:
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if y is not None:
            yield _number(x), float(y)


def _axis(settings: Mapping, values: Sequence[float], drawing: Drawing, is_upright: bool) -> _Axis:
    categories = () if is_upright else _categories(drawing)
    is_dated = not is_upright and any(
        isinstance(x, date) for trace in drawing.data if trace["type"] in DRAWN for x in trace["x"]
    )
    if "range" in settings:
        low, high = (_number(end) for end in settings["range"])
        return _Axis(settings, low, high, categories, is_dated)
    low, high = min(values, default=0.0), max(values, default=1.0)
    if is_upright:
        low, high = min(low, 0.0), (max(high, 0.0) or 1.0) * ROOM_ABOVE
    return _Axis(settings, low, high, categories, is_dated)


def _ticks(axis: _Axis, place, words: Words) -> list[dict]:
    """Where an axis is named, and how; nothing for one that is not shown."""
    if axis.settings.get("visible") is False:
        return []
    told = _told_ticks(axis, words)
    inside = ((place(value), text) for value, text in told)
    return [{"at": at, "text": _plain(text)} for at, text in inside if -0.001 <= at <= 1.001]


def _told_ticks(axis: _Axis, words: Words) -> list[tuple[object, str]]:
    if "tickvals" in axis.settings:
        return list(zip(axis.settings["tickvals"], axis.settings["ticktext"], strict=True))
    if axis.categories:
        return [(name, name) for name in axis.categories]
    if axis.is_dated:
        step = max(1, int(axis.high - axis.low) // MOST_NAMED_POINTS)
        return [(day, words.day(date.fromordinal(day))) for day in range(int(axis.low), int(axis.high) + 1, step)]
    step = round_step((axis.high - axis.low) / MOST_STEPS)
    values = [round(number * step, 6) for number in range(int(axis.low / step), int(axis.high / step) + 1)]
    return [(value, words.number(value)) for value in values]


def _boxes(drawing: Drawing, area: _Area) -> Iterator[dict]:
    for bar in area.bars:
        yield {
            "x0": area.x(min(bar.x0, bar.x1)), "x1": area.x(max(bar.x0, bar.x1)),
            "y0": min(area.y(bar.y0), area.y(bar.y1)), "y1": max(area.y(bar.y0), area.y(bar.y1)),
            "colour": bar.colour, "ink": ink_on(bar.colour), "words": bar.text, "inside": bar.is_inside,
            "lies": bar.lies,
        }


def _lines(drawing: Drawing, area: _Area) -> Iterator[dict]:
    """A stroke for each run of a line without a gap."""
    for trace in drawing.data:
        if trace["type"] != "scatter" or "lines" not in trace.get("mode", "lines"):
            continue
        runs: list[list] = [[]]
        for x, y in zip(trace["x"], trace["y"], strict=True):
            if y is None:
                runs.append([])
            else:
                runs[-1].append([area.x(x), area.y(y)])
        for run in map(_within, filter(None, runs)):
            if len(run) > 1:
                yield _stroke(run, trace["line"] if trace["line"].get("width", 1) else EDGE)


def _within(run: list[list[float]]) -> list[list[float]]:
    """What of a line lies within the ends of the axis, from the very edge where it comes in."""
    kept: list[list[float]] = []
    for before, (x, y) in zip([None, *run[:-1]], run, strict=True):
        if before and (before[0] < 0 < x or before[0] < 1 < x):
            edge = 0.0 if before[0] < 0 else 1.0
            kept.append([edge, before[1] + (y - before[1]) * (edge - before[0]) / (x - before[0])])
        if 0 <= x <= 1:
            kept.append([x, y])
    return kept


def _stroke(points: list, style: Mapping) -> dict:
    width = style.get("width", 1) * POINTS_A_PIXEL
    return {
        "points": points, "colour": _solid(style.get("color", INK)), "width": width, "dash": style.get("dash", "solid"),
    }


def _dots(drawing: Drawing, area: _Area) -> Iterator[dict]:
    for trace in drawing.data:
        if trace["type"] == "scatter" and "markers" in trace.get("mode", ""):
            marker = trace.get("marker", {})
            colour = _solid(marker.get("color") or trace.get("line", {}).get("color", INK))
            for number, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
                size = float(_of(marker.get("size", 5), number) or 0)
                if y is not None and size:
                    yield {"x": area.x(x), "y": area.y(y), "size": size / 2 * POINTS_A_PIXEL, "colour": colour}


def _shapes(shapes: Sequence[dict], area: _Area) -> Iterator[dict]:
    for shape in shapes:
        if shape.get("type", "line") == "line":
            ends = [[_across(shape, end, area), _down(shape, end, area)] for end in ("0", "1")]
            yield _stroke(ends, shape["line"])


def _across(shape: dict, end: str, area: _Area) -> float:
    value = shape[f"x{end}"]
    return float(value) if _is_of_area(shape.get("xref", "x")) else area.x(value)


def _down(shape: dict, end: str, area: _Area) -> float:
    value = shape[f"y{end}"]
    return 1 - float(value) if _is_of_area(shape.get("yref", "y")) else area.y(value)


def _is_of_area(reference: str) -> bool:
    return reference == "paper" or reference.endswith("domain")


def _text(note: dict, area: _Area) -> dict:
    """Words at a point; on a dark ground they are light."""
    place = {"x0": note["x"], "y0": note["y"], "xref": note.get("xref", "x"), "yref": note.get("yref", "y")}
    ground = note.get("bgcolor")
    colour = note.get("font", {}).get("color", INK)
    return {
        "x": _across(place, "0", area), "y": _down(place, "0", area), "text": _plain(MARK.sub("", note["text"])),
        "across": note.get("xanchor", "center"), "up": note.get("yanchor", "middle"),
        "dx": note.get("xshift", 0) * POINTS_A_PIXEL, "dy": -note.get("yshift", 0) * POINTS_A_PIXEL,
        "mark": next(iter(MARK.findall(note["text"])), None), "colour": _solid(colour),
        "ground": STANDS_OUT if ground else None,
    }


def _legend(drawing: Drawing) -> list[dict]:
    shown = [trace for trace in drawing.data if trace.get("showlegend", True) and trace.get("name")]
    return [
        {
            "name": _plain(trace["name"]),
            "colour": _solid(_colour(trace)),
            "is_line": trace["type"] == "scatter",
        }
        for trace in shown
    ]


def _colour(trace: dict) -> str:
    """Of its line or its bars; a band has only that of what it fills."""
    named = (trace.get(part, {}).get("color") for part in ("line", "marker"))
    return _of(next((colour for colour in named if colour), trace.get("fillcolor", INK)), 0)


def _plain(text: str) -> str:
    """What the tags and marks of plotly say."""
    return unescape(TAG.sub("", text.replace("<br>", "\n"))).strip()


def _solid(colour: str) -> str:
    """#rrggbb of a colour, one that lets white paper through included."""
    if not colour.startswith("rgba"):
        return colour
    *parts, opacity = (float(part) for part in colour[5:-1].split(","))
    return "#" + "".join(f"{round(part * opacity + 255 * (1 - opacity)):02x}" for part in parts)
