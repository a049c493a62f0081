"""Targets: judged by what they promise, paced by the days that are gone."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.metrics import METRICS
from analytics.targets import Target, judge, load_targets, pace

MIX = Target("mix", "online_share", "about", Decimal("0.60"), "declared", tolerance=Decimal("0.05"))
FLOOR = Target("floor", "upv_academic_hours_share", "at_least", Decimal("0.50"), "declared")
# 100 days from start to deadline, 1,000 to reach: ten a day.
GOAL = Target(
    "goal",
    "credentials_issued",
    "by_deadline",
    Decimal(1000),
    "agreement",
    starts_on=date(2026, 1, 1),
    due_on=date(2026, 4, 11),
)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("0.60", "kept"),
        ("0.55", "kept"),
        ("0.65", "kept"),
        ("0.549", "at_risk"),
        ("0.70", "at_risk"),
        ("0.71", "not_kept"),
    ],
)
def test_a_declared_mix_is_kept_within_its_tolerance_on_both_sides(value, status):
    assert judge(MIX, Decimal(value), date(2026, 1, 1)) == status


@pytest.mark.parametrize(("value", "status"), [("0.50", "kept"), ("0.4999", "not_kept"), ("0.9", "kept")])
def test_exactly_the_floor_keeps_it(value, status):
    assert judge(FLOOR, Decimal(value), date(2026, 1, 1)) == status


def test_an_unknown_value_is_not_assessable():
    assert judge(FLOOR, None, date(2026, 1, 1)) == "not_assessable"


@pytest.mark.parametrize(
    ("value", "as_of", "status"),
    [
        (1000, date(2026, 1, 2), "kept"),
        (500, date(2026, 2, 20), "on_track"),  # day 50: an even pace gives 500
        (499, date(2026, 2, 20), "at_risk"),
        (999, date(2026, 4, 11), "at_risk"),
        (999, date(2026, 4, 12), "not_kept"),
    ],
)
def test_a_dated_target_is_judged_by_an_even_pace_until_its_deadline(value, as_of, status):
    assert judge(GOAL, value, as_of) == status


def test_the_pace_says_what_is_left_and_how_much_a_week():
    found = pace(GOAL, 300, date(2026, 2, 20))
    assert (found.expected, found.left) == (500, 700)
    assert found.weeks_left == Decimal(50) / 7
    assert found.per_week == 98  # 700 in 50 days is 14 a day


def test_after_the_deadline_there_is_no_weekly_pace():
    assert pace(GOAL, 300, date(2026, 5, 1)).per_week is None


def test_every_target_belongs_to_a_metric_that_names_it():
    for key, target in load_targets().items():
        assert METRICS[target.metric].target == key
