"""Layouts as files: the fields of each export with the headers and words they come under, and how to add to them."""

import os
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.layout_said import NOTHING_SAID, Said, read_said, says_anything
from etl.refused import FileRefused

LAYOUTS_FOLDER = Path(__file__).parent / "layouts"
ADDED_FOLDER_SETTING = "LAYOUTS_FOLDER"
MAY_BE_ADDED = {"headers", "words", "dates", "decimals"}
CLOSED_LISTS = ("word", "flag", "currency")


@dataclass(frozen=True)
class Field:
    """said: of dates and decimals; said_under: by an added layout, of a column under one of its (folded) headers."""

    name: str
    kind: str
    required: bool
    headers: tuple[str, ...]
    words: dict[str, str] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    satisfied_by: str | None = None
    latest_year: int = 2068  # the last year that a year of two digits may mean
    said: Said = NOTHING_SAID
    said_under: dict[str, Said] = field(default_factory=dict)

    def under(self, header: str) -> "Field":
        """The field as the layout that gave the header says; nothing is said of a header that no layout gives."""
        folded = fold(header)
        is_known = folded in {fold(known) for known in (self.name, *self.headers)}
        return replace(self, said=self.said_under.get(folded, self.said if is_known else NOTHING_SAID))


@dataclass(frozen=True)
class Layout:
    export: str
    fields: dict[str, Field]
    finer_than: tuple[str, ...] = ()


# Percent and euro tell "Reducción (%)" from "Reducción (€)"; the degree sign is a misspelt ordinal ("N° horas").
SIGNS_WITH_A_MEANING = str.maketrans({"%": "pct", "€": "eur", "°": "o"})


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The text without case, accents, blanks, underscores and punctuation; a percent or euro sign as letters."""
    plain = unicodedata.normalize("NFKD", text).translate(SIGNS_WITH_A_MEANING).casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain) if sign.isalnum())


def load_layouts(folder: Path = LAYOUTS_FOLDER, added: Path | None = None) -> list[Layout]:
    """The layouts of a folder with the spellings of another one, that of the setting LAYOUTS_FOLDER when not given.

    FileRefused when an added file cannot be used.
    """
    layouts = {layout.export: layout for layout in map(_read_layout, sorted(folder.glob("*.toml")))}
    setting = os.environ.get(ADDED_FOLDER_SETTING)
    extra = added or (Path(setting) if setting else None)
    for path in list_added(extra) if extra else ():
        _add_file(layouts, path)
    return list(layouts.values())


def list_added(folder: Path) -> list[Path]:
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise FileRefused(folder.absolute().name, "layouts_not_found", {"folder": str(folder)})
    return paths


def _add_file(layouts: dict[str, Layout], path: Path) -> None:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        export = content["export"]
        layouts[export] = _add(layouts[export], content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileRefused(path.name, "layout_cannot_be_used", {"reason": _say(error)}) from error


def _say(error: Exception) -> str:
    return " ".join(str(part) for part in error.args) or type(error).__name__


def _add(layout: Layout, content: Mapping[str, Any]) -> Layout:
    """A header that is added to one field is no longer a spelling of another; the usual ones cannot be taken away."""
    fields, told = dict(layout.fields), content.get("fields", {})
    said = read_said(content)
    if says_anything(content) and not any(addition.get("headers") for addition in told.values()):
        raise ValueError("dates, decimals: headers = […]")  # of whose columns it would be said
    for name, addition in told.items():
        extended = _extend(fields[name], addition, said)
        taken = {fold(header) for header in addition.get("headers", ())}
        fields = {other: each if other == name else _give_up(each, taken) for other, each in fields.items()}
        fields[name] = extended
    return replace(layout, fields=fields)


def _give_up(known: Field, taken: set[str]) -> Field:
    usual, *others = known.headers
    if taken & {fold(known.name), fold(usual)}:
        raise ValueError(usual)
    return replace(known, headers=(usual, *(header for header in others if fold(header) not in taken)))


def _extend(known: Field, addition: Mapping[str, Any], said: Said) -> Field:
    """said: by the layout of all its columns. Without headers of its own, an addition speaks of the usual ones."""
    words, headers = addition.get("words", {}), _texts(addition.get("headers", []))
    strange = set(addition) - MAY_BE_ADDED
    if known.kind in CLOSED_LISTS:
        strange |= set(words) - {*known.words.values(), "unknown"}
    if strange:
        raise ValueError(", ".join(sorted(strange)))
    return replace(
        known,
        headers=tuple(dict.fromkeys([*known.headers, *headers])),
        words=known.words | _fold_words({value: _texts(spellings) for value, spellings in words.items()}),
        said=known.said if headers else read_said(addition, known.said),
        said_under=known.said_under | {fold(header): read_said(addition, said) for header in headers},
    )


def _texts(told: Sequence[str]) -> Sequence[str]:
    if not isinstance(told, list) or not all(isinstance(text, str) for text in told):
        raise ValueError("[…]")
    return told


def _fold_words(told: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {fold(word): value for value, words in told.items() for word in (value, *words)}


def _read_layout(path: Path) -> Layout:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    said = read_said(content)
    fields = {name: _read_field(name, told, said) for name, told in content["fields"].items()}
    return Layout(content["export"], fields, tuple(content.get("finer_than", ())))


def _read_field(name: str, told: dict[str, Any], said: Said) -> Field:
    return Field(
        name,
        told["kind"],
        told.get("required", False),
        tuple(told["headers"]),
        _fold_words(told.get("words", {})),
        tuple(fold(unit) for unit in told.get("units", ())),
        told.get("satisfied_by"),
        told.get("latest_year", 2068),
        read_said(told, said),
    )
