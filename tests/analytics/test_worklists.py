"""The lists to act on: who is on them, in what order, and why."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.filters import Filters
from analytics.reasons import tell
from analytics.words import words
from analytics.worklists import birthday, completed_years, what_is_missing, why_not_eligible, worklist
from tests.analytics.small_build import small_snapshot

CUT_OFF = date(2026, 2, 15)
# The reduction of 70 % of 100 EUR is 70 EUR, of 60 EUR it is 42 EUR. The edition starts on 3 November 2025.
ENROLMENTS = [
    {"enrolment_id": "missed-small", "base_price": Decimal("60.00")},
    {"enrolment_id": "missed-large", "base_price": Decimal("100.00")},
    {"enrolment_id": "right", "reduction_amount": Decimal("70.00")},
    {"enrolment_id": "wrong", "base_price": Decimal("60.00"), "reduction_amount": Decimal("40.00")},
    {"enrolment_id": "young", "born_on": date(2001, 2, 3), "reduction_amount": Decimal("70.00")},
    {"enrolment_id": "old", "born_on": date(1959, 11, 3), "reduction_amount": Decimal("35.00")},
    {"enrolment_id": "abroad", "nationality": "FR", "residence": "PT", "reduction_amount": Decimal("70.00")},
    {"enrolment_id": "undated", "born_on": None},
    {"enrolment_id": "unpriced", "course_id": "100002", "base_price": None, "reduction_amount": Decimal("10.00")},
    {"enrolment_id": "cancelled", "state": "cancelled", "cancelled_on": date(2025, 10, 25)},
]


@pytest.fixture
def snapshot(tmp_path: Path):
    editions = [{"title_va": "El curs"}, {"course_id": "100002", "price": None}]
    return small_snapshot(tmp_path, CUT_OFF, edition=editions, enrolment=ENROLMENTS)


def told(cases, language: str = "es") -> dict[str, str]:
    """Narrow spaces of amounts as plain ones, so that they can be typed here."""
    return {case.enrolment_id: tell(words(language), case.reasons).replace("\u202f", " ") for case in cases}


def test_missed_reductions_come_with_the_most_euros_first(snapshot):
    found = worklist(snapshot, "missed")
    assert told(found) == {
        "missed-large": "Corresponden 70,00 €; no se aplicó nada",
        "missed-small": "Corresponden 42,00 €; no se aplicó nada",
    }
    assert list(told(found)) == ["missed-large", "missed-small"]
    assert [case.difference for case in found] == [Decimal("-70.00"), Decimal("-42.00")]


def test_a_wrong_amount_says_both_amounts(snapshot):
    (case,) = worklist(snapshot, "wrong_amount")
    assert told([case]) == {"wrong": "Se aplicaron 40,00 €; corresponden 42,00 €"}
    assert (case.applied, case.expected, case.difference) == (Decimal("40.00"), Decimal("42.00"), Decimal("-2.00"))


def test_an_undue_reduction_says_what_was_not_met(snapshot):
    found = worklist(snapshot, "undue")
    assert told(found) == {
        "abroad": "Ni nacionalidad española ni residencia en España",
        "young": "Cumple 25 el 03-02-2026; la edición empezó el 03-11-2025",
        "old": "Tenía 66 años al empezar, el 03-11-2025",
    }
    assert list(told(found)) == ["abroad", "young", "old"]
    assert {case.expected for case in found} == {Decimal("0.00")}


def test_what_cannot_be_decided_has_no_difference(snapshot):
    (undated,), (unpriced,) = worklist(snapshot, "undetermined"), worklist(snapshot, "no_price")
    assert told([undated, unpriced]) == {
        "undated": "Falta la fecha de nacimiento · Con derecho corresponderían 70,00 €",
        "unpriced": "Falta el precio, el de la matrícula y el de la edición",
    }
    assert (undated.expected, undated.difference, unpriced.base_price, unpriced.difference) == (None,) * 4


def test_a_worklist_heeds_the_filters(snapshot):
    assert told(worklist(snapshot, "undue", Filters.of({"age_band": ["65_over"]}))).keys() == {"old"}
    assert worklist(snapshot, "undue", Filters.of({"campus": ["Alcoi"]})) == []


def test_a_case_is_told_in_the_language_of_the_reader(snapshot):
    (case, *_) = worklist(snapshot, "missed")
    assert (case.title_in("va"), case.title_in("es"), case.title_in("en")) == ("El curs", "Curso", "Curso")
    assert told([case], "va") == {"missed-large": "Corresponen 70,00 €; no es va aplicar res"}
    assert told([case], "en") == {"missed-large": "€70.00 is due; nothing was applied"}


@pytest.mark.parametrize(
    ("born_on", "years", "day"),
    [
        (date(2001, 2, 3), 25, date(2026, 2, 3)),
        (date(2000, 2, 29), 25, date(2025, 3, 1)),
        (date(2000, 2, 29), 24, date(2024, 2, 29)),
        (date(1904, 2, 29), -4, date(1900, 3, 1)),
    ],
)
def test_a_birthday_of_29_february_is_1_march_in_a_common_year(born_on, years, day):
    assert birthday(born_on, years) == day


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2000, 2, 29), date(2025, 2, 28), 24),
        (date(2000, 2, 29), date(2025, 3, 1), 25),
        (date(1960, 6, 15), date(2025, 6, 14), 64),
        (date(1960, 6, 15), date(2025, 6, 15), 65),
    ],
)
def test_a_year_is_completed_on_the_birthday(born_on, day, age):
    assert completed_years(born_on, day) == age


def keys(reasons) -> list[str]:
    return [reason.key for reason in reasons]


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        (date(2001, 2, 4), ["too_young_starts"]),  # 25 the day after the start
        (date(2001, 2, 3), []),  # 25 on the day of the start
        (date(1961, 2, 4), []),  # 64 until the day after the start
        (date(1961, 2, 3), ["too_old_starts"]),  # 65 on the day of the start
        (None, []),
    ],
)
def test_the_ages_of_the_reduction_are_25_to_64_both_included(born_on, expected):
    assert keys(why_not_eligible(born_on, date(2026, 2, 3), "ES", "ES", date(2026, 2, 2))) == expected


def test_age_and_country_may_both_be_wrong():
    reasons = why_not_eligible(date(2003, 1, 1), date(2026, 2, 3), "FR", "FR", date(2026, 2, 3))
    assert keys(reasons) == ["too_young_started", "neither_country"]


@pytest.mark.parametrize(
    ("nationality", "residence", "expected"),
    [
        ("ES", None, []),
        (None, "ES", []),
        ("FR", None, ["no_residence"]),
        (None, "FR", ["no_nationality"]),
        (None, None, ["no_countries"]),
        ("FR", "FR", []),
    ],
)
def test_only_what_could_change_the_answer_is_missing(nationality, residence, expected):
    assert keys(what_is_missing(date(1990, 1, 1), nationality, residence)) == expected
    assert keys(what_is_missing(None, nationality, residence)) == ["no_birth_date", *expected]
