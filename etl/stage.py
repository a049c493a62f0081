"""Raw tables: the cells of a file as sent, except those that say who somebody is."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

import duckdb
import pyarrow as pa

from etl.folder import SourceFile
from etl.layout import Layout, fold
from etl.people import PERSON_COLUMNS, hash_cells, make_person_columns, make_rest_keys
from etl.private_text import hide_personal_data
from etl.read import Row

ROWS_IN_A_BATCH = 20_000
# Their texts stay in memory, and raw has a number for each until they are read: dates of birth and postcodes never
# reach the disk as sent.
NUMBERED_FIELDS = ("born_on", "postcode")
# The catalogue is public and names nobody: its codes may look like documents, and its titles may quote anything.
EXPORTS_LEFT_AS_SENT = ("catalogue",)
# Under a wrong header these may be documents; what stands in for them has to tell them apart all the same.
CODES = ("course_id", "enrolment_id")
STAND_IN_LENGTH = 12
# Two accounting lines may differ only in a column that no field is made of, such as the number of an invoice.
EXPORTS_COMPARED_WHOLE = ("funding",)
PLACE_COLUMNS = {
    "row_key": pa.string(),
    "file_id": pa.string(),
    "file_line": pa.int64(),
    "problem": pa.string(),
    "problem_found": pa.string(),
    "doubts": pa.string(),  # "field rule;field rule": what staging saw in cells that are not kept
    "rest_key": pa.binary(),
}
ARROW_IN_SQL = {pa.string(): "varchar", pa.int64(): "bigint", pa.int32(): "integer", pa.binary(): "blob"}


@dataclass
class Staged:
    """What reading one file left behind. numbered: field -> text -> the number that stands for it in raw."""

    rows_read: int = 0
    numbered: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in NUMBERED_FIELDS})


def stored_fields(layout: Layout) -> list[str]:
    return [name for name, each in layout.fields.items() if each.kind != "person"]


def raw_columns(layout: Layout) -> dict[str, pa.DataType]:
    people = dict.fromkeys(PERSON_COLUMNS.get(layout.export, ()), pa.string())
    fields = {name: pa.int32() if name in NUMBERED_FIELDS else pa.string() for name in stored_fields(layout)}
    return PLACE_COLUMNS | people | fields


def create_raw_tables(connection: duckdb.DuckDBPyConnection, layouts: Sequence[Layout]) -> None:
    connection.execute("create schema raw")
    for layout in layouts:
        columns = [f'"{name}" {ARROW_IN_SQL[kind]}' for name, kind in raw_columns(layout).items()]
        connection.execute(f"create table raw.{layout.export} ({', '.join(columns)})")
    connection.execute(
        "create table raw.reading (file_id varchar, field varchar, number integer, value varchar, rule varchar, "
        "outcome varchar, is_guessed boolean)"
    )


def number_column(name: str) -> str:
    """Where a published build keeps the numbers of a field: raw.reading says what each was read as."""
    return f"{name}_number"


def stage_file(
    connection: duckdb.DuckDBPyConnection, file: SourceFile, key: bytes, tell: Callable[[int], None]
) -> Staged:
    """Streams the rows of a file into its raw table."""
    staged = Staged()
    rows = file.table.rows()
    connection.execute("begin")  # one transaction a file: only so does DuckDB write row groups out as they fill
    try:
        with without_collector():
            while batch := list(islice(rows, ROWS_IN_A_BATCH)):
                insert_rows(connection, file.export, Batch(file, batch, staged, key).to_arrow())
                staged.rows_read += len(batch)
                tell(staged.rows_read)
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
    return staged


def insert_rows(connection: duckdb.DuckDBPyConnection, export: str, batch: pa.Table) -> None:
    """DuckDB finds `batch` by its name here; a registered table would be held until the end of the transaction."""
    connection.execute(f"insert into raw.{export} by name select * from batch")


@contextmanager
def without_collector() -> Iterator[None]:
    """Rows hold no cycles, and looking for some in every batch takes a third of the time of reading them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Batch:
    """Some rows of a file, column by column."""

    def __init__(self, file: SourceFile, rows: Sequence[Row], staged: Staged, key: bytes) -> None:
        self._file = file
        self._key = key
        self._rows = rows
        self._staged = staged
        width = len(file.table.headers)
        # What stands in a row with a problem may stand under the wrong header, so none of it is looked at.
        cells = [row.cells if row.problem is None else [""] * width for row in rows]
        self._cells = list(zip(*cells, strict=True))
        self._doubts: dict[int, list[str]] = {}

    def to_arrow(self) -> pa.Table:
        people, rules = make_person_columns(self._file.export, self._key, self._take)
        for at, broken in rules.items():
            if self._rows[at].problem is None:
                self._doubts[at] = [f"document {rule}" for rule in broken]
        columns = {name: pa.array(values, pa.string()) for name, values in people.items()}
        columns |= {name: self._store(name) for name in stored_fields(self._file.understood.layout) if self._has(name)}
        return pa.table(columns | self._place())

    def _place(self) -> dict[str, pa.Array]:
        file_id = self._file.file_id
        doubts = {at: ";".join(told) for at, told in self._doubts.items()}
        values = {
            "row_key": [f"{file_id}-{row.line}" for row in self._rows],
            "file_id": [file_id] * len(self._rows),
            "file_line": [row.line for row in self._rows],
            "problem": [row.problem for row in self._rows],
            "problem_found": [row.found for row in self._rows],
            "doubts": [doubts.get(at) for at in range(len(self._rows))],
            "rest_key": self._rest_keys(),
        }
        return {name: pa.array(values[name], kind) for name, kind in PLACE_COLUMNS.items()}

    def _has(self, name: str) -> bool:
        return name in self._file.understood.positions

    def _take(self, name: str) -> Sequence[str]:
        return self._cells[self._file.understood.positions[name]] if self._has(name) else [""] * len(self._rows)

    def _store(self, name: str) -> pa.Array:
        if name in NUMBERED_FIELDS:
            numbers = self._staged.numbered[name]
            return pa.array([numbers.setdefault(text, len(numbers)) for text in self._take(name)], pa.int32())
        texts = pa.array(self._take(name), pa.string())
        if self._file.export in EXPORTS_LEFT_AS_SENT:
            return texts
        texts, positions = hide_personal_data(texts, self._stand_in if name in CODES else None)
        for at in positions:
            self._doubts.setdefault(at, []).append(f"{name} cell_held_personal_data")
        return texts

    def _stand_in(self, text: str) -> str:
        return f"[{hash_cells(self._key, [text]).hex()[:STAND_IN_LENGTH]}]"

    def _rest_keys(self) -> list[bytes | None]:
        """Of the columns that no field is made of, in an order that is not that of the file."""
        if self._file.export not in EXPORTS_COMPARED_WHOLE:
            return [None] * len(self._rows)
        used = set(self._file.understood.positions.values())
        rest = sorted((fold(header), at) for at, header in enumerate(self._file.table.headers) if at not in used)
        return make_rest_keys(self._key, [self._cells[at] for _, at in rest], len(self._rows))
