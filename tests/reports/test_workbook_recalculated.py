"""The formulas of the workbook, worked out by LibreOffice from the cells shown, are the figures of the pack."""

import io
import re
from decimal import Decimal

import openpyxl
import pytest

from reports.sheet import fold_name
from reports.workbook import write_workbook
from tests.reports.office import recalculate

CODE = re.compile(r"\d+-[0-9A-Z]{7}")


@pytest.fixture(scope="module")
def pack(sample_pack):
    return sample_pack("en")


@pytest.fixture(scope="module")
def books(pack, tmp_path_factory):
    """The workbook as it is written, with its formulas, and as LibreOffice works it out."""
    written = write_workbook(pack)
    worked_out = recalculate(written, tmp_path_factory.mktemp("office"))
    return openpyxl.load_workbook(io.BytesIO(written)), openpyxl.load_workbook(io.BytesIO(worked_out), data_only=True)


def formulas(books, starting: str) -> list[tuple]:
    """(code of its row, place of the column, value as worked out) of every formula that starts so."""
    written, worked_out = books
    return [
        (code_of(row), cell.column, worked_out[sheet.title][cell.coordinate].value)
        for sheet in written for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f" and cell.value.startswith(starting)
    ]


def code_of(row) -> str:
    return next(cell.value for cell in row if isinstance(cell.value, str) and CODE.fullmatch(cell.value))


def test_every_total_is_the_figure_of_its_row(pack, books):
    """The numbers of a row stand in the order in which the ledger has them, after the names of the row."""
    found = formulas(books, "=SUBTOTAL(")
    assert len(found) > 60
    for code, column, value in found:
        figures = pack.figures_of(code)
        grid = next(one for section in pack.sections for one in section.blocks if code in getattr(one, "codes", ()))
        units = [each.unit for each in grid.table.columns]
        place = sum(unit not in ("text", "code", "day") for unit in units[: column - 1])
        assert Decimal(str(round(value, 6))) == figures[place].value, (grid.key, code, figures[place].column)


def test_every_line_of_the_form_is_the_figure_that_it_names(pack, books):
    written, worked_out = books
    named = {fold_name(f"{figure.key}_{figure.column}"): figure.value for figure in pack.figures}
    rows = [row for row in written["Form"].iter_rows() if str(row[3].value).startswith("=IF(ISBLANK(F_")]
    assert len(rows) > 200
    for row in rows:
        value, expected = worked_out["Form"][row[3].coordinate].value, named[row[0].value.removeprefix("F_")]
        assert value == (None if expected is None else pytest.approx(float(expected))), row[0].value
    assert None in named.values()


def test_no_formula_is_an_error(books):
    cells = [cell for sheet in books[1] for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "e"] == []
