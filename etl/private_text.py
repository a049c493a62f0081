"""Documents and e-mail addresses that stand where none belongs, found and taken out before anything is stored."""

import re
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

# RE2 and Python read this alike. A quick look that lets too much through; is_document decides.
MAYBE_PRIVATE = r"[0-9]{7}[ .-]?[A-Za-z]|[0-9]\.[0-9]{3}\.[0-9]{3}|[^\s@]@[^\s@]+\.[A-Za-z]{2,}"
DOCUMENT = re.compile(
    r"(?<![0-9A-Z])([XYZ]?)[ .-]?([0-9]{1,2}\.?[0-9]{3}\.?[0-9]{3})[ .-]?([A-Z])(?![0-9A-Z])", re.IGNORECASE
)
E_MAIL = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.[A-Za-z]{2,}")
CHECK_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
HIDDEN = "[…]"


def hide_personal_data(texts: pa.Array, stand_in: Callable[[str], str] | None = None) -> tuple[pa.Array, list[int]]:
    """The same column without documents and e-mail addresses, and the positions where there was one.

    stand_in: what to write instead; always the same sign when not given.
    """
    encoded = texts.dictionary_encode()
    doubtful = pc.match_substring_regex(encoded.dictionary, MAYBE_PRIVATE)
    if not pc.any(doubtful).as_py():
        return texts, []
    before = encoded.dictionary.to_pylist()
    after = [hide(text, stand_in) for text in before]
    changed = {code for code, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]}
    positions = [at for at, code in enumerate(encoded.indices.to_pylist()) if code in changed]
    return pa.array(after, pa.string()).take(encoded.indices), positions


def hide(text: str, stand_in: Callable[[str], str] | None = None) -> str:
    def replace(match: re.Match[str]) -> str:
        if match.re is DOCUMENT and not is_document(match):
            return match.group()
        return stand_in(match.group()) if stand_in else HIDDEN

    return E_MAIL.sub(replace, DOCUMENT.sub(replace, text))


def is_document(match: re.Match[str]) -> bool:
    """Only a letter that is right makes it one: a course code may look alike."""
    lead, digits, letter = match.groups()
    number = ("XYZ".index(lead.upper()) if lead else 0) * 10_000_000 + int(digits.replace(".", ""))
    return CHECK_LETTERS[number % 23] == letter.upper()
