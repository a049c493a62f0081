"""Builds are published whole, found again, proven, kept, and undone."""

import json
import os
import pickle
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl import builds, pointer
from etl.builds import BuildError, BuildsBusy, current_build, list_builds, open_reader
from etl.publish import make_current, publishing
from tests.etl.small_build import fill_draft, lines_of, name_build, publish_build, publish_draft, read_lines


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "builds"


def publish_several(folder: Path, count: int) -> list[builds.Build]:
    return [publish_build(folder, number) for number in range(1, count + 1)]


def refusal(action, *arguments) -> str:
    with pytest.raises(BuildError) as caught:
        action(*arguments)
    return caught.value.rule


def flip_bit(path: Path, position: int) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.chmod(0o640)
    path.write_bytes(content)


def test_before_the_first_build_there_is_none(folder):
    assert current_build(folder) is None
    assert list_builds(folder) == []


def test_a_published_build_is_current_and_holds_what_was_loaded(folder):
    published = publish_build(folder, 1)
    assert current_build(folder) == published
    assert (published.sequence, published.degraded, published.build_id) == (1, None, name_build(1))
    assert read_lines(published) == lines_of(published)


def test_a_file_name_holds_the_build_and_its_hash(folder):
    published = publish_build(folder, 1)
    assert published.path.name == f"{name_build(1)}-{builds.hash_file(published.path)[:8]}.duckdb"


def test_the_pointer_says_file_hash_size_and_sequence(folder):
    published = publish_build(folder, 1)
    said = json.loads((folder / "current.json").read_text())
    assert said["file"] == published.path.name
    assert said["sha256"] == builds.hash_file(published.path)
    assert said["size"] == published.path.stat().st_size
    assert (said["sequence"], said["build_id"]) == (1, name_build(1))


def test_a_published_file_is_read_only_and_closed_to_others(folder):
    assert publish_build(folder, 1).path.stat().st_mode & 0o777 == 0o440


def test_nothing_is_left_beside_the_builds(folder):
    publish_build(folder, 1)
    names = {path.name.split("-")[0] for path in folder.iterdir()}
    assert names == {"lock", "current.json", "published", "20250901T000001Z"}


def test_a_load_that_fails_publishes_nothing_and_leaves_nothing(folder):
    first = publish_build(folder, 1)
    with pytest.raises(ZeroDivisionError), publishing(folder) as draft:
        fill_draft(draft, 2)
        raise ZeroDivisionError
    assert current_build(folder) == first
    assert list(folder.glob("*.draft*")) == []


def test_a_first_load_that_fails_leaves_no_build_rather_than_a_damaged_one(folder):
    with publishing(folder) as draft:
        fill_draft(draft, 1)
    assert current_build(folder) is None


def test_leftovers_of_a_killed_load_are_swept(folder):
    publish_build(folder, 1)
    (folder / "load_0.draft").write_bytes(b"half")
    (folder / "load_0.draft.wal").write_bytes(b"half")
    (folder / "load_0.draft.tmp").mkdir()
    (folder / "current.json.0.aside").write_bytes(b"half")
    publish_build(folder, 2)
    assert [*folder.glob("*.draft*"), *folder.glob("*.aside")] == []


# What a draft has to prove


@pytest.mark.parametrize(
    ("expected", "sums", "what", "found"),
    [
        ({"funding_line": 21}, {}, "funding_line", "20"),
        ({"no_such_table": 1}, {}, "no_such_table", "None"),
        ({"main.funding_line": 19}, {}, "main.funding_line", "20"),
        ({'f"; drop table build; --': 1}, {}, 'f"; drop table build; --', "None"),
        ({}, {("funding_line", "budgeted"): Decimal("2.01")}, "funding_line.budgeted", "2.00"),
        ({}, {("funding_line", "paid"): Decimal("0.01")}, "funding_line.paid", "0.00"),
        ({}, {("funding_line", "nothing"): Decimal("1")}, "funding_line.nothing", "None"),
    ],
)
def test_a_draft_that_does_not_hold_what_was_promised_is_refused(folder, expected, sums, what, found):
    first = publish_build(folder, 1)
    with pytest.raises(BuildError) as caught, publishing(folder) as draft:
        fill_draft(draft, 2)
        draft.publish(name_build(2), expected, sums)
    assert caught.value.rule == "draft_fails_its_proof"
    assert (caught.value.details["what"], caught.value.details["found"]) == (what, found)
    assert current_build(folder) == first


def test_a_table_of_another_schema_can_be_proven(folder):
    with publishing(folder) as draft:
        fill_draft(draft, 1)
        with duckdb.connect(draft.path) as connection:
            connection.execute("create schema raw; create table raw.enrolments as select range as line from range(3)")
        assert draft.publish(name_build(1), {"raw.enrolments": 3}).sequence == 1


def test_a_draft_of_another_load_is_refused(folder):
    with pytest.raises(BuildError) as caught, publishing(folder) as draft:
        fill_draft(draft, 2)
        draft.publish(name_build(3), {})
    assert caught.value.details == {"what": "build_id", "expected": name_build(3), "found": name_build(2)}


def test_an_empty_draft_is_refused(folder):
    with publishing(folder) as draft:
        assert refusal(draft.publish, name_build(1), {}) == "draft_fails_its_proof"


def test_a_draft_without_its_build_row_is_refused(folder):
    with publishing(folder) as draft:
        with duckdb.connect(draft.path) as connection:
            connection.execute("create table build (build_id varchar, key_id varchar)")
        assert refusal(draft.publish, name_build(1), {}) == "draft_fails_its_proof"


def test_a_draft_made_with_another_key_is_refused(folder):
    first = publish_build(folder, 1, "key-one")
    assert refusal(publish_build, folder, 2, "key-two") == "key_does_not_match_the_published_builds"
    assert current_build(folder) == first


def test_a_draft_that_is_still_open_is_refused(folder):
    with publishing(folder) as draft:
        fill_draft(draft, 1)
        connection = duckdb.connect(draft.path)
        assert refusal(publish_draft, draft, 1) == "draft_is_still_open"
        connection.begin()
        connection.execute("delete from build")
        assert refusal(publish_draft, draft, 1) == "draft_is_still_open"
        connection.close()
        assert publish_draft(draft, 1).sequence == 1


def test_rows_that_were_never_checkpointed_are_published_too(folder):
    with publishing(folder) as draft:
        fill_draft(draft, 1)
        with duckdb.connect(draft.path) as connection:
            connection.execute("set checkpoint_threshold = '1GB'; pragma disable_checkpoint_on_shutdown")
            connection.execute("insert into funding_line (row_key) values ('b-1')")
        assert draft.path.with_name(f"{draft.path.name}.wal").exists()
        assert draft.publish(name_build(1), {"funding_line": 21}).sequence == 1


def test_a_log_that_the_checkpoint_leaves_behind_is_refused(folder, monkeypatch):
    with publishing(folder) as draft:
        fill_draft(draft, 1)
        exists = Path.exists
        monkeypatch.setattr(Path, "exists", lambda path: path.suffix == ".wal" or exists(path))
        assert refusal(publish_draft, draft, 1) == "draft_is_still_open"


@pytest.mark.parametrize("build_id", ["", "../outside", "a/b", "-rf", "a.b", "x" * 101, "a\nb"])
def test_a_build_id_that_is_no_plain_name_is_refused(folder, build_id):
    with publishing(folder) as draft:
        assert refusal(draft.publish, build_id, {}) == "build_id_is_unusable"


# What is kept


def test_the_newest_five_builds_are_kept(folder):
    publish_several(folder, 8)
    assert [build.build_id for build in list_builds(folder)] == [name_build(number) for number in (8, 7, 6, 5, 4)]
    assert len(list(folder.glob("*.duckdb"))) == 5
    assert len(list(folder.glob("published-*.json"))) == 5


def test_builds_of_issued_packs_are_kept(folder):
    publish_several(folder, 2)
    (folder / "kept.json").write_text(json.dumps([name_build(1)]))
    publish_several(folder, 9)
    kept = [build.sequence for build in list_builds(folder)]
    assert kept[:5] == [11, 10, 9, 8, 7]
    assert kept[-1] == 1


@pytest.mark.parametrize("content", ["", "{", '{"build": 1}', "[1, 2]", "\xff"])
def test_a_list_of_issued_packs_that_cannot_be_read_keeps_everything(folder, content):
    publish_several(folder, 1)
    (folder / "kept.json").write_bytes(content.encode("latin-1"))
    publish_several(folder, 6)
    assert len(list_builds(folder)) == 7


def test_files_that_no_record_names_are_left_alone(folder):
    publish_several(folder, 2)
    (folder / "of_somebody.duckdb").write_bytes(b"not ours")
    next(folder.glob("published-000001.json")).write_bytes(b"")
    for number in range(3, 9):
        publish_build(folder, number)
    assert (folder / "of_somebody.duckdb").exists()
    assert len(list(folder.glob(f"{name_build(1)}-*.duckdb"))) == 1
    assert len(list(folder.glob(f"{name_build(2)}-*.duckdb"))) == 0


def test_the_same_build_twice_is_kept_under_both_names(folder):
    publish_build(folder, 1)
    publish_build(folder, 1)
    assert len({build.path for build in list_builds(folder)}) == len(list(folder.glob("*.duckdb")))


def test_a_garbage_collection_that_fails_does_not_undo_the_publication(folder, monkeypatch):
    publish_several(folder, 5)
    unlink = Path.unlink

    def refuse_builds(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".duckdb":
            raise PermissionError(13, "no")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse_builds)
    assert publish_build(folder, 6) == current_build(folder)
    monkeypatch.undo()
    publish_build(folder, 7)
    assert len(list(folder.glob("*.duckdb"))) == 5


# Undo


def test_an_older_build_can_be_made_current_again(folder):
    first, second = publish_several(folder, 2)
    undone = make_current(folder, first.build_id)
    assert undone == current_build(folder) == replace(first, sequence=3)
    assert [build.build_id for build in list_builds(folder)] == [first.build_id, second.build_id]


def test_after_an_undo_a_load_goes_on_counting(folder):
    first, _ = publish_several(folder, 2)
    make_current(folder, first.build_id)
    assert publish_build(folder, 3).sequence == 4


def test_undoing_many_times_piles_nothing_up(folder):
    first, second = publish_several(folder, 2)
    for build in [first, second] * 5:
        make_current(folder, build.build_id)
    assert len(list(folder.glob("published-*.json"))) == 2


def test_a_build_that_is_not_kept_cannot_be_made_current(folder):
    publish_several(folder, 7)
    assert refusal(make_current, folder, name_build(1)) == "build_is_not_kept"
    assert refusal(make_current, folder, "never-seen") == "build_is_not_kept"


def test_a_damaged_build_cannot_be_made_current(folder):
    first, second = publish_several(folder, 2)
    flip_bit(first.path, 9000)
    assert refusal(make_current, folder, first.build_id) == "build_is_damaged"
    assert current_build(folder) == second


def test_an_undo_during_a_load_says_busy(folder):
    first = publish_build(folder, 1)
    with publishing(folder), pytest.raises(BuildsBusy):
        make_current(folder, first.build_id)


# Damage


def damage_by_truncating(folder, path):
    path.chmod(0o640)
    os.truncate(path, path.stat().st_size // 2)


def damage_by_a_flipped_bit(folder, path):
    flip_bit(path, path.stat().st_size // 2)


def damage_by_emptying(folder, path):
    path.chmod(0o640)
    path.write_bytes(b"")


def damage_by_removing(folder, path):
    path.unlink()


def damage_by_a_stray_log(folder, path):
    path.with_name(f"{path.name}.wal").write_bytes(b"rows of somebody else")


def damage_by_emptying_the_pointer(folder, path):
    (folder / "current.json").write_bytes(b"")


def damage_by_removing_the_pointer(folder, path):
    (folder / "current.json").unlink()


def damage_by_half_a_pointer(folder, path):
    os.truncate(folder / "current.json", 40)


def damage_by_a_pointer_of_another_shape(folder, path):
    (folder / "current.json").write_text('["checksum"]')


def damage_by_a_flipped_digit_of_the_sequence(folder, path):
    text = (folder / "current.json").read_text()
    (folder / "current.json").write_text(text.replace('"sequence": 3', '"sequence": 2'))


BUILD_DAMAGE = [
    damage_by_truncating,
    damage_by_a_flipped_bit,
    damage_by_emptying,
    damage_by_removing,
    damage_by_a_stray_log,
]
POINTER_DAMAGE = [
    damage_by_emptying_the_pointer,
    damage_by_removing_the_pointer,
    damage_by_half_a_pointer,
    damage_by_a_pointer_of_another_shape,
    damage_by_a_flipped_digit_of_the_sequence,
]


@pytest.mark.parametrize("damage", BUILD_DAMAGE)
def test_a_damaged_build_gives_way_to_the_last_good_one(folder, damage):
    _, second, third = publish_several(folder, 3)
    assert current_build(folder) == third
    damage(folder, third.path)
    assert current_build(folder) == replace(second, degraded="build_is_damaged")
    assert read_lines(current_build(folder)) == lines_of(second)


@pytest.mark.parametrize("damage", POINTER_DAMAGE)
def test_a_damaged_pointer_is_said_and_the_newest_whole_build_shown(folder, damage):
    third = publish_several(folder, 3)[-1]
    damage(folder, third.path)
    assert current_build(folder) == replace(third, degraded="pointer_is_damaged")


@pytest.mark.parametrize("damage", [*BUILD_DAMAGE, *POINTER_DAMAGE])
def test_the_next_load_mends_the_damage(folder, damage):
    third = publish_several(folder, 3)[-1]
    damage(folder, third.path)
    fourth = publish_build(folder, 4)
    assert current_build(folder) == fourth
    assert (fourth.sequence, fourth.degraded) == (4, None)


def test_any_single_flipped_bit_of_the_pointer_never_names_another_build(folder):
    published = publish_several(folder, 2)[-1]
    whole = (folder / "current.json").read_bytes()
    for position in range(len(whole) * 8):
        content = bytearray(whole)
        content[position // 8] ^= 1 << position % 8
        (folder / "current.json").write_bytes(content)
        assert current_build(folder).path == published.path


def test_a_pointer_and_its_build_damaged_together_still_leave_the_one_before(folder):
    _, second, third = publish_several(folder, 3)
    damage_by_emptying_the_pointer(folder, third.path)
    damage_by_truncating(folder, third.path)
    assert current_build(folder) == replace(second, degraded="pointer_is_damaged")


def test_a_damaged_record_is_passed_over(folder):
    first, _, third = publish_several(folder, 3)
    flip_bit(third.path, 5000)
    (folder / "published-000002.json").write_bytes(b"{}")
    assert current_build(folder) == replace(first, degraded="build_is_damaged")


def test_records_that_vanish_while_they_are_read_are_passed_over(folder, monkeypatch):
    publish_several(folder, 2)
    read_bytes = Path.read_bytes

    def read_all_but_the_second(path: Path) -> bytes:
        if path.name == "published-000002.json":
            raise FileNotFoundError(2, "gone")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", read_all_but_the_second)
    assert [build.sequence for build in list_builds(folder)] == [1]


def test_without_any_whole_build_it_is_an_error_and_not_an_empty_dashboard(folder):
    only = publish_build(folder, 1)
    damage_by_truncating(folder, only.path)
    assert refusal(current_build, folder) == "no_build_is_whole"
    only.path.unlink()
    assert refusal(current_build, folder) == "no_build_is_whole"


def test_builds_without_any_note_are_an_error_and_not_an_empty_dashboard(folder):
    publish_build(folder, 1)
    for note in folder.glob("*.json"):
        note.unlink()
    assert refusal(current_build, folder) == "no_build_is_whole"


def test_a_pointer_that_the_disk_cannot_give_back_is_damaged(folder):
    published = publish_build(folder, 1)
    (folder / "current.json").unlink()
    (folder / "current.json").mkdir()
    assert current_build(folder) == replace(published, degraded="pointer_is_damaged")


def test_a_list_of_builds_says_which_are_damaged(folder):
    first, _ = publish_several(folder, 2)
    flip_bit(first.path, 5000)
    assert [build.degraded for build in list_builds(folder)] == [None, "build_is_damaged"]


def test_a_build_that_was_never_announced_is_not_fallen_back_to(folder):
    first, _ = publish_several(folder, 2)
    pointer.write_pointer(folder, pointer.read_records(folder)[1])
    flip_bit(first.path, 5000)
    assert refusal(current_build, folder) == "no_build_is_whole"
    assert publish_build(folder, 3).sequence == 3


def test_a_reader_that_a_publisher_overtakes_reads_the_pointer_again(folder, monkeypatch):
    first = publish_build(folder, 1)
    overtaken = pointer.read_pointer(folder)
    second = publish_build(folder, 2)
    first.path.unlink()
    answers = iter([overtaken])
    read_pointer = pointer.read_pointer
    monkeypatch.setattr(pointer, "read_pointer", lambda folder: next(answers, None) or read_pointer(folder))
    assert current_build(folder) == second


def test_a_version_of_a_file_is_hashed_once(folder, monkeypatch):
    published = publish_build(folder, 1)
    current_build(folder)
    hashed = []
    hash_file = builds.hash_file
    monkeypatch.setattr(builds, "hash_file", lambda path: hashed.append(path) or hash_file(path))
    for _ in range(3):
        current_build(folder)
    assert hashed == []
    os.utime(published.path)
    for _ in range(3):
        current_build(folder)
    assert len(hashed) == 1


def test_order_is_by_sequence_when_the_clock_is_set_back(folder):
    publish_build(folder, 30)
    earlier = publish_build(folder, 10)
    for note in folder.iterdir():
        os.utime(note, (0, 0))
    os.utime(earlier.path, (1, 1))
    assert current_build(folder) == earlier
    assert [build.build_id for build in list_builds(folder)] == [name_build(10), name_build(30)]
    latest = publish_build(folder, 5)
    flip_bit(latest.path, 5000)
    assert current_build(folder) == replace(earlier, degraded="build_is_damaged")


# The door


@pytest.mark.parametrize(
    "statement",
    [
        "insert into loaded.funding_line (row_key) values ('x')",
        "create table loaded.mine (i integer)",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "set temp_directory = '/tmp'",
        "attach '/tmp/escape.duckdb'",
        "copy (select 1) to '/tmp/escape.csv'",
        "from read_csv('/etc/passwd')",
        "from read_text('/etc/passwd')",
        "export database '/tmp/escape'",
        "install httpfs",
        "load httpfs",
        "from glob('/etc/*')",
    ],
)
def test_nothing_leads_out_of_a_reader(folder, statement):
    connection = open_reader(publish_build(folder, 1))
    with pytest.raises(duckdb.Error):
        connection.execute(statement).fetchall()


def test_derived_tables_are_made_beside_the_build(folder):
    published = publish_build(folder, 1)
    connection = open_reader(published)
    connection.execute("create table per_line as select line, count(*) as lines from loaded.funding_line group by all")
    assert connection.cursor().execute("from per_line").fetchall() == [(name_build(1), 20)]
    assert builds.hash_file(published.path) == published.sha256


def test_two_readers_of_one_build_do_not_see_each_other(folder):
    published = publish_build(folder, 1)
    first, second = open_reader(published), open_reader(published)
    first.execute("create table mine (i integer)")
    assert second.execute("select count(*) from duckdb_tables() where table_name = 'mine'").fetchone() == (0,)


def test_a_reader_keeps_its_build_after_it_was_removed(folder):
    published = publish_build(folder, 1)
    connection = open_reader(published)
    publish_several(folder, 6)
    assert not published.path.exists()
    assert connection.execute("select count(*) from loaded.funding_line").fetchone() == (20,)


def test_opening_a_build_that_is_gone_says_so(folder):
    published = publish_build(folder, 1)
    published.path.unlink()
    assert refusal(open_reader, published) == "build_is_gone"


def test_opening_a_build_that_was_damaged_since_says_so(folder):
    published = publish_build(folder, 1)
    damage_by_emptying(folder, published.path)
    published.path.write_bytes(b"x" * 20000)
    assert refusal(open_reader, published) == "build_is_damaged"


def test_a_folder_with_a_quote_in_its_name_is_a_folder_like_any_other(tmp_path):
    published = publish_build(tmp_path / 'o\'brien; "x"', 1)
    assert read_lines(published) == lines_of(published)


def test_an_error_is_a_rule_with_details_and_survives_a_process_border():
    error = pickle.loads(pickle.dumps(BuildsBusy("builds_are_busy", {"folder": "f"})))
    assert (type(error), error.rule, error.details, str(error)) == (
        BuildsBusy,
        "builds_are_busy",
        {"folder": "f"},
        "builds_are_busy",
    )
