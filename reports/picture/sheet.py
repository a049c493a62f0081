"""Sheet: a figure as a picture of its own, SVG or PNG, with its title, what it shows and where it comes from."""

import json
from collections.abc import Sequence
from html import escape

import typst

from analytics.drawing import Drawing
from reports.glyphs import FONTS, spell
from reports.picture.canvas import INK, LINE_HEIGHT, PAPER, QUIET, Canvas, wrap
from reports.picture.plot import draw_plot

WIDTH, EDGE, GAP = 960, 28, 14
TITLE, FOOT = 20, 12
FAMILY = "'Source Sans 3', 'Segoe UI', Helvetica, Arial, sans-serif"
# Twice the pixels of a screen: sharp in a presentation and in print.
POINTS_A_PIXEL, DOTS_AN_INCH = 0.75, 192
IN_ONE_PAGE = """
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(json(bytes(sys.inputs.picture)).svg), format: "svg", width: {width}pt)
"""


def to_svg(drawing: Drawing, title: str, foot: Sequence[str], told: str) -> str:
    """A drawing with its title over it and its foot, a paragraph each, under it.

    told: what somebody is told who cannot see it. Its words are words, to be read aloud, searched and changed.
    """
    canvas = Canvas()
    below = _write(canvas, [title], EDGE, TITLE, INK, is_bold=True) + GAP
    below += draw_plot(canvas, drawing, EDGE, below, WIDTH - 2 * EDGE) + GAP
    canvas.line([(EDGE, below), (WIDTH - EDGE, below)], "#c9d1d9", 1)
    height = round(_write(canvas, foot, below + GAP / 2, FOOT, QUIET) + EDGE / 2)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-labelledby="title told" font-family="{FAMILY}">',
        f'<title id="title">{escape(title)}</title>', f'<desc id="told">{escape(told)}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>', *canvas.elements, "</svg>", "",
    ])


def to_chart(drawing: Drawing, width: float) -> str:
    """A drawing alone as SVG, in a width in pixels, for a document that writes its title and says what it shows."""
    canvas = Canvas()
    height = round(draw_plot(canvas, drawing, 0, 0, width))
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
    return "\n".join([
        f'{opening}viewBox="0 0 {width} {height}" font-family="{FAMILY}">', *canvas.elements, "</svg>",
    ])


def _write(canvas: Canvas, paragraphs: Sequence[str], top: float, size: float, colour: str, is_bold=False) -> float:
    """Plain paragraphs under each other; where they end."""
    for paragraph in paragraphs:
        for line in wrap(paragraph, WIDTH - 2 * EDGE, size, is_bold):
            canvas.words(EDGE, top, escape(line, quote=False), size, colour, rise="top", is_bold=is_bold)
            top += size * LINE_HEIGHT
    return top


def to_png(svg: str) -> bytes:
    """The same picture in points of colour, in the fonts of the project."""
    page = IN_ONE_PAGE.replace("{width}", str(WIDTH * POINTS_A_PIXEL))
    return typst.compile(
        page.encode(), format="png", ppi=DOTS_AN_INCH,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        sys_inputs={"picture": json.dumps({"svg": spell(svg)}, ensure_ascii=False)},
    )
