"""Series: every step where it belongs, up to the cut-off, and the whole always equal to the metric itself."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.filters import EVERYTHING, Filters
from analytics.measure import measure_one
from analytics.metrics import METRICS
from analytics.series import DATED_METRICS, STEPS, booking_curve, series, undated
from reports.indicators import open_snapshot
from tests.analytics.small_build import small_snapshot

ADDITIVE = [key for key in DATED_METRICS if METRICS[key].is_additive and METRICS[key].denominator is None]
FILTERS = [EVERYTHING, Filters.of({"campus": ["Alcoi"]}), Filters.of({"delivery_group": ["online"]})]


@pytest.fixture(scope="module")
def sample(sample_builds):
    return open_snapshot(sample_builds)


def enrolled(*days: date | None, **more) -> list[dict]:
    return [{"enrolled_on": day, **more} for day in days]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("key", ADDITIVE)
def test_the_steps_of_a_count_and_what_has_no_date_add_up_to_the_metric(sample, key, step):
    for filters in FILTERS:
        values = series(sample, METRICS[key], step, filters).values.get("", [])
        total = sum(value or 0 for value in values) + undated(sample, METRICS[key], filters)
        assert total == measure_one(sample, METRICS[key], filters).value


@pytest.mark.parametrize("key", DATED_METRICS)
def test_what_adds_up_as_it_goes_ends_at_the_metric(sample, key):
    for filters in FILTERS:
        found = series(sample, METRICS[key], "month", filters, is_cumulative=True)
        assert found.values[""][-1] == measure_one(sample, METRICS[key], filters).value


@pytest.mark.parametrize("key", ADDITIVE)
def test_the_groups_of_a_step_add_up_to_the_step(sample, key):
    whole = series(sample, METRICS[key], "week")
    parts = series(sample, METRICS[key], "week", by="campus")
    assert parts.points == whole.points
    known = [[value or 0 for value in values] for values in parts.values.values()]
    assert [sum(values) for values in zip(*known, strict=True)] == [value or 0 for value in whole.values[""]]


def test_weeks_begin_on_monday_and_reach_the_cut_off(tmp_path):
    # A Wednesday and the Sunday of that week; the next Monday; nothing in the two weeks that end on 15-02-2026
    days = enrolled(date(2026, 1, 21), date(2026, 1, 25), date(2026, 1, 26))
    found = series(small_snapshot(tmp_path, edition=[{}], enrolment=days), METRICS["enrolments"], "week")
    assert found.points == [date(2026, 1, 19), date(2026, 1, 26), date(2026, 2, 2), date(2026, 2, 9)]
    assert found.values == {"": [2, 1, 0, 0]}
    assert found.first_on == date(2026, 1, 21)
    assert found.unfinished_from is None


def test_the_month_of_the_cut_off_is_unfinished(tmp_path):
    days = enrolled(date(2025, 12, 31), date(2026, 2, 1))
    found = series(small_snapshot(tmp_path, edition=[{}], enrolment=days), METRICS["enrolments"], "month")
    assert found.points == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert found.values == {"": [1, 0, 1]}
    assert found.unfinished_from == 2


def test_editions_still_to_start_are_drawn_after_the_cut_off(tmp_path):
    editions = [{}, {"edition_number": 2, "starts_on": date(2026, 4, 6), "ends_on": None}]
    found = series(small_snapshot(tmp_path, edition=editions), METRICS["editions_offered"], "month")
    assert found.points[0] == date(2025, 11, 1)
    assert found.points[-1] == date(2026, 4, 1)
    assert found.unfinished_from == 3  # November, December and January are complete


def test_a_person_counts_once_in_what_adds_up(tmp_path):
    days = enrolled(date(2026, 1, 7), date(2026, 1, 8), date(2026, 2, 3), person_key="one")
    days += enrolled(date(2026, 2, 4), person_key="two")
    snapshot = small_snapshot(tmp_path, edition=[{}], enrolment=days)
    assert series(snapshot, METRICS["learners"], "month").values == {"": [1, 2]}
    assert series(snapshot, METRICS["learners"], "month", is_cumulative=True).values == {"": [1, 2]}
    assert series(snapshot, METRICS["enrolments"], "month", is_cumulative=True).values == {"": [2, 4]}


def test_a_row_without_a_date_is_left_out_and_counted_apart(tmp_path):
    snapshot = small_snapshot(tmp_path, edition=[{}], enrolment=enrolled(date(2026, 1, 7), None, None))
    assert sum(series(snapshot, METRICS["enrolments"], "month").values[""]) == 1
    assert undated(snapshot, METRICS["enrolments"]) == 2
    assert undated(snapshot, METRICS["women_share"]) == 2
    assert undated(snapshot, METRICS["gross_fees"]) == Decimal("200.00")


def test_a_share_is_unknown_where_there_is_nothing_to_divide(tmp_path):
    days = enrolled(date(2025, 12, 9)) + enrolled(date(2026, 2, 9), date(2026, 2, 10), gender="man")
    snapshot = small_snapshot(tmp_path, edition=[{}], enrolment=days + enrolled(date(2026, 2, 11)))
    found = series(snapshot, METRICS["women_share"], "month")
    assert found.values == {"": [1, None, Decimal(1) / 3]}
    assert found.sides == {"": [(1, 1), (0, 0), (1, 3)]}
    assert found.sizes == {"": 4}
    assert series(snapshot, METRICS["women_share"], "month", is_cumulative=True).values == {"": [1, 1, Decimal("0.5")]}


def test_a_sum_stays_unknown_until_something_is_known(tmp_path):
    editions = [
        {"places": None},
        {"edition_number": 2, "starts_on": date(2025, 12, 1), "places": 12},
        {"edition_number": 3, "starts_on": date(2026, 1, 5), "places": None},
    ]
    snapshot = small_snapshot(tmp_path, edition=editions)
    assert series(snapshot, METRICS["places_offered"], "month").values == {"": [None, 12, None, 0]}
    running = series(snapshot, METRICS["places_offered"], "month", is_cumulative=True)
    assert running.values == {"": [None, 12, 12, 12]}


def test_the_two_sides_of_a_ratio_may_come_from_two_tables(tmp_path):
    teaching = [{"teacher_key": "one"}, {"teacher_key": "two"}]
    snapshot = small_snapshot(tmp_path, edition=[{}], teaching=teaching, enrolment=[{}, {}, {}])
    found = series(snapshot, METRICS["enrolments_per_teacher"], "month")
    assert found.values[""][0] == Decimal("1.5")
    assert undated(snapshot, METRICS["enrolments_per_teacher"]) == 0


def test_groups_keep_the_order_of_their_dimension_or_come_by_size(tmp_path):
    editions = [{"campus": "Gandia"}, {"edition_number": 2, "campus": "Vera"}]
    enrolments = [{"gender": "man"}, {"edition_number": 2, "gender": "man"}, {"edition_number": 2, "gender": "woman"}]
    snapshot = small_snapshot(tmp_path, edition=editions, enrolment=enrolments)
    assert list(series(snapshot, METRICS["enrolments"], "month", by="gender").values) == ["woman", "man"]
    assert list(series(snapshot, METRICS["enrolments"], "month", by="campus").values) == ["Vera", "Gandia"]


@pytest.mark.parametrize("key", ["fill_rate", "endorsed_course_share", "enrolments", "enrolments_per_teacher"])
def test_without_the_export_there_are_no_points_rather_than_zeros(tmp_path, key):
    snapshot = small_snapshot(tmp_path, exports=("catalogue",), edition=[{}])
    assert series(snapshot, METRICS[key], "month").points == []


def test_learners_under_a_filter_are_not_set_against_places_of_everybody(tmp_path):
    snapshot = small_snapshot(tmp_path, edition=[{}], enrolment=[{}])
    assert series(snapshot, METRICS["fill_rate"], "month", Filters.of({"gender": ["woman"]})).points == []


def test_a_metric_without_a_date_and_a_split_it_does_not_have_are_refused(tmp_path):
    snapshot = small_snapshot(tmp_path, edition=[{}])
    with pytest.raises(ValueError, match="ci10_entries has no date"):
        series(snapshot, METRICS["ci10_entries"], "month")
    with pytest.raises(ValueError, match="cannot be split by gender"):
        series(snapshot, METRICS["editions_offered"], "month", by="gender")


def test_a_booking_curve_says_how_much_was_in_by_each_day(tmp_path):
    # Starts on 03-11-2025: 200, 14 and 0 days before, and 5 after; the second edition has not started
    days = enrolled(date(2025, 4, 17), date(2025, 10, 20), date(2025, 11, 3), date(2025, 11, 8), None)
    later = enrolled(date(2026, 1, 9), edition_number=2)
    editions = [{}, {"edition_number": 2, "starts_on": date(2026, 3, 2), "ends_on": None}]
    curve = booking_curve(small_snapshot(tmp_path, edition=editions, enrolment=days + later))
    share = dict(zip(curve.points, curve.values[""], strict=True))
    assert curve.points[0] == -120
    assert {day: share[day] for day in (-120, -15, -14, -1, 0, 1)} == {
        -120: Decimal("0.25"), -15: Decimal("0.25"), -14: Decimal("0.5"), -1: Decimal("0.5"), 0: Decimal("0.75"), 1: 1,
    }
    assert curve.sizes == {"": 4}


def test_a_booking_curve_of_nothing_has_no_points(tmp_path):
    assert booking_curve(small_snapshot(tmp_path, edition=[{}])).points == []
