"""Dates: every spelling of a day, and every one that must not be guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.layout import Field
from etl.layout_said import Said
from etl.parse import has_two_digit_year, read_column
from tests.etl.columns import read_one, read_texts

MONTHS_ES = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre"]
MONTHS_ES += ["octubre", "noviembre", "diciembre"]
MONTHS_VA = ["gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre"]
MONTHS_VA += ["octubre", "novembre", "desembre"]
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "03/02/2026", "03-02-2026", "2026-02-03", "20260203", "03022026", "3/2/26", "3-2-26", "03.02.2026", "3.2.26",
        "2026/02/03", "2026.02.03", "3 / 2 / 2026", "03 02 2026", "3022026",
        "3 de febrero de 2026", "3 de febrer de 2026", "3 de febrer del 2026", "3 febrero 2026", "3 February 2026",
        "3rd February 2026", "February 3, 2026", "Feb 3 2026", "3-feb-26", "3-feb-2026", "martes, 3 de febrero de 2026",
        "dimarts, 3 de febrer de 2026", "Tuesday, February 3, 2026", "3 DE FEBRERO DE 2026",
        "2026-02-03T00:00:00", "2026-02-03T10:30", "2026-02-03 10:30:15", "2026-02-03 10:30:15.123",
        "2026-02-03T00:00:00Z", "2026-02-03T00:00:00+01:00", "2026-02-03T09:00:00-0500", "03/02/2026 00:00",
        "3/2/2026 9:05:00", "03/02/2026, 10:30", "Feb 3 2026 12:00AM", "03/02/2026 10:30 p. m.", "20260203101500",
        "20260203T101500Z", "46056", "46056.0", "46056,75",
    ],
)  # fmt: skip
def test_every_spelling_of_a_day_is_that_day(text: str):
    assert read_one("catalogue.starts_on", text) == (date(2026, 2, 3), None)


@pytest.mark.parametrize(("month", "name"), [*enumerate(MONTHS_ES, 1), *enumerate(MONTHS_VA, 1)])
def test_every_month_is_read_in_spanish_and_valencian(month: int, name: str):
    joined = f"9 d'{name} de 2026" if name[0] in "aeo" else f"9 de {name} de 2026"
    assert read_one("catalogue.starts_on", joined) == (date(2026, month, 9), None)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("29/02/2025", "date_does_not_exist"),
        ("31/04/2026", "date_does_not_exist"),
        ("31 de abril de 2026", "date_does_not_exist"),
        ("13/13/2026", "date_does_not_exist"),
        ("2026-13-01", "date_does_not_exist"),
        ("20261301", "date_does_not_exist"),
        ("31022026", "date_does_not_exist"),
        ("00/00/0000", "date_is_a_placeholder"),
        ("0000-00-00", "date_is_a_placeholder"),
        ("01/01/1900", "date_is_a_placeholder"),
        ("31/12/9999", "date_is_a_placeholder"),
        ("01011900", "date_is_a_placeholder"),
        ("01/01/1850", "date_is_out_of_range"),
        ("01/01/2150", "date_is_out_of_range"),
        ("60", "date_is_out_of_range"),
        ("99999", "date_is_out_of_range"),
        ("2026", "date_cannot_be_read"),
        ("mañana", "date_cannot_be_read"),
        ("3 de febrero", "date_cannot_be_read"),
        ("2026 de febrero de 3", "date_cannot_be_read"),
        ("3 de febrero de 2026 ???", "date_cannot_be_read"),
        ("03/02-2026", "date_cannot_be_read"),
        ("050226", "date_cannot_be_read"),
        ("2026-02-03T25:00Z", "date_cannot_be_read"),
        ("T" * 20_000, "date_cannot_be_read"),
    ],
)
def test_an_impossible_day_is_a_problem(text: str, rule: str):
    assert read_one("catalogue.starts_on", text) == (None, rule)


def test_a_birth_on_the_first_of_january_1900_is_unknown():
    assert read_one("enrolments.born_on", "01/01/1900") == (None, "date_is_a_placeholder")


def test_serial_60_is_no_day_and_its_neighbour_today_is():
    # 45658 is 1 January 2025; 300 days later is 28 October (2025 is common: day 301 of the year).
    assert read_texts("catalogue.starts_on", "60", "45958") == {
        "60": (None, "date_is_out_of_range"),
        "45958": (date(2025, 10, 28), None),
    }


def test_midnight_here_written_in_universal_time_is_the_next_day_and_says_so():
    # 22:00 UTC on 12 October is 00:00 summer time on 13 October in Spain.
    assert read_one("catalogue.starts_on", "2025-10-12T22:00:00Z") == (date(2025, 10, 13), "date_moved_to_local_time")


def test_a_month_first_day_among_day_first_ones_is_a_problem():
    read = read_texts("catalogue.starts_on", "13/02/2026", "02/13/2026", "05/06/2026", "07/07/2026", "2026-01-05")
    assert read == {
        "13/02/2026": (date(2026, 2, 13), None),
        "02/13/2026": (None, "date_order_contradicts_the_column"),
        "05/06/2026": (date(2026, 6, 5), "date_order_is_doubtful"),
        "07/07/2026": (date(2026, 7, 7), None),
        "2026-01-05": (date(2026, 1, 5), None),
    }


def test_a_column_with_month_first_proofs_only_is_read_month_first_and_says_so():
    assert read_texts("catalogue.starts_on", "02/13/2026", "05/06/2026", "2026-01-05") == {
        "02/13/2026": (date(2026, 2, 13), "date_order_was_turned"),
        "05/06/2026": (date(2026, 5, 6), "date_order_was_turned"),
        "2026-01-05": (date(2026, 1, 5), None),
    }


def test_the_layout_may_say_that_months_come_first():
    american = Field("starts_on", "date", True, ("Start",), said=Said("month_first"))
    read = read_column(american, ["05/06/2026", "13/02/2026", "02/13/2026"])
    assert read["05/06/2026"].value == date(2026, 5, 6)
    assert read["13/02/2026"].rule == "date_order_contradicts_the_column"


def test_an_impossible_day_proves_no_order():
    read = read_texts("catalogue.starts_on", "02/30/2026", "05/06/2026")
    assert read["05/06/2026"] == (date(2026, 6, 5), None)
    assert read["02/30/2026"] == (None, "date_does_not_exist")


def test_a_two_digit_year_of_birth_under_10_at_the_start_is_of_the_last_century():
    assert read_texts("enrolments.born_on", "3/2/85", "3/2/16", "3/2/15") == {
        "3/2/85": (date(1985, 2, 3), None),
        "3/2/16": (date(1916, 2, 3), None),
        "3/2/15": (date(2015, 2, 3), None),
    }


def test_the_pivot_can_be_given():
    assert read_texts("enrolments.born_on", "3/2/16", pivot=2016)["3/2/16"] == (date(2016, 2, 3), None)


@pytest.mark.parametrize(("text", "is_short"), [("3/2/26", True), ("3-2-26", True), ("3/2/2026", False), ("x", False)])
def test_a_two_digit_year_can_be_told(text: str, is_short: bool):
    assert has_two_digit_year(text) is is_short


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y%m%d", "%d%m%Y", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S"]))
def test_any_day_in_any_numeric_form_reads_back(day: date, form: str):
    # "13" of a second date proves that days come first, whatever the first date leaves open.
    text = day.strftime(form)
    assert read_texts("catalogue.starts_on", text, "13/01/2026")[text] == (day, None)


@given(DAYS, st.sampled_from([MONTHS_ES, MONTHS_VA]))
def test_any_day_in_words_reads_back(day: date, months: list[str]):
    assert read_one("catalogue.starts_on", f"{day.day} de {months[day.month - 1]} de {day.year}") == (day, None)


@given(DAYS)
def test_any_serial_reads_back(day: date):
    assert read_one("catalogue.starts_on", str((day - date(1899, 12, 30)).days)) == (day, None)
