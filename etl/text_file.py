"""Tells whether a text file is whole and holds anything, before it is read as a table."""

from pathlib import Path

from etl.delimited import open_text
from etl.refused import FileRefused

# A line is held in memory whole; this is thirty times the longest text a spreadsheet's cell can hold.
LINE_BYTES_AT_MOST = 1 << 20
_BLANKS = "\ufeff \t\r\n\x1a"


def refuse_incomplete_text(path: Path, encoding: str) -> None:
    """An empty file, one that ends in NUL bytes or in half a character, and one without line ends."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 64))
        tail = file.read()
    is_wide = encoding.startswith("utf-16")
    if tail.rstrip(b"\r\n\x1a ").endswith(b"\0" * (3 if is_wide else 1)) or (is_wide and size % 2):
        raise FileRefused(path.name, "file_is_incomplete")
    if line := _find_endless_line(path):
        raise FileRefused(path.name, "line_is_endless", {"line": line})
    if not any(line.strip(_BLANKS) for line in open_text(path, encoding)):
        raise FileRefused(path.name, "file_is_empty")


def _find_endless_line(path: Path) -> int | None:
    """The number of a line that fills a whole chunk: it would have to be held in memory whole."""
    line = 1
    with path.open("rb") as file:
        while len(chunk := file.read(LINE_BYTES_AT_MOST)) == LINE_BYTES_AT_MOST:
            ends = chunk.count(b"\n") or chunk.count(b"\r")
            if not ends:
                return line
            line += ends
    return None
