"""The forecast: nine months cut into quarters, and the credentials of scheduled editions by past completion."""

from datetime import date
from decimal import Decimal

from analytics.forecast import forecast, months_later, quarters_after
from tests.analytics.small_build import small_snapshot

CERTIFIED = {"result": "passed", "certified_on": date(2026, 1, 8)}
EDITIONS = [
    {"course_id": "1", "ends_on": date(2025, 12, 19)},
    {"course_id": "2", "starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 31)},
    {"course_id": "3", "starts_on": date(2026, 3, 2), "ends_on": date(2026, 4, 1)},
    {"course_id": "4", "starts_on": date(2026, 3, 2), "ends_on": date(2026, 4, 1), "is_funded": False},
]
# Of four entries of eligible people three have a credential and one awaits it; somebody of 70 counts nowhere.
ENROLMENTS = [
    *({"course_id": "1"} | CERTIFIED for _ in range(3)), {"course_id": "1", "result": "passed"},
    {"course_id": "1", "born_on": date(1955, 1, 1)} | CERTIFIED,
    {"course_id": "2"}, {"course_id": "2"}, {"course_id": "3"}, {"course_id": "4"},
]


def test_nine_months_are_cut_at_the_ends_of_quarters():
    assert quarters_after(date(2026, 2, 15)) == [
        (date(2026, 2, 16), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 11, 15)),
    ]


def test_from_the_end_of_a_quarter_there_are_three_whole_ones():
    assert quarters_after(date(2025, 12, 31)) == [
        (date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
    ]


def test_months_later_is_the_last_day_of_a_shorter_month():
    assert months_later(date(2025, 5, 31), 9) == date(2026, 2, 28)


def test_scheduled_enrolments_times_past_completion(tmp_path):
    found = forecast(small_snapshot(tmp_path, edition=EDITIONS, enrolment=ENROLMENTS), 1, 4)
    assert (found.history.entries, found.history.credentials, found.history.completion) == (4, 3, Decimal("0.75"))
    assert found.history.days == 20
    assert [(one.editions, one.enrolments, one.credentials) for one in found.quarters] == [
        (1, 2, Decimal("1.50")), (1, 1, Decimal("0.75")), (0, 0, 0), (0, 0, 0),
    ]
    assert found.credentials == Decimal("2.25")
    assert found.waiting == 1


def test_a_credential_issued_before_its_edition_ends_is_not_expected_again(tmp_path):
    early = {"course_id": "2", "result": "passed", "certified_on": date(2026, 2, 10)}
    editions = [one | {"starts_on": date(2026, 1, 12)} if one["course_id"] == "2" else one for one in EDITIONS]
    found = forecast(small_snapshot(tmp_path, edition=editions, enrolment=[*ENROLMENTS, early]), 1, 4)
    # Three are enrolled in the second course: one has its credential, of the others three in four are expected.
    assert (found.quarters[0].enrolments, found.quarters[0].credentials) == (2, Decimal("1.50"))


def test_too_little_history_gives_no_number(tmp_path):
    found = forecast(small_snapshot(tmp_path, edition=EDITIONS, enrolment=ENROLMENTS), 1, 5)
    assert not found.is_enough
    assert {one.credentials for one in found.quarters} == {None}
    assert found.credentials is None


def test_without_enrolments_there_is_no_forecast(tmp_path):
    assert forecast(small_snapshot(tmp_path, exports=("catalogue",), edition=EDITIONS), 1, 1) is None
