"""The logo of the recovery plan: a picture that the university puts beside its settings, printed beside the emblem."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from analytics.settings import FOLDER

# The first that is there is printed.
NAMES = ("prtr.svg", "prtr.png")
MOST_BYTES = 500_000
PNG_START = b"\x89PNG\r\n\x1a\n"
# A picture that runs, fetches or stands for something else is none.
FORBIDDEN = (
    b"<script", b"<foreignobject", b"<!entity", b"<!doctype", b"@import", b'href="http', b"href='http", b"url(http",
)


class LogoIsWrong(Exception):
    """There is a file of that name, and it is no picture that can be printed."""


@dataclass(frozen=True)
class Logo:
    """name: of its file, one of NAMES."""

    name: str
    content: bytes

    @property
    def form(self) -> str:
        """svg or png."""
        return self.name.rpartition(".")[2]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def find_logo(builds_folder: Path | None) -> Logo | None:
    """None when nobody has put one there; LogoIsWrong when it cannot be printed."""
    paths = [builds_folder / FOLDER / name for name in NAMES] if builds_folder else []
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        return None
    try:
        content = path.read_bytes()
    except OSError as wrong:
        raise LogoIsWrong(f"{path} cannot be read.") from wrong
    if len(content) > MOST_BYTES or not _is_picture(content, path.suffix):
        raise LogoIsWrong(f"{path} is not a plain PNG or SVG picture of at most {MOST_BYTES // 1000} kB.")
    return Logo(path.name, content)


def _is_picture(content: bytes, suffix: str) -> bool:
    if suffix == ".png":
        return content.startswith(PNG_START)
    if any(part in content.lower() for part in FORBIDDEN):
        return False
    try:
        return ElementTree.fromstring(content).tag.rpartition("}")[2] == "svg"
    except ElementTree.ParseError:
        return False
