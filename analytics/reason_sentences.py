"""Sentences of rules as they stand without a row: {found} taken out, and the first sentence alone."""

import re

from analytics.formats import format_number

PLACE = "{found}"
ASIDE = re.compile(r"\s*\([^()]*\{found\}[^()]*\)|: \{found\}(?=\.)")
QUOTED = re.compile(r"[«“]\{found\}[»”]")
# A number of a check, not part of a date, a code or a file's name.
DECIMALS = re.compile(r"(?<![\w./])(?<!\w-)(\d+)\.(\d+)(?![\w./])")
# A full stop ends a sentence when a capital or an opening mark follows: "2a ed." does not.
END = re.compile(r"(?<=[.:;])\s+(?=[A-ZÀ-Ý«“])")


def generic(sentence: str) -> str:
    """The sentence of a rule with no row in mind: an aside about what was found goes, elsewhere it is an ellipsis."""
    return ASIDE.sub("", sentence).replace(PLACE, "…")


def fill(sentence: str, found: str, language: str) -> str:
    """The sentence with what was found: numbers as the language writes them, a quoted cell as it was sent."""
    shown = found if QUOTED.search(sentence) else DECIMALS.sub(lambda number: _write(number, language), found)
    return sentence.replace(PLACE, shown)


def _write(number: re.Match[str], language: str) -> str:
    return format_number(int(number[1]), language) + ("." if language == "en" else ",") + number[2]


def short(sentence: str) -> str:
    """The first sentence of a rule's text: what happened, without what was expected and how to mend it."""
    return END.split(sentence, maxsplit=1)[0].rstrip(".:;")


def rest(sentence: str) -> str:
    """What follows the first sentence: what was expected and how to mend it."""
    return "".join(END.split(sentence, maxsplit=1)[1:])
