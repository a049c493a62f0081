"""Reasons: why a row is on a list to act on, as a sentence of `languages/` and the facts in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analytics.table import Column, ColumnUnit, show_cell
from analytics.words import Words

SEPARATOR = " · "


@dataclass(frozen=True)
class Reason:
    """The key of a sentence under [reason], and the values of its places, each with its unit.

    said: {language: what the build says of it}, for the place `said`.
    """

    key: str
    facts: dict[str, tuple[object, ColumnUnit]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)


def tell(words: Words, reasons: Sequence[Reason]) -> str:
    """The reasons as one sentence."""
    return SEPARATOR.join(_tell_one(words, reason) for reason in reasons)


def _tell_one(words: Words, reason: Reason) -> str:
    places = {name: show_cell(words, Column("", unit), value) for name, (value, unit) in reason.facts.items()}
    if reason.said:
        places["said"] = reason.said[words.language]
    return words(f"reason.{reason.key}", **places)
