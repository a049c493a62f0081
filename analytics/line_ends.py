"""Line ends: the name of each line written where it ends, instead of a legend, when that can be read on a telephone."""

from collections.abc import Sequence
from html import escape

from analytics.charts import Series

MOST_NAMES = 4
LONGEST_NAME = 14  # characters
LETTER_PIXELS = 7.4
MARK_PIXELS = 26
# The height of a name, as a part of the height of the plot.
NAME_HEIGHT = 0.075


def can_name_ends(lines: Sequence[Series]) -> bool:
    """Whether the names are few and short enough to stand beside the lines."""
    return 1 < len(lines) <= MOST_NAMES and all(len(line.name) <= LONGEST_NAME for line in lines)


def name_ends(figure, points: Sequence, lines: Sequence[Series], highest: float):
    """The figure with the name of each line at its last known point, instead of the legend."""
    ends = [next((value for value in reversed(line.values) if value is not None), 0) for line in lines]
    for line, height in zip(lines, spread(ends, highest * NAME_HEIGHT), strict=True):
        figure.add_annotation(
            x=points[-1], y=height, text=f"<span style='color:{line.colour}'>●</span> {escape(line.name, quote=False)}",
            showarrow=False, xanchor="left", yanchor="middle", xshift=7, font_size=13,
        )
    room = max(len(line.name) for line in lines) * LETTER_PIXELS + MARK_PIXELS
    # Left to itself the axis makes room for the names once more.
    figure.update_xaxes(range=[points[0], points[-1]]).update_traces(cliponaxis=False)
    return figure.update_layout(showlegend=False, margin_r=room, margin_t=12)


def spread(heights: Sequence[float], distance: float) -> list[float]:
    """The same heights in the same order, none nearer than a distance to the one under it."""
    placed: dict[int, float] = {}
    floor = None
    for position in sorted(range(len(heights)), key=lambda position: heights[position]):
        wanted = float(heights[position])
        placed[position] = wanted if floor is None else max(wanted, floor + distance)
        floor = placed[position]
    return [placed[position] for position in range(len(heights))]


def show_lone_points(figure, lines: Sequence[Series]):
    """The figure with its points marked when a line has gaps: a point between two of them would not be seen."""
    if any(value is None for line in lines for value in line.values):
        figure.update_traces(mode="lines+markers")
    return figure
