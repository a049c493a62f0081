"""Numbers and dates as Spanish, Valencian and English write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from analytics import formats

THIN = "\u202f"


@pytest.mark.parametrize(
    ("value", "unit", "language", "shown"),
    [
        (1234, "count", "es", "1.234"),
        (1234, "count", "en", "1,234"),
        (Decimal("0.5833"), "share", "es", f"58,3{THIN}%"),
        (Decimal("0.5833"), "share", "va", f"58,3{THIN}%"),
        (Decimal("0.5833"), "share", "en", "58.3%"),
        (Decimal("12345.6"), "EUR", "es", f"12.346{THIN}€"),
        (Decimal("12345.6"), "EUR", "en", "€12,346"),
        (Decimal("174.50"), "ECTS", "es", "174,5"),
        (Decimal("7.25"), "ratio", "es", "7,3"),
        (None, "share", "es", "–"),
        (0, "count", "es", "0"),
    ],
)
def test_a_value_is_written_with_its_unit(value, unit, language, shown):
    assert formats.format_value(value, unit, language) == shown


def test_euros_of_a_table_have_cents():
    assert formats.format_value(Decimal("12345.6"), "EUR", "es", cents=True) == f"12.345,60{THIN}€"
    assert formats.format_value(Decimal("-0.5"), "EUR", "en", cents=True) == "−€0.50"


def test_half_a_tenth_of_a_per_cent_is_rounded_up():
    assert formats.format_share(Decimal("0.0005"), "es") == f"0,1{THIN}%"
    assert formats.format_share(Decimal("0.58349"), "es") == f"58,3{THIN}%"


def test_a_difference_of_shares_is_said_in_points_without_its_sign():
    assert formats.format_points(Decimal("-0.0174"), "es") == "1,7"


def test_days_months_and_moments():
    assert formats.format_day(date(2026, 2, 5)) == "05-02-2026"
    assert formats.format_day(None) == "–"
    assert formats.format_month(date(2026, 2, 1), "es") == "feb 2026"
    assert formats.format_month(date(2026, 2, 1), "en") == "Feb 2026"
    assert formats.format_moment(datetime(2026, 2, 5, 9, 7)) == "05-02-2026 09:07"


def test_a_zero_has_no_sign_whichever_zero_was_written_first():
    assert [formats.format_number(zero, "es") for zero in (Decimal("-0"), Decimal("0"), 0)] == ["0", "0", "0"]
    assert formats.format_euros(Decimal("-0"), "en") == formats.format_euros(Decimal(0), "en") == "€0.00"
