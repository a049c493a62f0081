"""Back-test: what was expected on earlier days held against what happened, and the band that this gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

# Tries from fewer days say nothing about how far an expectation is off.
LEAST_DAYS = 4
# The band leaves out the tenth of the tries furthest off on either side.
LOW, HIGH = Decimal("0.1"), Decimal("0.9")
Band = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Try:
    """What would have been expected on a day of the weeks after it, and what happened: credentials."""

    day: date
    weeks: int
    expected: Decimal
    happened: int

    def is_within(self, band: Band) -> bool:
        low, high = band
        return low * self.expected <= self.happened <= high * self.expected


@dataclass(frozen=True)
class BackTest:
    """Tries from earlier days, the oldest first."""

    tries: tuple[Try, ...]

    @property
    def days(self) -> int:
        """From how many different days."""
        return len({one.day for one in self.tries})

    @property
    def is_enough(self) -> bool:
        return self.days >= LEAST_DAYS

    @property
    def weeks(self) -> int:
        """The furthest ahead that could be tried."""
        return max(one.weeks for one in self.tries)

    @property
    def error(self) -> Decimal:
        """The median distance between what was expected and what happened: credentials."""
        return median(abs(one.happened - one.expected) for one in self.tries)

    @property
    def band(self) -> Band:
        """What an expectation is multiplied by for the low and for the high end of its band."""
        return band_of(self.tries)

    @property
    def within(self) -> int:
        """How many lay within the band made of the tries from the other days."""
        return sum(one.is_within(band_of([each for each in self.tries if each.day != one.day])) for one in self.tries)

    @property
    def alike(self) -> tuple[Try, ...]:
        """Those that look equally far ahead: of the distances with the most tries the longest."""
        every = [one.weeks for one in self.tries]
        weeks = max(every, key=lambda each: (every.count(each), each))
        return tuple(one for one in self.tries if one.weeks == weeks)


def band_of(tries: Sequence[Try]) -> Band:
    """The ratios of what happened to what was expected between LOW and HIGH of the tries; 1 always lies between."""
    ratios = sorted(one.happened / one.expected for one in tries if one.expected)
    if not ratios:
        return Decimal(1), Decimal(1)
    return min(quantile(ratios, LOW), Decimal(1)), max(quantile(ratios, HIGH), Decimal(1))


def quantile(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """The value that a share of the ordered ones does not exceed, between two of them where it falls there."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
