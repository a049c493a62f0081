"""The workbook of a funding pack: a sheet a section, with tables, totals as formulas, native charts and named cells."""

import io
from collections.abc import Sequence
from decimal import Decimal
from textwrap import shorten

import xlsxwriter

from analytics.words import Words, words
from reports.content import Pack
from reports.defined import definitions
from reports.document import front, name_marks, period_name
from reports.sheet import Book, NamedCell, Sheet
from reports.sheet_blocks import write_paragraph, write_section
from reports.symbols import explain_symbols

PAPER_A4 = 9
LONGEST_SHEET_NAME = 31
COVER_WIDTHS = (34, 80)


def write_workbook(pack: Pack) -> bytes:
    """The pack as a spreadsheet: the same pack gives the same bytes."""
    out = io.BytesIO()
    file = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    says = words(pack.language)
    file.set_properties({
        "title": f"{says('document.title')} · {period_name(pack, says)}", "author": says("document.owner"),
        "subject": says("document.subject"), "created": pack.built_at.replace(tzinfo=None),
    })
    book = Book(file, says, pack)
    _write_cover(book, pack, says)
    for section in pack.sections:
        write_section(book, _add(book, pack, f"{section.number} {section.title}"), section)
    _write_form(book, pack, says)
    _write_definitions(book, pack, says)
    file.close()
    return out.getvalue()


def sheet_name(text: str, taken: Sequence[str]) -> str:
    """Excel allows 31 characters, not these seven, and no name twice whatever its case."""
    plain = "".join(" " if letter in "[]:*?/\\" else letter for letter in text).strip("' ")
    name = (shorten(plain, LONGEST_SHEET_NAME, placeholder="") or plain[:LONGEST_SHEET_NAME]).strip("' ")
    number = 2
    while name.lower() in {other.lower() for other in taken}:
        ending = f" {number}"
        name, number = plain[: LONGEST_SHEET_NAME - len(ending)].rstrip() + ending, number + 1
    return name


def _add(book: Book, pack: Pack, title: str) -> Sheet:
    """A sheet set up to be printed: across, as wide as the page, with publicity, state and kind on each."""
    worksheet = book.file.add_worksheet(sheet_name(title, [sheet.name for sheet in book.file.worksheets()]))
    says = book.says
    marks = name_marks(pack, says)
    sample = f" · {says('document.sample')}" if pack.is_sample else ""
    page = says("document.page", page="&P", pages="&N")
    worksheet.set_header(f"&L{_plain(says('document.funded_by'))}&R{_plain(marks + sample)}")
    worksheet.set_footer(f"&L{_plain(says('document.short_title'))} · {_plain(period_name(pack, says))}&R{page}")
    worksheet.set_landscape()
    worksheet.set_paper(PAPER_A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.hide_gridlines(2)
    return Sheet(worksheet, title, book)


def _plain(text: str) -> str:
    """Text in which a header or footer of Excel finds no commands."""
    return text.replace("&", "&&")


def _write_cover(book: Book, pack: Pack, says: Words) -> None:
    sheet = _add(book, pack, says("document.workbook.cover"))
    sheet.line(says("document.funded_by"), book.strong)
    sheet.line(says("document.recovery_plan"), book.faint)
    sheet.skip()
    sheet.line(says("document.title"), book.title)
    sheet.line(f"{says('document.owner')} · {period_name(pack, says)}", book.strong)
    if pack.stays_here:
        sheet.line(says("document.stays_here_note"), book.warning)
    if pack.is_sample:
        sheet.line(says("document.sample_note"), book.warning)
    sheet.skip()
    for what, told in front(pack, says):
        sheet.pair(what, told)
    if pack.residuals:
        for residual in (says("document.residuals"), says("document.residuals_note"), *pack.residuals):
            sheet.line(residual, book.warning)
    if pack.kind == "public":
        sheet.skip()
        sheet.line(says("pack.privacy.caption"), book.strong)
        for sentence in (*explain_symbols(pack, says), says("pack.privacy.blank")):
            write_paragraph(sheet, sentence, across=1)
    _set_widths(sheet, COVER_WIDTHS)


def _set_widths(sheet: Sheet, widths: Sequence[int]) -> None:
    for place, width in enumerate(widths):
        sheet.widths[place] = width
        sheet.worksheet.set_column(place, place, width)


def _write_form(book: Book, pack: Pack, says: Words) -> None:
    """The figures of the ministry's form, each under the name of its cell. A formula takes an empty cell for a 0."""
    sheet = _add(book, pack, says("document.workbook.form"))
    sheet.head()
    sheet.line(says("document.workbook.form_note"), book.faint)
    sheet.skip()
    heads = [says(f"document.workbook.{key}") for key in ("name", "section")]
    heads += [says(f"document.{key}") for key in ("indicator", "value", "code")]
    rows = [[cell.name, cell.section, cell.label, None, cell.code] for cell in book.named]
    first = sheet.table("T_form", heads, rows)
    for line, cell in enumerate(book.named, start=first):
        shown = f'=IF(ISBLANK({cell.name}),"",{cell.name})'
        sheet.worksheet.write_formula(line, 3, shown, book.number(cell.unit), _cached(cell))
    _set_widths(sheet, (58, 30, 60, 16, 12))


def _cached(cell: NamedCell) -> float | int | str:
    """The value the formula has when a reader opens the file without working it out."""
    return float(cell.value) if isinstance(cell.value, Decimal) else cell.value


def _write_definitions(book: Book, pack: Pack, says: Words) -> None:
    sheet = _add(book, pack, says("document.workbook.definitions"))
    sheet.head()
    heads = [says("document.key"), says("document.indicator"), says("document.workbook.definition")]
    heads += [says("document.unit"), says("document.formula")]
    rows = [
        [entry.key, entry.name, entry.text, dict(entry.facts).get(says("fact.unit"), ""),
         "\n".join(f"{what}: {sql}" for what, sql in entry.formulas)]
        for entry in definitions(pack, says)
    ]
    sheet.table("T_definitions", heads, rows, wraps=True)
    _set_widths(sheet, (30, 40, 70, 12, 90))
    sheet.settle()
