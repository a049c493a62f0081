"""What a person types for a setting, read as its unit in their language; what cannot be read is refused in words."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from analytics.formats import LOCALES, format_day

PLAIN_NUMBER = re.compile(r"[\d.,]+")
DAY_FORMATS = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")


class SettingRefused(Exception):
    """Why what was typed is not taken: a key of words, with what to put in their places."""

    def __init__(self, problem: str, **places: object) -> None:
        self.problem, self.places = problem, places
        super().__init__(problem)


def read_typed(unit: str, text: str, language: str, choices: Sequence[str] = (), is_list: bool = False) -> object:
    """As JSON has it: days and money as text, None for an empty text. SettingRefused when it is not of the unit."""
    text = text.strip()
    if not text:
        return None
    if choices and text not in choices:
        raise SettingRefused("not_a_choice", text=text)
    if unit == "day":
        return read_day(text)
    if unit in ("count", "days"):
        return _read_count(text, language)
    if unit == "share":
        return _read_share(text, language)
    if unit == "EUR":
        return _read_euros(text, language)
    return [part for part in map(str.strip, text.split(";")) if part] if is_list else text


def read_day(text: str) -> str:
    """31-03-2026, 31/03/2026 or 2026-03-31, as 2026-03-31."""
    for form in DAY_FORMATS:
        try:
            found: date = datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
        if found.year >= 1900:
            return found.isoformat()
    raise SettingRefused("not_a_day", text=text.strip())


def _read_number(text: str, language: str, problem: str) -> Decimal:
    """As the language writes it; a separator where it does not belong is refused rather than guessed at."""
    plain = re.sub(r"\s", "", text)
    try:
        if PLAIN_NUMBER.fullmatch(plain):  # Python takes 1e5 and NaN for numbers
            return parse_decimal(plain, locale=LOCALES[language], strict=True)
    except NumberFormatError:
        pass
    raise SettingRefused(problem, text=text)


def _read_count(text: str, language: str) -> int:
    found = _read_number(text, language, "not_a_count")
    if found != found.to_integral_value() or not 0 <= found < 10**9:
        raise SettingRefused("not_a_count", text=text)
    return int(found)


def _read_share(text: str, language: str) -> str:
    """Only with its sign: 0,6 could be six tenths or less than one per cent."""
    if not text.endswith("%"):
        raise SettingRefused("not_a_share", text=text)
    found = _read_number(text.removesuffix("%"), language, "not_a_share")
    if not 0 <= found <= 100:
        raise SettingRefused("not_a_share", text=text)
    return str((found / 100).normalize())


def _read_euros(text: str, language: str) -> str:
    found = _read_number(text.replace("€", ""), language, "not_euros")
    if not 0 <= found < 10**12 or found != round(found, 2):
        raise SettingRefused("not_euros", text=text)
    return f"{found:.2f}"


def write_typed(unit: str, value: object, language: str) -> str:
    """A value as a person of that language would type it; read_typed gives it back."""
    if value in (None, ""):
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(value)
    if unit == "day":
        return format_day(date.fromisoformat(str(value)))
    if unit == "share":
        return f"{format_decimal(Decimal(str(value)) * 100, '0.####', locale=LOCALES[language])} %"
    if unit in ("count", "days", "EUR"):
        return format_decimal(Decimal(str(value)), "#,##0.##", locale=LOCALES[language])
    return str(value)
