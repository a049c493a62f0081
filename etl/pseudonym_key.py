"""The secret key of the pseudonyms: made once, kept away from the builds, never mixed with another."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from etl import builds, machine
from etl.builds import BuildError

KEY_BYTES = 32
KEY_ID_PURPOSE = b"microcredentials-monitor: id of the pseudonym key"


class KeyRefused(BuildError):
    """No load may go on: new pseudonyms would not be those of the published builds."""


def key_path() -> Path:
    named = os.environ.get("PSEUDONYM_KEY_FILE")
    if named:
        return Path(named)
    settings = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(settings).expanduser() / "microcredentials-monitor" / "pseudonym.key"


def load_key(builds_folder: Path, create: bool) -> tuple[bytes, str]:
    """The 256-bit key and its id; made when there is none, nothing is published yet and `create` allows it."""
    path = key_path()
    if path.resolve().is_relative_to(builds_folder.resolve()):
        raise KeyRefused("key_is_inside_the_builds_folder", {"path": str(path)})
    key = read_key(path)
    if key is None:
        require_no_builds(builds_folder, path)
        if not create:
            raise KeyRefused("key_is_missing", {"path": str(path)})
        key = make_key(path)
    require_published_key(builds_folder, identify_key(key))
    return key, identify_key(key)


def identify_key(key: bytes) -> str:
    """16 hexadecimal characters that tell keys apart and tell nothing about them."""
    return hmac.new(key, KEY_ID_PURPOSE, hashlib.sha256).hexdigest()[:16]


def read_key(path: Path) -> bytes | None:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyRefused("key_cannot_be_read", {"path": str(path), "reason": error.strerror}) from None
    except ValueError:  # its message would quote the key
        raise KeyRefused("key_is_damaged", {"path": str(path)}) from None
    if len(key) != KEY_BYTES:
        raise KeyRefused("key_is_damaged", {"path": str(path)})
    return key


def make_key(path: Path) -> bytes:
    """Written whole under another name, then linked: of two loads that make it at once, both use the first one's."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        write_secret(aside, secrets.token_bytes(KEY_BYTES))
        link_first(aside, path)
        machine.sync_folder(path.parent)
    except OSError as error:
        raise KeyRefused("key_cannot_be_made", {"path": str(path), "reason": error.strerror}) from None
    return read_key(path)


def write_secret(path: Path, key: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(descriptor)


def link_first(aside: Path, path: Path) -> None:
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def require_no_builds(builds_folder: Path, path: Path) -> None:
    if builds.has_published(builds_folder):
        raise KeyRefused("key_is_missing_but_builds_are_published", {"path": str(path)})


def require_published_key(builds_folder: Path, key_id: str) -> None:
    published = builds.published_key_id(builds_folder)
    if published not in (None, key_id):
        raise KeyRefused("key_does_not_match_the_published_builds", {"key_id": key_id, "published_key_id": published})
