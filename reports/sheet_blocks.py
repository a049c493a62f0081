"""Blocks of a section on its sheet: prose, headline figures, tables with totals, charts; and the names of cells."""

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from analytics.downloads import TO_FILL_SHAPE
from analytics.table import Column, Table
from reports.columns import NUMBERS
from reports.content import Block, Chart, Figures, Grid, Prose, Section
from reports.form import FORM_SECTIONS, is_form, numbers_of_row
from reports.native import insert_chart
from reports.sheet import LINE_HEIGHT, Book, NamedCell, Sheet, fold_name

PROSE_WIDTH = 110
CHART_LINES = 18
WRITING_WIDTH = 40


def write_section(book: Book, sheet: Sheet, section: Section) -> None:
    """The blocks of a section under each other; a sheet of one table keeps its headings in sight too."""
    sheet.head()
    for block in section.blocks:
        _write_block(sheet, section, block)
        sheet.skip()
    sheet.settle()
    grids = [block for block in section.blocks if isinstance(block, Grid)]
    if len(grids) == 1 and isinstance(section.blocks[0], Grid):
        sheet.worksheet.freeze_panes(4, 1)
        sheet.worksheet.repeat_rows(0, 3)


def _write_block(sheet: Sheet, section: Section, block: Block) -> None:
    if isinstance(block, Prose):
        for paragraph in block.paragraphs:
            write_paragraph(sheet, paragraph)
    elif isinstance(block, Chart):
        _write_chart(sheet, block)
    elif isinstance(block, Figures):
        _write_figures(sheet, section, block)
    else:
        _write_grid(sheet, section, block)


def write_paragraph(sheet: Sheet, paragraph: str, across: int = 6) -> None:
    """A paragraph over the first column and some beside it."""
    lines = -(-len(paragraph) // PROSE_WIDTH)
    sheet.worksheet.merge_range(sheet.line_number, 0, sheet.line_number, across, None, sheet.book.wrapped)
    sheet.text(sheet.line_number, 0, paragraph, sheet.book.wrapped)
    sheet.worksheet.set_row(sheet.line_number, LINE_HEIGHT * lines)
    sheet.line_number += 1


def _write_chart(sheet: Sheet, chart: Chart) -> None:
    """The values as a table, and under it the chart that draws them."""
    says = sheet.book.says
    sheet.line(chart.caption, sheet.book.caption)
    if not chart.labels or not chart.series:
        sheet.line(says("document.empty"), sheet.book.faint)
        return
    heads = [says("document.workbook.series"), *(name for name, _, _ in chart.series)]
    if chart.line:
        heads.append(chart.line[1])
    first = sheet.open_table(chart.key, heads, len(chart.labels), [False, *[True] * (len(heads) - 1)])
    for number, label in enumerate(chart.labels):
        row = [values[number] for _, _, values in chart.series] + ([chart.line[0]] if chart.line else [])
        sheet.text(first + number, 0, label)
        for place, value in enumerate(row, start=1):
            sheet.cell(first + number, place, value, chart.unit)
    for place, head in enumerate(heads):
        sheet.widen(place, len(head) + 3)
    insert_chart(sheet.book.file, sheet.worksheet, chart, first)
    sheet.line_number = first + len(chart.labels) + CHART_LINES


def _write_figures(sheet: Sheet, section: Section, block: Figures) -> None:
    """Headline numbers as numbers where the pack knows them, else as written."""
    says = sheet.book.says
    sheet.line(block.caption, sheet.book.caption)
    heads = [says(f"document.{key}") for key in ("indicator", "value", "detail", "status", "code")]
    first = sheet.open_table(block.key, heads, len(block.rows))
    for line, (label, shown, detail, status, code) in enumerate(block.rows, start=first):
        figures = sheet.book.pack.figures_of(code)
        sheet.text(line, 0, label, sheet.book.wrapped)
        sheet.lengths[line, 0] = len(label)
        if len(figures) == 1:
            sheet.cell(line, 1, figures[0].value, figures[0].unit)
            _name_cell(sheet, section, figures[0], label, line, 1)
        else:
            sheet.text(line, 1, shown)
        for place, text in enumerate((detail, says(f"status.{status}") if status else "", code), start=2):
            sheet.cell(line, place, text, "text")
            sheet.widen(place, len(text) + 2)
    sheet.widen(1, 16)
    sheet.line_number = first + max(len(block.rows), 1)


def _write_grid(sheet: Sheet, section: Section, grid: Grid) -> None:
    sheet.line(grid.caption, sheet.book.caption)
    code = [Column(sheet.book.says("document.code"), "code")] if grid.codes else []
    columns = [*grid.table.columns, *code]
    rows = [(*row, *grid.codes[place:place + 1]) for place, row in enumerate(grid.table.rows)]
    body = rows[:-1] if grid.has_total else rows
    units = [_whole(column, place, grid.table) for place, column in enumerate(columns)]
    numeric = [column.unit in NUMBERS for column in columns]
    first = sheet.open_table(grid.key, [column.heading for column in columns], len(body), numeric)
    for line, row in enumerate(body, start=first):
        for place, (value, unit) in enumerate(zip(row, units, strict=True)):
            sheet.cell(line, place, value, unit, **(TO_FILL_SHAPE if columns[place].is_to_fill else {}))
    last = first + max(len(body), 1)
    if grid.has_total:
        _write_total(sheet, body, rows[-1], units, first)
        last += 1
    _name_cells(sheet, section, grid, first)
    _widen(sheet, columns, rows)
    sheet.line_number = last
    if grid.sources:
        sheet.line(grid.sources, sheet.book.faint)


def _whole(column: Column, place: int, table: Table) -> str:
    """ECTS and hours without decimals are written as counts: `#,##0.##` would leave a lone comma."""
    values = [row[place] for row in table.rows] if place < len(table.columns) else []
    is_whole = all(not isinstance(value, Decimal) or value == value.to_integral_value() for value in values)
    return "count" if column.unit in ("ECTS", "hours") and is_whole else column.unit


def _write_total(sheet: Sheet, body: Sequence, total: Sequence, units: Sequence[str], first: int) -> None:
    """A formula over the rows shown wherever they add up to the total; else (different people, shares) its value."""
    line = first + max(len(body), 1)
    for place, (value, unit) in enumerate(zip(total, units, strict=True)):
        parts = [row[place] for row in body]
        if unit in NUMBERS and unit != "share" and _adds_up(parts, value):
            cells = f"{xl_rowcol_to_cell(first, place)}:{xl_rowcol_to_cell(line - 1, place)}"
            shape = sheet.book.number(unit, bold=True, top=1)
            sheet.worksheet.write_formula(line, place, f"=SUBTOTAL(109,{cells})", shape, float(value))
        else:
            sheet.cell(line, place, value, unit, bold=True, top=1)


def _adds_up(parts: Sequence[object], total: object) -> bool:
    known = [part for part in parts if part is not None and part != ""]
    if not known or isinstance(total, str) or total is None or any(isinstance(part, str) for part in known):
        return False
    return sum(Decimal(part) for part in known) == Decimal(total)


def _name_cells(sheet: Sheet, section: Section, grid: Grid, first: int) -> None:
    """Names for the numbers of a grid's rows."""
    if not is_form(grid):
        return
    for number, (code, row) in enumerate(zip(grid.codes, grid.table.rows, strict=False)):
        for place, label, figure in numbers_of_row(grid, row, sheet.book.pack.figures_of(code)):
            _name_cell(sheet, section, figure, label, first + number, place)


def _name_cell(sheet: Sheet, section: Section, figure, label: str, line: int, place: int) -> None:
    if section.number not in FORM_SECTIONS:
        return
    name = f"F_{fold_name(f'{figure.key}_{figure.column}')}"
    if any(cell.name == name for cell in sheet.book.named):
        return
    where = xl_rowcol_to_cell(line, place, row_abs=True, col_abs=True)
    sheet.book.file.define_name(name, f"='{sheet.worksheet.name.replace(chr(39), chr(39) * 2)}'!{where}")
    value = "" if figure.value is None else figure.value
    sheet.book.named.append(NamedCell(name, sheet.title, label, value, figure.unit, figure.code))


def _widen(sheet: Sheet, columns: Sequence[Column], rows: Sequence) -> None:
    for place, column in enumerate(columns):
        cells = (_length(row[place]) + 4 for row in rows[:500] if row[place] is not None)
        least = WRITING_WIDTH if column.is_to_fill else 0
        sheet.widen(place, max(len(column.heading) + 3 if len(column.heading) < 18 else 18, *cells, least))


def _length(value: object) -> int:
    """Of what is shown: an exact quotient has many digits that are not."""
    return len(f"{value:,.2f}" if isinstance(value, Decimal) else str(value))
