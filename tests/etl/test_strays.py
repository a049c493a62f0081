"""Files of another time, files that come back and files that overrule newer ones are said by name."""

from pathlib import Path

import pytest

from etl import __main__ as command
from tests.etl.small_delivery import load_folder, write_delivery

OLD = {"ID_CURSO": "100009", "FECHA_INICIO": "12/01/2024", "FECHA_FIN": "20/02/2024"}
NEXT_YEAR = {"ID_CURSO": "100008", "FECHA_INICIO": "01/10/2026", "FECHA_FIN": "20/11/2026"}


def write_as(folder: Path, name: str, export: str, rows: dict) -> None:
    """One export under a name of its own."""
    write_delivery(folder / "aside", **{export: rows})
    (folder / "aside" / f"{export}.csv").rename(folder / name)
    for left in (folder / "aside").iterdir():
        left.unlink()
    (folder / "aside").rmdir()


def notes(folder: Path) -> set[tuple[str, str]]:
    return {(note.file_name, note.rule) for note in load_folder(folder / "in", folder / "builds").loaded.notes}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_delivery(tmp_path / "in", catalogue={"one": {}, "two": {"ID_CURSO": "100002"}}, enrolments={"one": {}})
    return tmp_path


def say(folder: Path, capsys) -> str:
    assert command.main([str(folder / "in"), "--builds", str(folder / "builds"), "--quiet"]) == 0
    return capsys.readouterr().out


def test_of_files_of_one_year_nothing_is_said(folder) -> None:
    write_as(folder / "in", "enero.csv", "enrolments", {"first": {"ID_MATRICULA": "J1"}})
    assert notes(folder) == set()


def test_a_catalogue_of_years_before_the_programme_is_said_by_name(folder, capsys) -> None:
    write_as(folder / "in", "viejo.csv", "catalogue", {"old": OLD})
    assert notes(folder) == {("viejo.csv", "file_is_outside_the_programme"), ("viejo.csv", "file_is_of_another_year")}
    said = say(folder, capsys)
    assert "viejo.csv: todas sus ediciones empiezan fuera del programa (del 12-01-2024 al 12-01-2024)." in said
    assert "viejo.csv: todas sus ediciones son del curso 2023/2024, y las de los demás archivos" in said
    assert "del 2025/2026." in said


def test_a_catalogue_of_the_next_year_is_said_by_name(folder) -> None:
    write_as(folder / "in", "siguiente.csv", "catalogue", {"next": NEXT_YEAR})
    assert notes(folder) == {("siguiente.csv", "file_is_of_another_year")}


def test_enrolments_of_another_year_are_said_by_name(folder) -> None:
    write_delivery(folder / "in", catalogue={"one": {}, "old": OLD}, enrolments={"one": {}, "two": {}})
    write_as(folder / "in", "antiguas.csv", "enrolments", {"old": {"ID_MATRICULA": "A1", "ID_CURSO": "100009"}})
    assert notes(folder) == {
        ("antiguas.csv", "file_is_outside_the_programme"),
        ("antiguas.csv", "file_is_of_another_year"),
    }


def test_one_edition_within_is_enough(folder) -> None:
    write_as(folder / "in", "mixto.csv", "catalogue", {"old": OLD, "usual": {"ID_CURSO": "100003"}})
    assert notes(folder) == set()


def test_a_file_that_a_later_load_had_replaced_is_said_with_its_date(folder, capsys) -> None:
    path = folder / "in" / "enrolments.csv"
    yesterday = path.read_bytes()
    say(folder, capsys)
    path.write_bytes(yesterday + b"\n")
    assert "enrolments.csv: ya se" not in say(folder, capsys)
    path.write_bytes(yesterday)
    said = say(folder, capsys)
    assert "enrolments.csv: ya se cargó el " in said
    assert "catalogue.csv: ya se cargó" not in said


def test_a_file_that_overrules_a_newer_one_by_its_name_is_said(folder, capsys) -> None:
    say(folder, capsys)
    write_as(folder / "in", "actual.csv", "enrolments", {"new": {"ID_MATRICULA": "N1"}})
    assert "enrolments.csv: es más antiguo que actual.csv, que llega por primera vez" in say(folder, capsys)


def test_a_file_that_comes_after_by_its_name_overrules_as_it_should(folder, capsys) -> None:
    say(folder, capsys)
    write_as(folder / "in", "nuevas.csv", "enrolments", {"new": {"ID_MATRICULA": "N1"}})
    assert "más antiguo" not in say(folder, capsys)
