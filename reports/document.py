"""The document of a funding pack: a tagged PDF (PDF/A-2a and PDF/UA-1) of the same bytes whenever it is made."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC
from decimal import Decimal
from pathlib import Path

import typst

from analytics.formats import UNKNOWN
from analytics.table import Column, Mark, Table, show_cell
from analytics.words import Words, words
from reports.columns import NUMBERS, lay_out
from reports.content import Block, Chart, Figures, Grid, Pack, Prose
from reports.defined import definitions
from reports.drawing import draw
from reports.glyphs import FONTS, spell
from reports.symbols import explain_symbols

TEMPLATE = Path(__file__).parent / "templates" / "pack.typ"
STANDARDS = ["a-2a", "ua-1"]
# Valencian is a variety of Catalan: the code that a screen reader knows.
LANGUAGES = {"es": ("es", "ES"), "va": ("ca", "ES"), "en": ("en", "GB")}
DECLARATION = 12
# What is signed is in Spanish in every language; a screen reader is told so.
SIGNED_TEXT = "declaration"
LEADING = ("heading", "prose")
FEW_ROWS = 14
# Lines to sign on: drawn as such instead of written.
SIGNATURE = "signature"
LONGEST_TOKEN = 70
DIGEST_LENGTH = 64
BREAK = "\u200b"


def write_pdf(pack: Pack) -> bytes:
    """The pack as a PDF. Its texts reach the template as data, so that nothing in them is taken for markup."""
    return _set(
        pack, pdf_standards=STANDARDS, timestamp=int(pack.built_at.replace(tzinfo=UTC).timestamp()),
    )


def draw_pages(pack: Pack) -> list[str]:
    """The pages of the same document as pictures, each an SVG."""
    pages = _set(pack, format="svg")
    return [page.decode() for page in (pages if isinstance(pages, list) else [pages])]


def _set(pack: Pack, **form: object) -> bytes | list[bytes]:
    """The document set in type, in that form."""
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        sys_inputs={"pack": json.dumps(spell_out(describe(pack)), ensure_ascii=False)},
        **form,
    )


def describe(pack: Pack) -> dict:
    """The pack as plain values, in the words of its language, in the order in which they are printed."""
    says = words(pack.language)
    language, region = LANGUAGES[pack.language]
    return {
        "language": language,
        "region": region,
        "says": {key.removeprefix("document."): says(key) for key in says.every_key() if key.startswith("document.")},
        "marks": name_marks(pack, says),
        "stays_here": pack.stays_here,
        "logo": _logo(pack),
        "period": period_name(pack, says),
        "watermark": _watermark(pack, says),
        "is_sample": pack.is_sample,
        "front": front(pack, says),
        "residuals": list(pack.residuals),
        "spreads": _spreads(pack, says),
        "definitions": [_definition(entry) for entry in definitions(pack, says)],
        "reading": _reading(pack, says),
    }


def _logo(pack: Pack) -> dict | None:
    """As the template takes a picture: its bytes and what they are."""
    logo = pack.settings.logo
    return {"form": logo.form, "bytes": list(logo.content)} if logo else None


def period_name(pack: Pack, says: Words) -> str:
    """2.º semestre de 2025."""
    return says(f"document.half_{pack.period.half}", year=pack.period.year)


def front(pack: Pack, says: Words) -> list[tuple[str, str]]:
    """What the cover says of the pack: (what, words)."""
    told = {
        "period": f"{period_name(pack, says)} ({pack.period})",
        "as_of": says.day(pack.as_of),
        "state": says(f"document.state.{pack.state}"),
        "kind": says(f"document.kind.{pack.kind}"),
        "built_at": says("document.front.moment", moment=says.moment(pack.built_at)),
        "build": pack.build_id,
        "build_sha256": pack.build_sha256,
        "code_version": pack.code_version,
        "rules_version": pack.rules_version,
        "previous": pack.previous or says("document.front.no_previous"),
    }
    return [(says(f"document.front.{key}"), text) for key, text in told.items()]


def name_marks(pack: Pack, says: Words) -> str:
    """What stands at the head of every page: the kind, the state, and that it may not be handed out."""
    marks = [says(f"document.kind.{pack.kind}"), says(f"document.state.{pack.state}")]
    return " · ".join([*marks, says("document.stays_here")] if pack.stays_here else marks)


def _watermark(pack: Pack, says: Words) -> list[str]:
    marks = {
        "document.state.borrador": pack.state == "borrador", "document.stays_here": pack.stays_here,
        "document.sample": pack.is_sample,
    }
    return [says(key).upper() for key, is_printed in marks.items() if is_printed]


def _spreads(pack: Pack, says: Words) -> list[dict]:
    """Runs of headings and blocks on pages that lie the same way."""
    spreads: list[dict] = []
    for section in pack.sections:
        blocks = [show_block(block, says) for block in section.blocks if block.key != SIGNATURE]
        heading = {"type": "heading", "number": section.number, "title": section.title,
                   "alone": section.number == DECLARATION}
        items = [heading, *(item for shown in blocks for item in shown)]
        if section.number == DECLARATION:
            items.append({"type": "signature"} | _signer(pack, says))
        for item, is_across in zip(items, _ways(items), strict=True):
            if not spreads or spreads[-1]["across"] != is_across:
                spreads.append({"across": is_across, "items": []})
            spreads[-1]["items"].append(item)
    return spreads


def _ways(items: Sequence[dict]) -> list[bool]:
    """Whether each lies across: text goes with the table it leads to, the last of a section with the one before it.

    A few rows that would fit upright stay across after a table that does: a page is not turned for them.
    """
    settled: list[bool] = []
    for item in (item for item in items if item["type"] not in LEADING):
        is_few = item["type"] == "grid" and len(item["rows"]) <= FEW_ROWS
        settled.append(item.get("across", False) or (is_few and settled[-1:] == [True]))
    ways = []
    for item in items:
        if item["type"] not in LEADING:
            ways.append(settled.pop(0))
        else:
            ways.append(settled[0] if settled else ways[-1] if ways and item["type"] != "heading" else False)
    return ways


def _signer(pack: Pack, says: Words) -> dict:
    known = {key: pack.settings.value(key) for key in ("signing_place", "signer_name", "signer_post")}
    return {
        "lines": [
            [says("document.signature_place"), known["signing_place"] or ""],
            [says("document.signature_date"), ""],
            [says("document.signature_name"), known["signer_name"] or ""],
            [says("document.signature_post"), known["signer_post"] or ""],
        ]
    }


def show_block(block: Block, says: Words) -> list[dict]:
    """A block as the template's items: a wide table is several."""
    if isinstance(block, Prose):
        spoken = {"language": "es"} if block.key == SIGNED_TEXT else {}
        return [{"type": "prose", "paragraphs": [_on_one_line(text) for text in block.paragraphs]} | spoken]
    if isinstance(block, Chart):
        nothing = {"type": "prose", "paragraphs": [f"{block.caption} {says('document.empty')}"]}
        return [{"type": "chart"} | draw(block, says) if block.labels and block.series else nothing]
    return [_show_figures(block, says)] if isinstance(block, Figures) else list(_show_grid(block, says))


def _show_figures(block: Figures, says: Words) -> dict:
    return {
        "type": "figures",
        "caption": block.caption,
        "rows": [
            {"label": label, "value": value, "detail": detail, "code": code, "status": status,
             "status_word": says(f"status.{status}") if status else ""}
            for label, value, detail, status, code in block.rows
        ],
        "has_status": any(row[3] for row in block.rows),
        "has_detail": any(row[2] for row in block.rows),
    }


def _show_grid(grid: Grid, says: Words) -> Iterator[dict]:
    columns, rows = list(grid.table.columns), written(grid.table, says)
    if grid.codes:
        columns.append(Column(says("document.code"), "code"))
        rows = [[*row, code] for row, code in zip(rows, grid.codes, strict=True)]
    marked = {place for row in grid.table.rows for place, cell in enumerate(row) if isinstance(cell, Mark)}
    layout = lay_out(columns, rows, marked)
    statuses = [[cell.status if isinstance(cell, Mark) else None for cell in row] for row in grid.table.rows]
    for number, (part, widths) in enumerate(zip(layout.parts, layout.widths, strict=True), start=1):
        places = {"part": number, "parts": len(layout.parts), "caption": grid.caption}
        yield {
            "type": "grid",
            "across": layout.is_across,
            "small": layout.is_small,
            "caption": grid.caption if len(layout.parts) == 1 else says("document.part", **places),
            "widths": list(widths),
            "heads": [columns[place].heading for place in part],
            "numeric": [columns[place].unit in (*NUMBERS, "figure") for place in part],
            "to_fill": [columns[place].is_to_fill for place in part],
            "faint": [bool(grid.codes) and place == len(columns) - 1 for place in part],
            "rows": [[row[place] for place in part] for row in rows],
            "statuses": [[(*row, None)[place] for place in part] for row in statuses],
            "has_total": grid.has_total,
            "sources": grid.sources,
        }


def written(table: Table, says: Words) -> list[list[str]]:
    """The cells as a reader reads them; the numbers of a column with as many decimals as the longest of them."""
    decimals = [_decimals([row[place] for row in table.rows]) for place in range(len(table.columns))]
    return [
        [_cell(column, cell, places, says) for column, cell, places in zip(table.columns, row, decimals, strict=True)]
        for row in table.rows
    ]


def _cell(column: Column, cell: object, decimals: int, says: Words) -> str:
    if isinstance(cell, str | Mark):
        return _halved(cell) if column.unit == "code" else _on_one_line(str(cell))
    if cell is None:
        return UNKNOWN
    if column.unit in ("count", "ECTS", "hours"):
        return says.number(cell, decimals if isinstance(cell, Decimal) else None)
    return show_cell(says, column, cell)


def _decimals(cells: Sequence[object]) -> int:
    """Two at most."""
    exact = (cell.normalize().as_tuple().exponent for cell in cells if isinstance(cell, Decimal))
    return min(2, max((-exponent for exponent in exact if isinstance(exponent, int)), default=0, key=int) or 0)


def _halved(code: str) -> str:
    """A digest on two lines, every other code on one."""
    half = len(code) // 2
    return f"{code[:half]}\n{code[half:]}" if len(code) == DIGEST_LENGTH else _on_one_line(code)


def _on_one_line(text: str) -> str:
    """Blanks made one, and very long words given places to break."""
    return " ".join(
        BREAK.join(word[start:start + 16] for start in range(0, len(word), 16)) if len(word) > LONGEST_TOKEN else word
        for word in text.split()
    )


def _definition(entry) -> dict:
    return {"key": entry.key, "name": entry.name, "text": entry.text, "facts": entry.facts, "formulas": entry.formulas}


def _reading(pack: Pack, says: Words) -> list[str]:
    return [
        says("document.annex_reading_unknown", unknown=UNKNOWN),
        says("document.annex_reading_code"),
        *([says("document.annex_reading_restricted")] if pack.kind == "restricted" else explain_symbols(pack, says)),
        says("document.annex_reading_same"),
    ]


def spell_out(value: object) -> object:
    """Every text in letters that the fonts have."""
    if isinstance(value, str):
        return spell(value)
    if isinstance(value, dict):
        return {key: spell_out(part) for key, part in value.items()}
    return [spell_out(part) for part in value] if isinstance(value, list | tuple) else value
