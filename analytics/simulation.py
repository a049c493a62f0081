"""Simulation: what the targets and the money would be under other rules, a later cut-off and another completion."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from analytics.entitlement import ENTITLEMENT, Entitlement
from analytics.expected_editions import ExpectedEdition, count_new_learners, expect_editions
from analytics.filters import EVERYTHING, Filters
from analytics.forecast import History, forecast, months_later
from analytics.measure import Number, measure
from analytics.metrics import METRICS, total
from analytics.snapshot import Snapshot
from analytics.targets import Status, Target, judge, targets_of

TARGETS = ("courses_certified", "credentials_issued_eligible", "learners_certified_eligible")
# What a reader may suppose.
AGES = range(16, 100)
SHARES = tuple(Decimal(percent) / 100 for percent in range(0, 101, 5))
COMPLETIONS = tuple(Decimal(percent) / 100 for percent in range(0, 101, 5))
FILLS = tuple(Decimal(percent) / 100 for percent in range(10, 101, 10))
MONTHS_AHEAD = 12
UNDETERMINED = total("applied_reduction_eur", "is_enrolment and verdict = 'undetermined'")


@dataclass(frozen=True)
class Levers:
    """What is supposed. until: cut-off, the snapshot's own or later. completion: the share of eligible learners of the
    editions still to end who get their credential; None for that of the past. fill: of the places of the editions
    still to start; None leaves them as they are."""

    until: date
    entitlement: Entitlement = ENTITLEMENT
    completion: Decimal | None = None
    fill: Decimal | None = None


@dataclass(frozen=True)
class Outcome:
    """A target. official: as reported. exact: counted again under the rules. expected: on top, of editions still to
    end by the simulated cut-off; None when it cannot be known."""

    target: Target
    official: int | None
    exact: int | None
    expected: Decimal | None
    official_status: Status
    status: Status

    @property
    def value(self) -> Number | None:
        """Exact and expected; the exact count itself when nothing is expected on top."""
        if self.exact is None or self.expected is None:
            return None
        return self.exact + self.expected if self.expected else self.exact

    @property
    def change(self) -> Number | None:
        return None if self.value is None or self.official is None else self.value - self.official

    @property
    def left(self) -> Number | None:
        return None if self.value is None else max(self.target.value - self.value, Decimal(0))


@dataclass(frozen=True)
class Money:
    """EUR. supported by the right to the reduction; not_supported: granted without it or beyond it; undetermined:
    applied where the right is unknown; expected: supported reductions of people who would still come."""

    supported: Decimal | None
    not_supported: Decimal | None
    undetermined: Decimal | None
    expected: Decimal | None = Decimal(0)

    @property
    def at_risk(self) -> Decimal | None:
        """What may have to be paid by the university, and not by the grant."""
        known = self.not_supported is not None and self.undetermined is not None
        return self.not_supported + self.undetermined if known else None


@dataclass(frozen=True)
class Simulation:
    """history: the past completion under the rules; is_enough: whether it may be used. completion: what was used."""

    levers: Levers
    history: History
    is_enough: bool
    completion: Decimal | None
    outcomes: dict[str, Outcome]
    official_money: Money
    money: Money
    editions: tuple[ExpectedEdition, ...]
    horizon: date

    def money_change(self, part: str) -> Decimal | None:
        """By how much a part of the money differs from the official one."""
        before, after = getattr(self.official_money, part), getattr(self.money, part)
        return None if before is None or after is None else after - before

    @property
    def expected_by_horizon(self) -> Decimal | None:
        """The credentials to expect of all the editions; None without a completion."""
        amounts = [one.credentials for one in self.editions]
        return None if None in amounts else sum(amounts, Decimal(0))

    @property
    def short_at_horizon(self) -> Decimal | None:
        """What would still be missing of the credentials with all of them; None without a completion."""
        credentials, expected = self.outcomes["credentials_issued_eligible"], self.expected_by_horizon
        known = credentials.exact is not None and expected is not None
        return max(credentials.target.value - credentials.exact - expected, Decimal(0)) if known else None


def later_cut_offs(day: date) -> list[date]:
    """A day and the ends of the twelve months after it."""
    starts = [months_later(day.replace(day=1), number) for number in range(1, MONTHS_AHEAD + 2)]
    ends = [start - timedelta(days=1) for start in starts]
    return [day, *(end for end in ends if end > day)][: MONTHS_AHEAD + 1]


def ages(youngest: int = AGES.start) -> list[int]:
    """The ages that a rule may begin or end with, from one up."""
    return [age for age in AGES if age >= youngest]


def simulate(
    official: Snapshot, ruled: Snapshot, levers: Levers, minimum: tuple[int, int], filters: Filters = EVERYTHING
) -> Simulation | None:
    """What would be, beside what is; None without the export of enrolments.

    ruled: the snapshot of the same build and day under the rules of the levers. minimum: editions and entries that the
    past completion must rest on. With the levers at rest every figure is the official one.
    """
    past = forecast(ruled, *minimum)
    if past is None:
        return None
    completion = levers.completion
    if completion is None and past.is_enough:
        completion = past.history.completion
    horizon = max(levers.until, targets_of(official)["credentials_issued_eligible"].due_on)
    editions = expect_editions(ruled, levers.until, horizon, completion, levers.fill, filters)
    counted = [one for one in editions if one.is_counted]
    expected = _expect(ruled, levers.until, counted, completion, filters)
    return Simulation(
        levers, past.history, past.is_enough, completion, _judge(official, ruled, levers.until, expected, filters),
        _count_money(official, filters), replace(_count_money(ruled, filters), expected=_expect_money(counted)),
        tuple(editions), horizon,
    )


def _expect(
    ruled: Snapshot, until: date, counted: Sequence[ExpectedEdition], completion: Decimal | None, filters: Filters
) -> dict[str, Decimal | None]:
    """What each target gains: a course when a whole credential is expected of it, a person once."""
    if not any(one.learners or one.added for one in counted):
        return dict.fromkeys(TARGETS, Decimal(0))
    if completion is None:
        return dict.fromkeys(TARGETS)
    by_course: dict[str, Decimal] = {}
    for one in counted:
        if one.is_new_course:
            by_course[one.course] = by_course.get(one.course, Decimal(0)) + one.credentials
    added = sum((one.added for one in counted), Decimal(0))
    return {
        "courses_certified": Decimal(sum(credentials >= 1 for credentials in by_course.values())),
        "credentials_issued_eligible": sum((one.credentials for one in counted), Decimal(0)),
        "learners_certified_eligible": completion * (count_new_learners(ruled, until, filters) + added),
    }


def _judge(
    official: Snapshot, ruled: Snapshot, until: date, expected: dict[str, Decimal | None], filters: Filters
) -> dict[str, Outcome]:
    targets = [targets_of(official)[key] for key in TARGETS]
    now, then = (measure(one, [METRICS[target.metric] for target in targets], filters) for one in (official, ruled))
    found = {}
    for target, before, after in zip(targets, now, then, strict=True):
        status = judge(target, before.value, official.as_of)
        outcome = Outcome(target, before.value, after.value, expected[target.key], status, status)
        found[target.key] = replace(outcome, status=judge(target, outcome.value, until))
    return found


def _count_money(snapshot: Snapshot, filters: Filters) -> Money:
    granted, supported = (
        one.value for one in measure(snapshot, [METRICS["reduction_granted"], METRICS["reduction_supported"]], filters)
    )
    condition, values = filters.where("enrolment")
    doubtful = snapshot.rows(f"select {UNDETERMINED} as doubtful from enrolment where {condition}", **values)
    is_known = granted is not None and supported is not None
    return Money(supported, granted - supported if is_known else None, doubtful[0]["doubtful"])


def _expect_money(counted: Sequence[ExpectedEdition]) -> Decimal | None:
    amounts = [one.added_eur for one in counted]
    return None if None in amounts else sum(amounts, Decimal(0))
