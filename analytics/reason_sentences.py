"""Sentences of rules as they stand without a row: {found} taken out, and the first sentence alone."""

import re

PLACE = "{found}"
ASIDE = re.compile(r"\s*\([^()]*\{found\}[^()]*\)")
# A full stop ends a sentence when a capital or an opening mark follows: "2a ed." does not.
END = re.compile(r"(?<=[.:;])\s+(?=[A-ZÀ-Ý«“])")


def generic(sentence: str) -> str:
    """The sentence of a rule with no row in mind: an aside about what was found goes, elsewhere it is an ellipsis."""
    return ASIDE.sub("", sentence).replace(PLACE, "…")


def short(sentence: str) -> str:
    """The first sentence of a rule's text: what happened, without what was expected and how to mend it."""
    return END.split(sentence, maxsplit=1)[0].rstrip(".:;")


def rest(sentence: str) -> str:
    """What follows the first sentence: what was expected and how to mend it."""
    return "".join(END.split(sentence, maxsplit=1)[1:])
