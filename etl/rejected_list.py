"""The list of rejected rows as a CSV beside the build, for whoever has to mend them at the source."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb

from etl import rejected_workbook
from etl.builds import Build, list_builds, open_reader
from etl.rejected_workbook import write_rejected_workbook
from etl.sentences import Sentences

ENDING = "-rejected.csv"
# A spreadsheet takes a cell that begins so for a formula; the full-width twins too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = ("list_file", "list_line", "list_column", "list_reason", "list_found")
ROWS = """
select f.file_name, r.line, coalesce(h.header, r.field), r.rule, r.found
from loaded.rejection as r
join loaded.source_file as f using (file_id)
left join loaded.header as h on h.file_id = r.file_id and h.field = r.field
order by f.file_name, r.line, r.field, r.rule
"""


def write_rejected_list(build: Build, sentences: Sentences) -> Path:
    """UTF-8 with a byte order mark and semicolons: it opens right in a Spanish Excel. The workbook stands beside it."""
    path = build.path.with_name(f"{build.build_id}{ENDING}")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(sentences.word(column) for column in COLUMNS)
        with open_reader(build) as connection:
            writer.writerows(list_rejected(connection, sentences))
    write_rejected_workbook(build, sentences)
    drop_orphans(build.path.parent)
    return path


def list_rejected(connection: duckdb.DuckDBPyConnection, sentences: Sentences) -> Iterator[list[object]]:
    rows = connection.execute(ROWS)
    while row := rows.fetchone():
        file_name, line, column, rule, found = row
        texts = (column or "", sentences.say_row(rule, found), sentences.show_found(rule, found or ""))
        yield [make_safe(file_name), line, *map(make_safe, texts)]


def make_safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def drop_orphans(builds_folder: Path) -> None:
    """Lists of builds that are no longer kept."""
    kept = {build.build_id for build in list_builds(builds_folder)}
    for ending in (ENDING, rejected_workbook.ENDING):
        for path in builds_folder.glob(f"*{ending}"):
            if path.name.removesuffix(ending) not in kept:
                path.unlink()
