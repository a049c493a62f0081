"""Text to values: one column at a time, because a doubtful date or number is read in the light of the others."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from etl.layout import Field, fold
from etl.parse_codes import (
    read_academic_year,
    read_code,
    read_country,
    read_edition_number,
    read_eqf_level,
    read_isced_f,
    read_province,
    without_float_tail,
)
from etl.parse_dates import has_two_digit_year, read_dates
from etl.parse_numbers import read_amounts, read_decimals, read_integers, read_percent, read_rate
from etl.reading import FLAGS, PROBLEMS, Reading, is_flag

__all__ = ["FLAGS", "PROBLEMS", "Reading", "has_two_digit_year", "is_blank", "is_flag", "read_column"]

# Not "na", "nc" or "nd" alone: Namibia, New Caledonia and the words of single fields are written so.
# Nor a dash: in a column of money it may mean zero.
BLANKS = frozenset(
    {"no informado", "no informada", "no informat", "sin informar", "sense informar", "not informed"}
    | {"no aplica", "no procede", "no escau", "not applicable", "no disponible", "not available", "n/a", "n.a."}
    | {"n/d", "n.d.", "s/d", "sin datos", "sense dades", "no data", "vacio", "buit", "en blanco", "blank"}
    | {"null", "<null>", "none", "nan", "nat"}
)
LONGEST_BLANK = 24

COLUMN_READERS = {"amount": read_amounts, "decimal": read_decimals, "integer": read_integers}
TEXT_READERS: dict[str, Callable[[str], Reading]] = {
    "code": read_code,
    "edition_number": read_edition_number,
    "eqf_level": read_eqf_level,
    "isced_f": read_isced_f,
    "academic_year": read_academic_year,
    "country": read_country,
    "postcode": read_province,
    "rate": read_rate,
    "percent": read_percent,
}
UNKNOWN_WORD_RULES = {"word": "word_is_not_known", "flag": "flag_cannot_be_read", "currency": "currency_is_not_euro"}


@lru_cache(maxsize=65_536)
def is_blank(text: str) -> bool:
    """Whether the text says nothing: empty, or a phrase for empty such as "(no informado)"."""
    said = text.strip()
    if not said or len(said) > LONGEST_BLANK:
        return not said
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", said.casefold()) if not unicodedata.combining(sign))
    return " ".join(plain.strip("()[] ").split()) in BLANKS


def read_column(field: Field, texts: Iterable[str], pivot: int | None = None) -> dict[str, Reading]:
    """A Reading for each distinct text of a column, blanks left out.

    Dates and numbers are settled once, from all texts: pass the whole column of a file, not a part of it.
    pivot: the last year that two digits may mean; that of the layout when not given.
    """
    distinct = dict.fromkeys(texts)
    if field.kind in UNKNOWN_WORD_RULES:
        return {text: _read_word(field, text) for text in distinct}
    told = {text: word for text in distinct if (word := _word_for(field, text)) is not None}
    readings = _read_values(field, [text for text in distinct if text not in told], pivot)
    for text, word in told.items():
        readings[text] = Reading(None) if word == "unknown" else _read_values(field, [word], pivot)[word]
    return readings


def _read_values(field: Field, texts: list[str], pivot: int | None) -> dict[str, Reading]:
    if field.kind == "date":
        return read_dates(field, texts, pivot or field.latest_year)
    if field.kind in COLUMN_READERS:
        return COLUMN_READERS[field.kind](field, texts)
    read = TEXT_READERS.get(field.kind, Reading)
    return {text: read(text) for text in texts}


def _word_for(field: Field, text: str) -> str | None:
    """What the layout says the text means. Digits must stand alone: folding would take the minus off -999."""
    folded = fold(text)
    return None if folded.isdecimal() and folded != text.strip() else field.words.get(folded)


def _read_word(field: Field, text: str) -> Reading:
    word = _word_for(field, without_float_tail(text.strip()))
    if word is None:
        return Reading(None, UNKNOWN_WORD_RULES[field.kind])
    if word == "unknown":
        return Reading(None)
    return Reading(word == "true" if field.kind == "flag" else word)
