"""Axes in the reader's language: which values and which points a chart names, and in what words."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from math import ceil, floor, log10

from analytics.measure import Number
from analytics.series import AFTER_THE_START, EARLIEST_DAYS_BEFORE_START, Points, Step
from analytics.words import Words

MOST_INTERVALS = 5
# Dates of ten characters, side by side under a chart as wide as a telephone.
MOST_TICKS_IN_TIME = 4
MOST_TICKS_BESIDE_NAMES = 3
WHOLE_UNITS = ("count",)
DAYS_BETWEEN_TICKS = 30


def value_ticks(says: Words, unit: str, values: Iterable[Number | None]) -> dict[float, str]:
    """Round values from zero to the largest, in words; below zero too when there are any."""
    known = [Decimal(value) for value in values if value is not None] + [Decimal(0)]
    low, high = min(known), max(known)
    step = _round_step((high - low) / MOST_INTERVALS, unit)
    positions = range(floor(low / step), ceil(high / step) + 1)
    return {float(step * position): _word_value(says, unit, step * position, step) for position in positions}


def _round_step(least: Decimal, unit: str) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20 … that is not under `least`."""
    if least == 0:
        return Decimal(1)
    size = Decimal(10) ** floor(log10(least))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= least)
    return max(step, Decimal(1)) if unit in WHOLE_UNITS else step


def _word_value(says: Words, unit: str, value: Decimal, step: Decimal) -> str:
    if unit == "share":
        return says.share(value, 0 if step >= Decimal("0.01") else 1)
    return says.euros(value, cents=False) if unit == "EUR" else says.number(value)


def word_point(says: Words, step: Step, day: date) -> str:
    """A day, the Monday of a week, a month."""
    return says.month(day) if step == "month" else says.day(day)


def time_ticks(
    says: Words, step: Step, points: Sequence[date], most: int = MOST_TICKS_IN_TIME
) -> dict[date, str]:
    """A few points, evenly apart and away from the edges, where a date would be cut."""
    stride = ceil(len(points) / most)
    first = (len(points) - 1) % stride // 2
    return {day: word_point(says, step, day) for day in points[first::stride]}


def first_booked_day(curve: Points) -> int:
    """The first day of a booking curve on which any group has something, back to a full month before it."""
    booked = [day for values in curve.values.values() for day, value in zip(curve.points, values, strict=True) if value]
    return max(-EARLIEST_DAYS_BEFORE_START, floor(min([*booked, -1]) / DAYS_BETWEEN_TICKS) * DAYS_BETWEEN_TICKS)


def booking_ticks(says: Words, first: int) -> dict[int, str]:
    """Every thirty days before the start, and the start."""
    return {day: word_day_before(says, day, is_short=True) for day in range(first, 1, DAYS_BETWEEN_TICKS)}


def word_day_before(says: Words, day: int, is_short: bool = False) -> str:
    """A point of a booking curve: 24 days before, the day of the start, after it."""
    if day >= AFTER_THE_START:
        return says("booking.after")
    if day == 0:
        return says("booking.start_short" if is_short else "booking.start")
    if day == -EARLIEST_DAYS_BEFORE_START and not is_short:
        return says("booking.earliest", count=-day)
    return says("booking.before_short" if is_short else "booking.before", count=-day)
