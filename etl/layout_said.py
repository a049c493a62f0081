"""What a layout says of the dates and decimals that a column leaves open."""

from collections.abc import Mapping
from dataclasses import dataclass

DATES = ("day_first", "month_first")
DECIMALS = ("comma", "point", "by_column")


@dataclass(frozen=True)
class Said:
    """None: nobody has said, and a column that reads both ways is refused.

    dates: what comes first where no date of the column tells. decimals: which sign it is where no number tells;
    by_column: no sign is presumed, and a number that its column leaves open is not read.
    """

    dates: str | None = None
    decimals: str | None = None


NOTHING_SAID = Said()


def read_said(told: Mapping[str, object], usual: Said = NOTHING_SAID) -> Said:
    """What is told, else what is usual; ValueError for a word that there is not."""
    said = Said(told.get("dates", usual.dates), told.get("decimals", usual.decimals))
    if said.dates not in (None, *DATES) or said.decimals not in (None, *DECIMALS):
        raise ValueError(f"dates = {' | '.join(DATES)}; decimals = {' | '.join(DECIMALS)}")
    return said


def says_anything(told: Mapping[str, object]) -> bool:
    return "dates" in told or "decimals" in told
