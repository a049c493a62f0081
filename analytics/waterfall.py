"""Waterfall: a change drawn as the steps that lead from nothing to it, each beginning where the one before ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts import FAINT, PHONE_LETTERS, ROW_PIXELS
from analytics.drawing import TEXT_PIXELS, Drawing, literal

WIDTH = 0.42
ROOM_FOR_WORDS = 0.3


@dataclass(frozen=True)
class Fall:
    """One step: its label, how far it goes, the words at its end, and its colour."""

    label: str
    by: float
    text: str
    colour: str


def waterfall(steps: Sequence[Fall], whole: Fall) -> Drawing:
    """Horizontal steps from top to bottom, then the whole change from zero under them."""
    rows = [*steps, whole]
    begins = [sum(step.by for step in steps[:place]) for place in range(len(steps))] + [0.0]
    ends = [begin + row.by for begin, row in zip(begins, rows, strict=True)]
    low, high = min([0.0, *begins, *ends]), max([0.0, *begins, *ends])
    room = ((high - low) or 1.0) * ROOM_FOR_WORDS
    trace = {
        "type": "bar", "orientation": "h", "base": begins, "x": [row.by for row in rows],
        "y": list(range(len(rows))), "width": WIDTH, "marker": {"color": [row.colour for row in rows]},
        "customdata": [[literal(row.label), literal(row.text)] for row in rows],
        "hovertemplate": "%{customdata[0]}: %{customdata[1]}<extra></extra>",
    }
    notes = [note for place, row in enumerate(rows) for note in _notes(row, place, low, begins[place], ends[place])]
    return Drawing([trace], {
        "annotations": notes, "shapes": [_zero(len(rows)), *_links(ends[:-1])], "height": len(rows) * ROW_PIXELS + 28,
        "margin": {"l": 4, "r": 12, "t": 8, "b": 8}, "showlegend": False, "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "font": {"size": TEXT_PIXELS},
        "hoverlabel": {"align": "left"}, "title": {"text": ""},
        "xaxis": {"visible": False, "range": [low - room * 0.1, high + room], "fixedrange": True},
        "yaxis": {"visible": False, "range": [len(rows) - 0.5, -0.85], "fixedrange": True},
    })


def _notes(row: Fall, place: int, low: float, begin: float, end: float) -> list[dict]:
    """The label above a step and its words after it."""
    letters = row.label if len(row.label) <= PHONE_LETTERS else row.label[: PHONE_LETTERS - 1].rstrip() + "…"
    plain = {"showarrow": False, "font": {"size": TEXT_PIXELS}, "align": "left", "xanchor": "left"}
    return [
        plain | {"x": low, "y": place - WIDTH / 2 - 0.03, "text": literal(letters), "yanchor": "bottom", "xshift": -2},
        plain | {"x": max(begin, end), "y": place, "text": literal(row.text), "yanchor": "middle", "xshift": 5},
    ]


def _zero(rows: int) -> dict:
    line = {"color": FAINT, "width": 1.4}
    return {"type": "line", "x0": 0, "x1": 0, "y0": -0.5, "y1": rows - 0.5, "line": line, "layer": "below"}


def _links(ends: Sequence[float]) -> list[dict]:
    """From the end of each step to the beginning of the next."""
    line = {"color": "rgba(128,138,150,0.6)", "width": 1, "dash": "dot"}
    return [
        {"type": "line", "x0": end, "x1": end, "y0": place, "y1": place + 1, "line": line, "layer": "below"}
        for place, end in enumerate(ends)
    ]
