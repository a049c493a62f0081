"""Measuring: the values of metrics on a snapshot, under filters, split by dimensions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.dimensions import DIMENSIONS
from analytics.filters import EVERYTHING, Filters
from analytics.metrics import Metric
from analytics.periods import HalfYear
from analytics.snapshot import Snapshot

Number = int | Decimal
Group = tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """A metric's value for one group (in the order of `by`; () for the whole).

    value: numerator, or numerator / denominator for a ratio (a Decimal, never rounded for shares);
    None when it is unknown: an export is missing, nothing known to add up, or a denominator of 0.
    """

    metric: Metric
    group: Group
    numerator: Number | None
    denominator: Number | None

    @property
    def value(self) -> Number | None:
        if self.metric.denominator is None:
            return self.numerator
        if not self.denominator or self.numerator is None:
            return None
        return Decimal(self.numerator) / Decimal(self.denominator)


@dataclass(frozen=True)
class _Part:
    """One side of a metric: an aggregate over a table."""

    metric: str
    side: str
    table: str
    sql: str
    dated_by: str | None


def measure(
    snapshot: Snapshot,
    metrics: Sequence[Metric],
    filters: Filters = EVERYTHING,
    by: Sequence[str] = (),
    period: HalfYear | None = None,
) -> list[Measure]:
    """Each metric in each group, groups sorted by their values; without `by`, one Measure a metric, in the order given.

    One query a table (and, within a span of the filters, a date). period: the half-year of the indicators that have
    one, by default that of the cut-off.
    ValueError when a metric cannot be split by one of the dimensions.
    """
    _require_dimensions(metrics, by)
    period = period or HalfYear.of(snapshot.as_of)
    parts = [part for metric in metrics for part in _parts(metric)]
    found: dict[Group, dict[tuple[str, str], Number | None]] = {} if by else {(): {}}
    for (table, dated_by), wanted in _together(parts, filters).items():
        for group, values in _aggregate(snapshot, table, wanted, filters.where(table, dated_by), by, period):
            found.setdefault(group, {}).update(values)
    known = {metric.key: is_known(snapshot, metric, filters) for metric in metrics}
    return [
        _to_measure(metric, group, found[group], known[metric.key]) for group in sorted(found) for metric in metrics
    ]


def measure_one(
    snapshot: Snapshot, metric: Metric, filters: Filters = EVERYTHING, period: HalfYear | None = None
) -> Measure:
    """One metric over all the rows that the filters leave."""
    return measure(snapshot, [metric], filters, period=period)[0]


def _parts(metric: Metric) -> Iterable[_Part]:
    yield _Part(metric.key, "numerator", metric.table, metric.numerator, metric.dated_by)
    if metric.denominator:
        table = metric.denominator_table or metric.table
        yield _Part(metric.key, "denominator", table, metric.denominator, metric.dated_by)


def _together(parts: Sequence[_Part], filters: Filters) -> dict[tuple[str, str | None], list[_Part]]:
    """The parts that one query can count: those of a table, and of a date when a span is asked for."""
    together: dict[tuple[str, str | None], list[_Part]] = {}
    for part in parts:
        together.setdefault((part.table, part.dated_by if filters.has_span else None), []).append(part)
    return together


def _require_dimensions(metrics: Sequence[Metric], by: Sequence[str]) -> None:
    for key in by:
        if key not in DIMENSIONS:
            raise ValueError(f"{key} is not a dimension. Try one of: {', '.join(DIMENSIONS)}")
        for metric in metrics:
            if key not in metric.dimensions:
                raise ValueError(f"{metric.key} cannot be split by {key}. Try one of: {', '.join(metric.dimensions)}")


def _aggregate(snapshot, table, parts, where, by, period):
    """(group, {(metric, side): value}) for every group of a table."""
    condition, values = where
    columns = [*by, *(f"{part.sql} as part_{number}" for number, part in enumerate(parts))]
    belongs = " and ".join([condition, *(f"{key} is not null" for key in by)])
    sql = f"select {', '.join(columns)} from {table} where {belongs}"
    if by:
        sql += f" group by {', '.join(by)}"
    if "$period_first_day" in sql:
        values = values | {"period_first_day": period.first_day, "period_last_day": period.last_day}
    for row in snapshot.tuples(sql, values):
        sides = zip(parts, row[len(by):], strict=True)
        yield row[: len(by)], {(part.metric, part.side): value for part, value in sides}


def is_known(snapshot: Snapshot, metric: Metric, filters: Filters) -> bool:
    """Without its exports nothing is known of a metric; nor, of one that sets learners against an offer that has no
    such trait, under a filter on learners: places have no gender."""
    counts_learners = "enrolments" in metric.also_needs
    return all(snapshot.has(export) for export in metric.needs) and not (
        counts_learners and filters.unheeded_by(metric.table)
    )


def _to_measure(metric: Metric, group: Group, values: dict, is_known: bool) -> Measure:
    """A group that a table does not know has nothing to count in it: 0."""
    if not is_known:
        return Measure(metric, group, None, None)
    numerator = values.get((metric.key, "numerator"), 0)
    denominator = values.get((metric.key, "denominator"), 0) if metric.denominator else None
    return Measure(metric, group, numerator, denominator)
