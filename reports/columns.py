"""Columns of the document: how wide each is, which way its page lies, and how a wide table is taken apart."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil

from analytics.table import Column
from reports.glyphs import REGULAR, SEMIBOLD, text_width

# In points: a sheet of A4 less its margins, upright and across.
UPRIGHT, ACROSS = 470.0, 718.0
SIZE = 8.5
SMALL = 7.5
GUTTER = 9.0
WIDEST_TEXT = 300.0
NARROWEST_TEXT = 64.0
WIDEST_WORD = 130.0
MOST_LINES, MOST_LINES_ON_AVERAGE = 4, 2
SHORT = 12
MOST_GROWTH = 1.5
# Of the shape before a status.
SHAPE = 9.0
# Of a column that somebody writes in.
ROOM_TO_WRITE = 120.0
NUMBERS = ("count", "share", "EUR", "ECTS", "hours", "ratio")


@dataclass(frozen=True)
class Width:
    """What a column needs: `least` with every word whole, `natural` with its longest cell on one line."""

    least: float
    natural: float
    is_text: bool


@dataclass(frozen=True)
class Layout:
    """A table on the page: the columns of each part, and their widths in points."""

    is_across: bool
    is_small: bool
    parts: tuple[tuple[int, ...], ...]
    widths: tuple[tuple[float, ...], ...]


def lay_out(columns: Sequence[Column], rows: Sequence[Sequence[str]], marked: Collection[int] = ()) -> Layout:
    """Upright when its cells stay within a few lines, a short one in small print; else across, small, maybe in parts.

    Each part repeats the first column. marked: the places of columns of statuses, which stay on one line.
    """
    needs = [
        _need(column, [row[place] for row in rows], place in marked) for place, column in enumerate(columns)
    ]
    everything = tuple(range(len(columns)))
    if _fits(needs, rows, UPRIGHT):
        return Layout(False, False, (everything,), (_share_out(needs, UPRIGHT),))
    if len(rows) <= SHORT and _fits(needs, rows, UPRIGHT * SIZE / SMALL):
        return Layout(False, True, (everything,), (_in_small(needs, UPRIGHT),))
    parts = _take_apart(needs, ACROSS * SIZE / SMALL)
    return Layout(True, True, parts, tuple(_in_small([needs[place] for place in part], ACROSS) for part in parts))


def _in_small(needs: Sequence[Width], room: float) -> tuple[float, ...]:
    """Widths for the small size, of which more goes into a room."""
    return tuple(width * SMALL / SIZE for width in _share_out(needs, room * SIZE / SMALL))


def _need(column: Column, cells: Sequence[str], is_marked: bool) -> Width:
    is_text = column.unit == "text"
    head = max((text_width(word, SEMIBOLD) for word in column.heading.split()), default=0) * SIZE
    whole = max((text_width(line) for cell in cells for line in cell.split("\n")), default=0) * SIZE
    if is_marked:
        width = max(head, whole * SEMIBOLD / REGULAR + SHAPE) + GUTTER
        return Width(width, width, False)
    if not is_text:
        whole *= SEMIBOLD / REGULAR  # a total is in semibold
        return Width(max(head, whole) + GUTTER, max(head, whole, _two_lines(column.heading)) + GUTTER, False)
    if column.is_to_fill:
        return Width(ROOM_TO_WRITE, max(ROOM_TO_WRITE, min(whole, WIDEST_TEXT)) + GUTTER, True)
    words = max((text_width(word) for cell in cells for word in cell.split()), default=0) * SIZE
    least = max(head, min(words, WIDEST_WORD), min(whole, NARROWEST_TEXT))
    return Width(least + GUTTER, max(head, min(whole, WIDEST_TEXT), least) + GUTTER, True)


def _two_lines(heading: str) -> float:
    """How wide a heading is that may take two lines."""
    return text_width(heading, SEMIBOLD) * SIZE * (0.6 if " " in heading else 1)


def _fits(needs: Sequence[Width], rows: Sequence[Sequence[str]], room: float) -> bool:
    """Whether no row is too high, nor most rows of a long table."""
    if sum(need.least for need in needs) > room:
        return False
    widths = _share_out(needs, room)
    heights = [max(map(_lines, row, widths)) for row in rows]
    is_calm = len(rows) <= SHORT or sum(heights) <= MOST_LINES_ON_AVERAGE * len(rows)
    return is_calm and max(heights, default=1) <= MOST_LINES


def _lines(cell: str, width: float) -> int:
    return max(ceil(text_width(line) * SIZE / max(width - GUTTER, 1)) for line in cell.split("\n"))


def _share_out(needs: Sequence[Width], room: float) -> tuple[float, ...]:
    """Widths that fill the room: least first, then up to natural alike; what is left, to the texts, and then to all."""
    least, natural = sum(need.least for need in needs), sum(need.natural for need in needs)
    if least >= room:
        return tuple(need.least * room / least for need in needs)
    if natural > room:
        part = (room - least) / (natural - least)
        return tuple(need.least + part * (need.natural - need.least) for need in needs)
    texts = sum(need.natural for need in needs if need.is_text)
    growth = min((room - natural) / texts, MOST_GROWTH) if texts else 0
    widths = [need.natural * (1 + growth) if need.is_text else need.natural for need in needs]
    return tuple(width + (room - sum(widths)) / len(needs) for width in widths)


def _take_apart(needs: Sequence[Width], room: float) -> tuple[tuple[int, ...], ...]:
    """Parts that fit the room, about as many columns in each; the first column is repeated on every part."""
    lead = needs[0].least
    rest = sum(need.least for need in needs[1:])
    wanted = rest / max(1, ceil(rest / max(room - lead, 1)))
    parts: list[list[int]] = [[0]]
    used = 0.0
    for place, need in enumerate(needs[1:], start=1):
        is_full = used + need.least > room - lead or used >= wanted
        if is_full and len(parts[-1]) > 1:
            parts.append([0])
            used = 0.0
        parts[-1].append(place)
        used += need.least
    return tuple(map(tuple, parts))
