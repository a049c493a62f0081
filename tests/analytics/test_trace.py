"""A figure's query gives the figure again, and its rows lead to lines of files."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.metrics import METRICS
from analytics.trace import Row, Trace, conditions_of, count_again, count_by, find_rows, trace_metric
from tests.analytics.small_build import small_snapshot

ENROLMENTS = [
    {"row_key": "enrolments-2", "result": "passed", "certified_on": date(2026, 1, 10)},
    {"row_key": "enrolments-10", "result": "passed"},
    {"row_key": "enrolments-3", "result": "failed"},
]


@pytest.fixture
def snapshot(tmp_path):
    return small_snapshot(tmp_path, edition=[{}], enrolment=ENROLMENTS)


def test_what_an_aggregate_asks_of_a_row_is_read_from_it():
    assert conditions_of("count(*) filter (where a and (b or c))") == ["a and (b or c)"]
    assert conditions_of("if(count(*) filter (where a) = 0, 0, sum(x) filter (where a))") == ["a"]
    assert conditions_of("sum(x)") == []


def test_a_condition_that_is_never_closed_is_refused():
    with pytest.raises(ValueError):
        conditions_of("count(*) filter (where a")


def test_a_count_is_counted_again(snapshot):
    assert count_again(snapshot, trace_metric(METRICS["credentials_issued"])) == 1


def test_a_ratio_is_counted_again_from_both_its_sides(snapshot):
    # Two of the three that were assessed have passed.
    assert count_again(snapshot, trace_metric(METRICS["pass_rate"])) == Decimal(2) / 3


def test_a_ratio_of_nothing_is_unknown(snapshot):
    trace = trace_metric(METRICS["pass_rate"], "course = $course", {"course": "nobody"})
    assert count_again(snapshot, trace) is None


def test_the_rows_of_a_figure_are_lines_of_files_in_their_order(snapshot):
    trace = Trace("enrolment", "count(*) filter (where result = 'passed')")
    assert find_rows(snapshot, trace) == [
        Row("enrolments-2", "enrolments.csv", None, 2), Row("enrolments-10", "enrolments.csv", None, 10),
    ]


def test_only_the_values_that_a_query_names_are_bound():
    trace = Trace("enrolment", "count(*)", "course = $course", (("course", "1"), ("course_later", "2")))
    assert trace.bound(trace.sql) == {"course": "1"}


def test_several_aggregates_are_counted_by_group_at_once(snapshot):
    traces = {"all": Trace("enrolment", "count(*)"), "ects": Trace("enrolment", "sum(ects)")}
    found = count_by(snapshot, traces, "course")
    assert found == {"100001": {"all": 3, "ects": Decimal("6.00")}}
