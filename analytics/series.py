"""Series: a metric in time, by day, week, month, cumulative, or by the days left to the start of a course."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Literal

from analytics.dimensions import DIMENSIONS
from analytics.filters import EVERYTHING, Filters
from analytics.measure import Number, is_known
from analytics.metrics import METRICS, Metric
from analytics.snapshot import Snapshot

Step = Literal["day", "week", "month"]
Sides = tuple[Number | None, Number | None]
STEPS: tuple[Step, ...] = ("day", "week", "month")
DATED_METRICS = tuple(key for key, metric in METRICS.items() if metric.dated_by)
# Nobody enrols earlier than this before a start in a way that a booking curve should show.
EARLIEST_DAYS_BEFORE_START = 120
AFTER_THE_START = 1
# Where a group has no row there is nothing to count, and of a ratio nothing to count it out of.
NOTHING: Sides = (0, None)
NOTHING_OF_NOTHING: Sides = (0, 0)


@dataclass(frozen=True)
class Points:
    """A metric at consecutive points.

    values: group to one value a point, None where it is unknown; the group of the whole is "".
    sides: numerator and denominator of each value (denominator None for what is no ratio).
    unfinished_from: index of the first point that the cut-off leaves unfinished. first_on: the first day with a row.
    sizes: what the points of a group add up to, or are out of: how large it is.
    """

    points: list
    values: dict[str, list[Number | None]]
    sides: dict[str, list[Sides]] = field(default_factory=dict)
    unfinished_from: int | None = None
    first_on: date | None = None
    sizes: dict[str, Number] = field(default_factory=dict)


def series(
    snapshot: Snapshot, metric: Metric, step: Step, filters: Filters = EVERYTHING, by: str | None = None,
    *, is_cumulative: bool = False, days_later: int = 0,
) -> Points:
    """A metric by the day, week (from Monday) or month of its own date, to the cut-off or the last date after it.

    Rows without a date are left out (undated() says what they hold). Cumulative: the value of everything dated up to
    the end of each step; a person then counts once, when first seen. No points when nothing is known.
    days_later: every date is moved on by so many days, to lie on those of a later span.
    """
    asked = _Asked(snapshot, metric, filters, by, days_later)
    filters = filters.later(days_later)
    first, last = asked.span()
    if first is None or not is_known(snapshot, metric, filters):
        return Points([], {})
    last_shown = min(max(last, snapshot.as_of), filters.dated_to or date.max)
    points = _every(step, first_day_of(step, min(first, filters.dated_from or first)), last_shown)
    is_running = is_cumulative and not metric.is_additive
    found = asked.so_far(points, step) if is_running else asked.each(f"date_trunc('{step}', {asked.day})::date")
    nothing = NOTHING_OF_NOTHING if metric.denominator else NOTHING
    sides = {group: [at.get(point, nothing) for point in points] for group, at in found.items()}
    sizes = {group: _size(metric, rows, is_running) for group, rows in sides.items()}
    sides = {group: sides[group] for group in _in_order(sizes, by)}
    if is_cumulative and not is_running:
        sides = {group: _running_totals(rows) for group, rows in sides.items()}
    values = {group: [_value(metric, side) for side in rows] for group, rows in sides.items()}
    known_to = min(snapshot.as_of, filters.dated_to or snapshot.as_of)
    return Points(points, values, sides, _first_unfinished(points, step, known_to), first, sizes)


def undated(snapshot: Snapshot, metric: Metric, filters: Filters = EVERYTHING) -> Number:
    """What the rows without a date hold of a metric (of its denominator for a ratio): a series leaves it out."""
    if filters.has_span:
        return 0
    condition, values = filters.where(metric.table)
    counted = metric.denominator if metric.denominator and not metric.denominator_table else metric.numerator
    sql = f"select {counted} from {metric.table} where {condition} and {metric.counted_rows}"
    return snapshot.tuples(f"{sql} and {metric.dated_by} is null", values)[0][0] or 0


def booking_curve(
    snapshot: Snapshot, filters: Filters = EVERYTHING, by: str | None = None, metric: Metric = METRICS["enrolments"]
) -> Points:
    """The share of all enrolments that were in, by days to the start: from 120 before to the day itself and later.

    Only of editions that have started: the others have their last days still to come. Whatever the span of the filters,
    which would cut the days before a start.
    Points: -120 … 0, then 1 for later. metric: a count of enrolments dated by enrolled_on.
    """
    filters = filters.within(None, None)
    first = -EARLIEST_DAYS_BEFORE_START
    day = f"least(greatest(-days_before_start, {first}), {AFTER_THE_START})"
    points = list(range(first, AFTER_THE_START + 1))
    found = _Asked(snapshot, metric, filters, by).each(day, f"starts_on <= date '{snapshot.as_of.isoformat()}'")
    counted = {group: list(accumulate(at.get(day, NOTHING)[0] for day in points)) for group, at in found.items()}
    sizes = {group: counts[-1] for group, counts in counted.items() if counts[-1]}
    sides = {group: [(count, sizes[group]) for count in counted[group]] for group in _in_order(sizes, by)}
    values = {group: [Decimal(part) / whole for part, whole in rows] for group, rows in sides.items()}
    return Points(points if sizes else [], values, sides, sizes=sizes)


@dataclass(frozen=True)
class _Asked:
    """The rows of a metric that a series is made of. ValueError when it has no date or cannot be split like that."""

    snapshot: Snapshot
    metric: Metric
    filters: Filters
    by: str | None
    days_later: int = 0

    @property
    def day(self) -> str:
        """The date of a row, as it is to be drawn."""
        return f"({self.metric.dated_by} + {self.days_later})" if self.days_later else self.metric.dated_by

    def __post_init__(self) -> None:
        metric, by = self.metric, self.by
        if not metric.dated_by:
            raise ValueError(f"{metric.key} has no date of its own")
        if by and by not in metric.dimensions:
            raise ValueError(f"{metric.key} cannot be split by {by}. Try one of: {', '.join(metric.dimensions)}")

    def span(self) -> tuple[date | None, date | None]:
        """The first and the last day that its rows have."""
        condition, values = self._condition(self.metric.table)
        day, table = self.day, self.metric.table
        sql = f"select min({day})::date, max({day})::date from {table} where {condition}"
        return self.snapshot.tuples(sql, values)[0]

    def each(self, point: str, also: str = "true") -> dict[str, dict]:
        """{group: {point: (numerator, denominator)}}, each point by itself."""
        return _collect(self._fetch(table, f"{point} as point", table, also) for table in self.metric.tables)

    def so_far(self, points: Sequence[date], step: Step) -> dict[str, dict]:
        """Like each, every point over all rows dated up to its end: for counts of different people or courses."""
        until = f"on {self.day} < p.point + interval 1 {step}"
        steps = f"join (select unnest($points::date[]) as point) as p {until}"
        return _collect(
            self._fetch(table, "p.point", f"{table} {steps}", points=list(points)) for table in self.metric.tables
        )

    def _fetch(self, table: str, point: str, rows: str, also: str = "true", **values: object) -> list[tuple]:
        """(group, point, numerator, denominator), with null for a side that another table has."""
        metric = self.metric
        condition, chosen = self._condition(table)
        numerator = metric.numerator if table == metric.table else "null"
        denominator = metric.denominator if table == (metric.denominator_table or metric.table) else None
        select = f"select {self.by or repr('')}, {point}, {numerator}, {denominator or 'null'} from {rows}"
        sql = f"{select} where {condition} and {also} group by all"
        return self.snapshot.tuples(sql, chosen | values)

    def _condition(self, table: str) -> tuple[str, dict[str, object]]:
        condition, values = self.filters.where(table, self.metric.dated_by)
        belongs = f" and {self.by} is not null" if self.by else ""
        return f"{condition} and {self.metric.dated_by} is not null and {self.metric.counted_rows}{belongs}", values


def _collect(tables: Iterable[list[tuple]]) -> dict[str, dict]:
    """Both sides of every group and point, from one table or from the numerator's and then the denominator's."""
    groups: dict[str, dict] = {}
    for position, rows in enumerate(tables):
        for group, at, numerator, denominator in rows:
            known = groups.setdefault(group, {})
            known[at] = (numerator, denominator) if position == 0 else (known.get(at, NOTHING)[0], denominator)
    return groups


def _running_totals(rows: Sequence[Sides]) -> list[Sides]:
    """Sums up to each point. A sum stays unknown until something known is added to it."""
    numerators = accumulate((numerator for numerator, _ in rows), _add)
    denominators = accumulate((denominator for _, denominator in rows), _add)
    return list(zip(numerators, denominators, strict=True))


def _add(total: Number | None, other: Number | None) -> Number | None:
    if other is None:
        return total or None
    return (total or 0) + other


def steps_of(snapshot: Snapshot, metric: Metric, step: Step) -> list[tuple[date, date]]:
    """The first and the last day of every step from the first row of a metric to its last or the cut-off."""
    first, last = _Asked(snapshot, metric, EVERYTHING, None).span()
    if first is None:
        return []
    points = _every(step, first_day_of(step, first), max(last, snapshot.as_of))
    return [(point, next_step(step, point) - timedelta(days=1)) for point in points]


def _value(metric: Metric, side: Sides) -> Number | None:
    """Nothing happened is 0 for a count and unknown for a ratio."""
    numerator, denominator = side
    if metric.denominator is None:
        return numerator
    return Decimal(numerator or 0) / Decimal(denominator) if denominator else None


def _size(metric: Metric, rows: Sequence[Sides], is_running: bool) -> Number:
    amounts = [(row[0] if metric.denominator is None else row[1]) or 0 for row in rows]
    return amounts[-1] if is_running else sum(amounts)


def _every(step: Step, first: date, last: date) -> list[date]:
    points = [first]
    while next_step(step, points[-1]) <= last:
        points.append(next_step(step, points[-1]))
    return points


def first_day_of(step: Step, day: date) -> date:
    """The first day of the step in which a day falls."""
    if step == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step == "week" else day


def next_step(step: Step, day: date) -> date:
    """The first day of the step after the one that begins on `day`."""
    if step == "month":
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day + timedelta(days=7 if step == "week" else 1)


def within_step(filters: Filters, step: Step, point: date, is_cumulative: bool = False, days_later: int = 0) -> Filters:
    """The filters of what a series counts at one of its points: those of the series, on the days of the point."""
    first, last = (day - timedelta(days=days_later) for day in (point, next_step(step, point) - timedelta(days=1)))
    since = filters.dated_from if is_cumulative else max(first, filters.dated_from or first)
    return filters.within(since, min(last, filters.dated_to or last))


def _first_unfinished(points: Sequence[date], step: Step, as_of: date) -> int | None:
    ends = (next_step(step, point) - timedelta(days=1) for point in points)
    return next((position for position, end in enumerate(ends) if end > as_of), None)


def _in_order(sizes: dict[str, Number], by: str | None) -> list[str]:
    """Groups in the dimension's order, else the largest first."""
    order = DIMENSIONS[by].order if by else ()
    if order:
        return [group for group in order if group in sizes]
    return sorted(sizes, key=lambda group: (-sizes[group], group))
