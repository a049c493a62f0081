"""Commitments, the mix behind them, and what to act on: worked out by hand on a handful of rows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from analytics.attention import matters
from analytics.commitments import commitments, even_pace
from analytics.filters import Filters
from analytics.measure import measure_one
from analytics.metrics import METRICS
from analytics.mix import online_by_month, online_mix, online_needed
from analytics.series import Points
from analytics.shares import share_out, share_out_groups
from analytics.targets import Target
from tests.analytics.small_build import small_snapshot

FACE_TO_FACE = {"delivery": "in_person", "delivery_group": "face_to_face"}
EDITIONS = [
    {"course_id": "1", "places": 10, "campus": "Vera"},
    {"course_id": "2", "places": 30, "campus": "Vera", **FACE_TO_FACE},
    {"course_id": "3", "places": None, "campus": "Alcoi", "starts_on": date(2026, 1, 12), **FACE_TO_FACE},
    {"course_id": "4", "places": 99, "campus": "Alcoi", "state": "draft"},
]
TEACHING = [
    {"course_id": "1", "hours": Decimal(10)},
    {"course_id": "1", "hours": Decimal(10), "staff_type": "external_professional"},
    {"course_id": "2", "hours": Decimal(4)},
    {"course_id": "2", "hours": Decimal(6), "staff_type": "external_academic"},
]
ENROLMENTS = [
    {"course_id": "1", "reduction_amount": Decimal("70.00")},
    {"course_id": "1"},
    {"course_id": "2", "nationality": "FR", "residence": "FR", "reduction_amount": Decimal("70.00")},
    {"course_id": "2", "reduction_amount": Decimal("60.00")},
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return small_snapshot(
        tmp_path_factory.mktemp("builds"), edition=EDITIONS, teaching=TEACHING, enrolment=ENROLMENTS,
        endorsement=[{"course_id": "1"}],
    )


def test_every_target_has_its_status(snapshot):
    found = {each.target.key: (each.status, each.measure.value) for each in commitments(snapshot)}
    assert found["online_share"] == ("not_kept", Decimal(1) / 3)
    assert found["upv_academic_hours_share"] == ("not_kept", Decimal(14) / 30)
    assert found["upv_majority_edition_share"] == ("kept", Decimal("0.5"))  # exactly half passes, in one of two
    assert found["credentials_issued_eligible"] == ("at_risk", 0)


def test_only_targets_with_a_deadline_have_a_pace(snapshot):
    paced = {each.target.key for each in commitments(snapshot) if each.pace}
    assert paced == {"courses_certified", "credentials_issued_eligible", "learners_certified_eligible"}


def test_an_even_pace_reaches_the_target_on_the_deadline():
    target = Target(
        "goal", "credentials_issued", "by_deadline", Decimal(280), "agreement",
        starts_on=date(2026, 1, 5), due_on=date(2026, 2, 2),  # four weeks: ten a day
    )
    found = even_pace(target, Points([date(2026, 1, 12)], {"": [3]}))
    assert found.points == [date(2026, 1, 5) + timedelta(weeks=week) for week in range(5)]
    assert found.values == [60, 130, 200, 270, 280]
    assert found.at(date(2026, 1, 15)) == 100


def test_what_to_act_on_has_its_cases_and_its_euros(snapshot):
    found = {matter.key: (matter.cases, matter.amount) for matter in matters(snapshot)}
    assert found == {
        "missed_discounts": (1, Decimal("70.00")),
        "undue_discounts": (1, Decimal("70.00")),
        "wrong_discounts": (1, Decimal("10.00")),
        # Three people with the right have no result.
        "still_to_prove": (3, None),
        "editions_below_half": (1, None),
        "editions_without_hours": (1, None),
        "courses_without_endorsement": (2, None),
    }


def test_the_mix_is_counted_on_each_basis(snapshot):
    mix = {basis: [part.amount for part in parts] for basis, parts in online_mix(snapshot).items()}
    assert mix == {"editions": [1, 2, 0], "places": [10, 30, 0], "enrolments": [2, 2, 0], "ects": [2, 4, 0]}


def test_the_mix_by_month_of_the_start(snapshot):
    months = {month: [part.amount for part in parts] for month, parts in online_by_month(snapshot).items()}
    assert months == {
        date(2025, 11, 1): [1, 1, 0], date(2025, 12, 1): [0, 0, 0], date(2026, 1, 1): [0, 1, 0],
        date(2026, 2, 1): [0, 0, 0],  # the month of the cut-off: nothing starts in it
    }


def test_how_many_editions_a_mix_asks_for(snapshot):
    online = measure_one(snapshot, METRICS["online_share"])
    assert online_needed(online, Decimal("0.60")) == 2  # 1.8 of three, rounded up
    assert online_needed(online, Decimal("0.30")) is None


def test_shares_of_nothing_are_unknown(snapshot):
    nothing = Filters.of({"campus": ["Gandia"]})
    parts = share_out(snapshot, METRICS["editions_offered"], "delivery_group", nothing)
    assert [part.share for part in parts] == [None] * 3


def test_groups_come_with_the_largest_first(snapshot):
    groups = share_out_groups(snapshot, METRICS["editions_offered"], "delivery_group", "campus")
    assert {group: [part.amount for part in parts] for group, parts in groups.items()} == {
        "Vera": [1, 1, 0], "Alcoi": [0, 1, 0],
    }
    assert list(groups) == ["Vera", "Alcoi"]
