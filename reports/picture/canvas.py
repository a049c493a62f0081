"""A canvas: rectangles, lines, shapes and words in pixels, kept as the elements of an SVG."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape

from reports.glyphs import SEMIBOLD, text_width

INK, QUIET, PAPER = "#1c2733", "#52606d", "#ffffff"
TEXT, SMALL = 13, 11
LINE_HEIGHT = 1.25
# From the middle of a line of words down to what its letters stand on, in ems.
MIDDLE = 0.34
DASHES = {"dash": "6 4", "dot": "2 3"}
PIECE = re.compile(r"<span style='color:(?P<colour>[^']+)'>(?P<coloured>.*?)</span>|(?P<plain>[^<]+)|<[^>]*>")
SEEN_THROUGH = re.compile(r"rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)")
# Of a font of all weights a program may take the thinnest unless it is told.
REGULAR = """ style="font-variation-settings: 'wght' 400;" """
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


class Canvas:
    """What is drawn later lies over what was drawn before."""

    def __init__(self) -> None:
        self.elements: list[str] = []

    def rectangle(self, left: float, top: float, width: float, height: float, colour: str, round_by: float = 0) -> None:
        corners = f' rx="{round_by}"' if round_by else ""
        self._add("rect", f'x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="{_n(height)}"{corners}',
                  _paint("fill", colour))

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float, dash: str = "solid") -> None:
        dashes = f' stroke-dasharray="{DASHES[dash]}"' if dash in DASHES else ""
        places = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._add("polyline", f'points="{places}" fill="none" stroke-width="{_n(width)}" stroke-linejoin="round"',
                  _paint("stroke", colour) + dashes)

    def area(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        places = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._add("polygon", f'points="{places}"', _paint("fill", colour))

    def keep_within(self, left: float, top: float, width: float, height: float) -> None:
        """Until `let_go`, nothing is seen outside a rectangle."""
        place = f'x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="{_n(height)}"'
        self.elements.append(f'<clipPath id="within"><rect {place}/></clipPath><g clip-path="url(#within)">')

    def let_go(self) -> None:
        self.elements.append("</g>")

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self._add("circle", f'cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"', _paint("fill", colour))

    def ribbon(self, start: tuple[float, float], end: tuple[float, float], height: float, colour: str) -> None:
        """A band as high at its end as at its start; the points are its upper corners."""
        (left, from_top), (right, to_top) = start, end
        middle = (left + right) / 2
        above = f"M{_n(left)} {_n(from_top)}C{_n(middle)} {_n(from_top)} {_n(middle)} {_n(to_top)}"
        below = f"C{_n(middle)} {_n(to_top + height)} {_n(middle)} {_n(from_top + height)}"
        path = f"{above} {_n(right)} {_n(to_top)}V{_n(to_top + height)}{below} {_n(left)} {_n(from_top + height)}Z"
        self._add("path", f'd="{path}"', _paint("fill", colour))

    def words(
        self, x: float, y: float, text: str, size: float = TEXT, colour: str = INK, side: str = "left",
        rise: str = "middle", is_bold: bool = False,
    ) -> None:
        """Words as plotly writes them, on one or more lines. rise: what of them stands at y: top, middle or bottom."""
        lines = text.split("<br>")
        first = y - {"top": 0, "middle": 0.5, "bottom": 1}[rise] * len(lines) * size * LINE_HEIGHT
        weight = ' font-weight="600"' if is_bold else REGULAR
        for number, line in enumerate(lines):
            foot = first + (number + 0.5) * size * LINE_HEIGHT + MIDDLE * size
            pieces = "".join(_pieces(line))
            place = f'x="{_n(x)}" y="{_n(foot)}" font-size="{_n(size)}" text-anchor="{ANCHORS[side]}"{weight}'
            self.elements.append(f'<text {place} fill="{colour}" xml:space="preserve">{pieces}</text>')

    def _add(self, name: str, place: str, paint: str) -> None:
        self.elements.append(f"<{name} {place} {paint}/>")


def _pieces(line: str) -> Iterator[str]:
    for piece in PIECE.finditer(line):
        if piece["plain"]:
            yield _literal(piece["plain"])
        elif piece["coloured"] is not None:
            yield f'<tspan fill="{escape(piece["colour"])}">{_literal(piece["coloured"])}</tspan>'


def _literal(text: str) -> str:
    return escape(unescape(text), quote=False)


def plain(text: str) -> str:
    """Words as plotly writes them, without what it reads in them; its lines one after the other."""
    read = (piece["plain"] or piece["coloured"] or "" for piece in PIECE.finditer(text.replace("<br>", " · ")))
    return unescape("".join(read))


def width_of(text: str, size: float = TEXT, is_bold: bool = False) -> float:
    """How wide the longest of its lines is, in pixels."""
    lines = (plain(line) for line in text.split("<br>"))
    return max((text_width(line, SEMIBOLD) if is_bold else text_width(line)) * size for line in lines)


def height_of(text: str, size: float = TEXT) -> float:
    return (text.count("<br>") + 1) * size * LINE_HEIGHT


def wrap(text: str, width: float, size: float, is_bold: bool = False) -> list[str]:
    """The lines of a plain text that are no wider; a word alone may be."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width_of(escape(f"{lines[-1]} {word}", quote=False), size, is_bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _paint(what: str, colour: str) -> str:
    """A colour that may be seen through; not every program reads rgba()."""
    found = SEEN_THROUGH.fullmatch(colour)
    if not found:
        return f'{what}="{colour}"'
    red, green, blue = (int(found[number]) for number in (1, 2, 3))
    return f'{what}="#{red:02x}{green:02x}{blue:02x}" {what}-opacity="{found[4]}"'


def _n(number: float) -> str:
    """A coordinate to a tenth of a pixel."""
    return f"{number:.1f}".removesuffix(".0")
