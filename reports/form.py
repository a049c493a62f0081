"""The figures of a pack under their labels, and those of the sections that the ministry's form asks for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.formats import format_day
from reports.content import Block, Figures, Grid, Pack, Section
from reports.figures import Figure

# Targets, common indicators, economic table.
FORM_SECTIONS = (1, 3, 7)
# A list longer than this is no form.
MOST_NAMED_ROWS = 20


@dataclass(frozen=True)
class Labelled:
    """A number under the title of its section, the caption of its table and its label: row and column."""

    section: str
    caption: str
    label: str
    figure: Figure


def form_figures(pack: Pack) -> list[Labelled]:
    """Every number of the form, in the order in which the pack prints them, each once."""
    return _label(pack.figures, [one for one in pack.sections if one.number in FORM_SECTIONS], is_form)


def every_figure(pack: Pack) -> list[Labelled]:
    """Every number of the pack that a table or a headline shows."""
    return label_figures(pack.sections, pack.figures)


def label_figures(sections: Sequence[Section], figures: Sequence[Figure]) -> list[Labelled]:
    """Those of a ledger, by the sections that entered them."""
    return _label(figures, sections, lambda block: True)


def is_form(block: Block) -> bool:
    """Whether the numbers of a block belong to a form; those of a long list do not."""
    return isinstance(block, Figures) or (isinstance(block, Grid) and len(block.table.rows) <= MOST_NAMED_ROWS)


def _label(
    entered: Sequence[Figure], sections: Sequence[Section], is_wanted: Callable[[Block], bool]
) -> list[Labelled]:
    figures: dict[str, list[Figure]] = {}
    for figure in entered:
        figures.setdefault(figure.code, []).append(figure)
    found: dict[str, Labelled] = {}
    blocks = [(section, block) for section in sections for block in section.blocks if is_wanted(block)]
    for section, block in blocks:
        for label, figure in _numbers(figures, block):
            found.setdefault(figure.name, Labelled(section.title, block.caption, label, figure))
    return list(found.values())


def _numbers(figures: Mapping[str, Sequence[Figure]], block: Block) -> Iterator[tuple[str, Figure]]:
    if isinstance(block, Grid):
        for code, row in zip(block.codes, block.table.rows, strict=False):
            yield from ((label, figure) for _, label, figure in numbers_of_row(block, row, figures.get(code, ())))
    elif isinstance(block, Figures):
        for label, *_, code in block.rows:
            yield from ((label, figure) for figure in figures.get(code, ())[:1])


def numbers_of_row(grid: Grid, row: Sequence, figures: Sequence[Figure]) -> Iterator[tuple[int, str, Figure]]:
    """(column, label, figure) of the numbers of a row of a grid, which the ledger has in the order of the columns."""
    places = [
        place for place, column in enumerate(grid.table.columns)
        if column.unit not in ("text", "code", "day") and row[place] != ""
    ]
    if len(figures) == len(places):
        first = next((cell for cell in row if cell), "")
        named = format_day(first) if isinstance(first, date) else str(first)
        for figure, place in zip(figures, places, strict=True):
            yield place, f"{named} · {grid.table.columns[place].heading}", figure
