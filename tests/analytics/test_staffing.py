"""Who teaches each edition, which fall short of half, and how learners spread over teachers."""

from decimal import Decimal
from pathlib import Path

import pytest

from analytics.filters import Filters
from analytics.reasons import tell
from analytics.staffing import learners_per_teacher, staff_of_editions, staff_types_by
from analytics.words import words
from tests.analytics.small_build import small_snapshot


def lesson(course: str, kind: str, hours: int | None, teacher: str | None = None) -> dict:
    hours = None if hours is None else Decimal(hours)
    return {"course_id": course, "staff_type": kind, "hours": hours} | ({"teacher_key": teacher} if teacher else {})


@pytest.fixture
def snapshot(tmp_path: Path):
    courses = dict.fromkeys(("SHORT", "HALF"), "ETSINF")
    courses |= dict.fromkeys(("WHOLE", "NOBODY", "UNTIMED", "PARTLY"), "ETSA")
    return small_snapshot(
        tmp_path,
        edition=[{"course_id": course, "centre": centre} for course, centre in courses.items()]
        + [{"course_id": "DRAFT", "state": "draft"}],
        teaching=[
            lesson("SHORT", "upv_academic", 12, "Ana"),
            lesson("SHORT", "external_professional", 28),
            lesson("HALF", "upv_academic", 10, "Ana"),
            lesson("HALF", "upv_other", 4),
            lesson("HALF", "external_academic", 6),
            lesson("WHOLE", "upv_academic", 20, "Eva"),
            lesson("UNTIMED", "upv_academic", None),
            lesson("PARTLY", "upv_academic", 5, "Eva"),
            lesson("PARTLY", "upv_academic", None, "Eva"),
            lesson("PARTLY", "external_academic", 15, "Leo"),
            lesson("DRAFT", "external_academic", 15),
        ],
        enrolment=[{"course_id": course} for course in ("SHORT", "SHORT", "HALF", "WHOLE", "NOBODY")],
    )


def test_editions_come_with_the_smallest_share_first_after_those_without_known_hours(snapshot):
    found = {edition.edition_id: edition.upv_academic_share for edition in staff_of_editions(snapshot)}
    assert list(found.items()) == [
        ("NOBODY/1", None),
        ("UNTIMED/1", None),
        ("PARTLY/1", Decimal("0.25")),
        ("SHORT/1", Decimal("0.3")),
        ("HALF/1", Decimal("0.5")),
        ("WHOLE/1", Decimal(1)),
    ]


def test_an_edition_says_why_it_is_on_the_list(snapshot):
    found = {edition.edition_id: tell(words("es"), edition.reasons) for edition in staff_of_editions(snapshot)}
    assert {key: text.replace("\u202f", " ") for key, text in found.items()} == {
        "NOBODY/1": "No consta ningún docente",
        "UNTIMED/1": "Consta el profesorado (1), pero ninguna hora",
        "PARTLY/1": "El PDI de la UPV imparte 5 de 20 horas (25,0 %) · No constan todas las horas de 1 de 2 docentes",
        "SHORT/1": "El PDI de la UPV imparte 12 de 40 horas (30,0 %)",
        "HALF/1": "",
        "WHOLE/1": "",
    }


def test_the_hours_of_an_edition_are_by_staff_type(snapshot):
    half = next(edition for edition in staff_of_editions(snapshot) if edition.edition_id == "HALF/1")
    assert half.hours == {"upv_academic": 10, "upv_other": 4, "external_academic": 6, "external_professional": 0}
    assert [part.share for part in half.parts] == [Decimal("0.5"), Decimal("0.2"), Decimal("0.3"), 0]


def test_the_title_is_in_valencian_where_there_is_one(tmp_path):
    snapshot = small_snapshot(tmp_path, edition=[{"title": "Curso", "title_va": "El curs"}])
    (edition,) = staff_of_editions(snapshot)
    assert (edition.title_in("va"), edition.title_in("es")) == ("El curs", "Curso")


def test_filters_narrow_the_editions(snapshot):
    found = staff_of_editions(snapshot, Filters.of({"centre": ["ETSINF"]}))
    assert [edition.edition_id for edition in found] == ["SHORT/1", "HALF/1"]


def test_a_centre_shares_out_its_known_hours(snapshot):
    found = staff_types_by(snapshot, "centre")
    # ETSINF: 22 of 60 by UPV academics; ETSA: 25 of 40
    assert [(centre, parts[0].amount, parts[0].whole) for centre, parts in found.items()] == [
        ("ETSINF", 22, 60), ("ETSA", 25, 40),
    ]


def test_learners_per_teacher_counts_a_teacher_of_a_centre_once(snapshot):
    # ETSINF: 3 enrolments, Ana and three others; ETSA: 1 enrolment (NOBODY has no teachers), Eva, Leo and one other
    found = learners_per_teacher(snapshot)
    assert [(one.group[0], one.numerator, one.denominator) for one in found] == [("ETSINF", 3, 4), ("ETSA", 1, 3)]
