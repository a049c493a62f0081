"""Changes between loads: the same metrics on both, each at its own cut-off."""

from datetime import date
from decimal import Decimal

from analytics.changes import changes, previous_build
from analytics.snapshot import take_snapshot
from etl.builds import current_build
from tests.analytics.small_build import publish_small_build

FIRST, SECOND = "20260115T080000Z-00000001", "20260216T080000Z-00000002"
KEYS = ("enrolments", "online_share", "teachers")


def publish_two(folder):
    online, in_person = {}, {"course_id": "100002", "delivery": "in_person", "delivery_group": "face_to_face"}
    first = publish_small_build(folder, FIRST, exports=("catalogue", "enrolments"), edition=[online], enrolment=[{}])
    second = publish_small_build(
        folder,
        SECOND,
        exports=("catalogue", "enrolments", "teaching"),
        edition=[online, in_person],
        enrolment=[{}, {}, {"enrolled_on": date(2026, 2, 10)}],
        teaching=[{}],
    )
    return first, second


def test_a_change_is_the_value_now_less_the_value_then(tmp_path):
    first, second = publish_two(tmp_path)
    found = changes(take_snapshot(first, date(2026, 1, 15)), take_snapshot(second, date(2026, 2, 15)), KEYS)
    assert [change.metric.key for change in found] == list(KEYS)
    # 1 to 3 enrolments; 1 of 1 to 1 of 2 online; teachers were not known then
    assert [change.difference for change in found] == [2, Decimal("-0.5"), None]


def test_each_side_is_at_its_own_cut_off(tmp_path):
    _, second = publish_two(tmp_path)
    found = changes(take_snapshot(second, date(2026, 2, 9)), take_snapshot(second, date(2026, 2, 10)), ("enrolments",))
    assert (found[0].then.value, found[0].now.value) == (2, 3)


def test_the_previous_build_is_the_one_published_before(tmp_path):
    first, _ = publish_two(tmp_path)
    current = current_build(tmp_path)
    assert current.build_id == SECOND
    assert previous_build(tmp_path, current).build_id == FIRST
    assert previous_build(tmp_path, first) is None


def test_a_damaged_build_is_no_previous_one(tmp_path):
    first, second = publish_two(tmp_path)
    first.path.chmod(0o644)
    first.path.write_bytes(b"damaged")
    assert previous_build(tmp_path, second) is None
