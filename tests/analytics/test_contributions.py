"""Contributions: worked by hand, and adding up exactly whatever the groups."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.contributions import SEVERAL, can_take_apart, explain, take_apart
from analytics.filters import EVERYTHING
from analytics.metrics import METRICS
from analytics.tally import Span, tally
from tests.analytics.small_build import small_snapshot

COUNT, SHARE, DISTINCT = METRICS["enrolments"], METRICS["women_share"], METRICS["learners"]
GROUPS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 50), max_size=6)
# (numerator, denominator) with the numerator within it, and a group of learners without any place
PAIRS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair)))
RATIOS = st.dictionaries(st.sampled_from("abcdef"), st.one_of(PAIRS, st.just((3, 0))), max_size=6)


def test_a_count_is_taken_apart_into_what_each_group_has_more():
    before, now = {"a": (10, None), "b": (5, None)}, {"a": (4, None), "c": (3, None)}
    found = take_apart(COUNT, "campus", before, now, ((15, None), (7, None)))
    assert [(part.value, part.total) for part in found.parts] == [("a", -6), ("b", -5), ("c", 3)]
    assert (found.before, found.now, found.change) == (15, 7, -8)


def test_persons_of_several_groups_are_a_part_of_their_own():
    # Before: two in a, two in b, three persons in all, so one in both; now nobody is in both
    found = take_apart(DISTINCT, "campus", {"a": (2, None), "b": (2, None)}, {"a": (2, None)}, ((3, None), (2, None)))
    assert {part.value: part.total for part in found.parts} == {"b": -2, SEVERAL: 1, "a": 0}


def test_a_ratio_is_taken_apart_into_what_moved_inside_its_groups_and_what_moved_their_weight():
    # Before: a 5 of 10, b 9 of 10: 14 of 20, 70 %. Now: a 6 of 10, b 27 of 30: 33 of 40, 82.5 %
    before, now = {"a": (5, 10), "b": (9, 10)}, {"a": (6, 10), "b": (27, 30)}
    found = take_apart(SHARE, "campus", before, now, ((14, 20), (33, 40)))
    parts = {part.value: part for part in found.parts}
    # a: weight from 1/2 to 1/4, mean 3/8, value from 1/2 to 3/5. Mean of the whole: (7/10 + 33/40) / 2 = 61/80
    assert parts["a"].inside == Fraction(3, 8) * Fraction(1, 10)
    assert parts["a"].mix == Fraction(-1, 4) * (Fraction(11, 20) - Fraction(61, 80))
    assert parts["b"].inside == 0  # 90 % both times
    assert parts["b"].mix == Fraction(1, 4) * (Fraction(9, 10) - Fraction(61, 80))
    assert found.change == Fraction(33, 40) - Fraction(7, 10) == sum(part.total for part in found.parts)


def test_a_group_that_was_not_there_only_changes_the_mix():
    found = take_apart(SHARE, "campus", {"a": (5, 10)}, {"a": (5, 10), "b": (10, 10)}, ((5, 10), (15, 20)))
    assert [(part.value, part.inside) for part in found.parts if part.inside] == []
    assert found.mix == Fraction(1, 4)


def test_a_ratio_without_anything_under_it_is_not_taken_apart():
    assert take_apart(SHARE, "campus", {}, {"a": (1, 2)}, ((0, 0), (1, 2))) is None


@given(before=GROUPS, now=GROUPS, overlap=st.tuples(st.integers(-9, 0), st.integers(-9, 0)))
def test_the_parts_of_an_amount_add_up_exactly(before, now, overlap):
    wholes = tuple((sum(side.values()) + more, None) for side, more in zip((before, now), overlap, strict=True))
    sides = ({key: (value, None) for key, value in side.items()} for side in (before, now))
    found = take_apart(COUNT, "campus", *sides, wholes)
    assert found.before + sum(part.total for part in found.parts) == found.now == wholes[1][0]


@given(before=RATIOS, now=RATIOS)
def test_the_parts_of_a_ratio_add_up_exactly(before, now):
    wholes = tuple(tuple(sum(pair[side] for pair in groups.values()) for side in (0, 1)) for groups in (before, now))
    found = take_apart(SHARE, "campus", before, now, wholes)
    if not (wholes[0][1] and wholes[1][1]):
        assert found is None
        return
    inside, mix = (sum((getattr(part, name) for part in found.parts), Fraction(0)) for name in ("inside", "mix"))
    assert inside + mix == Fraction(*wholes[1]) - Fraction(*wholes[0])


@given(before=RATIOS, now=RATIOS)
def test_the_inside_of_a_ratio_is_its_mean_weight_times_its_change(before, now):
    """By the formula of the books, where a group has something under it both times."""
    wholes = tuple(tuple(sum(pair[side] for pair in groups.values()) for side in (0, 1)) for groups in (before, now))
    found = take_apart(SHARE, "campus", before, now, wholes)
    for part in found.parts if found else []:
        if part.before[1] and part.now[1]:
            weights = Fraction(part.before[1], wholes[0][1]) + Fraction(part.now[1], wholes[1][1])
            assert part.inside == weights / 2 * (Fraction(*part.now) - Fraction(*part.before))


def test_the_dimension_whose_groups_moved_least_evenly_comes_first(tmp_path):
    # October: a woman and a man at each of two campuses; November: two women at each. Gender moved, campus did not.
    october, november = date(2025, 10, 6), date(2025, 11, 5)
    rows = [
        {"course_id": campus, "gender": gender, "enrolled_on": day}
        for campus in ("Vera", "Alcoi")
        for day, genders in ((october, ("woman", "man")), (november, ("woman", "woman")))
        for gender in genders
    ]
    snapshot = small_snapshot(
        tmp_path, edition=[{"course_id": name, "campus": name} for name in ("Vera", "Alcoi")], enrolment=rows
    )
    spans = {"before": Span(date(2025, 10, 1), date(2025, 10, 31)), "now": Span(date(2025, 11, 1), date(2025, 11, 30))}
    counted = tally(snapshot, COUNT, EVERYTHING, ["campus", "gender"], spans)
    found = explain(counted, "now", counted, "before", ["campus", "gender"])
    assert [one.dimension for one in found] == ["gender", "campus"]
    assert {part.value: part.total for part in found[0].parts} == {"woman": 2, "man": -2}


@pytest.mark.parametrize(
    ("key", "can"),
    [("enrolments", True), ("learners", True), ("women_share", True), ("endorsed_course_share", False)],
)
def test_a_ratio_of_different_courses_is_not_taken_apart(key, can):
    assert can_take_apart(METRICS[key]) is can
