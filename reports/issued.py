"""Issued packs are kept beside the builds: each as its file with its manifest, and its build is never removed."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from analytics.periods import HalfYear
from analytics.snapshot import take_snapshot
from etl.beside import write_whole
from etl.builds import Build, BuildError, list_builds
from etl.publish import keep_for_good, locked
from reports.package import read_manifest, read_members
from reports.writing import Earlier

ISSUED_FOLDER = "issued"
ISSUED_NAME = re.compile(r"(\d{4})-(.+)\.json")


class CannotIssue(Exception):
    """The pack may not be remembered as issued. rule: draft, not_made_for_it, no_build, other, overtaken or kept."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule = rule
        super().__init__(message)


class IssuedIsDamaged(Exception):
    """The file of an issued pack is not there or is not the one that was issued."""


@dataclass(frozen=True)
class Issued:
    """A pack that was issued. number: in the order of issue. sha256: of its file. issued_at: in UTC."""

    number: int
    manifest: dict
    issued_at: datetime
    sha256: str
    path: Path

    @property
    def name(self) -> str:
        return self.manifest["name"]

    @property
    def as_of(self) -> date:
        return date.fromisoformat(self.manifest["as_of"])

    @property
    def period(self) -> HalfYear:
        return HalfYear.read(self.manifest["period"])

    def read(self) -> bytes:
        """The pack as it was issued, byte for byte; IssuedIsDamaged when it is no longer that."""
        try:
            content = self.path.read_bytes()
        except OSError as wrong:
            raise IssuedIsDamaged(f"{self.path} cannot be read") from wrong
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise IssuedIsDamaged(f"{self.path} is not the pack that was issued")
        return content


def list_issued(builds_folder: Path) -> list[Issued]:
    """Every issued pack, the first issued first."""
    paths = sorted((builds_folder / ISSUED_FOLDER).glob("*.json"))
    return [_read(path, int(match[1])) for path in paths if (match := ISSUED_NAME.fullmatch(path.name))]


def _read(path: Path, number: int) -> Issued:
    found = path.stat()
    return _read_file(path, number, (found.st_ino, found.st_mtime_ns, found.st_size))


@lru_cache(maxsize=64)
def _read_file(path: Path, number: int, _state: tuple[int, ...]) -> Issued:
    """Read again only when the file was written again: every change on the Funding page asks for all of them."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        issued_at = datetime.fromisoformat(told["issued_at"])
        return Issued(number, told["manifest"], issued_at, told["sha256"], path.with_suffix(".zip"))
    except (ValueError, KeyError, TypeError) as wrong:
        raise IssuedIsDamaged(f"{path} cannot be read. Mend it or bring it back from a copy.") from wrong


def find_earlier(builds_folder: Path, as_of: date) -> Earlier | None:
    """The issued pack that a new one is compared with: the last issued of the newest cut-off before its own.

    Never one of the same cut-off: a pack made again after it was issued is the same bytes. Never a public one, which
    does not say every figure.
    """
    before = [
        one for one in list_issued(builds_folder) if one.manifest["kind"] == "restricted" and one.as_of < as_of
    ]
    return open_issued(builds_folder, max(before, key=lambda one: (one.as_of, one.number))) if before else None


def find_published(builds_folder: Path, name: str) -> tuple[Earlier, ...]:
    """The public packs issued before the one of that name, or all of them when it has not been issued."""
    public = [one for one in list_issued(builds_folder) if one.manifest["kind"] == "public"]
    number = next((one.number for one in public if one.name == name), None)
    return tuple(open_issued(builds_folder, one) for one in public if number is None or one.number < number)


def find_issued(builds_folder: Path, name: str) -> Earlier | None:
    """An issued pack by its name."""
    found = next((one for one in list_issued(builds_folder) if one.name == name), None)
    return open_issued(builds_folder, found) if found else None


def open_issued(builds_folder: Path, issued: Issued) -> Earlier:
    """With its build, when that is still kept and whole, at the cut-off of the pack."""
    told = issued.manifest["build"]
    build = find_build(builds_folder, told["id"])
    is_same = build is not None and not build.degraded and build.sha256 == told["sha256"]
    return Earlier(issued.name, issued.manifest, take_snapshot(build, issued.as_of) if is_same else None)


def find_build(builds_folder: Path, build_id: str) -> Build | None:
    """A build that is kept, by its id."""
    return next((build for build in list_builds(builds_folder) if build.build_id == build_id), None)


def issue(builds_folder: Path, content: bytes, issued_at: datetime | None = None) -> Issued:
    """Remember a pack and keep its build for good. The same pack issued again is the one that is there already."""
    manifest = read_manifest(read_members(content))
    if manifest["state"] == "borrador":
        raise CannotIssue("draft", "a borrador is not issued: make it provisional or definitivo")
    if manifest.get("stays_here"):
        raise CannotIssue("not_made_for_it", "it says of itself that it may not be handed out: make it to be issued")
    with locked(builds_folder):
        if find_build(builds_folder, manifest["build"]["id"]) is None:
            raise CannotIssue("no_build", f"the build {manifest['build']['id']} is not in {builds_folder}")
        known = list_issued(builds_folder)
        same = next((one for one in known if one.name == manifest["name"]), None)
        if same and same.manifest == manifest:
            return same
        if same:
            raise CannotIssue("other", f"another pack was issued as {same.name}")
        public = [one.name for one in known if one.manifest["kind"] == "public"]
        if manifest["kind"] == "public" and public != manifest["published_before"]:
            raise CannotIssue("overtaken", "another public pack was issued after this one was made: make it again")
        _keep(builds_folder, manifest["build"]["id"])
        number = max((one.number for one in known), default=0) + 1
        return _write(builds_folder / ISSUED_FOLDER, number, manifest, content, issued_at or datetime.now(UTC))


def _write(folder: Path, number: int, manifest: dict, content: bytes, issued_at: datetime) -> Issued:
    """First the pack, then what says that it is there."""
    folder.mkdir(mode=0o750, exist_ok=True)
    path = folder / f"{number:04}-{manifest['name']}.json"
    write_whole(path.with_suffix(".zip"), content)
    told = {
        "issued_at": issued_at.isoformat(timespec="seconds"), "sha256": hashlib.sha256(content).hexdigest(),
        "manifest": manifest,
    }
    write_whole(path, (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    return _read(path, number)


def _keep(builds_folder: Path, build_id: str) -> None:
    try:
        keep_for_good(builds_folder, build_id)
    except BuildError as wrong:
        raise CannotIssue("kept", f"{wrong.details['path']} cannot be read") from wrong
