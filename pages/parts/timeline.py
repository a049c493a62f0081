"""Figures in time: lines by day, week or month, or by the days left to a start, with their table."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics import axis, charts
from analytics.line_ends import can_name_ends, name_ends, show_lone_points
from analytics.measure import Number
from analytics.metrics import Metric
from analytics.series import Points, Step
from analytics.table import Column, Table
from analytics.words import Words
from pages.parts.figure import Figure, show_figure
from pages.parts.frame import View

# Beyond this the table has a row for each group and step, not a column for each group.
MOST_COLUMNS = 8


@dataclass(frozen=True)
class Group:
    """A line: its key in the points, its name and its colour."""

    key: str
    name: str
    colour: str


def show_line(
    view: View, key: str, takeaway: str, metric: Metric, step: Step, points: Points, drawn: Sequence[Group],
    names: dict[str, str],
) -> None:
    """A line for each group drawn, and all the groups in the table. names: of every group."""
    says = view.words
    words = [axis.word_point(says, step, day) for day in points.points]
    hover = [says(f"step.{step}.of", day=word) for word in words]
    chart = _draw(says, metric.unit, metric.denominator is not None, points, drawn, hover)
    chart.update_xaxes(tickangle=0)
    ticks = axis.time_ticks(says, step, points.points)
    chart.update_xaxes(tickvals=list(ticks), ticktext=list(ticks.values()))
    first = Column(says(f"step.{step}.column"), "text" if step == "month" else "day")
    moments = words if step == "month" else points.points
    table = _tabulate(says, first, moments, points, names, metric.unit, metric.denominator is not None)
    show_figure(view, Figure(key, takeaway, chart, table, [metric.key]))


def show_booking(
    view: View, key: str, takeaway: str, metric: Metric, points: Points, drawn: Sequence[Group], names: dict[str, str]
) -> None:
    """How much of the whole was in, by the days left to the start."""
    says = view.words
    words = [axis.word_day_before(says, day) for day in points.points]
    chart = _draw(says, "share", True, points, drawn, words)
    ticks = axis.booking_ticks(says)
    chart.update_xaxes(tickangle=0, tickvals=list(ticks), ticktext=list(ticks.values()))
    table = _tabulate(says, Column(says("booking.column")), words, points, names, "share", True)
    show_figure(view, Figure(key, takeaway, chart, table, [metric.key]))


def _draw(says: Words, unit: str, is_ratio: bool, points: Points, drawn: Sequence[Group], hover: Sequence[str]):
    lines = [
        charts.Series(
            group.name, group.colour, [None if value is None else float(value) for value in points.values[group.key]],
            [_word(says, unit, is_ratio, *pair) for pair in _pairs(points, group.key)], points.unfinished_from,
        )
        for group in drawn
    ]
    ticks = axis.value_ticks(says, unit, (value for group in drawn for value in points.values[group.key]))
    chart = show_lone_points(charts.lines(points.points, lines, ticks=ticks, point_words=hover), lines)
    return name_ends(chart, points.points, lines, max(ticks)) if can_name_ends(lines) else chart


def _pairs(points: Points, group: str) -> zip:
    return zip(points.values[group], points.sides[group], strict=True)


def _word(says: Words, unit: str, is_ratio: bool, value: Number | None, sides: tuple) -> str:
    """A value, and for a ratio what it is out of."""
    shown = says.show(value, unit, cents=True)
    if not is_ratio or value is None:
        return shown
    return f"{shown} · {says('headline.of', part=says.number(sides[0] or 0), whole=says.number(sides[1]))}"


def _tabulate(
    says: Words, first: Column, moments: Sequence, points: Points, names: dict[str, str], unit: str, is_ratio: bool
) -> Table:
    groups = list(points.values)
    if len(groups) > MOST_COLUMNS:
        return _tabulate_long(says, first, moments, points, names, unit)
    parts = ["numerator", "denominator"] if is_ratio and len(groups) == 1 else []
    headings = [Column(names[group], unit) for group in groups] + [Column(says(f"table.{part}"), "hours") for part in parts]
    rows = []
    for position, moment in enumerate(moments):
        values = [points.values[group][position] for group in groups]
        sides = points.sides[groups[0]][position] if parts else ()
        rows.append((moment, *values, *sides))
    return Table((first, *headings), rows)


def _tabulate_long(
    says: Words, first: Column, moments: Sequence, points: Points, names: dict[str, str], unit: str
) -> Table:
    """A row for each step and group in which there is something."""
    rows = [
        (moment, names[group], points.values[group][position])
        for position, moment in enumerate(moments)
        for group in points.values
        if points.values[group][position]
    ]
    return Table((first, Column(says("table.group")), Column(says("table.value"), unit)), rows)
