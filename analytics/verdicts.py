"""Verdicts: what became of the right to the reduction, in enrolments and in euros."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.dimensions import DIMENSIONS, ELIGIBILITIES, VERDICTS
from analytics.filters import EVERYTHING, Filters
from analytics.measure import Measure, measure
from analytics.metrics import METRICS
from analytics.shares import Share, share_out_groups
from analytics.snapshot import Snapshot

# The euros that a verdict is about; the others are about none that is settled.
AMOUNTS = {
    "correct": "reduction_granted",
    "wrong_amount": "wrong_discount_amount",
    "missed": "missed_discount_amount",
    "undue": "undue_discount_amount",
}


@dataclass(frozen=True)
class Outcome:
    """The enrolments of one eligibility with one verdict; `amount` in EUR, as AMOUNTS says."""

    eligibility: str
    verdict: str
    enrolments: int
    amount: Decimal | None


def outcomes(snapshot: Snapshot, filters: Filters = EVERYTHING) -> list[Outcome]:
    """Every eligibility and verdict that an enrolment has, in their order."""
    keys = ("enrolments", *AMOUNTS.values())
    measures = measure(snapshot, [METRICS[key] for key in keys], filters, ["eligibility", "verdict"])
    found = {(one.group, one.metric.key): one.value for one in measures}
    groups = sorted({one.group for one in measures}, key=_position)
    return [
        Outcome(*group, found[group, "enrolments"], found[group, AMOUNTS[group[1]]] if group[1] in AMOUNTS else None)
        for group in groups
        if found[group, "enrolments"]
    ]


def _position(group: Sequence[str]) -> tuple[int, int]:
    return ELIGIBILITIES.index(group[0]), VERDICTS.index(group[1])


def of_eligibility(found: Sequence[Outcome]) -> dict[str, int]:
    """The enrolments of each eligibility."""
    return {
        value: sum(one.enrolments for one in found if one.eligibility == value)
        for value in ELIGIBILITIES
        if any(one.eligibility == value for one in found)
    }


def of_verdict(found: Sequence[Outcome]) -> dict[str, Outcome]:
    """The enrolments and euros of each verdict, whatever the eligibility."""
    return {value: _add_up([one for one in found if one.verdict == value]) for value in VERDICTS if _has(found, value)}


def _has(found: Sequence[Outcome], verdict: str) -> bool:
    return any(one.verdict == verdict for one in found)


def _add_up(same: Sequence[Outcome]) -> Outcome:
    """A verdict that is about euros has one eligibility only, so its amount is the first's."""
    return Outcome(same[0].eligibility, same[0].verdict, sum(one.enrolments for one in same), same[0].amount)


def tariffs(snapshot: Snapshot, dimension: str, filters: Filters = EVERYTHING) -> dict[str, list[Share]]:
    """The enrolments of each tariff shared out among the values of a dimension that any of them has."""
    groups = share_out_groups(snapshot, METRICS["enrolments"], dimension, "tariff", filters)
    present = {part.value for parts in groups.values() for part in parts if part.amount}
    return {
        tariff: [part for part in parts if part.value in present] for tariff, parts in groups.items() if parts[0].whole
    }


def uptake_by(snapshot: Snapshot, dimension: str, filters: Filters = EVERYTHING) -> list[Measure]:
    """Uptake in the groups where a reduction is due; in the order of the dimension, else the lowest first."""
    measures = measure(snapshot, [METRICS["discount_uptake"]], filters, [dimension])
    known = [one for one in measures if one.value is not None]
    order = DIMENSIONS[dimension].order
    if order:
        return sorted(known, key=lambda one: order.index(one.group[0]))
    return sorted(known, key=lambda one: (one.value, -one.denominator, one.group))
