"""The lines of a trend: the selection beside what it is held against, or its groups."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from analytics.comparison import Spans, first_dated, target_of
from analytics.filters import Filters
from analytics.marked_lines import Line
from analytics.palette import NEUTRAL, colour
from analytics.series import Points, Step, first_day_of, next_step, series, within_step
from analytics.targets import pace
from analytics.trend import beside, largest_groups
from pages.parts.frame import View
from pages.parts.timeline import Group, WayOf, no_way
from pages.parts.trend_choice import Choice
from pages.parts.trend_comparison import name_reference
from pages.parts.ways import ways_of

WHOLE = ""
SELECTION = "selection"


@dataclass(frozen=True)
class Drawn:
    """Points, the groups of them that are drawn, what all of them are called, the line of a target, and the ways."""

    points: Points
    groups: list[Group]
    names: dict[str, str]
    target: Line | None = None
    way_of: WayOf = no_way


@dataclass(frozen=True)
class _Followed:
    """What a line follows: the points, under which filters (None: counts no rows), and drawn how many days later."""

    points: Points
    filters: Filters | None
    days_later: int = 0


def gather(view: View, choice: Choice, spans: Spans | None) -> Drawn:
    """What the main figure draws: groups when they are told apart, else the selection beside its reference."""
    points = _follow(view, choice)
    if choice.split:
        largest = enumerate(largest_groups(points))
        groups = [Group(key, choice.names[key], colour(choice.split, key, place)) for place, key in largest]
        way_of = _lead_groups(view, choice, points)
        return Drawn(points, groups, choice.names, _mark_target(view, choice), way_of)
    name = view.words.metric(choice.metric.key)
    reference = _follow_reference(view, choice, spans)
    if reference is None or not reference.points.points:
        way_of = _lead_lines(choice, points, {WHOLE: _Followed(points, view.filters)})
        return Drawn(points, [Group(WHOLE, name, colour("", WHOLE))], {WHOLE: name}, _mark_target(view, choice), way_of)
    both = beside(reference.points, points, SELECTION, choice.reading == "cumulative")
    names = {WHOLE: name_reference(view, choice.comparison, choice.metric), SELECTION: view.say("whole")}
    drawn = [Group(WHOLE, names[WHOLE], NEUTRAL), Group(SELECTION, names[SELECTION], colour("", WHOLE))]
    followed = {WHOLE: reference, SELECTION: _Followed(points, view.filters)}
    return Drawn(both, drawn, names, way_of=_lead_lines(choice, both, followed))


def _lead_groups(view: View, choice: Choice, points: Points) -> WayOf:
    """The ways from the points of groups that are told apart."""
    way, steps = ways_of(choice.metric.key), _steps(choice, _Followed(points, view.filters), points)
    return lambda group, place, side="": way(steps[place], (choice.split, group), side=side)


def _lead_lines(choice: Choice, points: Points, followed: Mapping[str, _Followed]) -> WayOf:
    """The ways from the points of each line; an even pace has none."""
    way = ways_of(choice.metric.key)
    steps = {key: _steps(choice, one, points) for key, one in followed.items() if one.filters is not None}
    return lambda group, place, side="": way(steps[group][place], side=side) if group in steps else None


def _steps(choice: Choice, line: _Followed, points: Points) -> list[Filters]:
    """The filters of every point."""
    is_cumulative = choice.reading == "cumulative"
    return [
        within_step(line.filters, choice.step, point, is_cumulative, line.days_later) for point in points.points
    ]


def _follow(view: View, choice: Choice) -> Points:
    return series(
        view.snapshot, choice.metric, choice.step, view.filters, choice.split,
        is_cumulative=choice.reading == "cumulative",
    )


def _follow_reference(view: View, choice: Choice, spans: Spans | None) -> _Followed | None:
    """The other line: the span before on the days of this one, everything, another group, or an even pace."""
    comparison, is_cumulative = choice.comparison, choice.reading == "cumulative"
    if comparison.kind == "target":
        pace = _follow_pace(view, choice) if is_cumulative else None
        return _Followed(pace, None) if pace else None
    filters, days = comparison.reference(view.filters), 0
    if comparison.kind == "previous" and view.filters.has_span and spans:
        filters = view.filters.within(spans.before.first, spans.before.last)
        days = (spans.now.first - spans.before.first).days
    if filters is None:
        return None
    found = series(
        view.snapshot, choice.metric, choice.step, filters, is_cumulative=is_cumulative, days_later=days
    )
    if spans and spans.is_partial:
        found = _forget_before(found, first_dated(view.snapshot, choice.metric) + timedelta(days=days), choice.step)
    return _Followed(replace(found, unfinished_from=None), filters, days)


def _forget_before(points: Points, first: date, step: Step) -> Points:
    """The same, unknown where nothing had been recorded yet: that is no zero."""
    begins = first_day_of(step, first)
    pairs = zip(points.points, points.values[WHOLE], strict=True)
    return replace(points, values={WHOLE: [value if point >= begins else None for point, value in pairs]})


def _follow_pace(view: View, choice: Choice) -> Points | None:
    """What an even pace towards a target with a deadline would have given by the end of each step."""
    target, points = target_of(view.snapshot, choice.metric), _follow(view, choice).points
    if target.kind != "by_deadline":
        return None
    ends = [next_step(choice.step, point) - timedelta(days=1) for point in points]
    values = [pace(target, Decimal(0), end).expected for end in ends]
    return Points(points, {WHOLE: values}, {WHOLE: [(value, None) for value in values]}, sizes={WHOLE: target.value})


def _mark_target(view: View, choice: Choice) -> Line | None:
    """The line of a target that is a share: one that has to be reached in all has no place step by step."""
    target = target_of(view.snapshot, choice.metric) if choice.comparison.kind == "target" else None
    if target is None or target.kind == "by_deadline":
        return None
    return Line(float(target.value), target.goal_in(view.words))
