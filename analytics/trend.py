"""Trend: what a series says in a sentence, its last complete step against the one before, and the groups to draw."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from analytics.dimensions import EXPLORED
from analytics.filters import EVERYTHING, Filters
from analytics.measure import Measure, Number, measure_one
from analytics.metrics import METRICS, Metric
from analytics.series import NOTHING, NOTHING_OF_NOTHING, Points, Step, series, undated
from analytics.snapshot import Snapshot

# As many lines as an eye can follow at once.
MOST_GROUPS_DRAWN = 6
HALF = Decimal("0.5")
BOOKED_METRICS = tuple(
    key for key, metric in METRICS.items()
    if metric.dated_by == "enrolled_on" and metric.unit == "count" and metric.is_additive
)


@dataclass(frozen=True)
class Moment:
    """A step of a trend: where it begins, its value, and the numerator and denominator of that value."""

    begins_on: date
    value: Number | None
    sides: tuple[Number | None, Number | None]


@dataclass(frozen=True)
class Trend:
    """A metric in time under some filters, step by step.

    total: the metric over all its rows, dated or not. undated: what the rows without a date hold.
    ahead: of what is dated by the start of an edition, what starts after the cut-off.
    """

    metric: Metric
    step: Step
    points: Points
    total: Measure
    undated: Number
    ahead: Measure | None
    as_of: date

    @property
    def last(self) -> Moment | None:
        """The last complete step."""
        return self._moment(self._finished - 1)

    @property
    def previous(self) -> Moment | None:
        """The complete step before it."""
        return self._moment(self._finished - 2)

    @property
    def change(self) -> Number | None:
        """How much the last complete step is above the one before; None when one of them is unknown."""
        if not (self.last and self.previous) or self.last.value is None or self.previous.value is None:
            return None
        return self.last.value - self.previous.value

    @property
    def highest(self) -> Moment | None:
        """The complete step with the highest value, the newest of equals."""
        moments = [moment for moment in map(self._moment, range(self._finished)) if moment.value is not None]
        return max(moments, key=lambda moment: (moment.value, moment.begins_on), default=None)

    @property
    def unfinished(self) -> Moment | None:
        """The step in which the cut-off falls, when some of its days are still to come."""
        moment = self._moment(self._finished) if self.points.unfinished_from is not None else None
        return moment if moment and moment.begins_on <= self.as_of else None

    @property
    def _finished(self) -> int:
        """How many steps are complete."""
        return len(self.points.points) if self.points.unfinished_from is None else self.points.unfinished_from

    def _moment(self, position: int) -> Moment | None:
        if not 0 <= position < len(self.points.points):
            return None
        return Moment(self.points.points[position], self.points.values[""][position], self.points.sides[""][position])


def follow(snapshot: Snapshot, metric: Metric, step: Step, filters: Filters = EVERYTHING) -> Trend:
    """The trend of a metric."""
    points, total = series(snapshot, metric, step, filters), measure_one(snapshot, metric, filters)
    ahead = measure_one(snapshot, metric, _after(snapshot.as_of, filters)) if metric.dated_by == "starts_on" else None
    return Trend(metric, step, points, total, undated(snapshot, metric, filters), ahead, snapshot.as_of)


def _after(day: date, filters: Filters) -> Filters:
    """The same filters, on editions that start after a day."""
    return replace(filters, starts_from=max(filters.starts_from or day, day + timedelta(days=1)))


def largest_groups(points: Points) -> list[str]:
    """The groups to draw: the six largest, in the order of the points."""
    largest = sorted(points.values, key=lambda group: (-points.sizes[group], group))[:MOST_GROUPS_DRAWN]
    return [group for group in points.values if group in largest]


def left_out(points: Points, drawn: Sequence[str]) -> tuple[list[str], Number]:
    """The groups that are not drawn, and how much they come to."""
    groups = [group for group in points.values if group not in drawn]
    return groups, sum(points.sizes[group] for group in groups)


def splits(metric: Metric) -> list[str]:
    """What a trend of the metric can be split by."""
    return [key for key in (*EXPLORED, "staff_type") if key in metric.dimensions]


def day_half_is_in(curve: Points) -> int | None:
    """The first point of a booking curve by which half of the whole was in; None without points."""
    shares = zip(curve.points, curve.values.get("", []), strict=False)
    return next((day for day, share in shares if share >= HALF), None)


def beside(whole: Points, part: Points, group: str, is_cumulative: bool = False) -> Points:
    """The whole and one group in the same points, those of both."""
    points = sorted({*whole.points, *part.points})
    both = {"": whole, group: part}
    sides = {key: _stretch(found, points, is_cumulative) for key, found in both.items()}
    values = {key: [value for value, _ in rows] for key, rows in sides.items()}
    unfinished = [found.points[found.unfinished_from] for found in both.values() if found.unfinished_from is not None]
    return Points(
        points, values, {key: [side for _, side in rows] for key, rows in sides.items()},
        points.index(min(unfinished)) if unfinished else None, whole.first_on,
        {key: found.sizes.get("", 0) for key, found in both.items()},
    )


def _stretch(found: Points, points: Sequence, is_cumulative: bool) -> list[tuple]:
    """(value, sides) at each of the points; before and after its own nothing happens."""
    own = zip(found.values.get("", []), found.sides.get("", []), strict=True)
    known = dict(zip(found.points, own, strict=True))
    is_ratio = any(denominator is not None for _, (_, denominator) in known.values())
    nothing = (None, NOTHING_OF_NOTHING) if is_ratio else (0, NOTHING)
    last = known[found.points[-1]] if is_cumulative and found.points else nothing
    return [known.get(point, last if found.points and point > found.points[-1] else nothing) for point in points]
