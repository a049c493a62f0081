"""The pandas pipeline of the benchmark does the same checks of an enrolment as our load, and finds the same rows."""

import csv
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

from benchmarks.exports import write_csv
from benchmarks.pandas_load import load_pandas
from benchmarks.pandas_rules import OF_ACCEPTED_ROWS, OF_READ_ROWS
from benchmarks.programme import write_programme
from etl.check import load_checks
from etl.load import load

ENROLMENTS, CATALOGUE = "matriculas.csv", "catalogo_microcredenciales.csv"
MENDING = {"a_course_code_keeps_its_zeros"}  # pandas mends the code and writes no reason
ENROLLED = {
    "ESTADO": "Matriculado", "FECHA_MATRICULA": "05/09/2025", "FECHA_PAGO": "06/09/2025", "FECHA_ANULACION": "",
    "FECHA_NAC": "01/02/1990", "TARIFA": "General", "PRECIO_BASE": "100,00", "PCT_REDUCCION": "0",
    "IMPORTE_REDUCCION": "0,00", "IMPORTE_A_PAGAR": "100,00", "IMPORTE_PAGADO": "100,00", "RESULTADO": "",
    "FECHA_CERTIFICADO": "",
}  # fmt: skip
CANCELLED = ENROLLED | {"ESTADO": "Anulada", "FECHA_ANULACION": "08/09/2025"}
FAULTS = [
    ENROLLED | {"FECHA_NAC": "01/02/2024"},
    ENROLLED | {"FECHA_NAC": ""},
    ENROLLED | {"ID_CURSO": "999999"},
    ENROLLED | {"FECHA_ANULACION": "08/09/2025"},
    CANCELLED | {"FECHA_ANULACION": "01/09/2025"},
    CANCELLED | {"FECHA_ANULACION": ""},
    CANCELLED | {"IMPORTE_PAGADO": "-100,00"},
    ENROLLED | {"IMPORTE_PAGADO": "-100,00"},
    ENROLLED | {"FECHA_CERTIFICADO": "01/09/2025", "RESULTADO": "No apto"},
    ENROLLED | {"FECHA_PAGO": "01/09/2025"},
    ENROLLED | {"PCT_REDUCCION": "50", "IMPORTE_REDUCCION": "40,00", "IMPORTE_A_PAGAR": "60,00"},
    ENROLLED | {"IMPORTE_REDUCCION": "120,00"},
    ENROLLED | {"IMPORTE_A_PAGAR": "90,00"},
    ENROLLED | {"IMPORTE_A_PAGAR": "99,99"},
    ENROLLED | {"IMPORTE_PAGADO": "0,00"},
    ENROLLED | {"PRECIO_BASE": ""},
    ENROLLED | {"FECHA_MATRICULA": ""},
    ENROLLED | {"FECHA_MATRICULA": "01/01/2099", "FECHA_PAGO": ""},
    ENROLLED | {"FECHA_MATRICULA": "01/01/2021"},
    ENROLLED | {"FECHA_PAGO": "01/01/2099"},
    ENROLLED | {"TARIFA": "Microcreds 70 %", "PCT_REDUCCION": "90", "IMPORTE_REDUCCION": "90,00",
                "IMPORTE_A_PAGAR": "10,00", "IMPORTE_PAGADO": "10,00"},
]  # fmt: skip


@pytest.fixture(scope="module")
def exports(tmp_path_factory) -> Path:
    """A plain programme whose first enrolments break the rules, and whose last ones repeat or contradict others."""
    folder = tmp_path_factory.mktemp("exports")
    write_programme(folder, enrolments=400, plain=True)
    editions = read_rows(folder / CATALOGUE)
    several = next(edition["ID_CURSO"] for edition in editions if edition["EDICION"] == "2")
    cancelled, undated = [edition for edition in editions if edition["ID_CURSO"] != several][-2:]
    cancelled |= {"FECHA_ANULADO": "01/10/2025", "ESTADO": "Anulado"}
    undated["FECHA_INICIO"] = ""
    write_rows(folder / CATALOGUE, editions)
    rows = read_rows(folder / ENROLMENTS)
    broken = [row | fault for row, fault in zip(rows, FAULTS, strict=False)]
    sound = rows[len(FAULTS) :]
    sound[0] |= ENROLLED | {"ID_CURSO": cancelled["ID_CURSO"], "EDICION": cancelled["EDICION"]}
    sound[1] |= ENROLLED | {"ID_CURSO": undated["ID_CURSO"], "EDICION": undated["EDICION"]}
    sound[2] |= ENROLLED | {"ID_CURSO": several, "EDICION": ""}
    sound[3] |= ENROLLED
    again = [
        sound[3] | {"ID_MATRICULA": "9000001"},
        sound[4] | {"NUM_DOC": "12345678Z", "TIPO_DOC": "NIF", "FECHA_ESTADO": "01/02/2026"},
        sound[5] | {"IMPORTE_REDUCCION": "9999,00", "FECHA_ESTADO": "01/02/2026"},
        sound[6],
    ]
    write_rows(folder / ENROLMENTS, [*broken, *sound, *again])
    return folder


def read_rows(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    write_csv(path, list(rows[0]), (list(row.values()) for row in rows))


def test_the_pandas_pipeline_knows_every_check_of_an_enrolment() -> None:
    ours = {check.rule for check in load_checks() if "enrolments" in check.exports}
    assert {*OF_READ_ROWS, *OF_ACCEPTED_ROWS} == ours - MENDING


def test_the_pandas_pipeline_finds_the_same_rows_as_our_load(exports, tmp_path) -> None:
    published = load(exports, tmp_path / "builds", lambda name, rows: None).build
    connection = duckdb.connect(str(published.path), read_only=True)
    found = defaultdict(set)
    for rule, line in connection.execute(
        "select rule, line from rejection where export = 'enrolments' union all "
        "select rule, line from flag where export = 'enrolments' union all "
        "select rule, line from superseded where export = 'enrolments'"
    ).fetchall():
        found[rule].add(line)
    rejected = {line for (line,) in connection.execute("select line from rejection").fetchall()}
    superseded = {line for (line,) in connection.execute("select line from superseded").fetchall()}
    gone = rejected | superseded
    theirs = load_pandas(exports, tmp_path / "pandas")
    decisive = {name for name, rule in OF_READ_ROWS.items() if rule.outcome == "reject"}
    settling = {"row_is_a_duplicate", "a_later_state_replaces_it"}
    compared = {*OF_READ_ROWS, *OF_ACCEPTED_ROWS, *settling}
    told = {
        name: {int(line) for line in theirs[name]} - (set() if name in decisive | settling else gone)
        for name in compared
    }
    assert {name: lines for name, lines in told.items() if lines} == {
        name: lines for name, lines in found.items() if name in compared
    }
    assert compared == {name for name, lines in told.items() if lines}
