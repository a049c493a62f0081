"""A delivery that comes through the page: its private folder, the process that prepares a build of it, and its end."""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from etl import builds, machine
from etl.builds import Build, BuildError, current_build, find_whole_build
from etl.publish import publishing
from etl.rejected_list import write_rejected_list
from etl.sentences import load_sentences
from etl.upload_notes import (
    OUTCOME,
    PROGRESS,
    UNDERSTOOD,
    Outcome,
    Progress,
    Refusal,
    Understood,
    read_outcome,
    read_progress,
    read_understood,
)
from etl.upload_process import AS_NAMED, BUILDS, EXPORTS

LOG = logging.getLogger("load")
PREFIX = "microcredentials-upload-"
IN_USE = "in_use"
PROJECT = Path(__file__).parent.parent
CHUNK_BYTES = 1 << 20
LONGEST_NAME = 120
SECONDS_TO_TAKE_THE_LOCK = 60  # between making a folder and locking it
SECONDS_AT_MOST = 3600
SECONDS_TO_END = 5


class Upload:
    """Private to its maker (0700), gone when discarded, when forgotten and when the server ends."""

    def __init__(self, builds_folder: Path) -> None:
        sweep()
        self.builds_folder = builds_folder.resolve()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        (self.folder / EXPORTS).mkdir()
        self._running: list[subprocess.Popen] = []
        self._started_at = 0.0
        self.compared_with: Build | None = None
        self.extended: tuple[str, ...] | None = None
        lock = os.open(self.folder / IN_USE, os.O_RDWR | os.O_CREAT, 0o600)
        machine.lock(lock, waits=True)
        self.discard = weakref.finalize(self, end, self._running, self.folder, lock)

    def save(self, name: str, content: BinaryIO) -> None:
        """One file as it came, under a name that stays in the folder."""
        with (self.folder / EXPORTS / clean_name(name)).open("wb") as file:
            shutil.copyfileobj(content, file, CHUNK_BYTES)

    def files(self) -> list[tuple[str, int]]:
        """Name and size in bytes of each file that came."""
        return sorted((path.name, path.stat().st_size) for path in (self.folder / EXPORTS).iterdir())

    def drop(self, name: str) -> None:
        """Takes one of `files` out again."""
        (self.folder / EXPORTS / name).unlink(missing_ok=True)

    @property
    def is_open(self) -> bool:
        """False once it was discarded."""
        return self.discard.alive

    @property
    def has_started(self) -> bool:
        return bool(self._running)

    def start(self, extended: Collection[str] | None = None) -> None:
        """Prepares a build. extended: exports added to the current build's files of another name (see choose_kept)."""
        stop(self._running)
        for name in (PROGRESS, UNDERSTOOD, OUTCOME):
            (self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.folder / BUILDS, ignore_errors=True)
        self.compared_with = find_whole_build(self.builds_folder)
        self._started_at = time.monotonic()
        self.extended = None if extended is None else tuple(extended)
        asked = AS_NAMED if extended is None else ",".join(extended)
        command = [sys.executable, "-m", "etl.upload_process", str(self.folder), str(self.builds_folder), asked]
        self._running.append(
            subprocess.Popen(
                command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )

    def progress(self) -> Progress:
        return read_progress(self.folder)

    def understood(self) -> Understood | None:
        """How the files were understood; None before that, and when they were not."""
        return read_understood(self.folder)

    def outcome(self) -> Outcome | None:
        """None while the preparation goes on."""
        has_ended = self._running[-1].poll() is not None
        outcome = read_outcome(self.folder)
        if outcome is None and (has_ended or time.monotonic() - self._started_at > SECONDS_AT_MOST):
            stop(self._running)
            return Outcome([Refusal("", "load_was_stopped", {})])
        return outcome

    def draft(self) -> Build:
        """The build that was prepared and is not published."""
        return current_build(self.folder / BUILDS)

    def publish(self, language: str, has_seen_losses: bool = False) -> Build:
        """Exactly what was prepared; BuildError when the current build is no longer the one it was compared with.

        has_seen_losses: somebody confirmed each of the losses of the outcome; without that nothing is published.
        """
        losses = self.outcome().losses
        if losses and not has_seen_losses:
            raise BuildError("rejections_were_not_seen")
        build = publish_draft(self.draft(), self.builds_folder, self.compared_with)
        with suppress(OSError):  # the build holds the list too
            write_rejected_list(build, load_sentences(language))
        for loss in losses:
            LOG.warning("%s: published with %s of %s rows rejected", build.build_id, loss.rejected, loss.read)
        self.discard()
        return build


def publish_draft(prepared: Build, builds_folder: Path, compared_with: Build | None) -> Build:
    with publishing(builds_folder) as draft:
        current = find_whole_build(builds_folder)
        if current and (compared_with is None or current.sequence != compared_with.sequence):
            raise BuildError("another_load_was_published", {"build_id": current.build_id})
        shutil.copyfile(prepared.path, draft.path)
        if builds.hash_file(draft.path) != prepared.sha256:  # all its tables were proven when it was prepared
            raise BuildError(builds.BUILD_IS_DAMAGED, {"build_id": prepared.build_id})
        return draft.publish(prepared.build_id, {})


def clean_name(name: str) -> str:
    """The last part of a name, short enough for any disk, its ending kept."""
    plain = "".join(sign if sign.isprintable() else " " for sign in name.replace("\\", "/")).rpartition("/")[2]
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:10]}".lstrip(". ") or "-"


def stop(running: list[subprocess.Popen]) -> None:
    while running:
        process = running.pop()
        process.stdin.close()  # it ends with its input
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def end(running: list[subprocess.Popen], folder: Path, lock: int) -> None:
    stop(running)
    shutil.rmtree(folder, ignore_errors=True)
    os.close(lock)


def sweep() -> None:
    """Removes the folders of servers that were killed: nobody holds their locks."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if is_abandoned(folder):
                shutil.rmtree(folder, ignore_errors=True)


def is_abandoned(folder: Path) -> bool:
    if not machine.is_mine(folder):
        return False
    try:
        lock = os.open(folder / IN_USE, os.O_RDWR)
    except FileNotFoundError:
        return time.time() - folder.stat().st_mtime > SECONDS_TO_TAKE_THE_LOCK
    try:
        machine.lock(lock)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True
