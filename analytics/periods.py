"""Half-years, the periods of the reports to the funder."""

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class HalfYear:
    """1 January to 30 June (half 1) or 1 July to 31 December (half 2); written 2025-H2."""

    year: int
    half: int

    @staticmethod
    def of(day: date) -> "HalfYear":
        """The half-year a day falls in."""
        return HalfYear(day.year, 1 if day.month <= 6 else 2)

    @staticmethod
    def read(text: str) -> "HalfYear":
        """A half-year written as 2025-H2; ValueError otherwise."""
        match = re.fullmatch(r"(\d{4})-H([12])", text)
        if not match:
            raise ValueError(f"{text} is not a half-year. Write it as 2025-H2")
        return HalfYear(int(match[1]), int(match[2]))

    @property
    def first_day(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    def __str__(self) -> str:
        return f"{self.year}-H{self.half}"


def half_years_between(first: date, last: date) -> list[HalfYear]:
    """Every half-year that has a day between two dates, oldest first."""
    start, end = HalfYear.of(first), HalfYear.of(last)
    every = [HalfYear(year, half) for year in range(start.year, end.year + 1) for half in (1, 2)]
    return [period for period in every if start <= period <= end]
