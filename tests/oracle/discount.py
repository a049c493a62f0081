"""The 70 % reduction of one enrolment: what was owed, what was applied, and the verdict."""

from decimal import ROUND_HALF_UP, Decimal

from tests.oracle.standing import Standing

CENT = Decimal("0.01")
EXPECTED_SHARE = Decimal("0.70")


def round_to_cent(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def base_price(standing: Standing) -> Decimal | None:
    own = standing.enrolment.base_price
    return standing.edition.price if own is None else own


def expected_reduction(standing: Standing) -> Decimal | None:
    base = base_price(standing)
    return None if base is None else round_to_cent(base * EXPECTED_SHARE)


def applied_reduction(standing: Standing) -> Decimal:
    """EUR taken off; 0 when the row names neither amount nor a rate of a known price."""
    row, base = standing.enrolment, base_price(standing)
    if row.reduction_amount is not None:
        return row.reduction_amount
    if row.reduction_rate is None or base is None:
        return Decimal("0.00")
    fraction = row.reduction_rate if row.reduction_rate <= 1 else row.reduction_rate / 100
    return round_to_cent(base * fraction)


def verdict(standing: Standing) -> str:
    if standing.enrolment.tariff in ("reduced_100", "group"):
        return "other_tariff"
    base = base_price(standing)
    if base is None:
        return "no_price"
    if base == 0:
        return "none"
    if standing.is_eligible is None:
        return "undetermined"
    return verdict_of_a_known_case(standing)


def verdict_of_a_known_case(standing: Standing) -> str:
    applied, expected = applied_reduction(standing), expected_reduction(standing)
    if not standing.is_eligible:
        return "undue" if applied > 0 else "none"
    if applied <= 0:
        return "missed"
    return "correct" if abs(applied - expected) <= CENT else "wrong_amount"
