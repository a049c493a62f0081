"""The only writer of builds: one load at a time, and a build is published whole or not at all.

Order of what reaches the disk: the file, proven and synced; a record that will name it; the file under its last name;
the pointer. A kill or a power cut between any two of them leaves the previous build current.
"""

import errno
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import duckdb

from etl import beside, builds, machine, pointer, proof
from etl.builds import Build, BuildError, BuildsBusy
from etl.pointer import Publication

BUILDS_KEPT = 5  # a reader may be four publications late, and an undo has somewhere to go
KEPT_NAME = "kept.json"
LOCK_NAME = "lock"
DRAFT_PATTERN = "*.draft*"  # with the .wal and .tmp that DuckDB puts beside it
USABLE_BUILD_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}")
FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL_DISK_WORDS = tuple(os.strerror(number) for number in FULL_DISK)


@dataclass(frozen=True)
class Draft:
    path: Path  # where the load makes its DuckDB file; nothing is there yet

    def publish(
        self,
        build_id: str,
        expected: Mapping[str, int],
        sums: Mapping[tuple[str, str], Decimal] | None = None,
    ) -> Build:
        """Publish the file at `path`, whose every connection is closed, once it has proven what it holds.

        expected: table (or schema.table) -> rows; sums: (table, column) -> exact sum, nothing summing to 0.
        When this returns, the build is current and on the disk. When it raises BuildError, the previous one still is,
        unless only the very last sync failed.
        """
        if not USABLE_BUILD_ID.fullmatch(build_id):
            raise BuildError("build_id_is_unusable", {"build_id": build_id})
        with disk_errors_as_rules(self.path.parent), database_errors_as_rules(self.path.parent):
            proof.settle(self.path)
            proof.prove(self.path, build_id, expected, sums or {})
            return announce(self.path.parent, seal(self.path, build_id), self.path)


@contextmanager
def publishing(builds_folder: Path) -> Iterator[Draft]:
    """Holds the lock from the first row to the pointer; BuildsBusy at once when another load has it.

    Afterwards the newest 5 builds are kept, by sequence, and those whose build_id stands in kept.json (a JSON list,
    written for issued packs and frozen views). A kept.json that cannot be read keeps everything. Files that no record
    names are left alone, except the drafts of loads that were killed.
    """
    with locked(builds_folder):
        with disk_errors_as_rules(builds_folder):
            prepare_folder(builds_folder)
        draft = Draft(builds_folder / f"load_{secrets.token_hex(8)}.draft")
        try:
            with database_errors_as_rules(builds_folder):
                yield draft
        finally:
            with suppress(OSError):
                sweep_drafts(builds_folder)


def make_current(builds_folder: Path, build_id: str) -> Build:
    """Point to a build that is still kept, under a new sequence number: the undo of a load."""
    with locked(builds_folder), disk_errors_as_rules(builds_folder):
        publications = [entry for entry in pointer.read_records(builds_folder) if entry.build_id == build_id]
        if not publications:
            raise BuildError("build_is_not_kept", {"build_id": build_id})
        if not builds.is_whole(builds_folder, publications[0]):
            raise BuildError(builds.BUILD_IS_DAMAGED, {"build_id": build_id})
        return announce(builds_folder, publications[0])


@contextmanager
def locked(builds_folder: Path) -> Iterator[None]:
    with disk_errors_as_rules(builds_folder):
        builds_folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        descriptor = os.open(builds_folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        try:
            machine.lock(descriptor)
        except BlockingIOError:
            raise BuildsBusy("builds_are_busy", {"folder": str(builds_folder)}) from None
        yield
    finally:
        machine.unlock(descriptor)
        os.close(descriptor)


@contextmanager
def disk_errors_as_rules(builds_folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        rule = "disk_is_full" if error.errno in FULL_DISK else "builds_folder_cannot_be_written"
        reason = os.strerror(error.errno or errno.EIO)
        raise BuildError(rule, {"folder": str(builds_folder), "reason": reason}) from error


@contextmanager
def database_errors_as_rules(builds_folder: Path) -> Iterator[None]:
    """A disk that refuses becomes a rule; a mistake in a load's own SQL stays what it is."""
    details = {"folder": str(builds_folder), "reason": "DuckDB"}
    try:
        yield
    except duckdb.Error as error:
        if any(words in str(error) for words in FULL_DISK_WORDS):
            raise BuildError("disk_is_full", details) from error
        if isinstance(error, duckdb.IOException):
            raise BuildError("builds_folder_cannot_be_written", details) from error
        raise


def prepare_folder(builds_folder: Path) -> None:
    sweep_drafts(builds_folder)
    if pointer.read_pointer(builds_folder) is None and not builds.has_leftovers(builds_folder):
        pointer.write_pointer(builds_folder, pointer.NOTHING_YET)  # so that a missing pointer is a lost one


def seal(path: Path, build_id: str) -> Publication:
    """Read-only and on the disk, under a name that holds its hash. Readable by owner and group: births are in it."""
    with open(path, "rb") as file:
        os.fchmod(file.fileno(), 0o440)
        os.fsync(file.fileno())
    sha256 = builds.hash_file(path)
    return Publication(f"{build_id}-{sha256[:8]}.duckdb", sha256, path.stat().st_size, 0, build_id)


def announce(builds_folder: Path, publication: Publication, draft: Path | None = None) -> Build:
    """The record first, so that no build file is ever without one; the pointer last."""
    publication = replace(publication, sequence=pointer.newest_sequence(builds_folder) + 1)
    try:
        pointer.write_record(builds_folder, publication)
        if draft:
            os.replace(draft, builds_folder / publication.file)
            machine.sync_folder(builds_folder)
        pointer.write_pointer(builds_folder, publication)
    except OSError:
        with suppress(OSError):
            retract(builds_folder, publication)
        raise
    with suppress(OSError):  # it is published; what could not be removed is removed next time
        collect_garbage(builds_folder, publication)
    return builds.to_build(builds_folder, publication)


def retract(builds_folder: Path, publication: Publication) -> None:
    """A disk that is full must not stay full of builds that nobody was told of."""
    if pointer.parse_publication(pointer.read_pointer(builds_folder) or b"") == publication:
        return  # the pointer did reach it; only the last sync failed
    (builds_folder / pointer.record_name(publication.sequence)).unlink(missing_ok=True)
    if publication.file not in {entry.file for entry in pointer.read_records(builds_folder)}:
        (builds_folder / publication.file).unlink(missing_ok=True)


def sweep_drafts(builds_folder: Path) -> None:
    """Under the lock nobody else is writing: what lies about is left over."""
    leftovers = [*builds_folder.glob(DRAFT_PATTERN), *builds_folder.glob(pointer.ASIDE_PATTERN)]
    for path in leftovers:
        if path.is_dir():
            shutil.rmtree(path)  # where DuckDB spills
        else:
            path.unlink()


def collect_garbage(builds_folder: Path, current: Publication) -> None:
    """Removes builds beyond those kept, and records that a newer one repeats or that name nothing any more."""
    kept_ids = read_kept(builds_folder)
    if kept_ids is None:
        return
    newest_of_each: dict[str, Publication] = {}
    for entry in pointer.read_records(builds_folder):
        if (builds_folder / entry.file).exists() and entry.file not in newest_of_each:
            newest_of_each[entry.file] = entry
        else:
            (builds_folder / pointer.record_name(entry.sequence)).unlink()
    for entry in list(newest_of_each.values())[BUILDS_KEPT:]:
        is_kept = entry.build_id in kept_ids or entry.file == current.file
        if not is_kept and machine.remove(builds_folder / entry.file):
            (builds_folder / pointer.record_name(entry.sequence)).unlink()


def keep_for_good(builds_folder: Path, build_id: str) -> None:
    """Never remove this build; for who holds the lock. BuildError kept_list_is_damaged leaves the list as it is."""
    kept = read_kept(builds_folder)
    if kept is None:
        raise BuildError("kept_list_is_damaged", {"path": str(builds_folder / KEPT_NAME)})
    if build_id not in kept:
        content = json.dumps(sorted({*kept, build_id}), indent=1) + "\n"
        beside.write_whole(builds_folder / KEPT_NAME, content.encode())


def read_kept(builds_folder: Path) -> set[str] | None:
    """None when the list is there but cannot be read: then nothing may be removed."""
    try:
        kept = json.loads((builds_folder / KEPT_NAME).read_bytes())
    except FileNotFoundError:
        return set()
    except ValueError:
        return None
    return set(kept) if isinstance(kept, list) and all(isinstance(item, str) for item in kept) else None
