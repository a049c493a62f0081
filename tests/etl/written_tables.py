"""Small tables written as the bytes of a file, and what the reader makes of them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from etl.read import REFUSALS, FileRefused, Table, read_table

KNOWN = {
    "id_curso",
    "denominacion",
    "denominación",
    "horas",
    "fecha inicio",
    "fecha_inicio",
    "precio",
    "estado",
    "sexo",
}
HEADER = "ID_CURSO;DENOMINACION;HORAS\n"
HEADERS = ["ID_CURSO", "DENOMINACION", "HORAS"]


def knows_header(cells: list[str]) -> int:
    return sum(cell.lower().replace("\n", " ") in KNOWN for cell in cells)


def read_bytes(folder: Path, content: bytes, name: str = "export.csv") -> Table:
    path = folder / name
    path.write_bytes(content)
    return read_table(path, knows_header)


def read_text(folder: Path, content: str, encoding: str = "utf-8") -> Table:
    return read_bytes(folder, content.encode(encoding))


def cells_of(table: Table) -> list[list[str]]:
    rows = list(table.rows())
    assert [row.problem for row in rows] == [None] * len(rows)
    return [row.cells for row in rows]


def problems_of(table: Table) -> dict[int, str | None]:
    return {row.line: row.problem for row in table.rows()}


def refusal_of(folder: Path, content: bytes, name: str = "export.csv") -> tuple[str, dict[str, object]]:
    """The rule a file is refused by and its details, wherever in the reading that happens."""
    with pytest.raises(FileRefused) as caught:
        list(read_bytes(folder, content, name).rows())
    refused = caught.value
    assert refused.file_name == name
    assert set(REFUSALS[refused.rule]) == set(refused.details)
    return refused.rule, refused.details


def write_workbook(fill: Callable[[Worksheet], Any], **others: Callable[[Worksheet], Any]) -> bytes:
    """The bytes of an XLSX workbook with a sheet `Datos` and further ones by name."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Datos"
    fill(sheet)
    for name, fill_other in others.items():
        fill_other(workbook.create_sheet(name))
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def write_rows(*rows: list[Any]) -> bytes:
    return write_workbook(lambda sheet: [sheet.append(row) for row in rows])


def edit_parts(content: bytes, changes: dict[str, Callable[[bytes], bytes] | None]) -> bytes:
    """The archive with some parts changed, added (from nothing) or, for None, left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        parts = {name: before.read(name) for name in before.namelist()}
        for name, change in changes.items():
            if change is None:
                del parts[name]
            else:
                parts[name] = change(parts.get(name, b""))
        for name, part in parts.items():
            after.writestr(name, part)
    return buffer.getvalue()


def write_sheet_xml(sheet_data: str) -> bytes:
    """A workbook whose one sheet has a header of three cells and then the XML given."""
    cells = "".join(f'<c t="inlineStr"><is><t>{header}</t></is></c>' for header in HEADERS)
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1">{cells}</row>{sheet_data}</sheetData></worksheet>'
    )
    return edit_parts(write_rows(HEADERS), {"xl/worksheets/sheet1.xml": lambda _: xml.encode()})
