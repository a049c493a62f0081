"""Builds rows from the XML elements of one XLSX sheet."""

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.cell_text import write_number
from etl.row import Row
from etl.tidy_text import Tidying

ROWS_AT_MOST, COLUMNS_AT_MOST = 1_048_576, 16_384  # what the format allows
CHARACTERS_AT_MOST = 1 << 28  # a million rows of 25 cells of ten letters
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how XML names a character it may not hold
_BOOLEANS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


@dataclass(frozen=True)
class WorkbookFacts:
    """What the cells of every sheet of a workbook need to be understood."""

    texts: list[str]  # shared strings
    shown_as: list[str | None]  # by style number, see cell_text.read_format
    is_1904: bool
    is_uncalculated: bool  # asks to be calculated on opening: a formula's 0 was written by a program that cannot


class SheetElements:
    """Takes the elements of a sheet and leaves filled rows in `rows`; ValueError when they make no sense."""

    def __init__(self, facts: WorkbookFacts, tidying: Tidying, width: int | None) -> None:
        self.rows: list[Row] = []
        self._facts = facts
        self._tidying = tidying
        self._width = width
        self._limit = COLUMNS_AT_MOST if width is None else width
        self._characters = 0
        self.line = 0
        self._last_column = -1
        self._reference: str | None = None
        self._unnamed = 0
        self._cells: list[str] = []
        self._empty_column: int | None = None
        self._attributes: dict[str, str] = {}
        self._has_formula = False
        self._value: str | None = None
        self._pieces: list[str] | None = None
        self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place(attributes.get("r"))
            self._attributes = attributes
            self._value, self._has_formula = None, False
        elif name in ("v", "t"):
            self._pieces = None if self._is_phonetic else []
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self._is_phonetic = True

    def text(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if name == "c":
            if self._value is not None or self._has_formula or self._attributes.get("t") == "e":
                self._end_cell()
        elif name in ("v", "t"):
            if self._pieces is not None:
                self._value = (self._value or "") + "".join(self._pieces)
            self._pieces = None
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._is_phonetic = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        line = int(attributes.get("r", self.line + 1))
        if not self.line < line <= ROWS_AT_MOST:
            raise ValueError("rows out of order")
        self.line, self._cells, self._empty_column = line, [], None
        self._reference, self._unnamed, self._last_column = None, 0, -1

    def _place(self, reference: str | None) -> None:
        """A cell that does not say where it is stands beside the last one; where that is, is reckoned when needed."""
        if reference is None:
            self._unnamed += 1
        else:
            self._reference, self._unnamed = reference, 0

    def _column(self) -> int:
        named = -1 if self._reference is None else column_index(self._reference.rstrip("0123456789"))
        column = named + self._unnamed
        if not self._last_column < column < COLUMNS_AT_MOST:
            raise ValueError("cells out of order")
        return column

    def _end_cell(self) -> None:
        column = self._last_column = self._column()
        text = self._read_value()
        if text is None and self._empty_column is None:
            self._empty_column = column
        if column >= self._limit:
            if text:
                self._tidying.note("cells_beyond_the_headers")
        elif text:
            if column > len(self._cells):
                self._cells.extend([""] * (column - len(self._cells)))
            self._cells.append(text)

    def _read_value(self) -> str | None:
        """The cell's text; None for an error and for a formula nobody calculated."""
        kind, value = self._attributes.get("t", "n"), self._value
        if kind == "e" or (self._has_formula and self._is_uncalculated(kind, value)):
            return None
        return self._write(kind, value) if value else ""

    def _write(self, kind: str, value: str) -> str:
        if kind in ("s", "str", "inlineStr"):
            return self._count(decode_escapes(self._shared_text(int(value)) if kind == "s" else value))
        if kind == "b":
            return _BOOLEANS.get(value, value)
        if kind == "d":
            return value.removesuffix(".000").removesuffix("T00:00:00")
        return write_number(value, self._shown_as(), self._facts.is_1904)

    def _count(self, text: str) -> str:
        """One long shared text in every cell of a small file would be no less a bomb than a high ratio."""
        self._characters += len(text)
        if self._characters > CHARACTERS_AT_MOST:
            raise OverflowError(self._characters, CHARACTERS_AT_MOST)
        return text

    def _is_uncalculated(self, kind: str, value: str | None) -> bool:
        if value is None or (value == "" and kind != "str"):
            return True
        return self._facts.is_uncalculated and value == "0" and kind == "n"

    def _shared_text(self, index: int) -> str:
        if not 0 <= index < len(self._facts.texts):
            raise ValueError("no such shared text")
        return self._facts.texts[index]

    def _shown_as(self) -> str | None:
        style = int(self._attributes.get("s", "0"))
        return self._facts.shown_as[style] if 0 <= style < len(self._facts.shown_as) else None

    def _end_row(self) -> None:
        if not self._cells and self._empty_column is None:
            return
        cells, problem, found = self._tidying.tidy_cells(self._cells)
        if self._empty_column is not None and self._empty_column < self._limit:
            problem, found = "cell_has_no_value", f"column {self._empty_column + 1}"
        if self._width is not None:
            cells.extend([""] * (self._width - len(cells)))
        self.rows.append(Row(self.line, cells, problem, found))


@lru_cache(maxsize=COLUMNS_AT_MOST)
def column_index(letters: str) -> int:
    """0 for A, 16383 for XFD."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError("no such column")
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def decode_escapes(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
