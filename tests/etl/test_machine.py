"""What operating systems do each in their own way: on this one for real, on Windows as its calls are documented."""

import os
import sys
from types import SimpleNamespace

import pytest

from etl import machine


@pytest.fixture
def windows(monkeypatch):
    """This machine as if it were Windows: its locks are calls of msvcrt, and a file somebody reads cannot go."""
    taken = set()

    def locking(descriptor: int, mode: str, size: int) -> None:
        if mode == "unlock":
            taken.clear()
        elif taken:
            raise OSError("another process has locked it")
        else:
            taken.add(descriptor)

    calls = SimpleNamespace(LK_LOCK="wait", LK_NBLCK="at once", LK_UNLCK="unlock", locking=locking)
    monkeypatch.setattr(machine, "IS_WINDOWS", True)
    monkeypatch.setattr(machine, "msvcrt", calls, raising=False)


def take_twice(path) -> None:
    first, second = (os.open(path, os.O_RDWR | os.O_CREAT) for _ in range(2))
    try:
        machine.lock(first)
        with pytest.raises(BlockingIOError):
            machine.lock(second)
        machine.unlock(first)
        machine.lock(second, waits=True)
        machine.unlock(second)
    finally:
        os.close(first)
        os.close(second)


def test_a_locked_file_is_taken_once_until_it_is_given_back(tmp_path):
    take_twice(tmp_path / "lock")


def test_a_locked_file_is_taken_once_on_windows_too(tmp_path, windows):
    take_twice(tmp_path / "lock")


def test_a_folder_needs_no_sync_and_a_process_has_no_limits_on_windows(tmp_path, windows):
    machine.sync_folder(tmp_path / "not there")
    machine.limit_this_process(1, 1)
    machine.let_others_first()
    assert machine.is_mine(tmp_path / "not there")


def test_what_this_user_made_is_its_own(tmp_path):
    assert machine.is_mine(tmp_path)


def test_a_file_that_is_gone_is_gone(tmp_path):
    path = tmp_path / "build"
    path.write_bytes(b"x")
    assert machine.remove(path)
    assert machine.remove(path)
    assert not path.exists()


def test_windows_removes_a_read_only_file_and_keeps_one_that_is_read(tmp_path, windows, monkeypatch):
    path = tmp_path / "build"
    path.write_bytes(b"x")
    path.chmod(0o400)
    assert machine.remove(path)
    assert machine.remove(path)

    def refuse(self) -> None:
        raise PermissionError("somebody reads it")

    path.write_bytes(b"x")
    monkeypatch.setattr(type(path), "unlink", refuse)
    assert not machine.remove(path)


def test_the_limits_of_a_process_hold(tmp_path):
    script = "from etl.machine import limit_this_process; limit_this_process(1 << 28, 5); bytearray(1 << 29)"
    import subprocess

    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert b"MemoryError" in ended.stderr
