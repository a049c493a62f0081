"""The pace figure: a cumulative target, an even pace to its deadline, and what the calendar lets expect."""

from dataclasses import dataclass

import streamlit as st

from analytics.charts import Line, Range, Series, lines
from analytics.commitments import EvenPace, even_pace
from analytics.drawing import Drawing
from analytics.filters import EVERYTHING
from analytics.marked_lines import Moment, join_marks, mark_moments
from analytics.metrics import METRICS
from analytics.pace_sentences import say_how, say_pace
from analytics.pacing import Ahead, Pacing, pace_ahead
from analytics.palette import BLUE, NEUTRAL, ORANGE
from analytics.series import Points, series, within_step
from analytics.table import Column, Table
from analytics.targets import Target, targets_of
from pages.parts.back_test import show_back_test
from pages.parts.commentary import Placed, mark_points, place_notes, write_beside
from pages.parts.figure import Figure, Ways, show_figure
from pages.parts.frame import View, paragraph
from pages.parts.numbers import builds_folder
from pages.parts.ways import ways_of
from reports.grant import grant_in_force

KEY = "credentials_issued_eligible"


@dataclass(frozen=True)
class Course:
    """What a target has reached, week by week to its deadline, and what is ahead; None where that is not known."""

    target: Target
    even: EvenPace
    values: list
    ahead: Ahead | None
    notes: Placed


def show_pace(view: View, is_explained: bool = False) -> None:
    """The credentials week by week against an even pace and the target, and what to expect to the deadline.

    is_explained: with how it was worked out and how far off it was before.
    """
    target, metric = targets_of(view.snapshot)[METRICS[KEY].target], METRICS[KEY]
    found = series(view.snapshot, metric, "week", view.filters, is_cumulative=True)
    if not found.points:
        return
    pacing = find_pacing(view)
    even = even_pace(target, found)
    is_ahead = pacing is not None and pacing.dues is not None and view.snapshot.as_of < target.due_on
    notes = place_notes(KEY, lambda note: even.week_of(note.first_on))
    ahead = pacing.week_by_week(even) if is_ahead else None
    course = Course(target, even, reach(found, even), ahead, notes)
    takeaway = take_away(view, course, found)
    shown = Figure(
        f"pace-{KEY}", takeaway, draw(view, course), table(view, course), [KEY], ways=lead(view, course), is_marked=True
    )
    show_figure(view, shown)
    for sentence in say_pace(view.words, pacing, target):
        paragraph("mc-text", sentence)
    if is_explained:
        explain(view, pacing)
    elif is_ahead:
        st.page_link("pages/funding.py", label=view.words("pace.more"), icon=":material/query_stats:")


def explain(view: View, pacing: Pacing | None) -> None:
    """How the expectation was worked out and tried, or why there is none."""
    if view.filters != EVERYTHING:
        return paragraph("mc-small", view.words("pace.filtered"))
    if pacing is None:
        return None
    for sentence in say_how(view.words, pacing):
        paragraph("mc-small", sentence)
    return show_back_test(view, pacing.back_test, KEY) if pacing.dues is not None and pacing.has_band else None


def find_pacing(view: View) -> Pacing | None:
    """Of the whole programme, which the target is for; None under filters."""
    grant = grant_in_force(builds_folder())
    limits = grant.value("forecast_minimum_editions"), grant.value("forecast_minimum_entries")
    return pace_ahead(view.snapshot, *limits) if view.filters == EVERYTHING else None


def reach(found: Points, even: EvenPace) -> list:
    """The value of every week; 0 before the first, None after the last."""
    reached = dict(zip(found.points, found.values[""], strict=True))
    return [reached.get(day, 0 if day < found.points[0] else None) for day in even.points]


def take_away(view: View, course: Course, found: Points) -> str:
    says = view.words
    return says(
        "pace.takeaway", value=says.number(found.values[""][-1]), metric=says.metric(KEY).lower(),
        expected=says.number(course.even.at(view.snapshot.as_of), 0), target=says.number(course.target.value),
    )


def draw(view: View, course: Course) -> Drawing:
    """A full line for what is reached, dashes for what is expected in its band, and the target with its words."""
    says, even = view.words, course.even
    shown = [
        Series(says("pace.reached"), BLUE, course.values, [says.show(value, "count") for value in course.values]),
        Series(says("pace.even"), NEUTRAL, even.values, [says.number(value, 0) for value in even.values], 0),
    ]
    band = None
    if course.ahead:
        expected = [None if value is None else round(value) for value in course.ahead.values]
        words = [says.show(value, "count") for value in expected]
        shown.insert(1, Series(says("pace.expected"), ORANGE, expected, words, 0))
        band = Range(says("pace.band"), ORANGE, course.ahead.lows, course.ahead.highs)
    moments = (
        Moment(even.week_of(view.snapshot.as_of), says("pace.today", day=says.day(view.snapshot.as_of))),
        Moment(even.week_of(course.target.due_on), says("pace.deadline", day=says.day(course.target.due_on)), True),
    )
    return lines(
        even.points, shown, band=band,
        line=Line(float(course.target.value), says("pace.target", target=says.number(course.target.value))),
        point_words=[says("pace.week_of", day=says.day(day)) for day in even.points],
        tick_points={day: says.month(day) for day in even.month_starts},
        marks=join_marks(mark_moments(moments), mark_points(course.notes)),
    )


def lead(view: View, course: Course) -> Ways:
    """The ways from what is reached by the end of each week; what is expected has no rows yet."""
    way, weeks = ways_of(KEY), zip(course.even.points, course.values, strict=True)
    return {
        (row, 1): way(within_step(view.filters, "week", week, is_cumulative=True))
        for row, (week, value) in enumerate(weeks) if value
    }


def table(view: View, course: Course) -> Table:
    says = view.words
    columns = [
        Column(says("pace.week"), "day"), Column(says("pace.reached"), "count"), Column(says("pace.even"), "ratio"),
    ]
    parts = [course.even.points, course.values, course.even.values]
    if course.ahead:
        columns += [Column(says(f"pace.{name}"), "ratio") for name in ("expected", "low", "high")]
        parts += [course.ahead.values, course.ahead.lows, course.ahead.highs]
    return write_beside(says, Table(tuple(columns), list(zip(*parts, strict=True))), course.notes)
