"""The checks: one rule a file in etl/checks, run over rows that were read or, last, over those that were accepted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

CHECKS_FOLDER = Path(__file__).parent / "checks"
HEADING = re.compile(r"-- (export|outcome|field|rows): (.+)")
# Mended codes find their edition, emptied values break no further rule, and only then a row can be judged.
OUTCOMES_IN_ORDER = ("repair", "empty", "reject", "flag")


@dataclass(frozen=True)
class Check:
    """A query of the rows that break a rule: row_key, found and, to repair, mended."""

    rule: str
    exports: tuple[str, ...]
    outcome: str
    field: str
    looks_at_accepted: bool
    sql: str

    @property
    def looks_at_problems(self) -> bool:
        """Whether it has to come after those that find them."""
        return "parsed.problem" in self.sql

    def query(self, export: str) -> str:
        return self.sql.replace("{export}", export)


def load_checks(folder: Path = CHECKS_FOLDER) -> list[Check]:
    checks = [read_check(path) for path in sorted(folder.glob("*.sql"))]
    return sorted(checks, key=lambda check: (OUTCOMES_IN_ORDER.index(check.outcome), check.looks_at_problems))


def read_check(path: Path) -> Check:
    sql = path.read_text(encoding="utf-8")
    told = dict(HEADING.findall(sql))
    exports = tuple(told["export"].split(", "))
    return Check(path.stem, exports, told["outcome"], told["field"], told.get("rows") == "accepted", sql)


def run_checks(
    connection: duckdb.DuckDBPyConnection, checks: Sequence[Check], export: str, accepted: bool = False
) -> None:
    for check in checks:
        if export in check.exports and check.looks_at_accepted == accepted:
            run_check(connection, check, export)


def run_check(connection: duckdb.DuckDBPyConnection, check: Check, export: str) -> None:
    """Writes down every row that breaks the rule, and mends or empties the field where the rule says so."""
    connection.execute(f"create or replace temp table broken as {check.query(export)}")
    outcome = "reject" if check.outcome == "reject" else "flag"
    connection.execute(
        f"insert into parsed.problem select b.row_key, p.file_id, p.file_line, ?, ?, ?, ?, b.found::varchar "
        f"from broken as b join parsed.{export} as p using (row_key)",
        [export, check.field, check.rule, outcome],
    )
    if check.outcome in ("repair", "empty"):
        value = "b.mended" if check.outcome == "repair" else "null"
        connection.execute(
            f'update parsed.{export} as p set "{check.field}" = {value} from broken as b where b.row_key = p.row_key'
        )
