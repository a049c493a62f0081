"""Glyphs: which letters the document's font can write, and how wide they are; read from the font itself."""

import struct
from bisect import bisect_right
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FILES = ("SourceSans3.ttf", "SourceSans3-Italic.ttf")
UNICODE_FULL = (3, 10)
# Advances in the file are those of its thinnest weight; regular and semibold letters are at most this much wider.
REGULAR, SEMIBOLD = 1.06, 1.12
NEVER_SHOWN = "\n\u200b\u00ad\u2060"


class Face:
    """The character map and the advances of one TrueType font."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        count = self._unpack(">H", 4)[0]
        records = (self._unpack(">4sLLL", 12 + 16 * number) for number in range(count))
        self._tables = {tag.decode(): offset for tag, _, offset, _ in records}
        self._units = self._unpack(">H", self._tables["head"] + 18)[0]
        self._advances = self._unpack(">H", self._tables["hhea"] + 34)[0]
        self._runs = self._read_runs()
        self._starts = [start for start, _, _ in self._runs]

    def _unpack(self, shape: str, offset: int) -> tuple:
        return struct.unpack_from(shape, self._data, offset)

    def _read_runs(self) -> list[tuple[int, int, int]]:
        """Runs of characters with consecutive glyphs: (first, last, glyph of the first)."""
        cmap = self._tables["cmap"]
        for number in range(self._unpack(">H", cmap + 2)[0]):
            platform, encoding, offset = self._unpack(">HHL", cmap + 4 + 8 * number)
            if (platform, encoding) == UNICODE_FULL:
                groups = self._unpack(">L", cmap + offset + 12)[0]
                return [self._unpack(">LLL", cmap + offset + 16 + 12 * group) for group in range(groups)]
        raise ValueError("the font has no full Unicode character map")

    def glyph(self, letter: str) -> int | None:
        """The glyph of a letter, None when the font has none."""
        code = ord(letter)
        place = bisect_right(self._starts, code) - 1
        if place < 0 or code > self._runs[place][1]:
            return None
        first, _, glyph = self._runs[place]
        return glyph + code - first

    def width(self, text: str) -> float:
        """How wide a text is in the thinnest weight, in ems."""
        glyphs = (self.glyph(letter) or 0 for letter in text if letter not in NEVER_SHOWN)
        last = self._advances - 1
        advances = (self._unpack(">H", self._tables["hmtx"] + 4 * min(glyph, last))[0] for glyph in glyphs)
        return sum(advances) / self._units


@cache
def faces() -> tuple[Face, ...]:
    """The fonts of the document, upright first."""
    return tuple(Face(FONTS / name) for name in FILES)


@cache
def text_width(text: str, weight: float = REGULAR) -> float:
    """How wide a text is, in ems; a little more than it will be."""
    return weight * faces()[0].width(text)


def spell(text: str) -> str:
    """The text with every letter that the fonts lack written as its code point, ‹U+4E2D›: PDF/A allows no gaps."""
    return "".join(letter if _can_be_written(letter) else f"‹U+{ord(letter):04X}›" for letter in text)


@cache
def _can_be_written(letter: str) -> bool:
    return letter in NEVER_SHOWN or ((letter.isprintable() or letter.isspace()) and all(
        face.glyph(letter) for face in faces()
    ))
