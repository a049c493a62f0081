"""Our load against a bare DuckDB read_csv and a pandas pipeline, in turn: rows per second, peak memory, ratios."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from benchmarks.programme import write_programme
from benchmarks.ratios import Ratios

ROOT = Path(__file__).parent.parent
ENROLMENTS = (10_000, 1_000_000, 10_000_000)
REPETITIONS = 3
MEASURED_ONCE_FROM = 10_000_000  # one turn takes a quarter of an hour, and start and chance no longer weigh
MEGABYTE = 1_000_000
OTHERS = ("read_csv", "pandas")
MEASURES = ("seconds", "busy_seconds", "peak_bytes")
HEADING = "  turn       way        rows/s   seconds    busy        MB  ours: time    busy  memory"


@dataclass(frozen=True)
class Measured:
    """busy_seconds: of all the processors together, which other work on the machine hardly changes."""

    seconds: float
    busy_seconds: float
    peak_bytes: int


def compare_loads(sizes: Sequence[int] = ENROLMENTS, repetitions: int = REPETITIONS) -> None:
    """Prints a table for each number of enrolments."""
    for enrolments in sizes:
        with TemporaryDirectory(prefix="benchmark-") as folder:
            compare_at(Path(folder), enrolments, 1 if enrolments >= MEASURED_ONCE_FROM else repetitions)


def compare_at(folder: Path, enrolments: int, repetitions: int) -> None:
    exports = folder / "exports"
    write_programme(exports, enrolments=enrolments, plain=True)
    print(f"\n{enrolments:,} enrolments, ours over each other way\n{HEADING}", flush=True)
    turns = []
    for number in range(1, repetitions + 1):
        turns.append({way: measure(folder, way, exports) for way in ("ours", *OTHERS)})
        print(tell_turn(number, enrolments, turns[-1]), flush=True)
    for other in OTHERS:
        told = ", ".join(f"{name} {compare(turns, other, name)}" for name in MEASURES)
        print(f"ours / {other}, median (least–most): {told}", flush=True)


def compare(turns: Sequence[Mapping[str, Measured]], other: str, name: str) -> Ratios:
    ours, theirs = ([getattr(turn[way], name) for turn in turns] for way in ("ours", other))
    return Ratios.of(ours, theirs)


def measure(folder: Path, way: str, exports: Path) -> Measured:
    """One load into an empty folder by a new process."""
    target = folder / "target"
    environment = os.environ | {"PSEUDONYM_KEY_FILE": str(folder / "pseudonym.key")}
    command = [sys.executable, "-m", "benchmarks.one_load", way, str(exports), str(target)]
    told = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True).stdout
    rmtree(target)
    (folder / "pseudonym.key").unlink(missing_ok=True)
    return Measured(**json.loads(told))


def tell_turn(number: int, enrolments: int, turn: Mapping[str, Measured]) -> str:
    ours = turn["ours"]
    return "\n".join(
        f"{number:>6}{way:>10}{enrolments / each.seconds:>14,.0f}{each.seconds:>10.1f}{each.busy_seconds:>8.1f}"
        f"{each.peak_bytes / MEGABYTE:>10,.0f}{ours.seconds / each.seconds:>12.1f}"
        f"{ours.busy_seconds / each.busy_seconds:>8.1f}{ours.peak_bytes / each.peak_bytes:>8.1f}"
        for way, each in turn.items()
    )
