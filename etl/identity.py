"""Who a row is about: the many spellings of one document, and the keyed hash that stands for the person."""

import hmac
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from etl.layout import fold
from etl.parse import is_blank

CHECK_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
NIE_DIGIT = {"X": "0", "Y": "1", "Z": "2"}
COMPANY_LETTERS = "ABCDEFGHJNPQRSUVW"
LEAST_NUMBER = "00001000"  # lower numbers are not given to the public: 00000001R may be typed to get past a form

FLOAT_TAIL = re.compile(r"(\d+)\.0+")
NOT_A_SIGN = re.compile(r"[^0-9A-Z]+")
LABEL = re.compile(r"(?:DNI|NIF|NIE|ES)(?=[0-9XYZKLM][0-9]+[A-Z]?$)")
NATIONAL = re.compile(r"(\d{1,8})([A-Z]?)")
FOREIGNER = re.compile(r"([XYZ])(\d{1,8})([A-Z]?)")
SPECIAL = re.compile(r"([KLM])(\d{1,7})([A-Z]?)")
COMPANY = re.compile(rf"[{COMPANY_LETTERS}](\d{{7}})([0-9A-J])")
PLACEHOLDER_NUMBER = re.compile(r"[A-Z]?(?:0+|99999999)[A-Z]?")
PLACEHOLDER_WORD = re.compile(
    r"X+|SIN(?:DNI|NIF|NIE|DOCUMENTO)|NO(?:TIENE|CONSTA|DNI|NIF)|PENDIENTE|PENDENT|DESCONOCIDO|NC|NA|ND"
)
DOUBTFUL_NUMBERS = frozenset(digit * length for digit in "0123456789" for length in (7, 8))
SEPARATORS = str.maketrans("", "", " .-_/\u00a0\t")

PASSPORTS = frozenset({"p", "pas", "pasaporte", "passaport", "passport", "pasap", "ppt", "nopasaporte"})
OTHER_KINDS = frozenset(
    {"o", "otro", "otros", "otrodocumento", "altre", "altres", "altredocument", "other", "otherdocument", "cedula"}
    | {"documentoextranjero", "documentestranger", "foreigndocument", "idextranjero", "foreignid"}
)


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    basis: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One spelling for all of a document; number is empty when it is a placeholder or there is none."""

    number: str
    rules: tuple[str, ...] = ()


def identify_person(
    key: bytes, document: str, document_type: str, letter: str, learner_id: str, enrolment_id: str
) -> Person:
    """The person of an enrolment: by the document, else by the learner id, else the enrolment alone."""
    known = "" if _is_foreign(document_type) else _whole_number(document, letter)
    if known:
        return Person(_digest(key, "document", known), "document", ())
    told = read_document(document, document_type, letter)
    if told.number:
        return Person(_digest(key, "document", told.number), "document", told.rules)
    learner = _compact_id(learner_id)
    if learner.strip("0"):
        return Person(_digest(key, "learner_id", learner), "learner_id", told.rules)
    return Person(_digest(key, "enrolment", _compact_id(enrolment_id)), "enrolment", told.rules)


def identify_teacher(key: bytes, teacher: str) -> str:
    """The keyed hash of a teacher's id or document, the same for every spelling of it."""
    return _digest(key, "teacher", read_document(teacher, "", "").number or _compact_id(teacher))


def _digest(key: bytes, basis: str, message: str) -> str:
    # 32 hexadecimal digits, 128 bits: no two of a billion people share them by chance.
    return hmac.digest(key, f"{basis}:{message}".encode(), "sha256")[:16].hex()


def _whole_number(document: str, letter: str) -> str:
    """A number and its right letter, or no letter, and no doubt left: most documents are so, and this is quick."""
    whole = (document + letter).upper().translate(SEPARATORS)
    if len(whole) == 8 and not letter and whole.isascii() and whole.isdecimal():
        whole += CHECK_LETTERS[int(whole) % 23]
    if len(whole) != 9 or not whole.isascii() or document.endswith(".0"):
        return ""
    digits = NIE_DIGIT.get(whole[0], whole[0]) + whole[1:8]
    if not digits.isdecimal() or whole[1:8] in DOUBTFUL_NUMBERS or digits < LEAST_NUMBER:
        return ""
    return whole if CHECK_LETTERS[int(digits) % 23] == whole[8] else ""


@lru_cache(maxsize=65_536)
def _compact_id(text: str) -> str:
    return "" if is_blank(text) else _compact(text)


def _compact(text: str) -> str:
    tailed = FLOAT_TAIL.fullmatch(text.strip())
    plain = unicodedata.normalize("NFKC", tailed[1] if tailed else text)
    return NOT_A_SIGN.sub("", plain.upper())


@lru_cache(maxsize=65_536)
def read_document(document: str, document_type: str, letter: str) -> Document:
    compact = LABEL.sub("", _compact_id(document))
    if not compact:
        return Document("", ("document_is_missing",))
    if PLACEHOLDER_NUMBER.fullmatch(compact) or PLACEHOLDER_WORD.fullmatch(compact):
        return Document("", ("document_is_a_placeholder",))
    if _is_foreign(document_type):
        return _read_foreign(compact, fold(document_type) in PASSPORTS)
    return _read_spanish(compact, _compact_id(letter)) or _read_remainder(compact)


@lru_cache(maxsize=1024)
def _is_foreign(document_type: str) -> bool:
    kind = fold(document_type)
    return kind in PASSPORTS or kind in OTHER_KINDS


def _read_foreign(compact: str, is_passport: bool) -> Document:
    """Bare digits here are no NIF that lost its letter; but a whole NIF or NIE under the wrong type is one."""
    spanish = _read_spanish(compact, "") if len(compact) == 9 and compact[-1].isalpha() else None
    if spanish and not spanish.rules:
        return Document(spanish.number, ("document_type_is_doubtful",))
    rule = "document_is_a_passport" if is_passport else "document_is_of_another_kind"
    return Document(f"foreign {compact}", (rule,))


def _read_spanish(compact: str, own_letter: str) -> Document | None:
    if parts := NATIONAL.fullmatch(compact):
        digits = parts[1].zfill(8)
        return _check("", digits, digits, parts[2], own_letter)
    if parts := FOREIGNER.fullmatch(compact):
        digits = parts[2].lstrip("0").zfill(7)  # X had eight digits until 2008, the first one 0
        return _check(parts[1], digits, NIE_DIGIT[parts[1]] + digits, parts[3], own_letter)
    if parts := SPECIAL.fullmatch(compact):
        digits = parts[2].zfill(7)
        return _check(parts[1], digits, digits, parts[3], own_letter)
    return None


def _check(prefix: str, digits: str, number: str, letter: str, own_letter: str) -> Document:
    """own_letter: what the column of its own says; a letter glued to the digits goes before it."""
    right = CHECK_LETTERS[int(number) % 23]
    apart = own_letter if len(own_letter) == 1 and own_letter.isalpha() else ""
    given = letter or apart or right
    rules = []
    if given != right or (apart and apart != given):
        rules.append("document_letter_is_wrong")
    if digits in DOUBTFUL_NUMBERS or (not prefix and digits < LEAST_NUMBER):
        rules.append("document_may_be_a_placeholder")
    return Document(prefix + digits + given, tuple(rules))


def _read_remainder(compact: str) -> Document:
    """Neither NIF nor NIE: the number of a company, or else of a passport that nobody declared as one."""
    parts = COMPANY.fullmatch(compact)
    is_company = parts is not None and parts[2] in _company_checks(parts[1])
    rule = "document_is_a_company" if is_company else "document_is_of_another_kind"
    return Document(f"foreign {compact}", (rule,))


def _company_checks(digits: str) -> str:
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[::2])
    check = -(doubled + sum(map(int, digits[1::2]))) % 10
    return f"{check}{'JABCDEFGHI'[check]}"
