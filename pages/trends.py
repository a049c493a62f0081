"""Trends: who enrols, in what, and when? The explorer: every list and every chart filters, and says what changed."""

from datetime import date

from analytics.comparison import previous_spans
from analytics.lead import OPEN, lead_curves
from analytics.leaderboards import rank
from analytics.measure import measure_one
from analytics.metrics import METRICS
from analytics.palette import NEUTRAL, colour
from analytics.series import booking_curve
from analytics.trend import BOOKED_METRICS, follow, largest_groups
from pages.parts import link
from pages.parts.booking_ways import lead_bookings, lead_leads
from pages.parts.frame import answer, close_page, headlines, open_page, paragraph
from pages.parts.leaderboards import show_leaderboards
from pages.parts.timeline import Group, Lines, show_booking, show_line
from pages.parts.trend_choice import choose_trend
from pages.parts.trend_comparison import head_of_change, headline_of_change, note_comparison
from pages.parts.trend_lines import gather
from pages.parts.trend_sentences import (
    answer_of,
    headlines_of,
    note_groups,
    notes_of,
    title_of,
    title_of_boards,
    title_of_booking,
    title_of_lead,
)
from pages.parts.trend_why import show_why

view = open_page("trends", has_span=True)
says, snapshot, filters = view.words, view.snapshot, view.filters
choice = choose_trend(view)
metric, comparison = choice.metric, choice.comparison
trend = follow(snapshot, metric, choice.step, filters)
spans = previous_spans(snapshot, trend, filters) if comparison.kind == "previous" else None
boards = rank(snapshot, metric, filters, comparison, spans)


def show_time() -> None:
    """The metric in time, beside what it is held against; a box drawn on it chooses a span."""
    drawn = gather(view, choice, spans)
    keys = [group.key for group in drawn.groups]
    lines = Lines(metric, metric.unit, drawn.points, drawn.groups, drawn.names, drawn.target, drawn.way_of)
    title = title_of(view, trend, choice, keys)
    show_line(view, "time", title, choice.step, lines, take_span)
    notes = notes_of(view, trend) + note_groups(view, choice, drawn.points, keys)
    paragraph("mc-small", " ".join([view.say("note_drag"), *notes]))


def take_span(first: date, last: date) -> None:
    """Choose the span that a reader drew a box around."""
    link.put(since=[first.isoformat()], until=[last.isoformat()])


def show_lists() -> None:
    """The ranked lists, and what their change compares."""
    title, head = title_of_boards(view, metric, boards), head_of_change(view, comparison)
    show_leaderboards(view, metric, boards, title, head)
    note = note_comparison(view, comparison, metric, spans)
    paragraph("mc-small", f"{view.say('board.lead')} {note}")


def show_lead() -> None:
    """How many an edition to come has, as long before its start as those that have started."""
    points = lead_curves(snapshot, metric, filters)
    names = {key: view.say(f"lead_{key}") for key in points.values}
    groups = [Group(key, names[key], colour("", "") if key == OPEN else NEUTRAL, key == OPEN) for key in points.values]
    lines = Lines(metric, "ratio", points, groups, names, way_of=lead_leads(view, metric, points))
    show_booking(view, "lead", title_of_lead(view, metric, boards), lines)


def show_bookings() -> None:
    """How long before the start enrolments come, in the editions that have started."""
    points = booking_curve(snapshot, filters, choice.split, metric)
    if not points.points:
        return
    names = choice.names if choice.split else {"": says.metric(metric.key)}
    keys = enumerate(largest_groups(points))
    groups = [Group(key, names[key], colour(choice.split or "", key, place)) for place, key in keys]
    lines = Lines(metric, "share", points, groups, names, way_of=lead_bookings(view, metric, choice.split, points))
    show_booking(view, "booking", title_of_booking(view, metric), lines)


is_stepwise = comparison.kind == "none" or (comparison.kind == "previous" and not filters.has_span)
compared = None if is_stepwise else headline_of_change(view, metric, comparison, boards, spans)
people = measure_one(snapshot, METRICS["learners"], filters)
answer(view, answer_of(view, trend, comparison, boards, spans))
headlines(view, headlines_of(view, trend, people, compared))
if comparison.kind == "booking":
    show_lead()
if trend.points.points:
    show_time()
    show_lists()
    show_why(view, metric, comparison, boards, spans)
    if metric.key in BOOKED_METRICS and comparison.kind != "booking":
        show_bookings()
close_page(view)
