"""Delimited text: every row comes out as it was sent, or with its problem, or the file is refused."""

import inspect
import random
import re
import time
from pathlib import Path

import pytest

import etl
from etl.read import NOTES, REFUSALS, ROW_PROBLEMS, FileRefused, read_table
from tests.etl.written_tables import (
    HEADER,
    HEADERS,
    cells_of,
    knows_header,
    problems_of,
    read_bytes,
    read_text,
    refusal_of,
)

ROW = ["105231", "Introducción a la programación", "25"]
TABLE = HEADER + "105231;Introducción a la programación;25\n"


# What stands in the file


def test_a_table_says_where_it_comes_from(tmp_path: Path) -> None:
    table = read_text(tmp_path, "Listado;;\n" + TABLE)
    assert (table.file_name, table.header_line, table.headers) == ("export.csv", 2, HEADERS)
    assert (table.sheet_name, table.delimiter, table.encoding) == (None, ";", "utf-8")
    assert (table.size_bytes, len(table.sha256)) == (len(("Listado;;\n" + TABLE).encode()), 64)
    assert [(row.line, row.cells) for row in table.rows()] == [(3, ROW)]


def test_rows_can_be_read_twice(tmp_path: Path) -> None:
    table = read_text(tmp_path, TABLE + ";;\n* Datos provisionales\n")
    assert list(table.rows()) == list(table.rows())
    assert (table.blank_rows, table.footer_rows) == (1, 1)
    assert table.notes == ["footer_under_the_table"]


# Encoding


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "iso-8859-15"])
def test_every_usual_encoding_gives_the_same_rows(tmp_path: Path, encoding: str) -> None:
    assert cells_of(read_text(tmp_path, TABLE, encoding)) == [ROW]


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf16_is_read_in_both_byte_orders(tmp_path: Path, mark: bytes, encoding: str) -> None:
    assert cells_of(read_bytes(tmp_path, mark + TABLE.encode(encoding))) == [ROW]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_nul_bytes(tmp_path: Path, encoding: str) -> None:
    assert cells_of(read_text(tmp_path, TABLE, encoding)) == [ROW]


def test_a_euro_of_iso_8859_15_is_no_currency_sign(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, HEADER.encode() + b"1;Dise\xf1o;70 \xa4\n")
    assert cells_of(table) == [["1", "Diseño", "70 €"]]


def test_a_euro_of_cp1252_is_a_euro(tmp_path: Path) -> None:
    assert cells_of(read_bytes(tmp_path, HEADER.encode() + b"1;Dise\xf1o;70 \x80\n")) == [["1", "Diseño", "70 €"]]


def test_the_encoding_of_a_console_is_known_by_its_letters_and_noted(tmp_path: Path) -> None:
    table = read_text(tmp_path, HEADER + "1;Diseño y producción de vídeo;25\n", "cp850")
    assert cells_of(table) == [["1", "Diseño y producción de vídeo", "25"]]
    assert table.notes == ["encoding_is_unusual"]


def test_the_encoding_is_decided_from_the_whole_file(tmp_path: Path) -> None:
    plain = "".join(f"{number};Curso;25\n" for number in range(1, 100_001))
    table = read_bytes(tmp_path, (HEADER + plain).encode() + b"100001;Dise\xf1o;25\n")
    assert table.encoding == "cp1252"
    assert list(table.rows())[-1].cells == ["100001", "Diseño", "25"]


def test_a_damaged_character_costs_its_row_only(tmp_path: Path) -> None:
    content = (HEADER + "1;Diseño;25\n2;Acción;25\n").encode() + b"3;Dise\xf1o;25\n" + "4;Visión;25\n".encode()
    table = read_bytes(tmp_path, content)
    assert problems_of(table) == {2: None, 3: None, 4: "row_has_broken_characters", 5: None}
    assert [row.cells[1] for row in table.rows()] == ["Diseño", "Acción", "Dise\ufffdo", "Visión"]


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("IntroducciÃ³n", "Introducción"),
        ("CatalÃ\xa0", "Català"),
        ("Ã\x81rea", "Área"),
        ("70 â‚¬", "70 €"),
        ("SÃO PAULO", "SÃO PAULO"),
        ("Ã³ y ñ", "Ã³ y ñ"),
    ],
)
def test_text_encoded_twice_is_repaired_only_when_it_can_be_undone(tmp_path: Path, sent: str, meant: str) -> None:
    table = read_text(tmp_path, f"{HEADER}1;{sent};25\n")
    assert cells_of(table) == [["1", meant, "25"]]
    assert table.notes == (["text_was_encoded_twice"] if sent != meant else [])


@pytest.mark.parametrize("lost", ["T?TULO", "T\ufffdTULO"])
def test_a_lost_letter_is_noted_and_kept(tmp_path: Path, lost: str) -> None:
    table = read_text(tmp_path, f"{HEADER}1;{lost};25\n")
    assert (cells_of(table), table.notes) == ([["1", lost, "25"]], ["text_lost_to_encoding"])


@pytest.mark.parametrize("whole", ["¿Qué es?", "http://upv.es/curso?id=1", "Python? Sí"])
def test_a_question_mark_is_no_lost_letter(tmp_path: Path, whole: str) -> None:
    table = read_text(tmp_path, f"{HEADER}1;{whole};25\n")
    assert (cells_of(table), table.notes) == ([["1", whole, "25"]], [])


def test_accents_of_a_mac_equal_those_of_a_keyboard(tmp_path: Path) -> None:
    table = read_text(tmp_path, "ID_CURSO;DENOMINACIO\u0301N;HORAS\n1;Disen\u0303o;25\n")
    assert table.headers[1] == "DENOMINACIÓN"
    assert cells_of(table) == [["1", "Diseño", "25"]]


def test_invisible_marks_and_blanks_of_every_kind_are_trimmed(tmp_path: Path) -> None:
    table = read_text(
        tmp_path, " \ufeffID_\u00adCURSO\u00a0; DENOMINACION\t;HORAS\u200b\n\u00a0105\u200b231 ;\u2003 A  B;\t25\n"
    )
    assert table.headers == HEADERS
    assert cells_of(table) == [["105231", "A  B", "25"]]


def test_emoji_keep_their_joiners(tmp_path: Path) -> None:
    assert cells_of(read_text(tmp_path, f"{HEADER}1;👩\u200d🔬;25\n")) == [["1", "👩\u200d🔬", "25"]]


# NUL bytes and files cut short


def test_nul_bytes_in_a_cell_cost_its_row(tmp_path: Path) -> None:
    assert problems_of(read_bytes(tmp_path, HEADER.encode() + b"1;a\0b;25\n2;c;25\n")) == {
        2: "row_has_nul_bytes",
        3: None,
    }


@pytest.mark.parametrize("padding", [b"\0" * 4096, b"\0", b"\0\0\0\r\n"])
def test_nul_padding_at_the_end_is_an_incomplete_file(tmp_path: Path, padding: bytes) -> None:
    assert refusal_of(tmp_path, TABLE.encode() + padding) == ("file_is_incomplete", {})


def test_nothing_but_nul_bytes_is_an_incomplete_file(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, b"\0" * 100_000)[0] == "file_is_incomplete"


@pytest.mark.parametrize("end", [b"\0\0\0\0", b"a"])
def test_utf16_with_nul_padding_or_half_a_character_is_incomplete(tmp_path: Path, end: bytes) -> None:
    assert refusal_of(tmp_path, TABLE.encode("utf-16") + end)[0] == "file_is_incomplete"


# Empty files


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\n\r\n \n", b"\x1a"])
def test_a_file_with_nothing_in_it_is_empty(tmp_path: Path, content: bytes) -> None:
    assert refusal_of(tmp_path, content) == ("file_is_empty", {})


@pytest.mark.parametrize("below", ["", "\n\n", ";;\n", "* Datos provisionales\n"])
def test_a_header_without_rows_is_refused(tmp_path: Path, below: str) -> None:
    assert refusal_of(tmp_path, (HEADER + below).encode()) == ("file_has_no_rows", {"header_line": 1})


def test_a_missing_file_is_refused_like_any_other(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        read_table(tmp_path / "nowhere.csv", knows_header)
    assert (caught.value.file_name, caught.value.rule) == ("nowhere.csv", "file_cannot_be_opened")


# Files of another kind


@pytest.mark.parametrize(
    ("content", "rule", "detected"),
    [
        (b"%PDF-1.7\n1 0 obj", "file_is_a_pdf", "PDF"),
        (b"\n\n%PDF-1.4\n", "file_is_a_pdf", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "file_is_an_image", "PNG"),
        (b"\xff\xd8\xff\xe0", "file_is_an_image", "JPEG"),
        (b"<!DOCTYPE html><html><form>Login</form>", "file_is_a_web_page", "HTML"),
        (b"\xef\xbb\xbf  <table><tr><td>ID_CURSO</td></tr></table>", "file_is_a_web_page", "HTML"),
        ("\ufeff<html>".encode("utf-16-le"), "file_is_a_web_page", "HTML"),
        (b"<?xml version='1.0'?><Workbook/>", "file_is_not_a_table_we_read", "XML"),
        (b'[{"ID_CURSO": 1}]', "file_is_not_a_table_we_read", "JSON"),
        (b"\x1f\x8b\x08\0", "file_is_an_archive", "gzip"),
        (b"{\\rtf1 ID_CURSO;HORAS}", "file_is_a_text_document", "RTF"),
        (bytes(range(1, 32)) * 100, "file_is_not_a_table_we_read", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "file_is_a_text_document", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "file_is_not_a_table_we_read", "OLE"),
    ],
)
@pytest.mark.parametrize("name", ["export.csv", "export.xls"])
def test_a_file_of_another_kind_is_named(tmp_path: Path, content: bytes, rule: str, detected: str, name: str) -> None:
    assert refusal_of(tmp_path, content, name) == (rule, {"detected": detected})


@pytest.mark.parametrize("extension", [".xlsx", ".xls", ".ods"])
def test_text_named_as_a_spreadsheet_is_refused(tmp_path: Path, extension: str) -> None:
    details = {"detected": "CSV", "extension": extension}
    assert refusal_of(tmp_path, TABLE.encode(), "export" + extension) == ("file_name_does_not_match_content", details)


def test_a_file_without_line_ends_is_not_held_in_memory(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, b"x;" * 2_000_000) == ("line_is_endless", {"line": 1})


# Delimiters, quotes, line ends


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    table = read_text(tmp_path, (HEADER + '1;"a;b";25\n').replace(";", delimiter))
    assert (table.delimiter, cells_of(table)) == (delimiter, [["1", f"a{delimiter}b", "25"]])


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=;\r"])
def test_a_first_line_that_says_the_delimiter_is_heeded(tmp_path: Path, line: str) -> None:
    table = read_text(tmp_path, f"{line}\n{TABLE}")
    assert [(row.line, row.cells) for row in table.rows()] == [(3, ROW)]
    assert table.notes == []


def test_a_row_with_another_delimiter_is_that_rows_problem(tmp_path: Path) -> None:
    table = read_text(tmp_path, HEADER + "1;a;25\n2,b,25\n3;c;25\n")
    assert problems_of(table) == {2: None, 3: "row_has_another_delimiter", 4: None}


@pytest.mark.parametrize(
    ("row", "problem", "found"),
    [
        ("2;25", "row_has_too_few_cells", "2 cells, 3 expected"),
        ("2;b;x;25", "row_has_too_many_cells", "4 cells, 3 expected"),
        ("2;;b;", "row_has_too_many_cells", "4 cells, 3 expected"),
    ],
)
def test_a_row_of_another_length_is_never_shifted(tmp_path: Path, row: str, problem: str, found: str) -> None:
    table = read_text(tmp_path, f"{HEADER}1;a;25\n{row}\n3;c;25\n")
    first, second, third = table.rows()
    assert (second.line, second.problem, second.found) == (3, problem, found)
    assert second.cells == ["", "", ""]
    assert (first.cells, third.cells) == (["1", "a", "25"], ["3", "c", "25"])


@pytest.mark.parametrize(
    "broken", ['2;"abc;25', '2;abc;"25', '"2;abc;25', '2;"a"b;"25', '2;"a\nb;25', '2;"a;b";c";25;"']
)
def test_an_unclosed_quote_costs_its_row_and_no_other(tmp_path: Path, broken: str) -> None:
    table = read_text(tmp_path, f'{HEADER}1;a;25\n{broken}\n3;"c; d";25\n4;5" x;25\n5;"e";25\n')
    rows = [row for row in table.rows() if row.problem is None]
    assert [row.cells for row in rows] == [["1", "a", "25"], ["3", "c; d", "25"], ["4", '5" x', "25"], ["5", "e", "25"]]
    assert problems_of(table)[3] == "row_has_an_unclosed_quote"


def test_an_unclosed_quote_does_not_swallow_the_rows_up_to_the_one_that_could_close_it(tmp_path: Path) -> None:
    table = read_text(tmp_path, HEADER + '1;"a;25\n2;b;25\n3;c";25\n4;d;25\n')
    unclosed = "row_has_an_unclosed_quote"
    assert problems_of(table) == {2: unclosed, 3: None, 4: unclosed, 5: None}


def test_a_cell_that_may_be_the_end_of_one_row_and_the_begin_of_another_is_not_guessed(tmp_path: Path) -> None:
    table = read_text(tmp_path, HEADER + '1;";\n";";"\n2;b;25\n')
    assert [row.problem for row in table.rows()] == ["row_has_an_unclosed_quote"] * 2 + [None]


def test_a_short_row_with_a_long_cell_is_one_row_with_a_problem(tmp_path: Path) -> None:
    table = read_text(tmp_path, HEADER + '1;"a\nb\nc"\n2;x;x;"d\ne"\n3;c;25\n')
    assert problems_of(table) == {2: "row_has_too_few_cells", 5: "row_has_too_many_cells", 7: None}


def test_the_end_of_a_long_cell_is_never_taken_for_a_row(tmp_path: Path) -> None:
    table = read_text(tmp_path, HEADER + '1;"a\nb";x;25\n2;c;25\n')
    unclosed = "row_has_an_unclosed_quote"
    assert problems_of(table) == {2: unclosed, 3: unclosed, 4: None}


def test_an_unclosed_quote_among_quoted_rows_costs_its_row(tmp_path: Path) -> None:
    rows = '"1";"a";"25"\n"2";"b;"25"\n"3";"c";"25\n"4";"d";"25"\n'
    assert problems_of(read_text(tmp_path, HEADER + rows)) == {
        2: None, 3: "row_has_an_unclosed_quote", 4: "row_has_an_unclosed_quote", 5: None,
    }  # fmt: skip


def test_a_quote_that_never_closes_lets_the_rest_of_a_long_file_through(tmp_path: Path) -> None:
    rows = "".join(f"{number};x;25\n" for number in range(2, 3000))
    table = read_text(tmp_path, f'{HEADER}1;"a;25\n{rows}')
    assert sum(row.problem is None for row in table.rows()) == 2998


def test_many_unclosed_quotes_do_not_slow_the_reading(tmp_path: Path) -> None:
    started = time.monotonic()
    table = read_text(tmp_path, HEADER + "1;a;25\n" + '2;"";"\n' * 100_000)
    assert sum(row.problem is not None for row in table.rows()) == 100_000
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("text", ['5" pantalla', '"Word" avanzado', 'uso de "Word"', "l'art d'ensenyar"])
def test_stray_quotes_in_unquoted_text_are_text(tmp_path: Path, text: str) -> None:
    assert cells_of(read_text(tmp_path, f"{HEADER}1;{text};25\n2;b;25\n")) == [["1", text, "25"], ["2", "b", "25"]]


def test_a_quoted_cell_may_follow_a_blank(tmp_path: Path) -> None:
    assert cells_of(read_text(tmp_path, HEADER + '1; "a; ""b""";25\n')) == [["1", 'a; "b"', "25"]]


def test_newlines_inside_quotes_belong_to_the_cell(tmp_path: Path) -> None:
    table = read_text(tmp_path, HEADER + '1;"a\r\nb\n\nc";25\n2;d;25\n')
    assert [(row.line, row.cells[1], row.problem) for row in table.rows()] == [(2, "a\nb\n\nc", None), (6, "d", None)]


def test_line_ends_of_every_kind_may_be_mixed(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b"ID_CURSO;DENOMINACION;HORAS\r1;a;25\r\n2;b;25\n3;c;25\r4;d;25")
    assert [row.cells[0] for row in table.rows()] == ["1", "2", "3", "4"]


def test_blank_rows_and_rows_of_delimiters_are_counted(tmp_path: Path) -> None:
    table = read_text(tmp_path, HEADER + '\n1;a;25\n;;\n;;;;;;\n \n"";"";""\n\x1a\n2;b;25\n\n')
    assert cells_of(table) == [["1", "a", "25"], ["2", "b", "25"]]
    assert table.blank_rows == 7


@pytest.mark.parametrize("header", ["ID_CURSO;DENOMINACION;HORAS", "ID_CURSO;DENOMINACION;HORAS;"])
def test_a_delimiter_at_the_end_of_every_row_is_accepted(tmp_path: Path, header: str) -> None:
    table = read_text(tmp_path, f"{header}\n1;a;25;\n2;b;25;\n")
    assert (table.headers, cells_of(table)) == (HEADERS, [["1", "a", "25"], ["2", "b", "25"]])


def test_a_value_behind_the_delimiter_at_the_end_is_one_cell_too_many(tmp_path: Path) -> None:
    table = read_text(tmp_path, HEADER + "1;a;25;\n" * 150 + "2;b;25;x\n")
    assert list(table.rows())[-1].problem == "row_has_too_many_cells"


def test_a_delimiter_at_the_end_of_the_header_alone_is_accepted(tmp_path: Path) -> None:
    assert cells_of(read_text(tmp_path, "ID_CURSO;DENOMINACION;HORAS;\n1;a;25\n")) == [["1", "a", "25"]]


@pytest.mark.parametrize("error", ["#N/A", "#¡REF!", "#¡VALOR!", "#DIV/0!", "#n/d"])
def test_an_error_of_a_spreadsheet_is_no_value(tmp_path: Path, error: str) -> None:
    row = next(read_text(tmp_path, f"{HEADER}1;a;{error}\n").rows())
    assert (row.problem, row.found) == ("cell_has_no_value", "column 3")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1+1", "#1 en ventas", "%s {0}"])
def test_hostile_text_stays_text(tmp_path: Path, text: str) -> None:
    assert cells_of(read_text(tmp_path, f"{HEADER}1;{text};25\n")) == [["1", text, "25"]]


# The header


@pytest.mark.parametrize("above", [1, 15, 29])
def test_the_header_may_stand_under_title_rows(tmp_path: Path, above: int) -> None:
    table = read_text(tmp_path, "Microcredenciales;;\n" * above + TABLE)
    assert (table.header_line, cells_of(table), table.notes) == (above + 1, [ROW], ["rows_above_the_header"])


@pytest.mark.parametrize("content", ["Microcredenciales;;\n" * 30 + TABLE, "a;b;c\n1;2;3\n", "ID_CURSO\n1\n"])
def test_a_table_without_known_header_is_refused(tmp_path: Path, content: str) -> None:
    rule, details = refusal_of(tmp_path, content.encode())
    assert (rule, details["rows"]) == ("header_not_found", 30)


def test_a_line_break_inside_a_header_is_kept_for_the_layout(tmp_path: Path) -> None:
    table = read_text(tmp_path, 'ID_CURSO;"Fecha\nInicio";HORAS;\n1;13/10/2025;25\n')
    assert table.headers == ["ID_CURSO", "Fecha\nInicio", "HORAS"]
    assert [(row.line, row.cells[0]) for row in table.rows()] == [(3, "1")]


def test_a_header_of_two_lines_is_joined(tmp_path: Path) -> None:
    table = read_text(tmp_path, "ID_CURSO;Fecha;;HORAS\n;Inicio;Fin;\n1;13/10/2025;20/10/2025;25\n")
    assert table.headers == ["ID_CURSO", "Fecha Inicio", "Fecha Fin", "HORAS"]
    assert (table.header_line, table.notes) == (1, ["header_takes_two_lines"])
    assert cells_of(table) == [["1", "13/10/2025", "20/10/2025", "25"]]


def test_a_group_title_over_a_header_changes_nothing(tmp_path: Path) -> None:
    table = read_text(tmp_path, "Curso;;Duración\nID_CURSO;DENOMINACION;HORAS\n1;a;25\n")
    assert (table.headers, table.header_line) == (HEADERS, 2)


def test_a_repeated_header_is_passed_over(tmp_path: Path) -> None:
    table = read_text(tmp_path, f"{HEADER}1;a;25\nid_curso;Denominacion;HORAS\n2;b;25\n")
    assert cells_of(table) == [["1", "a", "25"], ["2", "b", "25"]]
    assert (table.blank_rows, table.notes) == (1, ["header_is_repeated"])


@pytest.mark.parametrize("second", ["ID_CURSO;PRECIO;ESTADO\n1;70;x\n", "ID_CURSO;SEXO\n1;M\n"])
def test_two_tables_in_one_file_are_refused(tmp_path: Path, second: str) -> None:
    rule, details = refusal_of(tmp_path, f"{HEADER}1;a;25\n\n{second}".encode())
    assert (rule, details) == ("file_has_several_tables", {"first_line": 1, "second_line": 4})


# Totals and footers


@pytest.mark.parametrize(
    "total",
    ["TOTAL;;25", "Total:;;25", "Suma;;25", "SUBTOTAL;;25", "Total general;;25", ";TOTAL;25", "Total 105231;;25",
     "105231 Total;;25", ";;25", ";;1.250,50 €", "TOTAL;25"],
)  # fmt: skip
def test_a_total_is_a_problem_of_its_row(tmp_path: Path, total: str) -> None:
    assert problems_of(read_text(tmp_path, f"{HEADER}1;a;25\n{total}\n")) == {2: None, 3: "row_is_a_total"}


@pytest.mark.parametrize("row", ["Total Quality;x;25", "1;Suma;25", ";x;25", "Sumatra;;25"])
def test_a_row_that_only_sounds_like_a_total_is_a_row(tmp_path: Path, row: str) -> None:
    assert problems_of(read_text(tmp_path, f"{HEADER}{row}\n1;a;25\n")) == {2: None, 3: None}


def test_a_long_run_of_digits_is_judged_at_once(tmp_path: Path) -> None:
    started = time.monotonic()
    table = read_text(tmp_path, f"{HEADER}{'1' * 100_000}x y;;\n1;a;25\n")
    assert problems_of(table) == {2: None, 3: None}
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "footer",
    [
        "Fecha de extracción: 13/10/2025",
        "* Datos provisionales;;",
        "Fecha de extracción:;13/10/2025;",
        "(1) Sin IVA\n\nFuente: CFP",
    ],
)
def test_footers_are_counted_and_noted(tmp_path: Path, footer: str) -> None:
    table = read_text(tmp_path, f"{HEADER}1;a;25\n\n{footer}\n")
    assert cells_of(table) == [["1", "a", "25"]]
    assert table.footer_rows == len([line for line in footer.split("\n") if line])
    assert table.notes == ["footer_under_the_table"]


@pytest.mark.parametrize("last", ["Empresa Uno;105231;", "M-2025-00", "105231;a"])
def test_a_last_row_that_may_be_data_is_no_footer(tmp_path: Path, last: str) -> None:
    table = read_text(tmp_path, f"{HEADER}1;a;25\n{last}\n")
    assert len(list(table.rows())) == 2
    assert table.footer_rows == 0


def test_a_note_with_rows_under_it_is_a_row_with_its_problem(tmp_path: Path) -> None:
    table = read_text(tmp_path, HEADER + "1;a;25\nRevisar esto\n2;b;25\n")
    assert problems_of(table) == {2: None, 3: "row_has_too_few_cells", 4: None}


def test_a_long_tail_of_notes_is_yielded_row_by_row(tmp_path: Path) -> None:
    table = read_text(tmp_path, HEADER + "1;a;25\n" + "Revisar esto\n" * 100)
    assert len(list(table.rows())) + table.footer_rows == 101
    assert table.footer_rows == 30


def test_every_record_is_yielded_or_counted(tmp_path: Path) -> None:
    lines = [
        "1;a;25",
        ";;",
        "2;b",
        "TOTAL;;50",
        "x,y,z",
        "* nota",
        "",
        '3;"c;1',
        "ID_CURSO;DENOMINACION;HORAS",
        "4;d;5",
    ]
    chance = random.Random(1)
    for _ in range(50):
        chosen = [chance.choice(lines) for _ in range(30)]
        table = read_text(tmp_path, HEADER + "0;a;1\n" + "\n".join(chosen) + "\n")
        assert len(list(table.rows())) + table.blank_rows + table.footer_rows == 31


# The lists of rules


def test_every_rule_the_reader_can_give_is_listed() -> None:
    sources = [path.read_text() for path in Path(inspect.getfile(etl)).parent.glob("*.py") if path.stem in _MODULES]
    kinds = "file|row|cell|cells|header|several|text|encoding|rows|footer|sheet|line"
    given = set(re.findall(rf'"((?:{kinds})_[a-z0-9_]+)"', " ".join(sources)))
    assert given >= {"file_is_empty", "row_is_a_total"}
    assert given - {"file_name", "header_line"} == set(REFUSALS) | set(ROW_PROBLEMS) | set(NOTES)


_MODULES = (
    *(
        "read",
        "delimited",
        "encoding",
        "text_file",
        "file_type",
        "header",
        "row_kinds",
        "table",
        "tidy_text",
        "archive",
    ),
    *(
        "guarded_xml",
        "cell_text",
        "sheet_xml",
        "shared_texts",
        "merged_cells",
        "xlsx",
        "spreadsheet",
        "other_workbooks",
    ),
    "workbook_process",
)
