"""One page: what a page of the dashboard showed, as a tagged PDF on a single sheet, of the same bytes each time."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typst

from analytics.drawing import Drawing
from analytics.table import Column, Mark, Table, Way
from analytics.words import Words
from reports.columns import NUMBERS
from reports.document import LANGUAGES, STANDARDS, spell_out, written
from reports.glyphs import FONTS
from reports.picture.sheet import to_chart

TEMPLATE = Path(__file__).parent / "templates" / "one_page.typ"
# The main figure and three that support it; more would be too small to read across a table.
MOST_FIGURES = 4
MOST_HEADLINES = 6
# More columns than this are too narrow on paper; the first ones name the row.
MOST_COLUMNS = 6
MOST_IN_HALF = 5
MOST_LETTERS = 110
RIGHT = (*NUMBERS, "figure", "day")
NARROW = 14
# Pixels, of which four are three points: across the sheet, and beside another figure.
ACROSS, HALF = 686, 332
# A taller drawing is told by the first rows of its table.
TALLEST = 900


@dataclass(frozen=True)
class Card:
    """A headline figure as written, with the key of its status when it has one."""

    label: str
    value: str
    detail: str
    status: str | None = None


@dataclass(frozen=True)
class Picture:
    """A figure: its takeaway, its drawing when it has one, the same as a table, and what stands for it when read.

    is_restricted: its table holds single rows.
    """

    takeaway: str
    drawing: Drawing | None
    table: Table
    alternative: str
    is_restricted: bool = False


@dataclass(frozen=True)
class OnePage:
    """What a page showed. name: of the page; sources: where it all comes from, a line each."""

    name: str
    title: str
    answer: str
    sentence: str
    notes: tuple[str, ...]
    headlines: tuple[Card, ...]
    figures: tuple[Picture, ...]
    sources: tuple[str, ...]
    built_at: datetime


def write_page(page: OnePage, words: Words) -> bytes:
    """The PDF (A-2a and UA-1): always one sheet; what has no room is drawn smaller, then left out from the end."""
    return typst.compile(
        TEMPLATE, root=TEMPLATE.parent,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        sys_inputs={"page": json.dumps(spell_out(describe_page(page, words)), ensure_ascii=False)},
        pdf_standards=STANDARDS, timestamp=int(page.built_at.replace(tzinfo=UTC).timestamp()),
    )


def describe_page(page: OnePage, words: Words) -> dict:
    """The page as plain values, in the order in which they are printed."""
    language, region = LANGUAGES[words.language]
    return {
        "language": language, "region": region,
        "says": {"owner": words("app.owner"), "name": words("app.name"), "more": words("one_page.more")},
        "name": page.name, "title": page.title, "answer": page.answer, "sentence": page.sentence,
        "notes": [*_restrict(page, words), *page.notes], "sources": list(page.sources),
        "headlines": [_describe_card(one, words) for one in page.headlines[:MOST_HEADLINES]],
        "figures": [_describe_figure(one, words) for one in page.figures[:MOST_FIGURES]],
    }


def _restrict(page: OnePage, words: Words) -> list[str]:
    """Whether any of its figures is for those who may see single rows."""
    return [words("download.restricted")] if any(one.is_restricted for one in page.figures[:MOST_FIGURES]) else []


def _describe_card(card: Card, words: Words) -> dict:
    word = words(f"status.{card.status}") if card.status else ""
    return {"label": card.label, "value": card.value, "detail": card.detail, "status": card.status, "status_word": word}


def _describe_figure(figure: Picture, words: Words) -> dict:
    told = {"takeaway": figure.takeaway, "alternative": figure.alternative, "chart": None, "is_wide": False}
    if figure.drawing is None or figure.drawing.layout["height"] > TALLEST:
        return told | _describe_table(figure.table, words)
    drawing = figure.drawing.written_in(words("figure.separators"))
    return told | {"chart": {"across": to_chart(drawing, ACROSS), "half": to_chart(drawing, HALF)}}


def _describe_table(table: Table, words: Words) -> dict:
    """Its first columns; the ways to other pages lead nowhere on paper."""
    kept = [place for place in range(len(table.columns)) if not _is_way(table, place)][:MOST_COLUMNS]
    columns = [table.columns[place] for place in kept]
    cut = Table(tuple(columns), [tuple(row[place] for place in kept) for row in table.rows])
    rows = [[_shorten(cell) for cell in row] for row in written(cut, words)]
    return {
        "is_wide": len(columns) > MOST_IN_HALF,
        "heads": [column.heading for column in columns], "numeric": [column.unit in RIGHT for column in columns],
        "rows": rows, "widths": [_width(column, [row[at] for row in rows]) for at, column in enumerate(columns)],
        "statuses": [[cell.status if isinstance(cell, Mark) else None for cell in row] for row in cut.rows],
        "counts": [words.number(number) for number in range(1, len(rows) + 1)],
    }


def _is_way(table: Table, place: int) -> bool:
    return any(isinstance(row[place], Way) for row in table.rows)


def _shorten(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"


def _width(column: Column, texts: list[str]) -> str | float:
    """As narrow as it can be for what is short; texts share the rest by how long they are."""
    longest = max((len(text) for text in texts), default=0)
    return "auto" if column.unit in RIGHT or longest <= NARROW else float(min(longest, 60))
