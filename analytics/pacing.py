"""Pacing: the credentials to expect week by week to a deadline, of the editions in the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from analytics.back_test import BackTest, Try
from analytics.commitments import WEEK, EvenPace
from analytics.forecast import CREDENTIAL, TOWARDS_THE_TARGET, History, history_until
from analytics.snapshot import Snapshot
from analytics.targets import Pace, Target, pace

# How many weeks ahead an earlier day is held against what happened.
WEEKS_AHEAD = (2, 4, 8)
RECENT_WEEKS = 8
# What was known on a day of every funded edition of the offer. Grain: one row per edition.
EDITIONS = f"""
select
    e.edition_id, e.starts_on, e.ends_on,
    count(n.row_key) filter (where n.entry_on <= $day) as entries,
    count(n.row_key) filter (
        where n.was_enrolled and coalesce(n.enrolled_on <= $day, true)
            and not (n.is_cancelled and coalesce(n.cancellation_on <= $day, true))
    ) as enrolled,
    count(n.row_key) filter (where n.is_certified and n.certified_on <= $day) as credentials
from edition as e
left join (select *, {CREDENTIAL} as is_certified from enrolment where {TOWARDS_THE_TARGET}) as n using (edition_id)
where e.is_offered and e.is_funded and e.ends_on is not null
group by all
"""


@dataclass(frozen=True)
class Due:
    """What an edition still gives, and the day of its certificates. learners: people with the right enrolled in it and
    without a credential; credentials: to expect of them; to_come: of people who would still enrol."""

    day: date
    learners: int
    credentials: Decimal
    to_come: Decimal


@dataclass(frozen=True)
class Pacing:
    """Credentials. reached: at the cut-off; recent: issued in the eight weeks before it. usual: people with the right
    in an edition that has started, on average. dues: None with too little history."""

    as_of: date
    reached: int
    recent: int
    history: History
    usual: Decimal
    dues: tuple[Due, ...] | None
    back_test: BackTest

    @property
    def has_band(self) -> bool:
        return self.back_test.is_enough

    @property
    def recent_per_week(self) -> Decimal:
        return Decimal(self.recent) / RECENT_WEEKS

    def expected(self, day: date) -> Decimal:
        """Reached by a day after the cut-off."""
        return self.reached + sum_until(self.dues, day)

    def band(self, day: date) -> tuple[Decimal, Decimal]:
        """Low and high end on a day."""
        (low, high), more = self.back_test.band, sum_until(self.dues, day)
        return self.reached + low * more, self.reached + high * more

    def pace_of(self, target: Target) -> Pace:
        """What is left to the target, and how much a week."""
        return pace(target, self.reached, self.as_of)

    def short_of(self, target: Target) -> Decimal:
        """What would be missing at the deadline; 0 when nothing."""
        return max(target.value - self.expected(target.due_on), Decimal(0))

    def needed_learners(self, target: Target) -> Decimal:
        """People with the right who would have to be enrolled for what is missing today, at the past completion."""
        return max(target.value - self.reached, Decimal(0)) / self.history.completion

    def learners_by(self, day: date) -> int:
        """Of them, those enrolled already in editions whose certificates come by a day."""
        return sum(due.learners for due in self.dues if due.day <= day)

    def week_by_week(self, even: EvenPace) -> "Ahead":
        """Expectation and band at the end of each week of an even pace, from that of the cut-off on."""
        ends = [day + WEEK - timedelta(days=1) for day in even.points]
        values = [None if end < self.as_of else self.expected(end) for end in ends]
        bands = [self.band(end) if self.has_band and end >= self.as_of else (None, None) for end in ends]
        return Ahead(values, [low for low, _ in bands], [high for _, high in bands])


@dataclass(frozen=True)
class Ahead:
    """Expectation and the ends of its band, at the points of an even pace; None before the cut-off."""

    values: list[Decimal | None]
    lows: list[Decimal | None]
    highs: list[Decimal | None]


def pace_ahead(snapshot: Snapshot, minimum_editions: int, minimum_entries: int) -> Pacing | None:
    """What to expect of the editions in the calendar; None without the export of enrolments.

    The calendar is that of the build: which of its editions were in it on an earlier day is not known.
    """
    if not snapshot.has("enrolments"):
        return None
    minimum = minimum_editions, minimum_entries
    return snapshot.once(("pacing", *minimum), lambda: _pace_ahead(snapshot, minimum))


def _pace_ahead(snapshot: Snapshot, minimum: tuple[int, int]) -> Pacing:
    day = snapshot.as_of
    history, editions = history_until(snapshot, day), snapshot.rows(EDITIONS, day=day)
    return Pacing(
        day, _count_issued(snapshot, date.min, day), _count_issued(snapshot, day - RECENT_WEEKS * WEEK, day),
        history, usual_size(editions, day), _expect(editions, day, history) if _is_enough(history, minimum) else None,
        BackTest(tuple(_try_out(snapshot, minimum))),
    )


def _is_enough(history: History, minimum: tuple[int, int]) -> bool:
    return history.editions >= minimum[0] and history.entries >= minimum[1] and history.credentials > 0


def usual_size(editions: Sequence[dict], day: date) -> Decimal:
    """The mean of the entries of people with the right to the editions that had started."""
    started = [row["entries"] for row in editions if row["starts_on"] <= day]
    return Decimal(sum(started)) / len(started) if started else Decimal(0)


def _expect(editions: Sequence[dict], day: date, history: History) -> tuple[Due, ...]:
    usual = usual_size(editions, day)
    unsettled = (row for row in editions if row["ends_on"] + timedelta(days=history.settled_days) > day)
    return tuple(_to_due(row, day, history, usual) for row in unsettled)


def _to_due(row: dict, day: date, history: History, usual: Decimal) -> Due:
    """An edition that has not started fills up as the others did; its certificates take as many days as theirs."""
    learners = row["entries"] if row["ends_on"] <= day else row["enrolled"]
    to_come = max(usual - learners, Decimal(0)) if row["starts_on"] > day else Decimal(0)
    return Due(
        max(row["ends_on"] + timedelta(days=history.days), day + timedelta(days=1)),
        learners - row["credentials"],
        max(history.completion * learners - row["credentials"], Decimal(0)),
        history.completion * to_come,
    )


def _try_out(snapshot: Snapshot, minimum: tuple[int, int]) -> list[Try]:
    """From every week before the cut-off that had history enough, the weeks after it that are over."""
    tries, day = [], snapshot.as_of - WEEKS_AHEAD[0] * WEEK
    while _is_enough(history := history_until(snapshot, day), minimum):
        dues = _expect(snapshot.rows(EDITIONS, day=day), day, history)
        ends = ((weeks, day + weeks * WEEK) for weeks in WEEKS_AHEAD)
        tries += [
            Try(day, weeks, sum_until(dues, end), _count_issued(snapshot, day, end))
            for weeks, end in ends if end <= snapshot.as_of
        ]
        day -= WEEK
    return sorted(tries, key=lambda one: (one.day, one.weeks))


def _count_issued(snapshot: Snapshot, after: date, until: date) -> int:
    condition = f"{CREDENTIAL} and certified_on > $after and certified_on <= $until"
    sql = f"select count(*) as issued from enrolment where {condition}"
    return snapshot.rows(sql, after=after, until=until)[0]["issued"]


def sum_until(dues: Sequence[Due], day: date) -> Decimal:
    """The credentials to expect up to a day."""
    return sum((due.credentials + due.to_come for due in dues if due.day <= day), Decimal(0))
