"""What became of the right to the reduction: enrolments and euros, by verdict, by tariff, by group."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.filters import Filters
from analytics.verdicts import Outcome, of_eligibility, of_verdict, outcomes, tariffs, uptake_by
from tests.analytics.small_build import small_snapshot

# 70 % of 100 EUR is 70 EUR.
SEVENTY = {"reduction_amount": Decimal("70.00"), "tariff": "microcreds_70"}
YOUNG = {"born_on": date(2004, 1, 1)}


@pytest.fixture
def snapshot(tmp_path: Path):
    return small_snapshot(
        tmp_path,
        edition=[{}],
        enrolment=[
            SEVENTY,
            SEVENTY | {"gender": "man"},
            SEVENTY | {"reduction_amount": Decimal("65.50")},
            {"gender": "man"},
            SEVENTY | YOUNG | {"reduction_amount": Decimal("20.25")},
            YOUNG,
            {"tariff": "group", "born_on": None},
            {"tariff": "group"},
        ],
    )


def test_outcomes_come_in_the_order_of_eligibility_and_verdict(snapshot):
    assert outcomes(snapshot) == [
        Outcome("eligible", "correct", 2, Decimal("140.00")),
        Outcome("eligible", "wrong_amount", 1, Decimal("-4.50")),
        Outcome("eligible", "missed", 1, Decimal("70.00")),
        Outcome("eligible", "other_tariff", 1, None),
        Outcome("not_eligible", "undue", 1, Decimal("20.25")),
        Outcome("not_eligible", "none", 1, None),
        Outcome("undetermined", "other_tariff", 1, None),
    ]


def test_eligibilities_and_verdicts_both_add_up_to_the_enrolments(snapshot):
    found = outcomes(snapshot)
    assert of_eligibility(found) == {"eligible": 5, "not_eligible": 2, "undetermined": 1}
    assert {key: one.enrolments for key, one in of_verdict(found).items()} == {
        "correct": 2, "wrong_amount": 1, "missed": 1, "undue": 1, "none": 1, "other_tariff": 2,
    }


def test_nothing_enrolled_has_no_outcome(snapshot):
    assert outcomes(snapshot, Filters.of({"campus": ["Alcoi"]})) == []
    assert of_eligibility([]) == {}
    assert of_verdict([]) == {}


def test_uptake_is_by_the_order_of_the_dimension_and_leaves_out_groups_that_are_due_nothing(snapshot):
    by_gender = [(one.group[0], one.numerator, one.denominator) for one in uptake_by(snapshot, "gender")]
    assert by_gender == [("woman", 2, 2), ("man", 1, 2)]
    assert [one.group[0] for one in uptake_by(snapshot, "age_band")] == ["35_44"]  # nobody under 25 is due it


def test_uptake_by_a_dimension_without_order_has_the_lowest_first(tmp_path):
    snapshot = small_snapshot(
        tmp_path,
        edition=[{"course_id": "A"}, {"course_id": "B"}, {"course_id": "C"}],
        enrolment=[{"course_id": "A"} | SEVENTY, {"course_id": "B"}, {"course_id": "C"}, {"course_id": "C"}],
    )
    assert [one.group[0] for one in uptake_by(snapshot, "course")] == ["C", "B", "A"]


def test_a_tariff_is_shared_out_among_the_verdicts_that_occur(snapshot):
    found = tariffs(snapshot, "verdict")
    assert list(found) == ["microcreds_70", "general", "group"]
    assert [(part.value, part.amount, part.whole) for part in found["general"]] == [
        ("correct", 0, 2), ("wrong_amount", 0, 2), ("missed", 1, 2), ("undue", 0, 2), ("none", 1, 2),
        ("other_tariff", 0, 2),
    ]
