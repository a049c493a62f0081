"""Opens an XLSX workbook: which sheets it has, and what is needed to understand their cells."""

import posixpath
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from etl.cell_text import read_format
from etl.guarded_xml import feed_part, list_elements
from etl.merged_cells import Merge, list_covered_rows, list_merges
from etl.refused import FileRefused
from etl.row import Row
from etl.shared_texts import SharedTexts
from etl.sheet_xml import SheetElements, WorkbookFacts
from etl.tidy_text import Tidying

_Attributes = dict[str, str]
# A header is looked for in the first filled rows, but not under thousands of formatted blank ones.
LINES_SEARCHED = 2_000


@dataclass(frozen=True)
class XlsxSheet:
    name: str
    is_hidden: bool
    archive: zipfile.ZipFile
    part: str
    facts: WorkbookFacts

    @cached_property
    def merges(self) -> list[Merge]:
        return list_merges(self.archive, self.part)

    def records(self, tidying: Tidying, from_line: int = 1, width: int | None = None) -> Iterator[Row]:
        """The filled rows of the sheet, hidden ones too, from `from_line` on; only the first ones without `width`."""
        spans = list_covered_rows(self.merges, width) if width else []
        firsts = [first for first, _ in spans]
        elements = SheetElements(self.facts, tidying, width)
        for _ in feed_part(self.archive, self.part, elements):
            rows, elements.rows = elements.rows, []
            for row in rows:
                if row.line >= from_line:
                    yield _mark_merged(row, spans, firsts) if spans else row
            if width is None and elements.line > LINES_SEARCHED:
                return


def _mark_merged(row: Row, spans: list[tuple[int, int]], firsts: list[int]) -> Row:
    position = bisect_right(firsts, row.line) - 1
    is_covered = position >= 0 and row.line <= spans[position][1]
    return replace(row, problem="cell_is_merged") if is_covered and row.problem is None else row


def open_sheets(archive: zipfile.ZipFile) -> list[XlsxSheet]:
    """The worksheets of a workbook in their order; charts and macro sheets are left out."""
    workbook = _workbook_part(archive)
    elements = list_elements(archive, workbook)
    parts = _related_parts(archive, workbook)
    facts = _read_facts(archive, elements, parts)
    sheets = []
    for name, attributes in elements:
        kind, part = parts.get(_relation_id(attributes), ("", ""))
        if name == "sheet" and kind == "worksheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            sheets.append(XlsxSheet(attributes.get("name", ""), is_hidden, archive, part, facts))
    return sheets


def _workbook_part(archive: zipfile.ZipFile) -> str:
    for kind, part in _related_parts(archive, "").values():
        if kind == "officeDocument":
            return part
    raise FileRefused(Path(archive.filename or "").name, "file_is_damaged", {"part": "xl/workbook.xml"})


def _related_parts(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """By relation id, the kind ("worksheet", "styles") and name of the parts that `part` points to."""
    folder, name = posixpath.split(part)
    relations = {}
    for element, attributes in list_elements(archive, posixpath.join(folder, "_rels", f"{name}.rels")):
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            relations[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2], target
    return relations


def _relation_id(attributes: _Attributes) -> str:
    return next((value for key, value in attributes.items() if key.endswith(":id")), "")


def _read_facts(
    archive: zipfile.ZipFile, elements: list[tuple[str, _Attributes]], parts: dict[str, tuple[str, str]]
) -> WorkbookFacts:
    by_kind = dict(parts.values())
    return WorkbookFacts(
        texts=_read_texts(archive, by_kind.get("sharedStrings")),
        shown_as=_read_styles(archive, by_kind.get("styles")),
        is_1904=_says(elements, "workbookPr", "date1904"),
        is_uncalculated=_says(elements, "calcPr", "fullCalcOnLoad"),
    )


def _says(elements: list[tuple[str, _Attributes]], name: str, attribute: str) -> bool:
    return any(element == name and found.get(attribute) in ("1", "true") for element, found in elements)


def _read_texts(archive: zipfile.ZipFile, part: str | None) -> list[str]:
    shared = SharedTexts()
    if part:
        for _ in feed_part(archive, part, shared):
            pass
    return shared.texts


def _read_styles(archive: zipfile.ZipFile, part: str | None) -> list[str | None]:
    codes: dict[str, str] = {}
    styles: list[str | None] = []
    is_cell_style = False
    for name, attributes in list_elements(archive, part) if part else []:
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            is_cell_style = name == "cellXfs"
        elif name == "xf" and is_cell_style:
            format_id = attributes.get("numFmtId", "0")
            styles.append(read_format(int(format_id), codes.get(format_id, "")))
    return styles
