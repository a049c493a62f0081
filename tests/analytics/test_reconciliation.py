"""Every reported total is the rows of the files less those left out, each by one reason."""

from datetime import date
from decimal import Decimal

from analytics.periods import HalfYear
from analytics.reconciliation import reconcile
from analytics.snapshot import default_cut_off, take_snapshot
from etl.builds import current_build
from tests.analytics.small_build import small_snapshot

PERIOD = HalfYear(2025, 2)
ROWS = [
    {"person_key": "ana", "certified_on": date(2026, 1, 10)},
    {"person_key": "ana", "edition_number": 2, "certified_on": date(2026, 1, 10)},
    {"person_key": "bea", "born_on": date(1950, 1, 1), "certified_on": date(2026, 1, 10)},
    {"person_key": "carla", "state": "waiting_list", "enrolled_on": None},
    {"person_key": "dora", "state": "cancelled", "cancelled_on": date(2025, 10, 25)},
    {"person_key": "eva", "enrolled_on": date(2026, 3, 1), "applied_on": date(2026, 1, 1)},
    {"person_key": "fina", "applied_on": date(2026, 3, 1)},
    {"person_key": "gala", "course_id": "100002"},
]
EDITIONS = [{}, {"edition_number": 2}, {"course_id": "100002", "state": "cancelled"}]


def accounts(tmp_path):
    snapshot = small_snapshot(tmp_path, edition=EDITIONS, enrolment=ROWS)
    return {one.metric.key: one for one in reconcile(snapshot, PERIOD)}


def reasons(account):
    return {part.reason: part.rows for part in account.left_out}


def test_a_row_is_left_out_by_the_first_reason_it_meets(tmp_path):
    found = accounts(tmp_path)
    assert reasons(found["enrolments"]) == {
        "applied_later": 1, "state_waiting_list": 1, "enrolled_later": 1, "cancelled": 1, "not_offered": 1,
    }
    assert (found["enrolments"].counted.rows, found["enrolments"].reported) == (3, 3)


def test_a_person_counted_once_leaves_the_other_rows_out_as_repeated(tmp_path):
    found = accounts(tmp_path)
    certified = found["learners_certified_eligible"]
    assert reasons(certified)["repeated_person"] == 1
    assert reasons(certified)["not_eligible"] == 1
    assert (certified.counted.rows, certified.reported, certified.difference) == (1, 1, 0)


def test_money_is_reconciled_to_the_cent(tmp_path):
    found = accounts(tmp_path)
    fees = found["gross_fees"]
    assert (fees.counted.amount, fees.reported, fees.difference) == (Decimal("300.00"), Decimal("300.00"), 0)


def test_rows_that_the_files_hold_and_no_reason_names_do_not_close(tmp_path):
    # The file of a small build says that it has three rows; eight are there.
    found = accounts(tmp_path)
    assert found["enrolments"].unexplained_rows == 3 - 8
    assert not found["enrolments"].is_closed


def test_every_total_of_the_sample_closes(sample_builds):
    build = current_build(sample_builds)
    for day in (date(2025, 11, 15), date(2026, 1, 15), default_cut_off(build)):
        for account in reconcile(take_snapshot(build, day), HalfYear.of(day)):
            assert account.is_closed, (day, account.metric.key)


def test_only_totals_whose_export_is_there_are_reconciled(catalogue_builds):
    snapshot = take_snapshot(current_build(catalogue_builds), date(2026, 1, 15))
    found = {one.metric.key: one for one in reconcile(snapshot, PERIOD)}
    assert set(found) == {"editions_offered", "courses_offered", "places_offered"}
    assert all(one.is_closed for one in found.values())
