"""The rejected rows as a workbook in the sender's own layout, to be corrected and sent again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.builds import Build, open_reader
from etl.sentences import Sentences

ENDING = "-rejected.xlsx"
LONGEST_SHEET_NAME = 31
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
RESERVED_NAMES = ("", "history")
ROWS_AT_MOST = 1_048_575  # of a sheet, under its header
LONGEST_CELL = 32_767
FILES = """
select file_id, file_name, export from loaded.source_file
where file_id in (select file_id from loaded.rejection) order by file_name, file_id
"""
HEADERS = "select header, field from loaded.header where file_id = ? order by position"
COLUMNS = """
select column_name from duckdb_columns() where database_name = 'loaded' and schema_name = 'raw' and table_name = ?
"""


@dataclass(frozen=True)
class Source:
    """A file with rejected rows. fields: of each header; stored: those whose cells the build keeps as sent."""

    file_id: str
    file_name: str
    export: str
    headers: list[str]
    fields: list[str | None]
    stored: frozenset[str]

    def is_kept(self, at: int) -> bool:
        return self.fields[at] in self.stored


def write_rejected_workbook(build: Build, sentences: Sentences) -> Path | None:
    """One sheet for each file with rejected rows; None, and no workbook, when there are none."""
    with open_reader(build) as connection:
        sources = list(list_sources(connection))
        if not sources:
            return None
        path = build.path.with_name(f"{build.build_id}{ENDING}")
        names: set[str] = set()
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
            text = workbook.add_format({"num_format": "@"})
            for source in sources:
                sheet = workbook.add_worksheet(name_sheet(source.file_name, names))
                write_sheet(sheet, text, source, list_rows(connection, source, sentences), sentences)
    return path


def list_sources(connection: duckdb.DuckDBPyConnection) -> Iterator[Source]:
    for file_id, file_name, export in connection.execute(FILES).fetchall():
        stored = frozenset(name for (name,) in connection.execute(COLUMNS, [export]).fetchall())
        headers = connection.execute(HEADERS, [file_id]).fetchall()
        yield Source(file_id, file_name, export, [each[0] for each in headers], [each[1] for each in headers], stored)


def list_rows(
    connection: duckdb.DuckDBPyConnection, source: Source, sentences: Sentences
) -> Iterator[tuple[Sequence[str | None], int, str]]:
    """The cells of each rejected row as sent, its line and the sentences of its reasons."""
    reasons = collect_reasons(connection, source, sentences)
    cells = ", ".join(f'"{name}"' if name in source.stored else "null" for name in source.fields)
    rows = connection.execute(
        f"select file_line, {cells} from loaded.raw.{source.export} where file_id = ? and row_key in "
        "(select row_key from loaded.rejection) order by file_line",
        [source.file_id],
    )
    while row := rows.fetchone():
        yield row[1:], row[0], "\n".join(reasons[row[0]])


def collect_reasons(
    connection: duckdb.DuckDBPyConnection, source: Source, sentences: Sentences
) -> Mapping[int, list[str]]:
    headers = dict(zip(source.fields, source.headers, strict=True))
    found = connection.execute(
        "select line, field, rule, found from loaded.rejection where file_id = ? order by line, field, rule",
        [source.file_id],
    ).fetchall()
    reasons: dict[int, list[str]] = {}
    for line, field, rule, what in found:
        header = headers.get(field) if field else None
        sentence = sentences.say_row(rule, what)
        reasons.setdefault(line, []).append(f"{header}: {sentence}" if header else sentence)
    return reasons


def write_sheet(
    sheet: Worksheet,
    text: Format,
    source: Source,
    rows: Iterator[tuple[Sequence[str | None], int, str]],
    sentences: Sentences,
) -> None:
    """Every cell is text, also once it was corrected, so that none is a formula and none loses its zeros."""
    own = [sentences.word("sent_line"), sentences.word("sent_reason")]
    for at, header in enumerate([*source.headers, *own]):
        sheet.write_string(0, at, header[:LONGEST_CELL], text)
        if at < len(source.headers) and header and not source.is_kept(at):
            sheet.write_comment(0, at, sentences.word("cells_not_kept"))
    sheet.freeze_panes(1, 0)
    for number, (cells, line, reason) in zip(range(1, ROWS_AT_MOST + 1), rows, strict=False):
        for at, cell in enumerate([*cells, str(line), reason]):
            if cell:
                sheet.write_string(number, at, cell[:LONGEST_CELL], text)


def name_sheet(file_name: str, taken: set[str]) -> str:
    """What of a file name a sheet may be called; names that only differ in case are one to a spreadsheet."""
    plain = " ".join(file_name.translate(NOT_IN_SHEET_NAMES).split())[:LONGEST_SHEET_NAME].strip()
    wanted = f"_{plain}" if plain.casefold() in RESERVED_NAMES else plain
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted[: LONGEST_SHEET_NAME - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name
