"""The rows of a kept file, out of the build that is attached as `kept`."""

import duckdb

from etl.layout import Field, Layout
from etl.lookup import KIND_IN_SQL, Lookup
from etl.stage import NUMBERED_FIELDS, number_column, raw_columns


def copy_rows(connection: duckdb.DuckDBPyConnection, layout: Layout, file_id: str) -> None:
    """The raw rows of a file of the build attached as `kept`, and what its dates of birth and postcodes read as."""
    found = connection.execute(
        "select column_name from duckdb_columns() "
        "where database_name = 'kept' and schema_name = 'raw' and table_name = ?",
        [layout.export],
    ).fetchall()
    there = {name for (name,) in found}
    columns = {name: number_column(name) if name in NUMBERED_FIELDS else name for name in raw_columns(layout)}
    chosen = ", ".join(f'"{stored}" as "{name}"' for name, stored in columns.items() if stored in there)
    connection.execute(
        f"insert into raw.{layout.export} by name select {chosen} from kept.raw.{layout.export} where file_id = ?",
        [file_id],
    )


def copy_lookup(connection: duckdb.DuckDBPyConnection, field: Field, file_id: str) -> Lookup:
    """What the numbers of a kept file stand for, as it was read when the text was there."""
    kind = KIND_IN_SQL.get(field.kind, "varchar")
    table = Lookup(field, False).table
    connection.execute(
        f"create or replace table {table} as select number as text, value::{kind} as value, rule, outcome, is_guessed "
        f"from kept.raw.reading where file_id = ? and field = ?",
        [file_id, field.name],
    )
    ((has_rules,),) = connection.execute(f"select count(rule) > 0 from {table}").fetchall()
    return Lookup(field, has_rules)
