"""A build as it stood at a cut-off date: the tables every figure is counted on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb

from analytics.entitlement import ENTITLEMENT, Entitlement
from etl.builds import Build, open_reader

Answer = TypeVar("Answer")
FACTS = Path(__file__).parent / "facts"
# In this order: each is made from the build and the ones before it.
SNAPSHOT_TABLES = ("edition_status", "enrolment", "edition", "teaching")

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

    def once(self, question: tuple, ask: Callable[[], Answer]) -> Answer:
        """The answer to a question about the whole snapshot, asked of the database only the first time."""
        if question not in self._answers:
            self._answers[question] = ask()
        return self._answers[question]

    def rows(self, sql: str, **values: object) -> list[dict[str, object]]:
        """The rows of a query, each as {column: value}; safe to call from several threads at once."""
        cursor = self.connection.cursor()
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def has(self, export: str) -> bool:
        """Whether the build holds any file of that export: without one its figures are unknown, not zero."""
        return export in self.exports


def default_cut_off(build: Build) -> date:
    """The newest event of the build that was not in the future when it was loaded."""
    connection = open_reader(build)
    return connection.execute("select coalesce(newest_event_on, built_at::date) from loaded.build").fetchone()[0]


def take_snapshot(build: Build, as_of: date, entitlement: Entitlement = ENTITLEMENT) -> Snapshot:
    """Work out, once, what every row of the build was at the cut-off."""
    connection = open_reader(build)
    connection.execute(CI10_AGE_BAND)
    settings = {
        "as_of": as_of, "youngest": entitlement.youngest, "oldest": entitlement.oldest,
        "reduction_share": entitlement.share,
    }
    for table in SNAPSHOT_TABLES:
        query = (FACTS / f"{table}.sql").read_text(encoding="utf-8")
        parameters = {name: value for name, value in settings.items() if f"${name}" in query}
        connection.execute(f"create table {table} as {query}", parameters)
    exports = connection.execute("select distinct export from loaded.source_file").fetchall()
    return Snapshot(build, as_of, frozenset(name for (name,) in exports), connection, entitlement)
