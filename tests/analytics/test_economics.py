"""Where the price of every enrolment went, worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.economics import (
    IDENTITY,
    PARTS,
    account_lines,
    fees_by_course,
    residuals,
    trace_course_lines,
    trace_fee,
    trace_line,
    unpriced,
    without_direction,
)
from analytics.trace import count_again
from tests.analytics.small_build import EXPORTS, small_snapshot


def enrolled(due, paid, reduction=None, **more):
    money = {"amount_due": due, "amount_paid": paid, "reduction_amount": reduction}
    return {key: None if value is None else Decimal(value) for key, value in money.items()} | more


CASES = {
    "supported and paid": (enrolled("30.00", "30.00", "70.00"), {"paid": "30.00", "charged": "70.00"}),
    "nothing paid yet": (enrolled("30.00", "0.00", "70.00"), {"charged": "70.00", "outstanding": "30.00"}),
    "paid after the cut-off": (
        enrolled("30.00", "30.00", "70.00", paid_on=date(2026, 3, 1)), {"charged": "70.00", "outstanding": "30.00"},
    ),
    "payment not known": (enrolled("30.00", None, "70.00"), {"charged": "70.00", "payment_unknown": "30.00"}),
    "paid twice": (
        enrolled("30.00", "60.00", "70.00"), {"paid": "60.00", "charged": "70.00", "paid_in_excess": "-30.00"},
    ),
    "more than was due to an eligible person": (
        enrolled("20.00", "20.00", "80.00"), {"paid": "20.00", "charged": "70.00", "overpaid": "10.00"},
    ),
    "a cent more": (
        enrolled("29.99", "29.99", "70.01"), {"paid": "29.99", "charged": "70.00", "overpaid": "0.01"},
    ),
    "somebody of 70": (
        enrolled("30.00", "30.00", "70.00", born_on=date(1955, 1, 1)), {"paid": "30.00", "undue": "70.00"},
    ),
    "another tariff": (
        enrolled("0.00", "0.00", "100.00", tariff="reduced_100"), {"other_reduction": "100.00"},
    ),
    "the right is not known": (
        enrolled("30.00", "30.00", "70.00", born_on=None), {"paid": "30.00", "other_reduction": "70.00"},
    ),
    "the export does not add up": (
        enrolled("25.00", "25.00", "70.00"), {"paid": "25.00", "charged": "70.00", "residual": "5.00"},
    ),
    "nobody says what is due": (
        enrolled(None, "20.00", "70.00"), {"paid": "20.00", "charged": "70.00", "residual": "10.00"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_price_is_all_its_parts(tmp_path, case):
    row, parts = CASES[case]
    found = fees_by_course(small_snapshot(tmp_path, edition=[{}], enrolment=[row]))["100001"]
    expected = dict.fromkeys(PARTS, Decimal("0.00")) | {part: Decimal(value) for part, value in parts.items()}
    assert found == {"base_price": Decimal("100.00")} | expected
    assert sum(expected.values()) == Decimal("100.00")


def test_a_residual_is_named_by_its_row(tmp_path):
    rows = [enrolled("25.00", "25.00", "70.00", row_key="enrolments-7"), enrolled("30.00", "30.00", "70.00")]
    found = residuals(small_snapshot(tmp_path, edition=[{}], enrolment=rows))
    assert [(one.row_key, one.residual) for one in found] == [("enrolments-7", Decimal("5.00"))]


def test_an_enrolment_without_a_price_is_in_no_amount(tmp_path):
    rows = [enrolled("30.00", "30.00", "70.00"), {"base_price": None}]
    snapshot = small_snapshot(tmp_path, edition=[{"price": None}], enrolment=rows)
    assert unpriced(snapshot) == 1
    assert count_again(snapshot, trace_fee(snapshot.as_of, "base_price")) == Decimal("100.00")


def test_the_query_of_a_part_gives_the_part(tmp_path):
    rows = [row for row, _ in CASES.values()]
    snapshot = small_snapshot(tmp_path, edition=[{}], enrolment=rows)
    found = fees_by_course(snapshot)["100001"]
    for part in IDENTITY:
        assert count_again(snapshot, trace_fee(snapshot.as_of, part, "100001")) == found[part]


LINES = [
    {"line": "L1", "concept": "Profesorado", "year": 2025, "recognised": Decimal("500.00"), "budgeted": None},
    {"line": "L1", "concept": "Profesorado", "year": 2025, "recognised": Decimal("20.00"), "budgeted": None},
    {"line": "L2", "concept": "Tasas", "direction": "income", "year": 2025, "recognised": Decimal("300.00")},
    {"line": "L3", "concept": "Aportación", "direction": "income", "year": 2025, "recognised": Decimal("50.00")},
    {"line": "L4", "direction": None, "recognised": Decimal("9.00")},
]


def test_the_lines_of_one_concept_and_year_add_up_and_unknown_is_not_zero(tmp_path):
    snapshot = small_snapshot(tmp_path, exports=(*EXPORTS, "funding"), edition=[{}], funding_line=LINES)
    expense = account_lines(snapshot, "expense")
    assert [(one.line, one.recognised, one.budgeted) for one in expense] == [("L1", Decimal("520.00"), None)]
    assert count_again(snapshot, trace_line("income", "recognised")) == Decimal("350.00")
    assert without_direction(snapshot) == 1


def test_fees_and_other_income_of_a_course_stand_apart(tmp_path):
    snapshot = small_snapshot(tmp_path, exports=(*EXPORTS, "funding"), edition=[{}], funding_line=LINES)
    fees = trace_course_lines("income", "recognised", "100001", ("Tasas",), True)
    others = trace_course_lines("income", "recognised", "100001", ("Tasas",), False)
    assert count_again(snapshot, fees) == Decimal("300.00")
    assert count_again(snapshot, others) == Decimal("50.00")
