"""The workbook of the pack, read by another program: tables, totals, names, charts, print set-up, strange formulas."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from analytics.table import Column, Table
from analytics.words import LANGUAGES
from reports.content import Chart, Figures, Grid, Section
from reports.workbook import sheet_name, write_workbook
from tests.reports.small_pack import HOSTILE, small_pack

COLUMNS = (Column("Título"), Column("Importe", "EUR"), Column("Personas", "count"), Column("Proporción", "share"))


def read(pack, values: bool = False):
    return openpyxl.load_workbook(io.BytesIO(write_workbook(pack)), data_only=values)


def cells(book) -> list:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def with_blocks(*blocks, **changes):
    return small_pack(sections=(Section(7, "only", "Solo esto", blocks),), **changes)


def with_rows(*rows: tuple, has_total: bool = True, columns=COLUMNS, codes=()):
    return with_blocks(Grid("only", "Una tabla", Table(columns, list(rows)), (), has_total, "Fuente", codes))


def row_of(book, text: str) -> list:
    """The cells of the row of the one section whose first says so."""
    return next(row for row in book.worksheets[1].iter_rows() if row[0].value == text)


def test_two_runs_give_the_same_bytes():
    assert write_workbook(small_pack()) == write_workbook(small_pack())


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_cover_a_sheet_a_section_the_form_and_the_definitions(language):
    names = read(small_pack(language)).sheetnames
    ends = {"es": ["Portada", "Formulario", "Definiciones"], "va": ["Portada", "Formulari", "Definicions"],
            "en": ["Cover", "Form", "Definitions"]}[language]
    assert len(names) == 1 + 13 + 2
    assert [names[0], *names[-2:]] == ends
    assert names[1] == "0 Datos generales"


def test_every_table_is_a_real_one_under_a_name_that_is_no_cell():
    tables = [name for sheet in read(small_pack()) for name in sheet.tables]
    expected = {"T_files", "T_targets", "T_progress", "T_funnel", "T_offer", "T_indicator", "T_register", "T_money",
                "T_form", "T_definitions"}
    assert set(tables) == expected
    assert len(tables) == len(expected)


def test_a_total_is_a_formula_over_the_rows_shown_with_its_value():
    parts = (("A", Decimal("0.10"), 1, Decimal("0.5")), ("B", Decimal("0.20"), 2, None))
    rows = (*parts, ("Total", Decimal("0.30"), 3, None))
    formulas, values = (row_of(read(with_rows(*rows), values), "Total") for values in (False, True))
    assert [cell.value for cell in formulas[:3]] == ["Total", "=SUBTOTAL(109,B5:B6)", "=SUBTOTAL(109,C5:C6)"]
    assert [cell.value for cell in values[:3]] == ["Total", pytest.approx(0.30), 3]


def test_a_total_that_is_no_sum_is_its_own_value_and_a_share_is_never_added():
    rows = (("A", None, 3, Decimal("0.5")), ("B", None, 3, Decimal("0.5")), ("Total", None, 4, Decimal(1)))
    assert [cell.value for cell in row_of(read(with_rows(*rows)), "Total")][:4] == ["Total", None, 4, 1]


def test_a_suppressed_count_is_text_and_its_total_no_formula():
    rows = (("A", None, "<5", None), ("B", None, 20, None), ("Total", None, 20, None))
    book = read(with_rows(*rows))
    assert row_of(book, "A")[2].value == "<5"
    assert row_of(book, "Total")[2].value == 20


def test_every_cell_has_the_format_of_its_unit():
    columns = (*COLUMNS, Column("Día", "day"), Column("ECTS", "ECTS"), Column("Código", "code"))
    book = read(with_rows(("A", Decimal("1.5"), 7, Decimal("0.583"), date(2026, 1, 15), Decimal("1.5"), "00123"),
                          has_total=False, columns=columns))
    row = row_of(book, "A")
    assert [cell.value for cell in row] == ["A", 1.5, 7, 0.583, datetime(2026, 1, 15), 1.5, "00123"]
    assert [cell.number_format for cell in row[1:6]] == ["#,##0.00 €", "#,##0", "0.0%", "dd-mm-yyyy", "#,##0.##"]


def test_what_is_not_known_is_an_empty_cell_and_not_a_zero():
    row = row_of(read(with_rows(("A", None, None, None), has_total=False)), "A")
    assert [cell.value for cell in row[1:4]] == [None] * 3


def test_a_column_to_write_in_is_wide_and_coloured_where_nothing_is_written():
    columns = (Column("Cifra"), Column("Explicación", is_to_fill=True))
    book = read(with_rows(("Metas", ""), has_total=False, columns=columns))
    [empty] = [row[1] for sheet in book for row in sheet.iter_rows() if row[0].value == "Metas"]
    assert (empty.value, empty.fill.fgColor.rgb) == (None, "FFFFF7D6")
    assert empty.parent.column_dimensions["B"].width >= 40


def test_no_title_becomes_a_formula_or_a_link():
    book = read(with_rows(*((title, None, 1, None) for title in HOSTILE), has_total=False))
    found = {cell.value: cell for cell in cells(book)}
    assert all(title in found and found[title].data_type == "s" for title in HOSTILE)
    assert all(found[title].quotePrefix for title in HOSTILE if title[0] in "=+@")
    assert not [cell for cell in cells(book) if cell.hyperlink]


def test_no_hostile_text_of_any_block_becomes_a_formula():
    evil = "=cmd|' /C calc'!A0"
    chart = Chart("drawn", evil, evil, "bars", (evil,), ((evil, "#0072b2", (1.0,)),), (2.0, evil))
    figures = Figures("told", evil, ((evil, evil, evil, None, evil),))
    grid = Grid("rows", evil, Table((Column(evil), Column(evil)), [(evil, evil)]), (), False, evil, (evil,))
    pack = small_pack(sections=(Section(7, "only", evil, (chart, figures, grid)),), residuals=(evil,), previous=evil)
    formulas = [cell.value for cell in cells(read(pack)) if cell.data_type == "f"]
    assert all(formula.startswith(("=SUBTOTAL(109,", "=IF(ISBLANK(F_")) for formula in formulas)


def test_the_figures_of_the_form_are_in_named_cells():
    book = read(small_pack())
    names = {name: defined.attr_text for name, defined in book.defined_names.items()}
    assert set(names) >= {
        "F_targets_credentials_issued_eligible_value", "F_indicator_women_entries", "F_indicator_women_persons",
        "F_indicator_women_share",
    }
    sheet, cell = re.fullmatch(r"'(.+)'!(.+)", names["F_indicator_women_persons"]).groups()
    assert book[sheet][cell.replace("$", "")].value == 1150
    sheet, cell = re.fullmatch(r"'(.+)'!(.+)", names["F_targets_credentials_issued_eligible_value"]).groups()
    assert book[sheet][cell.replace("$", "")].value == 312


def test_the_form_shows_each_named_cell_by_a_formula_with_its_value():
    formulas, values = (read(small_pack(), shown)["Formulario"] for shown in (False, True))
    told = {row[0].value: (row[2].value, row[3].value) for row in formulas.iter_rows() if row[0].value}
    assert told["F_indicator_women_entries"] == (
        "Mujeres · Inicios", '=IF(ISBLANK(F_indicator_women_entries),"",F_indicator_women_entries)'
    )
    assert {row[0].value: row[3].value for row in values.iter_rows()}["F_indicator_women_entries"] == 1200


def test_charts_are_native_and_described():
    with zipfile.ZipFile(io.BytesIO(write_workbook(small_pack()))) as archive:
        charts = [name for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        drawings = "".join(archive.read(name).decode() for name in archive.namelist() if "drawings/drawing" in name)
    assert len(charts) == 3
    assert "Barras: 2.000 solicitudes y 1.300 matrículas." in drawings


def test_every_sheet_is_set_up_to_be_printed_with_its_state_and_kind():
    for sheet in read(small_pack()):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddHeader.right.text == "Restringido · Borrador · Muestra sintética"
        assert sheet.oddHeader.left.text == "Financiado por la Unión Europea – NextGenerationEU"
        assert "Página &P de &N" in sheet.oddFooter.right.text.replace("&[Page]", "&P").replace("&[Pages]", "&N")


def test_headings_stay_in_sight_on_the_screen_and_on_paper():
    sheet = read(small_pack())["5 Registro de ediciones"]
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$1:$4"
    assert next(iter(sheet.tables.values())).ref.startswith("A4:")


def test_a_sheet_name_fits_excel_and_differs_whatever_its_case():
    assert sheet_name("7 Cuadro: ¿ingresos/gastos?", []) == "7 Cuadro ¿ingresos gastos"
    assert sheet_name("4 Derecho a la reducción y su aplicación", []) == "4 Derecho a la reducción y su"
    assert sheet_name("x" * 40, ["X" * 31]) == "x" * 29 + " 2"


def test_a_pack_that_does_not_close_says_so_on_the_cover():
    assert "Faltan 2 filas" in [cell.value for cell in read(small_pack(residuals=("Faltan 2 filas",)))["Portada"]["A"]]
