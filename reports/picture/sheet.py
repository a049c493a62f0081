"""Sheet: a figure as a picture of its own, SVG or PNG, with its title, what it shows and where it comes from."""

import json
import re
from collections.abc import Sequence
from html import escape

import typst

from analytics.drawing import Drawing
from reports.glyphs import FONTS, spell
from reports.picture.canvas import INK, LINE_HEIGHT, PAPER, QUIET, Canvas, wrap
from reports.picture.plot import draw_plot
from reports.picture.table import TablePicture, draw_table

WIDTH, EDGE, GAP = 960, 28, 14
INNER = WIDTH - 2 * EDGE
TITLE, FOOT = 20, 12
FAMILY = "'Source Sans 3', 'Segoe UI', Helvetica, Arial, sans-serif"
# Twice the pixels of a screen: sharp in a presentation and in print.
POINTS_A_PIXEL, DOTS_AN_INCH = 0.75, 192
SVG_WIDTH = re.compile(r'width="(\d+)"')
IN_ONE_PAGE = """
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(json(bytes(sys.inputs.picture)).svg), format: "svg", width: {width}pt)
"""


def to_svg(picture: Drawing | TablePicture, title: str, foot: Sequence[str], told: str) -> str:
    """A drawing or a table with its title over it and its foot, a paragraph each, under it.

    told: what somebody is told who cannot see it. Its words are words, to be read aloud, searched and changed.
    """
    canvas, inner = Canvas(), float(INNER)
    if isinstance(picture, TablePicture):
        inner = max(inner, picture.width)
    width = round(inner + 2 * EDGE)
    below = _write(canvas, [title], EDGE, TITLE, INK, inner, is_bold=True) + GAP
    if isinstance(picture, TablePicture):
        below = draw_table(canvas, picture, EDGE, below) + GAP
    else:
        below += draw_plot(canvas, picture, EDGE, below, inner) + GAP
        canvas.line([(EDGE, below), (EDGE + inner, below)], "#c9d1d9", 1)
    height = round(_write(canvas, foot, below + GAP / 2, FOOT, QUIET, inner) + EDGE / 2)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="title told" font-family="{FAMILY}">',
        f'<title id="title">{escape(title)}</title>', f'<desc id="told">{escape(told)}</desc>',
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>', *canvas.elements, "</svg>", "",
    ])


def to_chart(drawing: Drawing, width: float) -> str:
    """A drawing alone as SVG, in a width in pixels, for a document that writes its title and says what it shows."""
    canvas = Canvas()
    height = round(draw_plot(canvas, drawing, 0, 0, width))
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
    return "\n".join([
        f'{opening}viewBox="0 0 {width} {height}" font-family="{FAMILY}">', *canvas.elements, "</svg>",
    ])


def _write(
    canvas: Canvas, paragraphs: Sequence[str], top: float, size: float, colour: str, width: float, is_bold=False
) -> float:
    """Plain paragraphs under each other; where they end."""
    for paragraph in paragraphs:
        for line in wrap(paragraph, width, size, is_bold):
            canvas.words(EDGE, top, escape(line, quote=False), size, colour, rise="top", is_bold=is_bold)
            top += size * LINE_HEIGHT
    return top


def to_png(svg: str) -> bytes:
    """The same picture in points of colour, in the fonts of the project."""
    page = IN_ONE_PAGE.replace("{width}", str(int(SVG_WIDTH.search(svg)[1]) * POINTS_A_PIXEL))
    return typst.compile(
        page.encode(), format="png", ppi=DOTS_AN_INCH,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        sys_inputs={"picture": json.dumps({"svg": spell(svg)}, ensure_ascii=False)},
    )
