"""What a draft has to show before it is published: everything is in the file, and it is what the load says it wrote."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import duckdb

from etl import builds
from etl.builds import BuildError


def settle(path: Path) -> None:
    """Checkpoint by hand: close() would hide that it failed, and rows left in a .wal are lost with it."""
    with duckdb.connect(path) as connection:
        connection.execute("checkpoint")
    if path.with_name(f"{path.name}.wal").exists():
        raise BuildError("draft_is_still_open")


def prove(path: Path, build_id: str, expected: Mapping[str, int], sums: Mapping[tuple[str, str], Decimal]) -> None:
    """What a reader will find is what the load says it wrote."""
    connection = open_draft(path)
    found_id, key_id = read_identity(connection)
    require(build_id, found_id, "build_id")
    published = builds.published_key_id(path.parent)
    if published not in (None, key_id):
        raise BuildError("key_does_not_match_the_published_builds", {"key_id": key_id, "published_key_id": published})
    for table, rows in expected.items():
        require(rows, measure(connection, "count(*)", table), table)
    for (table, column), total in sums.items():
        expression = f"coalesce(sum({quote(column)}), 0)"
        require(total, measure(connection, expression, table), f"{table}.{column}")


def open_draft(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return builds.open_file(path)
    except duckdb.ResourceInUseException as error:
        raise BuildError("draft_is_still_open") from error


def read_identity(connection: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    try:
        return connection.execute("select build_id, key_id from loaded.build").fetchone() or ("", "")
    except duckdb.CatalogException as error:
        raise BuildError("draft_fails_its_proof", {"what": "build", "expected": "1", "found": "0"}) from error


def measure(connection: duckdb.DuckDBPyConnection, expression: str, table: str) -> object:
    schema, _, name = table.rpartition(".")
    source = f"loaded.{quote(schema or 'main')}.{quote(name)}"
    try:
        return connection.execute(f"select {expression} from {source}").fetchone()[0]
    except (duckdb.CatalogException, duckdb.BinderException):
        return None


def quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def require(expected: object, found: object, what: str) -> None:
    if expected != found:
        raise BuildError("draft_fails_its_proof", {"what": what, "expected": str(expected), "found": str(found)})
