"""Formulas in every column of every export and in all that is typed, looked for in every file that goes out."""

import csv
import io
import re
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from analytics.downloads import FORMULA_STARTS, to_csv, to_xlsx
from analytics.evidence_worklist import find_gaps, group_by_centre
from analytics.settings import newest_version
from analytics.snapshot import take_snapshot
from analytics.table import Column, Table
from analytics.words import words
from etl import rejected_list
from etl.builds import current_build
from etl.rejected_list import write_rejected_list
from etl.sentences import load_sentences
from reports.comments import add_comment
from reports.content import Comment, Grid
from reports.evidence_requests import write_requests
from reports.grant import find_deadlines
from reports.pack import make_pack
from reports.package import read_members, write_zip
from reports.settings import Wish, change_setting, editables
from tests.etl.small_delivery import USUAL, load_folder, write_delivery
from tests.reports.conftest import CUT_OFF, PERIOD

# Every start, as what a spreadsheet would open, ask another program or send away.
EVILS = [
    *(f"{start}HYPERLINK(\"http://x.invalid\";\"a\")" for start in FORMULA_STARTS), "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0", "=DDE(\"cmd\";\"/C calc\";\"1\")", "-2+3+cmd|' /C calc'!A0", "=WEBSERVICE(A1)",
    "=1+1",
]
# Unknown states refuse a whole file.
REFUSED = {("enrolments", "ESTADO")}
FREE_TEXT = {
    "catalogue": ("DENOMINACION", "DENOMINACION_VAL", "CAMPUS", "CENTRO", "DEPARTAMENTO", "REQUISITOS"),
    "endorsements": ("ENTIDAD", "TIPO_ENTIDAD", "TIPO_COLABORACION"),
    "funding": ("PROYECTO", "LINEA", "TIPO_LINEA", "CONCEPTO"),
}
# Nothing but numbers and the names of their cells may be worked out.
OUR_FORMULAS = re.compile(r"=(SUBTOTAL\(109,[A-Z]+\d+:[A-Z]+\d+\)|IF\(ISBLANK\(F_\w+\),\"\",F_\w+\))")
NUMBER = re.compile(r"-[\d.,]+%?")


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """Every evil in each free text of rows that count, and one in each other column of rows that may not."""
    folder = tmp_path_factory.mktemp("evil")
    exports: dict[str, dict] = {export: {"usual": {}} for export in USUAL}
    for export, usual in USUAL.items():
        for number, evil in enumerate(EVILS):
            place = {"ID_CURSO": f"2{number:05}"} if export == "catalogue" else {}
            free = dict.fromkeys(FREE_TEXT.get(export, ()), f"{evil}{number}")
            exports[export][f"free {number}"] = place | free if free or place else {}
        for number, column in enumerate([*usual, "CENTRO", "NIVEL_ESTUDIOS"]):
            if (export, column) in REFUSED:
                continue
            place = {"ID_CURSO": f"3{number:05}"} if export == "catalogue" else {}
            exports[export][f"alone {number}"] = place | {column: EVILS[number % len(EVILS)]}
    exports["enrolments"]["rejected"] = {"IMPORTE_REDUCCION": "170,00", "ID_CURSO": "=1+1", "NIVEL_ESTUDIOS": "@x"}
    write_delivery(folder / "exports", **exports)
    load_folder(folder / "exports", folder / "builds")
    for number, one in enumerate(one for one in editables(newest_version(folder / "builds")) if one.unit == "text"):
        change_setting(folder / "builds", number, one, Wish(EVILS[number % len(EVILS)], "@SUM(A1)", "", "+Ana"), "es")
    for section, evil in zip(("targets", "economic", "funnel"), EVILS[-3:], strict=True):
        comment = Comment(str(PERIOD), section, "-1+1", date(2026, 1, 16), evil, is_internal=False)
        add_comment(folder / "builds", comment)
    add_comment(folder / "builds", Comment(
        str(PERIOD), "", "+Ana", date(2026, 1, 16), EVILS[0], metric="enrolments", first_on=date(2025, 11, 3),
    ))
    return folder / "builds"


@pytest.fixture(scope="module")
def snapshot(builds):
    return take_snapshot(current_build(builds), CUT_OFF)


@pytest.fixture(scope="module")
def pack(builds):
    return make_pack(builds, PERIOD, CUT_OFF, "es", "restricted", "borrador")


def files_of_pack(builds, snapshot, pack):
    yield from read_members(write_zip(pack)).items()


def files_of_public_pack(builds, snapshot, pack):
    yield from read_members(write_zip(make_pack(builds, PERIOD, CUT_OFF, "va", "public", "borrador"))).items()


def tables_of_pack(builds, snapshot, pack):
    for grid in (block for section in pack.sections for block in section.blocks if isinstance(block, Grid)):
        yield f"{grid.key}.csv", to_csv(grid.table, [grid.caption])
        yield f"{grid.key}.xlsx", to_xlsx(grid.table, [grid.caption], grid.key)


def rows_as_downloads(builds, snapshot, pack):
    """Whatever a page could offer of the rows that were loaded."""
    for table in ("edition", "enrolment", "teaching", "loaded.endorsement", "loaded.funding_line"):
        rows = snapshot.rows(f"select * from {table}")
        columns = tuple(Column(name) for name in rows[0])
        texts = [tuple(None if cell is None else str(cell) for cell in row.values()) for row in rows]
        yield f"{table}.csv", to_csv(Table(columns, texts), EVILS)
        yield f"{table}.xlsx", to_xlsx(Table(columns, texts), EVILS, EVILS[0])


def requests_of_evidence(builds, snapshot, pack):
    centres = group_by_centre(find_gaps(snapshot, find_deadlines(builds)))
    content = write_requests(words("es"), centres, [EVILS[0]], CUT_OFF, datetime(2026, 1, 16))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())


def rejected_rows(builds, snapshot, pack):
    write_rejected_list(snapshot.build, load_sentences("es"))
    yield from ((path.name, path.read_bytes()) for path in builds.glob("*-rejected.*"))


WRITERS = (
    files_of_pack, files_of_public_pack, tables_of_pack, rows_as_downloads, requests_of_evidence, rejected_rows,
)


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_no_cell_that_goes_out_is_a_formula_but_ours(write, builds, snapshot, pack):
    files = {name: content for name, content in write(builds, snapshot, pack) if name.endswith((".csv", ".xlsx"))}
    assert files
    for name, content in files.items():
        found = risky_cells(content) if name.endswith(".csv") else formulas(content)
        assert found == [], name


def formulas(workbook):
    """The cells that a spreadsheet would work out, now or once somebody has edited them, and what leads outside."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    found = [cell.value for cell in cells if cell.data_type == "f" and not OUR_FORMULAS.fullmatch(cell.value)]
    heads = {id(cell) for sheet in book for table in sheet.tables.values() for cell in sheet[table.ref][0]}
    found += [
        cell.value for cell in cells if cell.data_type != "f" and cell.value.startswith(FORMULA_STARTS)
        and not cell.quotePrefix and cell.number_format != "@" and id(cell) not in heads
    ]
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        found += [name for name in archive.namelist() if re.search("externalLink|connections|embeddings", name)]
        found += [name for name in archive.namelist() if name.endswith(".rels") and b"x.invalid" in archive.read(name)]
    return found


def risky_cells(content):
    """The cells of a CSV that a spreadsheet would take for a formula; a number may begin with its sign."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(cell)]


def test_the_formulas_did_come_in(pack, builds, snapshot):
    for table, column in (("edition", "title"), ("loaded.endorsement", "entity"), ("loaded.funding_line", "concept")):
        texts = [row["text"] for row in snapshot.rows(f"select {column} as text from {table}")]
        evil = {text[0] for text in texts if text and text.startswith(FORMULA_STARTS)}
        assert len(evil) >= 5, table
    said, rejected = repr(pack.sections), dict(rejected_rows(builds, snapshot, pack))
    for evil in ("HYPERLINK", "cmd|", "WEBSERVICE", "DDE("):
        assert evil in said, evil
    [listed] = [content for name, content in rejected.items() if name.endswith(".csv")]
    assert len([line for line in listed.decode("utf-8-sig").splitlines() if ";'" in line]) >= 2


def test_the_two_lists_of_what_begins_a_formula_are_the_same():
    assert set(rejected_list.FORMULA_STARTS) == set(FORMULA_STARTS)


@pytest.mark.parametrize("unit", ["text", "code", "figure", "count", "EUR", "share", "day"])
def test_every_start_in_every_kind_of_column_is_harmless(unit):
    rows = [(f"{start}1+1", 1) for start in FORMULA_STARTS]
    table = Table((Column("=cabecera", unit), Column("n", "count")), rows)
    assert risky_cells(to_csv(table, ["@titulo"])) == []
    assert formulas(to_xlsx(table, ["@titulo"], "hoja")) == []
