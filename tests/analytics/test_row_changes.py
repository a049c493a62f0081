"""Row changes between two small loads, counted by hand."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.row_changes import RowChanges, add_up, row_changes
from tests.analytics.small_build import publish_small_build

BEFORE, AFTER = "20260115T080000Z-00000001", "20260216T080000Z-00000002"


def compare(tmp_path, before, after):
    """The changes of each export from the tables of one load to those of another."""
    found = row_changes(publish_small_build(tmp_path, BEFORE, **before), publish_small_build(tmp_path, AFTER, **after))
    return {changes.export: changes for changes in found}


def test_an_enrolment_is_added_gone_or_as_it_was(tmp_path):
    before = {"enrolment": [{"enrolment_id": "a"}, {"enrolment_id": "b"}]}
    kept = {"enrolment_id": "b", "person_key": "person-1"}
    after = {"enrolment": [kept, {"enrolment_id": "c"}, {"enrolment_id": "d"}]}
    found = compare(tmp_path, before, after)["enrolments"]
    assert found == RowChanges("enrolments", added=2, later_states=0, earlier_states=0, corrected=0, gone=1, same=1)
    assert found.changed == 3


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"state_on": date(2026, 1, 1)}, {"state_on": date(2026, 2, 1), "state": "cancelled"}, (1, 0, 0)),
        ({"state_on": date(2026, 1, 1)}, {"state_on": date(2026, 1, 1), "state": "cancelled"}, (0, 0, 1)),
        ({"state_on": date(2026, 2, 1)}, {"state_on": date(2026, 1, 1), "state": "cancelled"}, (0, 1, 0)),
        ({}, {"state_on": date(2026, 2, 1)}, (1, 0, 0)),
        ({}, {"state": "withdrawn"}, (1, 0, 0)),
        ({}, {"amount_due": Decimal("30.00")}, (0, 0, 1)),
        ({"born_on": date(1990, 1, 1)}, {"born_on": date(1991, 1, 1)}, (0, 0, 1)),
        ({"state_on": date(2026, 1, 1)}, {"state": "withdrawn"}, (0, 1, 0)),
    ],
)
def test_another_content_is_a_later_or_earlier_state_or_a_correction(before, after, expected, tmp_path):
    found = compare(tmp_path, {"enrolment": [before]}, {"enrolment": [after]})["enrolments"]
    assert (found.later_states, found.earlier_states, found.corrected) == expected
    assert (found.added, found.gone, found.same) == (0, 0, 0)


def test_the_line_of_a_row_is_no_content(tmp_path):
    found = compare(tmp_path, {"edition": [{"row_key": "x-2"}]}, {"edition": [{"row_key": "y-9"}]})["catalogue"]
    assert found == RowChanges("catalogue", 0, 0, 0, 0, 0, 1)


def test_an_edition_with_another_price_is_corrected(tmp_path):
    found = compare(tmp_path, {"edition": [{}]}, {"edition": [{"price": Decimal("90.00")}]})["catalogue"]
    assert found == RowChanges("catalogue", 0, 0, 0, 1, 0, 0)


def test_equal_rows_without_a_name_count_as_often_as_they_come(tmp_path):
    same = {"teacher_key": "t"}
    before = {"teaching": [same, {"teacher_key": "u"}]}
    after = {"teaching": [same, same, {"teacher_key": "v"}]}
    assert compare(tmp_path, before, after)["teaching"] == RowChanges("teaching", 2, 0, 0, 0, 1, 1)


def test_the_exports_add_up_and_what_is_lost_is_told_apart():
    total = add_up([RowChanges("catalogue", 1, 0, 0, 2, 3, 4), RowChanges("enrolments", 10, 20, 30, 40, 50, 60)])
    assert total == RowChanges("", 11, 20, 30, 42, 53, 64)
    assert (total.changed, total.lost) == (156, 83)
