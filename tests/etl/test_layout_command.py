"""The layout of a file told and written, and spellings that are added without touching Python."""

import tomllib
from pathlib import Path

import pytest

from etl import __main__ as command
from etl.builds import current_build, open_reader
from etl.layout import fold, load_layouts, understand
from etl.load import load
from etl.refused import FileRefused
from etl.rules import hash_rules
from tests.etl.small_delivery import LOADED_AT, tell_nobody, write_csv, write_delivery

UNKNOWN_HEADERS = ["Clave interna", "Acción", "Interesado", "Situación del expediente"]


@pytest.fixture
def unknown(tmp_path: Path) -> Path:
    rows = [["E001", "100001", "ana@example.org", "Matriculado"], ["E002", "100001", "12345678Z", "Vigente"]]
    write_csv(tmp_path / "otro sistema.csv", UNKNOWN_HEADERS, rows)
    return tmp_path / "otro sistema.csv"


def show(capsys, *arguments: object) -> tuple[int, str, str]:
    ended = command.main(["layout", *map(str, arguments)])
    said = capsys.readouterr()
    return ended, said.out, said.err


def test_each_header_is_told_with_its_field_kind_and_convention(tmp_path, capsys) -> None:
    write_delivery(tmp_path, enrolments={"one": {"FECHA_NAC": "13/05/1990", "FECHA_PAGO": "03/12/2025"}})
    ended, said, _ = show(capsys, tmp_path / "enrolments.csv")
    assert ended == 0
    lines = [line.strip() for line in said.splitlines()]
    assert lines[:2] == ["enrolments.csv: matrículas", "codificación utf-8, separador «;», cabecera en la línea 1"]
    assert "«ID_MATRICULA» → enrolment_id (ID_MATRICULA): código; obligatoria" in lines
    assert "«NUM_DOC» → document (NUM_DOC): dato personal (no se guarda)" in lines
    assert "«FECHA_NAC» → born_on (FECHA_NAC): fecha; día delante" in lines
    assert "«FECHA_PAGO» → paid_on (FECHA_PAGO): fecha; ninguna fecha aclara si va delante el día o el mes: " in said
    assert "«PRECIO_BASE» → base_price (PRECIO_BASE): importe en euros; coma decimal" in lines
    assert "MONEDA" not in said


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (["12/31/2025", "01/02/2026"], "month first"),
        (["31/12/2025", "12/31/2025"], "mixes day first and month first"),
        (["2025-12-31"], "dates that read only one way"),
        ([""], "no dates"),
    ],
)
def test_the_order_of_a_date_column_is_told(tmp_path, capsys, dates: list[str], told: str) -> None:
    write_delivery(tmp_path, enrolments={str(at): {"FECHA_PAGO": text} for at, text in enumerate(dates)})
    assert f"(FECHA_PAGO): date; {told}" in show(capsys, tmp_path / "enrolments.csv", "--language", "en")[1]


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        (["1.250,50"], "decimal comma"),
        (["1,250.50"], "decimal point"),
        (["1.250,50", "1,250.50"], "mixes decimal comma and point"),
        (["1.250"], "nothing shows whether the sign is of thousands or decimals: those numbers are not read"),
        (["1250"], "no decimals"),
    ],
)
def test_the_decimal_sign_of_a_column_is_told(tmp_path, capsys, amounts: list[str], told: str) -> None:
    write_delivery(tmp_path, enrolments={str(at): {"PRECIO_BASE": text} for at, text in enumerate(amounts)})
    said = show(capsys, tmp_path / "enrolments.csv", "--language", "en")[1]
    assert f"(PRECIO_BASE): amount in euros; {told}\n" in said


def test_a_missing_column_is_told_with_the_closest_and_ends_with_1(tmp_path, capsys) -> None:
    write_delivery(tmp_path)
    path = tmp_path / "catalogue.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(";HORAS;", ";HORITAS;"), encoding="utf-8")
    ended, said, _ = show(capsys, path)
    assert ended == 1
    assert "FALTA hours (HORAS); lo más parecido: «HORITAS»" in said
    assert "columnas que no se leen ni se guardan: HORITAS" in said


def test_a_title_in_valencian_stands_in_for_the_title(tmp_path, capsys) -> None:
    write_delivery(tmp_path)
    path = tmp_path / "catalogue.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(";DENOMINACION;", ";Apunts;"), encoding="utf-8")
    ended, said, _ = show(capsys, path)
    assert ended == 0
    assert "FALTA" not in said


def test_nothing_that_stands_in_the_rows_is_told(unknown, capsys) -> None:
    said = "".join(show(capsys, unknown)[1:])
    assert [text for text in ("ana@example.org", "12345678Z", "Matriculado", "E001") if text in said] == []


def test_a_file_of_an_unknown_system_is_told_by_its_headers(unknown, capsys) -> None:
    ended, said, _ = show(capsys, unknown)
    assert ended == 1
    assert "no es ninguna de las exportaciones conocidas" in said
    assert "columnas que no se leen ni se guardan: Clave interna, Acción, Interesado, Situación del expediente" in said


def test_a_file_that_is_no_table_is_refused(tmp_path, capsys) -> None:
    (tmp_path / "factura.csv").write_bytes(b"%PDF-1.7\n")
    assert show(capsys, tmp_path / "factura.csv") == (1, "", "factura.csv: Es un PDF. Se esperaba CSV o XLSX.\n")


def test_a_layout_is_written_to_edit_and_never_over_another(unknown, tmp_path, capsys) -> None:
    path = tmp_path / "own" / "layout.toml"
    assert "no such" in show(capsys, unknown, "--write", path)[2].lower()
    path.parent.mkdir()
    show(capsys, unknown, "--write", path)
    written = path.read_text(encoding="utf-8")
    assert all(f'#     "{header}"' in written for header in UNKNOWN_HEADERS)
    assert all(each["headers"] == [] for each in tomllib.loads(written)["fields"].values())
    ended, _, complaint = show(capsys, unknown, "--write", path)
    assert (ended, complaint) == (1, "layout.toml: Ya existe y no se sobrescribe. Indique otro nombre.\n")
    assert path.read_text(encoding="utf-8") == written


def test_a_hostile_header_stays_a_comment(tmp_path, capsys) -> None:
    write_csv(tmp_path / "a.csv", ['x"]\n[fields.state]', "Dos", "Tres", "Cuatro"], [["a", "b", "c", "d"]])
    show(capsys, tmp_path / "a.csv", "--write", tmp_path / "layout.toml")
    written = tomllib.loads((tmp_path / "layout.toml").read_text(encoding="utf-8"))
    assert {name for each in written["fields"].values() for name in each} == {"headers"}


OWN = """
export = "enrolments"
[fields.enrolment_id]
headers = ["Clave interna"]
[fields.course_id]
headers = ["Acción"]
[fields.document]
headers = ["Interesado"]
[fields.state]
headers = ["Situación del expediente"]
[fields.state.words]
enrolled = ["Vigente"]
"""


def add_layout(folder: Path, content: str = OWN) -> Path:
    (folder / "layouts").mkdir()
    (folder / "layouts" / "own.toml").write_text(content, encoding="utf-8")
    return folder / "layouts"


def test_an_unknown_system_loads_once_its_spellings_are_added(unknown, tmp_path, capsys) -> None:
    write_delivery(tmp_path / "exports")
    unknown.rename(tmp_path / "exports" / unknown.name)
    arguments = [str(tmp_path / "exports"), "--builds", str(tmp_path / "builds"), "--quiet"]
    assert command.main(arguments) == 1
    assert command.main([*arguments, "--layouts", str(add_layout(tmp_path))]) == 0
    with open_reader(current_build(tmp_path / "builds")) as connection:
        rows = connection.execute("select enrolment_id, state from loaded.enrolment order by 1").fetchall()
    assert rows == [("E001", "enrolled"), ("E002", "enrolled")]


def test_the_page_adds_the_spellings_of_the_setting(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("LAYOUTS_FOLDER", str(add_layout(tmp_path)))
    assert understand(UNKNOWN_HEADERS, "a.csv", load_layouts()).positions["state"] == 3


def test_other_spellings_are_other_rules(tmp_path) -> None:
    ours = load_layouts()
    assert hash_rules(load_layouts(added=add_layout(tmp_path))) != hash_rules(ours) == hash_rules(load_layouts())


def test_a_header_that_is_added_leaves_the_field_it_had(tmp_path) -> None:
    added = add_layout(tmp_path, 'export = "enrolments"\n[fields.applied_on]\nheaders = ["Data"]\n'
                                 '[fields.learner_id]\nheaders = ["Pasaporte"]')  # fmt: skip
    fields = {layout.export: layout for layout in load_layouts(added=added)}["enrolments"].fields
    assert "Pasaporte" in fields["learner_id"].headers
    assert fold("Pasaporte") not in map(fold, fields["document"].headers)


def test_a_column_may_be_said_to_have_the_month_first(tmp_path) -> None:
    added = add_layout(tmp_path, 'export = "enrolments"\n[fields.paid_on]\ndates = "month_first"')
    lines = write_delivery(tmp_path / "exports", enrolments={"one": {"FECHA_PAGO": "12/03/2025"}})
    loaded = load(tmp_path / "exports", tmp_path / "builds", tell_nobody, now=LOADED_AT, spellings=added)
    with open_reader(loaded.build) as connection:
        assert str(connection.execute("select paid_on from loaded.enrolment").fetchone()[0]) == "2025-12-03"
    assert lines


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("export = ", "Invalid"),
        ('export = "nóminas"', "nóminas"),
        ('export = "enrolments"\n[fields.salary]\nheaders = ["Sueldo"]', "salary"),
        ('export = "enrolments"\n[fields.state]\nkind = "text"', "kind"),
        ('export = "enrolments"\n[fields.state]\nheaders = "ESTADO"', "[…]"),
        ('export = "enrolments"\n[fields.state.words]\nghost = ["Fantasma"]', "ghost"),
        ('export = "enrolments"\n[fields.result]\nheaders = ["ESTADO"]', "ESTADO"),
        ('export = "enrolments"\n[fields.paid_on]\ndates = "year_first"', "day_first | month_first"),
        ('export = "enrolments"\ndecimals = "dot"\n[fields.base_price]\nheaders = ["X"]', "comma | point"),
        ('export = "enrolments"\ndates = "month_first"', "headers = […]"),
    ],
)
def test_an_added_layout_that_cannot_be_used_is_refused_by_name(tmp_path, content: str, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        load_layouts(added=add_layout(tmp_path, content))
    assert (refused.value.file_name, refused.value.rule) == ("own.toml", "layout_cannot_be_used")
    assert reason in str(refused.value.details["reason"])


def test_a_folder_without_layouts_is_refused(tmp_path, capsys) -> None:
    arguments = [str(tmp_path), "--builds", str(tmp_path / "builds"), "--layouts", str(tmp_path)]
    assert command.main(arguments) == 1
    assert "no hay ningún formato (*.toml)" in capsys.readouterr().err
