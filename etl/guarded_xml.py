"""Reads the XML of a spreadsheet piece by piece, and refuses what no spreadsheet needs: DOCTYPE and deep nesting."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from etl.archive import read_part
from etl.refused import FileRefused

DEPTH_AT_MOST = 100  # a spreadsheet's elements nest less than 20 deep
_FORBIDDEN = "file_has_forbidden_xml"


class Elements(Protocol):
    """What wants to know of the elements; names come without their namespace's prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


def feed_part(archive: zipfile.ZipFile, part: str, elements: Elements) -> Iterator[None]:
    """Tells `elements` about a part; yields after each piece so that what was read can be taken before the next."""
    file_name = Path(archive.filename or "").name
    parser = _make_parser(elements, lambda: FileRefused(file_name, _FORBIDDEN, {"part": part}))
    try:
        for piece in read_part(archive, part):
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
        yield
    except OverflowError as error:
        found, limit = error.args
        details = {"measure": "characters", "found": found, "limit": limit}
        raise FileRefused(file_name, "file_is_a_bomb", details) from error
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FileRefused(file_name, "file_is_damaged", {"part": part}) from error


def list_elements(archive: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    """All elements of a small part, in order, without their text."""
    listing = _Listing()
    for _ in feed_part(archive, part, listing):
        pass
    return listing.elements


def check_part(archive: zipfile.ZipFile, part: str, is_xml: bool) -> None:
    """Reads a part to its end for its faults alone."""
    for _ in feed_part(archive, part, _Nothing()) if is_xml else read_part(archive, part):
        pass


class _Nothing:
    def start(self, name: str, attributes: dict[str, str]) -> None:
        pass

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class _Listing(_Nothing):
    def __init__(self) -> None:
        self.elements: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements.append((name, attributes))


def _make_parser(elements: Elements, forbidden: Callable[[], FileRefused]) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0
    local_names = _LocalNames()
    start_element, end_element = elements.start, elements.end

    def refuse(*_: object) -> None:
        raise forbidden()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_AT_MOST:
            refuse()
        start_element(local_names[name], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        end_element(local_names[name])

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = elements.text
    return parser


class _LocalNames(dict[str, str]):
    """By name as written, without its prefix: looked up for every cell, so found only once."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name[name.find(":") + 1 :]
        return local
