"""A table of figures: the same rows for the page, the CSV and the spreadsheet."""

from dataclasses import dataclass, field
from typing import Literal

from analytics.words import Words

ColumnUnit = Literal["text", "code", "count", "share", "EUR", "ECTS", "hours", "ratio", "day"]


@dataclass(frozen=True)
class Column:
    """A heading in the reader's language and what stands under it. Shares are kept 0-1, days as dates."""

    heading: str
    unit: ColumnUnit = "text"


@dataclass(frozen=True)
class Table:
    """Rows under columns; a cell is None where nothing is known."""

    columns: tuple[Column, ...]
    rows: list[tuple] = field(default_factory=list)


def show_cell(words: Words, column: Column, value: object) -> str:
    """A cell as a reader of that language reads it."""
    if value is None:
        return words("table.unknown")
    if column.unit in ("text", "code"):
        return str(value)
    if column.unit == "day":
        return words.day(value)
    return words.show(value, column.unit, cents=True)
