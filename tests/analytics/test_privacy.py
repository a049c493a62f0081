"""Privacy: no small count can be worked out from what is published; an exact attacker tries."""

import doctest
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import privacy
from analytics.privacy import (
    Published,
    Symbol,
    adds_up,
    no_more_than,
    rate_is_shown,
    suppress,
    with_difference,
)
from analytics.suppression import CannotProtect, Hiding
from tests.analytics.attacker import Attack, known, weak_cells

SMALL, HIDDEN = Symbol.SMALL, Symbol.HIDDEN
GENDERS = ("woman", "man", "non_binary")


def table(cells: dict[str, int], name: str, rows, columns, count) -> list[dict[str, int]]:
    """Puts the cells and totals of rows × columns into `cells`; gives what adds up to what."""
    for row in rows:
        for column in columns:
            cells[f"{name}.{row}.{column}"] = count(row, column)
        cells[f"{name}.{row}.all"] = sum(count(row, column) for column in columns)
    for column in (*columns, "all"):
        cells[f"{name}.all.{column}"] = sum(cells[f"{name}.{row}.{column}"] for row in rows)
    return [
        *(adds_up(f"{name}.{row}.all", [f"{name}.{row}.{column}" for column in columns]) for row in (*rows, "all")),
        *(adds_up(f"{name}.all.{column}", [f"{name}.{row}.{column}" for row in rows]) for column in (*columns, "all")),
    ]


def programme(people: dict[tuple[str, str, bool, bool], int]) -> Published:
    """Entries, those of them in digital skills and those passed, each by course and gender, and all differences."""
    courses, genders = sorted({key[0] for key in people}), sorted({key[1] for key in people})
    kinds = {"entered": lambda key: True, "digital": lambda key: key[2], "passed": lambda key: key[3]}
    cells: dict[str, int] = {}
    relations = []
    for name, belongs in kinds.items():
        def count(course, gender, belongs=belongs):
            return sum(n for key, n in people.items() if key[:2] == (course, gender) and belongs(key))
        relations += table(cells, name, courses, genders, count)
    published = Published(cells, relations)
    for course in (*courses, "all"):
        for gender in (*genders, "all"):
            for name in ("digital", "passed"):
                part = f"{name}.{course}.{gender}"
                published = with_difference(published, f"entered.{course}.{gender}", [part], f"not {part}")
    return published


def programmes(sizes, courses=3):
    """Programmes of some courses, whose smallest groups have the given sizes."""
    course = st.sampled_from([f"c{number}" for number in range(courses)])
    keys = st.tuples(course, st.sampled_from(GENDERS), st.booleans(), st.booleans())
    return st.dictionaries(keys, st.sampled_from(sizes), min_size=1, max_size=9).map(programme)


# --- by hand


def test_the_example_of_the_module_is_true():
    assert doctest.testmod(privacy).failed == 0


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, SMALL), (4, SMALL), (5, 5), (1584, 1584)])
def test_one_to_four_are_small_and_a_zero_is_not(count, shown):
    assert suppress(Published({"a": count})) == {"a": shown}


def test_a_total_does_not_give_its_small_part_away():
    # 3 of 15: with 12 or 15 also printed, 15 - 12 = 3. The total is dearer by its weight, so the other part goes.
    published = Published({"women": 3, "men": 12, "all": 15}, [adds_up("all", ["women", "men"])], weights={"all": 4})
    assert suppress(published) == {"women": SMALL, "men": HIDDEN, "all": 15}


def test_two_small_parts_whose_sum_leaves_too_few_possibilities_are_hidden_further():
    # 1 + 2 of 103: 103 - 100 = 3 would leave only 1 and 2 to each.
    published = Published(
        {"women": 1, "non_binary": 2, "men": 100, "all": 103}, [adds_up("all", ["women", "non_binary", "men"])],
    )
    assert weak_cells(published, {"women": SMALL, "non_binary": SMALL, "men": 100, "all": 103}) == {
        "women": [1, 2], "non_binary": [1, 2],
    }
    shown = suppress(published)
    assert (shown["women"], shown["non_binary"]) == (SMALL, SMALL)
    assert HIDDEN in (shown["men"], shown["all"])


def test_a_small_total_does_not_say_that_each_of_its_parts_is_one():
    # Four times "<5" that make "<5" could only be 1 + 1 + 1 + 1 = 4.
    cells = {"a": 1, "b": 1, "c": 1, "d": 1, "all": 4}
    published = Published(cells, [adds_up("all", "abcd")])
    assert set(weak_cells(published, dict.fromkeys(cells, SMALL))) == set(cells)
    assert suppress(published) == dict.fromkeys("abcd", SMALL) | {"all": HIDDEN}


def test_every_hidden_cell_of_a_table_is_needed():
    # 3 women of course a: 12 men in its row, 40 women in its column, and 60 men where those cross.
    counts = {("a", "women"): 3, ("a", "men"): 12, ("b", "women"): 40, ("b", "men"): 60}
    cells: dict[str, int] = {}
    relations = table(cells, "t", ["a", "b"], ["women", "men"], lambda *key: counts[key])
    totals = dict.fromkeys([name for name in cells if "all" in name], 4)
    published = Published(cells, relations, weights=totals)
    shown = suppress(published)
    assert {name for name, value in shown.items() if value == HIDDEN} == {"t.a.men", "t.b.women", "t.b.men"}
    for name in ("t.a.men", "t.b.women", "t.b.men"):
        assert weak_cells(published, shown | {name: cells[name]}) == {"t.a.women": [3]}


def test_two_tables_cannot_be_subtracted():
    # 17 of 20 are in digital skills: 3 are not, which stands nowhere.
    published = with_difference(Published({"all": 20, "digital": 17}), "all", ["digital"], "the others")
    assert weak_cells(published, {"all": 20, "digital": 17}) == {"the others": [3]}
    shown = suppress(published)
    assert sorted(shown) == ["all", "digital"]
    assert HIDDEN in shown.values()


def test_half_years_cannot_be_subtracted_from_what_has_accumulated():
    # Women: 40 so far, 38 of them in this half-year, so 2 before; men: 50, 30, so 20 before.
    cells = {"so_far.women": 40, "so_far.men": 50, "so_far.all": 90, "now.women": 38, "now.men": 30, "now.all": 68}
    published = Published(
        cells, [adds_up(f"{scope}.all", [f"{scope}.women", f"{scope}.men"]) for scope in ("so_far", "now")],
    )
    for group in ("women", "men", "all"):
        published = with_difference(published, f"so_far.{group}", [f"now.{group}"], f"before.{group}")
    assert weak_cells(published, cells) == {"before.women": [2]}
    assert weak_cells(published, suppress(published)) == {}


def test_a_count_that_stands_in_two_tables_is_hidden_in_both():
    # 12 men are hidden for the 3 women of the first table; the second has the same 12, with 30 others.
    published = Published(
        {"women": 3, "men": 12, "all": 15, "men_again": 12, "others": 30, "everybody": 42},
        [adds_up("all", ["women", "men"]), adds_up("men", ["men_again"]),
         adds_up("everybody", ["men_again", "others"])],
        weights={"all": 50, "everybody": 50},
    )
    shown = suppress(published)
    assert [shown[name] for name in ("men", "men_again", "others")] == [HIDDEN] * 3
    assert (shown["all"], shown["everybody"]) == (15, 42)


def test_persons_are_known_to_be_no_more_than_their_enrolments():
    # 3 persons with 3 enrolments: "at most 3" must not be what a reader can say of the persons.
    published = no_more_than(Published({"persons": 3, "enrolments": 3}), "persons", "enrolments")
    assert suppress(published) == {"persons": SMALL, "enrolments": SMALL}
    assert weak_cells(published, {"persons": SMALL, "enrolments": 3}) == {"persons": [1, 2, 3], "enrolments": [3]}



def test_what_counts_nobody_is_not_small():
    assert suppress(Published({"courses": 3}, harmless=frozenset({"courses"}))) == {"courses": 3}


def test_what_was_published_before_is_known():
    # 100 were printed half a year ago; 102 now would tell that 2 have come since.
    then = Published({"then": 100, "now": 102}, before={"then": 100})
    assert suppress(with_difference(then, "now", ["then"], "since")) == {"then": 100, "now": HIDDEN}


def test_what_cannot_be_protected_any_more_is_refused():
    both = Published({"then": 100, "now": 102}, before={"then": 100, "now": 102})
    with pytest.raises(CannotProtect, match="since"):
        suppress(with_difference(both, "now", ["then"], "since"))


def test_relations_that_do_not_hold_are_refused():
    with pytest.raises(ValueError, match="does not add up"):
        suppress(Published({"a": 1, "b": 5, "all": 7}, [adds_up("all", ["a", "b"])]))


def test_a_rate_needs_ten_people_and_counts_that_are_shown():
    assert rate_is_shown(10, 7, 10)
    assert not rate_is_shown(9, 7, 9)
    assert not rate_is_shown(30, SMALL, 30)
    assert not rate_is_shown(30, 28, HIDDEN)




# --- for all programmes


@settings(max_examples=40, deadline=None)
@given(programmes([1, 2, 3, 4, 5, 8, 20]))
def test_the_attacker_never_narrows_a_small_count(published):
    assert weak_cells(published, suppress(published)) == {}


@settings(max_examples=40, deadline=None)
@given(programmes([5, 6, 9, 30], courses=4))
def test_nothing_is_hidden_when_nothing_is_small(published):
    assert suppress(published) == {
        name: value for name, value in published.cells.items() if name not in published.unprinted
    }


@settings(max_examples=40, deadline=None)
@given(programmes([1, 3, 4, 5, 7, 30]), st.randoms(use_true_random=False))
def test_what_is_shown_is_true_and_does_not_depend_on_the_order(published, chance):
    shown = suppress(published)
    for name, value in shown.items():
        low, high = known(published.cells[name], value)
        assert low <= published.cells[name] <= high
        assert value == 0 or published.cells[name] != 0
    cells, relations = list(published.cells.items()), [*published.relations]
    chance.shuffle(cells)
    chance.shuffle(relations)
    shuffled = Published(dict(cells), relations, published.unprinted)
    assert suppress(shuffled) == shown


@settings(max_examples=40, deadline=None)
@given(programmes([1, 3, 4, 5, 7, 30]))
def test_no_sum_is_short_of_just_one_number(published):
    shown = suppress(published)
    for relation in published.relations:
        if not relation.keys() & published.unprinted:
            assert sum(isinstance(shown[name], Symbol) for name in relation) != 1




def test_a_whole_pack_is_proved_by_its_witnesses():
    """2,000 cells: every value that a small count may have is shown to be possible, in whole numbers, cell by cell."""
    chance = random.Random(4)
    sizes = (0, 0, 1, 2, 3, 6, 10, 25)
    published = programme({
        (f"c{course}", gender, digital, passed): chance.choice(sizes)
        for course in range(85) for gender in GENDERS for digital in (True, False) for passed in (True, False)
    })
    assert len(published.cells) > 1_700
    problem = privacy.state_problem(published)
    hiding = Hiding(problem)
    hiding.hide()
    shown, names = suppress(published), sorted(published.cells)
    relations_of = {name: [one for one in published.relations if name in one] for name in names}
    for cell, found in hiding.witnesses.items():
        name = names[cell]
        assert published.is_small(name)
        assert len(found) >= 4
        assert shown.get(name) != SMALL or found.keys() == {1, 2, 3, 4}
        for value, change in found.items():
            prove(published, relations_of, shown, {names[one]: by for one, by in change.items()})
            assert published.cells[name] + change.get(cell, 0) == value


def prove(published: Published, relations_of, shown, change: dict[str, int]) -> None:
    """That a witness meets everything shown and every relation."""
    for name, by in change.items():
        low, _ = known(published.cells[name], shown.get(name))
        assert isinstance(by, int)
        assert published.cells[name] + by >= low
        assert name in published.unprinted or isinstance(shown[name], Symbol)
        assert shown.get(name) != SMALL or published.cells[name] + by <= 4
        for relation in relations_of[name]:
            assert sum(times * change.get(other, 0) for other, times in relation.items()) == 0


def test_the_attacker_finds_what_there_is_to_find():
    # a + b = 7 with "<5" and "·" of 5 or more: b is 5 or 6, so a is 2 or 1.
    published = Published({"a": 2, "b": 5, "all": 7}, [adds_up("all", ["a", "b"])])
    attack = Attack(published, {"a": SMALL, "b": HIDDEN, "all": 7})
    assert attack.possible_values("a") == [1, 2]
