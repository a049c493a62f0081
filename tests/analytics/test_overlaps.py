"""Overlaps: counts that share people, parted by who is in which, with all that can be subtracted guarded."""

from analytics.members import left_by_subtraction, part_by
from analytics.overlaps import Family, join_same, state_overlaps
from analytics.privacy import Published, Symbol, suppress
from tests.analytics.attacker import weak_cells


def people(*numbers: int) -> int:
    return sum(1 << number for number in numbers)


# 35 applied: 29 are enrolled (0-28), 5 wait (29-33), 1 has cancelled (34); 30 entered: the enrolled and that one.
STEPS = {
    "applied": people(*range(35)), "enrolled": people(*range(29)), "waiting": people(*range(29, 34)),
    "cancelled": people(34), "entered": people(*range(29), 34),
}


def test_people_are_parted_by_the_counts_that_they_are_in():
    parts = {inside: them.bit_count() for inside, them in part_by(STEPS).items()}
    assert parts == {
        frozenset({"applied", "enrolled", "entered"}): 29, frozenset({"applied", "waiting"}): 5,
        frozenset({"applied", "cancelled", "entered"}): 1,
    }


def test_what_is_left_of_few_people_is_found():
    # applied - enrolled - waiting = 1 (34), and so is entered - enrolled; no other difference is of four or fewer.
    assert left_by_subtraction(list(STEPS.values()), 4) == {people(34)}


def test_counts_of_the_same_people_go_by_the_first_name_and_nobody_is_not_the_same():
    assert join_same({"a": people(1), "b": people(1), "c": 0, "d": 0}) == {"a": "a", "b": "a", "c": "c", "d": "d"}


def test_steps_of_one_course_cannot_be_subtracted():
    published = state_overlaps(Published({}), STEPS, [list(STEPS)])
    told = {name: them.bit_count() for name, them in STEPS.items()}
    assert weak_cells(published, told | {"cancelled": Symbol.SMALL})["cancelled"] == [1]
    assert weak_cells(published, suppress(published)) == {}


def test_a_difference_that_no_group_is_alone_is_guarded_too():
    # Of 20 who applied 2 wait and 2 have cancelled, so that 4 are not enrolled, whom no column counts.
    steps = {"applied": people(*range(20)), "enrolled": people(*range(16)), "waiting": people(16, 17)}
    published = state_overlaps(Published({}), steps, [list(steps)])
    assert {published.cells[name] for name in published.cells if " left " in name} == {2, 4}
    assert weak_cells(published, suppress(published)) == {}


def test_families_are_tied_to_the_whole_by_the_steps_that_both_count():
    # Course a: 12 applied, 10 enrolled; course b: 40 and 40. All: 52 and 50, of whom 47 have the right and 3 have not.
    members = {
        "a.applied": people(*range(12)), "a.enrolled": people(*range(10)), "b.applied": people(*range(12, 52)),
        "applied": people(*range(52)), "enrolled": people(*range(10), *range(12, 52)),
        "right": people(*range(10), *range(12, 49)), "none": people(49, 50, 51),
    }
    families = [
        Family(members["a.applied"], ["a.applied", "a.enrolled"]), Family(members["b.applied"], ["b.applied"]),
    ]
    whole = ["applied", "enrolled", "right", "none"]
    published = state_overlaps(Published({}), members, [whole], families, ["applied", "enrolled"])
    shown = suppress(published)
    assert shown["none"] == Symbol.SMALL
    assert Symbol.HIDDEN in (shown["a.applied"], shown["a.enrolled"])
    assert weak_cells(published, shown) == {}


def test_a_count_of_the_whole_that_counts_only_people_of_one_course_is_subtracted_from_that_course():
    # 7 entered course a, and all the 6 who were assessed are of it: the seventh is the one outside the age band.
    members = {
        "a.entered": people(*range(7)), "applied": people(*range(40)), "assessed": people(*range(6)),
        "outside": people(6),
    }
    families = [Family(people(*range(10)), ["a.entered", "assessed"]), Family(people(*range(10, 40)), [])]
    whole = ["applied", "assessed", "outside"]
    published = state_overlaps(Published({}), members, [whole], families, ["applied", "assessed"])
    told = {name: them.bit_count() for name, them in members.items()}
    assert weak_cells(published, told | {"outside": Symbol.SMALL})["outside"] == [1]
    assert weak_cells(published, suppress(published)) == {}
