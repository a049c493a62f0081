"""The secret key is made once, kept out of the builds and never mixed with another."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.builds import BuildError
from etl.pseudonym_key import KeyRefused, identify_key, key_path, load_key
from tests.etl.small_build import publish_build


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "builds"


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "secrets" / "pseudonym.key"
    monkeypatch.setenv("PSEUDONYM_KEY_FILE", str(path))
    return path


def refusal(folder: Path, create: bool = True) -> KeyRefused:
    with pytest.raises(KeyRefused) as caught:
        load_key(folder, create)
    return caught.value


def test_a_key_is_made_on_first_use_and_stays_the_same(folder, key_file):
    key, key_id = load_key(folder, create=True)
    assert len(key) == 32
    assert load_key(folder, create=False) == (key, key_id)
    assert load_key(folder, create=True) == (key, key_id)


def test_two_keys_are_not_alike(folder, key_file):
    first = load_key(folder, create=True)
    key_file.unlink()
    second = load_key(folder, create=True)
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_only_its_owner_can_read_the_key(folder, key_file):
    previous = os.umask(0)
    try:
        load_key(folder, create=True)
    finally:
        os.umask(previous)
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert key_file.parent.stat().st_mode & 0o777 == 0o700


def test_nothing_is_left_beside_the_key(folder, key_file):
    load_key(folder, create=True)
    assert list(key_file.parent.iterdir()) == [key_file]


def test_the_id_of_a_key_is_not_a_part_of_it(folder, key_file):
    key, key_id = load_key(folder, create=True)
    assert len(key_id) == 16
    assert key_id not in key.hex()


def test_the_id_of_a_key_never_changes():
    # HMAC-SHA256 of the purpose under 32 zero bytes, worked out with openssl dgst -mac HMAC
    assert identify_key(bytes(32)) == "4e6547d3c2d84684"


def test_two_loads_that_make_the_key_at_once_use_the_same_one(folder, key_file):
    script = "import sys; from pathlib import Path; from etl.pseudonym_key import load_key\n"
    script += "print(load_key(Path(sys.argv[1]), True)[1])"
    loads = [
        subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, cwd=Path.cwd())
        for _ in range(4)
    ]
    assert len({load.communicate()[0] for load in loads}) == 1
    assert [load.returncode for load in loads] == [0, 0, 0, 0]


def test_a_key_made_by_somebody_else_meanwhile_is_used(folder, key_file, monkeypatch):
    theirs = bytes(range(32))
    link = os.link

    def link_too_late(source: Path, target: Path) -> None:
        key_file.write_text(theirs.hex())
        link(source, target)

    monkeypatch.setattr(os, "link", link_too_late)
    assert load_key(folder, create=True)[0] == theirs
    assert list(key_file.parent.iterdir()) == [key_file]


def test_a_missing_key_is_refused_where_none_may_be_made(folder, key_file):
    assert refusal(folder, create=False).rule == "key_is_missing"
    assert not key_file.exists()


def test_a_missing_key_is_refused_when_builds_are_published(folder, key_file):
    publish_build(folder, 1, load_key(folder, create=True)[1])
    key_file.unlink()
    assert refusal(folder).rule == "key_is_missing_but_builds_are_published"
    assert not key_file.exists()


@pytest.mark.parametrize("pattern", ["*.json", "*.duckdb", "current.json", "published-*.json"])
def test_a_missing_key_is_refused_when_only_traces_of_builds_are_left(folder, key_file, pattern):
    publish_build(folder, 1)
    for path in folder.glob(pattern):
        path.unlink()
    assert refusal(folder).rule == "key_is_missing_but_builds_are_published"


def test_another_key_than_that_of_the_published_build_is_refused(folder, key_file):
    published = load_key(folder, create=True)[1]
    publish_build(folder, 1, published)
    key_file.write_text("ab" * 32)
    error = refusal(folder)
    assert error.rule == "key_does_not_match_the_published_builds"
    assert error.details == {"key_id": identify_key(b"\xab" * 32), "published_key_id": published}


def test_a_key_is_compared_with_the_last_good_build_when_the_newest_is_damaged(folder, key_file):
    published = load_key(folder, create=True)[1]
    publish_build(folder, 1, published)
    publish_build(folder, 2, published).path.unlink()
    assert load_key(folder, create=True)[1] == published
    key_file.write_text("ab" * 32)
    assert refusal(folder).rule == "key_does_not_match_the_published_builds"


def test_a_key_goes_on_when_no_build_is_whole_any_more(folder, key_file):
    published = load_key(folder, create=True)
    publish_build(folder, 1, published[1]).path.unlink()
    assert load_key(folder, create=True) == published


def test_a_key_inside_the_builds_folder_is_refused(folder, monkeypatch):
    monkeypatch.setenv("PSEUDONYM_KEY_FILE", str(folder / "deep" / "pseudonym.key"))
    assert refusal(folder).rule == "key_is_inside_the_builds_folder"
    assert not folder.exists()


def test_a_key_inside_the_builds_folder_by_a_link_is_refused(folder, tmp_path, monkeypatch):
    folder.mkdir()
    (tmp_path / "elsewhere").symlink_to(folder)
    monkeypatch.setenv("PSEUDONYM_KEY_FILE", str(tmp_path / "elsewhere" / "pseudonym.key"))
    assert refusal(folder).rule == "key_is_inside_the_builds_folder"


@pytest.mark.parametrize("content", [b"", b"ab" * 31, b"ab" * 33, b"secret words", b"\xff" * 64])
def test_a_damaged_key_is_refused_and_not_replaced(folder, key_file, content):
    key_file.parent.mkdir()
    key_file.write_bytes(content)
    assert refusal(folder).rule == "key_is_damaged"
    assert key_file.read_bytes() == content


def test_a_key_that_cannot_be_read_is_refused(folder, key_file):
    key_file.mkdir(parents=True)
    error = refusal(folder)
    assert (error.rule, error.details["reason"]) == ("key_cannot_be_read", "Is a directory")


def test_a_key_that_cannot_be_made_is_refused(folder, key_file):
    key_file.parent.write_text("a file where the folder should be")
    assert refusal(folder).rule == "key_cannot_be_read"
    key_file.parent.unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", fail_as_a_full_disk)
        error = refusal(folder)
    assert (error.rule, error.details["reason"]) == ("key_cannot_be_made", "No space left on device")
    assert not key_file.exists()
    assert len(load_key(folder, create=True)[0]) == 32


def fail_as_a_full_disk(descriptor: int) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("content", ["cafe" * 15, "cafe" * 16])
def test_the_key_is_never_said(folder, key_file, content, capfd):
    publish_build(folder, 1)
    key_file.parent.mkdir()
    key_file.write_text(content)
    error = refusal(folder)
    said = "".join([repr(error), str(error), str(error.details), *capfd.readouterr()])
    assert "cafe" not in said
    assert error.__cause__ is None


def test_a_refused_key_is_a_build_error():
    assert issubclass(KeyRefused, BuildError)


def test_the_key_is_where_the_settings_of_a_user_are(monkeypatch):
    monkeypatch.delenv("PSEUDONYM_KEY_FILE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", "/settings")
    assert key_path() == Path("/settings/microcredentials-monitor/pseudonym.key")
    monkeypatch.setenv("XDG_CONFIG_HOME", "")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert key_path() == Path("/home/somebody/.config/microcredentials-monitor/pseudonym.key")


def test_a_key_file_can_be_named(key_file):
    assert key_path() == key_file
