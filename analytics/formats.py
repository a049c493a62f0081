"""Numbers and dates as each language writes them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

LOCALES = {
    "es": Locale.parse("es_ES"),
    "va": Locale.parse("ca_ES_VALENCIA"),
    "en": Locale.parse("en_GB"),
}
MINUS = "−"
NARROW_SPACE = "\u202f"
# What stands where a figure is unknown or has no denominator: never a zero.
UNKNOWN = "–"
# Babel was a quarter of the server's time for a change of filter; a page writes about a thousand numbers.
remember = lru_cache(maxsize=20_000, typed=True)


def format_value(value: int | Decimal | None, unit: str, language: str, cents: bool = False) -> str:
    """A metric's value with its unit: 58,3 %, 1.584, 12.345 €. `cents` for tables, whole euros for headlines."""
    if value is None:
        return UNKNOWN
    if unit == "share":
        return format_share(value, language)
    if unit == "EUR":
        return format_euros(value, language, cents)
    if unit in ("count", "hours", "ECTS"):
        return format_number(value, language)
    return format_number(round_half_up(value, 1), language, decimals=1)


@remember
def format_number(value: int | Decimal, language: str, decimals: int | None = None) -> str:
    """1.234,5; by default with as many decimals (two at most) as the value has. A zero has no sign."""
    pattern = "#,##0.##" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return _narrow(format_decimal(value + 0, pattern, locale=LOCALES[language]))


@remember
def format_share(value: Decimal, language: str, decimals: int = 1) -> str:
    """A share between 0 and 1 as a percentage: 58,3 %, in English 58.3%."""
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    sign = "%" if language == "en" else " %"
    rounded = round_half_up(Decimal(value), decimals + 2)
    return _narrow(format_percent(rounded, pattern + sign, locale=LOCALES[language]).replace(" ", "\u00a0"))


def format_points(difference: Decimal, language: str) -> str:
    """The size of a difference between two shares, in percentage points: 1,7."""
    return format_number(round_half_up(abs(Decimal(difference)) * 100, 1), language)


@remember
def format_euros(value: int | Decimal, language: str, cents: bool = True) -> str:
    """12.345,60 €, or 12.346 € without cents."""
    if cents:
        return _narrow(format_currency(value + 0, "EUR", locale=LOCALES[language]))
    whole = round_half_up(Decimal(value), 0)
    pattern = "¤#,##0" if language == "en" else "#,##0\u00a0¤"
    return _narrow(format_currency(whole, "EUR", pattern, locale=LOCALES[language], currency_digits=False))


def format_day(day: date | datetime | None) -> str:
    """15-02-2026, in every language."""
    return day.strftime("%d-%m-%Y") if day else UNKNOWN


def format_moment(moment: datetime) -> str:
    """15-02-2026 09:30 (UTC)."""
    return moment.strftime("%d-%m-%Y %H:%M")


def format_month(day: date, language: str) -> str:
    """feb 2026."""
    if language == "en":
        return format_date(day, "MMM y", locale=LOCALES[language])
    return format_date(day, "LLL y", locale=LOCALES[language]).replace(".", "")


def round_half_up(value: int | Decimal, decimals: int) -> Decimal:
    """As people round: a half goes away from zero. What rounds to nothing has no sign."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def _narrow(text: str) -> str:
    return text.replace("\u00a0", NARROW_SPACE).replace("-", MINUS)
