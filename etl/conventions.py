"""How a column writes its dates and its decimals, told without a word of what stands in it."""

from collections.abc import Iterable

from etl.layout import Field
from etl.parse import is_blank
from etl.parse_dates import TwoWays, look_at_date
from etl.parse_numbers import EUROS, PERCENTS, Written, look_at_number

UNDECIDED_DATES = {
    "day_first": "dates_undecided",
    "month_first": "dates_undecided_month_first",
    None: "dates_not_said",
}
UNDECIDED_DECIMALS = {
    "by_column": "decimals_undecided",
    "comma": "decimals_undecided_comma",
    "point": "decimals_undecided_point",
    None: "decimals_not_said",
}
SHARES = ("rate", "percent")  # they have no thousands, so that one sign is always that of the decimals
NUMBERS = {"amount": EUROS, "decimal": (), "rate": PERCENTS, "percent": PERCENTS}


def find_convention(field: Field, texts: Iterable[str]) -> str | None:
    """A word of the summary, such as dates_day_first; None where the kind of the field leaves nothing to find."""
    said = [text for text in texts if not is_blank(text)]
    if field.kind == "date":
        return find_date_order(field, said)
    if field.kind in NUMBERS:
        return find_decimal_sign(field, (*NUMBERS[field.kind], *field.units), said)
    return None


def find_date_order(field: Field, texts: Iterable[str]) -> str:
    looked = [look_at_date(text, field.latest_year) for text in texts]
    two_ways = [found for found in looked if isinstance(found, TwoWays)]
    proven = {order for order in (False, True) if any(found.proves(order) for found in two_ways)}
    if len(proven) == 2:
        return "dates_both_orders"
    if proven:
        return "dates_month_first" if proven.pop() else "dates_day_first"
    if two_ways:
        return UNDECIDED_DATES[field.said.dates]
    return "dates_one_way" if any(found.value is not None for found in looked) else "dates_none"


def find_decimal_sign(field: Field, units: tuple[str, ...], texts: Iterable[str]) -> str:
    numbers = [found for text in texts if isinstance(found := look_at_number(text, units), Written)]
    signs = {number.decimal_sign for number in numbers} - {None}
    if field.kind in SHARES:
        signs |= {number.lone_sign for number in numbers} - {None}
    if len(signs) == 2:
        return "decimals_both_signs"
    if signs:
        return "decimals_comma" if signs.pop() == "," else "decimals_point"
    if any(number.lone_sign for number in numbers):
        return UNDECIDED_DECIMALS[field.said.decimals]
    return "decimals_none"
