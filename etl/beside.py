"""What people write beside the builds: each file whole or not at all, one writer at a time."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl import machine


@contextmanager
def one_writer(lock: Path) -> Iterator[None]:
    """Waits while another process, or another thread, holds this lock file; its folder is made when it is missing."""
    lock.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        machine.lock(descriptor, waits=True)
        try:
            yield
        finally:
            machine.unlock(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Written aside, synced and renamed: a reader sees the old file or the new one, never half of it."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.aside")
    try:
        with open(aside, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    machine.sync_folder(path.parent)
