"""Line ends: the name of each line written where it ends, instead of a legend, when that can be read on a telephone."""

from collections.abc import Sequence
from html import escape

from analytics.charts import Series
from analytics.drawing import Drawing
from analytics.marked_lines import NOTE

MOST_NAMES = 4
LONGEST_NAME = 14  # characters
LETTER_PIXELS = 7.4
MARK_PIXELS = 26
# The height of a name, as a part of the height of the plot.
NAME_HEIGHT = 0.075


def can_name_ends(lines: Sequence[Series]) -> bool:
    """Whether the names are few and short enough to stand beside the lines."""
    return 1 < len(lines) <= MOST_NAMES and all(len(line.name) <= LONGEST_NAME for line in lines)


def name_ends(drawing: Drawing, points: Sequence, lines: Sequence[Series], highest: float) -> Drawing:
    """The drawing with the name of each line at its last known point, instead of the legend."""
    ends = [next((value for value in reversed(line.values) if value is not None), 0) for line in lines]
    names = [
        NOTE | {
            "x": points[-1], "y": height, "xanchor": "left", "yanchor": "middle", "xshift": 7,
            "text": f"<span style='color:{line.colour}'>●</span> {escape(line.name, quote=False)}",
        }
        for line, height in zip(lines, spread(ends, highest * NAME_HEIGHT), strict=True)
    ]
    room = max(len(line.name) for line in lines) * LETTER_PIXELS + MARK_PIXELS
    # Left to itself the axis makes room for the names once more.
    return drawing.with_traces(cliponaxis=False).with_layout(
        annotations=[*drawing.layout.get("annotations", ()), *names], xaxis={"range": [points[0], points[-1]]},
        showlegend=False, margin={"r": room, "t": 12},
    )


def spread(heights: Sequence[float], distance: float) -> list[float]:
    """The same heights in the same order, none nearer than a distance to the one under it."""
    placed: dict[int, float] = {}
    floor = None
    for position in sorted(range(len(heights)), key=lambda position: heights[position]):
        wanted = float(heights[position])
        placed[position] = wanted if floor is None else max(wanted, floor + distance)
        floor = placed[position]
    return [placed[position] for position in range(len(heights))]


def show_lone_points(drawing: Drawing, lines: Sequence[Series]) -> Drawing:
    """The drawing with its points marked when one stands alone between gaps, where a line would not show it."""
    if not any(_has_lone_point(line.values) for line in lines):
        return drawing
    return drawing.with_traces(mode="lines+markers")


def _has_lone_point(values: Sequence[float | None]) -> bool:
    beside = zip([None, *values[:-1]], values, [*values[1:], None], strict=True)
    return any(before is None and value is not None and after is None for before, value, after in beside)
