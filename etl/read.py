"""Turns one file of whatever kind into a table of text with the line each row came from."""

import hashlib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from etl.delimited import detect_dialect
from etl.encoding import decide_encoding
from etl.file_type import OLE, ZIP, FileType, detect_type
from etl.header import ROWS_SEARCHED, Header, find_header
from etl.refused import FileRefused
from etl.row import Row
from etl.spreadsheet import choose_sheet, open_workbook
from etl.table import KnowsHeader, Source, Table
from etl.text_file import refuse_incomplete_text
from etl.tidy_text import Tidying

__all__ = ["NOTES", "REFUSALS", "ROW_PROBLEMS", "FileRefused", "Row", "Table", "read_table"]

# Why a whole file is refused, and the details each rule carries. read_table raises them; those marked "while
# reading" may also come out of Table.rows().
REFUSALS: dict[str, tuple[str, ...]] = {
    "file_cannot_be_opened": (),  # no such file, a folder, or no permission
    "file_is_empty": (),  # no bytes, or nothing but a byte order mark, blanks and line ends
    "file_is_incomplete": (),  # NUL bytes at the end, half a character, or an archive cut short: a copy in progress
    "file_is_damaged": ("part",),  # an archive whose part is missing, doubled or wrong; while reading
    "file_is_protected": (),  # asks for a password
    "file_is_a_bomb": ("measure", "found", "limit"),  # unpacks to too many "parts", "bytes", "times" or "characters"
    "file_has_forbidden_xml": ("part",),  # DOCTYPE, entities or bottomless nesting; while reading
    "file_is_too_large": ("measure", "limit"),  # "bytes of memory" or "seconds"; while reading
    "line_is_endless": ("line",),  # over a megabyte without a line end
    "file_is_a_pdf": ("detected",),
    "file_is_an_image": ("detected",),
    "file_is_a_web_page": ("detected",),
    "file_is_an_archive": ("detected",),
    "file_is_a_text_document": ("detected",),
    "file_is_not_a_table_we_read": ("detected",),
    "file_name_does_not_match_content": ("detected", "extension"),  # a CSV named .xlsx and the reverse
    "header_not_found": ("rows", "best"),  # rows searched, most headers known in one of them
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
    "encoding_is_unusual",  # neither UTF-8, UTF-16, cp1252 nor ISO-8859-15: known by its letters
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


def read_table(path: Path, knows_header: KnowsHeader) -> Table:
    """The one table in `path`. Raises FileRefused, here or while its rows are read."""
    try:
        sha256, size_bytes, head = _survey(path)
        detected = detect_type(head)
        if detected.refusal:
            raise FileRefused(path.name, detected.refusal, {"detected": detected.name})
        find_table = _find_in_workbook if detected in (ZIP, OLE) else _find_in_text
        table = _make_table(path, sha256, size_bytes, find_table(path, detected, knows_header), knows_header)
        _refuse_without_rows(table)
        return table
    except OSError as error:
        raise FileRefused(path.name, "file_cannot_be_opened") from error


@dataclass(frozen=True)
class _Found:
    source: Source
    header: Header
    notes: list[str]
    sheet_name: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


def _survey(path: Path) -> tuple[str, int, bytes]:
    """Hash, size and first bytes."""
    digest, size, head = hashlib.sha256(), 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            head = head or chunk[:8192]
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size, head


def _make_table(path: Path, sha256: str, size_bytes: int, found: _Found, knows_header: KnowsHeader) -> Table:
    return Table(
        path=path,
        file_name=path.name,
        sheet_name=found.sheet_name,
        sha256=sha256,
        size_bytes=size_bytes,
        encoding=found.encoding,
        delimiter=found.delimiter,
        header_line=found.header.line,
        headers=found.header.cells,
        notes=found.notes,
        source=found.source,
        header=found.header,
        knows_header=knows_header,
    )


def _refuse_without_rows(table: Table) -> None:
    if table.header.rows_from is None or next(table.rows(), None) is None:
        raise FileRefused(table.file_name, "file_has_no_rows", {"header_line": table.header_line})


def _find_in_text(path: Path, detected: FileType, knows_header: KnowsHeader) -> _Found:
    _refuse_extension(path, detected.name, _SPREADSHEET_EXTENSIONS)
    encoding = decide_encoding(path)
    refuse_incomplete_text(path, encoding)
    text = detect_dialect(path, encoding, knows_header)
    tidying = Tidying([] if encoding in _USUAL_ENCODINGS else ["encoding_is_unusual"])
    records = list(islice(text.records(tidying), ROWS_SEARCHED + _ROWS_UNDER_HEADER))
    header = find_header(records, knows_header)
    if header is None:
        best = max((knows_header(row.cells) for row in records[:ROWS_SEARCHED]), default=0)
        raise FileRefused(path.name, "header_not_found", {"rows": ROWS_SEARCHED, "best": best})
    notes = tidying.notes + header.notes(text.first_line)
    return _Found(text, header, notes, encoding=encoding, delimiter=text.delimiter)


def _find_in_workbook(path: Path, detected: FileType, knows_header: KnowsHeader) -> _Found:
    workbook = open_workbook(path, detected)
    _refuse_extension(path, workbook.kind, _TEXT_EXTENSIONS)
    choice = choose_sheet(workbook, knows_header)
    return _Found(choice.sheet, choice.header, choice.notes, sheet_name=choice.sheet.name)


def _refuse_extension(path: Path, detected: str, extensions: frozenset[str]) -> None:
    if path.suffix.lower() in extensions:
        details = {"detected": detected, "extension": path.suffix.lower()}
        raise FileRefused(path.name, "file_name_does_not_match_content", details)
