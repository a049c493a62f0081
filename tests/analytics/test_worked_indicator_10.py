"""RRF common indicator 10 worked out by hand: who entered in a half-year, and in which cell they count."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from tests.oracle.indicators import ci10_participants_by_gender_and_age


def test_an_entry_counts_in_the_half_year_of_its_date(example: Callable) -> None:
    entries = example(
        """
        course_id edition_number starts_on  is_funded is_digital_skills
        A         1              2025-12-31 yes       no
        B         1              2026-01-01 yes       no
        C         1              2026-02-01 no        yes
        D         1              2026-02-01 yes       yes
        """,
        # entered on 31 December, 1 January, 1 January, 30 June, 1 July; M6 in an unfunded edition; M8 left before
        enrolments="""
        enrolment_id course_id edition_number person            state     enrolled_on cancelled_on
        M1           A         1              document:10000001 enrolled  2025-12-01  -
        M2           A         1              document:10000002 enrolled  2026-01-01  -
        M3           B         1              document:10000001 enrolled  2025-12-01  -
        M4           B         1              document:10000002 enrolled  2026-06-30  -
        M5           B         1              document:10000003 enrolled  2026-07-01  -
        M6           C         1              document:10000004 enrolled  2026-01-15  -
        M7           D         1              document:10000002 enrolled  2026-01-15  -
        M8           D         1              document:10000005 withdrawn 2026-01-15  2026-01-31
        """,
    )
    keys = "ci10_entries {} \n ci10_participants {} \n ci10_digital_participants {}"
    entries.gives(keys.format(1, 1, 0), as_of="2026-09-30", period="2025-H2")
    entries.gives(keys.format(4, 2, 1), as_of="2026-09-30", period="2026-H1")
    entries.gives(keys.format(1, 1, 0), as_of="2026-09-30", period="2026-H2")
    entries.gives(keys.format(3, 2, 1), as_of="2026-03-31", period="2026-H1")
    entries.gives(keys.format(0, 0, 0), as_of="2026-03-31", period="2026-H2")


def test_a_participant_counts_in_the_cell_of_the_first_entry(example: Callable) -> None:
    cells = example(
        """
        course_id edition_number starts_on
        A         1              2026-02-28
        B         1              2026-03-01
        C         1              2026-02-28
        """,
        # 17 (later 18), 18, 29, 30, 55, unknown, 18 (entered a day late), 36 (twice on a day: M08 before M09)
        enrolments="""
        enrolment_id course_id edition_number person            gender     born_on    enrolled_on
        M00          B         1              document:10000001 man        2008-02-29 2026-02-01
        M01          A         1              document:10000001 woman      2008-02-29 2026-02-01
        M02          B         1              document:10000002 man        2008-02-29 2026-02-01
        M03          A         1              document:10000003 woman      1996-02-29 2026-02-01
        M04          B         1              document:10000004 -          1996-02-29 2026-02-01
        M05          B         1              document:10000005 man        1971-03-01 2026-02-01
        M06          A         1              document:10000006 non_binary -          2026-02-01
        M07          A         1              document:10000007 woman      2008-02-29 2026-03-01
        M08          C         1              document:10000008 man        1990-01-01 2026-02-01
        M09          A         1              document:10000008 woman      1990-01-01 2026-02-01
        """,
    )
    cells.gives("ci10_participants 8 \n ci10_entries 10", as_of="2026-03-31")
    assert ci10_participants_by_gender_and_age(cells.programme, date(2026, 3, 31), "2026-H1") == Counter(
        {
            ("woman", "0_17"): 1,
            ("man", "18_29"): 1,
            ("woman", "18_29"): 2,
            ("unknown", "30_54"): 1,
            ("man", "55_over"): 1,
            ("non_binary", "unknown"): 1,
            ("man", "30_54"): 1,
        }
    )
    assert cells.splits("ci10_participants", "ci10_gender", "2026-03-31") == {
        "woman": 3,
        "man": 3,
        "non_binary": 1,
        "unknown": 1,
    }
    assert cells.splits("ci10_participants", "ci10_age_band", "2026-03-31") == {
        "0_17": 1,
        "18_29": 3,
        "30_54": 2,
        "55_over": 1,
        "unknown": 1,
    }
