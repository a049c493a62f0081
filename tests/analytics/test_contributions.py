"""Contributions: worked by hand, and adding up exactly whatever the groups."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from analytics.comparison import groups_for
from analytics.contributions import PACE, SEVERAL, explain, explain_leads, explain_target, take_apart
from analytics.filters import EVERYTHING, Filters
from analytics.lead import leads
from analytics.metrics import METRICS
from analytics.tally import Span, Tally, tally
from reports.indicators import open_snapshot
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


def test_courses_that_several_groups_share_are_a_part_of_their_own():
    # Before: a and b each 1 of 2, the same course: 1 of 3 in all. Now: a 2 of 2, b 1 of 2, two courses: 2 of 3
    before, now = {"a": (1, 2), "b": (1, 2)}, {"a": (2, 2), "b": (1, 2)}
    found = take_apart(METRICS["endorsed_course_share"], "centre", before, now, ((1, 3), (2, 3)))
    parts = {part.value: part for part in found.parts}
    # a: the weight stays 2/3, the value from 1/2 to 1; b did not move; what is shared stays -1 of -1
    assert (parts["a"].inside, parts["a"].mix) == (Fraction(1, 3), 0)
    assert parts["b"].total == parts[SEVERAL].total == 0
    assert found.change == Fraction(1, 3)


@given(before=RATIOS, now=RATIOS, overlap=st.tuples(PAIRS, PAIRS))
def test_the_parts_of_a_ratio_with_shared_courses_add_up_exactly(before, now, overlap):
    wholes = tuple(
        tuple(sum(pair[side] for pair in groups.values()) - less[side] for side in (0, 1))
        for groups, less in zip((before, now), overlap, strict=True)
    )
    found = take_apart(METRICS["endorsed_course_share"], "centre", before, now, wholes)
    if found:
        assert sum(part.total for part in found.parts) == Fraction(*wholes[1]) - Fraction(*wholes[0])


def tally_of(metric, groups, whole):
    """Of one span, "now", by campus."""
    found = {("now", "campus", value): list(sides) for value, sides in groups.items()}
    return Tally(metric, True, found | {("now", "", ""): list(whole)})


def test_a_share_is_held_against_its_target_by_the_weight_of_its_groups():
    # 50 % wanted; a 8 of 10, b 9 of 30: 17 of 40. a: 1/4 × (80 % − 50 %), b: 3/4 × (30 % − 50 %)
    counted = tally_of(SHARE, {"a": (8, 10), "b": (9, 30)}, (17, 40))
    (found,) = explain_target(counted, "now", Decimal("0.5"), ["campus"])
    assert [(part.value, part.total) for part in found.parts] == [("b", Fraction(-3, 20)), ("a", Fraction(3, 40))]
    assert (found.before, found.change) == (Fraction(1, 2), Fraction(17, 40) - Fraction(1, 2))


def test_a_count_is_held_against_an_even_pace_that_has_no_groups():
    counted = tally_of(COUNT, {"a": (8, None), "b": (3, None)}, (11, None))
    (found,) = explain_target(counted, "now", Decimal("12.5"), ["campus"])
    assert [(part.value, part.total) for part in found.parts] == [(PACE, Fraction(-25, 2)), ("a", 8), ("b", 3)]
    assert found.change == Fraction(-3, 2)


def test_editions_to_come_are_held_against_those_of_their_group_and_its_group_against_all(tmp_path):
    # Two started: Vera had 4 with 10 days left, Alcoi 2. Each has one to come with 10 days left: Vera 5, Alcoi none.
    as_of = date(2026, 2, 15)
    starts = {"V1": as_of, "A1": as_of, "V2": as_of + timedelta(10), "A2": as_of + timedelta(10)}
    booked = {"V1": 4, "A1": 2, "V2": 5}
    snapshot = small_snapshot(
        tmp_path,
        edition=[
            {"course_id": name, "starts_on": day, "ends_on": None, "campus": "Vera" if name[0] == "V" else "Alcoi"}
            for name, day in starts.items()
        ],
        enrolment=[
            {"course_id": name, "enrolled_on": starts[name] - timedelta(12)}
            for name, count in booked.items() for _ in range(count)
        ],
    )
    (found,) = explain_leads(leads(snapshot, COUNT, EVERYTHING, ["campus"]), ["campus"])
    # The mean of all is 3 an edition: 6 in all against 5. Vera usually has 1 more, Alcoi 1 less.
    assert {part.value: (part.inside, part.mix) for part in found.parts} == {"Vera": (1, 1), "Alcoi": (-2, -1)}
    assert (found.before, found.now, found.change) == (6, 5, -1)


def test_parts_of_the_sample_against_the_start_and_the_targets_add_up(sample_builds):
    snapshot = open_snapshot(sample_builds)
    dimensions = groups_for(COUNT)
    for filters in (EVERYTHING, Filters.of({"delivery_group": ["online"]})):
        for found in explain_leads(leads(snapshot, COUNT, filters, dimensions), dimensions):
            assert found.before + sum(part.total for part in found.parts) == found.now, found.dimension
    for metric in (METRICS["online_share"], METRICS["credentials_issued_eligible"]):
        counted = tally(snapshot, metric, EVERYTHING, groups_for(metric), {"now": Span()})
        for found in explain_target(counted, "now", Decimal("0.6"), groups_for(metric)):
            assert found.before + sum(part.total for part in found.parts) == found.now, found.dimension
