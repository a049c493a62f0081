"""Workbooks: the right sheet is read, and every cell comes out as a person sees it, with nothing lost or made up."""

import base64
import datetime
import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from etl.cell_text import read_format, write_number
from etl.read import Table
from tests.etl.written_tables import (
    HEADERS,
    cells_of,
    edit_parts,
    problems_of,
    read_bytes,
    refusal_of,
    write_rows,
    write_sheet_xml,
    write_workbook,
)

SHEET = "xl/worksheets/sheet1.xml"


def read_workbook(folder: Path, content: bytes) -> Table:
    return read_bytes(folder, content, "export.xlsx")


def read_value(folder: Path, value: Any, number_format: str = "General") -> str:
    """The text of one value with a number format."""

    def fill(sheet: Any) -> None:
        sheet.append(HEADERS)
        sheet.append(["1", value, "x"])
        sheet["B2"].number_format = number_format

    return cells_of(read_workbook(folder, write_workbook(fill)))[0][1]


# Cells


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (25, "General", "25"),
        (25.0, "General", "25"),
        (25.5, "0.00", "25.5"),
        (-1250.5, "#,##0.00 €", "-1250.5"),
        (1250.4999999999998, "General", "1250.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.8900000001, "General", "1234567.89"),
        (0, "General", "0"),
        (0.0000001, "General", "0.0000001"),
        (0.7, "0%", "70%"),
        (0.0725, "0.00%", "7.25%"),
        (613, "0000", "0613"),
        (613, "0", "613"),
        (True, "General", "TRUE"),
        (False, "General", "FALSE"),
        (datetime.date(2025, 10, 13), "dd/mm/yyyy", "2025-10-13"),
        (datetime.datetime(2025, 10, 13, 9, 30), "dd/mm/yyyy hh:mm", "2025-10-13T09:30:00"),
        (datetime.datetime(2025, 10, 13), "yyyy-mm-dd hh:mm", "2025-10-13"),
        (datetime.time(9, 30), "hh:mm", "09:30:00"),
        (datetime.timedelta(hours=50), "[h]:mm:ss", "50:00:00"),
        (60, "dd/mm/yyyy", "1900-02-29"),
        (59, "dd/mm/yyyy", "1900-02-28"),
        (61, "dd/mm/yyyy", "1900-03-01"),
        (0, "dd/mm/yyyy", "1900-01-00"),
        (-5, "dd/mm/yyyy", "-5"),
        (2_958_466, "dd/mm/yyyy", "2958466"),
        (25, '0 "días"', "25"),
        ("0613", "@", "0613"),
        ("  Título\u00a0", "General", "Título"),
        ("a\nb", "General", "a\nb"),
        ("IntroducciÃ³n", "General", "Introducción"),
    ],
)
def test_a_value_is_written_as_a_person_sees_it(tmp_path: Path, value: Any, number_format: str, text: str) -> None:
    assert read_value(tmp_path, value, number_format) == text


@pytest.mark.parametrize(
    ("format_id", "code", "shown_as"),
    [
        (0, "", None),
        (14, "", "date"),
        (9, "", "percent"),
        (46, "", "duration"),
        (164, '"Semestre" 0', None),
        (164, "[Red]0.00", None),
        (164, "[$-C0A]d\\ mmmm\\ yyyy", "date"),
        (164, '#,##0.00\\ "€";[Red]\\-#,##0.00', None),
        (164, "[hh]:mm", "duration"),
        (164, "General", None),
        (164, "00000", "00000"),
    ],
)
def test_a_number_format_says_what_a_number_is(format_id: int, code: str, shown_as: str | None) -> None:
    assert read_format(format_id, code) == shown_as


@pytest.mark.parametrize(
    ("sent", "shown_as", "text"),
    [
        ("1E+999999", None, "1E+999999"),
        ("1E-999999", None, "1E-999999"),
        ("NaN", None, "NaN"),
        ("abc", None, "abc"),
        ("1e3", None, "1000"),
        ("-0.25", "duration", "-06:00:00"),
        ("45943.999999999", "date", "2025-10-14"),
    ],
)
def test_an_odd_number_stays_short_and_true(sent: str, shown_as: str | None, text: str) -> None:
    assert write_number(sent, shown_as, False) == text


def test_the_1904_date_system_gives_the_same_dates(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"date_1904": True, "in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(1, 0, ["1", "a"])
        sheet.write_datetime(1, 2, datetime.datetime(2025, 10, 13), day)
    assert cells_of(read_workbook(tmp_path, buffer.getvalue())) == [["1", "a", "2025-10-13"]]


@pytest.mark.parametrize(("serial", "text"), [("0", "1904-01-01"), ("2958465", "2958465")])
def test_the_edges_of_the_1904_date_system(serial: str, text: str) -> None:
    assert write_number(serial, "date", True) == text


def test_a_text_date_and_a_serial_date_may_share_a_column(tmp_path: Path) -> None:
    content = write_rows(HEADERS, ["1", "a", datetime.date(2025, 10, 13)], ["2", "b", "13/10/2025"])
    assert [row.cells[2] for row in read_workbook(tmp_path, content).rows()] == ["2025-10-13", "13/10/2025"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c t="inlineStr"><is><r><t>Dise</t></r><r><t>ño</t></r><rPh><t>x</t></rPh></is></c>', "Diseño"),
        ('<c t="str"><f>A1</f><v>ab</v></c>', "ab"),
        ('<c t="str"><f>A1</f><v></v></c>', ""),
        ("<c><f>1+1</f><v>2</v></c>", "2"),
        ("<c><f>1-1</f><v>0</v></c>", "0"),
        ('<c t="d"><v>2025-10-13T00:00:00.000</v></c>', "2025-10-13"),
        ('<c t="inlineStr"><is><t>a_x000D_\nb_x005F_</t></is></c>', "a\nb_"),
        ('<c s="999"><v>5</v></c>', "5"),
        ("<c><v>123456789012345678</v></c>", "123456789012345678"),
        ("<c/>", ""),
    ],
)
def test_every_kind_of_cell_is_read(tmp_path: Path, cell: str, text: str) -> None:
    content = write_sheet_xml(f'<row><c t="inlineStr"><is><t>1</t></is></c>{cell}<c><v>25</v></c></row>')
    content = edit_parts(content, {"xl/workbook.xml": lambda part: part.replace(b' fullCalcOnLoad="1"', b"")})
    assert cells_of(read_workbook(tmp_path, content)) == [["1", text, "25"]]


def test_elements_may_carry_a_prefix(tmp_path: Path) -> None:
    def prefix(part: bytes) -> bytes:
        return part.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")

    content = edit_parts(write_sheet_xml('<row r="5"><c r="B5"><v>2</v></c></row>'), {SHEET: prefix})
    table = read_workbook(tmp_path, content)
    assert [(row.line, row.cells) for row in table.rows()] == [(5, ["", "2", ""])]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2" t="e"><v>#REF!</v></c>',
        '<c r="B2" t="e"><f>NA()</f><v>#N/A</v></c>',
        '<c r="B2"><f>SUM(A1:A9)</f></c>',
        '<c r="B2"><f>SUM(A1:A9)</f><v></v></c>',
        '<c r="B2" t="str"><f>A1</f></c>',
        '<c r="B2" t="inlineStr"><is><t>#¡VALOR!</t></is></c>',
    ],
)
def test_an_error_and_a_formula_nobody_calculated_are_no_value(tmp_path: Path, cell: str) -> None:
    row = next(read_workbook(tmp_path, write_sheet_xml(f'<row r="2">{cell}<c r="C2"><v>7</v></c></row>')).rows())
    assert (row.problem, row.found, row.cells[2]) == ("cell_has_no_value", "column 2", "7")


def test_a_row_with_nothing_but_an_error_is_not_blank(tmp_path: Path) -> None:
    content = write_sheet_xml('<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>')
    assert problems_of(read_workbook(tmp_path, content)) == {2: "cell_has_no_value"}


def test_a_formula_left_at_0_by_a_program_that_cannot_calculate_is_no_value(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(1, 0, ["1", "a"])
        sheet.write_formula(1, 2, "=20+5")
    assert problems_of(read_workbook(tmp_path, buffer.getvalue())) == {2: "cell_has_no_value"}


def test_text_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    content = write_sheet_xml('<row><c t="inlineStr"><is><t>=1+1</t></is></c></row>')
    assert cells_of(read_workbook(tmp_path, content)) == [["=1+1", "", ""]]


# Rows


def test_blank_rows_between_others_are_counted_and_lines_are_those_of_the_sheet(tmp_path: Path) -> None:
    table = read_workbook(tmp_path, write_rows(["Listado"], [], HEADERS, [], ["1", "a", 25], [], [], ["2", "b", 25]))
    assert [(row.line, row.cells[0]) for row in table.rows()] == [(5, "1"), (8, "2")]
    assert (table.header_line, table.blank_rows, table.notes) == (3, 3, ["rows_above_the_header"])


def test_a_table_that_does_not_begin_in_the_corner_is_read(tmp_path: Path) -> None:
    table = read_workbook(tmp_path, write_rows([], [None, *HEADERS], [None, "1", "a", 25]))
    assert (table.headers, cells_of(table)) == (["", *HEADERS], [["", "1", "a", "25"]])


def test_hidden_rows_and_columns_are_data(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for row in (HEADERS, ["1", "a", 25], ["2", "b", 25]):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.auto_filter.ref = "A1:C3"

    assert cells_of(read_workbook(tmp_path, write_workbook(fill))) == [["1", "a", "25"], ["2", "b", "25"]]


def test_totals_and_footers_of_a_sheet_are_told_from_rows(tmp_path: Path) -> None:
    content = write_rows(
        HEADERS, ["1", "a", 25], ["TOTAL", None, 25], [None, None, 25], [], ["Fecha de extracción: hoy"]
    )
    table = read_workbook(tmp_path, content)
    assert problems_of(table) == {2: None, 3: "row_is_a_total", 4: "row_is_a_total"}
    assert (table.footer_rows, table.blank_rows) == (1, 1)


def test_remarks_beside_the_table_are_left_out_and_noted(tmp_path: Path) -> None:
    table = read_workbook(tmp_path, write_rows(HEADERS, ["1", "a", 25, None, "ojo"]))
    assert (cells_of(table), table.notes) == ([["1", "a", "25"]], ["cells_beyond_the_headers"])


def test_an_error_beside_the_table_is_not_the_rows(tmp_path: Path) -> None:
    content = write_sheet_xml('<row r="2"><c r="A2"><v>1</v></c><c r="F2" t="e"><v>#N/A</v></c></row>')
    assert cells_of(read_workbook(tmp_path, content)) == [["1", "", ""]]


def test_a_cell_merged_over_rows_is_not_guessed_for_the_rows_below(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for row in (
            HEADERS,
            ["1", "a", 25],
            ["2", None, 30],
            ["3", "c", 30],
            ["4", "d", None],
            ["5", "e", 25, "x"],
            ["6", "f", 5],
        ):
            sheet.append(row)
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("B5:C5")
        sheet.merge_cells("D6:D7")

    problems = problems_of(read_workbook(tmp_path, write_workbook(fill)))
    assert problems == {2: None, 3: "cell_is_merged", 4: None, 5: "cell_is_merged", 6: None, 7: None}


def test_overlapping_merges_are_joined(tmp_path: Path) -> None:
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in ("A2:A4", "B3:B5", "A8:A9"))
    rows = "".join(f'<row r="{line}"><c r="C{line}" t="str"><v>x</v></c></row>' for line in range(2, 10))
    content = edit_parts(
        write_sheet_xml(rows),
        {SHEET: lambda part: part.replace(b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode())},
    )
    problems = problems_of(read_workbook(tmp_path, content))
    assert [line for line, problem in problems.items() if problem == "cell_is_merged"] == [3, 4, 5, 9]


def test_a_merged_header_of_two_lines_is_joined(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for row in (["ID_CURSO", "Fecha", None, "HORAS"], [None, "Inicio", "Fin", None], ["1", "13/10/2025", "x", 25]):
            sheet.append(row)
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:C1")

    table = read_workbook(tmp_path, write_workbook(fill))
    assert table.headers == ["ID_CURSO", "Fecha Inicio", "Fecha Fin", "HORAS"]
    assert cells_of(table) == [["1", "13/10/2025", "x", "25"]]


# Sheets


def fill_table(sheet: Any) -> None:
    sheet.append(HEADERS)
    sheet.append(["1", "a", 25])


def fill_query(sheet: Any) -> None:
    sheet.append(["select * from curso"])


def hide_table(sheet: Any) -> None:
    fill_table(sheet)
    sheet.sheet_state = "hidden"


def fill_summary(sheet: Any) -> None:
    sheet.append(["HORAS"])
    sheet.append([25])


@pytest.mark.parametrize("other", [fill_query, hide_table, fill_summary])
def test_the_visible_sheet_with_the_known_header_is_read(tmp_path: Path, other: Any) -> None:
    for content in (
        write_workbook(fill_table, Consulta=other),
        write_workbook(fill_query, Consulta=hide_table, Zona=fill_table),
    ):
        table = read_workbook(tmp_path, content)
        assert table.sheet_name in ("Datos", "Zona")
        assert (cells_of(table), table.notes) == ([["1", "a", "25"]], ["sheet_chosen_among_several"])


def test_two_sheets_with_a_table_are_refused_by_name(tmp_path: Path) -> None:
    content = write_workbook(fill_table, Enero=fill_table)
    assert refusal_of(tmp_path, content, "export.xlsx") == (
        "several_sheets_have_a_table",
        {"sheets": "Datos, Enero"},
    )


def test_a_workbook_whose_only_table_is_hidden_has_none(tmp_path: Path) -> None:
    content = write_workbook(fill_query, Datos2=hide_table)
    assert refusal_of(tmp_path, content, "export.xlsx") == ("header_not_found", {"rows": 30, "best": 0})


def test_a_sheet_with_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, write_rows(HEADERS), "export.xlsx") == ("file_has_no_rows", {"header_line": 1})


def test_chart_sheets_are_passed_over(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    fill_table(workbook.active)
    workbook.create_chartsheet("Gráfico")
    buffer = io.BytesIO()
    workbook.save(buffer)
    assert cells_of(read_workbook(tmp_path, buffer.getvalue())) == [["1", "a", "25"]]


def test_a_workbook_with_macros_is_read_and_they_are_not_run(tmp_path: Path) -> None:
    content = edit_parts(write_rows(HEADERS, ["1", "a", 25]), {"xl/vbaProject.bin": lambda _: b"\xd0\xcf\x11\xe0"})
    assert cells_of(read_bytes(tmp_path, content, "export.xlsm")) == [["1", "a", "25"]]


# Other kinds of workbook

# A workbook of xlwt: a hidden sheet "Query", then "Datos" with a title, the header in row 2 and one row.
XLS = (
    "eNrtWE1IVFEU/u6bN84P/szYGGggIqRlgkSbNjpNjj8DzYyOST8E06izEAcnxnFhi7LMZRC0KtoIFrSx2vRDBbVrURi1CIxCaxkt"
    "goIW6uvc896zGStyIAeM9z3uufeee867595z7s97L+e9izN3apawDm2wYVVzoSSHJyi5zIoH1K5psmjmTkqahS0Fl5McWWLHw7Ln"
    "DulD6e8lKLitPiUKfKB0AqcQSY8m64qIg2xDQkgbWoVKsafgGqVyVLNdlUwHmW5jeotlHzE9wJyLTFtJdlEcx7w/0rTfiOOjSj23"
    "lRMVuMc6C8zZiyo8k3F89pLQZe0IZIYTqS3WUKuWYhbk0q7kaDIj6xW4DjcQDLaEwy3HCIvwkbtn8U2rA76a6/pJncUvLl+A+N/z"
    "+Y4/8J3kxPX8y4oKTEI7KWQwT6MMPaoeCb3jycyEZNywS1E7golsemwZ/TIwONFyH0umkoNZ2rtDwXh7f6wvWkpB0hGJhkORQHso"
    "GiHV7mgs0Efszo727kA8FAkRn7QPDY9lE0Npesfhz9nxVNotzwfeTzx5+0kZr7JSokOo4LKX15qHhrN888ur8ECPP86cST5D9JNm"
    "pxwWNJyTGqRcvtai0ybW2MP0PL91B5drmPpotJQ39FQZhc4plrnArQ3Uzz7Ga39jTnkXlac/9d6vnf7o303lua6l0765N/4Z1NPJ"
    "N0T68plCs2gWV69IPPCbuTD2pHdMq3/Zn5yKx7BdM47TCqzIFUnw6meuUom7UpT2r58oxqzamKpbdFYF254/q4JnVVK9Zs6OXlOo"
    "Zlur2aim/tVDdkNCWdfbGcXNPC/aUiUsr/tC+ugxWy97e9soz6z3LxTqjf2M3/nZggULFixYsGBh8yFvSIpxA1T5G0G/XTqM/zor"
    "lFat3yT/LWJI05OlT8oOjFKewURB8bMddmG+S2xQx/xfKHGEes9gBANsx0jB8Uv3a5E7ng0rev7dEiq0/9VC7Nzk/n8AJpISeA=="
)


def write_ods(rows: str) -> bytes:
    buffer = io.BytesIO()
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
        f'xmlns:text="{names}text:1.0"><office:body><office:spreadsheet><table:table table:name="Datos">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{names}manifest:1.0"/>')
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def ods_row(*texts: str) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


def xlsb_record(kind: int, data: bytes = b"") -> bytes:
    """A record of fewer than 128 bytes."""
    return (bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])) + bytes([len(data)]) + data


def xlsb_text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def write_xlsb(rows: list[list[str | float]]) -> bytes:
    sheet = xlsb_record(129) + xlsb_record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, 2)) + xlsb_record(145)
    for line, row in enumerate(rows):
        sheet += xlsb_record(0, struct.pack("<IIHBBBI", line, 0, 300, 0, 0, 0, 0))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            is_text = isinstance(value, str)
            sheet += xlsb_record(
                6 if is_text else 5, place + (xlsb_text(value) if is_text else struct.pack("<d", value))
            )
    bundle = struct.pack("<II", 0, 1) + xlsb_text("rId1") + xlsb_text("Datos")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.bin",
            xlsb_record(131) + xlsb_record(143) + xlsb_record(156, bundle) + xlsb_record(144) + xlsb_record(132),
        )
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships><Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet + xlsb_record(146) + xlsb_record(130))
    return buffer.getvalue()


def test_an_xls_workbook_is_read(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, zlib.decompress(base64.b64decode(XLS)), "export.xls")
    assert (table.sheet_name, table.header_line) == ("Datos", 2)
    assert cells_of(table) == [["105231", "Título", "25.5", "2025-10-13"]]
    assert table.notes == ["rows_above_the_header", "sheet_chosen_among_several", "cell_formats_are_not_seen"]


def test_an_ods_workbook_is_read(tmp_path: Path) -> None:
    typed = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="105231"/><table:table-cell '
        'office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="date" '
        'office:date-value="2025-10-13"/></table:table-row>'
    )
    times = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="2.5"/><table:table-cell '
        'office:value-type="time" office:time-value="PT09H30M00S"/></table:table-row>'
    )
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    table = read_bytes(tmp_path, write_ods(ods_row(*HEADERS) + typed + times + blank), "export.ods")
    assert cells_of(table) == [["105231", "TRUE", "2025-10-13"], ["2.5", "09:30:00", ""]]


def test_an_xlsb_workbook_is_read(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, write_xlsb([list(HEADERS), ["1", "Diseño", 25.5]]), "export.xlsb")
    assert (cells_of(table), table.notes) == ([["1", "Diseño", "25.5"]], ["cell_formats_are_not_seen"])


def test_remarks_beside_the_table_of_any_workbook_are_noted(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, write_ods(ods_row(*HEADERS) + ods_row("1", "a", "25", "ojo")), "export.ods")
    assert cells_of(table) == [["1", "a", "25"]]
    assert table.notes == ["cell_formats_are_not_seen", "cells_beyond_the_headers"]
