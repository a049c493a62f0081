"""A cut holds a number of a figure: worked out by hand on three enrolments in two editions."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.cut import WHOLE, Cut, can_hold, measure_cut, read_held, side_of, trace_cut
from analytics.filters import EVERYTHING
from analytics.metrics import METRICS
from analytics.other_counts import COUNTED
from analytics.periods import HalfYear
from analytics.trace import count_again, narrow
from tests.analytics.small_build import small_snapshot

HALF = HalfYear(2025, 2)
EDITIONS = [{"centre": "ETSINF", "places": 4}, {"course_id": "100002", "centre": "ETSII", "places": 6}]
# Two women and a man; the man in the second edition.
ENROLMENTS = [
    {"enrolment_id": "1", "person_key": "a", "gender": "woman", "enrolled_on": date(2025, 10, 1)},
    {"enrolment_id": "2", "person_key": "b", "gender": "woman", "enrolled_on": date(2025, 10, 20)},
    {"enrolment_id": "3", "person_key": "c", "gender": "man", "course_id": "100002"},
]


@pytest.fixture
def snapshot(tmp_path):
    return small_snapshot(tmp_path, edition=EDITIONS, enrolment=ENROLMENTS)


@pytest.mark.parametrize(
    ("metric", "cut", "value"),
    [
        ("enrolments", WHOLE, 3),
        ("enrolments", Cut((("centre", "ETSINF"),)), 2),
        ("enrolments", Cut((("centre", "ETSINF"), ("gender", "man"))), 0),
        ("enrolments", Cut(part=("gender", "woman")), Decimal(2) / 3),
        ("enrolments", Cut((("centre", "ETSII"),), part=("gender", "woman")), 0),
        ("enrolments", Cut(side="per_edition"), Decimal(3) / 2),
        ("enrolments", Cut((("centre", "ETSII"),), side="per_edition"), 1),
        ("fill_rate", Cut((("centre", "ETSINF"),)), Decimal("0.5")),
        ("fill_rate", Cut((("centre", "ETSINF"),), side="denominator"), 4),
        ("fill_rate", Cut((("edition_id", "100002/1"),), side="numerator"), 1),
        ("editions_offered", Cut((("gender", "man"),)), 2),  # an edition has no gender
    ],
)
def test_the_number_of_a_cut(metric, cut, value, snapshot):
    assert count_again(snapshot, trace_cut(COUNTED[metric], EVERYTHING, HALF, cut)) == value


def test_a_cut_by_dimensions_is_measured_as_a_page_does_and_no_other(snapshot):
    cut = Cut((("centre", "ETSINF"),), side="denominator")
    found = measure_cut(snapshot, METRICS["fill_rate"], EVERYTHING, HALF, cut)
    assert (found.numerator, side_of(found, cut.side), side_of(found, "")) == (2, 4, Decimal("0.5"))
    for other in (Cut(part=("gender", "man")), Cut((("edition_id", "100002/1"),)), Cut(side="per_edition")):
        assert measure_cut(snapshot, METRICS["enrolments"], EVERYTHING, HALF, other) is None


def test_a_side_that_is_not_there_is_refused(snapshot):
    with pytest.raises(ValueError, match="denominator"):
        trace_cut(METRICS["enrolments"], EVERYTHING, HALF, Cut(side="denominator"))


def test_a_link_is_read_without_what_it_cannot_mean():
    said = ["centre:A:B", "edition_id:100001/1", "nothing:1", "starts_by:soon", "booked_before:99999999", "centre"]
    assert read_held(said) == (("centre", "A:B"), ("edition_id", "100001/1"), ("centre", ""))
    assert can_hold(("gender", "man"), METRICS["enrolments"])
    assert not can_hold(("gender", "man"), METRICS["editions_offered"])


def test_an_aggregate_is_narrowed_in_every_one_of_its_conditions():
    assert narrow("count(*) filter (where a or b)", "c") == "count(*) filter (where (a or b) and (c))"
    assert narrow("if(count(*) filter (where f(a)) = 0, 0, sum(x) filter (where f(a)))", "c") == (
        "if(count(*) filter (where (f(a)) and (c)) = 0, 0, sum(x) filter (where (f(a)) and (c)))"
    )
