"""A build small enough to publish sixty times in a test. Its number is in every row, so that a mix of two shows."""

import sys
from decimal import Decimal
from pathlib import Path

import duckdb

from etl.builds import Build, open_reader
from etl.publish import Draft, publishing

SCHEMA = (Path(__file__).parents[2] / "etl" / "schema.sql").read_text(encoding="utf-8")
ROWS = 20


def name_build(number: int) -> str:
    return f"20250901T{number:06}Z-abcdef01"


def fill_draft(draft: Draft, number: int, key_id: str = "key-one") -> None:
    with duckdb.connect(draft.path) as connection:
        connection.execute(SCHEMA)
        connection.execute(
            "insert into build values (?, '2025-09-01', '1', '1', ?, true, null)", [name_build(number), key_id]
        )
        connection.execute(
            "insert into funding_line (row_key, line, budgeted) select 'a-' || range, ?, 0.10 from range(?)",
            [name_build(number), ROWS],
        )


def publish_draft(draft: Draft, number: int) -> Build:
    sums = {("funding_line", "budgeted"): Decimal("2.00")}
    return draft.publish(name_build(number), {"build": 1, "funding_line": ROWS}, sums)


def publish_build(builds_folder: Path, number: int, key_id: str = "key-one") -> Build:
    with publishing(builds_folder) as draft:
        fill_draft(draft, number, key_id)
        return publish_draft(draft, number)


def read_lines(build: Build) -> list[tuple[str, int]]:
    """Which builds the rows say they are of, and how many say so."""
    query = "select build_id, line, count(*) from loaded.build, loaded.funding_line group by all"
    return open_reader(build).cursor().execute(query).fetchall()


def lines_of(build: Build) -> list[tuple[str, str, int]]:
    return [(build.build_id, build.build_id, ROWS)]


def publish_forever(builds_folder: Path, announced: Path) -> None:
    """Appends each sequence to `announced` only after publish() said so."""
    with open(announced, "a", encoding="ascii", buffering=1) as file:
        for number in range(sys.maxsize):
            file.write(f"{publish_build(builds_folder, number).sequence}\n")
