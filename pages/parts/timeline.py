"""Figures in time: lines by day, week or month, or by the days left to a start, with their table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from analytics import axis, charts
from analytics.cut import SIDES
from analytics.line_ends import can_name_ends, name_ends, show_lone_points
from analytics.marked_lines import Line
from analytics.measure import Number
from analytics.metrics import Metric
from analytics.series import Points, Step, next_step
from analytics.table import Column, Table
from analytics.words import Words
from pages.parts.commentary import Placed, mark_points, place_notes, write_beside
from pages.parts.figure import Figure, Pick, Ways, show_figure
from pages.parts.frame import View
from reports.content import Comment

# Beyond this the table has a row for each group and step, not a column for each group.
MOST_COLUMNS = 8
# Low enough for the main figure to end on a screen of 900 pixels.
HEIGHT = 260
Take = Callable[[date, date], None]
WayOf = Callable[..., str | None]


def no_way(group: str, place: int, side: str = "") -> None:
    """Of what has no rows."""


@dataclass(frozen=True)
class Group:
    """A line: its key in the points, its name and its colour. is_open: all of it is still to be completed."""

    key: str
    name: str
    colour: str
    is_open: bool = False


@dataclass(frozen=True)
class Lines:
    """A line for each group drawn; all the groups, by their names, are in the table.

    way_of: the address of the rows of a group at the point in that place, or of a side of it; None where there is none.
    """

    metric: Metric
    unit: str
    points: Points
    drawn: Sequence[Group]
    names: dict[str, str]
    target: Line | None = None
    way_of: WayOf = no_way

    @property
    def is_ratio(self) -> bool:
        return any(denominator is not None for rows in self.points.sides.values() for _, denominator in rows)


def show_line(view: View, key: str, takeaway: str, step: Step, lines: Lines, take: Take | None = None) -> None:
    """A metric by day, week or month. take: what is done with the steps that a reader draws a box around."""
    says, points = view.words, lines.points.points
    words = [axis.word_point(says, step, day) for day in points]
    hover = [says(f"step.{step}.of", day=word) for word in words]
    notes = place_notes(lines.metric.key, lambda note: point_of(note, step, points))
    chart, drawn, highest = _draw(says, lines, hover, axis.time_ticks(says, step, points), notes)
    if can_name_ends(drawn):
        ticks = axis.time_ticks(says, step, points, axis.MOST_TICKS_BESIDE_NAMES)
        named = name_ends(chart, points, drawn, highest)
        chart = named.with_layout(xaxis={"tickvals": list(ticks), "ticktext": list(ticks.values())})
    column = Column(says(f"step.{step}.column"), "text" if step == "month" else "day")
    cells = words if step == "month" else points
    told = {cells[points.index(point)]: found for point, found in notes.items()}
    table = write_beside(says, _tabulate(says, column, cells, lines), told)
    pick = Pick("box", lambda picked: _take_steps(picked, points, step, take)) if take else None
    show_figure(view, Figure(key, takeaway, chart, table, [lines.metric.key], pick, _lead(lines), is_marked=True))


def point_of(note: Comment, step: Step, points: Sequence[date]) -> date | None:
    """Where a note on a day stands: at the step that has its first day in what is drawn, if any."""
    last = note.last_on or note.first_on
    inside = [point for point in points if note.first_on < next_step(step, point) and point <= last]
    return inside[0] if inside else None


def _take_steps(picked: dict, points: Sequence[date], step: Step, take: Take) -> None:
    """The first and the last day of the steps whose points are in the box."""
    # The edges are written like the points, with a time after the day when they are not at its beginning.
    left, right = sorted(str(edge) for edge in picked["box"][0]["x"])
    inside = [point for point in points if left <= f"{point} 00:00" and str(point) <= right]
    if inside:
        take(inside[0], next_step(step, inside[-1]) - timedelta(days=1))


def show_booking(view: View, key: str, takeaway: str, lines: Lines) -> None:
    """How much of the whole was in, or how many an edition had, by the days left to the start."""
    says, points = view.words, lines.points
    words = [axis.word_day_before(says, day) for day in points.points]
    ticks = axis.booking_ticks(says, axis.first_booked_day(points))
    chart, _, _ = _draw(says, lines, words, ticks)  # its lines all end at 100 %, where no name has room
    chart = chart.with_layout(xaxis={"range": [min(ticks), points.points[-1] + 0.5]})
    table = _tabulate(says, Column(says("booking.column")), words, lines)
    show_figure(view, Figure(key, takeaway, chart, table, [lines.metric.key], ways=_lead(lines)))


def _draw(says: Words, lines: Lines, hover: Sequence[str], tick_points: dict, notes: Placed | None = None):
    """The chart, its lines and the highest value that its axis names."""
    points = lines.points
    drawn = [
        charts.Series(
            group.name, group.colour, [None if value is None else float(value) for value in points.values[group.key]],
            [_word(says, lines, *pair) for pair in zip(points.values[group.key], points.sides[group.key], strict=True)],
            0 if group.is_open else points.unfinished_from,
        )
        for group in lines.drawn
    ]
    heights = [value for group in lines.drawn for value in points.values[group.key]]
    ticks = axis.value_ticks(says, lines.unit, heights + ([Decimal(lines.target.at)] if lines.target else []))
    chart = charts.lines(
        points.points, drawn, lines.target, ticks, point_words=hover, tick_points=tick_points,
        marks=mark_points(notes or {}),
    )
    chart = show_lone_points(chart, drawn).with_layout(xaxis={"tickangle": 0}, height=HEIGHT)
    return chart, drawn, max(ticks)


def _word(says: Words, lines: Lines, value: Number | None, sides: tuple) -> str:
    """A value, and for a ratio what it is out of."""
    shown = says.show(value, lines.unit, cents=True)
    if not lines.is_ratio or value is None:
        return shown
    return f"{shown} · {says('headline.of', part=says.number(sides[0] or 0), whole=says.number(sides[1]))}"


def _tabulate(says: Words, first: Column, moments: Sequence, lines: Lines) -> Table:
    """A row for each point; a ratio of one group with what it is out of."""
    groups = list(lines.points.values)
    if len(groups) > MOST_COLUMNS:
        return _tabulate_long(says, first, moments, lines)
    columns = [first, *(Column(lines.names[group], lines.unit) for group in groups)]
    rows = [(moment, *values) for moment, *values in zip(moments, *lines.points.values.values(), strict=True)]
    if lines.is_ratio and len(groups) == 1:
        columns += [Column(says("table.numerator"), "hours"), Column(says("table.denominator"), "hours")]
        rows = [(*row, *sides) for row, sides in zip(rows, lines.points.sides[groups[0]], strict=True)]
    return Table(tuple(columns), rows)


def _lead(lines: Lines) -> Ways:
    """The ways from what is more than nothing to its rows, in the places where _tabulate puts it."""
    groups, values = list(lines.points.values), lines.points.values
    if len(groups) > MOST_COLUMNS:
        places = range(len(lines.points.points))
        cells = [(group, place) for place in places for group in groups if values[group][place]]
        return _known({(row, 2): lines.way_of(*cell) for row, cell in enumerate(cells)})
    ways = {
        (place, column): lines.way_of(group, place)
        for column, group in enumerate(groups, start=1) for place, value in enumerate(values[group]) if value
    }
    if lines.is_ratio and len(groups) == 1:
        ways |= {
            (place, column): lines.way_of(groups[0], place, side)
            for place, sides in enumerate(lines.points.sides[groups[0]])
            for column, (side, amount) in enumerate(zip(SIDES, sides, strict=False), start=2) if amount
        }
    return _known(ways)


def _known(ways: Mapping[tuple[int, int], str | None]) -> Ways:
    return {cell: way for cell, way in ways.items() if way}


def _tabulate_long(says: Words, first: Column, moments: Sequence, lines: Lines) -> Table:
    """A row for each point and group in which there is something."""
    rows = [
        (moment, lines.names[group], values[position])
        for position, moment in enumerate(moments)
        for group, values in lines.points.values.items()
        if values[position]
    ]
    return Table((first, Column(says("step.group")), Column(says("table.value"), lines.unit)), rows)
