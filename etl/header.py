"""Finds the header of a table among its first rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etl.row import Row

ROWS_SEARCHED = 30
KNOWN_AT_LEAST = 2  # one known word alone also stands in titles such as "Microcredenciales;Curso"


@dataclass(frozen=True)
class Header:
    line: int
    cells: list[str]  # without the blank ones at its right end
    width: int  # cells of a whole row: more than headers when every row ends in a delimiter
    known: int
    rows_from: int | None  # line of the first row under it, None when nothing follows
    takes_two_lines: bool = False

    @property
    def last_line(self) -> int:
        return self.line + self.takes_two_lines

    def notes(self, first_line: int) -> list[str]:
        """Rule keys of what is worth saying about it; `first_line` is where the table's file or sheet begins."""
        notes = ["rows_above_the_header"] if self.line > first_line else []
        return notes + (["header_takes_two_lines"] if self.takes_two_lines else [])


def find_header(records: Sequence[Row], knows_header: Callable[[list[str]], int]) -> Header | None:
    """The one of the first rows that knows most headers, joined with the row under it when that tells more.

    `records` are the first ones of the table, some more than ROWS_SEARCHED to learn the width of its rows.
    """
    searched = [_known(row, knows_header) for row in records[:ROWS_SEARCHED]]
    best = max(searched, default=0)
    if best < KNOWN_AT_LEAST:
        return None
    position = searched.index(best)
    for first in (position - 1, position):
        if 0 <= first < len(records) - 1:
            cells = _join_lines(records[first].cells, records[first + 1].cells, knows_header, best)
            if cells:
                return _make_header(records, first, 2, cells, knows_header(cells))
    return _make_header(records, position, 1, records[position].cells, best)


def _known(row: Row, knows_header: Callable[[list[str]], int]) -> int:
    return 0 if row.problem == "row_has_an_unclosed_quote" else knows_header(row.cells)


def _join_lines(
    upper: list[str], lower: list[str], knows_header: Callable[[list[str]], int], best: int
) -> list[str] | None:
    """Two lines as one header: each column's lowest filled cell, or a wide cell above with each one under it."""
    count = max(len(upper), len(lower))
    upper, lower = _pad(upper, count), _pad(lower, count)
    lowest = [under or above for above, under in zip(upper, lower, strict=True)]
    spread = [f"{above} {under}".strip() for above, under in zip(_fill_right(upper, lower), lower, strict=True)]
    mixed = [each if knows_header([each]) else other for each, other in zip(lowest, spread, strict=True)]
    joined = max((lowest, mixed), key=knows_header)
    return joined if knows_header(joined) > best else None


def _fill_right(upper: list[str], lower: list[str]) -> list[str]:
    """A merged cell holds its text in its first column only; it reaches as far as there are cells under it."""
    filled, current = [], ""
    for above, under in zip(upper, lower, strict=True):
        current = above or (current if under else "")
        filled.append(current)
    return filled


def _pad(cells: list[str], count: int) -> list[str]:
    return cells + [""] * (count - len(cells))


def _make_header(records: Sequence[Row], position: int, lines: int, cells: list[str], known: int) -> Header:
    following = records[position + lines :]
    names = trim_right(cells)
    width = _row_width(names, len(cells), following)
    rows_from = following[0].line if following else None
    return Header(records[position].line, names, width, known, rows_from, lines == 2)


def trim_right(cells: list[str]) -> list[str]:
    count = len(cells)
    while count and not cells[count - 1]:
        count -= 1
    return cells[:count]


def _row_width(names: list[str], header_width: int, following: Sequence[Row]) -> int:
    """The header's own width, unless all rows sampled have another one and nothing stands beyond the headers."""
    widths = {len(row.cells) for row in following if any(row.cells) and len(row.cells) > 1 and row.problem is None}
    if len(widths) != 1 or (width := widths.pop()) < len(names):
        return header_width
    return header_width if any(any(row.cells[len(names) :]) for row in following) else width
