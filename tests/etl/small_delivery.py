"""Small deliveries written by hand: every row is right but for the cells a test changes, and has a name."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.builds import open_reader
from etl.load import Loaded, load

Cells = Mapping[str, str]
Rows = Mapping[str, Cells]

LOADED_AT = datetime(2026, 2, 16, 9, 0, tzinfo=UTC)
LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"

CATALOGUE = {
    "ID_CURSO": "100001", "EDICION": "1", "DENOMINACION": "Curso de prueba", "DENOMINACION_VAL": "",
    "MODALIDAD": "Presencial", "CANAL": "", "HORAS": "20", "CREDITOS_ECTS": "2", "NIVEL_MECU": "6",
    "FECHA_MATRICULA": "", "FECHA_MATRICULA_FIN": "", "FECHA_INICIO": "12/01/2026", "FECHA_FIN": "20/02/2026",
    "FECHA_ANULADO": "", "PLAZAS": "", "PLAZAS_MIN": "", "PRECIO": "100,00", "ESTADO": "En curso",
}  # fmt: skip
ENROLMENT = {
    "ID_MATRICULA": "", "ID_CURSO": "100001", "EDICION": "1", "NUM_DOC": "", "TIPO_DOC": "NIF", "LETRA": "",
    "ID_ALUMNO": "", "SEXO": "M", "FECHA_NAC": "15/05/1990", "NACIONALIDAD": "España", "PAIS_RESIDENCIA": "España",
    "CP": "46022", "TARIFA": "Microcreds 70 %", "PRECIO_BASE": "100,00", "PCT_REDUCCION": "70",
    "IMPORTE_REDUCCION": "70,00", "IMPORTE_A_PAGAR": "30,00", "IMPORTE_PAGADO": "30,00",
    "FECHA_SOLICITUD": "01/12/2025", "FECHA_MATRICULA": "02/12/2025", "FECHA_PAGO": "03/12/2025",
    "FECHA_ANULACION": "", "FECHA_ESTADO": "03/12/2025", "ESTADO": "Matriculado", "RESULTADO": "",
    "FECHA_CERTIFICADO": "",
}  # fmt: skip
TEACHING = {"ID_CURSO": "100001", "EDICION": "1", "ID_PROF": "P1", "HORAS": "20", "TIPO_PROFESOR": "PDI UPV"}
ENDORSEMENT = {"ID_CURSO": "100001", "ENTIDAD": "Empresa de prueba", "FECHA_FIRMA": "01/10/2025"}
FUNDING = {
    "PROYECTO": "MICROCREDS", "ID_CURSO": "", "CONCEPTO": "Docencia", "SENTIDO": "Gasto", "ANUALIDAD": "2026",
    "PRESUPUESTADO": "1000,00", "PAGADO": "", "FACTURA": "",
}  # fmt: skip
USUAL = {
    "catalogue": CATALOGUE,
    "enrolments": ENROLMENT,
    "teaching": TEACHING,
    "endorsements": ENDORSEMENT,
    "funding": FUNDING,
}


def document(number: int) -> str:
    """A well-formed NIF of nobody: numbers from 90 million on have not been issued."""
    return f"{90_000_000 + number}{LETTERS[(90_000_000 + number) % 23]}"


def write_csv(path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows([headers, *rows])


def complete(export: str, rows: Rows) -> list[dict[str, str]]:
    """The cells of each row; enrolments get an id and a document of their own."""
    completed = []
    for number, cells in enumerate(rows.values(), start=1):
        own = {"ID_MATRICULA": f"E{number:03}", "NUM_DOC": document(number)} if export == "enrolments" else {}
        completed.append({**USUAL[export], **own, **cells})
    return completed


@dataclass(frozen=True)
class SmallLoad:
    """A published load and the line of each named row."""

    loaded: Loaded
    connection: duckdb.DuckDBPyConnection
    lines: Mapping[tuple[str, str], int]

    def rows(self, sql: str, *values: object) -> list[tuple]:
        return self.connection.execute(sql, list(values)).fetchall()

    def told(self, export: str, name: str) -> dict[str, set[str]]:
        """What the load says of a row: {"rejection": rules} and so on, empty when it was plainly accepted."""
        line = self.lines[export, name]
        told = {}
        for table in ("rejection", "flag", "superseded"):
            rules = self.rows(f"select rule from loaded.{table} where export = ? and line = ?", export, line)
            told[table] = {rule for (rule,) in rules}
        return {table: rules for table, rules in told.items() if rules}

    def found(self, rule: str) -> list[str | None]:
        tables = " union all ".join(f"select rule, found, line from loaded.{table}" for table in ("rejection", "flag"))
        return [found for (found,) in self.rows(f"select found from ({tables}) where rule = ? order by line", rule)]

    def value(self, table: str, column: str, export: str, name: str) -> object:
        """One value of the typed row that a named row became."""
        found = self.rows(
            f"select {column} from loaded.{table} where split_part(row_key, '-', 2) = ?", str(self.lines[export, name])
        )
        assert len(found) == 1, f"{name} became {len(found)} rows"
        return found[0][0]

    def count(self, table: str) -> int:
        return self.rows(f"select count(*) from loaded.{table}")[0][0]


def write_delivery(folder: Path, **exports: Rows) -> dict[tuple[str, str], int]:
    folder.mkdir(parents=True, exist_ok=True)
    lines = {}
    for export, rows in {"catalogue": {"usual": {}}, **exports}.items():
        headers = list(dict.fromkeys([*USUAL[export], *(header for cells in rows.values() for header in cells)]))
        cells = [[row.get(header, "") for header in headers] for row in complete(export, rows)]
        write_csv(folder / f"{export}.csv", headers, cells)
        lines |= {(export, name): line for line, name in enumerate(rows, start=2)}
    return lines


def load_folder(folder: Path, builds: Path, lines: Mapping[tuple[str, str], int] | None = None) -> SmallLoad:
    loaded = load(folder, builds, tell_nobody, now=LOADED_AT)
    return SmallLoad(loaded, open_reader(loaded.build), lines or {})


def load_rows(folder: Path, **exports: Rows) -> SmallLoad:
    lines = write_delivery(folder / "exports", **exports)
    return load_folder(folder / "exports", folder / "builds", lines)


def tell_nobody(file_name: str, rows: int) -> None:
    pass
