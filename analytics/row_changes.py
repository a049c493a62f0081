"""Row changes: why the figures of two loads differ, row by row of what was accepted."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from etl.builds import Build, open_two

# What tells the same thing in two loads. The others have no name of their own: equal rows are the same row.
NAMED_BY = {"edition": "edition_id", "enrolment": "enrolment_id"}
TABLES = {
    "catalogue": "edition",
    "teaching": "teaching",
    "enrolments": "enrolment",
    "endorsements": "endorsement",
    "funding": "funding_line",
}
# An enrolment moved on when its state is of a later day, or when it has no day and its state is another. Moving back
# means that a file is an old one or is missing.
STEP = """case
    when a.state_on is null and b.state_on is null then (a.state <> b.state)::integer
    when a.state_on is null then -1
    when b.state_on is null then 1
    else sign(a.state_on - b.state_on)
end"""


@dataclass(frozen=True)
class RowChanges:
    """Accepted rows of one export: added, in a later or an earlier state, corrected, gone, and as they were."""

    export: str
    added: int
    later_states: int
    earlier_states: int
    corrected: int
    gone: int
    same: int

    @property
    def changed(self) -> int:
        return self.added + self.later_states + self.earlier_states + self.corrected + self.gone

    @property
    def lost(self) -> int:
        """What the current load knows and the other does not."""
        return self.gone + self.earlier_states


def add_up(rows: Sequence[RowChanges]) -> RowChanges:
    """All the exports together."""
    counts = [
        (row.added, row.later_states, row.earlier_states, row.corrected, row.gone, row.same) for row in rows
    ]
    return RowChanges("", *map(sum, zip(*counts, strict=True)))


def row_changes(before: Build, after: Build) -> list[RowChanges]:
    """One for each export, in the order of the catalogue first."""
    with open_two(before, after) as connection:
        return [compare(connection, export, table) for export, table in TABLES.items()]


def compare(connection: duckdb.DuckDBPyConnection, export: str, table: str) -> RowChanges:
    columns = list_content(connection, table)
    if table in NAMED_BY:
        return compare_named(connection, export, table, columns)
    return compare_unnamed(connection, export, table, columns)


def list_content(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Every column but the place of the row in its file."""
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'after' and table_name = ? "
        "and schema_name = 'main' and column_name <> 'row_key' order by column_index",
        [table],
    ).fetchall()
    return ", ".join(f'"{name}"' for (name,) in found)


def compare_named(connection: duckdb.DuckDBPyConnection, export: str, table: str, columns: str) -> RowChanges:
    name = NAMED_BY[table]  # contents are told apart by 64 bits: whole rows of a million enrolments take a gigabyte
    state = "state, state_on" if table == "enrolment" else "null as state, null::date as state_on"
    counts = connection.execute(
        f"""
        with b as (select {name}, {state}, hash({columns}) as content from before.{table}),
        a as (select {name}, {state}, hash({columns}) as content from after.{table}),
        pair as (
            select
                b.{name} is null as is_added,
                a.{name} is null as is_gone,
                a.content is distinct from b.content as differs,
                coalesce({STEP}, 0) as step
            from a full join b using ({name})
        )
        select
            count(*) filter (is_added),
            count(*) filter (not is_added and not is_gone and differs and step > 0),
            count(*) filter (not is_added and not is_gone and differs and step < 0),
            count(*) filter (not is_added and not is_gone and differs and step = 0),
            count(*) filter (is_gone),
            count(*) filter (not is_added and not is_gone and not differs)
        from pair
        """
    ).fetchall()
    return RowChanges(export, *counts[0])


def compare_unnamed(connection: duckdb.DuckDBPyConnection, export: str, table: str, columns: str) -> RowChanges:
    count = "select count(*) from (select {0} from {1}.{3} except all select {0} from {2}.{3})"
    added = connection.execute(count.format(columns, "after", "before", table)).fetchall()[0][0]
    gone = connection.execute(count.format(columns, "before", "after", table)).fetchall()[0][0]
    total = connection.execute(f"select count(*) from after.{table}").fetchall()[0][0]
    return RowChanges(export, added, 0, 0, 0, gone, total - added)
