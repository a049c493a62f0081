"""Where two files of the same name differ: the lines of a text, the cells of a workbook."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.words import Words

MOST_PLACES = 5
CELL = re.compile(r'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL)
SHEET = re.compile(r'<sheet name="([^"]*)"')
TEXT = re.compile(r"<si>(.*?)</si>", re.DOTALL)
INDEX = re.compile(r"^<v>(\d+)</v>$")


@dataclass(frozen=True)
class Places:
    """Where two files differ. what: line or cell."""

    what: str
    names: Sequence[str]

    def tell(self, says: Words) -> str:
        """The first of them, ready to follow a sentence; "" when there are none."""
        if not self.names:
            return ""
        first, more = ", ".join(self.names[:MOST_PLACES]), len(self.names) - MOST_PLACES
        told = says(f"proof.{self.what}", len(self.names), places=first)
        return f" ({told})" if more <= 0 else f" ({told} {says('proof.more', more)})"


def find_differences(name: str, made: bytes, found: bytes) -> Places | None:
    """None for a document in which places have no name."""
    if name.endswith((".csv", ".json")):
        return Places("line", _lines(made, found))
    if not name.endswith(".xlsx"):
        return None
    try:
        before, after = _cells(made), _cells(found)
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError):
        return None
    return Places("cell", [cell for cell in before | after if before.get(cell) != after.get(cell)])


def _lines(made: bytes, found: bytes) -> list[str]:
    before, after = made.splitlines(), found.splitlines()
    longest = max(len(before), len(after))
    return [str(number + 1) for number in range(longest) if before[number:number + 1] != after[number:number + 1]]


def _cells(workbook: bytes) -> dict[str, str]:
    """{sheet!cell: what it holds}, its texts in place of their numbers."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        names = SHEET.findall(archive.read("xl/workbook.xml").decode())
        texts = TEXT.findall(archive.read("xl/sharedStrings.xml").decode())
        sheets = [archive.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, len(names) + 1)]
    return {
        f"{name}!{cell}": _content(content, whole, texts)
        for name, sheet in zip(names, sheets, strict=True)
        for whole, cell, content in ((match[0], match[1], match[2] or "") for match in CELL.finditer(sheet))
    }


def _content(content: str, whole: str, texts: list[str]) -> str:
    index = INDEX.match(content) if ' t="s"' in whole.split(">", 1)[0] else None
    return texts[int(index[1])] if index else content
