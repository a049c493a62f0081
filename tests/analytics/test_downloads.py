"""Downloads: right in a Spanish Excel, the same bytes every time, and never a formula."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from analytics.downloads import defuse, to_csv, to_xlsx
from analytics.table import NOT_APPLICABLE, Column, Table

TABLE = Table(
    (
        Column("Título"), Column("Plazas", "count"), Column("Ocupación", "share"), Column("Precio", "EUR"),
        Column("Inicio", "day"),
    ),
    [
        ("Introducción a la IA; nivel 1", 1584, Decimal("0.5833"), Decimal("1234.5"), date(2026, 2, 5)),
        ("Diseño", None, None, NOT_APPLICABLE, None),
    ],
)
HEADING = ["La oferta", "Toda la oferta · datos a 15-02-2026"]


def test_a_csv_has_a_bom_semicolons_and_decimal_commas():
    expected = (
        "\ufeffLa oferta\r\n"
        "Toda la oferta · datos a 15-02-2026\r\n"
        "\r\n"
        "Título;Plazas;Ocupación;Precio;Inicio\r\n"
        '"Introducción a la IA; nivel 1";1584;58,33%;1234,50;05/02/2026\r\n'
        "Diseño;;;;\r\n"
    )
    assert to_csv(TABLE, HEADING).decode("utf-8") == expected


def test_a_spreadsheet_has_numbers_dates_and_a_real_table():
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(TABLE, HEADING, "Catálogo")))
    sheet = book["Catálogo"]
    assert [sheet["A1"].value, sheet["A2"].value] == HEADING
    assert [cell.value for cell in sheet[4]] == ["Título", "Plazas", "Ocupación", "Precio", "Inicio"]
    assert [cell.value for cell in sheet[5]][1:4] == [1584, 0.5833, 1234.5]
    assert sheet["E5"].value.date() == date(2026, 2, 5)
    assert [cell.value for cell in sheet[6]] == ["Diseño", None, None, None, None]
    assert sheet["C5"].number_format == "0.0%"
    assert sheet.tables["Datos"].ref == "A4:E6"
    assert sheet.freeze_panes == "A5"


def test_the_same_table_is_the_same_bytes():
    assert to_xlsx(TABLE, HEADING, "Catálogo") == to_xlsx(TABLE, HEADING, "Catálogo")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_text_becomes_a_formula(start):
    hostile = f"{start}cmd|' /C calc'!A0"
    table = Table((Column("Título"),), [(hostile,)])
    assert f"'{start}" in to_csv(table, []).decode("utf-8")
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(table, [], "x")))["x"]
    cell = sheet["A3"]
    assert cell.data_type == "s"


def test_a_number_is_not_text_and_keeps_its_sign():
    table = Table((Column("Diferencia", "EUR"),), [(Decimal("-262.70"),)])
    assert "\r\n-262,70\r\n" in to_csv(table, []).decode("utf-8")


def test_ordinary_text_is_left_alone():
    assert defuse("Nivel 5 - básico") == "Nivel 5 - básico"


def test_two_headings_alike_and_a_sheet_name_that_excel_refuses_are_mended():
    table = Table((Column("Valor"), Column("Valor")), [("a", "b")])
    made = to_xlsx(table, [], "Ingresos/gastos: [2025] y mucho más que treinta y uno")
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert len(book.sheetnames[0]) <= 31
    assert [cell.value for cell in book.active[2]] == ["Valor", "Valor (2)"]


def test_an_empty_table_still_opens():
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(Table(TABLE.columns, []), HEADING, "Nada")))
    assert book.active["A4"].value == "Título"
