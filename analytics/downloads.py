"""Downloads: a table as a CSV that opens right in a Spanish Excel, or as a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

from analytics.formats import round_half_up
from analytics.table import NOT_APPLICABLE, Column, Table

# Excel, LibreOffice and Google Sheets take a cell that begins so for a formula; the full-width twins become them.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
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


def defuse(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv_cell(column: Column, cell: object) -> str:
    if cell is None or cell == NOT_APPLICABLE:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if column.unit in ("text", "code", "figure"):
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
    title = workbook.add_format({"bold": True, "font_size": 13})
    for line, text in enumerate(heading):
        worksheet.write_string(line, 0, text, title if line == 0 else None)
    _write_table(workbook, worksheet, table, first=len(heading) + 1)
    workbook.close()
    return out.getvalue()


def _write_table(workbook, worksheet, table: Table, first: int) -> None:
    formats = [workbook.add_format(_format(column)) for column in table.columns]
    last = first + max(len(table.rows), 1)
    worksheet.add_table(
        first, 0, last, len(table.columns) - 1,
        {
            "name": "Datos",
            "style": "Table Style Light 1",
            "columns": [
                {"header": heading, "format": shape}
                for heading, shape in zip(_different(table.columns), formats, strict=True)
            ],
        },
    )
    for line, row in enumerate(table.rows, start=first + 1):
        for position, cell in enumerate(row):
            _write_cell(worksheet, line, position, cell, formats[position])
    for position, column in enumerate(table.columns):
        longest = max([len(column.heading) + 3, *(len(str(row[position])) + 2 for row in table.rows[:500])])
        worksheet.set_column(position, position, min(longest, WIDEST_COLUMN))
    worksheet.freeze_panes(first + 1, 0)
    worksheet.repeat_rows(first)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)


def _format(column: Column) -> dict[str, object]:
    """How the cells of a column look; those to be filled in have a ground and a frame of their own."""
    shape = {"num_format": NUMBER_FORMATS[column.unit]}
    return shape | TO_FILL_SHAPE if column.is_to_fill else shape


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
