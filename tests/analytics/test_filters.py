"""Filters: equal when they ask the same, bound and never glued, and honest about what they cannot restrict."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.filters import EVERYTHING, Filters
from analytics.measure import measure, measure_one
from analytics.metrics import METRICS
from tests.analytics.small_build import small_snapshot

EDITIONS = [
    {"course_id": "1", "campus": "Vera", "starts_on": date(2025, 10, 13)},
    {"course_id": "2", "campus": "Alcoi", "starts_on": date(2025, 11, 3)},
    {"course_id": "3", "campus": None, "starts_on": date(2026, 1, 12)},
]
ENROLMENTS = [
    {"course_id": "1", "gender": "woman"},
    {"course_id": "1", "gender": "man"},
    {"course_id": "2", "gender": None},
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return small_snapshot(tmp_path_factory.mktemp("builds"), edition=EDITIONS, enrolment=ENROLMENTS)


def value(snapshot, key: str, filters: Filters) -> int:
    return measure_one(snapshot, METRICS[key], filters).value


def test_the_order_in_which_values_are_chosen_does_not_matter():
    assert Filters.of({"campus": ["Vera", "Alcoi"]}) == Filters.of({"campus": ["Alcoi", "Vera", "Vera"]})


def test_an_empty_choice_means_all():
    assert Filters.of({"campus": []}) == EVERYTHING


def test_a_dimension_that_does_not_exist_is_named_with_those_that_do():
    with pytest.raises(ValueError, match=r"colour is not a dimension.*campus"):
        Filters.of({"colour": ["red"]})


def test_two_values_of_a_dimension_mean_either(snapshot):
    assert value(snapshot, "editions_offered", Filters.of({"campus": ["Vera", "Alcoi"]})) == 2


def test_two_dimensions_mean_both(snapshot):
    assert value(snapshot, "enrolments", Filters.of({"campus": ["Vera"], "gender": ["woman"]})) == 1


def test_what_is_unknown_can_be_asked_for(snapshot):
    assert value(snapshot, "editions_offered", Filters.of({"campus": ["unknown"]})) == 1
    assert value(snapshot, "enrolments", Filters.of({"gender": ["unknown"]})) == 1


def test_both_ends_of_the_starts_are_included(snapshot):
    asked = Filters.of({}, date(2025, 10, 13), date(2025, 11, 3))
    assert value(snapshot, "editions_offered", asked) == 2
    assert value(snapshot, "enrolments", asked) == 3


def test_a_filter_on_learners_leaves_the_offer_as_it_is_and_says_so(snapshot):
    asked = Filters.of({"gender": ["woman"], "campus": ["Vera"]})
    assert value(snapshot, "editions_offered", asked) == 1
    assert asked.unheeded_by("edition") == ["gender"]
    assert asked.unheeded_by("enrolment") == []


def test_learners_of_a_filter_are_never_set_against_places_of_everybody(snapshot):
    assert value(snapshot, "fill_rate", Filters.of({"campus": ["Vera"]})) == Decimal("0.1")  # 2 of 20
    assert value(snapshot, "fill_rate", Filters.of({"gender": ["woman"]})) is None


@pytest.mark.parametrize("hostile", ["'; drop table edition; --", '" ; attach', "Vera' or '1'='1", "$as_of"])
def test_a_hostile_value_is_only_a_value(snapshot, hostile):
    assert value(snapshot, "editions_offered", Filters.of({"campus": [hostile]})) == 0
    assert value(snapshot, "editions_offered", EVERYTHING) == 3


def test_a_held_dimension_replaces_its_choice():
    asked = Filters.of({"campus": ["Vera"]}).also("campus", "Alcoi").also("gender", "man")
    assert (asked.values("campus"), asked.values("gender"), asked.values("centre")) == (("Alcoi",), ("man",), ())


def test_a_metric_that_cannot_be_split_says_by_what_it_can(snapshot):
    with pytest.raises(ValueError, match=r"editions_offered cannot be split by gender.*campus"):
        measure(snapshot, [METRICS["editions_offered"]], by=["gender"])
    with pytest.raises(ValueError, match="colour is not a dimension"):
        measure(snapshot, [METRICS["editions_offered"]], by=["colour"])


def test_what_is_left_out_does_not_count_and_the_rest_does(snapshot):
    assert value(snapshot, "editions_offered", Filters.of({}, excluded={"campus": ["Vera"]})) == 2
    assert value(snapshot, "enrolments", Filters.of({}, excluded={"campus": ["Vera", "Alcoi"]})) == 0
    assert value(snapshot, "enrolments", Filters.of({"campus": ["Vera"]}, excluded={"gender": ["man"]})) == 1


def test_leaving_out_learners_leaves_the_offer_as_it_is_and_says_so(snapshot):
    asked = Filters.of({}, excluded={"gender": ["man"]})
    assert value(snapshot, "editions_offered", asked) == 3
    assert asked.unheeded_by("edition") == ["gender"]
    assert value(snapshot, "fill_rate", asked) is None


@pytest.mark.parametrize("hostile", ["'; drop table edition; --", "Vera' or '1'='1"])
def test_a_hostile_value_leaves_nothing_out(snapshot, hostile):
    assert value(snapshot, "editions_offered", Filters.of({}, excluded={"campus": [hostile]})) == 3


def test_a_dimension_is_let_go_of_whether_chosen_or_left_out():
    asked = Filters.of({"campus": ["Vera"]}, excluded={"campus": ["Alcoi"], "gender": ["man"]})
    assert asked.dimensions == ("campus", "gender")
    assert asked.without("campus") == Filters.of({}, excluded={"gender": ["man"]})
    assert asked.also("campus", "Gandia").values_left_out("campus") == ()


def test_a_span_is_of_the_date_of_each_metric(tmp_path):
    enrolled = [date(2025, 10, 1), date(2025, 10, 20), date(2025, 11, 5), None]
    snapshot = small_snapshot(
        tmp_path, edition=EDITIONS, enrolment=[{"course_id": "1", "enrolled_on": day} for day in enrolled]
    )
    october = EVERYTHING.within(date(2025, 10, 2), date(2025, 10, 31))
    enrolments, editions = measure(snapshot, [METRICS["enrolments"], METRICS["editions_offered"]], october)
    # One enrolment on the 20th; one edition starts on the 13th, whatever its learners did
    assert (enrolments.value, editions.value) == (1, 1)
    assert value(snapshot, "enrolments", EVERYTHING.within(date(2025, 10, 20), None)) == 2
    assert value(snapshot, "enrolments", EVERYTHING.within(None, date(2025, 10, 20))) == 2
