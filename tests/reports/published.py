"""What a public pack shows to whoever opens its files: every number of the document, the workbook and the rest.

A pack of the same programme with nobody enrolled says what is no number of people: words, laws, targets, catalogue.
"""

import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from xml.etree import ElementTree

import openpyxl
import pypdf

CODE = re.compile(r"\b\d{1,2}-[0-9A-HJKMNP-TV-Z]{7}\b")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
NUMBERED = re.compile(r"(?<=\D) \d+$")  # the page in the list of tables
# What differs from a pack without enrolments and tells nothing of anybody, with why.
TELLS_NOTHING = {
    "the number of a page, a table or a drawing": r"Página \d+ de \d+|^(?:Tabla|Gráfico) \d+\.?",
    "the load: its moment, its name, its hash and that of its rules": (
        r"\d{8}T\d{6}Z-[0-9a-f]{8}|D:\d{14}Z|\d\d-\d\d-\d{4} \d\d:\d\d \(UTC\)|\b[0-9a-f]{16}\b"
    ),
    "the name of a source file": r"\S+\.(?:csv|xlsx)(?: · \w+)?",
    "the hash of a file": r"\b[0-9a-f]{8}…|\b[0-9a-f]{32}(?:[0-9a-f]{32})?\b",
    "how many symbols there are, which anybody can count": r"En este documento hay \d+ cifras con símbolo\.",
    "the place of a cell in its table": r"^U\d+x\d+y\d+$",
    "what a public pack stands beside": r"pack-\d{4}-H\d-[\w-]+",
}
NOTHING = re.compile("|".join(TELLS_NOTHING.values()))
PLAIN_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
    r"|xl/theme/theme1\.xml|xl/(worksheets|drawings|charts|tables)/[a-z]+\d+\.xml|xl/(\w+/)?_rels/\w+\.xml\.rels"
)
Rows = dict[str, list[str]]


def plain(text: str) -> str:
    """On one line, without what tells nothing and without symbols."""
    text = NOTHING.sub("", " ".join(text.replace("\u200b", "").split()))
    return re.sub(r"<5", "", text).strip()


def numbers(text: str) -> list[str]:
    return NUMBER.findall(plain(text))


def ways_to_write(figure: Mapping[str, object]) -> set[str]:
    """Every way in which Spanish writes a published figure, its thousands with points."""
    value = figure["value"]
    try:
        exact = Decimal(str(value))
    except ArithmeticError:
        return set(numbers(str(value)))
    shown = exact * 100 if figure["unit"] == "share" else exact
    return {
        f"{shown.quantize(Decimal(1).scaleb(-places), how):,}".translate(str.maketrans(",.", ".,")).lstrip("-")
        for places in range(3) for how in (ROUND_HALF_EVEN, ROUND_HALF_UP)
    }


def unexplained(found: Sequence[str], figures: Sequence[Mapping], known: Sequence[str]) -> list[str]:
    """The numbers of a row that are neither published figures of it nor in the same row without enrolments."""
    left = list((Counter(found) - Counter(known)).elements())
    for figure in figures:
        ways = ways_to_write(figure)
        match = next((one for one in left if one in ways), None)
        if match is not None:
            left.remove(match)
    return left


class Document:
    """The lines of a PDF: those of the rows of its tables by their code, and all others."""

    def __init__(self, content: bytes) -> None:
        self.reader = pypdf.PdfReader(io.BytesIO(content))
        lines = [line for page in self.reader.pages for line in page.extract_text().splitlines()]
        self.lines = {self.settle(line) for line in lines if not CODE.search(line)}
        self.all = lines

    @staticmethod
    def settle(line: str) -> str:
        return NUMBERED.sub("", plain(line)).strip()

    def rows(self, known: set[str]) -> tuple[Rows, list[str]]:
        """{code: the numbers before it, since the last row}, but lines that are known; and what no row follows."""
        rows, open_numbers = defaultdict(list), []
        for line in self.all:
            if not CODE.search(line) and self.settle(line) in known:
                continue
            before, *rest = re.split(f"({CODE.pattern})", line)
            open_numbers += numbers(before)
            if rest:
                rows[rest[0]] += open_numbers
                open_numbers = numbers("".join(rest[1:]))
        return rows, open_numbers

    def hidden_texts(self) -> set[str]:
        """What is in the file and on no page: alternative texts, titles, outlines, notes, names."""
        found = set()
        for number in range(1, self.reader.trailer["/Size"]):
            try:
                one = self.reader.get_object(number)
            except pypdf.errors.PdfReadError:
                continue
            found |= {str(part) for part in _strings(one)}
        return found

    def kinds(self) -> Counter:
        """How many things of each kind the file has: drawings, attached files, scripts."""
        found: Counter = Counter()
        for number in range(1, self.reader.trailer["/Size"]):
            try:
                one = self.reader.get_object(number)
            except pypdf.errors.PdfReadError:
                continue
            if isinstance(one, pypdf.generic.DictionaryObject):
                found.update(str(one[key]) for key in ("/Type", "/S", "/Subtype") if isinstance(one.get(key), str))
        return found


def _strings(one: object) -> Iterator[str]:
    """The texts of an object itself, not of those it refers to."""
    if isinstance(one, pypdf.generic.TextStringObject):
        yield str(one)
    elif isinstance(one, pypdf.generic.DictionaryObject):
        for key, part in one.items():
            if key not in ("/ID", "/FontName", "/Registry", "/Ordering"):
                yield from _strings(part) if not isinstance(part, pypdf.generic.IndirectObject) else ()
    elif isinstance(one, pypdf.generic.ArrayObject):
        for part in one:
            yield from _strings(part) if not isinstance(part, pypdf.generic.IndirectObject) else ()


class Workbook:
    """Every cell of an XLSX, with what a formula was worked out to; those of a row with a code by that code."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.rows: dict[str, list[object]] = defaultdict(list)
        self.others: list[object] = []
        for sheet in openpyxl.load_workbook(io.BytesIO(content), data_only=True):
            assert sheet.sheet_state == "visible"
            for row in sheet.iter_rows(values_only=True):
                cells = [cell for cell in row if cell is not None]
                code = next((cell for cell in cells if CODE.fullmatch(str(cell))), None)
                (self.rows[code] if code else self.others).extend(cell for cell in cells if cell != code)

    def parts(self) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return archive.namelist()

    def drawn(self) -> list[str]:
        """What the charts keep of the cells they draw, and every text that the file has for its cells."""
        found = []
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            for name in archive.namelist():
                if name.startswith("xl/charts/chart"):
                    found += [one.text for one in ElementTree.fromstring(archive.read(name)).iter() if one.text]
        return [text for text in found if text.strip()]

    def shared_texts(self) -> set[str]:
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            items = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        return {"".join(part.text or "" for part in item.iter() if part.tag.endswith("}t")) for item in items}



def leaks_of_document(document: Document, empty: Document, figures: Mapping[str, Sequence[Mapping]]) -> list:
    """(code of its row, number), or a number of no row, that is neither published nor in a pack of nobody."""
    rows, rest = document.rows(empty.lines)
    known, _ = empty.rows(document.lines)
    found = [
        (code, one) for code, row in rows.items() for one in unexplained(row, figures[code], known.get(code, ()))
    ]
    return found + rest


def leaks_of_workbook(book: Workbook, empty: Workbook, figures: Mapping[str, Sequence[Mapping]]) -> list:
    """The same of the cells; a figure may stand in its table and in the form."""
    found: list = []
    for code, cells in book.rows.items():
        published = [_number(figure["value"]) for figure in figures[code]]
        left = _cells(cells) - _cells(empty.rows.get(code, ())) - _cells([*published, *published])
        found += [(code, cell) for cell in left if numbers(cell)]
    return found + [cell for cell in _cells(book.others) - _cells(empty.others) if numbers(cell)]


def _cells(cells: Iterable[object]) -> Counter:
    """Twelve digits of a number: the file has fifteen."""
    return Counter(f"{one:.12g}" if isinstance(one, int | float) else str(one) for one in cells)


def _number(value: object) -> object:
    try:
        return float(str(value))
    except ValueError:
        return value
