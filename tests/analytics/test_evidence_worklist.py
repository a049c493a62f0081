"""The evidence worklist by hand: deadlines, what counts once, and what is no gap."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.evidence_worklist import find_gaps, group_by_centre, make_worklist
from analytics.filters import EVERYTHING, Filters
from analytics.gaps import Deadlines, Worth, add_up
from analytics.incidents import incidents
from analytics.reasons import tell
from analytics.snapshot import take_snapshot
from analytics.table import RowsWhenAsked
from analytics.words import LANGUAGES, words
from tests.analytics.small_build import small_snapshot
from tests.etl.small_delivery import load_rows

LAST_DAY = date(2026, 6, 30)
DEADLINES = Deadlines(LAST_DAY, LAST_DAY)
PASSED = {"result": "passed"}
STAFFED = {"teaching": [{"hours": Decimal(20)}], "endorsement": [{}]}


def gaps_of(tmp_path, deadlines=DEADLINES, filters=None, **tables):
    snapshot = small_snapshot(tmp_path, **({"edition": [{}]} | STAFFED | tables))
    return find_gaps(snapshot, deadlines, filters or Filters())


def lacks(gap) -> list[str]:
    return [reason.key for reason in gap.lacks]


@pytest.mark.parametrize(
    ("term", "due_on"), [(None, LAST_DAY), (30, date(2026, 1, 18)), (365, LAST_DAY)]
)
def test_a_certificate_is_due_within_its_term_and_never_after_the_target(tmp_path, term, due_on):
    # The edition ended on 19 December: 30 days later is 18 January.
    (gap,) = gaps_of(tmp_path, Deadlines(LAST_DAY, None, term), enrolment=[PASSED])
    assert (gap.due_on, lacks(gap), gap.is_certain) == (due_on, ["no_certificate"], True)


def test_what_is_not_a_credential_is_due_when_the_grant_ends_or_its_day_is_pending(tmp_path):
    (gap,) = gaps_of(tmp_path, Deadlines(LAST_DAY, None), endorsement=[])
    assert (gap.kind, gap.due_on, gap.worth) == ("course", None, Worth(endorsements=1))


def test_a_person_and_a_course_count_once_in_a_total(tmp_path):
    editions = [{}, {"course_id": "100002"}]
    rows = [PASSED | {"person_key": "same"}, PASSED | {"person_key": "same", "course_id": "100002"}, PASSED]
    found = gaps_of(tmp_path, edition=editions, enrolment=rows, endorsement=[{}, {"course_id": "100002"}],
                    teaching=[{"hours": Decimal(20)}, {"hours": Decimal(20), "course_id": "100002"}])
    assert [gap.worth for gap in found] == [Worth(1, 1, 1)] * 3
    assert add_up(found) == Worth(credentials=3, courses=2, learners=2)


def test_an_edition_without_an_end_lacks_that_day_and_its_result(tmp_path):
    (gap,) = gaps_of(tmp_path, edition=[{"ends_on": None}], enrolment=[{}])
    assert (lacks(gap), gap.is_certain) == (["no_end_date", "no_result", "no_certificate"], False)


def test_a_running_edition_lacks_nothing_yet(tmp_path):
    assert gaps_of(tmp_path, edition=[{"ends_on": date(2026, 3, 1)}], enrolment=[{}]) == []


def test_euros_hang_on_a_birth_date_and_a_running_edition_need_not_have_ended_for_it(tmp_path):
    row = {"born_on": None, "reduction_amount": Decimal("80.00")}
    (gap,) = gaps_of(tmp_path, edition=[{"ends_on": date(2026, 3, 1)}], enrolment=[row])
    # 80 were granted, 70 % of 100 are supported at most; there is no credential to have yet.
    assert (lacks(gap), gap.worth) == (["no_birth_date"], Worth(euros=Decimal("70.00")))


def test_an_edition_that_is_not_funded_gives_no_credential_to_the_target(tmp_path):
    assert gaps_of(tmp_path, edition=[{"is_funded": False}], enrolment=[PASSED]) == []


def test_hours_that_nobody_is_said_to_teach_may_reach_half(tmp_path):
    # 20 hours: 4 of a professional are known, 16 of an academic are not. 16 of 20 are more than half.
    teaching = [{"hours": Decimal(4), "staff_type": "external_professional"}, {"hours": None}]
    (gap,) = gaps_of(tmp_path, teaching=teaching)
    assert (lacks(gap), gap.worth) == (["no_hours"], Worth(editions=1, hours=Decimal(16)))


def test_hours_that_cannot_reach_half_are_worth_hours_alone(tmp_path):
    # 12 of 20 are a professional's: the academic's 8 are less than half.
    teaching = [{"hours": Decimal(12), "staff_type": "external_professional"}, {"hours": None}]
    (gap,) = gaps_of(tmp_path, teaching=teaching)
    assert gap.worth == Worth(hours=Decimal(8))


def test_an_edition_below_half_by_what_is_known_is_decided(tmp_path):
    assert gaps_of(tmp_path, teaching=[{"hours": Decimal(20), "staff_type": "external_professional"}]) == []


def test_what_is_not_exported_is_unknown_and_no_gap(tmp_path):
    assert gaps_of(tmp_path, exports=("catalogue",), teaching=[], endorsement=[]) == []


def test_centres_come_with_the_most_credentials_first(tmp_path):
    editions = [{"centre": "B"}, {"course_id": "100002", "centre": "A"}, {"course_id": "100003", "centre": None}]
    others = [{"course_id": course} for course in ("100001", "100002", "100003")]
    rows = [PASSED | {"course_id": course} for course in ("100001", "100002", "100002", "100003")]
    staff = [other | {"hours": Decimal(20)} for other in others]
    found = group_by_centre(gaps_of(tmp_path, edition=editions, enrolment=rows, teaching=staff, endorsement=others))
    assert [(one.centre, one.worth.credentials) for one in found] == [("A", 2), ("B", 1), ("unknown", 1)]


def test_a_credential_of_somebody_without_a_document_is_worth_its_proof_and_no_more(tmp_path):
    counted = PASSED | {"certified_on": date(2026, 1, 20)}
    (gap,) = gaps_of(tmp_path, enrolment=[counted, counted | {"person_basis": "learner_id"}])
    assert (gap.kind, lacks(gap), gap.worth, gap.due_on) == ("proof", ["no_document"], Worth(unproven=1), LAST_DAY)
    assert gap.is_certain


@pytest.fixture(scope="module")
def rejected(tmp_path_factory):
    """Rows with a reduction above their price: one certified in a started edition, one without a certificate, one of
    an edition that no catalogue has; and an older row of an enrolment that a newer one tells."""
    wrong, folder = {"IMPORTE_REDUCCION": "170,00"}, tmp_path_factory.mktemp("rejected")
    rows = {
        "fine": {}, "certified": wrong | {"RESULTADO": "Apto", "FECHA_CERTIFICADO": "10/02/2026"}, "plain": wrong,
        "nowhere": {"ID_CURSO": "199999", "FECHA_CERTIFICADO": "10/02/2026"}, "older": wrong | {"ID_MATRICULA": "E001"},
    }
    build = load_rows(folder, enrolments=rows).loaded.build
    snapshot = take_snapshot(build, date(2026, 2, 15))
    return snapshot, {gap.line: gap for gap in find_gaps(snapshot, DEADLINES) if gap.kind == "rejected"}


def test_a_rejected_row_is_worth_what_its_cells_say_at_most(rejected):
    _, gaps = rejected
    # Lines 3, 4 and 5; line 6 is of an enrolment that is in the figures.
    assert {line: gap.worth for line, gap in gaps.items()} == {
        3: Worth(1, 1, 1, enrolments=1), 4: Worth(enrolments=1), 5: Worth(1, 0, 1, enrolments=1),
    }
    assert not any(gap.is_certain for gap in gaps.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rejected_row_says_its_column_and_why_in_every_language(rejected, language):
    snapshot, gaps = rejected
    told = tell(words(language), gaps[5].lacks)
    assert "ID_CURSO: " in told and "199999/1" in told
    [incident] = [one for one in incidents(snapshot, "rejected", language) if one.line == 5]
    assert incident.sentence in told


def test_a_filter_on_learners_leaves_no_rejected_row_and_one_on_editions_only_its_own(rejected):
    snapshot, _ = rejected
    for choices, lines in (({"gender": ["woman"]}, []), ({"course": ["100001"]}, [3, 4])):
        found = [gap.line for gap in find_gaps(snapshot, DEADLINES, Filters.of(choices)) if gap.kind == "rejected"]
        assert sorted(found) == lines


def test_the_worklist_of_everything_is_made_once_and_narrowed_by_hand(tmp_path):
    # A certificate that is not there, and a course that nobody endorsed.
    snapshot = small_snapshot(tmp_path, **({"edition": [{}]} | STAFFED | {"enrolment": [PASSED], "endorsement": []}))
    worklist = make_worklist(snapshot, DEADLINES)
    assert make_worklist(snapshot, DEADLINES) is worklist
    assert make_worklist(snapshot, DEADLINES, Filters.of({"campus": ("Vera",)})) is not worklist
    assert make_worklist(snapshot, Deadlines(LAST_DAY, None), EVERYTHING) is not worklist
    assert worklist.lacking == {"certificate": 1, "endorsement": 1}
    assert worklist.adding == {"credentials": 1, "courses": 1, "learners": 1, "endorsements": 1}
    assert worklist.narrow([], [], "deadline")[1] == Worth(1, 1, 1, endorsements=1)
    [gap], worth = worklist.narrow(["endorsement", "certificate"], ["endorsements"], "worth")
    assert (lacks(gap), worth) == (["no_endorsement"], Worth(endorsements=1))


def test_a_row_of_a_long_list_is_made_when_it_is_read():
    made = []
    rows = RowsWhenAsked(range(100), lambda one: made.append(one) or (one,))
    assert (len(rows), rows[:2], made) == (100, [(0,), (1,)], [0, 1])
    assert list(rows) == [(one,) for one in range(100)]
