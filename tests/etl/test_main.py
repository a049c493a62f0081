"""The command: its exit codes, what it says in three languages, and what it never says."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl import __main__ as command
from etl import load as loading
from etl.builds import current_build, list_builds
from etl.publish import publishing
from etl.reconcile import AccountDoesNotClose
from etl.rejected_list import make_safe
from tests.etl.small_delivery import document, write_delivery

ROOT = Path(__file__).parents[2]
ENROLMENTS = {
    "plain": {},
    "orphan": {"ID_CURSO": "=199999", "NUM_DOC": "12345678Z"},
    "wrong letter": {"NUM_DOC": "12345678A", "NOMBRE": "Ana Inventada", "EMAIL": "ana@example.org"},
    "no birth": {"FECHA_NAC": "31/04/1980"},
}


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    write_delivery(tmp_path / "exports", enrolments=ENROLMENTS)
    return tmp_path / "exports"


@pytest.fixture
def builds(tmp_path: Path) -> Path:
    return tmp_path / "builds"


def run(exports: Path, builds: Path, *options: str) -> int:
    return command.main([str(exports), "--builds", str(builds), *options])


def test_a_load_that_publishes_ends_with_0(exports, builds, capsys) -> None:
    assert run(exports, builds) == 0
    said = capsys.readouterr().out
    build = current_build(builds)
    assert "enrolments.csv: matrículas; filas leídas 4 = aceptadas 3 + rechazadas 1 + sustituidas 0" in said
    assert "1 fila · matrículas, ID_CURSO: La edición de la matrícula no está en el catálogo, " in said
    assert "y su importe no entra en ninguna cifra: =199999/1 (30,00 EUR). Añádala" in said
    assert f"Publicada la carga {build.build_id}: 1 edición y 3 matrículas." in said
    assert "columnas que no se leen ni se guardan: NOMBRE, EMAIL" in said
    assert "No hay docencia, avales, financiación" in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "Filas rechazadas, por motivo"),
        ("va", "Files rebutjades, per motiu"),
        ("en", "Rejected rows, by reason"),
    ],
)
def test_a_load_speaks_the_language_asked_for(exports, builds, capsys, language: str, words: str) -> None:
    assert run(exports, builds, "--language", language) == 0
    assert words in capsys.readouterr().out


def test_a_quiet_load_says_only_how_it_ended(exports, builds, capsys) -> None:
    assert run(exports, builds, "--quiet") == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0].split(" 2")[0] for line in said] == [
        "ATENCIÓN · enrolments.csv",
        "Lista de filas rechazadas",
        "Las mismas filas, para corregirlas y volver a enviarlas",
        "Publicada la carga",
    ]


@pytest.mark.parametrize(
    ("language", "warning"),
    [
        ("es", "ATENCIÓN · enrolments.csv: filas rechazadas, que no entran en ninguna cifra: 1 de 4 (25 %)."),
        ("va", "ATENCIÓ · enrolments.csv: files rebutjades, que no entren en cap xifra: 1 de 4 (25 %)."),
        ("en", "WARNING · enrolments.csv: rows rejected, and so in no figure: 1 of 4 (25%)."),
    ],
)
def test_a_file_that_loses_more_than_a_tenth_of_its_rows_is_a_warning_at_the_end(
    exports, builds, capsys, language: str, warning: str
) -> None:
    assert run(exports, builds, "--language", language) == 0
    assert warning in capsys.readouterr().out


def test_a_file_that_loses_a_tenth_of_its_rows_or_less_is_no_warning(tmp_path, builds, capsys) -> None:
    rows = {"orphan": {"ID_CURSO": "199999"}} | {f"right {number}": {} for number in range(9)}
    write_delivery(tmp_path / "exports", enrolments=rows)
    assert run(tmp_path / "exports", builds) == 0
    assert "ATENCIÓN" not in capsys.readouterr().out


def test_with_every_build_damaged_the_next_load_is_published(exports, builds, capsys) -> None:
    assert run(exports, builds) == 0
    damaged = current_build(builds).path
    damaged.chmod(0o644)
    damaged.write_bytes(b"damaged")
    assert run(exports, builds) == 0
    assert "Publicada la carga" in capsys.readouterr().out
    assert current_build(builds).degraded is None


def test_a_check_says_so_and_leaves_nothing(exports, builds, capsys) -> None:
    assert run(exports, builds, "--check") == 0
    assert "Comprobado. No se ha publicado nada." in capsys.readouterr().out
    assert list(builds.glob("*.duckdb")) == []
    assert list(builds.glob("*.csv")) == []


def test_nothing_personal_is_said_or_listed(exports, builds, capsys) -> None:
    run(exports, builds)
    said = capsys.readouterr()
    listed = next(builds.glob("*-rejected.csv")).read_text(encoding="utf-8-sig")
    for private in ("12345678", document(1), "Ana Inventada", "ana@example.org", "31/04/1980", "15/05/1990"):
        assert private not in said.out + said.err + listed


def test_the_list_of_rejected_rows_opens_in_a_spreadsheet_and_runs_nothing(exports, builds) -> None:
    run(exports, builds, "--quiet")
    path = next(builds.glob("*-rejected.csv"))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows == [
        ["Archivo", "Línea", "Columna", "Motivo", "Encontrado"],
        [
            "enrolments.csv", "3", "ID_CURSO",
            "La edición de la matrícula no está en el catálogo, y su importe no entra en ninguna cifra: "
            "=199999/1 (30,00 EUR). Añádala al catálogo o corrija el código.",
            "'=199999/1 (30,00 EUR)",
        ],
    ]  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_of_the_list_is_a_formula(start: str) -> None:
    assert make_safe(f"{start}1+1") == f"'{start}1+1"


def test_lists_of_builds_that_are_gone_go_too(exports, builds) -> None:
    builds.mkdir()
    (builds / "20200101T000000Z-00000000-rejected.csv").write_text("old", encoding="utf-8")
    run(exports, builds, "--quiet")
    assert [path.name for path in builds.glob("*-rejected.csv")] == [f"{current_build(builds).build_id}-rejected.csv"]


def test_a_list_that_cannot_be_written_is_said(exports, builds, capsys, monkeypatch) -> None:
    def refuse(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(command, "write_rejected_list", refuse)
    assert run(exports, builds, "--quiet") == 0
    assert "No se ha podido escribir la lista de filas rechazadas (Permission denied)." in capsys.readouterr().out


def test_the_same_files_again_are_said_to_be_the_same(exports, builds, capsys) -> None:
    run(exports, builds, "--quiet")
    first = current_build(builds).build_id
    capsys.readouterr()
    assert run(exports, builds, "--quiet") == 0
    assert f"(carga {first})" in capsys.readouterr().out


def test_the_sample_and_folders_passed_over_are_said(exports, builds, capsys) -> None:
    (exports / "SYNTHETIC.txt").write_text("made up", encoding="utf-8")
    (exports / "anteriores").mkdir()
    run(exports, builds)
    said = capsys.readouterr().out
    assert "Son los datos sintéticos de muestra" in said
    assert "Subcarpetas que no se leen: anteriores" in said


def test_a_column_under_another_name_is_said(exports, builds, capsys) -> None:
    path = exports / "catalogue.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(";HORAS;", ";Horas totales;"), encoding="utf-8")
    assert run(exports, builds) == 0
    assert "columnas reconocidas con otro nombre: HORAS ← «Horas totales»" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["es", "va", "en"])
def test_a_refusal_ends_with_1_and_names_the_file(exports, builds, capsys, language: str) -> None:
    (exports / "factura.csv").write_bytes(b"%PDF-1.7\n")
    (exports / "catalogue.csv").unlink()
    assert run(exports, builds, "--language", language) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "factura.csv: " in said.err
    assert "PDF" in said.err
    assert "Traceback" not in said.err


def test_a_missing_column_is_named_with_the_closest_there_is(exports, builds, capsys) -> None:
    path = exports / "enrolments.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(";ESTADO;", ";ESTADOOO;"), encoding="utf-8")
    assert run(exports, builds) == 1
    said = capsys.readouterr().err
    assert "exportación de matrículas" in said
    assert "faltan columnas obligatorias: ESTADO. Lo más parecido que hay: ESTADOOO." in said


def test_a_file_without_use_is_refused_with_its_reason(exports, builds, capsys) -> None:
    write_delivery(exports, catalogue={"wrong": {"HORAS": "0"}})
    assert run(exports, builds) == 1
    said = capsys.readouterr().err
    assert "catalogue.csv: No se ha podido aceptar ninguna de sus filas (rechazadas: 1)." in said
    assert "Se esperaba más de 0 y como máximo 150." in said
    assert "Lo publicado hasta ahora sigue como estaba." in said


def test_a_load_under_way_is_waited_for(exports, builds, capsys) -> None:
    with publishing(builds):
        assert run(exports, builds) == 1
    assert "Hay otra carga en marcha" in capsys.readouterr().err


def test_a_lost_key_is_refused(exports, builds, capsys, monkeypatch, tmp_path) -> None:
    run(exports, builds, "--quiet")
    monkeypatch.setenv("PSEUDONYM_KEY_FILE", str(tmp_path / "another.key"))
    assert run(exports, builds) == 1
    assert "Falta la clave de los seudónimos" in capsys.readouterr().err


def test_a_defect_is_told_without_a_traceback_or_what_was_read(exports, builds, capsys, monkeypatch) -> None:
    def fail(*arguments: object) -> None:
        raise ValueError("12345678Z cannot be cast")

    monkeypatch.setattr(loading, "process", fail)
    assert run(exports, builds) == 1
    said = capsys.readouterr().err
    assert "ValueError, test_main.py:" in said
    assert "12345678Z" not in said


def test_an_account_that_does_not_close_publishes_nothing(exports, builds, capsys, monkeypatch) -> None:
    def lose_a_row(*arguments: object) -> None:
        raise AccountDoesNotClose("enrolments.csv: 4 <> 2 + 1 + 0")

    monkeypatch.setattr(loading, "process", lose_a_row)
    assert run(exports, builds) == 1
    assert "4 <> 2 + 1 + 0" in capsys.readouterr().err
    assert list_builds(builds) == []


def test_an_interrupted_load_says_so(exports, builds, capsys, monkeypatch) -> None:
    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "process", interrupt)
    assert run(exports, builds) == 1
    assert "La carga se ha interrumpido." in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["a", "--language", "fr"], ["a", "--unknown"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2


def test_long_files_report_their_progress(exports, builds, capsys, monkeypatch) -> None:
    monkeypatch.setattr(command, "ROWS_BETWEEN_REPORTS", 4)
    run(exports, builds)
    assert "enrolments.csv: 4 filas leídas…" in capsys.readouterr().err


def test_a_reader_that_goes_away_does_not_undo_the_load(exports, builds) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", str(exports), "--builds", str(builds)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ,
    )  # fmt: skip
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 0
    assert complaint == b""
    assert current_build(builds) is not None


def test_a_killed_load_leaves_the_published_build(exports, builds) -> None:
    run(exports, builds, "--quiet")
    before = current_build(builds)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED_AT_HALF, str(exports), str(builds)], cwd=ROOT, env=os.environ
    )
    assert process.wait(60) == -9
    assert current_build(builds) == before
    assert run(exports, builds, "--quiet") == 0
    assert list(builds.glob("*.draft*")) == []


KILLED_AT_HALF = """
import os, signal, sys
from pathlib import Path
from etl import load
load.describe_build = lambda *arguments: os.kill(os.getpid(), signal.SIGKILL)
load.load(Path(sys.argv[1]), Path(sys.argv[2]), lambda name, rows: None)
"""


def test_a_folder_that_may_not_be_read_is_refused(exports, builds, capsys, monkeypatch) -> None:
    def refuse(self: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert run(exports, builds) == 1
    assert "no se puede leer" in capsys.readouterr().err


def test_a_copied_file_is_said(exports, builds, capsys) -> None:
    shutil.copy(exports / "enrolments.csv", exports / "otra vez.csv")
    assert run(exports, builds) == 0
    assert "El archivo es idéntico, byte a byte, a otro de la misma carpeta." in capsys.readouterr().out


def test_a_summary_says_which_sheet_was_read_and_what_was_not_counted(builds, capsys) -> None:
    assert run(ROOT / "data" / "sample", builds, "--language", "en") == 0
    said = capsys.readouterr().out
    assert "sheet read: Docencia" in said
    assert "besides, blank rows: 1; footnotes: 1" in said
