"""Every figure worked out by hand on a small programme."""

from collections.abc import Callable
from pathlib import Path

from analytics.metrics import METRICS

ONE_EDITION = """
course_id edition_number starts_on
A         1              2026-03-02
"""


def test_the_offer_is_what_is_neither_draft_nor_cancelled(example: Callable) -> None:
    offer = example(
        """
        course_id edition_number starts_on  state     entry_requirement hours ects places
        A         1              2026-03-02 finished  open              12.5  1.25 20
        A         2              2026-06-01 published degree            20    2    -
        B         1              2026-03-02 finished  -                 150   15   10
        C         1              2026-03-02 draft     open              40    4    40
        D         1              2026-03-02 running   prior_knowledge   10    1    1
        """,
        # A on the day of the cut-off, B a day later, C not offered, D undated
        endorsements="""
        course_id entity   signed_on
        A         Entity-1 2026-03-10
        A         Entity-2 2026-03-11
        B         Entity-1 2026-03-11
        C         Entity-1 -
        D         Entity-1 -
        """,
    )
    offer.gives(
        """
        courses_offered       3
        editions_offered      4
        places_offered        31
        ects_offered          19.25
        hours_offered         192.5
        endorsed_course_share 2/3
        open_entry_share      1/3
        """,
        as_of="2026-03-10",
    )
    offer.gives("endorsed_course_share 3/3", as_of="2026-03-11")


def test_a_cancellation_takes_an_edition_off_the_offer_from_its_date(example: Callable) -> None:
    cancelled = example(
        """
        course_id edition_number starts_on  state     title_says cancelled_on
        A         1              2026-03-02 cancelled -          -
        B         1              2026-03-02 finished  -          2026-03-10
        C         1              2026-03-02 cancelled -          2026-03-11
        D         1              2026-03-02 published cancelled  -
        E         1              2026-03-02 published cancelled  2026-03-11
        F         1              2026-03-02 postponed -          -
        G         1              2026-03-02 draft     -          -
        H         1              2026-03-02 -         -          -
        I         1              2026-03-02 published postponed  -
        """,
        enrolments="""
        enrolment_id course_id edition_number person            enrolled_on
        M1           A         1              document:10000001 2026-02-01
        M2           B         1              document:10000001 2026-02-01
        M3           C         1              document:10000001 2026-02-01
        """,
    )
    # B C E F H I; then C E F H I; then F H I
    cancelled.gives("editions_offered 6 \n enrolments 2 \n entries 2", as_of="2026-03-09")
    cancelled.gives("editions_offered 5 \n enrolments 1 \n applications 3", as_of="2026-03-10")
    cancelled.gives("editions_offered 3 \n enrolments 0 \n cancellation_rate 0/3", as_of="2026-03-11")


def test_live_remote_teaching_is_online(example: Callable) -> None:
    mix = example(
        """
        course_id edition_number starts_on  state    delivery
        A         1              2026-03-02 finished in_person
        B         1              2026-03-02 finished online_sync
        C         1              2026-03-02 finished online_async
        D         1              2026-03-02 finished blended
        E         1              2026-03-02 draft    online_async
        """,
        enrolments="""
        enrolment_id course_id edition_number person            enrolled_on
        M1           A         1              document:10000001 2026-02-01
        M2           B         1              document:10000001 2026-02-01
        M3           B         1              document:10000002 2026-02-01
        M4           C         1              document:10000001 2026-02-01
        M5           D         1              document:10000001 2026-02-01
        M6           E         1              document:10000001 2026-02-01
        """,
    )
    mix.gives(
        "online_share 2/4 \n face_to_face_share 1/4 \n blended_share 1/4 \n online_enrolment_share 3/5",
        as_of="2026-03-10",
    )


def test_demand_counts_applications_enrolments_and_learners(example: Callable) -> None:
    demand = example(
        """
        course_id edition_number starts_on  places
        A         1              2026-03-02 4
        B         1              2026-03-02 -
        C         1              2026-03-02 2
        """,
        enrolments="""
        enrolment_id course_id edition_number person            gender     state         applied_on enrolled_on cancelled_on
        M1           A         1              document:10000001 woman      enrolled      2026-01-10 2026-02-01  -
        M2           A         1              document:10000002 man        enrolled      2026-01-10 2026-02-01  -
        M3           A         1              document:10000003 non_binary enrolled      -          2026-02-01  -
        M4           B         1              document:10000001 woman      enrolled      2026-01-10 2026-02-01  -
        M5           B         1              document:10000004 -          enrolled      2026-01-10 2026-02-01  -
        M6           A         1              document:10000005 man        withdrawn     2026-01-10 2026-02-01  2026-02-15
        M7           C         1              document:10000006 woman      waiting_list  2026-01-10 2026-02-01  -
        M8           C         1              document:10000006 woman      preregistered 2026-03-03 -           -
        """,  # noqa: E501
    )
    demand.gives(
        """
        applications      7
        enrolments        5
        learners          4
        fill_rate         3/6
        cancellation_rate 1/6
        women_share       2/4
        """,
        as_of="2026-03-02",
    )


def test_an_enrolment_cancelled_after_its_entry_stays_an_entry(example: Callable) -> None:
    # Entry on 2 March, or on 5 March for M10 and M11. Entries: M3 M4 M5 M7 M9 M11; active: M5 M9 M11;
    # M8 was never enrolled; M12 has not happened yet.
    example(
        ONE_EDITION,
        enrolments="""
        enrolment_id course_id edition_number person            state     enrolled_on cancelled_on state_on
        M1           A         1              document:10000001 withdrawn 2026-02-01  2026-03-01   -
        M2           A         1              document:10000002 withdrawn 2026-02-01  2026-03-02   -
        M3           A         1              document:10000003 withdrawn 2026-02-01  2026-03-03   -
        M4           A         1              document:10000004 refunded  2026-02-01  2026-03-10   -
        M5           A         1              document:10000005 cancelled 2026-02-01  2026-03-11   -
        M6           A         1              document:10000006 withdrawn 2026-02-01  -            -
        M7           A         1              document:10000007 withdrawn 2026-02-01  -            2026-03-05
        M8           A         1              document:10000008 withdrawn -           2026-03-05   -
        M9           A         1              document:10000009 enrolled  2026-02-01  2026-03-03   -
        M10          A         1              document:10000010 withdrawn 2026-03-05  2026-03-05   -
        M11          A         1              document:10000011 enrolled  2026-03-05  -            -
        M12          A         1              document:10000012 enrolled  2026-03-11  -            -
        """,
    ).gives(
        "applications 11 \n enrolments 3 \n learners 3 \n cancellation_rate 7/10 \n entries 6 \n entrants 6",
        as_of="2026-03-10",
    )


def test_an_enrolment_without_its_date_borrows_one_or_counts_undated(example: Callable) -> None:
    undated = example(
        ONE_EDITION,
        # M1 undated; M2 dated 5 March, M3 11, M4 10, M5 11 (paid before applied), M6 11
        enrolments="""
        enrolment_id course_id edition_number person            applied_on paid_on    state_on
        M1           A         1              document:10000001 -          -          -
        M2           A         1              document:10000002 -          2026-03-05 -
        M3           A         1              document:10000003 -          2026-03-11 -
        M4           A         1              document:10000004 2026-03-10 -          2026-02-01
        M5           A         1              document:10000005 2026-03-01 2026-03-11 -
        M6           A         1              document:10000006 -          -          2026-03-11
        """,
    )
    undated.gives("applications 5 \n enrolments 2 \n entries 2", as_of="2026-03-09")
    undated.gives("applications 6 \n enrolments 3 \n entries 3", as_of="2026-03-10")
    undated.gives("applications 6 \n enrolments 6 \n entries 6", as_of="2026-03-11")


def test_outcome_counts_credentials_by_the_cut_off(example: Callable) -> None:
    # Entries: all but M9 (left before the start). Ended: A and D. Credentials: M1 M5 M7 M8 M10, and M4 a day later;
    # of the eligible in funded editions: M1 M5.
    example(
        """
        course_id edition_number starts_on  ends_on    ects is_funded
        A         1              2026-03-02 2026-03-31 2    yes
        B         1              2026-03-02 -          1.5  yes
        C         1              2026-03-02 2026-04-11 4    yes
        D         1              2026-03-02 2026-04-10 3    no
        """,
        enrolments="""
        enrolment_id course_id edition_number person            born_on    nationality residence state     enrolled_on cancelled_on result        certified_on
        M1           A         1              document:10000001 1990-01-01 ES          ES        enrolled  2026-02-01  -            passed        2026-04-10
        M2           A         1              document:10000002 1990-01-01 ES          ES        enrolled  2026-02-01  -            failed        -
        M3           A         1              document:10000003 1990-01-01 ES          ES        enrolled  2026-02-01  -            not_presented -
        M4           A         1              document:10000004 1990-01-01 ES          ES        enrolled  2026-02-01  -            passed        2026-04-11
        M5           B         1              document:10000001 1990-01-01 ES          ES        enrolled  2026-02-01  -            passed        2026-04-01
        M6           C         1              document:10000002 1990-01-01 ES          ES        enrolled  2026-02-01  -            passed        -
        M7           D         1              document:10000001 1990-01-01 ES          ES        enrolled  2026-02-01  -            passed        2026-04-01
        M8           A         1              document:10000005 2010-01-01 ES          ES        enrolled  2026-02-01  -            passed        2026-04-01
        M9           A         1              document:10000006 1990-01-01 ES          ES        withdrawn 2026-02-01  2026-03-01   passed        2026-04-01
        M10          B         1              document:10000007 1990-01-01 FR          FR        enrolled  2026-02-01  -            passed        2026-04-01
        """,  # noqa: E501
    ).gives(
        """
        entries                     9
        entrants                    6
        pass_rate                   4/5
        certification_rate          3/6
        credentials_issued          5
        credentials_issued_eligible 2
        learners_certified_eligible 1
        courses_certified           2
        stacking_learners           1
        ects_accredited             10
        """,
        as_of="2026-04-10",
    )


def test_blank_is_not_zero(example: Callable) -> None:
    nothing_known = """
    enrolment_id course_id edition_number person       enrolled_on
    M1           A         1              enrolment:M1 2026-02-01
    """
    example(ONE_EDITION, enrolments=nothing_known).gives(
        """
        places_offered         -
        fill_rate              0/0
        open_entry_share       0/0
        women_share            0/0
        gross_fees             -
        net_fees               -
        reduction_granted      0
        undue_discount_amount  0
        wrong_discount_amount  0
        discount_uptake        0/0
        teachers               -
        enrolments_per_teacher -
        endorsed_course_share  -
        """,
        as_of="2026-03-10",
    )


def test_an_export_that_did_not_come_leaves_its_figures_unknown(example: Callable) -> None:
    example("course_id edition_number starts_on  state \n A 1 2026-03-02 draft").gives(
        """
        editions_offered 0
        places_offered   0
        online_share     0/0
        enrolments       -
        applications     -
        entries          -
        gross_fees       -
        ci10_entries     -
        teachers         -
        upv_academic_hours_share -
        endorsed_course_share -
        """,
        as_of="2026-03-10",
    )


def test_one_person_in_many_spellings_is_one_learner(example: Callable) -> None:
    rows = [f"M{number} A 1 document:01234567 2026-02-01" for number in range(12)]
    rows += [f"N{number} A 1 document:X1234567 2026-02-01" for number in range(8)]
    rows += ["O1 A 1 learner:B1 2026-02-01", "O2 A 1 learner:B1 2026-02-01"]
    rows += ["P1 A 1 enrolment:P1 2026-02-01", "P2 A 1 enrolment:P2 2026-02-01"]
    header = "enrolment_id course_id edition_number person enrolled_on"
    example(ONE_EDITION, enrolments="\n".join([header, *rows])).gives("enrolments 24 \n learners 5", as_of="2026-03-02")


def test_every_indicator_has_a_worked_example() -> None:
    folder = Path(__file__).parent
    words = {word for path in folder.glob("test_worked_*.py") for word in path.read_text(encoding="utf-8").split()}
    assert set(METRICS) <= words
