"""Tally: one metric in every group of many dimensions and in several spans of time, in one query a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analytics.filters import Filters
from analytics.measure import Measure, is_known
from analytics.metrics import Metric
from analytics.snapshot import Snapshot

# What stands for the dimension in the set of the whole, and before it where its own filter is let go of.
WHOLE = ""
OWN = "own:"


@dataclass(frozen=True)
class Span:
    """Days from first to last, both included, by a metric's date. None is no end; only two of them have the undated."""

    first: date | None = None
    last: date | None = None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass
class Tally:
    """What was counted: {(span, set, value): [numerator, denominator]}. Groups without a row count nothing."""

    metric: Metric
    is_known: bool
    found: dict[tuple[str, str, str], list] = field(default_factory=dict)

    def whole(self, span: str, own: str | None = None) -> Measure:
        """The metric in a span; own: a dimension whose filter is let go of."""
        return self._measure(span, WHOLE if own is None else OWN + own, WHOLE)

    def group(self, span: str, dimension: str, value: str, is_own: bool = False) -> Measure:
        """The metric in a span and group; is_own: with the filter of that dimension let go of."""
        return self._measure(span, OWN * is_own + dimension, value)

    def values(self, dimension: str, is_own: bool = False) -> list[str]:
        """The values of a dimension that have a row in any span, sorted."""
        wanted = OWN * is_own + dimension
        return sorted({value for _, key, value in self.found if key == wanted and value != WHOLE})

    def _measure(self, span: str, key: str, value: str) -> Measure:
        group = (value,) if value else ()
        if not self.is_known:
            return Measure(self.metric, group, None, None)
        numerator, denominator = self.found.get((span, key, value), (0, 0))
        return Measure(self.metric, group, numerator, denominator if self.metric.denominator else None)


def tally(
    snapshot: Snapshot, metric: Metric, filters: Filters, dimensions: Sequence[str], spans: Mapping[str, Span]
) -> Tally:
    """A dated metric in each span: the whole, and each value of each dimension.

    The spans take the place of the one that the filters ask for. A dimension that the filters hold is counted once
    more without its own filter, for a list that keeps its other rows in sight.
    """
    counted = Tally(metric, is_known(snapshot, metric, filters))
    filters = filters.within(None, None)
    for position, table in enumerate(metric.tables):
        sql, values = _select(metric, table, filters, dimensions, spans)
        for span, key, value, *sides in snapshot.tuples(sql, values):
            known = counted.found.setdefault((span, key, value or WHOLE), [0, 0])
            for side in (0, 1) if len(metric.tables) == 1 else (position,):
                known[side] = sides[side]
    return counted


def _select(metric, table, filters, dimensions, spans) -> tuple[str, dict[str, object]]:
    """One query of a table: all the lists under all the filters, and each filtered list without its own filter."""
    condition, bound = filters.where(table)
    for number, span in enumerate(spans.values()):
        bound |= {f"first_{number}": span.first, f"last_{number}": span.last}
    rows = ", ".join(f"('{name}', $first_{number}::date, $last_{number}::date)" for number, name in enumerate(spans))
    selects = [_group(metric, table, condition, dimensions, "")]
    for key in filters.dimensions:
        if key in dimensions:
            selects.append(_group(metric, table, filters.without(key).where(table)[0], [key], OWN))
    return f"with spans(span, first_on, last_on) as (values {rows}) {' union all '.join(selects)}", bound


def _group(metric: Metric, table: str, condition: str, dimensions: Sequence[str], mark: str) -> str:
    """(span, set, value, numerator, denominator) of the whole and of every group."""
    day = metric.dated_by
    numerator = metric.numerator if table == metric.table else "null"
    denominator = metric.denominator if table == (metric.denominator_table or metric.table) else None
    whole = OWN + dimensions[0] if mark else WHOLE
    names = " ".join(f"when grouping({key}) = 0 then '{mark}{key}'" for key in dimensions)
    sets = ", ".join(["(span)", *(f"(span, {key})" for key in dimensions)])
    return (
        f"select span, case {names} else '{whole}' end, coalesce({', '.join(dimensions)}), {numerator}, "
        f"{denominator or 'null'} from {table} join spans "
        f"on coalesce({day} >= first_on, first_on is null) and coalesce({day} <= last_on, last_on is null) "
        f"where {condition} and {metric.counted_rows} group by grouping sets ({sets})"
    )
