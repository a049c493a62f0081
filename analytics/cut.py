"""Cuts: what holds a number of a figure besides the filters of its page, such as a group, an edition or a side."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from analytics.dimensions import DIMENSIONS
from analytics.filters import Filters
from analytics.measure import Measure, Number, measure
from analytics.metrics import Metric, count
from analytics.periods import HalfYear
from analytics.snapshot import Snapshot
from analytics.trace import Trace, narrow, trace_filtered

SIDES = ("numerator", "denominator", "per_edition")
EVERY_TABLE = frozenset({"edition", "enrolment", "teaching"})
Held = tuple[str, str]
MOST_DAYS = 100_000


@dataclass(frozen=True)
class _Bound:
    """What else than the value of a dimension can hold a row: its condition, its tables, and how its value is read."""

    condition: str
    tables: frozenset[str]
    read: Callable[[str], object]


def _read_days(text: str) -> int:
    """A number of days; ValueError for one that no calendar has."""
    days = int(text)
    if abs(days) > MOST_DAYS:
        raise ValueError(f"{days} days are more than a calendar has")
    return days


BOUNDS = {
    "edition_id": _Bound("edition_id = $cut_edition_id", EVERY_TABLE, str),
    "starts_by": _Bound("starts_on <= $cut_starts_by", EVERY_TABLE, date.fromisoformat),
    "starts_after": _Bound("starts_on > $cut_starts_after", EVERY_TABLE, date.fromisoformat),
    # Of the enrolments of which it is known.
    "booked_before": _Bound("days_before_start >= $cut_booked_before", frozenset({"enrolment"}), _read_days),
}


@dataclass(frozen=True)
class Cut:
    """held: (what, its value) of every row. part: one more, of the rows of the numerator alone: the number is their
    share of the others. side: one of SIDES, alone; per_edition puts the numerator over the editions offered."""

    held: tuple[Held, ...] = ()
    part: Held | None = None
    side: str = ""

    def unit_of(self, metric: Metric) -> str:
        """The unit of the number."""
        if self.part:
            return "share"
        return {"": metric.unit, "per_edition": "ratio"}.get(self.side, "hours")


WHOLE = Cut()


def read_held(pairs: Iterable[str]) -> tuple[Held, ...]:
    """What a link writes as key:value; without what does not exist or cannot be read."""
    return tuple((key, value) for key, _, value in (pair.partition(":") for pair in pairs) if _is_held(key, value))


def can_hold(pair: Held, metric: Metric) -> bool:
    """Whether the rows that a metric counts have what is asked: places have no gender."""
    return _condition(pair[0], metric.table) != "true"


def _is_held(key: str, value: str) -> bool:
    if key in DIMENSIONS:
        return True
    try:
        return key in BOUNDS and BOUNDS[key].read(value) is not None
    except ValueError:
        return False


def measure_cut(
    snapshot: Snapshot, metric: Metric, filters: Filters, period: HalfYear, cut: Cut
) -> Measure | None:
    """The whole of a cut as the pages measure it, by its dimensions; None where these do not make it."""
    keys = [key for key, _ in cut.held]
    if cut.part or cut.side == "per_edition" or not set(keys) <= set(metric.dimensions):
        return None
    group = tuple(value for _, value in cut.held)
    found = measure(snapshot, [metric], filters, keys, period)
    return next((one for one in found if one.group == group), None)


def side_of(measured: Measure, side: str) -> Number | None:
    """The value, or one of its sides."""
    return {"numerator": measured.numerator, "denominator": measured.denominator}.get(side, measured.value)


def trace_cut(metric: Metric, filters: Filters, period: HalfYear, cut: Cut) -> Trace:
    """How a number of a figure is counted. ValueError for a side that the metric does not have."""
    trace = trace_filtered(metric, filters, period)
    values = dict(trace.values)
    if cut.side == "per_edition":
        condition, others = filters.where("edition")
        trace = replace(trace, divisor=count("is_offered"), divisor_table="edition", divisor_condition=condition)
        values |= others
    held = [_condition(key, metric.table) for key, _ in cut.held]
    trace = replace(
        trace, condition=_join(trace.condition, held), divisor_condition=_divide(trace, cut.held),
        values=tuple(sorted((values | _values(cut)).items())),
    )
    return _take_part(_take_side(trace, cut.side), cut.part)


def _divide(trace: Trace, held: tuple[Held, ...]) -> str | None:
    if trace.divisor_condition is None:
        return None
    return _join(trace.divisor_condition, (_condition(key, trace.divisor_table) for key, _ in held))


def _take_side(trace: Trace, side: str) -> Trace:
    if side == "numerator":
        return replace(trace, divisor=None, divisor_table=None, divisor_condition=None)
    if side == "denominator":
        if trace.whole is None:
            raise ValueError("what is no ratio has no denominator")
        return trace.whole
    return trace


def _take_part(trace: Trace, part: Held | None) -> Trace:
    if part is None:
        return trace
    condition = _condition(part[0], trace.table).replace("$cut_", "$part_")
    return replace(
        trace, aggregate=narrow(trace.aggregate, condition), divisor=trace.aggregate, divisor_table=None,
        divisor_condition=None,
    )


def _join(condition: str, others: Iterable[str]) -> str:
    return " and ".join([condition, *(other for other in others if other != "true")])


def _condition(key: str, table: str) -> str:
    """The condition on a table; true where it does not have what is asked."""
    if key in DIMENSIONS:
        return f"{key} = $cut_{key}" if table in DIMENSIONS[key].tables else "true"
    return BOUNDS[key].condition if table in BOUNDS[key].tables else "true"


def _values(cut: Cut) -> dict[str, object]:
    return {
        f"{name}_{key}": BOUNDS[key].read(value) if key in BOUNDS else value
        for name, pairs in (("cut", cut.held), ("part", (cut.part,) if cut.part else ())) for key, value in pairs
    }
