"""Reads delimited text record by record, so that one broken record never takes its neighbours with it."""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from unicodedata import is_normalized

from etl.row import Row
from etl.tidy_text import Tidying, has_doubtful_letters

DELIMITERS = (";", ",", "\t", "|")
# A quoted cell of more lines is a quote never closed; the limit keeps a broken file from being read many times.
LINES_IN_A_CELL_AT_MOST = 500
RECORDS_TO_TELL_A_DELIMITER = 30
_SEAM = "~"  # joins cells to look at them as one line; any printable character that is not trimmed would do


@dataclass(frozen=True)
class DelimitedText:
    """A text file whose encoding and delimiter are known."""

    path: Path
    encoding: str
    delimiter: str
    first_line: int = 1  # 2 when the first line only says `sep=;`

    def records(self, tidying: Tidying, from_line: int = 1, width: int | None = None) -> Iterator[Row]:
        """Every record with as many cells as it has; `width`, once known, tells a closed quote from a lost one."""
        from_line = max(from_line, self.first_line)
        lines = _Lines(islice(open_text(self.path, self.encoding), from_line - 1, None), from_line)
        while (line := lines.take()) is not None:
            number, text, seam, problem, found = lines.number, line.rstrip("\r\n"), self.delimiter, None, None
            if '"' in text:
                is_doubtful = number == lines.doubtful_number
                quoted = None if is_doubtful else _read_quoted(line, lines, self.delimiter, width)
                cells, problem = (quoted, None) if quoted is not None else ([text], "row_has_an_unclosed_quote")
            else:
                cells = text.split(self.delimiter)
            if '"' in text or seam == "\t":
                text, seam = _SEAM.join(cells), _SEAM
            if not _looks_tidy(text, seam):
                cells, cell_problem, found = tidying.tidy_cells(cells)
                problem = problem or cell_problem
            yield Row(number, cells, problem, found)


class _Lines:
    """Physical lines, numbered, that can be looked at before they are taken."""

    def __init__(self, lines: Iterator[str], first_number: int) -> None:
        self._lines = lines
        self._seen: deque[str] = deque()
        self.number = first_number - 1
        self.doubtful_number = 0  # the line whose quote may close one that an earlier row left open

    def take(self) -> str | None:
        line = self._seen.popleft() if self._seen else next(self._lines, None)
        self.number += 1
        return line

    def ahead(self) -> Iterator[str]:
        yield from self._seen
        for line in self._lines:
            self._seen.append(line)
            yield line


def open_text(path: Path, encoding: str) -> Iterator[str]:
    """Lines with their own ends; a byte that is no character becomes a lone surrogate, and its row is rejected."""
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        yield from file


def detect_dialect(path: Path, encoding: str, knows_header: Callable[[list[str]], int]) -> DelimitedText:
    """The delimiter a first line `sep=;` names, else the one that brings out most known headers."""
    first = next(open_text(path, encoding), "").strip('\ufeff\r\n "')
    if first.lower().startswith("sep=") and len(first) == 5:
        return DelimitedText(path, encoding, first[4], first_line=2)
    candidates = [DelimitedText(path, encoding, delimiter) for delimiter in DELIMITERS]
    return max(candidates, key=lambda text: _most_known(text, knows_header))


def _most_known(text: DelimitedText, knows_header: Callable[[list[str]], int]) -> int:
    records = islice(text.records(Tidying()), RECORDS_TO_TELL_A_DELIMITER)
    return max((knows_header(row.cells) for row in records if len(row.cells) > 1), default=0)


def _looks_tidy(text: str, seam: str) -> bool:
    """True only when tidying would change no cell of a line; costs less than looking at each of them."""
    if not text.isprintable() or "?" in text or "#" in text or text[:1] == " " or text[-1:] == " ":
        return False
    if " " + seam in text or seam + " " in text:
        return False
    return text.isascii() or (is_normalized("NFC", text) and not has_doubtful_letters(text))


def _read_quoted(line: str, lines: _Lines, delimiter: str, width: int | None) -> list[str] | None:
    """The cells of a record with quotes, taking further lines while a quoted cell goes on; None if it never closes."""
    cells = _parse(line, delimiter)
    if cells is not None:
        return cells
    if line.count('"') % 2 == 0:
        return _split_literally(line, delimiter, width)
    record, taken = _gather(line, lines)
    cells = _parse(record, delimiter)
    if cells is None:
        return None
    if width and _swallows_rows(record, len(cells), delimiter, width):
        lines.doubtful_number = lines.number + taken
        return None
    for _ in range(taken):
        lines.take()
    return cells


def _parse(record: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([record], delimiter=delimiter, strict=True, skipinitialspace=True))
    except csv.Error:
        return None


def _gather(line: str, lines: _Lines) -> tuple[str, int]:
    """The record up to the next line where an open quote can close: one with an odd number of quotes."""
    parts = [line]
    for following in islice(lines.ahead(), LINES_IN_A_CELL_AT_MOST):
        parts.append(following)
        if following.count('"') % 2:
            break
    return "".join(parts), len(parts) - 1


def _swallows_rows(record: str, count: int, delimiter: str, width: int) -> bool:
    """True when the lines of the record are whole rows without their quotes: a lost quote, not a long cell.

    A record of the right width is believed unless both its first and last lines would be rows.
    """
    first, *others = record.splitlines()
    are_rows = [line.count(delimiter) == width - 1 or len(_parse(line, delimiter) or ()) == width for line in others]
    if count == width:
        return first.count(delimiter) == width - 1 and are_rows[-1]
    return any(are_rows)


def _split_literally(line: str, delimiter: str, width: int | None) -> list[str] | None:
    """`"Word" and more` opens with a quoted word and is no quoted cell: its quotes are text."""
    cells = line.rstrip("\r\n").split(delimiter)
    is_plain = all(cell.count('"') % 2 == 0 for cell in cells)
    return cells if is_plain and width in (None, len(cells)) else None
