"""Ratios of measurements made in turn, and how they are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Ratios:
    """One ratio for each pair; their spread says how much the machine was doing besides."""

    of_pairs: Sequence[float]

    @classmethod
    def of(cls, ours: Sequence[float], theirs: Sequence[float]) -> "Ratios":
        return cls([one / other for one, other in zip(ours, theirs, strict=True)])

    @property
    def median(self) -> str:
        return f"{median(self.of_pairs):.1f}"

    @property
    def spread(self) -> str:
        return f"{min(self.of_pairs):.1f}–{max(self.of_pairs):.1f}"

    def __str__(self) -> str:
        return f"{self.median} ({self.spread})"
