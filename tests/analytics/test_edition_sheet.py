"""The sheet of an edition: its figures, who teaches and endorses it, and the remarks on its rows."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.edition_sheet import StaffPart, read_sheet
from tests.analytics.small_build import small_snapshot

RULES = [
    {"rule": "hours", "sentence_es": "No suman ({found}).", "sentence_va": "No sumen ({found})."},
    {"rule": "paid", "sentence_es": "No ha pagado ({found})."},
]
EDITIONS = [{"row_key": "catalogue-7"}, {"edition_number": 2}]
ENROLMENTS = [
    {"certified_on": date(2026, 1, 10)},
    {},
    {"state": "waiting_list", "enrolled_on": None},
    {"state": "cancelled", "cancelled_on": date(2025, 10, 25)},
    {"edition_number": 2},
]
TEACHING = [
    {"teacher_key": "one", "hours": Decimal(6)},
    {"teacher_key": "one", "hours": Decimal(4)},
    {"teacher_key": "two", "hours": Decimal(10), "staff_type": "external_professional"},
    {"teacher_key": "three", "hours": None, "staff_type": "upv_other"},
    {"edition_number": 2, "hours": Decimal(50)},
]


def sheet(tmp_path, edition="100001/1", language="es", editions=EDITIONS, **tables):
    return read_sheet(small_snapshot(tmp_path, edition=editions, **tables), edition, language)


def test_an_edition_that_is_not_there_has_no_sheet(tmp_path):
    assert sheet(tmp_path, edition="999999/1") is None


def test_the_facts_say_file_and_line(tmp_path):
    found = sheet(tmp_path)
    assert (found.file_name, found.line) == ("catalogue.csv", 7)
    assert found.facts["title"] == "Curso"


def test_the_standing_counts_only_its_own_enrolments(tmp_path):
    found = sheet(tmp_path, enrolment=ENROLMENTS)
    assert found.standing == {
        "applications": 4, "enrolments": 2, "entries": 2, "credentials_issued": 1, "waiting_list": 1,
    }
    assert found.fill == Decimal("0.1")  # 2 of 20


def test_a_cancelled_edition_keeps_its_applications_and_has_no_other_figure(tmp_path):
    found = sheet(tmp_path, editions=[{"state": "cancelled"}], enrolment=ENROLMENTS[:2])
    assert found.standing == {
        "applications": 2, "enrolments": None, "entries": None, "credentials_issued": None, "waiting_list": 0,
    }


def test_teaching_is_shared_out_by_type_of_staff_and_exactly_half_is_half(tmp_path):
    found = sheet(tmp_path, teaching=TEACHING)
    assert found.staff == [
        StaffPart("upv_academic", 1, Decimal(10), Decimal("0.5")),
        StaffPart("upv_other", 1, None, None),
        StaffPart("external_academic", 0, Decimal(0), Decimal(0)),
        StaffPart("external_professional", 1, Decimal(10), Decimal("0.5")),
    ]
    assert found.keeps_half


@pytest.mark.parametrize("teaching", [[], [{"hours": None}]])
def test_without_known_hours_nobody_has_a_share(tmp_path, teaching):
    found = sheet(tmp_path, teaching=teaching)
    assert found.upv_academic is None
    assert not found.keeps_half


def test_partners_of_the_course_count_when_signed_by_the_cut_off(tmp_path):
    partners = [
        {"entity": "Tarde", "signed_on": date(2026, 2, 16)},
        {"entity": "Sin fecha"},
        {"entity": "A tiempo", "signed_on": date(2026, 2, 15)},
        {"entity": "De otro curso", "course_id": "100009"},
    ]
    found = sheet(tmp_path, endorsement=partners)
    assert [(one.entity, one.is_counted) for one in found.partners] == [
        ("A tiempo", True), ("Tarde", False), ("Sin fecha", True),
    ]


def test_missing_exports_are_unknown_and_not_nothing(tmp_path):
    found = sheet(tmp_path, exports=("catalogue",))
    assert found.staff is None
    assert found.partners is None
    assert set(found.standing.values()) == {None}
    assert found.fill is None


def test_remarks_on_any_of_its_rows_are_gathered_by_rule(tmp_path):
    flags = [
        {"rule": "hours", "row_key": "catalogue-7", "file_id": "catalogue", "line": 7, "export": "catalogue",
         "field": "hours", "found": "26 h / 25 h"},
        {"rule": "paid", "row_key": "enrolment-0", "line": 4, "found": "0 / 30"},
        {"rule": "paid", "row_key": "enrolment-1", "line": 3, "found": "0 / 40"},
        {"rule": "paid", "row_key": "enrolment-4", "line": 9, "found": "of the other edition"},
    ]
    headers = [{"file_id": "catalogue", "position": 1, "header": "HORAS", "field": "hours"}]
    found = sheet(tmp_path, enrolment=ENROLMENTS, flag=flags, rule=RULES, header=headers)
    told = [(one.sentence, one.heading, one.file_name, one.lines) for one in found.remarks]
    assert told == [
        ("No suman (26 h / 25 h).", "HORAS", "catalogue.csv", (7,)),
        ("No ha pagado (0 / 30 · 0 / 40).", None, "enrolments.csv", (3, 4)),
    ]


def test_remarks_are_told_in_the_language(tmp_path):
    flag = {"rule": "hours", "row_key": "catalogue-7", "file_id": "catalogue", "found": "1 / 2", "export": "catalogue"}
    assert sheet(tmp_path, language="va", flag=[flag], rule=RULES).remarks[0].sentence == "No sumen (1 / 2)."


def test_only_the_first_things_found_are_told(tmp_path):
    flags = [{"rule": "paid", "row_key": "enrolment-0", "line": line, "found": str(line)} for line in (1, 2, 3, 4)]
    assert sheet(tmp_path, enrolment=[{}], flag=flags, rule=RULES).remarks[0].sentence == "No ha pagado (1 · 2 · 3 …)."
