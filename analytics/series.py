"""Series: a metric in time, by day, week, month, cumulative, or by the days left to the start of a course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Literal

from analytics.dimensions import DIMENSIONS
from analytics.filters import EVERYTHING, Filters
from analytics.measure import Number
from analytics.metrics import METRICS, Metric
from analytics.snapshot import Snapshot

Step = Literal["day", "week", "month"]
STEPS: tuple[Step, ...] = ("day", "week", "month")
DATED_METRICS = tuple(key for key, metric in METRICS.items() if metric.dated_by and len(metric.tables) == 1)
# Nobody enrols earlier than this before a start in a way that a booking curve should show.
EARLIEST_DAYS_BEFORE_START = 120


@dataclass(frozen=True)
class Points:
    """A metric at consecutive points. values: group to one value a point, None where it is unknown.

    The group of the whole is "". unfinished_from: index of the first point that the cut-off leaves unfinished.
    """

    points: list
    values: dict[str, list[Number | None]]
    unfinished_from: int | None = None


def series(
    snapshot: Snapshot, metric: Metric, step: Step, filters: Filters = EVERYTHING, by: str | None = None,
    is_cumulative: bool = False,
) -> Points:
    """A metric by the day, week (from Monday) or month of its own date; rows without one are left out.

    Cumulative: the value of everything dated up to the end of each step; a person then counts once, when first seen.
    """
    if not metric.dated_by:
        raise ValueError(f"{metric.key} has no date of its own")
    point = f"date_trunc('{step}', {metric.dated_by})::date"
    days = [row[0] for row in _query(snapshot, metric, f"select distinct {point} from", filters, by, "order by 1")]
    if not days:
        return Points([], {})
    points = _every(step, days[0], days[-1])
    if is_cumulative and not metric.is_additive:
        found = _so_far(snapshot, metric, points, step, filters, by)
    else:
        found = _grouped(snapshot, metric, point, filters, by)
    values = {group: _fill(metric, points, sides, is_cumulative and metric.is_additive) for group, sides in found.items()}
    return Points(points, _in_order(values, by), _first_unfinished(points, step, snapshot.as_of))


def booking_curve(
    snapshot: Snapshot, filters: Filters = EVERYTHING, by: str | None = None, metric: Metric = METRICS["enrolments"]
) -> Points:
    """The share of all enrolments that were in, by days to the start: from 120 before to the day itself and later.

    Only of editions that have started: the others have their last days still to come. Points: -120 … 0, then 1 for later.
    """
    first = -EARLIEST_DAYS_BEFORE_START
    point = f"least(greatest(-days_before_start, {first}), 1)"
    started = f"starts_on <= date '{snapshot.as_of.isoformat()}'"
    points = list(range(first, 2))
    values = {}
    for group, sides in _grouped(snapshot, metric, point, filters, by, started).items():
        counted = list(accumulate(sides.get(day, (0, None))[0] for day in points))
        values[group] = [Decimal(count) / counted[-1] if counted[-1] else None for count in counted]
    return Points(points, _in_order(values, by))


def _grouped(snapshot, metric, point, filters, by, also="true") -> dict[str, dict]:
    """{group: {point: (numerator, denominator)}}."""
    select = f"select {by or repr('')}, {point} as point, {_sides(metric)} from"
    groups: dict[str, dict] = {}
    for group, at, *sides in _query(snapshot, metric, select, filters, by, "group by all", also):
        groups.setdefault(group, {})[at] = tuple(sides)
    return groups


def _so_far(snapshot, metric, points, step, filters, by) -> dict[str, dict]:
    """Like _grouped, each point over all rows dated up to its end: for counts of different people or courses."""
    condition, values = _condition(metric, filters, by, "true")
    sql = f"""
        select {by or repr('')}, p.point, {_sides(metric)}
        from (select unnest($points::date[]) as point) as p
        join {metric.table} on {metric.dated_by} < p.point + interval 1 {step}
        where {condition}
        group by all
    """
    groups: dict[str, dict] = {}
    for group, at, *sides in snapshot.connection.cursor().execute(sql, values | {"points": points}).fetchall():
        groups.setdefault(group, {})[at] = tuple(sides)
    return groups


def _query(snapshot, metric, select, filters, by, end, also="true") -> list[tuple]:
    condition, values = _condition(metric, filters, by, also)
    return snapshot.connection.cursor().execute(f"{select} {metric.table} where {condition} {end}", values).fetchall()


def _condition(metric: Metric, filters: Filters, by: str | None, also: str) -> tuple[str, dict]:
    if by and by not in metric.dimensions:
        raise ValueError(f"{metric.key} cannot be split by {by}. Try one of: {', '.join(metric.dimensions)}")
    condition, values = filters.where(metric.table)
    counted = f"{metric.dated_by} is not null and {metric.counted_rows}"
    return f"{condition} and {counted} and {also}" + (f" and {by} is not null" if by else ""), values


def _sides(metric: Metric) -> str:
    return f"{metric.numerator} as numerator, {metric.denominator or 'null'} as denominator"


def _fill(metric: Metric, points: Sequence[date], sides: dict, is_cumulative: bool) -> list[Number | None]:
    """A value for every point: nothing happened is 0 for a count and unknown for a ratio."""
    numerators = [sides.get(point, (0, 0))[0] for point in points]
    denominators = [sides.get(point, (0, 0))[1] for point in points]
    if is_cumulative:
        numerators = list(accumulate(numerators, lambda one, other: one + (other or 0)))
        denominators = list(accumulate(denominators, lambda one, other: (one or 0) + (other or 0)))
    if metric.denominator is None:
        return numerators
    return [
        Decimal(numerator or 0) / Decimal(denominator) if denominator else None
        for numerator, denominator in zip(numerators, denominators, strict=True)
    ]


def _every(step: Step, first: date, last: date) -> list[date]:
    points = [first]
    while points[-1] < last:
        points.append(_next(step, points[-1]))
    return points


def _next(step: Step, day: date) -> date:
    if step == "month":
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day + timedelta(days=7 if step == "week" else 1)


def _first_unfinished(points: Sequence[date], step: Step, as_of: date) -> int | None:
    ends = (_next(step, point) - timedelta(days=1) for point in points)
    return next((position for position, end in enumerate(ends) if end > as_of), None)


def _in_order(values: dict[str, list], by: str | None) -> dict[str, list]:
    """Groups in the dimension's order, else the largest first."""
    order = DIMENSIONS[by].order if by else ()
    if order:
        return {group: values[group] for group in order if group in values}
    return dict(sorted(values.items(), key=lambda pair: (-sum(value or 0 for value in pair[1]), pair[0])))
