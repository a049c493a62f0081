"""Accounts for every row that was read: accepted, rejected or superseded, by file and by reason."""

from dataclasses import dataclass
from decimal import Decimal

import duckdb
import pyarrow as pa

from etl.folder import SourceFile

MONEY_COLUMNS = {
    "edition": ("hours", "ects", "price"),
    "teaching": ("hours",),
    "enrolment": ("base_price", "reduction_amount", "amount_due", "amount_paid"),
    "funding_line": ("budgeted", "committed", "recognised", "paid"),
}
REJECTED_AT_MOST = 0.1  # of the rows of a file: beyond, nobody may publish without having seen it
UNIQUE_KEYS = {"enrolment": "enrolment_id", "superseded": "row_key"}  # of the tables that are too large for an index
PROVEN_TABLES = ("build", "source_file", "rule", "rejection", "flag", "superseded", "endorsement", *MONEY_COLUMNS)


class AccountDoesNotClose(Exception):
    """A defect of this software: some row was lost or counted twice, so nothing may be published."""


@dataclass(frozen=True)
class FileAccount:
    file_id: str
    file_name: str
    export: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_superseded: int
    rows_blank: int
    rows_footer: int

    @property
    def loses_much(self) -> bool:
        """Whether more of its rows are rejected than may go by as usual."""
        return self.rows_rejected > self.rows_read * REJECTED_AT_MOST


@dataclass(frozen=True)
class Reason:
    """How many rows broke a rule, and one of them."""

    rule: str
    export: str
    field: str | None
    rows: int
    file_name: str
    line: int
    found: str | None


@dataclass(frozen=True)
class Account:
    files: list[FileAccount]
    rejected: list[Reason]
    flagged: list[Reason]
    superseded: list[Reason]

    @property
    def losing(self) -> list[FileAccount]:
        return [file for file in self.files if file.loses_much]


def record_file(connection: duckdb.DuckDBPyConnection, file: SourceFile, rows_read: int) -> None:
    """One row of source_file; AccountDoesNotClose unless accepted, rejected and superseded make up what was read."""
    accepted, rejected, superseded = connection.execute(
        f"select (select count(*) from parsed.{file.export} where file_id = $id), "
        f"(select count(distinct row_key) from rejection where file_id = $id), "
        f"(select count(*) from superseded where file_id = $id)",
        {"id": file.file_id},
    ).fetchone()
    if rows_read != accepted + rejected + superseded:
        counted = f"{rows_read} <> {accepted} + {rejected} + {superseded}"
        raise AccountDoesNotClose(f"{file.file_name}: {counted}")
    table = file.table
    connection.execute(
        "insert into source_file values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            file.file_id, table.file_name, table.sheet_name, file.export, table.sha256, table.size_bytes,
            table.encoding, table.delimiter, table.header_line, rows_read, accepted, rejected, superseded,
            table.blank_rows, table.footer_rows,
        ],
    )  # fmt: skip
    record_headers(connection, file)


def record_headers(connection: duckdb.DuckDBPyConnection, file: SourceFile) -> None:
    headers = file.table.headers
    fields = {at: name for name, at in file.understood.positions.items()}
    rows = pa.table(
        {
            "file_id": [file.file_id] * len(headers),
            "position": range(1, len(headers) + 1),
            "header": headers,
            "field": pa.array([fields.get(at) for at in range(len(headers))], pa.string()),
        }
    )
    connection.register("headers", rows)
    connection.execute("insert into header by name select * from headers")
    connection.unregister("headers")


def require_unique_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """AccountDoesNotClose when two rows of a table without a primary key share theirs."""
    for table, key in UNIQUE_KEYS.items():
        repeated = f"select {key} from {table} group by {key} having count(*) > 1"
        ((count,),) = connection.execute(f"select count(*) from ({repeated})").fetchall()
        if count:
            raise AccountDoesNotClose(f"{table}: {key} repeated {count} times")


def count_rows(connection: duckdb.DuckDBPyConnection) -> Account:
    files = connection.execute(
        "select file_id, file_name, export, rows_read, rows_accepted, rows_rejected, rows_superseded, rows_blank, "
        "rows_footer from source_file order by file_name"
    ).fetchall()
    return Account(
        [FileAccount(*row) for row in files],
        count_reasons(connection, "rejection"),
        count_reasons(connection, "flag"),
        count_reasons(connection, "(select *, null as field, null as found from superseded)"),
    )


def count_reasons(connection: duckdb.DuckDBPyConnection, table: str) -> list[Reason]:
    rows = connection.execute(
        f"select t.rule, t.export, t.field, count(distinct t.row_key) as rows, "
        f"arg_min(f.file_name, (f.file_name, t.line)), arg_min(t.line, (f.file_name, t.line)), "
        f"arg_min(t.found, (f.file_name, t.line)) "
        f"from {table} as t join source_file as f using (file_id) group by t.rule, t.export, t.field "
        f"order by rows desc, t.rule, t.export, t.field"
    ).fetchall()
    return [Reason(*row) for row in rows]


def expect(connection: duckdb.DuckDBPyConnection) -> tuple[dict[str, int], dict[tuple[str, str], Decimal]]:
    """What the published file has to hold: rows of each table, and exact sums of hours and money."""
    rows = {table: connection.execute(f"select count(*) from {table}").fetchone()[0] for table in PROVEN_TABLES}
    sums = {
        (table, column): connection.execute(f"select coalesce(sum({column}), 0) from {table}").fetchone()[0]
        for table, columns in MONEY_COLUMNS.items()
        for column in columns
    }
    return rows, sums
