"""Comparison: what a metric is held against, chosen once for a page."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from analytics.dimensions import EXPLORED
from analytics.filters import EVERYTHING, Filters
from analytics.metrics import Metric
from analytics.series import next_step
from analytics.snapshot import Snapshot
from analytics.tally import Span
from analytics.targets import Target, targets_of
from analytics.trend import BOOKED_METRICS, Trend

Kind = Literal["previous", "booking", "target", "whole", "group", "none"]
KINDS: tuple[Kind, ...] = ("previous", "booking", "target", "whole", "group", "none")


@dataclass(frozen=True)
class Comparison:
    """dimension, value: the other group, for a comparison with one."""

    kind: Kind
    dimension: str | None = None
    value: str | None = None

    @staticmethod
    def read(key: str) -> "Comparison":
        """The comparison that the link writes as its kind, or as dimension:value for another group."""
        dimension, mark, value = key.partition(":")
        return Comparison("group", dimension, value) if mark else Comparison(key)

    @property
    def key(self) -> str:
        return f"{self.dimension}:{self.value}" if self.kind == "group" else self.kind

    @property
    def is_between_parts(self) -> bool:
        """Whether sizes differ by nature, so that counts are compared by how they are made up."""
        return self.kind in ("whole", "group")

    def reference(self, filters: Filters) -> Filters | None:
        """The filters of what the selection is held against; None when it is no other selection."""
        if self.kind == "whole":
            return EVERYTHING.within(filters.dated_from, filters.dated_to)
        return filters.also(self.dimension, self.value) if self.kind == "group" else None


def kinds_for(metric: Metric) -> list[Kind]:
    """What a metric can be held against."""
    left_out = {"booking": metric.key not in BOOKED_METRICS, "target": metric.target is None}
    return [kind for kind in KINDS if not left_out.get(kind)]


def groups_for(metric: Metric) -> list[str]:
    """The dimensions whose groups a metric can be held against."""
    return [key for key in EXPLORED if key in metric.dimensions]


def target_of(snapshot: Snapshot, metric: Metric) -> Target | None:
    return targets_of(snapshot).get(metric.target or "")


@dataclass(frozen=True)
class Spans:
    """Two spans to compare. is_to_date: the first is not over, and both are cut after as many days.

    is_partial: the second begins before anything had happened.
    """

    now: Span
    before: Span
    is_to_date: bool = False
    is_partial: bool = False


def previous_spans(snapshot: Snapshot, trend: Trend, filters: Filters) -> Spans | None:
    """What the reader chose and the as many days before; without a choice, the last complete step and the one before.

    None when there is nothing to compare: a span still to come, or nothing had ever happened by the end of the other.
    """
    found = _chosen_spans(trend, filters) if filters.has_span else _last_steps(trend)
    first = first_dated(snapshot, trend.metric)
    if found is None or first is None or found.before.last < first:
        return None
    return replace(found, is_partial=found.before.first < first and filters.has_span)


def _last_steps(trend: Trend) -> Spans | None:
    if trend.last is None or trend.previous is None:
        return None
    now, before = (_span_of(trend, moment.begins_on) for moment in (trend.last, trend.previous))
    return Spans(now, before)


def _span_of(trend: Trend, first: date) -> Span:
    return Span(first, next_step(trend.step, first) - timedelta(days=1))


def _chosen_spans(trend: Trend, filters: Filters) -> Spans | None:
    first = filters.dated_from or trend.points.first_on
    last = filters.dated_to or trend.as_of
    if first is None or first > min(last, trend.as_of):
        return None
    chosen, now = Span(first, last), Span(first, min(last, trend.as_of))
    before = first - timedelta(days=chosen.days)
    return Spans(now, Span(before, before + timedelta(days=now.days - 1)), is_to_date=now != chosen)


def first_dated(snapshot: Snapshot, metric: Metric) -> date | None:
    """The first day with a row of the metric, whatever the filters."""
    sql = f"select min({metric.dated_by})::date as day from {metric.table} where {metric.counted_rows}"
    return snapshot.once(("first_dated", metric.key), lambda: snapshot.rows(sql)[0]["day"])
