"""How many people apply for which edition on which day: a rush at the opening and near the close, quiet weekends."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from math import exp

from benchmarks.courses import NEWEST_EVENT_ON, Edition

WEEKDAY_WEIGHTS = (1.3, 1.25, 1.15, 1.0, 0.85, 0.35, 0.45)
HOLIDAYS = {date(2025, 10, 9), date(2025, 11, 1), date(2025, 12, 6), date(2025, 12, 8), date(2026, 1, 1),
            date(2026, 1, 6)}
CHRISTMAS = (date(2025, 12, 23), date(2026, 1, 7))
DRAWN_AT_ONCE = 1000  # so that memory does not grow with the size


def weigh_days(edition: Edition) -> dict[date, float]:
    """Every day of the enrolment period, whether it lies before or after the newest event."""
    length = ((edition.cancelled_on or edition.closes_on) - edition.opens_on).days
    return {
        day: _weigh(day, elapsed, length - elapsed)
        for elapsed in range(length + 1)
        for day in (edition.opens_on + timedelta(days=elapsed),)
    }


def _weigh(day: date, elapsed: int, remaining: int) -> float:
    weight = (0.3 + 1.6 * exp(-elapsed / 3.5) + 2.0 * exp(-remaining / 5)) * WEEKDAY_WEIGHTS[day.weekday()]
    if CHRISTMAS[0] <= day <= CHRISTMAS[1]:
        weight *= 0.35
    return weight * 0.4 if day in HOLIDAYS else weight


def spread_demand(seed: int, editions: list[Edition], enrolments: int) -> Iterator[tuple[date, int, int]]:
    """(day, position of the edition, applications), in the order of the days; they add up to `enrolments`."""
    rng = random.Random(f"{seed}/demand")
    counts: dict[date, list[tuple[int, int]]] = {}
    for position, amount in enumerate(_share_out(editions, enrolments)):
        for day, applications in _draw_days(rng, editions[position], amount).items():
            counts.setdefault(day, []).append((position, applications))
    for day in sorted(counts):
        for position, applications in counts[day]:
            yield day, position, applications


def _share_out(editions: list[Edition], enrolments: int) -> list[int]:
    """Largest remainders; an edition still enrolling has only had a part of its people, a draft has none."""
    weights = [_expect(edition) for edition in editions]
    exact = [enrolments * weight / sum(weights) for weight in weights]
    amounts = [int(amount) for amount in exact]
    by_remainder = sorted(range(len(exact)), key=lambda position: amounts[position] - exact[position])
    for position in by_remainder[: enrolments - sum(amounts)]:
        amounts[position] += 1
    return amounts


def _expect(edition: Edition) -> float:
    days = weigh_days(edition)
    seen = sum(weight for day, weight in days.items() if day <= NEWEST_EVENT_ON)
    return 0.0 if edition.fate == "draft" else edition.places * edition.popularity * seen / sum(days.values())


def _draw_days(rng: random.Random, edition: Edition, amount: int) -> Counter[date]:
    weights = {day: weight for day, weight in weigh_days(edition).items() if day <= NEWEST_EVENT_ON}
    days, reached = list(weights), list(accumulate(weights.values()))
    drawn: Counter[date] = Counter()
    for start in range(0, amount, DRAWN_AT_ONCE):
        drawn.update(rng.choices(days, cum_weights=reached, k=min(DRAWN_AT_ONCE, amount - start)))
    return drawn
