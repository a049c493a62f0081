"""A table of figures: the same rows for the page, the CSV and the spreadsheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from analytics.words import Words

NOT_APPLICABLE = ""
# "figure": a number already written as words, with its unit.
ColumnUnit = Literal["text", "code", "figure", "count", "share", "EUR", "ECTS", "hours", "ratio", "day"]


@dataclass(frozen=True)
class Column:
    """A heading in the reader's language and what stands under it. Shares are kept 0-1, days as dates.

    is_to_fill: left empty for whoever gets the spreadsheet to write in, and coloured so that it shows.
    """

    heading: str
    unit: ColumnUnit = "text"
    is_to_fill: bool = False


class RowsWhenAsked(Sequence):
    """The rows of a long list, each made when it is read: a page shows the first, a download all of them."""

    def __init__(self, things: Sequence, make: Callable[[object], tuple]) -> None:
        self._things, self._make = things, make

    def __len__(self) -> int:
        return len(self._things)

    def __getitem__(self, place: int | slice) -> tuple | list[tuple]:
        found = self._things[place]
        return [self._make(one) for one in found] if isinstance(place, slice) else self._make(found)


@dataclass(frozen=True)
class Table:
    """Rows under columns; a cell is None where nothing is known, NOT_APPLICABLE where there is nothing to know."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple] = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """A status as a cell: its key, for shape and colour, and its word, which is all that a download has."""

    status: str
    word: str

    def __str__(self) -> str:
        return self.word


@dataclass(frozen=True)
class Way:
    """The way to another page as a cell: its words, the page, and what its link says."""

    word: str
    page: str
    choices: dict[str, list[str]]

    def __str__(self) -> str:
        return self.word


def show_cell(words: Words, column: Column, value: object) -> str:
    """A cell as a reader of that language reads it."""
    if value is None:
        return words("table.unknown")
    if column.unit in ("text", "code", "figure") or value == NOT_APPLICABLE:
        return str(value)
    if column.unit == "day":
        return words.day(value)
    return words.show(value, column.unit, cents=True)
