"""Sheets of the workbook: lines and tables under each other, each number in the format of its unit."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from math import ceil

from analytics.downloads import NUMBER_FORMATS, is_risky
from analytics.words import Words
from reports.columns import NUMBERS
from reports.content import Pack

FIRST_WIDTH, WIDEST, NARROWEST = 34, 48, 9
LINE_HEIGHT = 15
LONGEST_NAME = 200


@dataclass(frozen=True)
class NamedCell:
    """A figure of the form: the name of its cell, and what it is."""

    name: str
    section: str
    label: str
    value: object
    unit: str
    code: str


class Book:
    """The file with its formats, and what has been named in it."""

    def __init__(self, file, says: Words, pack: Pack) -> None:
        self.file, self.says, self.pack = file, says, pack
        self.named: list[NamedCell] = []
        self.tables: set[str] = set()
        self._formats: dict[tuple, object] = {}
        self.title = self.format(bold=True, font_size=16, font_color="#123a72")
        self.strong = self.format(bold=True)
        self.faint = self.format(font_color="#52606d")
        self.warning = self.format(bold=True, font_color="#8a5a00")
        self.caption = self.format(bold=True, font_color="#123a72")
        self.wrapped = self.format(text_wrap=True, valign="top")

    def format(self, **traits):
        """Each format once."""
        key = tuple(sorted(traits.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format(traits)
        return self._formats[key]

    def number(self, unit: str, **traits):
        """How cells of a unit are written."""
        return self.format(num_format=NUMBER_FORMATS.get(unit, "General"), valign="top", **traits)

    def table_name(self, key: str) -> str:
        """T_<key>, each once: a name such as T1 would be taken for a cell and not written."""
        wanted = name = f"T_{fold_name(key)}"
        number = 2
        while name.lower() in self.tables:
            name, number = f"{wanted}_{number}", number + 1
        self.tables.add(name.lower())
        return name


def fold_name(text: str) -> str:
    """Letters, digits and underscores, as names in Excel may have."""
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")[:LONGEST_NAME]


@dataclass
class Sheet:
    """A worksheet that is written from top to bottom."""

    worksheet: object
    title: str
    book: Book
    line_number: int = 0
    widths: dict[int, float] = field(default_factory=dict)
    lengths: dict[tuple[int, int], int] = field(default_factory=dict)

    def line(self, text: str, shape=None) -> None:
        self.text(self.line_number, 0, text, shape)
        self.line_number += 1

    def skip(self) -> None:
        self.line_number += 1

    def head(self) -> None:
        """The title, which stays in sight."""
        self.line(self.title, self.book.title)
        self.worksheet.freeze_panes(1, 0)
        self.worksheet.repeat_rows(0)
        self.skip()

    def pair(self, what: str, told: str) -> None:
        self.text(self.line_number, 0, what, self.book.faint)
        self.text(self.line_number, 1, told)
        self.line_number += 1

    def text(self, line: int, place: int, text: str, shape=None) -> None:
        """Text that is never a formula, not even once somebody has edited the cell."""
        if is_risky(text):
            shape = self.book.format(quote_prefix=True, valign="top", text_wrap=True, indent=min(place, 1))
        self.worksheet.write_string(line, place, text, shape)

    def cell(self, line: int, place: int, value: object, unit: str, **traits) -> None:
        """A value in the format of its unit; nothing where nothing is known."""
        shape = self.book.number(unit, **traits)
        if value is None or value == "":
            self.worksheet.write_blank(line, place, None, shape)
        elif isinstance(value, date):
            self.worksheet.write_datetime(line, place, datetime(value.year, value.month, value.day), shape)
        elif isinstance(value, int | Decimal | float) and not isinstance(value, bool):
            self.worksheet.write_number(line, place, value, shape)
        else:
            is_number = unit in NUMBERS
            side = {"align": "right"} if is_number else {"align": "left", "indent": min(place, 1)}
            shape = self.book.format(text_wrap=unit == "text", valign="top", **side, **traits)
            self.text(line, place, str(value), shape)
            self.lengths[line, place] = len(str(value)) if unit == "text" else 0

    def table(self, name: str, heads: Sequence[str], rows: Sequence[Sequence], wraps: bool = False) -> int:
        """A real table of texts; the line of its first row."""
        shape = self.book.wrapped if wraps else None
        first = self.open_table(name, heads, len(rows))
        for line, row in enumerate(rows, start=first):
            for place, text in enumerate(row):
                if text is not None:
                    self.text(line, place, text, shape)
                    self.lengths[line, place] = len(text) if wraps else 0
        self.line_number = first + max(len(rows), 1)
        return first

    def open_table(self, name: str, heads: Sequence[str], rows: int, numeric: Sequence[bool] = ()) -> int:
        """The headings and the frame of a table; the line of its first row."""
        top = self.line_number
        sides = ["right" if is_number else "left" for is_number in numeric] or ["left"] * len(heads)
        columns = [
            {"header": head, "header_format": self.book.format(
                bold=True, text_wrap=True, align=side, bottom=1, indent=min(place, 1) if side == "left" else 0)}
            for place, (head, side) in enumerate(zip(_different(heads), sides, strict=True))
        ]
        self.lengths |= {(top, place): len(head) + 2 for place, head in enumerate(heads)}
        self.worksheet.add_table(top, 0, top + max(rows, 1), len(heads) - 1, {
            "name": self.book.table_name(name.removeprefix("T_")), "style": "Table Style Light 1", "columns": columns,
            "banded_rows": False,
        })
        return top + 1

    def widen(self, place: int, longest: int) -> None:
        least = FIRST_WIDTH if place == 0 else NARROWEST
        wanted = max(least, min(longest, WIDEST), self.widths.get(place, 0))
        self.widths[place] = wanted
        self.worksheet.set_column(place, place, wanted)

    def settle(self) -> None:
        """Rows as high as their texts need in the widths that the columns have got: not every program works it out."""
        lines: dict[int, int] = {}
        for (line, place), length in self.lengths.items():
            lines[line] = max(lines.get(line, 1), ceil(1.1 * length / self.widths.get(place, WIDEST)))
        for line, count in lines.items():
            if count > 1:
                self.worksheet.set_row(line, LINE_HEIGHT * count)


def _different(heads: Sequence[str]) -> list[str]:
    """Headings of a table must differ, whatever their case; of two alike, the second carries its position."""
    seen: set[str] = set()
    different = []
    for place, head in enumerate(heads, start=1):
        name = head if head.lower() not in seen else f"{head} ({place})"
        seen.add(name.lower())
        different.append(name)
    return different
