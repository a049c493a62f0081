"""The middle of a load: from the files to the tables of the build, each export in turn, the catalogue first."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import duckdb

from etl.check import Check, load_checks, run_checks
from etl.folder import LoadRefused, SourceFile
from etl.kept_rows import copy_rows
from etl.layout import Layout
from etl.limits import find_conflicts, find_files_without_use, find_unknown_states
from etl.read import FileRefused
from etl.reconcile import record_file, require_unique_keys
from etl.settle import (
    flag_rows,
    mend_centuries,
    reject_rows,
    supersede_copy,
    supersede_duplicates,
    supersede_earlier_states,
)
from etl.stage import NUMBERED_FIELDS, Staged, create_raw_tables, number_column, stage_file
from etl.title import split_titles
from etl.values import create_parsed_tables, parse_file

ROOM = Path(__file__).parent
NO_FILE = ""  # told in place of a file name once all are read and their rows are being decided upon
# The catalogue first: what the others say is held against its accepted editions.
TABLE_OF = {
    "catalogue": "edition",
    "teaching": "teaching",
    "enrolments": "enrolment",
    "endorsements": "endorsement",
    "funding": "funding_line",
}


def process(
    connection: duckdb.DuckDBPyConnection,
    layouts: Sequence[Layout],
    files: Sequence[SourceFile],
    key: bytes,
    tell: Callable[[str, int], None],
) -> None:
    """Fills every table of the build but `build` itself. LoadRefused with all that is wrong with the files."""
    create_raw_tables(connection, layouts)
    create_parsed_tables(connection, layouts)
    connection.execute((ROOM / "candidates.sql").read_text(encoding="utf-8"))
    rows_read = read_files(connection, files, key, tell)
    tell(NO_FILE, 0)
    checks = load_checks()
    for layout in sorted(layouts, key=lambda layout: list(TABLE_OF).index(layout.export)):
        decide(connection, layout, checks)
        fill_table(connection, layout.export)
    refuse([*find_conflicts(connection, files), *find_files_without_use(connection, files, rows_read)])
    for export in TABLE_OF:
        run_checks(connection, checks, export, accepted=True)
    for export in TABLE_OF:
        flag_rows(connection, export)
    require_unique_keys(connection)
    for file in files:
        record_file(connection, file, rows_read[file.file_id])
    for layout in layouts:
        rename_numbers(connection, layout)


def read_files(
    connection: duckdb.DuckDBPyConnection, files: Sequence[SourceFile], key: bytes, tell: Callable[[str, int], None]
) -> dict[str, int]:
    """Raw and parsed rows of every file; file_id -> rows read."""
    rows_read: dict[str, int] = {}
    refusals: list[FileRefused] = []
    for file in files:
        try:
            rows_read[file.file_id] = read_file(connection, file, key, partial(tell, file.file_name))
            refusals += find_unknown_states(connection, file, rows_read[file.file_id])
        except FileRefused as refusal:  # some faults show only at the end of a file
            refusals.append(refusal)
        except LoadRefused as refused:
            refusals += refused.refusals
    refuse(refusals)
    return rows_read


def read_file(
    connection: duckdb.DuckDBPyConnection, file: SourceFile, key: bytes, tell: Callable[[int], None]
) -> int:
    if file.copy_of:
        supersede_copy(connection, file)
        return file.table.rows_read if file.is_kept else sum(1 for _ in file.table.rows())
    if file.is_kept:
        copy_rows(connection, file.understood.layout, file.base_id)
        parse_file(connection, file, Staged(file.table.rows_read))
        return file.table.rows_read
    staged = stage_file(connection, file, key, tell)
    parse_file(connection, file, staged)
    return staged.rows_read


def refuse(refusals: list[FileRefused]) -> None:
    if refusals:
        raise LoadRefused(refusals)


def decide(connection: duckdb.DuckDBPyConnection, layout: Layout, checks: Sequence[Check]) -> None:
    """Leaves in parsed.<export> the accepted rows only."""
    export = layout.export
    supersede_duplicates(connection, layout)
    if export == "catalogue":
        split_titles(connection)
        remember_editions(connection)
    if export == "enrolments":
        mend_centuries(connection)
    run_checks(connection, checks, export)
    reject_rows(connection, export)
    if export == "enrolments":
        supersede_earlier_states(connection)


def remember_editions(connection: duckdb.DuckDBPyConnection) -> None:
    """Every edition that the catalogue names, also in rows that will be rejected."""
    connection.execute(
        "insert into parsed.known_edition select distinct course_id, edition_number from parsed.catalogue "
        "where course_id is not null and edition_number is not null"
    )


def fill_table(connection: duckdb.DuckDBPyConnection, export: str) -> None:
    table = TABLE_OF[export]
    query = (ROOM / "transform" / f"{table}.sql").read_text(encoding="utf-8")
    connection.execute(f"insert into {table} by name {query}")


def rename_numbers(connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    """What stood for dates of birth and postcodes no longer looks like them: raw.reading has what was read."""
    for name in NUMBERED_FIELDS:
        if name in layout.fields:
            connection.execute(f"alter table raw.{layout.export} rename column {name} to {number_column(name)}")
