"""Every gap of a random programme, mended in its exports and counted anew by the plain reading of the definitions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.evidence_worklist import count_gaps_of_enrolments, find_gaps
from analytics.filters import EVERYTHING, Filters
from analytics.gaps import Deadlines, Gap, Worth, add_up
from reports.indicators import open_snapshot
from tests.oracle.generate import cut_offs, generate_programme
from tests.oracle.indicators import indicators
from tests.oracle.programme import Edition, Endorsement, Enrolment, Programme, Teaching
from tests.oracle.publish import publish_programme
from tests.oracle.snapshot import Snapshot as Seen

SEEDS = range(8)
DEADLINES = Deadlines(date(2026, 6, 30), date(2026, 6, 30))
# What adds to a figure when it is mended.
MENDED = ("enrolment", "edition", "course")
DEAR = Decimal("9999999.99")


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Programme, date, list[Gap]]]:
    """Random programmes, the day each is looked at, and its gaps."""
    return [load(seed, tmp_path_factory.mktemp("programme")) for seed in SEEDS]


def load(seed: int, folder: Path) -> tuple[Programme, date, list[Gap]]:
    programme, day = generate_programme(seed), cut_offs(seed)[-1 - seed % 2]
    return programme, day, find_gaps(open_snapshot(publish_programme(programme, folder, seed), day), DEADLINES)


@pytest.fixture(params=SEEDS)
def found(every, request: pytest.FixtureRequest) -> tuple[Programme, date, list[Gap]]:
    programme, day, gaps = every[request.param]
    return programme, day, [gap for gap in gaps if gap.kind in MENDED]


def test_credentials_without_a_document_are_those_that_count_of_somebody_without_one(every):
    told = [(programme, day, [gap for gap in gaps if gap.kind == "proof"]) for programme, day, gaps in every]
    for programme, day, gaps in told:
        counted = {row.enrolment.enrolment_id: row.person for row in Seen(programme, day, "2026-H1").target_credentials}
        unproven = {key for key, person in counted.items() if not person.startswith("document:")}
        assert {gap.enrolment_id for gap in gaps} == unproven
        assert add_up(gaps) == Worth(unproven=len(unproven))
    assert any(gaps for _, _, gaps in told)


def test_the_gaps_of_enrolments_are_counted_as_they_are_listed(tmp_path):
    snapshot = open_snapshot(publish_programme(generate_programme(3), tmp_path, 3), cut_offs(3)[-1])
    for filters in (EVERYTHING, Filters.of({"gender": ["woman"]})):
        listed = [gap for gap in find_gaps(snapshot, DEADLINES, filters) if gap.kind not in ("edition", "course")]
        assert listed
        assert count_gaps_of_enrolments(snapshot, filters) == (len(listed), add_up(listed).euros)


def test_a_gap_is_worth_what_its_mending_adds(found):
    programme, day, gaps = found
    before = standing(programme, day)
    for gap in gaps:
        assert difference(before, standing(mend(programme, [gap], day), day)) == gap.worth, gap


def test_all_the_gaps_are_worth_what_their_mending_adds(found):
    programme, day, gaps = found
    assert difference(standing(programme, day), standing(mend(programme, gaps, day), day)) == add_up(gaps)


def test_an_enrolment_that_is_no_gap_adds_nothing_when_its_blanks_are_filled(found):
    programme, day, gaps = found
    before, chased = standing(programme, day), {gap.enrolment_id for gap in gaps}
    editions = {edition.edition_id: edition for edition in programme.editions}
    for row in programme.enrolments or ():
        edition = editions[row.edition_id]
        has_ended = edition.ends_on is None or edition.ends_on <= day
        if row.enrolment_id not in chased and row.state == "enrolled" and has_ended:
            rows = tuple(fill(one, edition, day) if one is row else one for one in programme.enrolments)
            assert difference(before, standing(replace(programme, enrolments=rows), day)).credentials == 0, row


def fill(row: Enrolment, edition: Edition, day: date) -> Enrolment:
    """Its blanks as good as they can be; somebody who failed, or did not come, has no certificate to find."""
    is_open = row.result in (None, "passed")
    return replace(
        row, born_on=row.born_on or a_birthday(edition), nationality=row.nationality or "ES",
        certified_on=min(row.certified_on or day, day) if is_open else row.certified_on,
    )


def standing(programme: Programme, day: date) -> dict[str, object]:
    found = indicators(programme, day, "2026-H1")
    return {key: found[key][0] or 0 for key in (
        "credentials_issued_eligible", "courses_certified", "learners_certified_eligible", "reduction_supported",
        "upv_majority_edition_share", "upv_academic_hours_share", "endorsed_course_share",
    )}


def difference(before: dict, after: dict) -> Worth:
    by = {key: after[key] - before[key] for key in before}
    return Worth(
        int(by["credentials_issued_eligible"]), int(by["courses_certified"]), int(by["learners_certified_eligible"]),
        Decimal(by["reduction_supported"]), int(by["upv_majority_edition_share"]),
        Decimal(by["upv_academic_hours_share"]), int(by["endorsed_course_share"]),
    )


def mend(programme: Programme, gaps: list[Gap], day: date) -> Programme:
    """The same exports with what the gaps lack, at its best."""
    editions = {f"{row.course_id}/{row.edition_number}": row for row in programme.editions}
    of_enrolment = {gap.enrolment_id: gap for gap in gaps if gap.kind == "enrolment"}
    enrolments = programme.enrolments and tuple(
        mend_enrolment(row, of_enrolment.get(row.enrolment_id), editions[f"{row.course_id}/{row.edition_number}"], day)
        for row in programme.enrolments
    )
    teaching, endorsements = programme.teaching, programme.endorsements
    for gap in gaps:
        if gap.kind == "edition":
            teaching = mend_teaching(teaching, editions[gap.edition_id])
        if gap.kind == "course":
            endorsements = (*endorsements, Endorsement(gap.course, "Una entidad", day))
    return replace(programme, enrolments=enrolments, teaching=teaching, endorsements=endorsements)


def mend_enrolment(row: Enrolment, gap: Gap | None, edition: Edition, day: date) -> Enrolment:
    repairs = {
        "no_certificate": {"certified_on": day},
        "no_result": {"result": "passed"},
        "no_end_date": {},
        "no_birth_date": {"born_on": a_birthday(edition)},
        "no_countries": {"nationality": "ES"},
        "no_nationality": {"nationality": "ES"},
        "no_residence": {"residence": "ES"},
        "no_price": {"base_price": DEAR},
        "no_cancellation_date": {"cancelled_on": day},
    }
    for reason in gap.lacks if gap else ():
        row = replace(row, **repairs[reason.key])
    return row


def a_birthday(edition: Edition) -> date:
    return date(edition.starts_on.year - 40, 1, 1)


def mend_teaching(rows: tuple[Teaching, ...], edition: Edition) -> tuple[Teaching, ...]:
    """One academic of the UPV taught all that nobody is said to have taught."""
    own = [row for row in rows if row.edition_id == edition.edition_id]
    unsaid = edition.hours - sum((row.hours for row in own if row.hours is not None), Decimal(0))
    if not own:
        return (*rows, Teaching(edition.course_id, edition.edition_number, "P900", "upv_academic", unsaid))
    untimed = next(row for row in own if row.hours is None and row.staff_type == "upv_academic")
    return tuple(replace(row, hours=unsaid) if row is untimed else row for row in rows)


def test_the_random_programmes_lack_most_of_what_can_be_lacking(every):
    """What the tests above hold is only worth something when these gaps do occur."""
    assert {reason.key for _, _, gaps in every for gap in gaps for reason in gap.lacks} >= {
        "no_certificate", "no_result", "no_birth_date", "no_countries", "no_nationality", "no_residence", "no_price",
        "no_endorsement", "no_hours", "no_cancellation_date",
    }
