"""Each benchmark runs, in a tiny form, and prints its ratios. How long anything takes is never tested."""

import re
import subprocess
import sys

import pytest

from benchmarks.ratios import Ratios
from tests.conftest import ROOT

WAYS = ("ours", "read_csv", "pandas")


def run(*arguments: str) -> list[str]:
    """The lines that a benchmark prints; in a process of its own, because another test may be holding a browser."""
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_ratios_are_told_by_their_median_and_their_spread():
    assert str(Ratios.of([30, 10, 84], [10, 10, 12])) == "3.0 (1.0–7.0)"


def test_loading_prints_each_turn_and_its_ratios():
    lines = run("loading", "--enrolments", "40", "90", "--repetitions", "2")
    tables = [line for line in lines if "enrolments, ours over each other way" in line]
    turns = [line.split() for line in lines if re.match(r" +\d", line)]
    ratios = [line for line in lines if line.startswith("ours /")]
    assert [line.split()[0] for line in tables] == ["40", "90"]
    assert [turn[:2] for turn in turns] == [[number, way] for number in ("1", "2") for way in WAYS] * 2
    assert {len(turn) for turn in turns} == {9}
    assert [line.split(",")[0] for line in ratios] == ["ours / read_csv", "ours / pandas"] * 2
    spread = r"[\d.]+ \([\d.]+–[\d.]+\)"
    assert all(re.search(f"seconds {spread}, busy_seconds {spread}, peak_bytes {spread}", line) for line in ratios)


@pytest.mark.browser
def test_pages_prints_a_rerun_and_a_filter_change_against_an_empty_page():
    heading, *rows = [line.split() for line in run("pages", "--only", "modality", "--repetitions", "1")]
    assert heading[:2] == ["page", "change"]
    assert [row[:2] for row in rows] == [["modality", "rerun"], ["modality", "filter"]]
    assert all(re.fullmatch(r"[\d.]+ [\d.]+–[\d.]+ \d+ \d+", " ".join(row[2:])) for row in rows)
