"""Money in a public pack: only sums over the whole programme, rounded so far that no group can be read from them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from analytics.economics import IDENTITY
from analytics.privacy import FEWEST_FOR_A_RATE, SMALL, Symbol
from analytics.suppression import CannotProtect

# Of every small count, by each value that it may have, all that differs from the truth then.
Worlds = Mapping[str, Mapping[int, Mapping[str, int]]]
LEAST_STEP = 1_000  # EUR
PRICES_IN_A_STEP = 4  # at least: whoever knows the prices does not read from a sum how many paid them
MOST_STEPS_UP = 12
# Every sum that is printed, by the row of the pack that it stands in, and the parts of the identity that it is made of.
SUMS = {f"fees/{part}": (part,) for part in IDENTITY} | {
    "subsidy/reduction_granted": ("charged", "undue", "overpaid"), "subsidy/reduction_supported": ("charged",),
    "subsidy/undue_discount_amount": ("undue",), "subsidy/overpaid": ("overpaid",),
    "subsidy/not_supported": ("undue", "overpaid"),
}
# The verdicts that a part is about.
VERDICTS_OF = {"charged": ("correct", "wrong_amount"), "undue": ("undue",)}


@dataclass(frozen=True)
class Sum:
    """An amount in EUR. people: those with a part of it.

    each: what one more of a cell adds to it, on average; by course, then by verdict: two ways to work it out.
    """

    amount: Decimal
    people: int
    each: tuple[Mapping[str, Decimal], ...]

    def in_world(self, world: Mapping[str, int]) -> list[Decimal]:
        """What it would be, worked out in each way."""
        return [
            self.amount + sum((adds[cell] * by for cell, by in world.items() if cell in adds), Decimal(0))
            for adds in self.each
        ]


@dataclass(frozen=True)
class Rounded:
    """An amount to the nearest step, in EUR."""

    euros: int
    step: int


def keep_told(
    sums: Mapping[str, Sum], told: Mapping[str, object], worlds: Worlds, highest_price: Decimal,
    shown: Mapping[str, object],
) -> Worlds:
    """The worlds with which the sums of an earlier pack would round to what it told; CannotProtect when too few do."""
    left = dict(worlds)
    for name, one in sums.items():
        euros = _read_rounded(told.get(name))
        step = next((size for size in _steps(highest_price) if round_to(one.amount, size) == euros), None)
        if step:
            left = {cell: _possible(one, found, step) for cell, found in left.items()}
    lost = [cell for cell, found in left.items() if not _is_enough(found, shown.get(cell))]
    if lost:
        raise CannotProtect(lost[0])
    return left


def _read_rounded(told: object) -> int | None:
    """Of "≈ 46.000 €", in any language, its euros."""
    if not isinstance(told, str) or not told.startswith("≈"):
        return None
    euros = int(re.sub(r"\D", "", told))
    return -euros if "−" in told or "-" in told else euros


def round_sums(
    sums: Mapping[str, Sum], worlds: Worlds, highest_price: Decimal, shown: Mapping[str, object],
) -> dict[str, Rounded | Symbol | Decimal]:
    """Each sum to the finest step with which the worlds that protect every small count stay possible, else "·".

    One of fewer than ten people is never shown; one that is nothing is.
    """
    left = {cell: dict(found) for cell, found in worlds.items()}
    told: dict[str, Rounded | Symbol | Decimal] = {}
    for name, one in sums.items():
        if not one.amount and not one.people:
            told[name] = Decimal(0)
            continue
        told[name] = Symbol.HIDDEN
        for step in _steps(highest_price) if one.people >= FEWEST_FOR_A_RATE else ():
            kept = {cell: _possible(one, found, step) for cell, found in left.items()}
            if all(_is_enough(kept[cell], shown.get(cell)) for cell in left):
                told[name], left = Rounded(round_to(one.amount, step), step), kept
                break
    return told


def _steps(highest_price: Decimal) -> Iterator[int]:
    """1,000, 2,000, 5,000, 10,000, … from the first that is large enough."""
    sizes = (size * 10**power for power in count(3) for size in (1, 2, 5))
    least = max(LEAST_STEP, PRICES_IN_A_STEP * highest_price)
    start = next(size for size in sizes if size >= least)
    yield start
    for _ in range(MOST_STEPS_UP):
        yield next(sizes)


def round_to(amount: Decimal, step: int) -> int:
    """To the nearest step, a half away from zero."""
    return int((amount / step).to_integral_value("ROUND_HALF_UP")) * step


def _possible(one: Sum, found: Mapping[int, Mapping[str, int]], step: int) -> dict[int, Mapping[str, int]]:
    truth = round_to(one.amount, step)
    return {
        value: world for value, world in found.items()
        if all(round_to(amount, step) == truth for amount in one.in_world(world))
    }


def _is_enough(found: Mapping[int, object], shown: object) -> bool:
    return found.keys() >= set(SMALL) if shown == Symbol.SMALL else len(found) >= len(SMALL)


def sums_of(
    fees: Mapping[str, Mapping[str, Decimal]], people: Mapping[str, int], courses: Mapping[str, tuple[str, int]],
    verdicts: Mapping[str, tuple[str, int]],
) -> dict[str, Sum]:
    """Every one of SUMS.

    fees: EUR by course and part. people: enrolments with each part. courses, verdicts: (cell, enrolments) of each.
    """
    found = {}
    for name, parts in SUMS.items():
        by_course = {course: sum((fees[course][part] for part in parts), Decimal(0)) for course in fees}
        amount = sum(by_course.values(), Decimal(0))
        judged = [verdicts[verdict] for verdict in _verdicts_of(parts) if verdict in verdicts]
        together = sum(number for _, number in judged)
        found[name] = Sum(amount, sum(people[part] for part in parts), (
            {cell: by_course[course] / number for course, (cell, number) in courses.items()
             if course in fees and number},
            {cell: amount / together for cell, number in judged if together},
        ))
    return found


def _verdicts_of(parts: Sequence[str]) -> list[str]:
    return [verdict for part in parts for verdict in VERDICTS_OF.get(part, ())]
