"""A formula in every column of text of every export: loaded, then looked for in every file that goes out."""

import csv
import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest

from analytics.downloads import FORMULA_STARTS, to_csv, to_xlsx
from analytics.periods import HalfYear
from analytics.settings import newest_version
from analytics.snapshot import take_snapshot
from analytics.table import Column, Table
from etl.builds import current_build
from etl.load import load
from reports.comments import add_comment
from reports.content import Comment, Grid
from reports.pack import make_pack
from reports.package import read_members, write_zip
from reports.settings import Wish, change_setting, editables
from tests.conftest import ROOT

SAMPLE = ROOT / "data" / "sample"
EVIL = "=HYPERLINK(\"http://x.invalid\";\"{}\")"
# Columns that the loader must be able to read as what they are: the others are free text.
FREE_TEXT = {
    "catalogo_microcredenciales.csv": (
        "DENOMINACION", "DENOMINACION_VAL", "CAMPUS", "CENTRO", "DEPARTAMENTO", "IDIOMA", "REQUISITOS",
    ),
    "avales.csv": ("ENTIDAD", "TIPO_ENTIDAD", "TIPO_COLABORACION"),
    "financiacion.csv": ("PROYECTO", "LINEA", "TIPO_LINEA", "CONCEPTO"),
}
OUR_FORMULAS = re.compile(r"=(SUBTOTAL\(109,[A-Z]+\d+:[A-Z]+\d+\)|IF\(ISBLANK\(F_\w+\),\"\",F_\w+\))")


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """The sample with a formula in every cell of free text, in the settings and in a comment."""
    exports, folder = tmp_path_factory.mktemp("evil"), tmp_path_factory.mktemp("evil_builds")
    for path in SAMPLE.iterdir():
        content = path.read_bytes()
        (exports / path.name).write_bytes(poison(path.name, content) if path.name in FREE_TEXT else content)
    load(exports, folder, lambda name, rows: None)
    for number, one in enumerate(one for one in editables(newest_version(folder)) if one.unit == "text"):
        change_setting(folder, number, one, Wish(EVIL.format(one.key), "@SUM(A1)", "", "+Ana"), "es")
    for section in ("targets", "economic"):
        add_comment(folder, Comment("2025-H2", section, "=cmd|' /C calc'!A0", date(2026, 1, 16), "-1+1"))
    return folder


def poison(name, content):
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    places = [place for place, heading in enumerate(lines[0]) if heading in FREE_TEXT[name]]
    for number, line in enumerate(lines[1:]):
        if len(line) == len(lines[0]) and line[0]:
            for place in places:
                line[place] = FORMULA_STARTS[number % len(FORMULA_STARTS)] + EVIL.format(lines[0][place]) + line[place]
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode("utf-8-sig")


@pytest.fixture(scope="module")
def pack(builds):
    return make_pack(builds, HalfYear(2025, 2), date(2026, 1, 15), "es", "restricted", "borrador")


def formulas(workbook):
    """The cells that a spreadsheet would work out."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def risky_cells(content):
    """The cells of a CSV that a spreadsheet would take for a formula; a number may begin with its sign."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    number = re.compile(r"-[\d.,]+%?")
    return [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS) and not number.fullmatch(cell)]


def test_the_formulas_did_come_in(pack, builds):
    titles = [row["title"] for row in take_snapshot(current_build(builds), date(2026, 1, 15)).rows(
        "select title from edition")]
    assert titles and all(title.startswith(FORMULA_STARTS) for title in titles if "HYPERLINK" in title)
    assert sum("HYPERLINK" in title for title in titles) > 40
    said = repr(pack.sections)
    for column in ("DENOMINACION", "LINEA", "CONCEPTO", "project_code", "cmd|"):
        assert column in said, column


def test_no_cell_of_the_workbook_is_a_formula_but_ours(pack):
    members = read_members(write_zip(pack))
    found = formulas(members["report.xlsx"])
    assert found and all(OUR_FORMULAS.fullmatch(formula) for formula in found)
    with zipfile.ZipFile(io.BytesIO(members["report.xlsx"])) as archive:
        assert not [name for name in archive.namelist() if "externalLink" in name]
        assert b"x.invalid" not in b"".join(archive.read(name) for name in archive.namelist() if "_rels" in name)
    assert risky_cells(members["indicators.csv"]) == []


def test_no_table_of_any_section_becomes_a_formula_as_csv_or_workbook(pack):
    grids = [block for section in pack.sections for block in section.blocks if isinstance(block, Grid)]
    for grid in grids:
        assert risky_cells(to_csv(grid.table, [grid.caption])) == [], grid.key
        assert formulas(to_xlsx(grid.table, [grid.caption], grid.key)) == [], grid.key


@pytest.mark.parametrize("start", FORMULA_STARTS)
@pytest.mark.parametrize("unit", ["text", "code", "figure"])
def test_every_start_in_every_kind_of_text_is_harmless(start, unit):
    table = Table((Column(f"{start}cabecera", unit), Column("n", "count")), [(f"{start}1+1", 1)])
    assert risky_cells(to_csv(table, [f"{start}titulo"])) == []
    assert formulas(to_xlsx(table, [f"{start}titulo"], "hoja")) == []


def test_the_list_of_rejected_rows_is_harmless_too(builds):
    for path in builds.glob("*-rejected.csv"):
        assert risky_cells(path.read_bytes()) == []
    for path in builds.glob("*-rejected.xlsx"):
        assert formulas(path.read_bytes()) == []
