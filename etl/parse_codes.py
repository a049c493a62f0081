"""Text to codes: courses, editions, levels, fields of study, academic years, countries and provinces."""

import csv
import re
from functools import lru_cache
from pathlib import Path

from etl.layout import fold
from etl.reading import Reading

REFERENCE = Path(__file__).parents[1] / "data" / "reference"
FLOAT_TAIL = re.compile(r"(\d+)[.,]0+")
SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

LONGEST_NAME = 100
SEVERAL_NUMBERS = re.compile(r"^\s*[-−]|\d[\W_]+\d")
ORDINAL = "a|o|e|n|na|r|ra|t|ta|da|er|era|st|nd|rd|th"
EDITION = re.compile(
    rf"(?:ed|edicio|edicion|edition|no|num|numero)?(?:(\d{{1,3}})(?:{ORDINAL})?|([ivx]+))(?:ed|edicio|edicion|edition)?"
)
UNITS_IN_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
ROMANS = {tens + units: 10 * len(tens) + at for tens in ("", "x") for at, units in enumerate(UNITS_IN_ROMAN)}
NOT_A_DIGIT = re.compile(r"\D")
LEVEL = re.compile(r"(?:nivel|nivell|level)?(mecu|eqf|mec|meces)?(?:nivel|nivell|level)?([1-8])(mecu|eqf|meces)?")
ACADEMIC_YEAR = re.compile(r"(?:curso|curs|course)?\s*(\d{4}|\d{2})(?:\s*[/\-–_ ]\s*(\d{4}|\d{2}))?", re.IGNORECASE)
TWO_SPELLINGS = re.compile(r"([^()|:]+?)\s*(?:\s[-–]\s|[:|(])\s*([^()]+?)\s*\)?")  # ES - España, España (ES)
PROVINCES = range(1, 53)


def without_float_tail(text: str) -> str:
    """105231 for 105231.0: a code that went through a number."""
    tailed = FLOAT_TAIL.fullmatch(text)
    return tailed[1] if tailed else text


def tidy_code(text: str) -> str:
    """The text with single blanks and without a tail of zeros; nothing of a text too long to be a code or a name."""
    return without_float_tail(" ".join(text.split())) if len(text) <= LONGEST_NAME else ""


def read_code(text: str) -> Reading:
    """A code as it is, zeros in front included; blanks only where they do not split its digits."""
    code = re.sub(r"\s+", " ", text.translate(INVISIBLE)).strip()
    if SCIENTIFIC.fullmatch(code):
        return Reading(None, "code_is_in_scientific_notation")
    joined = code.replace(" ", "")
    return Reading(without_float_tail(joined if joined.isdecimal() else code))


def fold_one_number(text: str) -> str:
    """The folded text, or nothing where folding would join two numbers (1.5, 2025-1) or lose a minus."""
    number = tidy_code(text)
    return "" if SEVERAL_NUMBERS.search(number) else fold(number)


def read_edition_number(text: str) -> Reading:
    written = EDITION.fullmatch(fold_one_number(text))
    number = int(written[1] or ROMANS.get(written[2], 0)) if written else 0
    return Reading(number) if number else Reading(None, "edition_cannot_be_read")


def read_eqf_level(text: str) -> Reading:
    """Level 1-8 of the European framework; MECES 1-4, Spain's own scale, is level 5-8."""
    written = LEVEL.fullmatch(fold_one_number(text))
    if written is None:
        return Reading(None, "eqf_level_cannot_be_read")
    level = int(written[2])
    is_meces = "meces" in (written[1], written[3])
    if is_meces and level > 4:
        return Reading(None, "eqf_level_cannot_be_read")
    return Reading(level + 4 if is_meces else level)


def read_isced_f(text: str) -> Reading:
    """The code of four digits. A narrow or broad field becomes its code "not further defined"."""
    digits = NOT_A_DIGIT.split(tidy_code(text), maxsplit=1)[0]
    codes = isced_codes()
    if len(digits) == 4 and digits in codes:
        return Reading(digits)
    if len(digits) == 3 and "0" + digits in codes:
        return Reading("0" + digits, "isced_code_lost_its_zero")
    if len(digits) in (2, 3) and digits in codes:
        # The lowest code under a field is its "not further defined", or its only detailed field.
        lowest = min(code for code in codes if len(code) == 4 and code.startswith(digits))
        return Reading(lowest, "isced_code_is_not_detailed")
    return Reading(None, "isced_code_is_not_known")


def read_academic_year(text: str) -> Reading:
    """2025/2026, from two years that follow each other or from the first one alone."""
    written = ACADEMIC_YEAR.fullmatch(tidy_code(text))
    if written is None or (written[2] is None and len(written[1]) == 2):
        return Reading(None, "academic_year_cannot_be_read")
    first = int(written[1]) % 100 + 2000
    follows = written[2] is None or int(written[2]) % 100 == (first + 1) % 100
    if not follows or (len(written[1]) == 4 and int(written[1]) != first):
        return Reading(None, "academic_year_cannot_be_read")
    return Reading(f"{first}/{first + 1}")


def read_country(text: str) -> Reading:
    """ISO 3166-1 alpha-2, from a code, a number, a name or a nationality in three languages."""
    said = tidy_code(text)
    parts = TWO_SPELLINGS.fullmatch(said)
    country = _find_country(said)
    if country is None and parts and _find_country(parts[1]) == _find_country(parts[2]):
        country = _find_country(parts[1])
    return Reading(country) if country else Reading(None, "country_is_not_known")


def _find_country(said: str) -> str | None:
    return countries().get(said.zfill(3) if said.isdecimal() else fold_one_number(said))


def read_province(text: str) -> Reading:
    """The first two digits of a Spanish postcode, 01-52: the rest is never kept."""
    code = re.sub(r"^E-?(?=\d)|\s", "", tidy_code(text), flags=re.IGNORECASE)
    if not re.fullmatch(r"\d{4,5}", code, re.ASCII):
        return Reading(None, "postcode_cannot_be_read")
    province = code.zfill(5)[:2]
    if int(province) not in PROVINCES:
        return Reading(None, "postcode_cannot_be_read")
    return Reading(province, "postcode_lost_its_zero" if len(code) == 4 else None)


@lru_cache(maxsize=1)
def isced_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in _reference("isced_f.csv"))


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Folded code, number, name or variant -> alpha-2."""
    known: dict[str, str] = {}
    for row in _reference("countries.csv"):
        spellings = (row["alpha_2"], row["alpha_3"], row["numeric"], row["name_es"], row["name_va"], row["name_en"])
        for spelling in (*spellings, *row["variants"].split("|")):
            if spelling:
                known[fold(spelling)] = row["alpha_2"]
    return known


def _reference(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
