"""Writes a spreadsheet's numbers, dates and times as text, without loss and without binary noise."""

import datetime
import re
from decimal import Decimal
from functools import lru_cache

_DAY_SECONDS = 86_400
_LONGEST_WRITTEN_OUT = 30  # digits; 1E+999999 stays as it is
_SHOWN_DIGITS = 15  # a spreadsheet shows no more; what a binary number has beyond them is noise
_LAST_SERIAL = 2_958_465  # 31/12/9999
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_BUILT_IN_PERCENTS = frozenset((9, 10))
_BUILT_IN_DURATION = 46  # [h]:mm:ss


def read_format(format_id: int, code: str) -> str | None:
    """What a number format makes of a number: "date", "duration", "percent", zeros such as "0000", or None."""
    if format_id in _BUILT_IN_PERCENTS:
        return "percent"
    if format_id in _BUILT_IN_DATES:
        return "duration" if format_id == _BUILT_IN_DURATION else "date"
    shown = _QUOTED.sub("", code).split(";")[0].lower()
    if re.search(r"\[[hms]+\]", shown):
        return "duration"
    if re.search(r"[dmyhs]", shown) and "general" not in shown:
        return "date"
    if "%" in shown:
        return "percent"
    return shown if re.fullmatch("00+", shown) else None


@lru_cache(maxsize=1 << 16)  # dates, prices and hours repeat from row to row
def write_number(sent: str, shown_as: str | None, is_1904: bool) -> str:
    """The text of a number as a person sees it, but with all its digits; `sent` is returned when it is no number."""
    try:
        number = Decimal(sent)
    except ArithmeticError:
        return sent
    if not number.is_finite():
        return sent
    if shown_as == "percent":
        return plain(number * 100) + "%"
    if shown_as == "date":
        return _write_date(number, is_1904)
    if shown_as == "duration":
        return _write_clock(round(number * _DAY_SECONDS))
    text = plain(number)
    return text.zfill(len(shown_as)) if shown_as and text.isdigit() else text


def plain(number: Decimal) -> str:
    """No trailing zeros, no binary noise; whole numbers keep all their digits."""
    if number == 0:
        return "0"
    if abs(number.adjusted()) > _LONGEST_WRITTEN_OUT:
        return str(number)
    if number != number.to_integral_value():
        number = Decimal(format(number, f".{_SHOWN_DIGITS}g"))
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _write_date(serial: Decimal, is_1904: bool) -> str:
    """Serial 60 is a day that never was, 29/02/1900, and is written as such so that it cannot be read as another."""
    if not 0 <= serial <= _LAST_SERIAL:
        return plain(serial)
    days, seconds = divmod(round(serial * _DAY_SECONDS), _DAY_SECONDS)
    if days == 0:
        return _write_clock(seconds) if seconds else ("1904-01-01" if is_1904 else "1900-01-00")
    if is_1904:
        start = datetime.date(1904, 1, 1)
    elif days == 60:
        return "1900-02-29"
    else:
        start = datetime.date(1899, 12, 31 if days < 60 else 30)
    try:
        day = (start + datetime.timedelta(days=days)).isoformat()
    except OverflowError:  # the last four years of the 1904 system
        return plain(serial)
    return f"{day}T{_write_clock(seconds)}" if seconds else day


def _write_clock(seconds: int) -> str:
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
