"""A large snapshot is made slice by slice: the same rows, and what counts a person once does so across the slices."""

from datetime import date

import pytest

from analytics import snapshot
from analytics.snapshot import take_snapshot
from etl.builds import current_build

CUT_OFF = date(2026, 2, 15)
ENROLMENTS = "select * from enrolment order by row_key"
EDITIONS = "select * from edition order by edition_id"


@pytest.mark.parametrize("rows_at_a_time", [97, 500])
def test_a_snapshot_is_the_same_in_slices_of_any_size(sample_builds, monkeypatch, rows_at_a_time) -> None:
    build = current_build(sample_builds)
    whole = take_snapshot(build, CUT_OFF)
    monkeypatch.setattr(snapshot, "ROWS_AT_A_TIME", rows_at_a_time)
    sliced = take_snapshot(build, CUT_OFF)
    assert sliced.rows(ENROLMENTS) == whole.rows(ENROLMENTS)
    assert len(sliced.rows(ENROLMENTS)) > 2 * rows_at_a_time
    assert sliced.rows(EDITIONS) == whole.rows(EDITIONS)
