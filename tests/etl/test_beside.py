"""What people write beside the builds."""

import os
import threading
from pathlib import Path

import pytest

from etl.beside import one_writer, write_whole


def test_a_write_that_fails_leaves_the_old_file_and_nothing_aside(tmp_path, monkeypatch):
    path = tmp_path / "views.json"
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_two_writers_that_add_one_by_one_lose_nothing(tmp_path: Path):
    path, lock = tmp_path / "count", tmp_path / "below" / "lock"
    path.write_bytes(b"0")

    def add() -> None:
        for _ in range(50):
            with one_writer(lock):
                write_whole(path, str(int(path.read_bytes()) + 1).encode())

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_bytes() == b"100"
