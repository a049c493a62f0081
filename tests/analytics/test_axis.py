"""Axes: round values and a few points, in the reader's language."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from analytics.axis import booking_ticks, first_booked_day, time_ticks, value_ticks, word_day_before, word_point
from analytics.series import Points
from analytics.words import words

ES = words("es")


@pytest.mark.parametrize(
    ("unit", "values", "named"),
    [
        ("count", [0, 103], {0: "0", 50: "50", 100: "100", 150: "150"}),
        ("count", [0, 2, None], {0: "0", 1: "1", 2: "2"}),
        ("share", [Decimal("0.87")], {0: "0 %", 0.2: "20 %", 0.4: "40 %", 0.6: "60 %", 0.8: "80 %", 1: "100 %"}),
        ("EUR", [Decimal(-162), Decimal(90)], {-200: "−200 €", -100: "−100 €", 0: "0 €", 100: "100 €"}),
        ("EUR", [2500], {0: "0 €", 500: "500 €", 1000: "1.000 €", 1500: "1.500 €", 2000: "2.000 €", 2500: "2.500 €"}),
        ("count", [], {0: "0"}),
    ],
)
def test_values_are_named_at_round_steps_from_zero(unit, values, named):
    found = {at: text.replace("\u202f", " ") for at, text in value_ticks(ES, unit, values).items()}
    assert found == named


def test_a_few_weeks_are_named_by_their_monday_evenly_apart():
    mondays = [date(2025, 9, 1) + timedelta(weeks=number) for number in range(24)]
    assert list(time_ticks(ES, "week", mondays).values()) == ["15-09-2025", "27-10-2025", "08-12-2025", "19-01-2026"]
    assert time_ticks(ES, "week", mondays[:1]) == {date(2025, 9, 1): "01-09-2025"}


def test_months_are_named_in_the_language():
    assert word_point(ES, "month", date(2026, 2, 1)) == "feb 2026"
    assert word_point(words("en"), "month", date(2026, 2, 1)) == "Feb 2026"
    assert word_point(words("va"), "week", date(2026, 2, 2)) == "02-02-2026"


def test_days_before_a_start_are_said_in_words():
    told = [word_day_before(ES, day) for day in (-120, -24, -1, 0, 1)]
    assert told == ["120 días antes o más", "24 días antes", "1 día antes", "el día del inicio", "después del inicio"]


def test_a_booking_curve_begins_a_full_month_before_the_first_enrolment():
    curve = Points([-120, -42, 0], {"": [Decimal(0), Decimal("0.1"), Decimal(1)]})
    assert first_booked_day(curve) == -60
    assert booking_ticks(ES, -60) == {-60: "60 días", -30: "30 días", 0: "inicio"}
