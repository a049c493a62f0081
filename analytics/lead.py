"""Lead: the enrolments of editions still to start, against what those that have started had as long before theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from analytics.dimensions import DIMENSIONS
from analytics.filters import Filters
from analytics.measure import Number
from analytics.metrics import Metric
from analytics.series import EARLIEST_DAYS_BEFORE_START, Points
from analytics.snapshot import Snapshot

ALL = ("", "")
OPEN, STARTED = "open", "started"


@dataclass(frozen=True)
class Lead:
    """Of a group: what its editions to come have so far, and what as many of those that started had by then.

    expected: exact; None without an edition that has started to learn from, or without one to come. average: the same
    of the started editions of every group, which adds up over the groups; None where no edition at all has started.
    """

    booked: int
    expected: Fraction | None
    open_editions: int
    started_editions: int
    average: Fraction | None


@dataclass
class _Group:
    """open_leads: {days left to a start: editions}. booked: by editions to come. started: {days before: how many}."""

    open_leads: dict[int, int] = field(default_factory=dict)
    started_editions: int = 0
    booked: int = 0
    started: dict[int, int] = field(default_factory=dict)


def leads(
    snapshot: Snapshot, metric: Metric, filters: Filters, dimensions: Sequence[str]
) -> dict[tuple[str, str], Lead]:
    """{(dimension, value): its lead}, the whole under ALL; whatever the span of the filters.

    A group of learners is looked for in the editions of everybody. metric: a count of enrolments with a day.
    """
    filters = filters.within(None, None)
    groups = {ALL: _Group()}
    whole = _count_editions(snapshot, filters, dimensions, groups)
    for dimension, value, is_open, day, count in _bookings(snapshot, metric, filters, dimensions):
        group = groups.setdefault((dimension, value), _Group())
        if is_open:
            group.booked += count
        else:
            group.started[day] = group.started.get(day, 0) + count
    return {
        key: _lead(group, whole) if _has_editions(key) else _lead_of_learners(group, whole)
        for key, group in groups.items()
    }


def _has_editions(key: tuple[str, str]) -> bool:
    return key == ALL or "edition" in DIMENSIONS[key[0]].tables


def _count_editions(snapshot, filters, dimensions, groups) -> _Group:
    """Put the editions of every group of editions into the groups; the whole's."""
    keys = [key for key in dimensions if "edition" in DIMENSIONS[key].tables]
    condition, values = filters.where("edition")
    lead = f"greatest(starts_on - date '{snapshot.as_of.isoformat()}', 0)"
    sql = f"select {_name_sets(keys)}, {lead} as days, count(*) from edition where {condition} and is_offered"
    for dimension, value, days, count in snapshot.tuples(f"{sql} group by {_group_by(keys, 'days')}", values):
        group = groups.setdefault((dimension, value), _Group())
        if days > 0:
            group.open_leads[days] = count
        else:
            group.started_editions += count
    return groups[ALL]


def _bookings(snapshot, metric, filters, dimensions) -> list[tuple]:
    """(dimension, value, whether to come, days before the start, how many)."""
    condition, values = filters.where("enrolment")
    is_open = f"starts_on > date '{snapshot.as_of.isoformat()}'"
    sql = (
        f"select {_name_sets(dimensions)}, {is_open} as is_open, days_before_start, {metric.numerator} from enrolment "
        f"where {condition} and {metric.counted_rows} and is_offered and days_before_start is not null"
    )
    return snapshot.tuples(f"{sql} group by {_group_by(dimensions, 'is_open, days_before_start')}", values)


def _name_sets(keys: Sequence[str]) -> str:
    if not keys:
        return "'', ''"
    names = " ".join(f"when grouping({key}) = 0 then '{key}'" for key in keys)
    return f"case {names} else '' end, coalesce({', '.join(keys)}, '')"


def _group_by(keys: Sequence[str], rest: str) -> str:
    return f"grouping sets ({', '.join([f'({rest})', *(f'({key}, {rest})' for key in keys)])})"


def _lead(group: _Group, whole: _Group) -> Lead:
    to_come = sum(group.open_leads.values())
    expected = _expect(group.open_leads, group.started, group.started_editions) if to_come else None
    average = _expect(group.open_leads, whole.started, whole.started_editions)
    return Lead(group.booked, expected, to_come, group.started_editions, average)


def _lead_of_learners(group: _Group, whole: _Group) -> Lead:
    """A group of learners in the editions of everybody: its average is its own."""
    to_come = sum(whole.open_leads.values())
    expected = _expect(whole.open_leads, group.started, whole.started_editions) if to_come else None
    return Lead(group.booked, expected, to_come, whole.started_editions, expected)


def _expect(open_leads: Mapping[int, int], started: Mapping[int, int], editions: int) -> Fraction | None:
    """An edition with so many days left is expected to have what the started ones had by then, on average."""
    had = sum(left_of * count for left, left_of in open_leads.items() for day, count in started.items() if day >= left)
    return Fraction(had, editions) if editions else None


def lead_curves(snapshot: Snapshot, metric: Metric, filters: Filters) -> Points:
    """Enrolments for each edition, so far, by the days left to its start: -120 … 0; groups OPEN and STARTED.

    An edition to come is in the points it has reached: of few editions near the start, none at it.
    sizes: how many editions are in each group.
    """
    filters = filters.within(None, None)
    groups: dict[tuple[str, str], _Group] = {ALL: _Group()}
    editions = _count_editions(snapshot, filters, [], groups)
    booked = {OPEN: _open_by_day(snapshot, metric, filters), STARTED: {}}
    for _, _, is_open, day, count in _bookings(snapshot, metric, filters, []):
        if not is_open:
            booked[STARTED][day] = count
    points = list(range(-EARLIEST_DAYS_BEFORE_START, 1))
    sides = {
        OPEN: [_open_side(booked[OPEN], editions.open_leads, -point) for point in points],
        STARTED: [
            (sum(count for day, count in booked[STARTED].items() if day >= -point), editions.started_editions)
            for point in points
        ],
    }
    values = {
        group: [Decimal(part) / whole if whole else None for part, whole in rows] for group, rows in sides.items()
    }
    sizes = {OPEN: sum(editions.open_leads.values()), STARTED: editions.started_editions}
    return Points(points, values, sides, sizes=sizes)


def _open_side(booked: dict[tuple[int, int], int], leads: dict[int, int], left: int) -> tuple[Number, Number]:
    """What the editions with no more than so many days left had by then, and how many they are."""
    reached = sum(count for (lead, day), count in booked.items() if lead <= left <= day)
    return reached, sum(editions for lead, editions in leads.items() if lead <= left)


def _open_by_day(snapshot: Snapshot, metric: Metric, filters: Filters) -> dict[tuple[int, int], int]:
    """{(days left, days before the start when made): how many} of the editions to come."""
    condition, values = filters.where("enrolment")
    as_of = f"date '{snapshot.as_of.isoformat()}'"
    sql = (
        f"select starts_on - {as_of} as days_left, days_before_start, {metric.numerator} from enrolment "
        f"where {condition} and {metric.counted_rows} and is_offered and starts_on > {as_of} "
        "and days_before_start is not null group by all"
    )
    return {(left, day): count for left, day, count in snapshot.tuples(sql, values)}
