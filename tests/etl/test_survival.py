"""Whatever happens to a load, the published build is the old one or the new one, whole, and the next load works.

SURVIVAL_KILLS and SURVIVAL_PUBLISHES raise the numbers for a soak.
"""

import errno
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.builds import BuildError, BuildsBusy, current_build
from etl.publish import publishing
from tests.etl.small_build import fill_draft, lines_of, name_build, publish_build, publish_draft, read_lines

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("SURVIVAL_KILLS", "25"))
IS_SOAK = "SURVIVAL_KILLS" in os.environ
PUBLISHES = int(os.environ.get("SURVIVAL_PUBLISHES", "60"))
LONGEST_LIFE_MS = 600  # a few publications of the small build
SHORT_FORM_SECONDS = 20  # on a busy machine fewer kills rather than a longer wait; a soak takes the time it needs
FEWEST_KILLS = 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "builds"


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen]:
    with start("survival_nursery") as process:
        yield process
        process.stdin.close()


def start(module: str, *arguments: object) -> subprocess.Popen:
    command = [sys.executable, "-m", f"tests.etl.{module}", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def order(nursery: subprocess.Popen, name: str, *arguments: object) -> str:
    print(name, *arguments, sep="\t", file=nursery.stdin, flush=True)
    return nursery.stdout.readline().strip()


def assert_whole(folder: Path) -> None:
    build = current_build(folder)
    assert build.degraded is None
    assert read_lines(build) == lines_of(build)


def assert_next_load_works(folder: Path, number: int) -> None:
    published = publish_build(folder, number)
    assert current_build(folder) == published
    assert [*folder.glob("*.draft*"), *folder.glob("*.aside")] == []


def test_a_load_killed_at_a_random_instant_leaves_the_old_build_or_the_new_one(folder, nursery, tmp_path):
    announced = tmp_path / "announced"
    publish_build(folder, 0)
    chance = random.Random(20250901)
    started = time.monotonic()
    for done in range(KILLS):
        if done >= FEWEST_KILLS and not IS_SOAK and time.monotonic() - started > SHORT_FORM_SECONDS:
            break
        assert order(nursery, "kill_after", chance.randint(1, LONGEST_LIFE_MS), folder, announced) == "killed"
        assert_whole(folder)
        said = [int(line) for line in announced.read_text().split()] if announced.exists() else [1]
        assert current_build(folder).sequence >= max(said, default=1)
    assert_next_load_works(folder, 999)


def test_a_load_killed_before_any_of_its_steps_leaves_the_old_build_or_the_new_one(folder, nursery):
    publish_build(folder, 0)
    position = 0
    outcome = "killed"
    while outcome == "killed":
        position += 1
        before = current_build(folder)
        outcome = order(nursery, "kill_before_call", position, folder, position)
        assert_whole(folder)
        assert current_build(folder).build_id in (before.build_id, name_build(position))
    assert outcome == "finished"
    assert position > 8
    assert_next_load_works(folder, 999)


def test_the_first_load_of_all_killed_before_any_of_its_steps_leaves_nothing_or_a_build(tmp_path, nursery):
    position = 0
    outcome = "killed"
    while outcome == "killed":
        position += 1
        folder = tmp_path / str(position)
        outcome = order(nursery, "kill_before_call", position, folder, 1)
        build = current_build(folder)
        assert build is None or (build.degraded, build.build_id) == (None, name_build(1))
        assert_next_load_works(folder, 2)
    assert outcome == "finished"


def test_a_disk_that_is_full_at_any_step_is_said_and_leaves_the_old_build_or_the_new_one(folder, nursery):
    publish_build(folder, 0)
    position = 0
    outcome = "refused"
    while outcome == "refused":
        position += 1
        before = current_build(folder)
        outcome = order(nursery, "fail_at_call", position, folder, position)
        assert_whole(folder)
        assert current_build(folder).build_id in (before.build_id, name_build(position))
    assert outcome == "finished"
    assert position > 4
    assert_next_load_works(folder, 999)


@pytest.mark.parametrize("size", [0, 100, 5_000, 20_000, 100_000, 300_000])
def test_a_disk_without_room_for_the_build_is_said_and_leaves_the_old_build(folder, nursery, size):
    first = publish_build(folder, 1)
    assert order(nursery, "limit_size", size, folder, 2) == "refused"
    assert current_build(folder) == first
    assert [*folder.glob("*.draft*"), *folder.glob("*.aside")] == []
    assert_next_load_works(folder, 3)


def test_a_full_disk_is_not_left_full_of_builds_nobody_was_told_of(folder, monkeypatch):
    first = publish_build(folder, 1)
    replace = os.replace

    def refuse_the_pointer(source: Path, target: Path) -> None:
        if Path(target).name == "current.json":
            raise OSError(errno.ENOSPC, "full")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse_the_pointer)
    with pytest.raises(BuildError, match="disk_is_full"):
        publish_build(folder, 2)
    assert current_build(folder) == first
    assert list(folder.glob("*.duckdb")) == [first.path]
    assert len(list(folder.glob("published-*.json"))) == 1


def test_when_only_the_last_sync_fails_the_new_build_stays(folder, monkeypatch):
    publish_build(folder, 1)
    replace, fsync = os.replace, os.fsync
    renamed = []

    def refuse_after_the_pointer(descriptor: int) -> None:
        if "current.json" in renamed:
            raise OSError(errno.EIO, "gone")
        fsync(descriptor)

    def note_rename(source: Path, target: Path) -> None:
        renamed.append(Path(target).name)
        replace(source, target)

    monkeypatch.setattr(os, "replace", note_rename)
    monkeypatch.setattr(os, "fsync", refuse_after_the_pointer)
    with pytest.raises(BuildError, match="builds_folder_cannot_be_written"):
        publish_build(folder, 2)
    assert current_build(folder).build_id == name_build(2)
    assert_whole(folder)


def test_nothing_gets_its_last_name_before_it_is_on_the_disk(folder, monkeypatch):
    steps = []
    fsync, replace = os.fsync, os.replace

    def note_sync(descriptor: int) -> None:
        steps.append(("sync", Path(os.readlink(f"/proc/self/fd/{descriptor}")).name))
        fsync(descriptor)

    def note_rename(source: Path, target: Path) -> None:
        steps.append(("rename", Path(source).name, Path(target).name))
        replace(source, target)

    publish_build(folder, 1)
    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_rename)
    published = publish_build(folder, 2)
    renames = [step for step in steps if step[0] == "rename"]
    assert [target for _, _, target in renames] == ["published-000002.json", published.path.name, "current.json"]
    for rename in renames:
        position = steps.index(rename)
        assert ("sync", rename[1]) in steps[:position]
        assert steps[position + 1] == ("sync", "builds")


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "builds").write_text("a file where the folder should be")
    with pytest.raises(BuildError) as caught:
        publish_build(tmp_path / "builds", 1)
    assert caught.value.rule == "builds_folder_cannot_be_written"
    assert caught.value.details == {"folder": str(tmp_path / "builds"), "reason": "File exists"}


def test_a_folder_that_became_read_only_is_said_and_its_build_still_read(folder, monkeypatch):
    first = publish_build(folder, 1)
    open_file = os.open

    def refuse_writing(path: object, flags: int, *arguments: object, **options: object) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, "read-only")
        return open_file(path, flags, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse_writing)
    with pytest.raises(BuildError) as caught:
        publish_build(folder, 2)
    assert caught.value.rule == "builds_folder_cannot_be_written"
    assert caught.value.details["reason"] == "Read-only file system"
    assert current_build(folder) == first
    assert read_lines(first) == lines_of(first)


def test_a_draft_that_duckdb_cannot_write_is_said(folder):
    with pytest.raises(BuildError, match="builds_folder_cannot_be_written"), publishing(folder) as draft:
        draft.path.mkdir()
        fill_draft(draft, 1)
    assert current_build(folder) is None


def test_a_disk_that_duckdb_finds_full_is_said(folder):
    with pytest.raises(BuildError, match="disk_is_full"), publishing(folder):
        raise duckdb.TransactionException('Failed to commit: Could not write file "x.wal": No space left on device')


def test_a_mistake_in_the_sql_of_a_load_stays_what_it_is(folder):
    with pytest.raises(duckdb.BinderException, match="no_such_column"), publishing(folder) as draft:
        fill_draft(draft, 1)
        duckdb.connect(draft.path).execute("select no_such_column from build")


def test_an_unreadable_export_is_not_mistaken_for_a_full_disk(folder):
    with pytest.raises(FileNotFoundError), publishing(folder):
        (folder / "no_such_export.csv").read_bytes()


def test_of_two_loads_at_once_one_wins_and_the_other_is_told_at_once(folder):
    with publishing(folder) as draft:
        fill_draft(draft, 1)
        with pytest.raises(BuildsBusy) as caught:
            publish_build(folder, 2)
        assert caught.value.rule == "builds_are_busy"
        published = publish_draft(draft, 1)
    assert current_build(folder) == published
    assert_next_load_works(folder, 3)


def test_a_load_of_another_process_is_busy_too(folder):
    script = "import sys; from pathlib import Path; from tests.etl.small_build import publish_build\n"
    script += "from etl.builds import BuildsBusy\n"
    script += "try: publish_build(Path(sys.argv[1]), 2)\nexcept BuildsBusy: print('busy')"
    with publishing(folder) as draft:
        fill_draft(draft, 1)
        other = subprocess.run(
            [sys.executable, "-c", script, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert other.stdout == "busy\n"
        publish_draft(draft, 1)
    assert current_build(folder).build_id == name_build(1)


def test_the_lock_goes_with_the_load_even_when_a_child_of_it_lives_on(folder):
    with publishing(folder):
        child = os.fork()
        if not child:
            os.read(os.pipe()[0], 1)
    try:
        publish_build(folder, 1)
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def test_readers_meet_no_error_and_no_mix_while_builds_are_published(folder):
    publish_build(folder, 0)
    reader = start("survival_reader", folder)
    for number in range(1, PUBLISHES + 1):
        publish_build(folder, number)
    count, *faults = reader.communicate("stop\n")[0].splitlines()
    assert faults == []
    assert int(count) > 0
    assert current_build(folder).sequence == PUBLISHES + 1
