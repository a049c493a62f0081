"""What is there and what is missing of the evidence of an edition, by hand."""

from datetime import date
from decimal import Decimal

from analytics.evidence import evidence, trace_late, trace_proof
from analytics.trace import count_again
from tests.analytics.small_build import small_snapshot

PAID = {"paid_on": date(2025, 10, 21), "amount_due": Decimal("30.00"), "amount_paid": Decimal("30.00")}
ROWS = [
    PAID | {"result": "passed", "certified_on": date(2026, 1, 2)},
    PAID | {"result": "passed", "certified_on": date(2026, 1, 20), "person_basis": "learner_id"},
    PAID | {"result": "passed", "paid_on": date(2025, 11, 20)},
    PAID | {"amount_due": Decimal(0), "paid_on": None, "amount_paid": Decimal(0)},
]


def make(tmp_path, **tables):
    return small_snapshot(tmp_path, edition=[{}], enrolment=ROWS, **tables)


def test_each_proof_is_counted_of_those_it_is_asked_of(tmp_path):
    # Edition from 3 November to 19 December: one paid late, one had nothing to pay and has no result.
    found = evidence(make(tmp_path), None)[0]
    assert found.counts == {"document": (3, 4), "payment": (3, 4), "result": (3, 4), "certificate": (2, 3)}


def test_a_certificate_after_the_term_is_late_and_without_a_term_none_is(tmp_path):
    # 19 December and 30 days are 18 January.
    snapshot = make(tmp_path)
    assert evidence(snapshot, 30)[0].late == 1
    assert evidence(snapshot, None)[0].late is None
    assert count_again(snapshot, trace_late("100001/1", 30)) == 1


def test_what_is_missing_is_named_with_how_many(tmp_path):
    assert evidence(make(tmp_path), 30)[0].missing == {
        "document": 1, "payment": 1, "result": 1, "certificate": 1, "late": 1, "endorsement": 1, "teachers": 1,
    }


def test_an_endorsement_signed_after_the_cut_off_is_not_there_yet(tmp_path):
    later = make(tmp_path, endorsement=[{"signed_on": date(2026, 5, 1)}, {"signed_on": date(2025, 9, 1)}])
    found = evidence(later, None)[0]
    assert (found.endorsements, found.last_signed_on) == (1, date(2025, 9, 1))


def test_teachers_without_hours_are_missing_hours(tmp_path):
    found = evidence(make(tmp_path, teaching=[{"hours": None}, {}]), None)[0]
    assert (found.teachers, found.missing["hours"]) == (2, 1)


def test_the_query_of_a_proof_gives_its_count(tmp_path):
    snapshot = make(tmp_path)
    for proof, (present, asked) in evidence(snapshot, None)[0].counts.items():
        assert count_again(snapshot, trace_proof("100001/1", proof, True)) == present
        assert count_again(snapshot, trace_proof("100001/1", proof, False)) == asked


def test_what_is_not_exported_is_unknown_and_not_missing(tmp_path):
    found = evidence(small_snapshot(tmp_path, exports=("catalogue",), edition=[{}]), 30)[0]
    assert (found.counts, found.late, found.endorsements, found.teachers) == (None, None, None, None)
    assert found.missing == {}
