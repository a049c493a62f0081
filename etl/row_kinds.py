"""Tells the rows of a table from what stands between and under them: blanks, totals, notes and further headers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from etl.delimited import DELIMITERS
from etl.header import KNOWN_AT_LEAST
from etl.row import Row

_TOTAL_LABEL = re.compile(
    r"(gran |grand )?(sub[ -]?)?(totale?s?|sum(a|as|atorio|ma)?)( generale?s?| acumulado| final)?\s*:?", re.IGNORECASE
)
_TOTAL_WORD = re.compile(r"^(sub[ -]?)?(total|suma)\b|\btotal$", re.IGNORECASE)  # "Total 105231", "105231 Total"
_NUMBER = re.compile(r"[-+(]?[\d.,\s']*\d[\d.,\s']*\)?\s*(%|€|EUR|h)?", re.IGNORECASE)
_NUMBER_LENGTH_AT_MOST = 40  # the pattern tries every split of a long run of digits
_PROSE = re.compile(r"\s|[:*]")
_LABEL = re.compile(r"^[*(]|:$")
_DIGIT = re.compile(r"\d")


class Kind(Enum):
    ROW = "row"
    BLANK = "blank"
    FOOTER = "footer"  # only when nothing but blanks and footers follow
    SAME_HEADER = "same header"
    OTHER_HEADER = "other header"


@dataclass(frozen=True)
class RowKinds:
    """What a record under a known header is."""

    headers: list[str]
    width: int
    delimiter: str | None
    knows_header: Callable[[list[str]], int]

    def judge(self, row: Row) -> tuple[Kind, Row]:
        """The record's kind, and the row with as many cells as headers and its problem named."""
        cells = row.cells
        has_width = len(cells) == self.width
        first = cells[0]
        if has_width and row.problem is None and first[:1].isdigit() and first.isalnum():
            return Kind.ROW, self._fit(row)  # a row that begins with a code: nearly all of them
        filled = [cell for cell in cells if cell]
        if not filled:
            return (Kind.ROW, self._fit(row)) if row.problem else (Kind.BLANK, row)
        if self._is_header(cells, filled):
            return (Kind.SAME_HEADER if self._repeats_header(cells) else Kind.OTHER_HEADER), row
        if has_total_label(filled) or (row.problem is None and is_bare_sum(cells, filled)):
            return Kind.ROW, self._fit(replace(row, problem="row_is_a_total", found=None))
        kind = Kind.FOOTER if _is_footer(filled, self.width) else Kind.ROW
        return kind, self._fit(row) if has_width else self._misfit(row)

    def _is_header(self, cells: list[str], filled: list[str]) -> bool:
        if any(map(_DIGIT.search, filled)) and len(cells) == self.width:
            return False
        known = self.knows_header(cells)
        return known >= KNOWN_AT_LEAST and 2 * known >= len(filled)

    def _repeats_header(self, cells: list[str]) -> bool:
        return [cell.casefold() for cell in cells if cell] == [name.casefold() for name in self.headers if name]

    def _fit(self, row: Row) -> Row:
        count = len(self.headers)
        if len(row.cells) == count:
            return row
        if any(row.cells[count:]) and row.problem is None:
            return self._misfit(row)
        return replace(row, cells=(row.cells + [""] * count)[:count])

    def _misfit(self, row: Row) -> Row:
        """Cells that do not line up with the headers are dropped: a document could stand under a harmless header."""
        empty = [""] * len(self.headers)
        if row.problem:
            return replace(row, cells=empty)
        found = f"{len(row.cells)} cells, {self.width} expected"
        return Row(row.line, empty, self._misfit_rule(row.cells), found)

    def _misfit_rule(self, cells: list[str]) -> str:
        text = (self.delimiter or "").join(cells)
        others = [other for other in DELIMITERS if other != self.delimiter]
        if self.delimiter and any(text.count(other) == self.width - 1 for other in others):
            return "row_has_another_delimiter"
        return "row_has_too_few_cells" if len(cells) < self.width else "row_has_too_many_cells"


def has_total_label(filled: list[str]) -> bool:
    """A label of totals, or one that names what was summed and is followed by nothing but numbers."""
    if _TOTAL_LABEL.fullmatch(filled[0]):
        return True
    return len(filled) > 1 and _TOTAL_WORD.search(filled[0]) is not None and all(map(_is_number, filled[1:]))


def is_bare_sum(cells: list[str], filled: list[str]) -> bool:
    """Numbers alone in a row mostly blank, with no code before them: no export has such a row."""
    return not cells[0] and 2 * len(filled) <= len(cells) and all(map(_is_number, filled))


def _is_footer(filled: list[str], width: int) -> bool:
    """One cell of prose, or a label such as "Fecha de extracción:" and its value; every export needs two cells."""
    if len(filled) >= width or _is_number(filled[0]):
        return False
    pattern = _PROSE if len(filled) == 1 else _LABEL
    return len(filled) <= 2 and pattern.search(filled[0]) is not None


def _is_number(text: str) -> bool:
    return len(text) <= _NUMBER_LENGTH_AT_MOST and _NUMBER.fullmatch(text) is not None
