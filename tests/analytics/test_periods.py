"""Half-years as the funder's reports name them."""

from datetime import date

import pytest

from analytics.periods import HalfYear, half_years_between


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2025, 6, 30), "2025-H1"), (date(2025, 7, 1), "2025-H2"), (date(2025, 12, 31), "2025-H2")],
)
def test_a_day_falls_in_its_half_year(day, name):
    assert str(HalfYear.of(day)) == name


def test_a_half_year_has_its_first_and_last_day():
    assert (HalfYear(2026, 1).first_day, HalfYear(2026, 1).last_day) == (date(2026, 1, 1), date(2026, 6, 30))
    assert (HalfYear(2025, 2).first_day, HalfYear(2025, 2).last_day) == (date(2025, 7, 1), date(2025, 12, 31))


def test_a_half_year_reads_back_as_it_is_written():
    assert HalfYear.read("2025-H2") == HalfYear(2025, 2)


@pytest.mark.parametrize("text", ["2025", "2025-H3", "H2-2025", ""])
def test_anything_else_is_refused_with_the_way_to_write_it(text):
    with pytest.raises(ValueError, match="2025-H2"):
        HalfYear.read(text)


def test_the_half_years_between_two_dates_are_listed_oldest_first():
    found = half_years_between(date(2025, 10, 13), date(2026, 7, 1))
    assert [str(period) for period in found] == ["2025-H2", "2026-H1", "2026-H2"]
