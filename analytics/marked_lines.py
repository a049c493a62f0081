"""Marked lines: a target or a limit drawn across a chart, with its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.drawing import TEXT_PIXELS, literal
from analytics.palette import NEUTRAL

DARK_LINE = "rgba(22,30,39,0.86)"
NOTE = {"showarrow": False, "font": {"size": TEXT_PIXELS}}
DASHED = {"dash": "dash", "width": 1.6, "color": NEUTRAL}
DOTTED = {"dash": "dot", "width": 1.2, "color": NEUTRAL}
MOMENT_STEP = 0.09
# Shapes, and the words beside them.
Marks = tuple[list[dict], list[dict]]


@dataclass(frozen=True)
class Line:
    """A line across a chart: where it stands and what it says."""

    at: float
    words: str


@dataclass(frozen=True)
class Moment:
    """A day marked on an axis of time: the point where it stands and what it says. is_last: nothing lies after it."""

    at: date
    words: str
    is_last: bool = False


def mark_moments(moments: Sequence[Moment]) -> Marks:
    """Lines upright across a time; the words of each stand after it, one above the other, above the axis."""
    shapes = [
        {"type": "line", "line": DOTTED, "x0": one.at, "x1": one.at, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
        for one in moments
    ]
    words = [
        NOTE | {
            "text": literal(one.words), "x": one.at, "xref": "x", "y": 0.02 + MOMENT_STEP * height,
            "yref": "y domain", "yanchor": "bottom", "xanchor": "right" if one.is_last else "left",
        }
        for height, one in enumerate(moments)
    ]
    return shapes, words


def mark_notes(notes: Sequence[Moment]) -> Marks:
    """The same for what somebody wrote of a day: faint, with its number at the top."""
    line = DOTTED | {"dash": "solid", "width": 1}
    place = {"yref": "y domain", "y0": 0, "y1": 0.92}
    shapes = [{"type": "line", "line": line, "x0": one.at, "x1": one.at, "xref": "x"} | place for one in notes]
    boxed = {"y": 1, "yref": "y domain", "xref": "x", "yanchor": "top", "bordercolor": NEUTRAL, "borderpad": 2}
    return shapes, [NOTE | boxed | {"text": literal(one.words), "x": one.at} for one in notes]


def join_marks(*marks: Marks) -> Marks:
    return [shape for shapes, _ in marks for shape in shapes], [word for _, words in marks for word in words]


def mark_upright(line: Line) -> Marks:
    """A line across rows of bars, its words under it."""
    place = {"x0": line.at, "x1": line.at, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
    words = {"x": line.at, "y": 0, "yref": "paper", "text": literal(line.words), "yanchor": "top"}
    return [{"type": "line", "line": DASHED} | place], [NOTE | words]


def mark_across(line: Line) -> Marks:
    """A line across a time, its words at its end."""
    words = {"text": literal(line.words), "xanchor": "right", "yanchor": "bottom"}
    return [_level(line, DASHED)], [NOTE | {"x": 1, "xref": "paper", "y": line.at} | words]


def mark_over_columns(line: Line) -> Marks:
    """A line that is seen on any colour: white dashes on dark, its words on the same dark."""
    dark, white = {"width": 3, "color": DARK_LINE}, {"dash": "dash", "width": 1.4, "color": "#ffffff"}
    (_, [words]) = mark_across(line)
    words |= {
        "yshift": 4, "font": {"size": TEXT_PIXELS, "color": "#ffffff"}, "bgcolor": DARK_LINE, "borderpad": 3,
    }
    return [_level(line, dark), _level(line, white)], [words]


def _level(line: Line, style: dict) -> dict:
    place = {"x0": 0, "x1": 1, "xref": "x domain", "y0": line.at, "y1": line.at, "yref": "y"}
    return {"type": "line", "line": style} | place
