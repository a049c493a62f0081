"""One load, from a folder of exports to a published build: read, check, transform, reconcile, publish."""

import hashlib
import secrets
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from etl.builds import Build
from etl.folder import Delivery, SourceFile, open_delivery
from etl.layout import Layout, load_layouts
from etl.process import process
from etl.pseudonym_key import KeyRefused, identify_key, load_key
from etl.publish import publishing
from etl.reconcile import Account, count_rows, expect
from etl.rules import hash_rules, record_rules
from etl.strays import StrayNote, find_other_times

ROOM = Path(__file__).parent
LOCAL_TIME = ZoneInfo("Europe/Madrid")  # the day of an export ends there, not in UTC
MEMORY_LIMIT = "384MB"  # of DuckDB alone; what does not fit spills beside the draft

Tell = Callable[[str, int], None]  # file name, rows read so far


@dataclass(frozen=True)
class Loaded:
    """What a load did; build is None when it was only a check. notes: files that seem to be of another time."""

    delivery: Delivery
    account: Account
    build_id: str
    build: Build | None
    notes: Sequence[StrayNote] = ()


def load(
    exports: Path,
    builds_folder: Path,
    tell: Tell,
    only_check: bool = False,
    now: datetime | None = None,
    spellings: Path | None = None,
) -> Loaded:
    """Publishes a build of all the files of a folder, or refuses and leaves the published one as it is.

    spellings: a folder of layouts that are added to ours. LoadRefused says all that is wrong with the files,
    FileRefused what is wrong with an added layout, BuildError what with the folder of builds or the key.
    """
    layouts = load_layouts(added=spellings)
    return load_delivery(open_delivery(exports, layouts), layouts, builds_folder, tell, only_check, now)


def load_delivery(
    delivery: Delivery,
    layouts: Sequence[Layout],
    builds_folder: Path,
    tell: Tell,
    only_check: bool = False,
    now: datetime | None = None,
    key_of: Path | None = None,
) -> Loaded:
    """As `load`, of files that are open. key_of: the folder of the builds whose key is used, when not this one."""
    built_at = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    build_id = name_build(built_at, delivery.files)
    with publishing(builds_folder) as draft:
        key = choose_key(key_of or builds_folder, only_check)
        with duckdb.connect(draft.path, config={"memory_limit": MEMORY_LIMIT}) as connection:
            connection.execute((ROOM / "schema.sql").read_text(encoding="utf-8"))
            connection.execute("set variable today = ?::date", [built_at.astimezone(LOCAL_TIME).date()])
            record_rules(connection)
            attach_kept(connection, delivery)
            process(connection, layouts, delivery.files, key, tell)
            describe_build(connection, delivery, layouts, key, build_id, built_at)
            account = count_rows(connection)
            expected, sums = expect(connection)
            notes = find_other_times(connection)
        build = None if only_check else draft.publish(build_id, expected, sums)
    return Loaded(delivery, account, build_id, build, notes)


def name_build(built_at: datetime, files: Sequence[SourceFile]) -> str:
    """The time of the load, and what it was made of."""
    content = "\n".join(sorted(file.table.sha256 for file in files))
    return f"{built_at:%Y%m%dT%H%M%SZ}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def attach_kept(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> None:
    """The build that lends files, as `kept`."""
    if delivery.kept_from:
        connection.execute("attach ? as kept (read_only)", [str(delivery.kept_from.path)])


def choose_key(builds_folder: Path, only_check: bool) -> bytes:
    """The key of the pseudonyms; to check a first delivery before there is one, any key will do."""
    try:
        return load_key(builds_folder, create=not only_check)[0]
    except KeyRefused as refused:
        if only_check and refused.rule == "key_is_missing":
            return secrets.token_bytes(32)
        raise


def describe_build(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    layouts: Sequence[Layout],
    key: bytes,
    build_id: str,
    built_at: datetime,
) -> None:
    query = (ROOM / "transform" / "build.sql").read_text(encoding="utf-8")
    values = {
        "build_id": build_id,
        "built_at": built_at.replace(tzinfo=None),
        "code_version": read_version(),
        "rules_version": hash_rules(layouts),
        "key_id": identify_key(key),
        "is_sample": delivery.is_sample,
    }
    connection.execute(f"insert into build by name {query}", values)


def read_version() -> str:
    with (ROOM.parent / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]
