"""Contributions: a change taken apart by a dimension, adding up exactly; for ratios the values and the mix apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from analytics.measure import Number
from analytics.metrics import Metric
from analytics.tally import Tally

Sides = tuple[Number, Number | None]
# What persons or courses counted in several groups take off the sum of the groups.
SEVERAL = "several"


@dataclass(frozen=True)
class Part:
    """What a group did to a change. before, now: numerator and denominator.

    inside: what came of the group's own value. mix: what came of its weight among the groups; 0 for what is no ratio.
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
    def unevenness(self) -> float:
        """How far the change is from an even one among its groups, by the root of their number.

        Chance alone makes it grow with that root; so dimensions of few and of many groups can be compared.
        """
        groups = [part for part in self.parts if part.value != SEVERAL]
        if len(groups) < 2:
            return 0.0
        weights = [_weight(part) for part in groups]
        whole = sum(weights)
        even = [self.change * weight / whole if whole else Fraction(0) for weight in weights]
        away = sum(abs(part.total - share) for part, share in zip(groups, even, strict=True))
        return float(away) / sqrt(len(groups))


def can_take_apart(metric: Metric) -> bool:
    """A ratio of different people or courses has no parts: its groups share them on both sides."""
    return metric.is_additive or metric.denominator is None


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
    for value, (old, new) in pairs.items():
        heavier = _of(new[1], wholes[1]) - _of(old[1], wholes[0])
        total = _of(new[0], wholes[1]) - _of(old[0], wholes[0]) - heavier * middle
        mix = heavier * (_mean_value(old, new) - middle) if old[1] or new[1] else Fraction(0)
        parts.append(Part(value, old, new, total - mix, mix))
    return Contributions(dimension, first, last, _largest_first(parts))


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
    if not can_take_apart(counted.metric):
        return []
    wholes = tuple(_sides(one.whole(name)) for one, name in ((against, against_span), (counted, span)))
    found = []
    for dimension in dimensions:
        before, now = (
            {value: _sides(one.group(name, dimension, value)) for value in one.values(dimension)}
            for one, name in ((against, against_span), (counted, span))
        )
        found.append(take_apart(counted.metric, dimension, before, now, wholes))
    return sorted(filter(None, found), key=lambda one: -one.unevenness)


def _sides(measured) -> Sides:
    return measured.numerator, measured.denominator


def to_decimal(amount: Fraction) -> Decimal:
    """For showing; nothing is added up after it."""
    return Decimal(amount.numerator) / Decimal(amount.denominator)
