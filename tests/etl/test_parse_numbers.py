"""Numbers: amounts, hours, credits, counts and shares, exact and never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.etl.columns import read_one, read_texts

CENTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)


@pytest.mark.parametrize(
    "text",
    [
        "1.250,50", "1250,50", "1250.50", "1,250.50", "1 250,50 €", "1\u00a0250,50\u00a0€", "1\u2009250,50",
        "1\u202f250.50",
        "€1250.50", "1250,50€", "1.250,50 EUR", "1250.5", "+1250,50", "1250,50 euros", "EUR 1.250,50", "'1250,50",
    ],
)  # fmt: skip
def test_every_spelling_of_an_amount_is_that_amount(text: str):
    assert read_one("catalogue.price", text) == (Decimal("1250.50"), None)


@pytest.mark.parametrize("text", ["0", "0,00", "gratis", "Gratuït", "EXENTO", "exempt", "0 €"])
def test_zero_and_free_of_charge_are_zero(text: str):
    assert read_one("catalogue.price", text) == (Decimal(0), None)


@pytest.mark.parametrize("text", ["Consultar", "Per determinar"])
def test_ask_for_the_price_is_an_unknown_price_without_a_problem(text: str):
    assert read_one("catalogue.price", text) == (None, None)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1250.505", "amount_has_too_many_decimals"),
        ("0.125", "amount_has_too_many_decimals"),
        ("1250,1234", "amount_has_too_many_decimals"),
        ("1250.1234567", "amount_has_too_many_decimals"),
        ("1e3", "amount_cannot_be_read"),
        ("12..5", "amount_cannot_be_read"),
        ("12.", "amount_cannot_be_read"),
        ("--", "amount_cannot_be_read"),
        ("-", "amount_cannot_be_read"),
        ("-0,00", "amount_cannot_be_read"),
        ("-12-", "amount_cannot_be_read"),
        ("(12", "amount_cannot_be_read"),
        ("1 25", "amount_cannot_be_read"),
        ("12.34.56", "amount_cannot_be_read"),
        ("1.250.50", "amount_cannot_be_read"),
        ("€ 12 €", "amount_cannot_be_read"),
        ("mucho", "amount_cannot_be_read"),
        ("()", "amount_cannot_be_read"),
        ("1" * 61, "amount_cannot_be_read"),
        ("." * 20_000, "amount_cannot_be_read"),
        ("1250,50 USD", "currency_is_not_euro"),
        ("$1250", "currency_is_not_euro"),
        ("12 libras", "currency_is_not_euro"),
        ("US$ 12", "currency_is_not_euro"),
        ("1.250", "number_is_ambiguous"),
        ("1,250", "number_is_ambiguous"),
    ],
)
def test_an_amount_that_cannot_be_certain_is_a_problem(text: str, rule: str):
    assert read_one("catalogue.price", text) == (None, rule)


def test_binary_noise_is_taken_off():
    assert read_one("catalogue.price", "1250.4999999999998") == (Decimal("1250.50"), None)


@pytest.mark.parametrize("text", ["-12,50", "12,50-", "(12,50)", "−12,50"])
def test_a_negative_amount_is_read(text: str):
    assert read_one("catalogue.price", text) == (Decimal("-12.50"), None)


@pytest.mark.parametrize("other", ["99,50", "1.250.000", "1.250,50", "1 250,50"])
def test_a_lone_point_is_thousands_where_the_column_has_decimal_commas(other: str):
    assert read_texts("catalogue.price", "1.250", other)["1.250"] == (Decimal(1250), None)


@pytest.mark.parametrize("other", ["99.50", "1,250,000", "1,250.50", "1 250.50"])
def test_a_lone_comma_is_thousands_where_the_column_has_decimal_points(other: str):
    assert read_texts("catalogue.price", "1,250", other)["1,250"] == (Decimal(1250), None)


def test_a_lone_point_is_a_third_decimal_where_the_column_has_decimal_points():
    assert read_texts("catalogue.price", "1.250", "99.50")["1.250"] == (None, "amount_has_too_many_decimals")


def test_whole_amounts_decide_nothing():
    assert read_texts("catalogue.price", "1.250", "99", "1 250")["1.250"] == (None, "number_is_ambiguous")


def test_two_conventions_in_a_column_leave_a_lone_point_undecided_and_flag_the_rarer_one():
    assert read_texts("catalogue.price", "1,234.50", "1.234,50", "99,50", "1.250", "7") == {
        "1,234.50": (Decimal("1234.50"), "number_written_the_other_way"),
        "1.234,50": (Decimal("1234.50"), None),
        "99,50": (Decimal("99.50"), None),
        "1.250": (None, "number_is_ambiguous"),
        "7": (Decimal(7), None),
    }


def in_spanish(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


@given(CENTS)
def test_any_amount_reads_back_from_every_convention(amount: Decimal):
    spellings = [in_spanish(amount), f"{amount:,.2f}", f"{amount:.2f}", f"{amount:.2f}".replace(".", ","),
                 f"{amount:,.2f} €".replace(",", "\u202f"), f"{float(amount)!r}"]  # fmt: skip
    for spelling in spellings:
        if "e" not in spelling:
            assert read_one("catalogue.price", spelling) == (amount, None)


@given(st.lists(CENTS, min_size=1), st.randoms())
def test_the_order_of_a_column_changes_nothing(amounts: list[Decimal], random):
    texts = [in_spanish(amount) if amount % 2 else f"{amount:.0f}" for amount in amounts]
    shuffled = random.sample(texts, len(texts))
    assert read_texts("catalogue.price", *texts) == read_texts("catalogue.price", *shuffled)


@pytest.mark.parametrize("text", ["50", "50h", "50 h.", "50 horas", "50 hores", "50,00", "50.0"])
def test_hours_may_carry_their_unit(text: str):
    assert read_one("catalogue.hours", text) == (Decimal(50), None)


@pytest.mark.parametrize("text", ["50:00", "50 ECTS", "cincuenta", "2h30"])
def test_hours_on_a_clock_or_of_another_unit_are_a_problem(text: str):
    assert read_one("catalogue.hours", text) == (None, "number_cannot_be_read")


def test_negative_hours_are_read_to_be_rejected_later():
    assert read_one("catalogue.hours", "-5") == (Decimal(-5), None)


@pytest.mark.parametrize("text", ["2,5", "2.5", "2,50", "2.5 ECTS", "2,5 créditos"])
def test_credits_come_with_comma_or_point(text: str):
    assert read_one("catalogue.ects", text) == (Decimal("2.5"), None)


def test_a_third_of_an_hour_is_rounded_and_says_so():
    assert read_one("teaching.hours", "3.3333") == (Decimal("3.33"), "number_was_rounded")


def test_binary_noise_in_hours_is_no_rounding():
    assert read_one("teaching.hours", "2.4999999999999996") == (Decimal("2.50"), None)


@pytest.mark.parametrize("text", ["30", "30.0", "30,00", "30 plazas"])
def test_a_count_is_whole(text: str):
    assert read_one("catalogue.places", text) == (30, None)


def test_half_a_place_is_a_problem():
    assert read_one("catalogue.places", "2,5") == (None, "number_is_not_whole")


@pytest.mark.parametrize("text", ["Ilimitadas", "Il·limitades", "0", "999", "999.0", "0,0"])
def test_unlimited_places_are_unknown_without_a_problem(text: str):
    assert read_one("catalogue.places", text) == (None, None)


def test_a_minus_is_not_folded_away():
    assert read_one("catalogue.places", "-999") == (-999, None)


@pytest.mark.parametrize("text", ["0.7", "0,7", "70", "70 %", "70%", "70,0 %", "70 por ciento"])
def test_a_rate_is_a_fraction_or_a_percentage(text: str):
    assert read_one("enrolments.reduction_rate", text) == (Decimal("0.7"), None)


@pytest.mark.parametrize(
    ("text", "rate"), [("1", "1"), ("1 %", "0.01"), ("0,7 %", "0.007"), ("100", "1"), ("0", "0"), ("33.333", "0.33333")]
)
def test_up_to_one_a_rate_is_a_fraction_unless_it_has_a_percent_sign(text: str, rate: str):
    assert read_one("enrolments.reduction_rate", text) == (Decimal(rate), None)


@pytest.mark.parametrize("text", ["170", "-1", "101 %"])
def test_a_rate_outside_zero_and_one_is_a_problem(text: str):
    assert read_one("enrolments.reduction_rate", text) == (None, "rate_is_out_of_range")


@pytest.mark.parametrize(("text", "percent"), [("85", "85"), ("85,5 %", "85.5"), ("100", "100"), ("1", "1")])
def test_attendance_is_a_percentage(text: str, percent: str):
    assert read_one("enrolments.attendance", text) == (Decimal(percent), None)


def test_attendance_below_one_may_be_a_fraction():
    assert read_one("enrolments.attendance", "0.85") == (Decimal("0.85"), "percent_may_be_a_fraction")


@pytest.mark.parametrize(("path", "text", "rule"), [
    ("enrolments.attendance", "101", "percent_is_out_of_range"),
    ("enrolments.attendance", "mucha", "number_cannot_be_read"),
    ("enrolments.reduction_rate", "sí", "number_cannot_be_read"),
])  # fmt: skip
def test_a_share_that_is_none_is_a_problem(path: str, text: str, rule: str):
    assert read_one(path, text) == (None, rule)
