"""A figure as (numerator, denominator, value), and the rules by which counts, sums and ratios are blank."""

from collections.abc import Callable, Iterable, Sized
from decimal import Decimal
from fractions import Fraction

Number = int | Decimal
Figure = tuple[Number | None, Number | None, Number | Fraction | None]

UNKNOWN: Figure = (None, None, None)


def quantity(amount: Number | None) -> Figure:
    """A count or a sum: no denominator."""
    return amount, None, amount


def count(rows: Sized) -> Figure:
    return quantity(len(rows))


def ratio(numerator: Number, denominator: Number) -> Figure:
    return numerator, denominator, Fraction(numerator) / Fraction(denominator) if denominator else None


def how_many(rows: Iterable, holds: Callable[..., bool]) -> int:
    return sum(1 for row in rows if holds(row))


def sum_of_known(amounts: Iterable[Number | None], nothing: Number) -> Number | None:
    """Nothing where there are no rows; None where there are rows and not one has a known value."""
    amounts = list(amounts)
    known = [amount for amount in amounts if amount is not None]
    return None if amounts and not known else sum(known, nothing)


def sum_of_euros(amounts: Iterable[Decimal | None]) -> Decimal | None:
    return sum_of_known(amounts, Decimal("0.00"))
