"""Finds the rows of an XLSX sheet where a merged cell hides that its value was entered for several."""

import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from etl.archive import read_part
from etl.sheet_xml import column_index

_MERGED = re.compile(rb"mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_LONGEST_ELEMENT_BYTES = 200


class Merge(NamedTuple):
    """Columns from 0, rows from 1, both ends included."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int


def list_merges(archive: zipfile.ZipFile, part: str) -> list[Merge]:
    """The merged cells of a sheet: listed after its rows, so the part is gone through once before it is read."""
    found: set[Merge] = set()
    rest = b""
    for piece in read_part(archive, part):
        text = rest + piece
        if b"mergeCell" in text:
            found.update(_read_merge(match) for match in _MERGED.finditer(text))
        rest = text[-_LONGEST_ELEMENT_BYTES:]
    return sorted(found)


def _read_merge(match: re.Match[bytes]) -> Merge:
    first_column, last_column = (column_index(match[group].decode()) for group in (1, 3))
    return Merge(first_column, int(match[2]), last_column, int(match[4]))


def list_covered_rows(merges: list[Merge], width: int) -> list[tuple[int, int]]:
    """First and last rows, in order and apart, that hold a cell of the table covered by another one's merge.

    Only the top left cell of a merge holds the value, so its row is whole unless the merge goes sideways.
    """
    inside = [merge for merge in merges if merge.first_column < width]
    spans = [
        (merge.first_row if merge.last_column > merge.first_column else merge.first_row + 1, merge.last_row)
        for merge in inside
    ]
    return list(_join_spans(sorted(spans)))


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
