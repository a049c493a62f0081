"""Opens a workbook of any kind and chooses the sheet that holds the table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from etl import other_workbooks, xlsx
from etl.archive import open_archive
from etl.file_type import OLE, FileType, detect_ole_type, detect_zip_type
from etl.header import KNOWN_AT_LEAST, ROWS_SEARCHED, Header, find_header
from etl.refused import FileRefused
from etl.row import Row
from etl.tidy_text import Tidying

# Of two sheets with known headers the one that knows twice as many is meant, the other being a summary or a query.
_CLEARLY_MORE = 2
_ROWS_UNDER_HEADER = 5

KnowsHeader = Callable[[list[str]], int]


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
        return Workbook(path.name, kind, list(other_workbooks.open_sheets(path)))
    archive = open_archive(path)
    kind = _kind_or_refuse(path, detect_zip_type(set(archive.namelist())))
    sheets = xlsx.open_sheets(archive) if kind == "XLSX" else other_workbooks.open_sheets_of_archive(path, archive)
    return Workbook(path.name, kind, list(sheets))


def _kind_or_refuse(path: Path, found: FileType) -> str:
    if found.refusal:
        raise FileRefused(path.name, found.refusal, {"detected": found.name})
    return found.name


def choose_sheet(workbook: Workbook, knows_header: KnowsHeader) -> Choice:
    """The visible sheet with the known header; hidden sheets hold queries and lists, never the table."""
    headers = {sheet.name: _find_header(sheet, knows_header) for sheet in workbook.sheets if not sheet.is_hidden}
    found = {name: header for name, header in headers.items() if header}
    best = max((header.known for header in found.values()), default=0)
    if best < KNOWN_AT_LEAST:
        details = {"rows": ROWS_SEARCHED, "best": best, "sheets": len(workbook.sheets)}
        raise FileRefused(workbook.file_name, "header_not_found", details)
    likely = [name for name, header in found.items() if _CLEARLY_MORE * header.known > best]
    if len(likely) > 1:
        raise FileRefused(workbook.file_name, "several_sheets_have_a_table", {"sheets": likely})
    sheet = next(sheet for sheet in workbook.sheets if sheet.name == likely[0])
    notes = ["sheet_chosen_among_several"] if len(workbook.sheets) > 1 else []
    if workbook.kind != "XLSX":
        notes.append("cell_formats_are_not_seen")
    return Choice(sheet, found[likely[0]], notes)


def _find_header(sheet: Sheet, knows_header: KnowsHeader) -> Header | None:
    records = list(islice(sheet.records(Tidying()), ROWS_SEARCHED + _ROWS_UNDER_HEADER))
    return find_header(records, knows_header)
