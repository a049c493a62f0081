"""Money of a public pack: how far a sum is rounded, and when it is not told at all."""

from decimal import Decimal

import pytest

from analytics.privacy import Symbol
from analytics.suppression import CannotProtect
from reports.public_money import Rounded, Sum, keep_told, round_sums

FOUR_VALUES = {"a": {value: {"a": value - 2, "b": 2 - value} for value in (1, 2, 3, 4)}}


def told(amount, people, each, shown=Symbol.SMALL, price=Decimal(100)):
    sums = {"paid": Sum(Decimal(amount), people, (each, {}))}
    return round_sums(sums, FOUR_VALUES, price, {"a": shown})["paid"]


def test_a_sum_is_rounded_to_a_thousand_when_every_world_rounds_to_the_same():
    # One more of a at 200 for one fewer of b at 100 adds 100: with 1, 2, 3 or 4 of a from 12,100 to 12,400.
    assert told("12200", 40, {"a": Decimal(200), "b": Decimal(100)}) == Rounded(12_000, 1_000)


def test_a_sum_at_the_edge_of_its_step_is_rounded_further():
    # 12,450: with 4 of a it would be 12,650, which rounds to 13,000; with steps of 2,000 all round to 12,000.
    assert told("12450", 40, {"a": Decimal(200), "b": Decimal(100)}) == Rounded(12_000, 2_000)


def test_the_step_is_at_least_four_times_the_highest_price():
    assert told("123456.78", 40, {}, price=Decimal(600)) == Rounded(125_000, 5_000)


def test_a_sum_of_fewer_than_ten_people_is_not_told():
    assert told("900", 9, {}) == Symbol.HIDDEN


def test_a_sum_of_nothing_is_nothing():
    assert told("0", 0, {}) == 0


def test_one_more_world_than_four_may_be_lost_of_a_count_that_is_not_printed():
    worlds = {"left": {value: {"a": value} for value in range(5)}}
    sums = {"paid": Sum(Decimal("12450"), 40, ({"a": Decimal(13)}, {}))}
    # 12,450 + 4 × 13 = 12,502 rounds up; the four others stay.
    assert round_sums(sums, worlds, Decimal(100), {})["paid"] == Rounded(12_000, 1_000)


@pytest.mark.parametrize("told", ["≈ 12.000 €", "≈ €12,000"])
def test_a_sum_of_an_earlier_pack_stays_possible_or_nothing_is_told(told):
    # 12,200 was told as 12,000. One more of a adds 200, so that 4 of them would make it 12,600, which rounds to 13,000.
    sums = {"paid": Sum(Decimal("12200"), 40, ({"a": Decimal(200)}, {}))}
    with pytest.raises(CannotProtect, match="a"):
        keep_told(sums, {"paid": told}, FOUR_VALUES, Decimal(100), {"a": Symbol.SMALL})
    sums = {"paid": Sum(Decimal("11900"), 40, ({"a": Decimal(200)}, {}))}
    assert keep_told(sums, {"paid": told}, FOUR_VALUES, Decimal(100), {"a": Symbol.SMALL}) == FOUR_VALUES
    assert keep_told(sums, {"paid": Symbol.HIDDEN}, FOUR_VALUES, Decimal(100), {"a": Symbol.SMALL}) == FOUR_VALUES
