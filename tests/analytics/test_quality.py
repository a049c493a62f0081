"""Quality of a load: rows that add up, files in their order, columns as they were understood."""

import dataclasses

import pytest

from analytics.quality import Balance, Header, balance, files, headers, missing_exports, unknown_without
from tests.analytics.small_build import small_snapshot

CLOSED = Balance(
    read=10, accepted=6, rejected=3, superseded=1, flagged=2, rejected_with_reason=3, superseded_with_reason=1
)


@pytest.mark.parametrize(
    "change", [{"read": 11}, {"accepted": 5}, {"rejected_with_reason": 2}, {"superseded_with_reason": 0}]
)
def test_rows_close_only_when_all_add_up_and_each_left_out_has_its_reason(change):
    assert CLOSED.is_closed
    assert not dataclasses.replace(CLOSED, **change).is_closed


def test_a_row_with_two_reasons_is_one_row(tmp_path):
    flags = [{"row_key": "a", "rule": "one"}, {"row_key": "a", "rule": "two"}, {"row_key": "b", "rule": "one"}]
    found = balance(small_snapshot(tmp_path, exports=("catalogue", "enrolments"), flag=flags))
    assert (found.read, found.accepted, found.flagged) == (6, 6, 2)  # small builds have files of three rows
    assert found.is_closed


def test_a_rejection_that_no_file_counts_does_not_close(tmp_path):
    assert not balance(small_snapshot(tmp_path, rejection=[{"rule": "one"}])).is_closed


def test_files_come_in_the_order_of_the_exports_and_those_missing_are_named(tmp_path):
    snapshot = small_snapshot(tmp_path, exports=("enrolments", "catalogue"))
    assert [file.export for file in files(snapshot)] == ["catalogue", "enrolments"]
    assert missing_exports(snapshot) == ["teaching", "endorsements", "funding"]


def test_an_encoding_is_named_as_people_write_it(tmp_path):
    file = files(small_snapshot(tmp_path, exports=("catalogue",)))[0]
    names = {None: None, "utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "cp850": "CP850", "utf-16-le": "UTF-16-LE"}
    for encoding, name in names.items():
        assert dataclasses.replace(file, encoding=encoding).encoding_name == name


def test_columns_come_in_their_order_with_those_ignored(tmp_path):
    rows = [
        {"position": 2, "header": "NOMBRE", "field": None},
        {"position": 1, "header": "ID_MATRICULA", "field": "enrolment_id"},
        {"position": 1, "header": "ID_CURSO", "field": "course_id", "file_id": "catalogue"},
    ]
    snapshot = small_snapshot(tmp_path, header=rows)
    assert headers(snapshot, "enrolments") == [Header("ID_MATRICULA", "enrolment_id"), Header("NOMBRE", None)]


def test_what_is_unknown_without_an_export_follows_from_the_registry():
    assert unknown_without("endorsements") == ["endorsed_course_share"]
    assert "teachers" in unknown_without("teaching")
    assert unknown_without("funding") == []
