"""Reads XLS, XLSB and ODS workbooks by way of a process of its own, whose memory and time are limited."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.guarded_xml import check_part
from etl.refused import FileRefused
from etl.row import Row
from etl.tidy_text import Tidying
from etl.workbook_process import MEMORY_BYTES_AT_MOST, SECONDS_AT_MOST, SHEETS, TOO_LARGE

_PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class OtherSheet:
    name: str
    is_hidden: bool
    path: Path
    kind: str  # XLS, XLSB or ODS
    position: int

    def records(self, tidying: Tidying, from_line: int = 1, width: int | None = None) -> Iterator[Row]:
        """The filled rows of the sheet from `from_line` on."""
        for line, sent in _ask(self.path, self.kind, str(self.position)):
            if line >= from_line:
                cells, problem, found = tidying.tidy_cells(sent)
                yield Row(line, cells if width is None else _fit(cells, width, tidying), problem, found)


def open_sheets(path: Path, kind: str) -> list[OtherSheet]:
    answers = enumerate(_ask(path, kind, SHEETS))
    return [OtherSheet(name, is_hidden, path, kind, position) for position, (name, is_hidden) in answers]


def check_archive(archive: zipfile.ZipFile) -> None:
    """Goes through every part for its checksum, and for XML what it must not hold."""
    for part in archive.namelist():
        check_part(archive, part, is_xml=part.endswith(".xml"))


def _fit(cells: list[str], width: int, tidying: Tidying) -> list[str]:
    if any(cells[width:]):
        tidying.note("cells_beyond_the_headers")
    return (cells + [""] * width)[:width]


def _ask(path: Path, kind: str, question: str) -> Iterator[list[Any]]:
    """The answers of the process, one JSON list a line; its last line says that it came to the end."""
    ending: dict[str, str] = {}
    with _start_process(path, kind, question) as process:
        try:
            for line in process.stdout or ():
                answer = json.loads(line)
                if isinstance(answer, dict):
                    ending = answer
                else:
                    yield answer
        finally:
            process.kill()
    _refuse_unless_ended(path.name, ending, process.returncode)


@contextmanager
def _start_process(path: Path, kind: str, question: str) -> Iterator[subprocess.Popen[bytes]]:
    """The workbook is opened by its extension, so it is given the one of what it holds."""
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / f"workbook.{kind.lower()}"
        link.symlink_to(path.resolve())
        command = [sys.executable, "-m", "etl.workbook_process", str(link), question]
        environment = os.environ | {"PYTHONPATH": str(_PROJECT)}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
            yield process


def _refuse_unless_ended(file_name: str, ending: dict[str, str], return_code: int) -> None:
    """A process that says nothing at its end was ended by its limits."""
    rule = ending.get("ended", TOO_LARGE)
    if rule == TOO_LARGE and return_code == -signal.SIGXCPU:
        raise FileRefused(file_name, rule, {"measure": "seconds", "limit": SECONDS_AT_MOST})
    if rule == TOO_LARGE:
        raise FileRefused(file_name, rule, {"measure": "bytes of memory", "limit": MEMORY_BYTES_AT_MOST})
    if rule:
        raise FileRefused(file_name, rule, {"part": "workbook"} if rule == "file_is_damaged" else None)
