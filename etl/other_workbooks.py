"""Reads XLS, XLSB and ODS workbooks by way of a process of its own, whose memory and time are limited."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
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
    position: int

    def records(self, tidying: Tidying, from_line: int = 1, width: int | None = None) -> Iterator[Row]:
        """Every row of the sheet from `from_line` on, blank ones between others too."""
        for line, sent in _ask(self.path, str(self.position)):
            if line >= from_line:
                cells, problem, found = tidying.tidy_cells(sent)
                yield Row(line, cells if width is None else _fit(cells, width, tidying), problem, found)


def open_sheets(path: Path) -> list[OtherSheet]:
    return [OtherSheet(name, is_hidden, path, place) for place, (name, is_hidden) in enumerate(_ask(path, SHEETS))]


def open_sheets_of_archive(path: Path, archive: zipfile.ZipFile) -> list[OtherSheet]:
    """Goes through every part first: its checksum, and for XML what it must not hold."""
    for part in archive.namelist():
        check_part(archive, part, is_xml=part.endswith(".xml"))
    return open_sheets(path)


def _fit(cells: list[str], width: int, tidying: Tidying) -> list[str]:
    if any(cells[width:]):
        tidying.note("cells_beyond_the_headers")
    return (cells + [""] * width)[:width]


def _ask(path: Path, question: str) -> Iterator[list[Any]]:
    """The answers of the process, one JSON list a line; its last line says that it came to the end."""
    environment = os.environ | {"PYTHONPATH": str(_PROJECT)}
    command = [sys.executable, "-m", "etl.workbook_process", str(path.resolve()), question]
    ending: dict[str, str] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
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


def _refuse_unless_ended(file_name: str, ending: dict[str, str], return_code: int) -> None:
    """A process that says nothing at its end was ended by its limits."""
    rule = ending.get("ended", TOO_LARGE)
    if rule == TOO_LARGE and return_code == -signal.SIGXCPU:
        raise FileRefused(file_name, rule, {"measure": "seconds", "limit": SECONDS_AT_MOST})
    if rule == TOO_LARGE:
        raise FileRefused(file_name, rule, {"measure": "bytes of memory", "limit": MEMORY_BYTES_AT_MOST})
    if rule:
        raise FileRefused(file_name, rule, {"part": "workbook"} if rule == "file_is_damaged" else None)
