"""Reads the current build until told to stop, as a dashboard does; says how often, and every mix or error it met."""

import sys
import threading
from pathlib import Path

from etl.builds import current_build
from tests.etl.small_build import lines_of, read_lines

THREADS = 2


def read_until(stopped: threading.Event, folder: Path, seen: list[int], faults: list[str]) -> None:
    while not stopped.is_set():
        try:
            build = current_build(folder)
            if build.degraded or read_lines(build) != lines_of(build):
                faults.append(f"mixed or degraded: {build}")
            seen.append(build.sequence)
        except Exception as error:  # whatever it is, a reader must not meet it
            faults.append(repr(error))


def main() -> None:
    stopped, faults = threading.Event(), []
    seen: list[list[int]] = [[] for _ in range(THREADS)]
    threads = [
        threading.Thread(target=read_until, args=(stopped, Path(sys.argv[1]), seen[number], faults))
        for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    sys.stdin.readline()
    stopped.set()
    for thread in threads:
        thread.join()
    faults += [f"went back: {numbers}" for numbers in seen if numbers != sorted(numbers)]
    print(sum(map(len, seen)), *faults, sep="\n")


if __name__ == "__main__":
    main()
