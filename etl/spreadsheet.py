"""Opens a workbook of any kind and chooses the sheet that holds the table."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from etl import other_workbooks, xlsx
from etl.archive import open_archive
from etl.file_type import ENCRYPTED, OLE, FileType, detect_ole_type, detect_zip_type
from etl.header import ROWS_SEARCHED, Header, find_header
from etl.refused import FileRefused
from etl.row import Row
from etl.table import KnowsHeader
from etl.tidy_text import Tidying

# Of two sheets with known headers the one that knows twice as many is meant, the other being a summary or a query.
_CLEARLY_MORE = 2
_ROWS_UNDER_HEADER = 5


class Sheet(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def is_hidden(self) -> bool: ...
    def records(self, tidying: Tidying, from_line: int = 1, width: int | None = None) -> Iterator[Row]: ...


@dataclass(frozen=True)
class Workbook:
    file_name: str
    kind: str  # XLSX, XLS, XLSB or ODS
    sheets: list[Sheet]


@dataclass(frozen=True)
class Choice:
    sheet: Sheet
    header: Header
    notes: list[str]


def open_workbook(path: Path, container: FileType) -> Workbook:
    """The workbook in `path`, a ZIP or OLE file. FileRefused when it holds something else or is not whole."""
    if container is OLE:
        kind = _kind_or_refuse(path, detect_ole_type(path.read_bytes()))
        return Workbook(path.name, kind, list(other_workbooks.open_sheets(path, kind)))
    archive = open_archive(path)
    kind = _kind_or_refuse(path, detect_zip_type(set(archive.namelist())))
    if kind == "XLSX":
        return Workbook(path.name, kind, list(xlsx.open_sheets(archive)))
    other_workbooks.check_archive(archive)
    return Workbook(path.name, kind, list(other_workbooks.open_sheets(path, kind)))


def _kind_or_refuse(path: Path, found: FileType) -> str:
    if found.refusal:
        raise FileRefused(path.name, found.refusal, None if found is ENCRYPTED else {"detected": found.name})
    return found.name


def choose_sheet(workbook: Workbook, knows_header: KnowsHeader) -> Choice:
    """The visible sheet with the known header; hidden sheets hold queries and lists, never the table."""
    choices = [_look_at(sheet, knows_header) for sheet in workbook.sheets if not sheet.is_hidden]
    found = [choice for choice in choices if choice]
    if not found:
        raise FileRefused(workbook.file_name, "header_not_found", {"rows": ROWS_SEARCHED, "best": 0})
    best = max(choice.header.known for choice in found)
    likely = [choice for choice in found if _CLEARLY_MORE * choice.header.known > best]
    if len(likely) > 1:
        names = [choice.sheet.name for choice in likely]
        raise FileRefused(workbook.file_name, "several_sheets_have_a_table", {"sheets": ", ".join(names)})
    if len(workbook.sheets) > 1:
        likely[0].notes.append("sheet_chosen_among_several")
    if workbook.kind != "XLSX":
        likely[0].notes.append("cell_formats_are_not_seen")
    return likely[0]


def _look_at(sheet: Sheet, knows_header: KnowsHeader) -> Choice | None:
    tidying = Tidying()
    records = list(islice(sheet.records(tidying), ROWS_SEARCHED + _ROWS_UNDER_HEADER))
    header = find_header(records, knows_header)
    if header is None:
        return None
    # The first row of a sheet may have any number: what counts is whether something stands above the header.
    first = next(row.line for row in records if any(row.cells))
    if header.rows_from is None:  # nothing among the rows looked at, which may not be all
        header = replace(header, rows_from=header.last_line + 1)
    return Choice(sheet, header, tidying.notes + header.notes(first))
