"""Marked lines: a target or a limit drawn across a chart, with its words."""

from dataclasses import dataclass

from analytics.drawing import TEXT_PIXELS, literal
from analytics.palette import NEUTRAL

DARK_LINE = "rgba(22,30,39,0.86)"
NOTE = {"showarrow": False, "font": {"size": TEXT_PIXELS}}
DASHED = {"dash": "dash", "width": 1.6, "color": NEUTRAL}
# Shapes, and the words beside them.
Marks = tuple[list[dict], list[dict]]


@dataclass(frozen=True)
class Line:
    """A line across a chart: where it stands and what it says."""

    at: float
    words: str


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
