"""Forks loads that die as they are told to: one order a line on stdin, one answer a line on stdout.

Forking from here costs a few milliseconds where a new Python with DuckDB costs half a second. This process itself never
opens a database, for threads do not survive a fork.
"""

import itertools
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from etl.builds import BuildError
from tests.etl.small_build import publish_build, publish_forever

DISK_CALLS = ("fsync", "replace", "unlink", "fchmod")
KILLED, FINISHED, REFUSED, BROKEN = "killed", "finished", "refused", "broken"


def kill_after(milliseconds: str, folder: str, announced: str) -> str:
    child = fork(lambda: publish_forever(Path(folder), Path(announced)))
    time.sleep(int(milliseconds) / 1000)
    os.kill(child, signal.SIGKILL)
    return wait_for(child)


def kill_before_call(position: str, folder: str, number: str) -> str:
    """Dies just before the load touches the disk for the n-th time."""

    def load() -> None:
        count_calls(int(position), lambda: os.kill(os.getpid(), signal.SIGKILL))
        publish_build(Path(folder), int(number))

    return wait_for(fork(load))


def fail_at_call(position: str, folder: str, number: str) -> str:
    """The disk is full when the load touches it for the n-th time, and ever after."""

    def load() -> None:
        count_calls(int(position), fail_as_a_full_disk)
        publish_build(Path(folder), int(number))

    return wait_for(fork(load))


def limit_size(size: str, folder: str, number: str) -> str:
    """No file may grow beyond size bytes: what a full disk or a quota does, without being root."""

    def load() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
        publish_build(Path(folder), int(number))

    return wait_for(fork(load))


def count_calls(position: int, strike: Callable[[], None]) -> None:
    calls = itertools.count(1)

    def counted(call: Callable) -> Callable:
        def strike_or_call(*arguments: object, **options: object) -> object:
            if next(calls) >= position:
                strike()
            return call(*arguments, **options)

        return strike_or_call

    for name in DISK_CALLS:
        setattr(os, name, counted(getattr(os, name)))


def fail_as_a_full_disk() -> None:
    raise OSError(28, "No space left on device")


def fork(load: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        load()
        os._exit(0)
    except BuildError as error:
        os._exit(1 if error.rule == "disk_is_full" else 2)
    except BaseException:
        traceback.print_exc()
        os._exit(2)


def wait_for(child: int) -> str:
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return KILLED
    return (FINISHED, REFUSED, BROKEN)[os.WEXITSTATUS(status)]


ORDERS = {order.__name__: order for order in (kill_after, kill_before_call, fail_at_call, limit_size)}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = line.rstrip("\n").split("\t")
        print(ORDERS[name](*arguments), flush=True)
