"""Issued packs are remembered, their builds are kept, and the next pack says what changed and why."""

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from analytics.periods import HalfYear
from analytics.snapshot import take_snapshot
from analytics.words import words
from etl.builds import current_build, list_builds
from etl.publish import KEPT_NAME, read_kept
from reports.comments import CommentsAreDamaged, add_comment, read_comments
from reports.content import Comment, Grid
from reports.history import compare
from reports.issued import CannotIssue, IssuedIsDamaged, find_earlier, issue, list_issued
from reports.pack import make_pack
from reports.package import read_manifest, read_members, write_zip
from reports.proof import verify
from tests.analytics.small_build import publish_small_build
from tests.reports.quick_writers import QUICK
from tests.reports.test_proof import change_manifest

PERIOD, THEN, NOW = HalfYear(2025, 2), date(2026, 1, 15), date(2026, 2, 15)
FEE = {"amount_due": Decimal("30.00"), "amount_paid": Decimal("30.00"), "reduction_amount": Decimal("70.00")}
# Ana is certified before the first cut-off, Bea after it; Carla was told as having no certificate, and had one.
FIRST = [
    {"enrolment_id": "1", "certified_on": date(2026, 1, 10)}, {"enrolment_id": "2"}, {"enrolment_id": "3"},
]
SECOND = [
    {"enrolment_id": "1", "certified_on": date(2026, 1, 10)}, {"enrolment_id": "2", "certified_on": date(2026, 2, 1)},
    {"enrolment_id": "3", "certified_on": date(2026, 1, 12)}, {"enrolment_id": "4", "certified_on": date(2026, 1, 13)},
    {"enrolment_id": "5", "certified_on": date(2026, 1, 13)},
]


def publish(folder, number, rows):
    people = [row | FEE | {"person_key": f"person-{row['enrolment_id']}"} for row in rows]
    return publish_small_build(folder, f"20260116T080000Z-{number:08}", edition=[{}], enrolment=people)


def make(folder, as_of, state="provisional"):
    return write_zip(make_pack(folder, PERIOD, as_of, "es", "restricted", state), QUICK)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    publish(folder, 1, FIRST)
    issue(folder, make(folder, THEN))
    publish(folder, 2, SECOND)
    return folder


@pytest.fixture
def builds(prepared, tmp_path):
    """A pack issued on the first load, and a second load after it."""
    return shutil.copytree(prepared, tmp_path / "builds")


def change(builds, key):
    found = compare(take_snapshot(current_build(builds), NOW), PERIOD, find_earlier(builds, NOW))
    return next(one for one in found if one.metric.key == key)


def test_the_difference_is_new_rows_later_events_and_late_corrections(prepared):
    one = change(prepared, "credentials_issued_eligible")
    assert (one.then, one.now, one.difference) == (1, 5, 4)
    assert (one.new_rows, one.events, one.late, one.rules) == (2, 1, 1, 0)


def test_the_parts_of_every_change_add_up_to_it(prepared):
    found = compare(take_snapshot(current_build(prepared), NOW), PERIOD, find_earlier(prepared, NOW))
    for one in found:
        if one.difference is not None:
            assert one.new_rows + one.events + one.late + one.rules == one.difference, one.metric.key


def test_a_value_that_the_same_rows_no_longer_give_is_a_change_of_rules(builds):
    path = next((builds / "issued").glob("*.json"))
    told = json.loads(path.read_text())
    told["manifest"]["indicators"]["credentials_issued_eligible"]["value"] = 3
    path.write_text(json.dumps(told))
    one = change(builds, "credentials_issued_eligible")
    assert (one.then, one.rules, one.difference) == (3, -2, 2)


def test_without_the_earlier_build_the_difference_stands_alone(builds):
    earlier = next(build for build in list_builds(builds) if build.build_id.endswith("00000001"))
    earlier.path.unlink()
    one = change(builds, "credentials_issued_eligible")
    assert (one.difference, one.new_rows, one.late) == (4, None, None)
    pack = make_pack(builds, PERIOD, NOW, "es", "restricted", "borrador")
    assert "no se puede repartir" in pack.section("changes").blocks[0].paragraphs[1]


def test_the_section_of_changes_says_why(prepared):
    pack = make_pack(prepared, PERIOD, NOW, "en", "restricted", "borrador")
    names, row = line_of(pack, words("en").metric("credentials_issued_eligible"))
    # Nothing was counted by other rules, so that cause has no column.
    assert names[2:] == ("then", "now", "difference", "new_rows", "events", "late", "explanation")
    assert row[2:] == (1, 5, 4, 2, 1, 1, "")


def line_of(pack, label):
    """Names of the columns, and the row, of a line of the table of counts that changed."""
    grid = next(one for one in pack.section("changes").blocks if one.key == "changes_count")
    return grid.names, next(row for row in grid.table.rows if row[0] == label)


def test_a_comment_stands_beside_its_line_and_not_again_below(builds):
    plain = make_pack(builds, PERIOD, NOW, "es", "restricted", "borrador")
    grid = next(one for one in plain.section("changes").blocks if one.key == "changes_count")
    written = Comment(str(PERIOD), "changes", "A. Autora", date(2026, 2, 16), "Dos entregas.", line=grid.codes[1])
    add_comment(builds, written)
    add_comment(builds, replace(written, text="De otra vez.", line="10-ZZZZZZZ"))
    pack = make_pack(builds, PERIOD, NOW, "es", "restricted", "borrador")
    grid = next(one for one in pack.section("changes").blocks if one.key == "changes_count")
    assert [row[-1] for row in grid.table.rows[:3]] == ["", "Dos entregas. (A. Autora, 16-02-2026)", ""]
    # The line of the other one did not change this time, so that it is told with the rest.
    [below] = [one for one in pack.section("comments").blocks if one.key == "comments"]
    assert [row[:2] for row in below.table.rows] == [
        ("Cambios desde el último informe emitido · línea 10-ZZZZZZZ", "De otra vez.")
    ]
    assert verify(write_zip(pack, QUICK), builds, writers=QUICK).differences == []


def figure_changes(builds, language="en"):
    """{(table/row, column): what became of that figure} of a draft on the second load."""
    pack = make_pack(builds, PERIOD, NOW, language, "restricted", "borrador")
    return pack, {(one.key, one.column): one for one in pack.changes}


def test_every_figure_that_changed_is_split_by_its_causes(prepared):
    _, found = figure_changes(prepared)
    reached = found["reached/credentials_issued_eligible", "value"]
    assert (reached.then, reached.now, reached.causes) == (1, 5, (2, 1, 1, 0))
    gap = found["targets/credentials_issued_eligible", "gap"]
    assert (gap.then, gap.now, gap.causes) == (1583, 1579, (-2, -1, -1, 0))
    enrolled = found["funnel/enrolments", "enrolments"]
    assert (enrolled.then, enrolled.now, enrolled.causes) == (3, 5, (2, 0, 0, 0))
    fees = found["fees/base_price", "amount"]
    assert (fees.then, fees.now, fees.causes) == (300, 500, (200, 0, 0, 0))
    # This build keeps no rows as they were sent.
    files = [one for (key, _), one in found.items() if key.startswith("reconciliation_")]
    assert files and all(one.causes == () for one in files)


def test_the_causes_of_every_figure_add_up_to_its_difference(prepared):
    _, found = figure_changes(prepared)
    assert len(found) > 100
    for one in found.values():
        if one.causes:
            assert abs(sum(one.causes) - one.difference) < Decimal("1e-20"), one.name
            assert one.unit in ("share", "ratio") or sum(one.causes) == one.difference, one.name


def test_another_target_is_a_change_of_definitions(builds):
    from tests.reports.test_settings import change as change_setting

    change_setting(builds, "credentials_issued_eligible.value", "1.600")
    _, found = figure_changes(builds)
    gap = found["targets/credentials_issued_eligible", "gap"]
    assert (gap.then, gap.now, gap.causes) == (1583, 1595, (-2, -1, -1, 16))


def test_every_figure_of_the_earlier_pack_is_the_same_another_or_gone(prepared):
    pack, found = figure_changes(prepared)
    grid = next(one for one in pack.section("changes").blocks if isinstance(one, Grid) and one.key == "changes_summary")
    compared, same, changed, appeared, gone = (sum(row[place] for row in grid.table.rows) for place in range(1, 6))
    assert compared == same + changed + appeared + gone
    assert changed + appeared + gone == len(found)
    then = list_issued(prepared)[0].manifest["figures"]
    numbers = [one for name, one in then.items() if one["value"] is not None and not name.startswith("10-")]
    assert same + changed + gone == len(numbers)


def test_figures_that_say_the_same_are_one_line_with_the_code_of_the_first(builds):
    pack, found = figure_changes(builds)
    _, row = line_of(pack, words("en").metric("credentials_issued_eligible"))
    # The headline and the table of targets are two figures of the one indicator.
    first = found["targets/credentials_issued_eligible", "value"].name.partition(".")[0]
    assert row[1] == f"{first} +1"


def test_the_manifest_has_every_change_and_a_forged_one_is_found(prepared):
    from tests.reports.test_proof import change_manifest

    content = make(prepared, NOW)
    told = read_manifest(read_members(content))["changes"]
    name = next(name for name, one in told.items() if one["key"] == "fees/base_price" and one["now"] == "500.00")
    assert told[name]["causes"]["new_rows"] == "200.00"

    def forge(manifest):
        manifest["changes"][name]["causes"] |= {"new_rows": "0.00", "late": "200.00"}

    differences = verify(change_manifest(content, forge), prepared, writers=QUICK).tell(words("en"))
    assert differences == ["Manifest, changes: not what the load and the data of the grant give."]


def test_a_pack_with_changes_is_proven(prepared):
    assert verify(make(prepared, NOW), prepared, writers=QUICK).differences == []


def test_a_build_of_an_issued_pack_is_never_removed(builds):
    first = list_issued(builds)[0].manifest["build"]["id"]
    assert read_kept(builds) == {first}
    for number in range(3, 12):
        publish(builds, number, FIRST)
    assert first in {build.build_id for build in list_builds(builds)}


def test_an_issued_pack_made_again_is_the_same_bytes(tmp_path):
    publish(tmp_path, 1, FIRST)
    before = make(tmp_path, THEN)
    issue(tmp_path, before)
    assert make(tmp_path, THEN) == before


def test_the_same_pack_is_issued_once(builds):
    first = list_issued(builds)[0]
    assert issue(builds, first.read()) == first
    assert len(list_issued(builds)) == 1


def test_another_pack_of_the_same_name_is_refused(builds):
    other = change_manifest(list_issued(builds)[0].read(), lambda manifest: manifest["residuals"].append("something"))
    with pytest.raises(CannotIssue):
        issue(builds, other)


def test_a_draft_is_not_issued(tmp_path):
    publish(tmp_path, 1, FIRST)
    with pytest.raises(CannotIssue, match="borrador"):
        issue(tmp_path, make(tmp_path, THEN, "borrador"))


def test_a_pack_of_a_build_that_is_not_there_is_not_issued(builds, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    publish(elsewhere, 9, FIRST)
    with pytest.raises(CannotIssue, match="is not in"):
        issue(elsewhere, list_issued(builds)[0].read())


def test_a_list_of_kept_builds_that_cannot_be_read_is_left_alone(tmp_path):
    publish(tmp_path, 1, FIRST)
    (tmp_path / KEPT_NAME).write_text("not json")
    with pytest.raises(CannotIssue):
        issue(tmp_path, make(tmp_path, THEN))
    assert (tmp_path / KEPT_NAME).read_text() == "not json"
    assert list_issued(tmp_path) == []


def test_nothing_is_issued_while_a_load_has_the_lock(tmp_path):
    from etl.builds import BuildsBusy
    from etl.publish import locked

    publish(tmp_path, 1, FIRST)
    content = make(tmp_path, THEN)
    with locked(tmp_path), pytest.raises(BuildsBusy):
        issue(tmp_path, content)


def test_a_comment_is_printed_with_author_and_date_and_only_in_its_period(tmp_path):
    publish(tmp_path, 1, FIRST)
    add_comment(tmp_path, Comment("2025-H2", "targets", "A. Autora", date(2026, 1, 16), "=Se retrasa un curso."))
    add_comment(tmp_path, Comment("2026-H1", "funnel", "A. Autora", date(2026, 7, 1), "Otro."))
    section = make_pack(tmp_path, PERIOD, THEN, "es", "restricted", "borrador").section("comments")
    assert section.blocks[0].table.rows == [("Metas", "=Se retrasa un curso.", "A. Autora", date(2026, 1, 16))]
    assert "Metas" not in section.blocks[1].paragraphs[0]
    assert "De la solicitud a la microcredencial" in section.blocks[1].paragraphs[0]


def test_comments_that_cannot_be_read_are_not_overwritten(tmp_path):
    (tmp_path / "pack_comments.json").write_text("[{}]")
    with pytest.raises(CommentsAreDamaged):
        read_comments(tmp_path)


def test_an_issued_pack_is_kept_as_it_was_with_its_hash_and_moment(tmp_path):
    publish(tmp_path, 1, FIRST)
    content = make(tmp_path, THEN)
    one = issue(tmp_path, content, datetime(2026, 1, 16, 9, 30, tzinfo=UTC))
    assert one == list_issued(tmp_path)[0]
    assert (one.number, one.issued_at.isoformat()) == (1, "2026-01-16T09:30:00+00:00")
    assert one.sha256 == hashlib.sha256(content).hexdigest()
    assert one.read() == content


def test_an_issued_pack_that_was_changed_is_not_given_out(tmp_path):
    publish(tmp_path, 1, FIRST)
    one = issue(tmp_path, make(tmp_path, THEN))
    one.path.write_bytes(b"another")
    with pytest.raises(IssuedIsDamaged):
        one.read()
    one.path.with_suffix(".json").write_text("{}")
    with pytest.raises(IssuedIsDamaged):
        list_issued(tmp_path)
