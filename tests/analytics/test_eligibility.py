"""Why somebody has the right to the reduction or not: every enrolment has one answer."""

from datetime import date
from decimal import Decimal

from analytics.ci14 import CI14
from analytics.eligibility import ANSWERS, trace_part
from analytics.measure import measure
from analytics.periods import HalfYear
from analytics.register import register
from analytics.trace import count_again
from tests.analytics.small_build import small_snapshot

OLD, ABROAD = {"born_on": date(1950, 1, 1)}, {"nationality": "FR", "residence": "FR"}
ROWS = [
    {"reduction_amount": Decimal("80.00")},
    OLD | {"reduction_amount": Decimal("70.00")},
    ABROAD,
    OLD | ABROAD,
    {"born_on": None},
    {"nationality": "FR", "residence": None},
    {"born_on": None, "nationality": "FR", "residence": None},
]


def count(snapshot, answer, column="enrolments"):
    return count_again(snapshot, trace_part(ANSWERS[answer], column))


def test_each_enrolment_has_one_answer(tmp_path):
    snapshot = small_snapshot(tmp_path, edition=[{}], enrolment=ROWS)
    assert {answer: count(snapshot, answer) for answer in ANSWERS} == {
        "eligible": 1, "outside_age": 1, "elsewhere": 1, "outside_age_and_elsewhere": 1, "no_birth_date": 2,
        "no_country": 1,
    }


def test_only_what_the_right_backs_is_supported(tmp_path):
    snapshot = small_snapshot(tmp_path, edition=[{}], enrolment=ROWS)
    assert count(snapshot, "eligible", "applied") == Decimal("80.00")
    assert count(snapshot, "eligible", "supported") == Decimal("70.00")
    assert count(snapshot, "outside_age", "applied") == Decimal("70.00")
    assert count(snapshot, "outside_age", "supported") == 0


def test_indicator_14_takes_the_age_of_the_entry(tmp_path):
    # The edition starts on 3 November 2025: born that day in 1995 is 30, a day later still 29, in 2010 is 15.
    rows = [{"born_on": born_on} for born_on in (
        date(1995, 11, 3), date(1995, 11, 4), date(2010, 11, 3), date(2010, 11, 4), None,
    )]
    snapshot = small_snapshot(tmp_path, edition=[{}], enrolment=rows)
    values = [one.value for one in measure(snapshot, CI14, period=HalfYear(2025, 2))]
    assert values == [2, 2, 1]


def test_the_register_flags_what_an_auditor_would_ask(tmp_path):
    editions = [
        {"course_id": "1", "ects": Decimal(15)}, {"course_id": "2"}, {"course_id": "3", "state": "draft"},
    ]
    teaching = [
        {"course_id": "1", "hours": Decimal(4)},
        {"course_id": "1", "hours": Decimal(6), "staff_type": "external_professional"},
    ]
    snapshot = small_snapshot(tmp_path, edition=editions, teaching=teaching, endorsement=[{"course_id": "1"}])
    first, second, draft = register(snapshot)
    assert (first.upv_share, first.flags) == (Decimal("0.4"), ("ects_limit", "below_half"))
    assert second.flags == ("no_endorsement", "no_teachers")
    assert draft.flags == ()


def test_what_is_not_exported_raises_no_flag(tmp_path):
    entry = register(small_snapshot(tmp_path, exports=("catalogue",), edition=[{}]))[0]
    assert (entry.endorsements, entry.teachers, entry.flags) == (None, None, ())
