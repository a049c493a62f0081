"""Turns one file of whatever kind into a table of text with the line each row came from."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol

from etl.delimited import detect_dialect, open_text
from etl.encoding import decide_encoding
from etl.file_type import OLE, ZIP, FileType, detect_type
from etl.header import ROWS_SEARCHED, Header, find_header
from etl.refused import FileRefused
from etl.row import Row
from etl.row_kinds import Kind, RowKinds
from etl.spreadsheet import choose_sheet, open_workbook
from etl.tidy_text import Tidying

__all__ = ["NOTES", "REFUSALS", "ROW_PROBLEMS", "FileRefused", "Row", "Table", "read_table"]

# Why a whole file is refused, and the details each rule carries. All are raised by read_table, but the three marked
# "while reading" may also come out of Table.rows().
REFUSALS: dict[str, tuple[str, ...]] = {
    "file_cannot_be_opened": (),  # no such file, a folder, or no permission
    "file_is_empty": (),  # no bytes, or nothing but a byte order mark, blanks and line ends
    "file_is_incomplete": (),  # NUL bytes at the end, half a character, or an archive cut short: a copy in progress
    "file_is_damaged": ("part",),  # an archive whose part is missing, doubled or wrong; while reading
    "file_is_protected": (),  # asks for a password
    "file_is_a_bomb": ("measure", "found", "limit"),  # archive unpacks to too much: measure is parts, bytes or ratio
    "file_has_forbidden_xml": ("part",),  # DOCTYPE, entities or bottomless nesting; while reading
    "file_is_too_large": ("measure", "limit"),  # more memory, seconds or characters in a line than reading may take
    "file_is_a_pdf": ("detected",),
    "file_is_an_image": ("detected",),
    "file_is_a_web_page": ("detected",),
    "file_is_an_archive": ("detected",),
    "file_is_a_text_document": ("detected",),
    "file_is_not_a_table_we_read": ("detected",),
    "file_name_does_not_match_content": ("detected", "extension"),  # a CSV named .xlsx and the reverse
    "header_not_found": ("rows", "best", "sheets"),  # rows searched, most headers known in one, how many sheets
    "several_sheets_have_a_table": ("sheets",),  # their names
    "file_has_several_tables": ("first_line", "second_line"),  # lines of the two headers; while reading
    "file_has_no_rows": ("header_line",),
}

# What may be wrong with one row; `found` says where, in numbers.
ROW_PROBLEMS: tuple[str, ...] = (
    "row_has_too_few_cells",
    "row_has_too_many_cells",
    "row_has_another_delimiter",
    "row_has_an_unclosed_quote",
    "row_has_nul_bytes",
    "row_has_broken_characters",
    "row_is_a_total",
    "cell_has_no_value",
    "cell_is_merged",
)

# What is worth saying about a file that was read. Complete once Table.rows() is exhausted.
NOTES: tuple[str, ...] = (
    "text_lost_to_encoding",  # "T?TULO" or U+FFFD: the letter cannot be brought back
    "text_was_encoded_twice",  # "IntroducciÃ³n", repaired
    "encoding_is_unusual",  # neither UTF-8, UTF-16, cp1252 nor ISO-8859-15: decided by its letters
    "header_takes_two_lines",
    "header_is_repeated",  # in the middle of the table; counted as blank
    "rows_above_the_header",
    "footer_under_the_table",
    "sheet_chosen_among_several",
    "cells_beyond_the_headers",  # a spreadsheet's remarks to the right of the table: not read
    "cell_formats_are_not_seen",  # XLS, XLSB and ODS: an error such as #N/A reads as blank, 85 % as 0.85
)

_CHUNK_BYTES = 1 << 20
_TEXT_EXTENSIONS = frozenset({".csv", ".txt", ".tsv", ".tab", ".dat"})
_SPREADSHEET_EXTENSIONS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".xlt"})
_USUAL_ENCODINGS = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-15"})
# Rows looked at beyond those that may be the header, to learn how many cells a row has.
_ROWS_UNDER_HEADER = 100

KnowsHeader = Callable[[list[str]], int]


class _Source(Protocol):
    def records(self, tidying: Tidying, from_line: int = 1, width: int | None = None) -> Iterator[Row]: ...


@dataclass
class Table:
    """A table whose rows are read each time anew; the counts and notes are complete after the last row."""

    path: Path
    file_name: str
    sheet_name: str | None
    sha256: str
    size_bytes: int
    encoding: str | None
    delimiter: str | None
    header_line: int
    headers: list[str]
    notes: list[str]
    source: _Source = field(repr=False)
    header: Header = field(repr=False)
    knows_header: KnowsHeader = field(repr=False)
    blank_rows: int = 0
    footer_rows: int = 0

    def rows(self) -> Iterator[Row]:
        """Every record under the header: yielded, or counted in blank_rows or footer_rows."""
        self.blank_rows = self.footer_rows = 0
        kinds = RowKinds(self.headers, self.header.width, self.delimiter, self.knows_header)
        last_lines: list[Row] = []  # footers if nothing follows, else rows with a problem
        for record in self._records():
            kind, row = kinds.judge(record)
            if kind is Kind.ROW:
                yield from last_lines
                last_lines.clear()
                yield row
            elif kind is Kind.FOOTER:
                last_lines.append(row)
            elif kind is Kind.OTHER_HEADER:
                self._refuse_second_table(row.line)
            else:
                self._count_blank(kind)
        self._count_footers(len(last_lines))

    def _records(self) -> Iterator[Row]:
        return self.source.records(Tidying(self.notes), self.header.rows_from or 0, self.header.width)

    def _refuse_second_table(self, line: int) -> None:
        lines = {"first_line": self.header_line, "second_line": line}
        raise FileRefused(self.file_name, "file_has_several_tables", lines)

    def _count_blank(self, kind: Kind) -> None:
        self.blank_rows += 1
        if kind is Kind.SAME_HEADER:
            Tidying(self.notes).note("header_is_repeated")

    def _count_footers(self, count: int) -> None:
        self.footer_rows = count
        if count:
            Tidying(self.notes).note("footer_under_the_table")


def read_table(path: Path, knows_header: KnowsHeader) -> Table:
    """The one table in `path`. Raises FileRefused, here or while its rows are read."""
    try:
        sha256, size, head = _survey(path)
        detected = detect_type(head)
        if detected.refusal:
            raise FileRefused(path.name, detected.refusal, {"detected": detected.name})
        make = _spreadsheet_table if detected in (ZIP, OLE) else _text_table
        table = make(path, detected, knows_header)
        table.sha256, table.size_bytes = sha256, size
        _refuse_without_rows(table)
        return table
    except OSError as error:
        raise FileRefused(path.name, "file_cannot_be_opened") from error


def _survey(path: Path) -> tuple[str, int, bytes]:
    """Hash, size and first bytes."""
    digest, size, head = hashlib.sha256(), 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            head = head or chunk[:8192]
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size, head


def _refuse_without_rows(table: Table) -> None:
    has_rows = table.header.rows_from is not None and next(table.rows(), None) is not None
    if not has_rows:
        raise FileRefused(table.file_name, "file_has_no_rows", {"header_line": table.header_line})


def _text_table(path: Path, detected: FileType, knows_header: KnowsHeader) -> Table:
    _refuse_extension(path, detected.name, _SPREADSHEET_EXTENSIONS)
    encoding = decide_encoding(path)
    _refuse_incomplete_text(path, encoding)
    text = detect_dialect(path, encoding, knows_header)
    header = _find_header(path.name, text, knows_header)
    notes = _notes_about(header, text.first_line)
    if encoding not in _USUAL_ENCODINGS:
        notes.append("encoding_is_unusual")
    return _make_table(path, text, header, knows_header, notes, encoding=encoding, delimiter=text.delimiter)


def _spreadsheet_table(path: Path, detected: FileType, knows_header: KnowsHeader) -> Table:
    workbook = open_workbook(path, detected)
    _refuse_extension(path, workbook.kind, _TEXT_EXTENSIONS)
    choice = choose_sheet(workbook, knows_header)
    notes = choice.notes + _notes_about(choice.header, 1)
    return _make_table(path, choice.sheet, choice.header, knows_header, notes, sheet_name=choice.sheet.name)


def _find_header(file_name: str, source: _Source, knows_header: KnowsHeader) -> Header:
    records = list(islice(source.records(Tidying()), ROWS_SEARCHED + _ROWS_UNDER_HEADER))
    header = find_header(records, knows_header)
    if header is None:
        best = max((knows_header(row.cells) for row in records[:ROWS_SEARCHED]), default=0)
        raise FileRefused(file_name, "header_not_found", {"rows": ROWS_SEARCHED, "best": best, "sheets": 0})
    return header


def _notes_about(header: Header, first_line: int) -> list[str]:
    notes = ["rows_above_the_header"] if header.line > first_line else []
    return notes + (["header_takes_two_lines"] if header.takes_two_lines else [])


def _refuse_extension(path: Path, detected: str, extensions: frozenset[str]) -> None:
    extension = path.suffix.lower()
    if extension in extensions:
        details = {"detected": detected, "extension": extension}
        raise FileRefused(path.name, "file_name_does_not_match_content", details)


def _refuse_incomplete_text(path: Path, encoding: str) -> None:
    """An empty file, one that ends in NUL bytes or in half a character, and one without line ends."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 64))
        tail = file.read()
    is_wide = encoding.startswith("utf-16")
    if tail.rstrip(b"\r\n\x1a ").endswith(b"\0" * (3 if is_wide else 1)) or (is_wide and size % 2):
        raise FileRefused(path.name, "file_is_incomplete")
    if _longest_line_is_over(path):
        raise FileRefused(path.name, "file_is_too_large", {"measure": "characters in a line", "limit": _CHUNK_BYTES})
    if not any(line.strip("\ufeff \t\r\n\x1a") for line in open_text(path, encoding)):
        raise FileRefused(path.name, "file_is_empty")


def _longest_line_is_over(path: Path) -> bool:
    """True when a whole chunk holds no line end: such a line would have to be held in memory whole."""
    with path.open("rb") as file:
        while len(chunk := file.read(_CHUNK_BYTES)) == _CHUNK_BYTES:
            if b"\n" not in chunk and b"\r" not in chunk:
                return True
    return False


def _make_table(
    path: Path,
    source: _Source,
    header: Header,
    knows_header: KnowsHeader,
    notes: list[str],
    sheet_name: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    return Table(
        path=path,
        file_name=path.name,
        sheet_name=sheet_name,
        sha256="",
        size_bytes=0,
        encoding=encoding,
        delimiter=delimiter,
        header_line=header.line,
        headers=header.cells,
        notes=notes,
        source=source,
        header=header,
        knows_header=knows_header,
    )
