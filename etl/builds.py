"""The reader's door to the builds: find the current one, see that it is whole, open it where nothing can be written."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb

from etl import pointer
from etl.pointer import NOTHING_YET, Publication

POINTER_IS_DAMAGED = "pointer_is_damaged"
BUILD_IS_DAMAGED = "build_is_damaged"
VERIFIED_VERSIONS = 256  # digests remembered; a folder keeps five builds and those of issued packs

_hashing = threading.Lock()


class BuildError(Exception):
    """rule is the key of a sentence, details fill its placeholders. Never holds personal data or the secret key."""

    def __init__(self, rule: str, details: Mapping[str, str] | None = None) -> None:
        self.rule = rule
        self.details = dict(details or {})
        super().__init__(rule, self.details)

    def __str__(self) -> str:
        return self.rule


class BuildsBusy(BuildError):
    """Another load, or an undo, is under way."""


@dataclass(frozen=True)
class Build:
    path: Path
    build_id: str
    sha256: str
    sequence: int
    degraded: str | None  # rule key why this is not the build that should be shown, else None


def current_build(builds_folder: Path) -> Build | None:
    """The build to show; None before the first one. Hashes a file once a version, then costs two small reads.

    When the pointer or its build is damaged: the newest whole one, with `degraded`. BuildError
    no_build_is_whole when there is none left.
    """
    content = pointer.read_pointer(builds_folder)
    publication, problem = follow_pointer(builds_folder, content)
    while problem and (newer := pointer.read_pointer(builds_folder)) != content:
        content = newer  # a publisher was faster than this reader
        publication, problem = follow_pointer(builds_folder, content)
    if problem:
        return find_last_good(builds_folder, publication, problem)
    return to_build(builds_folder, publication) if publication.sequence else None


def find_whole_build(builds_folder: Path) -> Build | None:
    """As current_build; None also when builds were published and none of them is whole."""
    try:
        return current_build(builds_folder)
    except BuildError:
        return None


def list_builds(builds_folder: Path) -> list[Build]:
    """Every build that is kept, newest first, each once; damaged ones are there with `degraded`."""
    newest_of_each = {}
    for publication in pointer.read_records(builds_folder):
        newest_of_each.setdefault(publication.file, publication)
    return [
        to_build(builds_folder, publication, None if is_whole(builds_folder, publication) else BUILD_IS_DAMAGED)
        for publication in newest_of_each.values()
        if (builds_folder / publication.file).exists()
    ]


def open_reader(build: Build) -> duckdb.DuckDBPyConnection:
    """An in-memory database of the caller's own, with the build attached read-only as `loaded`.

    Derived tables may be made beside it; no file can be read, written or attached, no extension loaded and no setting
    changed any more. One cursor() per query: a connection shared by threads mixes up their rows. BuildError
    build_is_gone when it was removed since it was found (five later publications): ask current_build again.
    """
    try:
        return open_file(build.path)
    except duckdb.Error as error:
        rule = BUILD_IS_DAMAGED if build.path.exists() else "build_is_gone"
        raise BuildError(rule, {"build_id": build.build_id}) from error


def open_two(before: Build, after: Build) -> duckdb.DuckDBPyConnection:
    """Two builds side by side, read-only, as `before` and `after`."""
    connection = duckdb.connect(config={"temp_directory": ""})
    try:
        for name, build in (("before", before), ("after", after)):
            connection.execute(f"attach ? as {name} (read_only)", [str(build.path)])
    except duckdb.Error as error:
        raise BuildError("build_is_gone", {"build_id": build.build_id}) from error
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def open_file(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"temp_directory": ""})  # else large queries spill people's rows into ./.tmp
    connection.execute("attach ? as loaded (read_only)", [str(path)])
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def published_key_id(builds_folder: Path) -> str | None:
    """Id of the secret key behind the published pseudonyms; None when no whole build is published."""
    build = find_whole_build(builds_folder)
    if build is None:  # nothing whole is left that new pseudonyms could be mixed with
        return None
    return open_reader(build).execute("select key_id from loaded.build").fetchone()[0]


def has_published(builds_folder: Path) -> bool:
    """True on any trace of a publication, whole or not."""
    content = pointer.read_pointer(builds_folder)
    return (content is not None and pointer.parse_publication(content) != NOTHING_YET) or has_leftovers(builds_folder)


def has_leftovers(builds_folder: Path) -> bool:
    return any(builds_folder.glob("*.duckdb")) or any(builds_folder.glob(pointer.RECORD_PATTERN))


def follow_pointer(builds_folder: Path, content: bytes | None) -> tuple[Publication | None, str | None]:
    """What the pointer names, and why that cannot be shown."""
    if content is None and not has_leftovers(builds_folder):
        return NOTHING_YET, None
    pointed = pointer.parse_publication(content or b"")
    if pointed is None:
        return None, POINTER_IS_DAMAGED
    if pointed == NOTHING_YET or is_whole(builds_folder, pointed):
        return pointed, None
    return pointed, BUILD_IS_DAMAGED


def find_last_good(builds_folder: Path, pointed: Publication | None, problem: str) -> Build:
    """By sequence, never by clock; nothing newer than what the pointer names, for that was never announced."""
    for publication in pointer.read_records(builds_folder):
        is_older = pointed is None or publication.sequence < pointed.sequence
        if is_older and is_whole(builds_folder, publication):
            return to_build(builds_folder, publication, problem)
    raise BuildError("no_build_is_whole", {"folder": str(builds_folder)})


def to_build(builds_folder: Path, publication: Publication, degraded: str | None = None) -> Build:
    path = (builds_folder / publication.file).resolve()
    return Build(path, publication.build_id, publication.sha256, publication.sequence, degraded)


def is_whole(builds_folder: Path, publication: Publication) -> bool:
    path = builds_folder / publication.file
    if path.with_name(f"{path.name}.wal").exists():  # DuckDB would add its rows to the build, read-only or not
        return False
    try:
        return path.stat().st_size == publication.size and hash_once(path) == publication.sha256
    except OSError:
        return False


def hash_once(path: Path) -> str:
    """Once a version of the file, however many readers ask at the same moment."""
    status = path.stat()
    with _hashing:
        return _hash_version(path, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@lru_cache(maxsize=VERIFIED_VERSIONS)
def _hash_version(path: Path, *version: int) -> str:
    return hash_file(path)


def hash_file(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
