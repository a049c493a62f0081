"""Edges of the definitions, each a small programme with its figures worked out by hand."""

from collections.abc import Callable

ONE_EDITION = """
course_id edition_number starts_on
A         1              2026-03-02
"""


def test_age_counts_on_the_first_day_from_25_to_64(example: Callable) -> None:
    birthdays = example(
        ONE_EDITION,
        # 25 that day: eligible; 24: not; 65 that day: not; 64: eligible
        enrolments="""
        enrolment_id course_id edition_number person            born_on    nationality enrolled_on base_price reduction_amount
        M1           A         1              document:10000001 2001-03-02 ES          2026-02-01  100        70
        M2           A         1              document:10000002 2001-03-03 ES          2026-02-01  100        70
        M3           A         1              document:10000003 1961-03-02 ES          2026-02-01  100        70
        M4           A         1              document:10000004 1961-03-03 ES          2026-02-01  100        70
        """,  # noqa: E501
    )
    birthdays.gives(
        """
        eligible_enrolments    2
        discount_uptake        2/2
        undue_discounts        2
        undue_discount_amount  140.00
        reduction_granted      280.00
        reduction_supported    140.00
        gross_fees             400.00
        net_fees               120.00
        """,
        as_of="2026-03-02",
    )
    assert birthdays.splits("enrolments", "verdict", "2026-03-02") == {"correct": 2, "undue": 2}


def test_somebody_born_on_29_february_completes_a_year_on_1_march(example: Callable) -> None:
    leap_days = example(
        """
        course_id edition_number starts_on
        A         1              2025-02-28
        B         1              2025-03-01
        """,
        # in A 24 and 64 years old, in B 25 and 65
        enrolments="""
        enrolment_id course_id edition_number person            born_on    residence enrolled_on base_price
        M1           A         1              document:10000001 2000-02-29 ES        2025-02-01  100
        M2           A         1              document:10000002 1960-02-29 ES        2025-02-01  100
        M3           B         1              document:10000001 2000-02-29 ES        2025-02-01  100
        M4           B         1              document:10000002 1960-02-29 ES        2025-02-01  100
        """,
    )
    leap_days.gives("eligible_enrolments 2 \n missed_discounts 2 \n missed_discount_amount 140.00", as_of="2025-03-01")
    assert leap_days.splits("eligible_enrolments", "course", "2025-03-01") == {"A": 1, "B": 1}
    assert leap_days.splits("enrolments", "age_band", "2025-03-01") == {
        "under_25": 1,
        "25_34": 1,
        "55_64": 1,
        "65_over": 1,
    }


def test_eligibility_is_unknown_only_where_what_is_missing_could_change_it(example: Callable) -> None:
    origins = example(
        ONE_EDITION,
        # eligible twice; not; three unknown; not whatever the age; not whatever the country; unknown
        enrolments="""
        enrolment_id course_id edition_number person            born_on    nationality residence enrolled_on base_price reduction_amount
        M1           A         1              document:10000001 1990-01-01 ES          -         2026-02-01  100        70
        M2           A         1              document:10000002 1990-01-01 FR          ES        2026-02-01  100        70
        M3           A         1              document:10000003 1990-01-01 FR          FR        2026-02-01  100        70
        M4           A         1              document:10000004 1990-01-01 FR          -         2026-02-01  100        70
        M5           A         1              document:10000005 1990-01-01 -           MA        2026-02-01  100        70
        M6           A         1              document:10000006 -          ES          ES        2026-02-01  100        70
        M7           A         1              document:10000007 -          FR          MA        2026-02-01  100        70
        M8           A         1              document:10000008 2010-01-01 -           -         2026-02-01  100        70
        M9           A         1              document:10000009 1990-01-01 -           -         2026-02-01  100        70
        """,  # noqa: E501
    )
    origins.gives(
        """
        eligible_enrolments    2
        discount_uptake        2/2
        undue_discounts        3
        undue_discount_amount  210.00
        reduction_granted      350.00
        reduction_supported    140.00
        net_fees               270.00
        """,
        as_of="2026-03-02",
    )
    assert origins.splits("enrolments", "verdict", "2026-03-02") == {"correct": 2, "undue": 3, "undetermined": 4}


def test_exactly_half_the_hours_is_a_upv_majority(example: Callable) -> None:
    halves = example(
        """
        course_id edition_number starts_on  state
        A         1              2026-03-02 finished
        B         1              2026-03-02 finished
        C         1              2026-03-02 finished
        D         1              2026-03-02 finished
        E         1              2026-03-02 finished
        F         1              2026-03-02 finished
        G         1              2026-03-02 draft
        """,
        # A 5 of 10 passes; B 4.75 of 9.75 and C 0 of 3 do not; D and E have no known hours above 0; G is not offered
        teaching="""
        course_id edition_number teacher staff_type            hours
        A         1              T1      upv_academic          5
        A         1              T2      external_professional 2
        A         1              T2      external_professional 3
        B         1              T1      upv_academic          4.75
        B         1              T4      upv_other             5
        C         1              T1      upv_academic          -
        C         1              T3      external_academic     3
        D         1              T5      upv_academic          -
        E         1              T6      external_professional 0
        G         1              T7      upv_academic          50
        """,
        enrolments="""
        enrolment_id course_id edition_number person            enrolled_on
        M1           A         1              document:10000001 2026-02-01
        M2           A         1              document:10000002 2026-02-01
        M3           C         1              document:10000001 2026-02-01
        M4           F         1              document:10000001 2026-02-01
        """,
    )
    halves.gives(
        """
        upv_academic_hours_share   9.75/22.75
        upv_majority_edition_share 1/3
        external_hours_share       8/22.75
        teachers                   6
        enrolments_per_teacher     3/6
        """,
        as_of="2026-03-10",
    )


def test_a_reduction_is_rounded_half_up_to_the_cent_and_may_be_a_cent_off(example: Callable) -> None:
    cents = example(
        ONE_EDITION,
        # 70 % of 33.35 is 23.345: 23.35; of 0.05 it is 0.035: 0.04; of 0.01 it is 0.007: 0.01.
        # M1-M4, M7, M8 correct; M5 -0.02, M6 +0.02, M9 +10.00 wrong; M10 and M11 (33.33 % of a cent is none) missed.
        enrolments="""
        enrolment_id course_id edition_number person            born_on    nationality enrolled_on base_price reduction_rate reduction_amount
        M1           A         1              document:10000001 1990-01-01 ES          2026-02-01  33.35      0.7            -
        M2           A         1              document:10000002 1990-01-01 ES          2026-02-01  33.35      70             -
        M3           A         1              document:10000003 1990-01-01 ES          2026-02-01  0.05       0.7            -
        M4           A         1              document:10000004 1990-01-01 ES          2026-02-01  0.05       -              0.03
        M5           A         1              document:10000005 1990-01-01 ES          2026-02-01  33.35      -              23.33
        M6           A         1              document:10000006 1990-01-01 ES          2026-02-01  33.35      -              23.37
        M7           A         1              document:10000007 1990-01-01 ES          2026-02-01  33.35      -              23.34
        M8           A         1              document:10000008 1990-01-01 ES          2026-02-01  33.35      -              23.36
        M9           A         1              document:10000009 1990-01-01 ES          2026-02-01  33.35      1              -
        M10          A         1              document:10000010 1990-01-01 ES          2026-02-01  33.35      -              -
        M11          A         1              document:10000011 1990-01-01 ES          2026-02-01  0.01       33.33          -
        """,  # noqa: E501
    )
    cents.gives(
        """
        discount_uptake        9/11
        missed_discounts       2
        missed_discount_amount 23.36
        wrong_discounts        3
        wrong_discount_amount  10.00
        reduction_granted      173.52
        reduction_supported    163.49
        gross_fees             266.91
        net_fees               93.39
        """,
        as_of="2026-03-02",
    )


def test_verdicts_are_given_in_their_order(example: Callable) -> None:
    order = example(
        """
        course_id edition_number starts_on  price
        A         1              2026-03-02 -
        B         1              2026-03-02 200
        """,
        # other_tariff twice, no_price, none three times (free), undetermined, missed, correct by the edition's price
        enrolments="""
        enrolment_id course_id edition_number person            born_on    nationality tariff        enrolled_on base_price reduction_rate reduction_amount
        M1           A         1              document:10000001 1990-01-01 ES          reduced_100   2026-02-01  -          -              -
        M2           A         1              document:10000002 1990-01-01 ES          group         2026-02-01  100        -              100
        M3           A         1              document:10000003 -          ES          general       2026-02-01  -          -              -
        M4           A         1              document:10000004 -          ES          general       2026-02-01  0          -              -
        M5           A         1              document:10000005 1990-01-01 ES          microcreds_70 2026-02-01  0          -              -
        M6           A         1              document:10000006 2010-01-01 ES          general       2026-02-01  0          -              -
        M7           A         1              document:10000007 -          ES          general       2026-02-01  100        -              -
        M8           A         1              document:10000008 1990-01-01 ES          -             2026-02-01  100        0              -
        M9           B         1              document:10000009 1990-01-01 ES          microcreds_70 2026-02-01  -          -              140
        """,  # noqa: E501
    )
    assert order.splits("enrolments", "verdict", "2026-03-02") == {
        "other_tariff": 2,
        "no_price": 1,
        "none": 3,
        "undetermined": 1,
        "missed": 1,
        "correct": 1,
    }
    order.gives(
        """
        eligible_enrolments    5
        discount_uptake        1/2
        missed_discount_amount 70.00
        reduction_granted      140.00
        reduction_supported    140.00
        gross_fees             500.00
        net_fees               260.00
        """,
        as_of="2026-03-02",
    )
