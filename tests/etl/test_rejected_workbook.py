"""The rejected rows come back in the sender's own layout, and load once they are corrected and sent again."""

from pathlib import Path

import openpyxl
import pytest

from etl.builds import current_build
from etl.layout import fold, folded_headers, load_layouts
from etl.rejected_list import write_rejected_list
from etl.rejected_workbook import name_sheet, write_rejected_workbook
from etl.sentences import LANGUAGES, load_sentences
from tests.etl.small_delivery import ENROLMENT, document, load_folder, write_delivery

SPANISH = load_sentences("es")
ENROLMENTS = {
    "plain": {},
    "orphan": {"ID_CURSO": "=199999", "NOMBRE": "Ana Inventada"},
    "two reasons": {"ESTADO": "", "ID_CURSO": "00012345"},
}


def load_and_write(folder: Path, **exports: dict) -> tuple[Path, object]:
    lines = write_delivery(folder / "exports", **exports)
    small = load_folder(folder / "exports", folder / "builds", lines)
    return write_rejected_workbook(small.loaded.build, SPANISH), small


def read_sheet(path: Path, name: str) -> list[dict[str, str | None]]:
    headers, *rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows]


def test_rejected_rows_come_back_under_the_headers_of_the_sender(tmp_path) -> None:
    path, small = load_and_write(tmp_path, enrolments=ENROLMENTS)
    assert path == small.loaded.build.path.with_name(f"{small.loaded.build_id}-rejected.xlsx")
    assert openpyxl.load_workbook(path).sheetnames == ["enrolments.csv"]
    orphan, two_reasons = read_sheet(path, "enrolments.csv")
    assert list(orphan) == [*ENROLMENT, "NOMBRE", "Línea en el archivo enviado", "Motivo del rechazo"]
    assert (orphan["ID_MATRICULA"], orphan["ID_CURSO"], orphan["PRECIO_BASE"]) == ("E002", "=199999", "100,00")
    assert orphan["Línea en el archivo enviado"] == "3"
    assert orphan["Motivo del rechazo"].startswith("ID_CURSO: La edición")
    assert two_reasons["ID_CURSO"] == "00012345"
    assert [reason.split(":")[0] for reason in two_reasons["Motivo del rechazo"].splitlines()] == ["ID_CURSO", "ESTADO"]


def test_what_is_not_kept_comes_back_blank_and_the_header_says_so(tmp_path) -> None:
    path, _ = load_and_write(tmp_path, enrolments=ENROLMENTS)
    orphan = read_sheet(path, "enrolments.csv")[0]
    blank = ("NUM_DOC", "TIPO_DOC", "LETRA", "ID_ALUMNO", "FECHA_NAC", "CP", "NOMBRE")
    assert [orphan[header] for header in blank] == [None] * len(blank)
    notes = {cell.value for cell in next(openpyxl.load_workbook(path)["enrolments.csv"].iter_rows()) if cell.comment}
    assert notes == set(blank)
    parts = path.read_bytes()
    assert document(2).encode() not in parts


def test_no_cell_that_comes_back_is_a_formula(tmp_path) -> None:
    path, _ = load_and_write(tmp_path, enrolments=ENROLMENTS)
    cells = [cell for row in openpyxl.load_workbook(path)["enrolments.csv"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_every_file_has_a_sheet_of_its_own(tmp_path) -> None:
    path, _ = load_and_write(
        tmp_path, catalogue={"good": {}, "bad": {"ID_CURSO": "100002", "HORAS": "0"}}, enrolments=ENROLMENTS
    )
    assert openpyxl.load_workbook(path).sheetnames == ["catalogue.csv", "enrolments.csv"]


def test_without_rejected_rows_there_is_no_workbook(tmp_path) -> None:
    path, small = load_and_write(tmp_path, enrolments={"plain": {}})
    assert path is None
    assert list(small.loaded.build.path.parent.glob("*.xlsx")) == []


def correct(path: Path, sheet: str, **changes: str) -> None:
    """What a registrar does: right cells over wrong ones, and the documents typed in again."""
    workbook = openpyxl.load_workbook(path)
    rows = workbook[sheet].iter_rows()
    headers = [cell.value for cell in next(rows)]
    for row in rows:
        for header, text in changes.items():
            row[headers.index(header)].value = text
    workbook.save(path.parent.parent / "exports" / "corregidas.xlsx")


def test_an_enrolment_corrected_and_sent_again_loads(tmp_path) -> None:
    path, _ = load_and_write(tmp_path, enrolments={"plain": {}, "orphan": {"ID_CURSO": "199999"}})
    correct(path, "enrolments.csv", ID_CURSO="100001", NUM_DOC=document(2), FECHA_NAC="15/05/1990", CP="46022")
    again = load_folder(tmp_path / "exports", tmp_path / "builds")
    found = again.rows("select enrolment_id, edition_id, born_on::varchar, province from loaded.enrolment order by 1")
    assert found == [(f"E00{number}", "100001/1", "1990-05-15", "46") for number in (1, 2)]
    plain = load_folder(write_plain(tmp_path / "plain"), tmp_path / "builds")
    keys = "select enrolment_id, person_key from loaded.enrolment order by 1"
    assert again.rows(keys) == plain.rows(keys)


def write_plain(folder: Path) -> Path:
    write_delivery(folder, enrolments={"plain": {}, "corrected": {}})
    return folder


def test_an_edition_corrected_and_sent_again_loads_beside_the_rejected_row(tmp_path) -> None:
    path, _ = load_and_write(tmp_path, catalogue={"good": {}, "bad": {"ID_CURSO": "100002", "HORAS": "500"}})
    correct(path, "catalogue.csv", HORAS="50")
    again = load_folder(tmp_path / "exports", tmp_path / "builds")
    assert again.rows("select course_id, hours::integer from loaded.edition order by 1") == [
        ("100001", 20), ("100002", 50),
    ]  # fmt: skip
    assert again.rows("select rule from loaded.rejection") == [("hours_are_within_the_limit",)]


def test_the_workbook_goes_with_its_build(tmp_path) -> None:
    (tmp_path / "builds").mkdir()
    gone = tmp_path / "builds" / "20200101T000000Z-00000000-rejected.xlsx"
    gone.write_bytes(b"old")
    _, small = load_and_write(tmp_path, enrolments=ENROLMENTS)
    write_rejected_list(small.loaded.build, SPANISH)
    left = f"{current_build(gone.parent).build_id}-rejected.xlsx"
    assert [path.name for path in gone.parent.glob("*.xlsx")] == [left]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_of_reasons_are_taken_for_no_field(language: str) -> None:
    words = load_sentences(language)
    own = {fold(words.word(key)) for key in ("sent_line", "sent_reason")}
    assert [layout.export for layout in load_layouts() if own & set(folded_headers(layout))] == []


def test_names_of_sheets_are_short_different_and_allowed() -> None:
    taken: set[str] = set()
    long_name = "matriculas [todas] 2025/2026: enero.csv"
    assert name_sheet(long_name, taken) == "matriculas todas 2025 2026 ener"
    assert name_sheet(long_name.upper(), taken) == "MATRICULAS TODAS 2025 2026 EN 2"
    assert name_sheet("History", taken) == "_History"
    assert name_sheet("???", taken) == "_"
