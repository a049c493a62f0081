"""Decides what becomes of each row: superseded, rejected, or accepted and perhaps flagged."""

import duckdb

from etl.folder import SourceFile
from etl.layout import Layout
from etl.values import content_columns

# Which of several equal rows stays: of enrolments the last, because without dates a later row is a later state.
LAST_STAYS = ("enrolments",)
FOUND = "left(found, 200)"  # enough to find the cell again; raw has all of it


def supersede_duplicates(connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    """Rows equal in every value count once."""
    order = "file_number desc, file_line desc" if layout.export in LAST_STAYS else "file_number, file_line"
    content = ", ".join(f'"{name}"' for name in content_columns(layout))
    supersede(
        connection,
        layout.export,
        "row_is_a_duplicate",
        f"select row_key, file_id, file_line, first_value(row_key) over same as by_row_key from parsed.{layout.export} "
        f"where row_hash in (select row_hash from parsed.{layout.export} group by row_hash having count(*) > 1) "
        f"window same as (partition by {content} order by {order}) qualify by_row_key <> row_key",
    )


def supersede_earlier_states(connection: duckdb.DuckDBPyConnection) -> None:
    """The newest state of an enrolment stays: by its date, else the last row."""
    supersede(
        connection,
        "enrolments",
        "a_later_state_replaces_it",
        "select row_key, file_id, file_line, first_value(row_key) over same as by_row_key from parsed.enrolments "
        "where enrolment_id in (select enrolment_id from parsed.enrolments group by enrolment_id having count(*) > 1) "
        "window same as (partition by enrolment_id "
        "order by state_on desc nulls last, file_number desc, file_line desc) qualify by_row_key <> row_key",
    )


def supersede(connection: duckdb.DuckDBPyConnection, export: str, rule: str, query: str) -> None:
    connection.execute(f"create or replace temp table replaced as {query}")
    connection.execute(
        "insert into superseded select row_key, file_id, file_line, ?, ?, by_row_key from replaced", [export, rule]
    )
    connection.execute("delete from parsed.problem where row_key in (select row_key from replaced)")
    connection.execute(f"delete from parsed.{export} where row_key in (select row_key from replaced)")


def supersede_copy(connection: duckdb.DuckDBPyConnection, file: SourceFile) -> None:
    """A file that is byte for byte another one: each of its rows stands beside the same line of that one."""
    connection.execute(
        f"insert into superseded select concat(?, '-', file_line), ?, file_line, ?, 'file_is_a_copy', row_key "
        f"from raw.{file.export} where file_id = ?",
        [file.file_id, file.file_id, file.export, file.copy_of],
    )


def mend_centuries(connection: duckdb.DuckDBPyConnection) -> None:
    """A year of birth of two digits that would make somebody under 10 at the start is of the century before."""
    connection.execute(
        "update parsed.enrolments as n set born_on = n.born_on - interval 100 year from edition as e "
        "where n.century_is_guessed and n.course_id = e.course_id and n.edition_number = e.edition_number "
        "and completed_years(n.born_on, e.starts_on) < 10"
    )


def reject_rows(connection: duckdb.DuckDBPyConnection, export: str) -> None:
    connection.execute(
        f"insert into rejection select distinct row_key, file_id, line, export, field, rule, {FOUND} "
        "from parsed.problem where export = ? and outcome = 'reject' order by file_id, line, field, rule",
        [export],
    )
    connection.execute(f"delete from parsed.{export} where row_key in (select row_key from rejection)")


def flag_rows(connection: duckdb.DuckDBPyConnection, export: str) -> None:
    """Flags are of accepted rows only: what else was doubtful in a rejected row no longer matters."""
    connection.execute(
        f"insert into flag select distinct row_key, file_id, line, export, field, rule, {FOUND} from parsed.problem "
        f"where export = ? and outcome = 'flag' and row_key in (select row_key from parsed.{export}) "
        f"order by file_id, line, field, rule",
        [export],
    )
