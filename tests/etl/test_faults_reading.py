"""Faults of bytes, tables and columns, each carried from the file to the published tables."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import pytest
import xlsxwriter

from etl.folder import LoadRefused
from tests.etl.small_delivery import ENROLMENT, SmallLoad, complete, load_folder, load_rows, write_delivery


def load_text(tmp_path: Path, file_name: str, text: str, encoding: str = "utf-8") -> SmallLoad:
    """The usual catalogue and a file with this text."""
    write_delivery(tmp_path / "exports")
    (tmp_path / "exports" / file_name).write_text(text, encoding=encoding, newline="")
    return load_folder(tmp_path / "exports", tmp_path / "builds")


TEACHING = "ID_CURSO;EDICION;ID_PROF;HORAS;TIPO_PROFESOR\r\n"
ONE_TEACHER = [("100001/1", Decimal("12.50"), "upv_academic")]


def taught(small: SmallLoad) -> list[tuple]:
    return small.rows("select edition_id, hours, staff_type from loaded.teaching")


@pytest.mark.parametrize(
    "text",
    [
        TEACHING + "100001;1;P1;12,5;PDI UPV\r\n",
        (TEACHING + "100001;1;P1;12.5;PDI UPV\r\n").replace(";", ","),
        (TEACHING + "100001;1;P1;12,5;PDI UPV\r\n").replace(";", "\t"),
        (TEACHING + "100001;1;P1;12,5;PDI UPV\r\n").replace(";", "|"),
        "sep=;\r\n" + TEACHING + "100001;1;P1;12,5;PDI UPV\r\n",
        "Centro de Formación Permanente\r\n\r\n" + TEACHING + "100001;1;P1;12,5;PDI UPV\r\n",
        TEACHING + ";;;;\r\n\r\n100001;1;P1;12,5;PDI UPV\r\n",
        TEACHING.replace(";TIPO", ";TIPO").replace("\r\n", ";\r\n") + "100001;1;P1;12,5;PDI UPV;\r\n",
        TEACHING + "\u00a0100001\t;1;P1\u200b;12,5 h;pdi  upv\r\n",
        TEACHING.replace("ID_CURSO", "\u00a0Id  Curso") + "100001;1;P1;12,5;PDI UPV\r\n",
        TEACHING + "100001.0;2a ed.;P9;3;PDI UPV\r\n100001.0;1.0;P1;12,50;PDI UPV\r\n",
    ],
)  # fmt: skip
def test_the_shape_of_a_text_file_changes_nothing(tmp_path, text: str) -> None:
    assert taught(load_text(tmp_path, "docencia.csv", text)) == ONE_TEACHER


def test_decomposed_accents_are_the_same_header(tmp_path) -> None:
    text = "Código curso;Edición;ID_PROF;Nº horas;TIPO_PROFESOR\n100001;1;P1;12,5;PDI UPV\n"
    assert taught(load_text(tmp_path, "docencia.csv", normalize("NFD", text))) == ONE_TEACHER


def test_text_encoded_twice_is_repaired_and_said(tmp_path) -> None:
    small = load_rows(tmp_path, catalogue={"usual": {"DENOMINACION": "IntroducciÃ³n"}})
    assert small.rows("select title from loaded.edition") == [("Introducción",)]
    assert "text_was_encoded_twice" in small.loaded.delivery.files[0].table.notes


def test_an_unclosed_quote_costs_its_row_only(tmp_path) -> None:
    text = TEACHING + '100001;1;"P0;1;PDI UPV\r\n100001;1;P1;12,5;PDI UPV\r\n'
    small = load_text(tmp_path, "docencia.csv", text)
    assert taught(small) == ONE_TEACHER
    assert small.rows("select line, rule from loaded.rejection") == [(2, "row_has_an_unclosed_quote")]


def test_a_file_is_known_by_its_headers_whatever_its_name(tmp_path) -> None:
    small = load_text(tmp_path, "matriculas.csv", TEACHING + "100001;1;P1;12,5;PDI UPV\r\n")
    assert small.rows("select export from loaded.source_file where file_name = 'matriculas.csv'") == [("teaching",)]


def test_an_american_date_among_spanish_ones_is_never_guessed(tmp_path) -> None:
    rows = {
        "proves the day first": {"FECHA_PAGO": "23/12/2025"},
        "contradicts": {"FECHA_PAGO": "12/24/2025"},
        "could be either": {"FECHA_PAGO": "05/12/2025"},
    }
    small = load_rows(tmp_path, enrolments=rows)
    assert small.told("enrolments", "contradicts") == {"flag": {"date_order_contradicts_the_column"}}
    assert small.told("enrolments", "could be either") == {"flag": {"date_order_is_doubtful"}}
    assert small.value("enrolment", "paid_on", "enrolments", "contradicts") is None
    assert small.value("enrolment", "paid_on", "enrolments", "could be either") == date(2025, 12, 5)


def test_each_file_has_its_own_order_of_dates(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder)
    for name, paid in (("spanish.csv", ["23/12/2025", "05/12/2025"]), ("american.csv", ["12/24/2025", "12/05/2025"])):
        rows = [f"{name}{at};100001;1;P{name}{at};{day};Matriculado\n" for at, day in enumerate(paid)]
        header = "ID_MATRICULA;ID_CURSO;EDICION;ID_ALUMNO;FECHA_PAGO;ESTADO\n"
        (folder / name).write_text(header + "".join(rows), encoding="utf-8")
    small = load_folder(folder, tmp_path / "builds")
    paid = small.rows("select paid_on from loaded.enrolment order by paid_on")
    assert paid == [(date(2025, 12, 5),), (date(2025, 12, 5),), (date(2025, 12, 23),), (date(2025, 12, 24),)]


@pytest.mark.parametrize("price", ["1.250,50", "1250,50", "1 250,50 €", "1\u202f250,50"])
def test_a_price_is_read_in_every_spelling(tmp_path, price: str) -> None:
    small = load_rows(tmp_path, catalogue={"usual": {"PRECIO": price}})
    assert small.rows("select price from loaded.edition") == [(Decimal("1250.50"),)]


def write_workbook(path: Path, change) -> None:
    """The enrolments of two people, then changed by hand."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Datos")
        rows = complete("enrolments", {"one": {}, "two": {}})
        for number, cells in enumerate([list(ENROLMENT), *(list(row.values()) for row in rows)]):
            for column, cell in enumerate(cells):
                sheet.write_string(number, column, cell)
        change(workbook, sheet)


def test_a_formula_without_a_value_costs_its_row(tmp_path) -> None:
    write_delivery(tmp_path / "exports")
    column = list(ENROLMENT).index("IMPORTE_PAGADO")
    write_workbook(
        tmp_path / "exports" / "matriculas.xlsx",
        lambda workbook, sheet: sheet.write_formula(1, column, "=1/0", None, "#DIV/0!"),
    )
    small = load_folder(tmp_path / "exports", tmp_path / "builds")
    assert small.rows("select line, rule from loaded.rejection") == [(2, "cell_has_no_value")]


def test_binary_noise_and_true_dates_of_a_workbook_are_read_exactly(tmp_path) -> None:
    write_delivery(tmp_path / "exports")
    headers = list(ENROLMENT)

    def change(workbook: xlsxwriter.Workbook, sheet) -> None:
        sheet.write_number(1, headers.index("PRECIO_BASE"), 99.99999999999999)
        as_date = workbook.add_format({"num_format": "d/m/yy"})
        sheet.write_datetime(1, headers.index("FECHA_PAGO"), date(2025, 12, 4), as_date)

    write_workbook(tmp_path / "exports" / "matriculas.xlsx", change)
    small = load_folder(tmp_path / "exports", tmp_path / "builds")
    values = small.rows("select base_price, paid_on from loaded.enrolment order by paid_on")
    assert values == [(Decimal("100.00"), date(2025, 12, 3)), (Decimal("100.00"), date(2025, 12, 4))]


def test_two_columns_for_one_field_are_refused(tmp_path) -> None:
    with pytest.raises(LoadRefused) as refused:
        load_text(tmp_path, "docencia.csv", TEACHING.replace("HORAS", "HORAS;Nº horas") + "100001;1;P1;1;2;PDI UPV\n")
    assert [refusal.rule for refusal in refused.value.refusals] == ["two_columns_for_one_field"]
