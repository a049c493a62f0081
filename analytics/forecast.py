"""Forecast: the credentials to expect in the next nine months, from scheduled editions and past completion."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from analytics.metrics import METRICS
from analytics.snapshot import Snapshot
from analytics.trace import conditions_of

MONTHS_AHEAD = 9
MONTHS_A_QUARTER = 3
SETTLED_SHARE = "0.9"
# Who counts towards the target once certified, before it is known whether they will be.
TOWARDS_THE_TARGET = "is_funded and eligibility = 'eligible'"
CREDENTIAL = conditions_of(METRICS["credentials_issued_eligible"].numerator)[0]


@dataclass(frozen=True)
class History:
    """What past completion is: funded editions that ended long enough ago, and of the entries of eligible people in
    them those that led to a credential; days: the median from the end of an edition to its certificates, settled_days:
    within how many nine in ten of them came (0 without any)."""

    editions: int
    entries: int
    credentials: int
    days: int | None
    settled_days: int = 0

    @property
    def completion(self) -> Decimal | None:
        return Decimal(self.credentials) / Decimal(self.entries) if self.entries else None


@dataclass(frozen=True)
class Expected:
    """A quarter, or the part of it within the nine months: editions that end in it, enrolled people with the right and
    without their credential, and the credentials to expect of them; None with too little history."""

    first_day: date
    last_day: date
    editions: int
    enrolments: int
    credentials: Decimal | None


@dataclass(frozen=True)
class Forecast:
    """waiting: eligible entries that have passed and have no credential yet; they are on top of the quarters."""

    history: History
    is_enough: bool
    waiting: int
    quarters: tuple[Expected, ...]

    @property
    def credentials(self) -> Decimal | None:
        """The credentials to expect in all the quarters."""
        known = [quarter.credentials for quarter in self.quarters if quarter.credentials is not None]
        return sum(known, Decimal(0)) if self.is_enough else None


def forecast(snapshot: Snapshot, minimum_editions: int, minimum_entries: int) -> Forecast | None:
    """None without the export of enrolments. `is_enough`: whether past editions and entries reach the minimum."""
    if not snapshot.has("enrolments"):
        return None
    history = history_until(snapshot, snapshot.as_of)
    is_enough = history.editions >= minimum_editions and history.entries >= minimum_entries
    rate = history.completion if is_enough else None
    quarters = tuple(_expect(snapshot, first, last, rate) for first, last in quarters_after(snapshot.as_of))
    waiting = snapshot.rows(
        f"select count(*) as waiting from enrolment where is_entry and has_ended and result = 'passed' "
        f"and not is_credential and {TOWARDS_THE_TARGET}"
    )[0]["waiting"]
    return Forecast(history, is_enough, waiting, quarters)


def history_until(snapshot: Snapshot, day: date) -> History:
    """Past completion as it was known on a day up to the cut-off.

    An edition tells nothing of its completion while its certificates are still coming: it counts once as many days
    have gone by as nine in ten of the certificates known then took.
    """
    return History(**snapshot.rows(
        f"""
        with ended as (
            select n.edition_id, e.ends_on, n.certified_on <= $day and {CREDENTIAL} as is_certified,
                date_diff('day', e.ends_on, n.certified_on) as days
            from enrolment as n join (select edition_id, ends_on from edition) as e using (edition_id)
            where n.entry_on <= $day and e.ends_on <= $day and {TOWARDS_THE_TARGET}
        ),

        certificates as (
            select
                median(days)::integer as days,
                coalesce(quantile_disc(days, {SETTLED_SHARE}), 0)::integer as settled_days
            from ended where is_certified
        )

        select
            count(distinct edition_id) as editions,
            count(edition_id) as entries,
            count(*) filter (where is_certified) as credentials,
            any_value(c.days)::integer as days,
            any_value(c.settled_days)::integer as settled_days
        from certificates as c left join ended as n on n.ends_on + c.settled_days <= $day
        """, day=day,
    )[0])


def _expect(snapshot: Snapshot, first: date, last: date, rate: Decimal | None) -> Expected:
    found = snapshot.rows(
        f"""
        select count(distinct e.edition_id) as editions, count(n.row_key) as enrolments
        from edition as e
        left join (
            select row_key, edition_id from enrolment where is_enrolment and not is_credential
                and {TOWARDS_THE_TARGET}
        ) as n using (edition_id)
        where e.is_offered and e.is_funded and e.ends_on between $first and $last
        """,
        first=first, last=last,
    )[0]
    return Expected(first, last, **found, credentials=None if rate is None else rate * found["enrolments"])


def quarters_after(day: date) -> list[tuple[date, date]]:
    """The nine months after a day cut at the ends of calendar quarters: first and last day of each part."""
    first, end = day + timedelta(days=1), months_later(day, MONTHS_AHEAD)
    parts = []
    while first <= end:
        month = (first.month - 1) // MONTHS_A_QUARTER * MONTHS_A_QUARTER + MONTHS_A_QUARTER
        last = min(date(first.year, month, monthrange(first.year, month)[1]), end)
        parts.append((first, last))
        first = last + timedelta(days=1)
    return parts


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
