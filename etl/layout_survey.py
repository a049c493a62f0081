"""How one file was understood: the field of each header, what is missing, and how its columns are written."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from etl.conventions import find_convention
from etl.layout import (
    Field,
    Layout,
    closest_header,
    fold,
    folded_headers,
    known_headers,
    missing_fields,
    shared_fields,
    understand,
)
from etl.read import FileRefused, Table, read_table

FILLED_AT_LEAST = 3  # cells of a row that may be a header nobody knows


@dataclass(frozen=True)
class Column:
    """A header, the field it was taken for, and how its values are written."""

    header: str
    field: Field | None
    convention: str | None


@dataclass(frozen=True)
class Survey:
    """refusal: why a load would refuse the file as it is; absent: fields without a column, and the closest header."""

    table: Table
    layout: Layout
    columns: list[Column]
    absent: list[tuple[Field, str | None]]
    refusal: FileRefused | None

    @property
    def ignored(self) -> list[str]:
        return [column.header for column in self.columns if column.field is None and column.header.strip()]

    def is_required(self, field: Field) -> bool:
        """Whether the file cannot do without it: another column may stand in for it."""
        return field in missing_fields(self.layout, shared_fields(self.layout, self.table.headers))


def survey_file(path: Path, layouts: Sequence[Layout]) -> Survey:
    """FileRefused only when there is no table to be found in the file."""
    table = open_table(path, layouts)
    layout, refusal = choose_layout(table, layouts)
    names = folded_headers(layout)
    known = [layout.fields.get(names.get(fold(header), "")) for header in table.headers]
    fields = [each and each.under(header) for each, header in zip(known, table.headers, strict=True)]
    columns = list(map(Column, table.headers, fields, find_conventions(table, fields)))
    ignored = [column.header for column in columns if column.field is None and column.header.strip()]
    absent = [(each, closest_header(each, ignored)) for each in layout.fields.values() if each not in known]
    return Survey(table, layout, columns, absent, refusal)


def open_table(path: Path, layouts: Sequence[Layout]) -> Table:
    """By the headers that are known; failing that, the header is the row with most cells and no figure in them."""
    try:
        return read_table(path, known_headers(layouts))
    except FileRefused as refusal:
        if refusal.rule != "header_not_found":
            raise
    guess = HeaderGuess()
    with suppress(FileRefused):  # any row of words may look like a header; only the best one is taken for it
        read_table(path, guess)
    return read_table(path, lambda cells: sum(fold(cell) in guess.headers for cell in cells if cell))


class HeaderGuess:
    """Remembers the first of the rows with most cells, none alike and none with a figure."""

    def __init__(self) -> None:
        self.headers: frozenset[str] = frozenset()

    def __call__(self, cells: Sequence[str]) -> int:
        filled = [fold(cell) for cell in cells if cell]
        has_figures = any(sign.isdigit() for cell in filled for sign in cell)
        is_a_header = len(filled) >= FILLED_AT_LEAST and len(set(filled)) == len(filled) and not has_figures
        if is_a_header and len(filled) > len(self.headers):
            self.headers = frozenset(filled)
        return len(filled) if is_a_header else 0


def choose_layout(table: Table, layouts: Sequence[Layout]) -> tuple[Layout, FileRefused | None]:
    """The layout that a load takes the file for, else the likeliest, with the reason of the refusal."""
    try:
        return understand(table.headers, table.file_name, layouts).layout, None
    except FileRefused as refusal:
        meant = refusal.details.get("export")
        named = [layout for layout in layouts if layout.export == meant]
        return (named or [max(layouts, key=measure_likeness(table.headers))])[0], refusal


def measure_likeness(headers: Sequence[str]) -> Callable[[Layout], tuple[int, int]]:
    def likeness(layout: Layout) -> tuple[int, int]:
        close = [each for each in layout.fields.values() if each.required and closest_header(each, headers)]
        return len(shared_fields(layout, headers)), len(close)

    return likeness


def find_conventions(table: Table, fields: Sequence[Field | None]) -> list[str | None]:
    """Of every column, from all its values."""
    seen: list[dict[str, None]] = [{} for _ in fields]
    wanted = [at for at, field in enumerate(fields) if field]
    for row in table.rows():
        if row.problem is None:
            for at in wanted:
                seen[at].setdefault(row.cells[at])
    return [find_convention(field, texts) if field else None for field, texts in zip(fields, seen, strict=True)]
