"""A table as a picture: its headings, its first rows and what is left out, in lines of words."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from analytics.table import Column, Table, Way, show_cell
from analytics.words import Words
from reports.columns import NUMBERS
from reports.picture.canvas import INK, LINE_HEIGHT, QUIET, Canvas, width_of, wrap

RIGHT = (*NUMBERS, "figure", "day")
# More rows than these cannot be read on a slide: the downloads of the table have them all.
MOST_ROWS = 30
SIZE = 13
BETWEEN, ABOVE = 18, 6
NARROWEST, WIDEST = 70, 260
RULE, FAINT_RULE = "#9aa5b1", "#e1e5ea"


@dataclass(frozen=True)
class TablePicture:
    """Headings and cells as written, which columns stand to the right, their widths in pixels, and what is left out."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    is_right: Sequence[bool]
    widths: Sequence[float]
    note: str

    @property
    def width(self) -> float:
        return sum(self.widths) + BETWEEN * (len(self.widths) - 1)


def lay_out(table: Table, words: Words, width: float) -> TablePicture:
    """The table in that width, or in as much as its columns need; ways to other pages are left out."""
    kept = [place for place in range(len(table.columns)) if not _is_way(table, place)]
    columns = [table.columns[place] for place in kept]
    rows = [[show_cell(words, table.columns[place], row[place]) for place in kept] for row in table.rows[:MOST_ROWS]]
    widths = [_wish(column, [row[at] for row in rows]) for at, column in enumerate(columns)]
    note = ""
    if len(table.rows) > MOST_ROWS:
        note = words("figure.first_rows", shown=MOST_ROWS, rows=words.number(len(table.rows)))
    return TablePicture(
        [column.heading for column in columns], rows, [column.unit in RIGHT for column in columns],
        _share_out(widths, width - BETWEEN * (len(widths) - 1)), note,
    )


def _is_way(table: Table, place: int) -> bool:
    return any(isinstance(row[place], Way) for row in table.rows)


def _wish(column: Column, cells: Sequence[str]) -> float:
    """As wide as its cells, and as the longest word of its heading."""
    longest = max((_width(cell) for cell in cells), default=0)
    heading = max(_width(word, is_bold=True) for word in column.heading.split(" "))
    return max(heading, min(longest, WIDEST))


def _share_out(widths: list[float], whole: float) -> list[float]:
    """What is left over goes to the widest; what is missing is taken from the wide ones, down to the narrowest."""
    spare = whole - sum(widths)
    if spare >= 0:
        widest = widths.index(max(widths))
        return [width + (spare if place == widest else 0) for place, width in enumerate(widths)]
    room = [max(width - NARROWEST, 0) for width in widths]
    part = min(-spare / sum(room), 1) if sum(room) else 0
    return [width - part * more for width, more in zip(widths, room, strict=True)]


def draw_table(canvas: Canvas, table: TablePicture, left: float, top: float) -> float:
    """Where it ends."""
    top = _draw_row(canvas, table, table.headings, left, top, is_head=True)
    canvas.line([(left, top), (left + table.width, top)], RULE, 1)
    for row in table.rows:
        top = _draw_row(canvas, table, row, left, top + ABOVE) + ABOVE
        canvas.line([(left, top), (left + table.width, top)], FAINT_RULE, 1)
    if table.note:
        canvas.words(left, top + ABOVE, escape(table.note, quote=False), SIZE, QUIET, rise="top")
        top += 2 * ABOVE + SIZE * LINE_HEIGHT
    return top


def _draw_row(
    canvas: Canvas, table: TablePicture, cells: Sequence[str], left: float, top: float, is_head: bool = False
) -> float:
    """Cells on one or more lines each; where the tallest ends."""
    lowest = top
    for cell, width, is_right in zip(cells, table.widths, table.is_right, strict=True):
        at = top
        for line in wrap(cell, width, SIZE, is_head):
            x, side = (left + width, "right") if is_right else (left, "left")
            canvas.words(x, at, escape(line, quote=False), SIZE, INK, side, "top", is_head)
            at += SIZE * LINE_HEIGHT
        lowest, left = max(lowest, at), left + width + BETWEEN
    return lowest + (ABOVE if is_head else 0)


def _width(text: str, is_bold: bool = False) -> float:
    return width_of(escape(text, quote=False), SIZE, is_bold)
