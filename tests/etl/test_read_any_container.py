"""Whatever a table of text is written as, it comes back the same."""

import csv
import io
import unicodedata
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.tidy_text import Tidying
from etl.workbook_process import answer_question, write_value
from tests.etl.test_spreadsheet import ods_row, write_ods
from tests.etl.written_tables import HEADERS, read_bytes

LATIN = "abc áéíóúñçü €'\"/=+-@<>&%_.;,|\t\n·ª"
ANYTHING = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufffe\uffff")
CELLS = st.one_of(st.text(alphabet=LATIN, max_size=12), st.text(alphabet=ANYTHING, max_size=8))
# The first cell is a code, so that no row is a total, a note or blank.
ROWS = st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def expected(rows: list[tuple[str, str]]) -> list[list[str]]:
    """Trimmed by the reader's own rule: what is proven here is that containers do not matter."""
    tidying = Tidying()
    return [[str(100 + number), *(tidying.tidy(cell) for cell in row)] for number, row in enumerate(rows)]


def part_lines(cell: str, delimiter: str) -> str:
    """A cell with delimiters and newlines in a table of three columns may look like two rows: it is then rejected."""
    return cell.replace("\n", " ") if delimiter in cell or delimiter == "\t" else cell


def read(folder: Path, content: bytes, name: str) -> list[list[str]]:
    return [row.cells for row in read_bytes(folder, content, name).rows()]


@MANY
@given(
    rows=ROWS,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    delimiter=st.sampled_from(";,\t|"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_any_table_survives_any_text_file(
    tmp_path: Path, rows: list[tuple[str, str]], encoding: str, delimiter: str, line_end: str, quoting: int
) -> None:
    rows = [("ñ", "é"), *rows]
    if encoding == "cp1252":
        rows = [tuple("".join(letter for letter in cell if letter in LATIN) for cell in row) for row in rows]
    if line_end == "\r":
        quoting = csv.QUOTE_ALL  # this writer leaves a newline unquoted when lines end otherwise
    rows = [tuple(part_lines(cell, delimiter) for cell in row) for row in rows]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerow(HEADERS)
    writer.writerows([str(100 + number), *row] for number, row in enumerate(rows))
    assert read(tmp_path, buffer.getvalue().encode(encoding), "export.csv") == expected(rows)


@MANY
@given(rows=ROWS)
def test_any_table_survives_a_workbook_of_xlsxwriter(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for line, row in enumerate([HEADERS, *([str(100 + number), *row] for number, row in enumerate(rows))]):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell)
    assert read(tmp_path, buffer.getvalue(), "export.xlsx") == expected(rows)


@MANY
@given(rows=ROWS)
def test_any_table_survives_a_workbook_of_openpyxl(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(HEADERS)
    for number, row in enumerate(rows):
        workbook.active.append([str(100 + number), *row])
        for cell in workbook.active[number + 2]:
            cell.data_type = "s"
    buffer = io.BytesIO()
    workbook.save(buffer)
    assert read(tmp_path, buffer.getvalue(), "export.xlsx") == expected(rows)


@given(text=st.text(max_size=30))
def test_tidy_text_is_trimmed_and_stays_as_it_is(text: str) -> None:
    tidied = Tidying().tidy(text)
    assert Tidying().tidy(tidied) == tidied
    assert unicodedata.is_normalized("NFC", tidied)
    assert tidied == tidied.strip("\t\r\n \u00a0\u200b\ufeff")


@pytest.mark.parametrize("rows", [[("Diseño", "25"), ("x", "y z")]])
def test_a_workbook_is_answered_row_by_row(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(write_ods(ods_row(*HEADERS) + "".join(ods_row("1", *row) for row in rows)))
    assert list(answer_question(str(path), "sheets")) == [["Datos", False]]
    assert list(answer_question(str(path), "0")) == [[1, HEADERS], [2, ["1", "Diseño", "25"]], [3, ["1", "x", "y z"]]]


def test_values_of_other_workbooks_are_written_like_those_of_xlsx() -> None:
    import datetime

    values = [
        datetime.timedelta(hours=50),
        datetime.datetime(2025, 10, 13),
        datetime.datetime(2025, 10, 13, 9, 30),
        2.0,
        True,
        "a",
    ]
    assert [write_value(value) for value in values] == [
        "50:00:00",
        "2025-10-13",
        "2025-10-13T09:30:00",
        "2",
        "TRUE",
        "a",
    ]
