"""What operating systems do each in their own way: locking a file, syncing a folder, limiting a process."""

import os
import sys
from pathlib import Path

IS_WINDOWS = sys.platform == "win32"
if IS_WINDOWS:
    import msvcrt
else:
    import fcntl
    import resource


def lock(descriptor: int, waits: bool = False) -> None:
    """Take an open file for this process alone; BlockingIOError when another has it and this one does not wait."""
    if not IS_WINDOWS:
        fcntl.flock(descriptor, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    try:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
    except OSError as error:
        raise BlockingIOError from error


def unlock(descriptor: int) -> None:
    """Give it back. Closing is not enough: a forked child may still hold it."""
    if IS_WINDOWS:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def sync_folder(folder: Path) -> None:
    """See to it that a name given or taken in a folder survives a power cut; Windows does that by itself."""
    if IS_WINDOWS:
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> bool:
    """Whether a file is gone: Windows keeps one that somebody reads, and then it goes another time."""
    if not IS_WINDOWS:
        path.unlink(missing_ok=True)
        return True
    try:
        path.chmod(0o600)  # else a read-only file cannot be removed there
        path.unlink()
    except FileNotFoundError:
        return True
    except PermissionError:
        return False
    return True


def is_mine(path: Path) -> bool:
    """Whether this user made it; a temporary folder of Windows is the user's own."""
    return IS_WINDOWS or path.stat().st_uid == os.getuid()


def let_others_first() -> None:
    """Give this process a lower priority, where that takes no more than asking."""
    if not IS_WINDOWS:
        os.nice(5)


def limit_this_process(memory_bytes: int, cpu_seconds: int) -> None:
    """Let no file make this process take more than that. Windows has no such limits, only the parent's patience."""
    if IS_WINDOWS:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
