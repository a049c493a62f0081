"""A build as it stood at a cut-off date: the tables every figure is counted on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb

from analytics.answers import Answers, Rows
from analytics.entitlement import ENTITLEMENT, Entitlement
from etl.builds import Build, open_reader

Answer = TypeVar("Answer")
FACTS = Path(__file__).parent / "facts"
ROWS_AT_A_TIME = 245_760  # two row groups: a million new rows would take half a gigabyte before they are compressed

CI10_AGE_BAND = """
create macro ci10_age_band(age) as case
    when age is null then 'unknown'
    when age < 18 then '0_17'
    when age < 30 then '18_29'
    when age < 55 then '30_54'
    else '55_over'
end
"""


@dataclass(frozen=True)
class Snapshot:
    """One build at one cut-off. `connection` holds the tables of analytics/facts and, as `loaded`, the build itself.

    entitlement: the rule that the rows were judged by; any other than ENTITLEMENT is a simulation.
    """

    build: Build
    as_of: date
    exports: frozenset[str]
    connection: duckdb.DuckDBPyConnection
    entitlement: Entitlement = ENTITLEMENT
    _answers: dict[tuple, object] = field(default_factory=dict, repr=False, compare=False)
    _lately: Answers = field(default_factory=Answers, repr=False, compare=False)

    def once(self, question: tuple, ask: Callable[[], Answer]) -> Answer:
        """The answer to a question about the whole snapshot, asked of the database only the first time."""
        if question not in self._answers:
            self._answers[question] = ask()
        return self._answers[question]

    def rows(self, sql: str, **values: object) -> list[dict[str, object]]:
        """The rows of a query, each as {column: value}; safe to call from several threads at once."""
        names, found = self._lately.of(sql, values, lambda: self._ask(sql, values))
        return [dict(zip(names, row, strict=True)) for row in found]

    def tuples(self, sql: str, values: Mapping[str, object]) -> list[tuple]:
        """The same rows, each as a tuple."""
        return list(self._lately.of(sql, values, lambda: self._ask(sql, values))[1])

    def _ask(self, sql: str, values: Mapping[str, object]) -> Rows:
        cursor = self.connection.cursor()
        cursor.execute(sql, dict(values))
        return tuple(column[0] for column in cursor.description), cursor.fetchall()

    def without_answers(self) -> "Snapshot":
        """The same with nothing remembered: for whoever has changed the tables of a snapshot of their own."""
        return replace(self, _answers={}, _lately=Answers())

    def has(self, export: str) -> bool:
        """Whether the build holds any file of that export: without one its figures are unknown, not zero."""
        return export in self.exports


def default_cut_off(build: Build) -> date:
    """The newest event of the build that was not in the future when it was loaded."""
    connection = open_reader(build)
    return connection.execute("select coalesce(newest_event_on, built_at::date) from loaded.build").fetchone()[0]


def key_of(snapshot: Snapshot) -> str:
    """Which key its persons are hashed with: only those of the same key can be told to be the same."""
    return snapshot.rows("select key_id from loaded.build")[0]["key_id"]


def take_snapshot(build: Build, as_of: date, entitlement: Entitlement = ENTITLEMENT) -> Snapshot:
    """Work out, once, what every row of the build was at the cut-off."""
    connection = open_reader(build)
    settings = {
        "as_of": as_of, "youngest": entitlement.youngest, "oldest": entitlement.oldest,
        "reduction_share": entitlement.share,
    }
    make_tables(connection, settings)
    exports = connection.execute("select distinct export from loaded.source_file").fetchall()
    return Snapshot(build, as_of, frozenset(name for (name,) in exports), connection, entitlement)


def make_tables(connection: duckdb.DuckDBPyConnection, settings: Mapping[str, object]) -> None:
    """In this order: each is made from the build and the ones before it.

    They are made in a database in memory that can be compressed; a cursor finds them by the views of the same names.
    """
    connection.execute("attach ':memory:' as made (compress)")
    connection.execute(CI10_AGE_BAND)
    make_table(connection, "edition_status", settings)
    connection.execute(f"create macro standing(cut_off) as table {read_query('standing')}")
    make_table(connection, "first_entry", settings)
    ((enrolments,),) = connection.execute("select coalesce(max(rowid) + 1, 0) from loaded.enrolment").fetchall()
    make_table(connection, "enrolment", settings | {"first": 0, "last": ROWS_AT_A_TIME - 1})
    for first in range(ROWS_AT_A_TIME, enrolments, ROWS_AT_A_TIME):
        connection.execute("checkpoint made")  # compresses what is there; a smaller snapshot is not worth the time
        slice_settings = settings | {"first": first, "last": first + ROWS_AT_A_TIME - 1}
        run_query(connection, "insert into made.enrolment", "enrolment", slice_settings)
    make_table(connection, "edition", settings)
    make_table(connection, "teaching", settings)
    connection.execute("drop view first_entry; drop table made.first_entry; drop macro table standing")


def make_table(connection: duckdb.DuckDBPyConnection, name: str, settings: Mapping[str, object]) -> None:
    run_query(connection, f"create table made.{name} as", name, settings)
    connection.execute(f"create view {name} as from made.{name}")


def run_query(
    connection: duckdb.DuckDBPyConnection, statement: str, name: str, settings: Mapping[str, object]
) -> None:
    query = read_query(name)
    parameters = {name: value for name, value in settings.items() if f"${name}" in query}
    connection.execute(f"{statement} {query}", parameters)


def read_query(name: str) -> str:
    return (FACTS / f"{name}.sql").read_text(encoding="utf-8")
