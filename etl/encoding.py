"""Decides how the bytes of a whole text file are to be read, from all of them and not from its first lines."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_CHUNK_BYTES = 1 << 20
_ASCII = bytes(range(128))
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# In order of likelihood: a later one is taken only when it explains more of the bytes.
_SINGLE_BYTE_ENCODINGS = ("cp1252", "iso-8859-15", "cp850")
_EXPECTED_MARKS = frozenset("€·ºª°«»¿¡’‘“”–—…•§½¼¾²³®©™\xa0")
_LAST_LATIN_LETTER = "\u024f"


def decide_encoding(path: Path) -> str:
    """The Python name of the encoding of `path`."""
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding
    return _unmarked_utf16(head) or ("utf-8" if _is_utf8(path) else _weigh_encodings(path))


def _unmarked_utf16(head: bytes) -> str | None:
    """Every second byte of Latin text in UTF-16 is NUL; a stray NUL or two in a text file is not enough."""
    pairs = len(head) // 2
    if pairs and head[1::2].count(0) > 0.7 * pairs and head[0::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if pairs and head[0::2].count(0) > 0.7 * pairs and head[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return None


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _weigh_encodings(path: Path) -> str:
    """UTF-8 with a few damaged characters stays UTF-8 (their rows are rejected); else the likeliest letters win."""
    counts: Counter[int] = Counter()
    in_sequences = 0
    for chunk in _chunks(path):
        counts.update(chunk.translate(None, _ASCII))
        in_sequences += sum(map(len, _UTF8_SEQUENCE.findall(chunk)))
    if in_sequences > counts.total() / 2:
        return "utf-8"
    return max(_SINGLE_BYTE_ENCODINGS, key=lambda encoding: _expected_letters(counts, encoding))


def _expected_letters(counts: Counter[int], encoding: str) -> int:
    letters = {byte: bytes([byte]).decode(encoding, "replace") for byte in counts}
    return sum(counts[byte] for byte, letter in letters.items() if _is_expected(letter))


def _is_expected(letter: str) -> bool:
    return letter in _EXPECTED_MARKS or (letter.isalpha() and letter <= _LAST_LATIN_LETTER)
