"""Leaderboards: the values of every dimension, ranked by a metric, each with its share and its change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.comparison import Comparison, Spans, groups_for, target_of
from analytics.filters import Filters
from analytics.lead import ALL, Lead, leads
from analytics.measure import Measure, Number
from analytics.metrics import Metric
from analytics.snapshot import Snapshot
from analytics.tally import Span, Tally, tally
from analytics.targets import pace

VALUE, NOW, BEFORE = "value", "now", "before"
MOST_SEEN = 25


@dataclass(frozen=True)
class Change:
    """now against before, each None when unknown. is_points: the difference of two shares, 0-1."""

    now: Number | None
    before: Number | None
    is_points: bool

    @property
    def amount(self) -> Number | None:
        return None if self.now is None or self.before is None else self.now - self.before


@dataclass(frozen=True)
class Row:
    """A value of a dimension. share: of the whole list, 0-1; None for a ratio. change: None without a comparison."""

    value: str
    measure: Measure
    share: Decimal | None
    change: Change | None
    is_chosen: bool
    is_left_out: bool


@dataclass(frozen=True)
class Leaderboard:
    """A dimension's rows from most to least, as if it had no filter of its own."""

    dimension: str
    rows: Sequence[Row]

    @property
    def is_filtered(self) -> bool:
        return any(row.is_chosen or row.is_left_out for row in self.rows)


@dataclass(frozen=True)
class Leaderboards:
    """Every list of a metric, the change of the whole, and what both were counted from.

    leads: of a comparison by the days left to the start, the whole's under lead.ALL; empty for any other.
    """

    boards: Sequence[Leaderboard]
    change: Change | None
    counted: Tally
    held_against: Tally | None
    leads: Mapping[tuple[str, str], Lead]


def rank(
    snapshot: Snapshot, metric: Metric, filters: Filters, comparison: Comparison, spans: Spans | None = None
) -> Leaderboards:
    """The lists of every dimension of a metric. spans: the two of a comparison with the time before, if it has them."""
    dimensions = groups_for(metric)
    asked = {VALUE: Span(filters.dated_from, filters.dated_to)}
    if spans:
        asked |= {NOW: spans.now, BEFORE: spans.before}
    counted = tally(snapshot, metric, filters, dimensions, asked)
    other = comparison.reference(filters)
    held_against = tally(snapshot, metric, other, dimensions, {VALUE: asked[VALUE]}) if other else None
    found = _Counted(snapshot, metric, filters, comparison, spans, counted, held_against)
    boards = [Leaderboard(dimension, found.rows(dimension)) for dimension in dimensions]
    return Leaderboards(boards, found.change(), counted, held_against, found.leads)


class _Counted:
    """What a comparison needs to know of every row."""

    def __init__(self, snapshot, metric, filters, comparison, spans, counted, held_against) -> None:
        self.snapshot, self.metric, self.filters = snapshot, metric, filters
        self.comparison, self.spans, self.counted, self.held_against = comparison, spans, counted, held_against
        self.leads, self.own_leads = {}, {}
        if comparison.kind == "booking":
            dimensions = groups_for(metric)
            self.leads = leads(snapshot, metric, filters, dimensions)
            self.own_leads = {
                key: leads(snapshot, metric, filters.without(key), [key])
                for key in filters.dimensions if key in dimensions
            }

    def rows(self, dimension: str) -> list[Row]:
        is_own = dimension in self.filters.dimensions
        whole = self.counted.whole(VALUE, dimension if is_own else None)
        chosen, left_out = self.filters.values(dimension), self.filters.values_left_out(dimension)
        found = []
        for value in dict.fromkeys([*self.counted.values(dimension, is_own), *chosen, *left_out]):
            measured = self.counted.group(VALUE, dimension, value, is_own)
            change = self._change_of(dimension, value, measured, whole, is_own)
            share = _share(measured, whole)
            found.append(Row(value, measured, share, change, value in chosen, value in left_out))
        return sorted(found, key=lambda row: (row.measure.value is None, -(row.measure.value or 0), row.value))

    def _change_of(self, dimension, value, measured, whole, is_own) -> Change | None:
        kind = self.comparison.kind
        if kind == "previous" and self.spans:
            pair = (self.counted.group(span, dimension, value, is_own).value for span in (NOW, BEFORE))
            return Change(*pair, self.metric.unit == "share")
        if kind == "booking":
            found = self.own_leads.get(dimension, self.leads).get((dimension, value))
            return _to_change(found) if found else None
        if kind == "target":
            target = target_of(self.snapshot, self.metric)
            return None if target.kind == "by_deadline" else Change(measured.value, target.value, True)
        return self._against_another(dimension, value, measured, whole) if self.held_against else None

    def _against_another(self, dimension: str, value: str, measured: Measure, whole: Measure) -> Change:
        """Of the list of the other group's own dimension, every row is held against that group."""
        against, is_own = self.held_against, dimension == self.comparison.dimension
        other = against.group(VALUE, dimension, self.comparison.value if is_own else value, is_own)
        if self.metric.denominator:
            return Change(measured.value, other.value, self.metric.unit == "share")
        other_whole = against.whole(VALUE, dimension if is_own else None)
        return Change(_share(measured, whole), _share(other, other_whole), True)

    def change(self) -> Change | None:
        """Of the whole selection: amounts as they are, also against another group."""
        kind, is_share = self.comparison.kind, self.metric.unit == "share"
        if kind == "previous" and self.spans:
            return Change(self.counted.whole(NOW).value, self.counted.whole(BEFORE).value, is_share)
        if kind == "booking":
            return _to_change(self.leads[ALL])
        value = self.counted.whole(VALUE).value
        if kind == "target":
            target = target_of(self.snapshot, self.metric)
            is_due = target.kind == "by_deadline"
            even = pace(target, value, self.snapshot.as_of).expected if is_due and value is not None else target.value
            return Change(value, even, not is_due)
        return Change(value, self.held_against.whole(VALUE).value, is_share) if self.held_against else None


def stands_out(boards: Sequence[Leaderboard]) -> tuple[str, Row] | None:
    """The dimension and the row that changed most, or without a comparison the largest part of a list of several.

    A ratio's change counts for as many as it is out of: of a few learners it is large by chance. Not of a list that is
    filtered by, nor of one with more rows than can be seen at once; nor of a ratio without a comparison.
    """
    seen = [board for board in boards if 1 < len(board.rows) <= MOST_SEEN and not board.is_filtered]
    rows = [(board.dimension, row) for board in seen for row in board.rows]
    changed = [pair for pair in rows if pair[1].change and pair[1].change.amount]
    if changed:
        return max(changed, key=lambda pair: abs(pair[1].change.amount) * (pair[1].measure.denominator or 1))
    parts = [pair for pair in rows if pair[1].share and pair[1].share < 1 and pair[1].change is None]
    return max(parts, key=lambda pair: pair[1].share, default=None)


def _share(measured: Measure, whole: Measure) -> Decimal | None:
    if measured.metric.denominator or measured.value is None or not whole.value:
        return None
    return Decimal(measured.value) / Decimal(whole.value)


def _to_change(lead: Lead) -> Change:
    expected = lead.expected
    before = None if expected is None else Decimal(expected.numerator) / Decimal(expected.denominator)
    return Change(lead.booked, before, False)


