"""Issued packs are remembered beside the builds: the manifest of each, and its build is never removed."""

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from analytics.snapshot import take_snapshot
from etl.builds import Build, BuildsBusy, list_builds
from reports.writing import Earlier

ISSUED_FOLDER = "issued"
KEPT_NAME = "kept.json"
LOCK_NAME = "lock"
ISSUED_NAME = re.compile(r"(\d{4})-(.+)\.json")


class CannotIssue(Exception):
    """The pack may not be remembered as issued; the message says why."""


def list_issued(builds_folder: Path) -> list[tuple[int, str, dict]]:
    """(number, name, manifest) of every issued pack, the first issued first."""
    found = []
    for path in sorted((builds_folder / ISSUED_FOLDER).glob("*.json")):
        match = ISSUED_NAME.fullmatch(path.name)
        if match:
            found.append((int(match[1]), match[2], json.loads(path.read_text(encoding="utf-8"))))
    return found


def find_earlier(builds_folder: Path, as_of: date) -> Earlier | None:
    """The issued pack that a new one is compared with: the last issued of the newest cut-off before its own.

    Never one of the same cut-off: a pack made again after it was issued is the same bytes. Never a public one, which
    does not say every figure.
    """
    before = [
        one for one in list_issued(builds_folder)
        if one[2]["kind"] == "restricted" and date.fromisoformat(one[2]["as_of"]) < as_of
    ]
    if not before:
        return None
    _, name, manifest = max(before, key=lambda one: (one[2]["as_of"], one[0]))
    return _open(builds_folder, name, manifest)


def find_issued(builds_folder: Path, name: str) -> Earlier | None:
    """An issued pack by its name."""
    for _, issued, manifest in list_issued(builds_folder):
        if issued == name:
            return _open(builds_folder, name, manifest)
    return None


def _open(builds_folder: Path, name: str, manifest: dict) -> Earlier:
    """Its build, when that is still kept and whole, at the cut-off of the pack."""
    build = find_build(builds_folder, manifest["build"]["id"])
    is_same = build is not None and not build.degraded and build.sha256 == manifest["build"]["sha256"]
    return Earlier(name, manifest, take_snapshot(build, date.fromisoformat(manifest["as_of"])) if is_same else None)


def find_build(builds_folder: Path, build_id: str) -> Build | None:
    """A build that is kept, by its id."""
    return next((build for build in list_builds(builds_folder) if build.build_id == build_id), None)


def issue(builds_folder: Path, manifest: dict) -> Path:
    """Remember a pack and keep its build for good. The same pack issued again is the one that is there already."""
    if manifest["state"] == "borrador":
        raise CannotIssue("a borrador is not issued: make it provisional or definitivo")
    with _locked(builds_folder):
        if find_build(builds_folder, manifest["build"]["id"]) is None:
            raise CannotIssue(f"the build {manifest['build']['id']} is not in {builds_folder}")
        issued = list_issued(builds_folder)
        content = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for number, name, known in issued:
            if known == manifest:
                return builds_folder / ISSUED_FOLDER / f"{number:04}-{name}.json"
            if name == manifest["name"]:
                raise CannotIssue(f"another pack was issued as {name}")
        _keep(builds_folder, manifest["build"]["id"])
        return _write(builds_folder / ISSUED_FOLDER, max((one[0] for one in issued), default=0) + 1, manifest, content)


def _write(folder: Path, number: int, manifest: dict, content: str) -> Path:
    folder.mkdir(mode=0o750, exist_ok=True)
    path = folder / f"{number:04}-{manifest['name']}.json"
    _replace(path, content)
    return path


def _keep(builds_folder: Path, build_id: str) -> None:
    """Into the list of builds that are never removed. One that cannot be read is left as it is: it keeps everything."""
    path = builds_folder / KEPT_NAME
    try:
        kept = json.loads(path.read_bytes())
    except FileNotFoundError:
        kept = []
    except ValueError as wrong:
        raise CannotIssue(f"{path} cannot be read") from wrong
    if build_id not in kept:
        _replace(path, json.dumps([*kept, build_id], indent=1) + "\n")


def _replace(path: Path, content: str) -> None:
    """Written aside, synced and renamed: a reader sees the old file or the new one."""
    aside = path.with_name(f"{path.name}.new")
    with open(aside, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)


@contextmanager
def _locked(builds_folder: Path) -> Iterator[None]:
    """The lock of the loads: no build is removed while it is being kept."""
    with open(builds_folder / LOCK_NAME, "a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BuildsBusy("builds_are_busy", {"folder": str(builds_folder)}) from None
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
