"""One load in a process of its own, so that its memory is its own: python -m benchmarks.one_load WAY SOURCE TARGET."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from benchmarks.enrolments import HEADERS

ENROLMENTS = "matriculas.csv"


def load_ours(exports: Path, target: Path) -> None:
    """The whole of it: five exports read, checked, transformed, reconciled and published."""
    from etl.load import load  # noqa: PLC0415 - what we import is memory that the bare read must not carry

    load(exports, target, lambda name, rows: None)


def load_bare(exports: Path, target: Path) -> None:
    """The enrolments only, as text, into a table on disk: what nobody can be quicker than."""
    columns = dict.fromkeys(HEADERS, "VARCHAR")
    target.mkdir()
    with duckdb.connect(target / "bare.duckdb") as connection:
        connection.execute(
            "create table enrolment as select * from read_csv(?, delim = ';', quote = '\"', escape = '\"', "
            f"header = true, auto_detect = false, columns = {columns})",
            [str(exports / ENROLMENTS)],
        )


def load_with_pandas(exports: Path, target: Path) -> None:
    """The enrolments typed and held against the same rules."""
    from benchmarks.pandas_load import load_pandas  # noqa: PLC0415 - as above

    load_pandas(exports, target)


WAYS: dict[str, Callable[[Path, Path], None]] = {"ours": load_ours, "read_csv": load_bare, "pandas": load_with_pandas}


def main() -> None:
    way, exports, target = sys.argv[1:]
    begun, busy = time.perf_counter(), time.process_time()
    WAYS[way](Path(exports), Path(target))
    seconds, busy_seconds = time.perf_counter() - begun, time.process_time() - busy
    peak_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "busy_seconds": busy_seconds, "peak_bytes": peak_bytes}))


if __name__ == "__main__":
    main()
