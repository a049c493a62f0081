"""What the columns of an export mean: which of our fields each header stands for."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from etl.layout_file import LAYOUTS_FOLDER, Field, Layout, fold, load_layouts
from etl.refused import FileRefused

__all__ = [
    "LAYOUTS_FOLDER", "Field", "Layout", "Understood", "closest_header", "fold", "known_headers", "load_layouts",
    "understand",
]  # fmt: skip

ENOUGH_TO_INTEND = 3  # fields a file must share with a layout before we say that it was meant to be one
LIKENESS_OF_A_MISSPELLING = 0.6
LONGEST_HEADER_SHOWN = 60


@dataclass(frozen=True)
class Understood:
    layout: Layout
    positions: dict[str, int]
    ignored: list[str]


def known_headers(layouts: Sequence[Layout]) -> Callable[[list[str]], int]:
    """How many of the cells of a row are headers that some layout knows."""
    known = {folded for layout in layouts for folded in folded_headers(layout)}
    return lambda cells: sum(fold(cell) in known for cell in cells)


def folded_headers(layout: Layout) -> dict[str, str]:
    return {fold(header): each.name for each in layout.fields.values() for header in (each.name, *each.headers)}


def understand(table_headers: list[str], file_name: str, layouts: Sequence[Layout]) -> Understood:
    """The layout a file follows and the column of each field; FileRefused when that is not certain."""
    layout = _intended_layout(table_headers, file_name, layouts)
    _refuse_duplicated_headers(table_headers, file_name, layout)
    names = folded_headers(layout)
    positions: dict[str, int] = {}
    for position, header in enumerate(table_headers):
        name = names.get(fold(header))
        if name in positions:
            found = f"{show_header(table_headers[positions[name]])}, {show_header(header)}"
            raise FileRefused(file_name, "two_columns_for_one_field", {"columns": found, "export": layout.export})
        if name:
            positions[name] = position
    ignored = [header for header in table_headers if header.strip() and fold(header) not in names]
    _refuse_missing_columns(layout, positions, ignored, file_name)
    return Understood(layout, positions, ignored)


def _intended_layout(headers: list[str], file_name: str, layouts: Sequence[Layout]) -> Layout:
    """The layout that shares most fields with the headers, unless a finer one is there in full: an enrolment
    export that repeats the columns of the course on every row is still an enrolment export."""
    shared = {layout.export: shared_fields(layout, headers) for layout in layouts}

    def likeness(layout: Layout) -> tuple[int, bool]:
        return len(shared[layout.export]), not missing_fields(layout, shared[layout.export])

    best = max(layouts, key=likeness)
    finer = [layout for layout in layouts if best.export in layout.finer_than and likeness(layout)[1]]
    best = max(finer, key=likeness, default=best)
    if not _is_evident(best, shared[best.export]):
        exports = ", ".join(layout.export for layout in layouts)
        raise FileRefused(file_name, "file_not_recognised", {"exports": exports})
    return best


def shared_fields(layout: Layout, headers: Iterable[str]) -> set[str]:
    names = folded_headers(layout)
    return {names[fold(header)] for header in headers if fold(header) in names}


def missing_fields(layout: Layout, present: Collection[str | None]) -> list[Field]:
    return [
        each
        for each in layout.fields.values()
        if each.required and each.name not in present and each.satisfied_by not in present
    ]


def _is_evident(layout: Layout, shared: Collection[str]) -> bool:
    required = sum(each.required for each in layout.fields.values())
    missing = len(missing_fields(layout, shared))
    if required and not missing:
        return True
    return len(shared) >= ENOUGH_TO_INTEND and 2 * missing <= required


def _refuse_duplicated_headers(headers: list[str], file_name: str, layout: Layout) -> None:
    counted = Counter(header.strip() for header in headers if header.strip())
    twice = [show_header(header) for header, count in counted.items() if count > 1]
    if twice:
        raise FileRefused(file_name, "header_is_duplicated", {"columns": ", ".join(twice), "export": layout.export})


def _refuse_missing_columns(layout: Layout, positions: dict[str, int], ignored: list[str], file_name: str) -> None:
    missing = missing_fields(layout, positions)
    if not missing:
        return
    closest = [candidate for each in missing if (candidate := closest_header(each, ignored))]
    details = {
        "export": layout.export,
        "columns": ", ".join(each.headers[0] for each in missing),
        "closest": ", ".join(dict.fromkeys(show_header(header) for header in closest)),
    }
    raise FileRefused(file_name, "columns_missing", details)


def closest_header(wanted: Field, candidates: Sequence[str]) -> str | None:
    """The candidate most like one of the headers of the field, or None when none is much like them."""

    def likeness(candidate: str) -> float:
        folded = fold(candidate)[:LONGEST_HEADER_SHOWN]
        return max(SequenceMatcher(None, folded, fold(header)).ratio() for header in wanted.headers)

    best = max(candidates, key=likeness, default=None)
    return best if best is not None and likeness(best) >= LIKENESS_OF_A_MISSPELLING else None


def show_header(header: str) -> str:
    """Headers are foreign text: no line breaks, and not ten thousand characters of it."""
    return " ".join(header.split())[:LONGEST_HEADER_SHOWN]
