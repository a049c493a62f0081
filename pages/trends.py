"""Trends: who enrols, in what, and when?"""

from collections.abc import Callable

from analytics.charts import Bar, bars
from analytics.filters import Filters
from analytics.measure import measure, measure_one
from analytics.metrics import METRICS
from analytics.palette import NEUTRAL, colour
from analytics.series import Points, booking_curve, series
from analytics.table import Column, Table
from analytics.trend import BOOKED_METRICS, beside, follow, largest_groups
from pages.parts.breakdown import text_of_measure
from pages.parts.figure import Figure, show_figure
from pages.parts.frame import answer, close_page, headlines, open_page, paragraph
from pages.parts.timeline import Group, Lines, show_booking, show_line
from pages.parts.trend_choice import choose_trend
from pages.parts.trend_sentences import answer_of, headlines_of, note_groups, notes_of, title_of, title_of_booking

WHOLE = ""
MOST_BARS = 12

view = open_page("trends")
says, snapshot, filters = view.words, view.snapshot, view.filters
choice = choose_trend(view)
metric = choice.metric
trend = follow(snapshot, metric, choice.step, filters)


def gather(get: Callable[[Filters, str | None], Points], is_cumulative: bool = False) -> tuple[Points, list[Group]]:
    """The points and the lines to draw: the whole, its groups, or one group beside the whole."""
    if choice.split is None:
        return get(filters, None), [Group(WHOLE, says.metric(metric.key), colour("", WHOLE))]
    if choice.group is None:
        points = get(filters, choice.split)
        largest = enumerate(largest_groups(points))
        return points, [Group(key, choice.names[key], colour(choice.split, key, place)) for place, key in largest]
    part = get(filters.also(choice.split, choice.group), None)
    points = beside(get(filters, None), part, choice.group, is_cumulative)
    one = Group(choice.group, choice.names[choice.group], colour(choice.split, choice.group))
    return points, [Group(WHOLE, view.say("whole"), NEUTRAL), one]


def show_reading(reading: str, has_notes: bool) -> None:
    """The metric in time, step by step or adding up."""
    is_cumulative = reading == "cumulative"
    points, drawn = gather(
        lambda chosen, by: series(snapshot, metric, choice.step, chosen, by, is_cumulative=is_cumulative), is_cumulative
    )
    keys = [group.key for group in drawn]
    title = title_of(view, trend, choice, reading, keys)
    show_line(view, reading, title, choice.step, Lines(metric, metric.unit, points, drawn, name_columns()))
    notes = notes_of(view, trend) + note_groups(view, choice, points, keys)
    if has_notes and notes:
        paragraph("mc-small", " ".join(notes))


def name_columns() -> dict[str, str]:
    """What the lines are called in the table."""
    return {WHOLE: view.say("whole") if choice.group else says.metric(metric.key)} | choice.names


def show_groups() -> None:
    """The groups of the split by size: the largest as bars, all of them in the table."""
    found = measure(snapshot, [metric], filters, [choice.split])
    found.sort(key=lambda one: (one.value is None, -(one.value or 0), one.group))
    rows = [
        Bar(choice.names[one.group[0]], float(one.value or 0), text_of_measure(says, one),
            colour(choice.split, one.group[0]))
        for one in found[:MOST_BARS]
    ]
    dimension = says.dimension(choice.split)
    table = Table(
        (Column(dimension), Column(says.metric(metric.key), metric.unit)),
        [(choice.names[one.group[0]], one.value) for one in found],
    )
    title = view.say("groups_title", metric=says.metric(metric.key), dimension=dimension.lower())
    show_figure(view, Figure("groups", title, bars(rows), table, [metric.key]))


def show_bookings() -> None:
    """How long before the start enrolments come, in the editions that have started."""
    booked = METRICS[metric.key if metric.key in BOOKED_METRICS else "enrolments"]
    if choice.split and choice.split not in booked.dimensions:
        return
    points, drawn = gather(lambda chosen, by: booking_curve(snapshot, chosen, by, booked))
    if points.points:
        names = name_columns() | ({} if choice.group else {WHOLE: says.metric(booked.key)})
        show_booking(view, "booking", title_of_booking(view, booked), Lines(booked, "share", points, drawn, names))


answer(view, answer_of(view, trend))
headlines(view, headlines_of(view, trend, measure_one(snapshot, METRICS["learners"], filters)))
if trend.points.points:
    show_reading(choice.reading, has_notes=True)
    show_bookings()
    show_reading(choice.other_reading, has_notes=False)
    if choice.split:
        show_groups()
close_page(view)
