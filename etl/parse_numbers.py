"""Text to exact numbers: amounts, hours, counts and shares, with the decimal sign settled once for a column."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from etl.layout import Field, fold
from etl.reading import Reading, ReadsBothWays

CENT = Decimal("0.01")
RATE_STEP = Decimal("0.000001")
MOST_DECIMALS_TYPED = 6  # more of them are the trace of a binary number
BINARY_NOISE = Decimal("0.000001")
LONGEST_NUMBER = 60
Finish = Callable[[Decimal, int], Reading]
SIGNS = {"comma": ",", "point": "."}
EUROS = ("eur", "euro", "euros")
PERCENTS = ("pct", "porciento", "percent")
OTHER_CURRENCY = re.compile(
    r"[$£¥₣₽]|(?<![a-z])(?:usd|gbp|chf|jpy|mxn|cop|ars|clp|brl|cny|d[oó]lar(?:es|s)?|dollars?|libras?|pounds?)(?![a-z])",
    re.IGNORECASE,
)

NUMBER = re.compile(r"(?P<before>[^\d.,+−(-]*)(?P<body>[(+−-]?[\s\d.,]*\d\s*[−)-]?)(?P<after>[^\d]*)")
PLAIN = re.compile(r"\d+")
SPACED = re.compile(r"(\d{1,3}(?: \d{3})+)(?:([.,])(\d+))?")
GROUPED = re.compile(r"(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?:(?!\2)([.,])(\d+))?")
WITH_DECIMALS = re.compile(r"(\d+)([.,])(\d+)")


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it stands: its digits, and which sign shows its decimals, if that is certain."""

    whole: str
    decimals: str = ""
    is_negative: bool = False
    decimal_sign: str | None = None
    lone_sign: str | None = None  # 1.250 and 1,250: thousands or decimals
    unit: str = ""

    def value(self) -> Decimal:
        number = Decimal(f"{self.whole}.{self.decimals or 0}")
        return -number if self.is_negative else number


def read_amounts(field: Field, texts: Iterable[str]) -> dict[str, Reading]:
    """Euros and cents. A third decimal is a problem, unless it is the trace of a binary number."""
    return _read_by_evidence(field, texts, (*EUROS, *field.units), _to_cents, "amount_cannot_be_read")


def read_decimals(field: Field, texts: Iterable[str]) -> dict[str, Reading]:
    """Hours and credits, two decimals; more are rounded and say so."""
    return _read_by_evidence(field, texts, field.units, _to_two_decimals, "number_cannot_be_read")


def read_integers(field: Field, texts: Iterable[str]) -> dict[str, Reading]:
    readings = _read_by_evidence(field, texts, field.units, _to_whole, "number_cannot_be_read")
    return {text: _without_numbers_for_unknown(reading, field) for text, reading in readings.items()}


def _without_numbers_for_unknown(reading: Reading, field: Field) -> Reading:
    return Reading(None) if field.words.get(str(reading.value)) == "unknown" else reading


def read_rate(text: str) -> Reading:
    """A share from 0 to 1. Up to 1 it is a fraction, above 1 or with a percent sign a percentage."""
    number = _read_share(text)
    if number is None:
        return Reading(None, "number_cannot_be_read")
    share, is_percentage = number
    rate = share / 100 if is_percentage or share > 1 else share
    if not 0 <= rate <= 1:
        return Reading(None, "rate_is_out_of_range")
    return Reading(rate.quantize(RATE_STEP, ROUND_HALF_UP))


def read_percent(text: str) -> Reading:
    """A percentage from 0 to 100, two decimals."""
    number = _read_share(text)
    if number is None:
        return Reading(None, "number_cannot_be_read")
    percent, is_percentage = number
    if not 0 <= percent <= 100:
        return Reading(None, "percent_is_out_of_range")
    is_doubtful = 0 < percent < 1 and not is_percentage
    return Reading(percent.quantize(CENT, ROUND_HALF_UP), "percent_may_be_a_fraction" if is_doubtful else None)


def _read_share(text: str) -> tuple[Decimal, bool] | None:
    """Shares have no thousands, so that one sign is always that of the decimals."""
    found = look_at_number(text, PERCENTS)
    return (found.value(), bool(found.unit)) if isinstance(found, Written) else None


def _read_by_evidence(
    field: Field, texts: Iterable[str], units: tuple[str, ...], finish: Finish, unreadable: str
) -> dict[str, Reading]:
    """ReadsBothWays when neither the column nor its layout says what a lone sign is: 1.250."""
    looked = {text: look_at_number(text, units) for text in texts}
    numbers = [found for found in looked.values() if isinstance(found, Written)]
    signs = Counter(number.decimal_sign for number in numbers if number.decimal_sign)
    rare = min(signs, key=lambda sign: (signs[sign], sign == ",")) if len(signs) == 2 else None
    decimal_sign = next(iter(signs)) if len(signs) == 1 else None if signs else SIGNS.get(field.said.decimals)
    if decimal_sign is None and field.said.decimals is None:
        _refuse_open_numbers(looked)
    return {text: _settle(found, decimal_sign, rare, finish, unreadable) for text, found in looked.items()}


def _refuse_open_numbers(looked: dict[str, Written | str]) -> None:
    texts = [text for text, found in looked.items() if isinstance(found, Written) and found.lone_sign]
    if texts:
        found = looked[min(texts)]
        parts = {"whole": found.whole + found.decimals, "units": found.whole, "thousandths": found.decimals}
        raise ReadsBothWays("decimal_sign_is_not_said", min(texts), **parts)


def _settle(
    found: Written | str, decimal_sign: str | None, rare: str | None, finish: Finish, unreadable: str
) -> Reading:
    if isinstance(found, str):
        return Reading(None, found or unreadable)
    if found.lone_sign and decimal_sign is None:
        return Reading(None, "number_is_ambiguous")
    if found.lone_sign and found.lone_sign != decimal_sign:
        found = Written(found.whole + found.decimals, "", found.is_negative)
    number = found.value()
    if found.is_negative and not number:
        return Reading(None, unreadable)
    reading = finish(number, len(found.decimals))
    if rare and found.decimal_sign == rare and reading.rule is None:
        return Reading(reading.value, "number_written_the_other_way")
    return reading


def look_at_number(text: str, units: tuple[str, ...]) -> Written | str:
    """The number in a text, or the rule it breaks; an empty rule when it is no number at all."""
    if len(text) > LONGEST_NUMBER:
        return ""
    if OTHER_CURRENCY.search(text):
        return "currency_is_not_euro"
    spaced = re.sub(r"\s+", " ", text.strip().removeprefix("'"))
    parts = NUMBER.fullmatch(spaced)
    if parts is None:
        return ""
    unit = parts["before"].strip() + parts["after"].strip()
    if unit and fold(unit) not in units:
        return ""
    body, is_negative = _without_minus(parts["body"].strip())
    return _look_at_digits(body, is_negative, fold(unit)) if body else ""


def _without_minus(body: str) -> tuple[str, bool]:
    """Accountants write a minus before the number, behind it, or as brackets around it."""
    if body[0] == "(" or body[-1] == ")":
        return (body[1:-1].strip(), True) if body[0] + body[-1] == "()" else ("", False)
    is_before, is_behind = body[0] in "-−", body[-1] in "-−"
    if is_before and is_behind:
        return "", False
    return body.strip("-−").removeprefix("+").strip(), is_before or is_behind


def _look_at_digits(body: str, is_negative: bool, unit: str) -> Written | str:
    if PLAIN.fullmatch(body):
        return Written(body, "", is_negative, unit=unit)
    if parts := SPACED.fullmatch(body):
        return Written(parts[1].replace(" ", ""), parts[3] or "", is_negative, parts[2], unit=unit)
    if parts := GROUPED.fullmatch(body):
        return _look_at_groups(parts, is_negative, unit)
    if parts := WITH_DECIMALS.fullmatch(body):
        return Written(parts[1], parts[3], is_negative, parts[2], unit=unit)
    return ""


def _look_at_groups(parts: re.Match[str], is_negative: bool, unit: str) -> Written:
    groups = re.split("[.,]", parts[1])
    if parts[3] or len(groups) > 2:
        decimal_sign = "," if parts[2] == "." else "."
        return Written("".join(groups), parts[4] or "", is_negative, decimal_sign, unit=unit)
    if groups[0].startswith("0"):
        return Written(groups[0], groups[1], is_negative, parts[2], unit=unit)
    return Written(groups[0], groups[1], is_negative, None, parts[2], unit)


def _is_binary_noise(number: Decimal, decimals: int) -> bool:
    return decimals > MOST_DECIMALS_TYPED and abs(number - number.quantize(CENT, ROUND_HALF_UP)) < BINARY_NOISE


def _to_cents(number: Decimal, decimals: int) -> Reading:
    if decimals > 2 and not _is_binary_noise(number, decimals):
        return Reading(None, "amount_has_too_many_decimals")
    return Reading(number.quantize(CENT, ROUND_HALF_UP))


def _to_two_decimals(number: Decimal, decimals: int) -> Reading:
    rounded = number.quantize(CENT, ROUND_HALF_UP)
    is_changed = rounded != number and not _is_binary_noise(number, decimals)
    return Reading(rounded, "number_was_rounded" if is_changed else None)


def _to_whole(number: Decimal, decimals: int) -> Reading:
    whole = int(number)
    return Reading(whole) if whole == number else Reading(None, "number_is_not_whole")
