"""History: the loads that are kept, newest first, damaged ones by name only."""

from datetime import date, datetime

from analytics.history import Load, loads
from tests.analytics.small_build import publish_small_build

FIRST, SECOND = "20260115T080000Z-00000001", "20260216T080000Z-00000002"


def test_each_load_says_what_came_in_with_it(tmp_path):
    publish_small_build(tmp_path, FIRST, exports=("catalogue",))
    publish_small_build(tmp_path, SECOND, exports=("catalogue", "enrolments"))
    newest, oldest = loads(tmp_path)
    # small builds have files of three rows, all accepted
    assert newest == Load(SECOND, False, datetime(2026, 2, 16, 8), date(2026, 2, 15), 2, 6, 6, 0, 0)
    assert (oldest.build_id, oldest.files, oldest.rows_read) == (FIRST, 1, 3)


def test_a_damaged_load_is_listed_by_name_only(tmp_path):
    damaged = publish_small_build(tmp_path, FIRST)
    publish_small_build(tmp_path, SECOND)
    damaged.path.chmod(0o644)
    damaged.path.write_bytes(b"damaged")
    assert loads(tmp_path)[1] == Load(FIRST, True)


def test_there_is_no_history_before_the_first_load(tmp_path):
    assert loads(tmp_path) == []
