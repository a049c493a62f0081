"""Subsidy worked out by hand: granted = supported + undue + overpaid, to the cent."""

from datetime import date
from decimal import Decimal

from analytics.subsidy import Subsidy, subsidy, subsidy_by_course
from tests.analytics.small_build import small_snapshot

TOO_YOUNG = date(2005, 1, 1)


def money(price, reduction, **other):
    return {"base_price": Decimal(price), "reduction_amount": Decimal(reduction), **other}


def make(folder, **settings):
    return small_snapshot(
        folder,
        edition=[{}, {"course_id": "100002"}, {"course_id": "100003"}],
        enrolment=[
            money("100.00", "70.00"),  # correct
            money("100.00", "80.00"),  # 10 too much
            money("100.00", "50.00"),  # 20 too little
            money("33.33", "23.34"),  # 23.33 expected: a cent too much is correct, and not supported
            money("100.00", "70.00", born_on=TOO_YOUNG, course_id="100002"),  # undue
        ],
        **settings,
    )


def test_what_was_granted_is_supported_undue_or_overpaid(tmp_path):
    found = subsidy(make(tmp_path))
    assert (found.enrolments, found.granted) == (5, Decimal("293.34"))  # 70 + 80 + 50 + 23.34 + 70
    assert found.supported == Decimal("213.33")  # 70 + 70 + 50 + 23.33
    assert found.not_supported == Decimal("80.01")
    assert (found.undue, found.overpaid) == (Decimal("70.00"), Decimal("10.01"))
    assert found.net_fees == Decimal("139.99")  # 433.33 - 293.34


def test_courses_come_with_the_largest_reductions_first_and_without_those_nobody_enrolled_in(tmp_path):
    first, second = subsidy_by_course(make(tmp_path))
    assert (first.course, first.granted, first.not_supported) == ("100001", Decimal("223.34"), Decimal("10.01"))
    assert (second.course, second.granted, second.supported) == ("100002", Decimal("70.00"), 0)


def test_without_enrolments_nothing_is_known(tmp_path):
    found = subsidy(small_snapshot(tmp_path, exports=("catalogue",), edition=[{}]))
    assert found == Subsidy("", None, None, None, None, None)
    assert (found.not_supported, found.overpaid) == (None, None)
