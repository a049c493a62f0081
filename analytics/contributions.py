"""Contributions: a change taken apart by a dimension, adding up exactly; for ratios the values and the mix apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from analytics.lead import ALL, Lead
from analytics.measure import Number
from analytics.metrics import Metric
from analytics.tally import Tally

Sides = tuple[Number, Number | None]
# What persons or courses counted in several groups take off the sum of the groups; and what an even pace asks of all.
SEVERAL, PACE = "several", "pace"
NO_GROUP = (SEVERAL, PACE)


@dataclass(frozen=True)
class Part:
    """What a group did to a change. before, now: numerator and denominator.

    inside: what came of the group's own value. mix: what came of its weight among the groups, or of what editions of
    its kind usually have; 0 where there is nothing of the sort.
    """

    value: str
    before: Sides
    now: Sides
    inside: Fraction
    mix: Fraction

    @property
    def total(self) -> Fraction:
        return self.inside + self.mix


@dataclass(frozen=True)
class Contributions:
    """A change from before to now by the groups of a dimension: before + the total of its parts = now, exactly."""

    dimension: str
    before: Fraction
    now: Fraction
    parts: Sequence[Part]

    @property
    def change(self) -> Fraction:
        return self.now - self.before

    @property
    def mix(self) -> Fraction:
        return sum((part.mix for part in self.parts), Fraction(0))

    @property
    def has_mix(self) -> bool:
        return any(part.mix for part in self.parts)

    @property
    def unevenness(self) -> float:
        """How far the change is from an even one among its groups, by the root of their number.

        Chance alone makes it grow with that root; so dimensions of few and of many groups can be compared.
        """
        groups = [part for part in self.parts if part.value not in NO_GROUP]
        if len(groups) < 2:
            return 0.0
        weights = [_weight(part) for part in groups]
        whole = sum(weights)
        even = [self.change * weight / whole if whole else Fraction(0) for weight in weights]
        away = sum(abs(part.total - share) for part, share in zip(groups, even, strict=True))
        return float(away) / sqrt(len(groups))


def take_apart(
    metric: Metric, dimension: str, before: Mapping[str, Sides], now: Mapping[str, Sides], wholes: tuple[Sides, Sides]
) -> Contributions | None:
    """A change by the groups of a dimension, the largest contribution first; None when a value of the whole is unknown.

    before, now: numerator and denominator of each group. wholes: those of the whole, before and now.
    """
    values = sorted({*before, *now})
    pairs = {value: (before.get(value, (0, 0)), now.get(value, (0, 0))) for value in values}
    if any(side[0] is None for side in wholes):
        return None
    if metric.denominator is None:
        return _take_amount_apart(dimension, pairs, wholes)
    if not (wholes[0][1] and wholes[1][1]):
        return None
    return _take_ratio_apart(dimension, pairs, wholes)


def _take_amount_apart(dimension: str, pairs: dict, wholes: tuple[Sides, Sides]) -> Contributions:
    """A count or a sum: each group adds what it has more. What is in several groups counts once."""
    first, last = (Fraction(side[0]) for side in wholes)
    found = {value: tuple(Fraction(side[0] or 0) for side in pair) for value, pair in pairs.items()}
    overlap = (first - sum(pair[0] for pair in found.values()), last - sum(pair[1] for pair in found.values()))
    if any(overlap):
        found[SEVERAL] = overlap
    parts = [Part(value, (old, None), (new, None), new - old, Fraction(0)) for value, (old, new) in found.items()]
    return Contributions(dimension, first, last, _largest_first(parts))


def _take_ratio_apart(dimension: str, pairs: dict, wholes: tuple[Sides, Sides]) -> Contributions:
    """A ratio is the sum of weight × value of its groups. With the means of both times:

    mix = change of weight × (mean value − mean of the whole), and inside, which is mean weight × change of value, the
    rest of the group's part: so that what has a numerator and no denominator, such as learners where no place was
    offered, is in it too.
    """
    first, last = (Fraction(side[0]) / Fraction(side[1]) for side in wholes)
    middle = (first + last) / 2
    parts = []
    for value, (old, new) in _with_overlap(pairs, wholes).items():
        heavier = _of(new[1], wholes[1]) - _of(old[1], wholes[0])
        total = _of(new[0], wholes[1]) - _of(old[0], wholes[0]) - heavier * middle
        has_mix = value != SEVERAL and (old[1] or new[1])
        mix = heavier * (_mean_value(old, new) - middle) if has_mix else Fraction(0)
        parts.append(Part(value, old, new, total - mix, mix))
    return Contributions(dimension, first, last, _largest_first(parts))


def _with_overlap(pairs: dict, wholes: tuple[Sides, Sides]) -> dict:
    """The groups, and what the whole has less than all of them together because some are in several."""
    overlaps = tuple(_overlap([pair[time] for pair in pairs.values()], whole) for time, whole in enumerate(wholes))
    return pairs | {SEVERAL: overlaps} if any(map(any, overlaps)) else pairs


def _overlap(groups: Sequence[Sides], whole: Sides) -> Sides:
    sums = [sum(Fraction(one[side] or 0) for one in groups) for side in (0, 1)]
    return Fraction(whole[0]) - sums[0], Fraction(whole[1]) - sums[1]


def _of(side: Number | None, whole: Sides) -> Fraction:
    return Fraction(side or 0) / Fraction(whole[1])


def _mean_value(old: Sides, new: Sides) -> Fraction:
    """Of the values of a group; one that was not there had none of its own, and so only changes the mix."""
    known = [Fraction(side[0] or 0) / Fraction(side[1]) for side in (old, new) if side[1]]
    return sum(known, Fraction(0)) / len(known)


def _largest_first(parts: Sequence[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: (-abs(part.total), part.value))


def _weight(part: Part) -> Fraction:
    sides = [side[0] if side[1] is None else side[1] for side in (part.before, part.now)]
    return sum((Fraction(side or 0) for side in sides), Fraction(0))


def explain(
    counted: Tally, span: str, against: Tally, against_span: str, dimensions: Sequence[str]
) -> list[Contributions]:
    """The change between two tallies of a metric by every dimension, the one that is least even first."""
    wholes = tuple(_sides(one.whole(name)) for one, name in ((against, against_span), (counted, span)))
    found = []
    for dimension in dimensions:
        before, now = (_groups(one, name, dimension) for one, name in ((against, against_span), (counted, span)))
        found.append(take_apart(counted.metric, dimension, before, now, wholes))
    return _least_even_first(found)


def explain_target(counted: Tally, span: str, goal: Number, dimensions: Sequence[str]) -> list[Contributions]:
    """How far a metric is from a goal. A share: the weight of each group × how far its value is from the goal.

    A count: the goal, an even pace towards a deadline, has no groups; each of them adds what it has.
    """
    whole, found = _sides(counted.whole(span)), []
    for dimension in dimensions:
        now = _groups(counted, span, dimension)
        if counted.metric.denominator is None:
            found.append(take_apart(counted.metric, dimension, {PACE: (goal, None)}, now, ((goal, None), whole)))
        elif whole[1]:
            found.append(_take_from_goal(dimension, Fraction(goal), now, whole))
    return _least_even_first(found)


def _take_from_goal(dimension: str, goal: Fraction, now: Mapping[str, Sides], whole: Sides) -> Contributions:
    pairs = _with_overlap({value: ((0, 0), side) for value, side in now.items()}, ((0, 0), whole))
    parts = [
        Part(value, (goal, 1), side, _of(side[0], whole) - goal * _of(side[1], whole), Fraction(0))
        for value, (_, side) in pairs.items()
    ]
    return Contributions(dimension, goal, Fraction(whole[0]) / Fraction(whole[1]), _largest_first(parts))


def explain_leads(leads: Mapping[tuple[str, str], Lead], dimensions: Sequence[str]) -> list[Contributions]:
    """What editions to come have so far against what as many started ones had by then, by every dimension.

    inside: against those of the group's own kind; mix: what that kind usually has above the mean of all.
    """
    whole = leads[ALL]
    if whole.expected is None:
        return []
    found = []
    for dimension in dimensions:
        groups = {value: lead for (key, value), lead in leads.items() if key == dimension}
        parts = [_part_of_lead(value, lead) for value, lead in groups.items()]
        found.append(Contributions(dimension, whole.expected, Fraction(whole.booked), _largest_first(parts)))
    return _least_even_first(found)


def _part_of_lead(value: str, lead: Lead) -> Part:
    usual = lead.average if lead.expected is None else lead.expected
    return Part(value, (lead.average, None), (lead.booked, None), lead.booked - usual, usual - lead.average)


def _groups(counted: Tally, span: str, dimension: str) -> dict[str, Sides]:
    return {value: _sides(counted.group(span, dimension, value)) for value in counted.values(dimension)}


def _least_even_first(found: Sequence[Contributions | None]) -> list[Contributions]:
    return sorted(filter(None, found), key=lambda one: -one.unevenness)


def _sides(measured) -> Sides:
    return measured.numerator, measured.denominator


def to_decimal(amount: Fraction) -> Decimal:
    """For showing; nothing is added up after it."""
    return Decimal(amount.numerator) / Decimal(amount.denominator)
