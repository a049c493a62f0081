"""The settings in force: the newest version written beside the builds, else the files of data/reference."""

import hashlib
import json
import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

REFERENCE = Path(__file__).parent.parent / "data" / "reference"
FOLDER = "settings"
NAME = re.compile(r"(\d{6})\.json")
PARTS = ("grant", "targets")


@dataclass(frozen=True)
class SettingChange:
    """What was changed by a version: a field of an entry, as plain text before and after; "" is pending."""

    part: str
    key: str
    field: str
    old: str
    new: str
    source: str


@dataclass(frozen=True)
class Version:
    """Every setting, whole. number: 0 for data/reference. is_degraded: a newer version is there and cannot be read.

    grant, targets: {key: entry}, in which days are text. sha256: of the files it was read from.
    """

    number: int
    grant: dict[str, dict]
    targets: dict[str, dict]
    sha256: str
    author: str = ""
    written_at: datetime | None = None
    change: SettingChange | None = None
    is_degraded: bool = False


def newest_version(builds_folder: Path | None = None) -> Version:
    """The settings in force beside these builds. One that cannot be read is passed over, and the answer says so."""
    paths = sorted(_paths(builds_folder), reverse=True)
    for path in paths:
        found = _read_again(path, path.stat().st_mtime_ns, path.stat().st_size)
        if found:
            return found if path == paths[0] else _degraded(found)
    return _degraded(read_reference()) if paths else read_reference()


def every_version(builds_folder: Path) -> list[Version]:
    """Every version that can be read, the newest first; not the files of data/reference."""
    found = (_read_again(path, path.stat().st_mtime_ns, path.stat().st_size) for path in _paths(builds_folder))
    return sorted(filter(None, found), key=lambda version: -version.number)


def path_of(builds_folder: Path, number: int) -> Path:
    return builds_folder / FOLDER / f"{number:06}.json"


def newest_number(builds_folder: Path) -> int:
    """Of the newest version, read or not; 0 without any."""
    return max((int(path.stem) for path in _paths(builds_folder)), default=0)


def _paths(builds_folder: Path | None) -> list[Path]:
    if builds_folder is None:
        return []
    return [path for path in (builds_folder / FOLDER).glob("*.json") if NAME.fullmatch(path.name)]


@lru_cache
def read_reference() -> Version:
    """What data/reference says."""
    contents = [(REFERENCE / f"{part}.toml").read_bytes() for part in PARTS]
    grant, targets = (_in_text(tomllib.loads(content.decode())) for content in contents)
    return Version(0, grant, targets, hashlib.sha256(b"\0".join(contents)).hexdigest())


def _in_text(entries: dict[str, dict]) -> dict[str, dict]:
    """Days as text, as JSON has them."""
    return {
        key: {name: value.isoformat() if isinstance(value, date) else value for name, value in entry.items()}
        for key, entry in entries.items()
    }


@lru_cache(maxsize=256)
def _read_again(path: Path, changed_ns: int, size: int) -> Version | None:
    """A version is read once, and again only when its file is another."""
    return read_version(path)


def read_version(path: Path) -> Version | None:
    """None when the file is not a whole version."""
    try:
        content = path.read_bytes()
        told = json.loads(content)
        grant, targets = (_entries(told[part]) for part in PARTS)
        return Version(
            int(path.stem), grant, targets, hashlib.sha256(content).hexdigest(), str(told["author"]),
            datetime.fromisoformat(told["written_at"]), SettingChange(**told["change"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _entries(told: object) -> dict[str, dict]:
    if not isinstance(told, dict) or not all(isinstance(entry, dict) for entry in told.values()):
        raise ValueError("entries are missing")
    return told


def _degraded(version: Version) -> Version:
    return Version(**version.__dict__ | {"is_degraded": True})
