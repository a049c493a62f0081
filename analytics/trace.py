"""Traces: the query behind a figure, so that it can be counted again and led back to the lines of its files."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from analytics.filters import Filters
from analytics.metrics import Metric
from analytics.periods import HalfYear
from analytics.snapshot import Snapshot

FILTER = re.compile(r"filter \(where ")
HISTOGRAM = re.compile(r"histogram\((\w+)\)")


@dataclass(frozen=True)
class Row:
    """A row behind a figure and where it came from. No person is in it, only a place in a file."""

    row_key: str
    file_name: str
    sheet_name: str | None
    line: int


@dataclass(frozen=True)
class Trace:
    """An aggregate over the rows of a table of the snapshot that meet a condition.

    divisor: the other side of a ratio, an aggregate over the same table unless another is named, and under the same
    condition unless it has its own. values: what the queries bind, sorted.
    """

    table: str
    aggregate: str
    condition: str = "true"
    values: tuple[tuple[str, object], ...] = ()
    divisor: str | None = None
    divisor_table: str | None = None
    divisor_condition: str | None = None

    @property
    def sql(self) -> str:
        """The query as it is run."""
        return _select(self.table, self.aggregate, self.condition)

    @property
    def divisor_sql(self) -> str | None:
        """The query of the other side."""
        if self.divisor is None:
            return None
        return _select(self.divisor_table or self.table, self.divisor, self.divisor_condition or self.condition)

    @property
    def whole(self) -> "Trace | None":
        """The other side as a figure of its own: what a ratio is out of."""
        if self.divisor is None:
            return None
        condition = self.divisor_condition or self.condition
        return Trace(self.divisor_table or self.table, self.divisor, condition, self.values)

    @property
    def rows_sql(self) -> str:
        """The keys of the rows that the aggregate looks at."""
        looked_at = " or ".join(f"({each})" for each in conditions_of(self.aggregate)) or "true"
        where = f"({self.condition}) and ({looked_at}){self.overlap}"
        return f"select row_key from {self.table} where {where} order by row_key"

    @property
    def overlap(self) -> str:
        """Of who is counted for being in several rows, only those rows: what follows the condition."""
        found = HISTOGRAM.search(self.aggregate)
        if not found:
            return ""
        who = found[1]
        return f" qualify {who} is not null and count(*) over (partition by {who}) >= 2"

    def bound(self, sql: str) -> dict[str, object]:
        """The values that a query binds: DuckDB refuses those it does not name."""
        return {name: value for name, value in self.values if re.search(rf"\${name}\b", sql)}


def _select(table: str, aggregate: str, condition: str, named: bool = True) -> str:
    return f"select {aggregate}{' as value' if named else ''} from {table} where {condition}"


def trace_metric(metric: Metric, condition: str = "true", values: Mapping[str, object] | None = None) -> Trace:
    """How a metric is counted, over the rows that meet a condition."""
    bound = tuple(sorted((values or {}).items()))
    return Trace(metric.table, metric.numerator, condition, bound, metric.denominator, metric.denominator_table)


def trace_filtered(metric: Metric, filters: Filters, period: HalfYear) -> Trace:
    """How a metric is counted under filters, and in that half-year when it is counted in one."""
    condition, values = filters.where(metric.table, metric.dated_by)
    days = {"period_first_day": period.first_day, "period_last_day": period.last_day}
    if metric.denominator_table is None:
        return trace_metric(metric, condition, values | days)
    divisor_condition, others = filters.where(metric.denominator_table, metric.dated_by)
    return replace(trace_metric(metric, condition, values | others | days), divisor_condition=divisor_condition)


def count_again(snapshot: Snapshot, trace: Trace) -> int | Decimal | None:
    """The value that the query of a figure gives."""
    numerator = _value(snapshot, trace, trace.sql)
    if trace.divisor_sql is None:
        return numerator
    denominator = _value(snapshot, trace, trace.divisor_sql)
    return Decimal(numerator) / Decimal(denominator) if denominator and numerator is not None else None


def count_all(snapshot: Snapshot, traces: Sequence[Trace]) -> list[int | Decimal | None]:
    """The values of traces that are no ratios, in their order; one query for all that look at the same rows."""
    groups: dict[tuple, list[int]] = {}
    for place, trace in enumerate(traces):
        groups.setdefault((trace.table, trace.condition, trace.values), []).append(place)
    found: dict[int, int | Decimal | None] = {}
    for (table, condition, _), places in groups.items():
        aggregates = ", ".join(f"{traces[place].aggregate} as value_{place}" for place in places)
        sql = _select(table, aggregates, condition, named=False)
        row = snapshot.rows(sql, **traces[places[0]].bound(sql))[0]
        found |= {place: row[f"value_{place}"] for place in places}
    return [found[place] for place in range(len(traces))]


def _value(snapshot: Snapshot, trace: Trace, sql: str) -> int | Decimal | None:
    return snapshot.rows(sql, **trace.bound(sql))[0]["value"]


def count_by(snapshot: Snapshot, traces: Mapping[str, Trace], column: str) -> dict[object, dict[str, object]]:
    """{group: {name: value}} of several aggregates over the same table and condition, in one query."""
    one = next(iter(traces.values()))
    aggregates = ", ".join(f"{trace.aggregate} as {name}" for name, trace in traces.items())
    sql = f"select {column} as counted_group, {aggregates} from {one.table} where {one.condition} group by all"
    return {row.pop("counted_group"): row for row in snapshot.rows(sql, **one.bound(sql))}


def find_rows(snapshot: Snapshot, trace: Trace) -> list[Row]:
    """The rows behind a figure, by file and line."""
    sql = f"""
        select r.row_key, f.file_name, f.sheet_name, regexp_extract(r.row_key, '(\\d+)$', 1)::bigint as line
        from ({trace.rows_sql}) as r
        left join loaded.source_file as f on f.file_id = regexp_replace(r.row_key, '-[^-]*$', '')
        order by f.file_name, line, r.row_key
    """
    return [Row(**row) for row in snapshot.rows(sql, **trace.bound(sql))]


def conditions_of(aggregate: str) -> list[str]:
    """What an aggregate asks of a row: the insides of its `filter (where …)`, each once."""
    found = [_until_closed(aggregate, match.end()) for match in FILTER.finditer(aggregate)]
    return list(dict.fromkeys(found))


def narrow(aggregate: str, condition: str) -> str:
    """The same aggregate over the rows that meet a condition besides its own."""
    pieces, end = [], 0
    for match in FILTER.finditer(aggregate):
        inside = _until_closed(aggregate, match.end())
        pieces += [aggregate[end:match.end()], f"({inside}) and ({condition})"]
        end = match.end() + len(inside)
    return "".join([*pieces, aggregate[end:]])


def _until_closed(text: str, start: int) -> str:
    depth = 1
    for position in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return text[start:position]
    raise ValueError(f"a parenthesis is not closed: {text}")
