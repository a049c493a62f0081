"""Comparison: the spans that are compared, what a metric can be held against, and the change of every row."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.comparison import Comparison, kinds_for, previous_spans
from analytics.filters import EVERYTHING, Filters
from analytics.leaderboards import rank, stands_out
from analytics.metrics import METRICS
from analytics.tally import Span
from analytics.trend import follow
from tests.analytics.small_build import small_snapshot

# The cut-off is Sunday 15-02-2026
DAYS = [date(2026, 1, 20), date(2026, 2, 3), date(2026, 2, 4), date(2026, 2, 10)]
EDITIONS = [{"course_id": name, "campus": name} for name in ("Vera", "Alcoi")]
ENROLMENTS = [
    *({"course_id": "Vera", "enrolled_on": day, "gender": "woman"} for day in DAYS),
    {"course_id": "Alcoi", "enrolled_on": date(2026, 2, 11), "gender": "man"},
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return small_snapshot(tmp_path_factory.mktemp("builds"), edition=EDITIONS, enrolment=ENROLMENTS)


def spans_of(snapshot, filters=EVERYTHING, step="week"):
    return previous_spans(snapshot, follow(snapshot, METRICS["enrolments"], step, filters), filters)


def test_without_a_choice_the_last_complete_step_is_held_against_the_one_before(snapshot):
    found = spans_of(snapshot)
    assert found.now == Span(date(2026, 2, 9), date(2026, 2, 15))
    assert found.before == Span(date(2026, 2, 2), date(2026, 2, 8))


def test_a_chosen_span_is_held_against_as_many_days_before(snapshot):
    found = spans_of(snapshot, EVERYTHING.within(date(2026, 2, 6), date(2026, 2, 10)))
    assert (found.now.days, found.before) == (5, Span(date(2026, 2, 1), date(2026, 2, 5)))
    assert not found.is_to_date


def test_a_span_that_is_not_over_is_compared_to_date_with_to_date(snapshot):
    # 9 to 22 February are 14 days, of which 7 have gone by; the 14 before begin on 26 January
    found = spans_of(snapshot, EVERYTHING.within(date(2026, 2, 9), date(2026, 2, 22)))
    assert found.is_to_date
    assert found.now == Span(date(2026, 2, 9), date(2026, 2, 15))
    assert found.before == Span(date(2026, 1, 26), date(2026, 2, 1))


def test_before_anything_had_happened_there_is_nothing_to_compare_with(snapshot):
    assert spans_of(snapshot, EVERYTHING.within(date(2026, 1, 20), date(2026, 1, 25))) is None
    assert spans_of(snapshot, EVERYTHING.within(date(2026, 3, 1), date(2026, 3, 7))) is None
    assert spans_of(snapshot, EVERYTHING.within(date(2026, 1, 25), date(2026, 2, 5))).is_partial


def lists(snapshot, key, comparison, filters=EVERYTHING, spans=None):
    found = rank(snapshot, METRICS[key], filters, comparison, spans)
    return found, {board.dimension: {row.value: row for row in board.rows} for board in found.boards}


def test_the_rows_say_their_value_share_and_change(snapshot):
    found, rows = lists(snapshot, "enrolments", Comparison("previous"), spans=spans_of(snapshot))
    assert (found.change.now, found.change.before, found.change.amount) == (2, 2, 0)
    vera, alcoi = rows["campus"]["Vera"], rows["campus"]["Alcoi"]
    assert (vera.measure.value, vera.share, vera.change.amount) == (4, Decimal("0.8"), -1)
    assert (alcoi.measure.value, alcoi.share, alcoi.change.amount) == (1, Decimal("0.2"), 1)
    assert [row.value for row in found.boards[0].rows] == ["Vera", "Alcoi"]


def test_a_list_ignores_its_own_filter_and_says_what_is_chosen_and_left_out(snapshot):
    asked = Filters.of({"campus": ["Alcoi"]}, excluded={"gender": ["man"]})
    _, rows = lists(snapshot, "enrolments", Comparison("none"), asked)
    # Campuses of all but men; genders of Alcoi
    assert {value: (row.measure.value, row.is_chosen) for value, row in rows["campus"].items()} == {
        "Vera": (4, False), "Alcoi": (0, True),
    }
    assert {value: (row.measure.value, row.is_left_out) for value, row in rows["gender"].items()} == {"man": (1, True)}
    assert rows["campus"]["Vera"].change is None


def test_against_the_programme_counts_are_compared_by_their_shares(snapshot):
    asked = Filters.of({"campus": ["Vera"]})
    found, rows = lists(snapshot, "enrolments", Comparison("whole"), asked)
    assert (found.change.now, found.change.before) == (4, 5)
    # Women: all of Vera, four fifths of the programme
    assert rows["gender"]["woman"].change.amount == Decimal("0.2")
    assert rows["gender"]["woman"].change.is_points


def test_against_another_group_its_own_list_is_held_against_that_group(snapshot):
    found, rows = lists(snapshot, "women_share", Comparison.read("campus:Alcoi"), Filters.of({"campus": ["Vera"]}))
    assert (found.change.now, found.change.before) == (1, 0)
    assert rows["campus"]["Vera"].change.amount == 1
    assert rows["campus"]["Alcoi"].change.amount == 0


def test_against_a_target_a_share_says_its_distance_and_a_count_only_as_a_whole(snapshot):
    found, rows = lists(snapshot, "online_share", Comparison("target"))
    assert found.change.amount == rows["campus"]["Vera"].change.amount == Decimal("0.4")  # 100 % against 60 %
    found, rows = lists(snapshot, "courses_certified", Comparison("target"))
    # 125 of the 260 days from 13-10-2025 to 30-06-2026 had gone by
    assert found.change.before == Decimal(27) * 125 / 260
    assert all(row.change is None for row in rows["campus"].values())


def test_a_metric_is_only_held_against_what_it_has():
    assert "target" not in kinds_for(METRICS["enrolments"]) and "booking" in kinds_for(METRICS["enrolments"])
    assert "target" in kinds_for(METRICS["online_share"]) and "booking" not in kinds_for(METRICS["online_share"])


def test_the_row_that_changed_most_stands_out(snapshot):
    found = rank(snapshot, METRICS["enrolments"], EVERYTHING, Comparison("none"))
    assert stands_out(found.boards)[1].value == "Vera"
    spans = spans_of(snapshot, EVERYTHING.within(date(2026, 2, 8), date(2026, 2, 14)))
    found = rank(snapshot, METRICS["enrolments"], EVERYTHING, Comparison("previous"), spans)
    dimension, row = stands_out(found.boards)
    assert abs(row.change.amount) == 1 and dimension == "campus"


@pytest.mark.parametrize("key", ["previous", "none", "campus:Alcoi", "course:1:2"])
def test_a_comparison_is_written_and_read_alike(key):
    assert Comparison.read(key).key == key
