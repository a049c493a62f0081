"""Our load against a bare DuckDB read_csv of the same enrolments, in turn: rows per second, peak memory, ratios."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from benchmarks.programme import write_programme
from benchmarks.ratios import Ratios

ROOT = Path(__file__).parent.parent
ENROLMENTS = (10_000, 100_000, 1_000_000)
REPETITIONS = 3
MEGABYTE = 1_000_000
HEADING = "  pair    ours rows/s   ours MB   read_csv rows/s  read_csv MB    time   memory"


@dataclass(frozen=True)
class Measured:
    seconds: float
    peak_bytes: int


def compare_loads(sizes: Sequence[int] = ENROLMENTS, repetitions: int = REPETITIONS) -> None:
    """Prints a table for each number of enrolments."""
    for enrolments in sizes:
        with TemporaryDirectory(prefix="benchmark-") as folder:
            compare_at(Path(folder), enrolments, repetitions)


def compare_at(folder: Path, enrolments: int, repetitions: int) -> None:
    exports = folder / "exports"
    write_programme(exports, enrolments=enrolments, plain=True)
    print(f"\n{enrolments:,} enrolments: ours / bare read_csv\n{HEADING}", flush=True)
    pairs = []
    for number in range(1, repetitions + 1):
        pairs.append((measure(folder, "ours", exports), measure(folder, "read_csv", exports)))
        print(tell_pair(number, enrolments, *pairs[-1]), flush=True)
    ours, bare = zip(*pairs, strict=True)
    time = Ratios.of([each.seconds for each in ours], [each.seconds for each in bare])
    memory = Ratios.of([each.peak_bytes for each in ours], [each.peak_bytes for each in bare])
    print(f"ratio, median (least–most): time {time}, memory {memory}")


def measure(folder: Path, way: str, exports: Path) -> Measured:
    """One load into an empty folder by a new process."""
    target = folder / "target"
    environment = os.environ | {"PSEUDONYM_KEY_FILE": str(folder / "pseudonym.key")}
    command = [sys.executable, "-m", "benchmarks.one_load", way, str(exports), str(target)]
    told = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True).stdout
    rmtree(target)
    (folder / "pseudonym.key").unlink(missing_ok=True)
    return Measured(**json.loads(told))


def tell_pair(number: int, enrolments: int, ours: Measured, bare: Measured) -> str:
    return (
        f"{number:>6}{enrolments / ours.seconds:>14,.0f}{ours.peak_bytes / MEGABYTE:>10,.0f}"
        f"{enrolments / bare.seconds:>18,.0f}{bare.peak_bytes / MEGABYTE:>13,.0f}"
        f"{ours.seconds / bare.seconds:>8.1f}{ours.peak_bytes / bare.peak_bytes:>9.1f}"
    )
