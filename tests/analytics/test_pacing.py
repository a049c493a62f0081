"""Pacing: what the calendar lets expect, and earlier expectations held against what happened."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from analytics.back_test import BackTest, Try
from analytics.commitments import even_pace
from analytics.metrics import METRICS
from analytics.pacing import pace_ahead
from analytics.series import series
from analytics.snapshot import take_snapshot
from analytics.targets import targets_of
from tests.analytics.small_build import publish_small_build, small_snapshot

AS_OF = date(2026, 2, 15)
WEEK = timedelta(days=7)
EDITIONS = [
    {"course_id": "1", "ends_on": date(2025, 12, 19)},
    {"course_id": "2", "starts_on": date(2026, 1, 12), "ends_on": date(2026, 2, 1)},
    {"course_id": "3", "starts_on": date(2026, 2, 2), "ends_on": date(2026, 3, 31)},
    {"course_id": "4", "starts_on": date(2026, 3, 2), "ends_on": date(2026, 4, 30)},
    {"course_id": "5", "starts_on": date(2026, 3, 2), "ends_on": date(2026, 4, 30), "is_funded": False},
]
PASSED = {"result": "passed"}
# Twenty days after the end of the first edition three of its four people were certified, and one of the second so far.
ENROLMENTS = [
    *({"course_id": "1", "certified_on": date(2026, 1, 8)} | PASSED for _ in range(3)), {"course_id": "1"},
    {"course_id": "2", "certified_on": date(2026, 2, 10)} | PASSED, *({"course_id": "2"} for _ in range(3)),
    {"course_id": "3"}, {"course_id": "3"}, {"course_id": "4"}, {"course_id": "5"},
    {"course_id": "4", "state": "cancelled", "cancelled_on": date(2026, 2, 12)},
    {"course_id": "4", "born_on": date(1950, 1, 1)},
]


@pytest.fixture
def pacing(tmp_path):
    return pace_ahead(small_snapshot(tmp_path, edition=EDITIONS, enrolment=ENROLMENTS), 1, 4)


def test_an_edition_whose_certificates_are_still_coming_says_nothing_of_completion(pacing):
    assert (pacing.history.editions, pacing.history.entries, pacing.history.credentials) == (1, 4, 3)
    assert (pacing.history.days, pacing.history.settled_days) == (20, 20)


def test_each_edition_gives_its_people_times_completion_so_many_days_after_its_end(pacing):
    days = [date(2026, 2, 20), date(2026, 2, 21), date(2026, 4, 20), date(2026, 5, 20)]
    # 4; 3 of 4 less the one; 1.5 of 2; the last has one, and fills up to the ten entries of three editions.
    gains = [Decimal(4), Decimal(2), Decimal("1.5"), Decimal("0.75") * Decimal(10) / 3]
    assert [round(pacing.expected(day), 10) for day in days] == [round(sum(gains[:n]), 10) for n in (1, 2, 3, 4)]
    assert pacing.learners_by(date(2026, 4, 20)) == 3 + 2


def test_what_the_target_takes_in_people_and_in_credentials(pacing, tmp_path):
    snapshot = small_snapshot(tmp_path / "again", edition=EDITIONS, enrolment=ENROLMENTS)
    target = replace(targets_of(snapshot)["credentials_issued_eligible"], value=Decimal(19))
    assert pacing.needed_learners(target) == 20  # 15 credentials at three in four
    assert pacing.short_of(target) == 19 - 10
    assert pacing.short_of(replace(target, value=Decimal(9))) == 0
    assert round(pacing.pace_of(target).per_week, 6) == round(Decimal(15) / (Decimal(135) / 7), 6)
    assert pacing.recent_per_week == Decimal(4) / 8


def test_the_expectation_is_drawn_from_the_week_of_the_cut_off(pacing, tmp_path):
    snapshot = small_snapshot(tmp_path / "again", edition=EDITIONS, enrolment=ENROLMENTS)
    metric = METRICS["credentials_issued_eligible"]
    even = even_pace(targets_of(snapshot)[metric.target], series(snapshot, metric, "week", is_cumulative=True))
    ahead = dict(zip(even.points, pacing.week_by_week(even).values, strict=True))
    assert ahead[date(2026, 2, 2)] is None
    assert ahead[date(2026, 2, 9)] == 4
    assert ahead[date(2026, 2, 16)] == 6
    assert even.week_of(date(2026, 6, 30)) == even.points[-1] == date(2026, 6, 29)


def test_with_too_little_history_nothing_is_expected(tmp_path):
    found = pace_ahead(small_snapshot(tmp_path, edition=EDITIONS, enrolment=ENROLMENTS), 2, 4)
    assert (found.dues, found.back_test.tries, found.has_band) == (None, (), False)


def test_without_enrolments_there_is_no_pacing(tmp_path):
    assert pace_ahead(small_snapshot(tmp_path, exports=("catalogue",), edition=EDITIONS), 1, 1) is None


def test_a_try_expects_what_would_have_been_said_that_day(tmp_path):
    """Against the build taken at each earlier day by itself."""
    first = date(2025, 10, 10)
    editions = [
        {"course_id": str(number), "starts_on": first + number * WEEK, "ends_on": first + (number + 2) * WEEK}
        for number in range(20)
    ]
    rows = [
        {"course_id": str(number), "enrolled_on": first + (number - 3 + person) * WEEK} | (
            {"certified_on": first + (number + 4) * WEEK + timedelta(days=person)} | PASSED if person < 2 else {}
        ) | ({"state": "cancelled", "cancelled_on": first + (number - 1) * WEEK} if person == 3 else {})
        for number in range(20) for person in range(2 + number % 3)
    ]
    build = publish_small_build(tmp_path, edition=editions, enrolment=rows)
    tries = pace_ahead(take_snapshot(build, AS_OF), 3, 6).back_test.tries
    assert {one.weeks for one in tries} == {2, 4, 8}
    days = {day for one in tries for day in (one.day, one.day + one.weeks * WEEK)}
    paces = {day: pace_ahead(take_snapshot(build, day), 3, 6) for day in days}
    for one in tries:
        then, later = paces[one.day], paces[one.day + one.weeks * WEEK]
        assert round(one.expected, 15) == round(then.expected(one.day + one.weeks * WEEK) - then.reached, 15)
        assert one.happened == later.reached - then.reached


def test_error_band_and_coverage_by_hand():
    pairs = [(10, 10), (10, 12), (20, 10), (10, 9)]
    tested = BackTest(tuple(
        Try(AS_OF + number * WEEK, 4, Decimal(expected), happened) for number, (expected, happened) in enumerate(pairs)
    ))
    assert tested.error == Decimal("1.5")  # 0, 1, 2, 10
    assert tested.band == (Decimal("0.62"), Decimal("1.14"))  # a tenth into 0.5, 0.9, 1.0, 1.2 from either end
    assert tested.within == 2  # 0.5 and 1.2 lie outside what the others span
    assert (tested.days, tested.is_enough) == (4, True)
    assert not BackTest(tested.tries[:3]).is_enough


def test_a_try_that_expected_nothing_counts_as_off_and_not_for_the_band():
    tries = (Try(AS_OF, 2, Decimal(0), 27), Try(AS_OF + WEEK, 2, Decimal(10), 10), Try(AS_OF + WEEK, 4, Decimal(9), 9))
    tested = BackTest(tries)
    assert (tested.band, tested.within, tested.error) == ((1, 1), 2, 0)
    assert tested.alike == tries[:2]
    assert tested.weeks == 4
