"""Any programme, in any mixture of spellings, encodings and layouts, loads to the same tables as its plain rendering.

PROPERTY_SECONDS says for how long other programmes are tried; a soak tries more.
"""

import csv
import io
import os
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import xlsxwriter

from etl.builds import open_reader
from etl.layout import load_layouts
from etl.load import load
from tests.oracle.generate import generate_programme
from tests.oracle.programme import Programme
from tests.oracle.publish import LOADED_AT, say_nothing
from tests.oracle.render import (
    Cells,
    edition_cells,
    endorsement_cells,
    states_of_an_enrolment,
    teaching_cells,
    write_export,
)

SECONDS = float(os.environ.get("PROPERTY_SECONDS", "12"))
FEWEST = 3
ENROLMENTS = 40
FIRST_SEED = int(os.environ.get("PROPERTY_SEED", "7000"))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-15")
DATE_FORMS = (
    "{2}/{1}/{0}", "{2}-{1}-{0}", "{2}.{1}.{0}", "{0}-{1}-{2}", "{0}/{1}/{2}", "{0}{1}{2}", "{0}-{1}-{2}T00:00:00",
)  # fmt: skip
MONEY_AND_HOURS = ("HORAS", "CREDITOS_ECTS", "PRECIO", "PRECIO_BASE", "IMPORTE_REDUCCION", "PCT_REDUCCION")
# Two pairs of modality and channel may mean one delivery, which is compared; rows are told by their file.
NOT_COMPARED = {"row_key", "modality", "channel"}
SYNONYMS = {
    layout.export: {each.headers[0]: each.headers for each in layout.fields.values()} for layout in load_layouts()
}


class FirstChoice(Random):
    """Draws the plain spelling, which stands first in every list, and leaves no earlier state behind."""

    def choice(self, seq: Sequence) -> object:
        return seq[0]

    def random(self) -> float:
        return 0.99


def spell(programme: Programme, draw: Random) -> dict[str, list[Cells]]:
    return {
        "catalogue": [edition_cells(row, draw) for row in programme.editions],
        "teaching": [teaching_cells(row, draw) for row in programme.teaching or ()],
        "enrolments": [cells for row in programme.enrolments or () for cells in states_of_an_enrolment(row, draw)],
        "endorsements": [endorsement_cells(row, draw) for row in programme.endorsements or ()],
    }


def write_plainly(programme: Programme, folder: Path) -> None:
    folder.mkdir()
    for export, rows in spell(programme, FirstChoice()).items():
        if rows:
            write_export(folder / f"{export}.csv", rows)


def write_somehow(programme: Programme, folder: Path, draw: Random) -> None:
    folder.mkdir()
    for export, rows in spell(programme, draw).items():
        draw.shuffle(rows)
        middle = draw.choice([0, len(rows) // 2])
        for part, some in enumerate((rows[:middle], rows[middle:])):
            if some:
                write_file(folder / f"{draw.randrange(1000):03}-{export}{part}", lay_out(export, some, draw), draw)


def lay_out(export: str, rows: list[Cells], draw: Random) -> list[list[str]]:
    """A header and rows: columns in any order under any of their names, dates and decimals each in one form."""
    columns = list(rows[0])
    draw.shuffle(columns)
    table = [[draw.choice([str.upper, str.lower, str])(draw.choice(SYNONYMS[export][name])) for name in columns]]
    forms = {name: (draw.choice(DATE_FORMS), draw.choice(",.")) for name in columns}
    table += [[write_cell(name, row[name], *forms[name]) for name in columns] for row in rows]
    if draw.random() < 0.3:  # a column of no meaning
        table = [[*row, "Observaciones internas" if at == 0 else "x"] for at, row in enumerate(table)]
    return table


def write_cell(name: str, text: str, date_form: str, decimal_sign: str) -> str:
    if name.startswith("FECHA") and text:
        day, month, year = text.split("/")
        return date_form.format(year, month, day)
    return text.replace(",", decimal_sign) if name in MONEY_AND_HOURS else text


def write_file(path: Path, table: list[list[str]], draw: Random) -> None:
    above = draw.choice([[], [["Microcredenciales"], []]])
    below = draw.choice([[], [[], ["Fecha de extracción: 20/11/2026"]]])
    if draw.random() < 0.25:
        write_workbook(path.with_suffix(".xlsx"), [*above, *table, *below])
        return
    buffer = io.StringIO()
    quoting = draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    ends = draw.choice(["\n", "\r\n"])
    csv.writer(buffer, delimiter=draw.choice(";,\t|"), lineterminator=ends, quoting=quoting).writerows(
        [*above, *table, *below]
    )
    path.with_suffix(".csv").write_bytes(buffer.getvalue().encode(draw.choice(ENCODINGS)))


def write_workbook(path: Path, table: list[list[str]]) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for line, row in enumerate(table):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text)


def load_tables(folder: Path) -> dict[str, list[tuple]]:
    """Every row of the typed tables, and what was rejected, which has to be nothing."""
    build = load(folder, folder.with_name(f"{folder.name}-builds"), say_nothing, now=LOADED_AT).build
    tables = {}
    with open_reader(build) as connection:
        for table in ("edition", "teaching", "enrolment", "endorsement"):
            names = connection.execute(
                "select column_name from duckdb_columns() where database_name = 'loaded' and table_name = ? "
                "and schema_name = 'main' order by column_index", [table],
            ).fetchall()  # fmt: skip
            compared = ", ".join(f'"{name}"' for (name,) in names if name not in NOT_COMPARED)
            tables[table] = connection.execute(f"select {compared} from loaded.{table} order by all").fetchall()
        rejected = connection.execute("select export, line, field, rule, found from loaded.rejection")
        tables["rejection"] = rejected.fetchall()
    return tables


def test_any_rendering_of_a_programme_loads_to_the_tables_of_its_plain_one(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PSEUDONYM_KEY_FILE", str(tmp_path / "the.key"))  # one key, so that people can be compared
    started, done = time.monotonic(), 0
    while done < FEWEST or time.monotonic() - started < SECONDS:
        seed = FIRST_SEED + done
        programme = generate_programme(seed, ENROLMENTS)
        plain, other = tmp_path / f"{seed}-plain", tmp_path / f"{seed}-other"
        write_plainly(programme, plain)
        write_somehow(programme, other, Random(seed))
        expected = load_tables(plain)
        assert load_tables(other) == expected, f"PROPERTY_SEED={seed}"
        assert expected["rejection"] == []
        done += 1


def test_the_plain_rendering_holds_every_row_of_the_programme(tmp_path) -> None:
    programme = generate_programme(FIRST_SEED, ENROLMENTS)
    write_plainly(programme, tmp_path / "plain")
    tables = load_tables(tmp_path / "plain")
    assert len(tables["edition"]) == len(programme.editions)
    assert len(tables["enrolment"]) == len(programme.enrolments or ())


