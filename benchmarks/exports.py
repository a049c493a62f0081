"""The form in which the university's systems print: CSV with semicolons, and a spreadsheet with a title on top."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

SPREADSHEET_MADE_AT = datetime(2026, 2, 16, 8, 0)  # fixed, so that the same programme gives the same bytes


def write_decimal(amount: Decimal) -> str:
    return str(amount).replace(".", ",")


def write_date(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str]], encoding: str = "utf-8-sig",
              footer: str = "") -> None:
    with open(path, "w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        writer.writerow(headers)
        writer.writerows(rows)
        if footer:
            stream.write(f"\r\n{footer}\r\n")


def write_spreadsheet(path: Path, title: str, headers: Sequence[str], rows: Iterable[Sequence[str | Decimal]]) -> None:
    """A title, an empty row, the headers, the rows; decimals become numbers, everything else text."""
    workbook = xlsxwriter.Workbook(path)
    workbook.set_properties({"title": title, "author": "", "created": SPREADSHEET_MADE_AT})
    sheet = workbook.add_worksheet("Docencia")
    bold = workbook.add_format({"bold": True})
    sheet.set_column(0, len(headers) - 1, 22)
    sheet.write_string(0, 0, title, bold)
    sheet.write_row(2, 0, headers, bold)
    for number, row in enumerate(rows, start=3):
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal):
                sheet.write_number(number, column, float(cell))
            elif cell:
                sheet.write_string(number, column, cell)
    workbook.close()
