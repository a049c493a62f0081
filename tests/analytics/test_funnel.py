"""The funnel, worked out by hand on eight applications of six people."""

from datetime import date
from decimal import Decimal

from analytics.funnel import funnels, trace_step
from analytics.measure import measure_one
from analytics.metrics import METRICS
from analytics.trace import count_again
from tests.analytics.small_build import small_snapshot

PASSED = {"result": "passed", "certified_on": date(2026, 1, 10)}
ROWS = [
    {"person_key": "ana"} | PASSED,
    {"person_key": "ana", "course_id": "100002"} | PASSED,
    {"person_key": "bea", "result": "passed"},
    {"person_key": "carla", "result": "failed"},
    {"person_key": "dora", "result": "not_presented"},
    {"person_key": "eva", "state": "waiting_list", "enrolled_on": None, "applied_on": date(2025, 10, 1)},
    {"person_key": "fina", "state": "cancelled", "cancelled_on": date(2025, 10, 25)},
    {"person_key": "fina", "course_id": "100002", "applied_on": date(2026, 3, 1), "enrolled_on": date(2026, 3, 1)},
]


def make(tmp_path):
    return small_snapshot(tmp_path, edition=[{}, {"course_id": "100002"}], enrolment=ROWS)


def test_each_step_of_the_whole_counts_enrolments_and_people(tmp_path):
    whole = funnels(make(tmp_path))[0]
    assert whole.enrolments == {
        "applications": 7, "enrolments": 5, "entries": 5, "assessed": 4, "passed": 3, "credentials_issued": 2,
        "waiting_list": 1, "cancelled": 1, "no_shows": 1,
    }
    assert whole.persons == {
        "applications": 6, "enrolments": 4, "entries": 4, "assessed": 3, "passed": 2, "credentials_issued": 1,
        "waiting_list": 1, "cancelled": 1, "no_shows": 1,
    }


def test_a_rate_is_of_the_step_before(tmp_path):
    whole = funnels(make(tmp_path))[0]
    assert whole.rate("passed") == Decimal("0.75")
    assert whole.rate("passed", "persons") == Decimal(2) / 3
    assert whole.rate("applications") is None
    assert whole.rate("waiting_list") is None


def test_a_course_counts_its_own(tmp_path):
    course = next(one for one in funnels(make(tmp_path)) if one.course == "100002")
    assert (course.enrolments["applications"], course.enrolments["credentials_issued"]) == (1, 1)


def test_the_parts_of_the_courses_add_up_to_the_whole_in_enrolments(tmp_path):
    whole, *courses = funnels(make(tmp_path))
    for step, number in whole.enrolments.items():
        assert sum(course.enrolments[step] for course in courses) == number


def test_the_query_of_a_step_gives_the_step(tmp_path):
    snapshot = make(tmp_path)
    for course in funnels(snapshot):
        for step in course.persons:
            assert count_again(snapshot, trace_step(step, "persons", course.course)) == course.persons[step]


def test_a_step_that_is_a_metric_is_that_metric(tmp_path):
    snapshot = make(tmp_path)
    whole = funnels(snapshot)[0]
    for key in ("applications", "enrolments", "entries", "credentials_issued"):
        assert whole.enrolments[key] == measure_one(snapshot, METRICS[key]).value


def test_without_enrolments_nothing_is_known_of_the_funnel(tmp_path):
    found = funnels(small_snapshot(tmp_path, exports=("catalogue",), edition=[{}]))
    assert set(found[0].enrolments.values()) == {None}
    assert found[0].rate("entries") is None
