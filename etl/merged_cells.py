"""Finds the rows of an XLSX sheet where a merged cell hides that its value was entered for several."""

import re
import zipfile
from collections.abc import Iterator

from etl.archive import read_part
from etl.sheet_xml import column_index

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_LONGEST_ELEMENT_BYTES = 200


def list_merged_rows(archive: zipfile.ZipFile, part: str, width: int) -> list[tuple[int, int]]:
    """First and last rows, in order and apart, that hold a cell of the table covered by another one's merge.

    The list of merged cells stands after all rows, so the part is gone through once before it is read.
    """
    spans: list[tuple[int, int]] = []
    rest = b""
    for piece in read_part(archive, part):
        text = rest + piece
        spans += [_covered_rows(match) for match in _MERGED.finditer(text) if column_index(match[1].decode()) < width]
        rest = text[-_LONGEST_ELEMENT_BYTES:] if b"mergeCell" in text else text[-20:]
    return list(_join_spans(sorted(set(spans))))


def _covered_rows(match: re.Match[bytes]) -> tuple[int, int]:
    """Only the top left cell of a merge holds the value: its row is whole unless the merge goes sideways."""
    first_column, last_column = (column_index(match[group].decode()) for group in (1, 3))
    first, last = int(match[2]), int(match[4])
    return (first if last_column > first_column else first + 1), last


def _join_spans(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for first, last in spans:
        if current and first <= current[1] + 1:
            current = current[0], max(current[1], last)
        else:
            if current:
                yield current
            current = first, last
    if current:
        yield current
