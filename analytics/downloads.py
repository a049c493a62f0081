"""Downloads: a table as a CSV that opens right in a Spanish Excel, or as a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from math import ceil

import xlsxwriter

from analytics.formats import round_half_up
from analytics.table import NOT_APPLICABLE, Column, Table

# Excel, LibreOffice and Google Sheets take a cell that begins so for a formula; the full-width twins become them.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A fixed moment, so that the same table is the same bytes.
CREATED = datetime(2025, 10, 13)
NUMBER_FORMATS = {
    "share": "0.0%",
    "EUR": "#,##0.00 €",
    "count": "#,##0",
    "ECTS": "#,##0.##",
    "hours": "#,##0.##",
    "ratio": "#,##0.0",
    "day": "dd-mm-yyyy",
    "text": "@",
    "code": "@",
    "figure": "@",
}
WIDEST_COLUMN = 60
PAPER_A4 = 9
MARGIN = 0.3  # inches
# Letters beside each other on a sheet of A4 across: with no more than these the letters of 11 points are printed at 9.
PRINTED_WIDTH = 168
NARROWEST_TEXT, ROOM_TO_WRITE = 11, 15
LINE_HEIGHT = 15
TO_FILL_SHAPE = {"bg_color": "#fff7d6", "border": 1, "border_color": "#c9b458"}


def to_csv(table: Table, heading: Sequence[str]) -> bytes:
    """Heading lines, a blank line, the columns, the rows: `;`, decimal comma, UTF-8 with BOM.

    In every language as a Spanish Excel reads it; text that could become a formula is preceded by an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([defuse(line)] for line in heading)
    writer.writerow([])
    writer.writerow([defuse(column.heading) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_cell(column, cell) for column, cell in zip(table.columns, row, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def is_risky(cell: object) -> bool:
    """Whether a spreadsheet would take a text for a formula, or once somebody has edited it."""
    return isinstance(cell, str) and cell.startswith(FORMULA_STARTS)


def defuse(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if is_risky(text) else text


def _csv_cell(column: Column, cell: object) -> str:
    if cell is None or cell == NOT_APPLICABLE:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if column.unit in ("text", "code", "figure") or isinstance(cell, str):
        return defuse(str(cell))
    if column.unit == "share":
        return _decimal_comma(round_half_up(Decimal(cell) * 100, 2)) + "%"
    if column.unit == "EUR":
        return _decimal_comma(round_half_up(Decimal(cell), 2))
    return _decimal_comma(cell)


def _decimal_comma(number: object) -> str:
    plain = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return plain.replace(".", ",")


def to_xlsx(table: Table, heading: Sequence[str], sheet: str) -> bytes:
    """A workbook of one sheet: the heading lines in bold and plain, then a real table with number formats."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": CREATED, "title": heading[0] if heading else sheet})
    worksheet = workbook.add_worksheet(_sheet_name(sheet))
    for line, text in enumerate(heading):
        shape = ({"bold": True, "font_size": 13} if line == 0 else {}) | {"quote_prefix": is_risky(text)}
        worksheet.write_string(line, 0, text, workbook.add_format(shape))
    _write_table(workbook, worksheet, table, first=len(heading) + 1)
    workbook.close()
    return out.getvalue()


def _write_table(workbook, worksheet, table: Table, first: int) -> None:
    is_wrapped = any(column.is_to_fill for column in table.columns)
    shapes = [_format(column, is_wrapped) for column in table.columns]
    formats = [workbook.add_format(shape) for shape in shapes]
    quoted = [workbook.add_format(shape | {"quote_prefix": True}) for shape in shapes]
    header = workbook.add_format({"bold": True, "text_wrap": is_wrapped, "valign": "top"})
    last = first + max(len(table.rows), 1)
    worksheet.add_table(
        first, 0, last, len(table.columns) - 1,
        {
            "name": "Datos",
            "style": "Table Style Light 1",
            "columns": [
                {"header": heading, "format": shape, "header_format": header}
                for heading, shape in zip(_different(table.columns), formats, strict=True)
            ],
        },
    )
    for line, row in enumerate(table.rows, start=first + 1):
        for position, cell in enumerate(row):
            _write_cell(worksheet, line, position, cell, (quoted if is_risky(cell) else formats)[position])
    widths = _widths(table)
    if any(column.is_to_fill for column in table.columns):
        widths = _fit_paper(table.columns, widths)
        _raise_rows(worksheet, table, widths, first)
    for position, width in enumerate(widths):
        worksheet.set_column(position, position, width)
    worksheet.freeze_panes(first + 1, 0)
    worksheet.repeat_rows(first)
    worksheet.set_landscape()
    worksheet.set_paper(PAPER_A4)
    worksheet.set_margins(MARGIN, MARGIN)
    worksheet.set_footer("&R&P / &N")
    worksheet.fit_to_pages(1, 0)


def _widths(table: Table) -> list[int]:
    """In letters, for the longest of the first rows."""
    longest = (
        max([len(column.heading) + 3, *(len(str(row[position])) + 2 for row in table.rows[:500])])
        for position, column in enumerate(table.columns)
    )
    return [min(width, WIDEST_COLUMN) for width in longest]


def _fit_paper(columns: Sequence[Column], widths: Sequence[int]) -> list[int]:
    """What is to be written in is printed: its texts wrap, so that the letters on the sheet stay legible."""
    wanted = [_wanted(column, width) for column, width in zip(columns, widths, strict=True)]
    shrinks = [column.unit == "text" and not column.is_to_fill for column in columns]
    texts = sum(width for width, does in zip(wanted, shrinks, strict=True) if does)
    left = PRINTED_WIDTH - (sum(wanted) - texts)
    return [
        max(NARROWEST_TEXT, min(width, width * left // texts)) if does else width
        for width, does in zip(wanted, shrinks, strict=True)
    ]


def _wanted(column: Column, width: int) -> int:
    if column.is_to_fill and column.unit == "text":
        return ROOM_TO_WRITE
    return NARROWEST_TEXT if column.unit == "day" else width


def _raise_rows(worksheet, table: Table, widths: Sequence[int], first: int) -> None:
    """As high as the wrapped texts need: not every program works it out."""
    headings = [column.heading for column in table.columns]
    for line, row in enumerate([headings, *table.rows], start=first):
        lines = max(ceil(1.2 * len(str(cell or "")) / width) for cell, width in zip(row, widths, strict=True))
        worksheet.set_row(line, LINE_HEIGHT * lines)


def _format(column: Column, is_wrapped: bool) -> dict[str, object]:
    """How the cells of a column look; those to be filled in have a ground and a frame of their own."""
    shape = {"num_format": NUMBER_FORMATS[column.unit]}
    wrap = {"text_wrap": True, "valign": "top", "align": "left"} if is_wrapped else {}
    return shape | wrap | (TO_FILL_SHAPE if column.is_to_fill else {})


def _write_cell(worksheet, line: int, position: int, cell: object, shape) -> None:
    if cell is None or cell == NOT_APPLICABLE:
        worksheet.write_blank(line, position, None, shape)
    elif isinstance(cell, date):
        worksheet.write_datetime(line, position, datetime(cell.year, cell.month, cell.day), shape)
    elif isinstance(cell, int | Decimal | float) and not isinstance(cell, bool):
        worksheet.write_number(line, position, cell, shape)
    else:
        worksheet.write_string(line, position, str(cell), shape)


def _different(columns: Sequence[Column]) -> list[str]:
    """Headings of a spreadsheet table must differ; the second of two alike carries its position."""
    seen: set[str] = set()
    headings = []
    for position, column in enumerate(columns, start=1):
        heading = column.heading if column.heading not in seen else f"{column.heading} ({position})"
        seen.add(heading)
        headings.append(heading)
    return headings


def _sheet_name(text: str) -> str:
    """Excel allows 31 characters and not these seven."""
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in text)[:31].strip("' ") or "Datos"
