"""A worked example: rows as small tables, figures worked out by hand, held against the oracle and the engine alike."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from tests.oracle.figure import Figure, ratio
from tests.oracle.indicators import indicators
from tests.oracle.programme import Programme
from tests.oracle.publish import ask_engine, ask_engine_for_groups, disagreements, publish_programme
from tests.oracle.table import read_programme


@dataclass(frozen=True)
class Example:
    """One programme, loaded once, that may be looked at on several days."""

    folder: Path
    editions: str
    teaching: str | None = None
    enrolments: str | None = None
    endorsements: str | None = None

    @cached_property
    def programme(self) -> Programme:
        return read_programme(self.editions, self.teaching, self.enrolments, self.endorsements)

    @cached_property
    def builds(self) -> Path:
        return publish_programme(self.programme, self.folder)

    def gives(self, figures: str, as_of: str, period: str = "2026-H1") -> None:
        """Oracle and engine give these figures, each line a key and `12`, `3/4`, `0/0` (blank) or `-` (unknown)."""
        lines = dict(line.split() for line in figures.strip().splitlines())
        expected = {key: read_figure(text) for key, text in lines.items()}
        oracle = indicators(self.programme, date.fromisoformat(as_of), period)
        assert {key: oracle[key] for key in expected} == expected
        answers = ask_engine(self.builds, date.fromisoformat(as_of), period)
        found = disagreements(expected, {key: answers[key] for key in expected})
        assert not found, "\n".join(found)

    def splits(self, key: str, by: str, as_of: str, period: str = "2026-H1") -> dict[str, int]:
        """The engine's groups of one figure."""
        return ask_engine_for_groups(self.builds, key, by, date.fromisoformat(as_of), period)


def read_figure(text: str) -> Figure:
    if text == "-":
        return None, None, None
    if "/" in text:
        numerator, denominator = (Decimal(part) for part in text.split("/"))
        return ratio(numerator, denominator)
    amount = Decimal(text)
    return amount, None, amount
