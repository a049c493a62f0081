"""Trend: the last complete step against the one before, the groups to draw, a group beside the whole."""

from datetime import date
from decimal import Decimal

from analytics.filters import Filters
from analytics.metrics import METRICS
from analytics.series import Points, booking_curve, series
from analytics.trend import beside, day_half_is_in, follow, largest_groups, left_out, splits
from tests.analytics.small_build import small_snapshot

AS_OF = date(2026, 2, 15)


def enrolled(*days: date) -> list[dict]:
    return [{"enrolled_on": day} for day in days]


def test_the_last_complete_month_is_compared_with_the_one_before(tmp_path):
    days = [date(2025, 12, day) for day in (1, 2)] + [date(2026, 1, day) for day in (1, 2, 3, 4, 5)] + [AS_OF]
    trend = follow(small_snapshot(tmp_path, edition=[{}], enrolment=enrolled(*days)), METRICS["enrolments"], "month")
    assert (trend.last.begins_on, trend.last.value) == (date(2026, 1, 1), 5)
    assert trend.previous.value == 2
    assert trend.change == 3
    assert (trend.highest.begins_on, trend.highest.value) == (date(2026, 1, 1), 5)
    assert (trend.unfinished.begins_on, trend.unfinished.value) == (date(2026, 2, 1), 1)
    assert trend.total.value == 8
    assert trend.ahead is None


def test_a_single_complete_step_has_nothing_to_be_compared_with(tmp_path):
    days = enrolled(date(2026, 2, 9))  # the week that ends at the cut-off
    trend = follow(small_snapshot(tmp_path, edition=[{}], enrolment=days), METRICS["enrolments"], "week")
    assert trend.last.value == 1
    assert trend.previous is None
    assert trend.change is None
    assert trend.unfinished is None


def test_what_starts_after_the_cut_off_is_ahead(tmp_path):
    editions = [{}, *({"edition_number": number, "starts_on": date(2026, 2, 14 + number)} for number in (1, 2, 3))]
    editions[1]["edition_number"] = 4
    snapshot = small_snapshot(tmp_path, edition=[edition | {"ends_on": None} for edition in editions])
    assert follow(snapshot, METRICS["editions_offered"], "month").ahead.value == 2  # 16 and 17 February, not the 15th
    later = Filters(starts_from=date(2026, 2, 17))
    assert follow(snapshot, METRICS["editions_offered"], "month", later).ahead.value == 1


def test_a_trend_of_nothing_has_no_moments(tmp_path):
    trend = follow(small_snapshot(tmp_path, edition=[{}]), METRICS["enrolments"], "month")
    assert trend.last is trend.highest is trend.unfinished is None


def test_the_six_largest_groups_are_drawn_in_the_order_of_the_points():
    sizes = {group: size for size, group in enumerate("abcdefgh", start=1)}
    points = Points([1], {group: [1] for group in "hgfedcba"}, sizes=sizes)
    assert largest_groups(points) == list("hgfedc")
    assert left_out(points, list("hgfedc")) == (["b", "a"], 3)


def test_a_metric_is_split_by_its_own_dimensions_but_those_of_the_report():
    assert "gender" in splits(METRICS["enrolments"])
    assert "gender" not in splits(METRICS["editions_offered"])
    assert not [key for key in splits(METRICS["entries"]) if key.startswith("ci10")]


def test_a_group_stands_beside_the_whole_in_the_points_of_both(tmp_path):
    enrolments = [
        {"enrolled_on": date(2025, 11, 5)},
        {"enrolled_on": date(2025, 12, 5), "gender": "man"},
        {"enrolled_on": date(2026, 2, 5)},
    ]
    snapshot = small_snapshot(tmp_path, edition=[{}], enrolment=enrolments)
    men = Filters.of({"gender": ["man"]})
    for is_cumulative, whole, part in ((False, [1, 1, 0, 1], [0, 1, 0, 0]), (True, [1, 2, 2, 3], [0, 1, 1, 1])):
        both = beside(
            series(snapshot, METRICS["enrolments"], "month", is_cumulative=is_cumulative),
            series(snapshot, METRICS["enrolments"], "month", men, is_cumulative=is_cumulative), "man", is_cumulative,
        )
        assert both.values == {"": whole, "man": part}
        assert both.unfinished_from == 3


def test_a_group_that_ends_earlier_keeps_what_it_had_reached(tmp_path):
    editions = [{"campus": "Vera"}, {"edition_number": 2, "campus": "Alcoi", "starts_on": date(2026, 4, 6)}]
    snapshot = small_snapshot(tmp_path, edition=editions)
    vera = Filters.of({"campus": ["Vera"]})
    both = beside(
        series(snapshot, METRICS["editions_offered"], "month", is_cumulative=True),
        series(snapshot, METRICS["editions_offered"], "month", vera, is_cumulative=True), "Vera", is_cumulative=True,
    )
    assert both.values == {"": [1, 1, 1, 1, 1, 2], "Vera": [1, 1, 1, 1, 1, 1]}


def test_a_share_is_unknown_outside_the_points_of_the_group():
    whole = Points([1, 2], {"": [Decimal("0.5"), Decimal("0.5")]}, {"": [(1, 2), (1, 2)]}, sizes={"": 4})
    part = Points([2], {"": [Decimal(1)]}, {"": [(1, 1)]}, sizes={"": 1})
    both = beside(whole, part, "b")
    assert both.values["b"] == [None, 1]
    assert both.sizes == {"": 4, "b": 1}


def test_half_is_in_on_the_first_day_that_has_half(tmp_path):
    days = enrolled(date(2025, 10, 20), date(2025, 10, 24), date(2025, 11, 3))  # 14, 10 and 0 days before
    assert day_half_is_in(booking_curve(small_snapshot(tmp_path, edition=[{}], enrolment=days))) == -10
    assert day_half_is_in(Points([], {})) is None
