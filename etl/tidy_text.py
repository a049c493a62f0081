"""Turns text as sent into text that can be compared: trimmed, one accent form, and nothing invisible."""

import re
import unicodedata
from dataclasses import dataclass, field

# Marks that print as nothing and that copying from web pages and Word leaves inside codes and headers. The joiners
# U+200C and U+200D are not among them: emoji and several scripts need them.
_INVISIBLE = {ord(mark): None for mark in "\u00ad\u200b\u2060\ufeff"}
# Blanks, control characters and marks of every kind; NUL is kept, since its row is rejected for it.
_EDGES = (
    "".join(
        chr(code)
        for code in (*range(1, 0x500), *range(0x1600, 0x3001))
        if chr(code).isspace() or unicodedata.category(chr(code)) in ("Cc", "Cf")
    )
    + "\ufeff"
)
_LOST_LETTER = re.compile(r"[^\W\d_]\?[^\W\d_]")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_BROKEN = re.compile("[\ud800-\udfff]")
_CP1252_AS_LATIN1 = {
    ord(bytes([byte]).decode("cp1252")): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"
}
_NO_VALUE = frozenset(
    f"#{word}"
    for words in (
        ("REF!", "N/A", "NAME?", "VALUE!", "DIV/0!", "NUM!", "NULL!", "SPILL!", "CALC!", "GETTING_DATA"),
        ("¡REF!", "N/D", "¿NOMBRE?", "¡VALOR!", "¡DIV/0!", "¡NUM!", "¡NULO!", "¡DESBORDAMIENTO!", "¡CALC!"),
        ("NOM?", "VALOR!", "NUL!"),
    )
    for word in words
)


@dataclass
class Tidying:
    """Tidies the cells of one file and remembers what it saw on the way, each rule key once."""

    notes: list[str] = field(default_factory=list)

    def note(self, rule: str) -> None:
        if rule not in self.notes:
            self.notes.append(rule)

    def tidy_cells(self, cells: list[str]) -> tuple[list[str], str | None, str | None]:
        """The cells in order, the rule key of what is wrong with the row, and where it is."""
        problem = found = None
        tidied = []
        for position, cell in enumerate(cells, start=1):
            text = cell if is_tidy(cell) else self.tidy(cell)
            tidied.append(text)
            if rule := _problem_of(text):
                tidied[-1] = _UNSTORABLE.sub("\ufffd", text)
                problem, found = problem or rule, found or f"column {position}"
        return tidied, problem, found

    def tidy(self, text: str) -> str:
        """Until nothing changes: trimming may lay bare text that can be repaired, and some was encoded three times."""
        tidied = self._tidy_once(text)
        while has_doubtful_letters(tidied) and (again := self._tidy_once(tidied)) != tidied:
            tidied = again
        return tidied

    def _tidy_once(self, text: str) -> str:
        """Repairs doubly encoded text before trimming: the second byte of `à` is a non-breaking space."""
        if has_doubtful_letters(text):
            text = self._repair(text)
        if "\ufffd" in text or ("?" in text and "://" not in text and _LOST_LETTER.search(text)):
            self.note("text_lost_to_encoding")
        text = text.translate(_INVISIBLE).strip(_EDGES)
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))

    def _repair(self, text: str) -> str:
        repaired = undo_double_encoding(text)
        if repaired != text:
            self.note("text_was_encoded_twice")
        return repaired


def is_tidy(text: str) -> bool:
    """True only when tidying would change nothing; the edges are looked at first because they are cheapest."""
    return (
        text[:1] != " "
        and text[-1:] != " "
        and text.isprintable()
        and "?" not in text
        and (text.isascii() or (unicodedata.is_normalized("NFC", text) and not has_doubtful_letters(text)))
    )


def has_doubtful_letters(text: str) -> bool:
    """True for U+FFFD and for the letters every UTF-8 sequence of Latin text begins with when read as cp1252."""
    return "Ã" in text or "Â" in text or "â" in text or "Å" in text or "\ufffd" in text


def undo_double_encoding(text: str) -> str:
    """`IntroducciÃ³n` becomes `Introducción`; text that is not wholly UTF-8 read as cp1252 is left as it is."""
    try:
        return text.translate(_CP1252_AS_LATIN1).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _problem_of(text: str) -> str | None:
    if text.isprintable():
        return "cell_has_no_value" if text[:1] == "#" and text.upper() in _NO_VALUE else None
    if "\0" in text:
        return "row_has_nul_bytes"
    return "row_has_broken_characters" if _BROKEN.search(text) else None
