"""One record of a table as it came, and what is wrong with it as a whole."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    line: int  # 1-based: the physical line where the record starts, or the spreadsheet's row number
    cells: list[str]
    problem: str | None = None  # None, or a rule key
    found: str | None = None  # numbers and column positions only, never the text of a cell
