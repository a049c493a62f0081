"""Layouts as files: the fields of each export with the headers and words they come under, and how to add to them."""

import os
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.refused import FileRefused

LAYOUTS_FOLDER = Path(__file__).parent / "layouts"
ADDED_FOLDER_SETTING = "LAYOUTS_FOLDER"
MAY_BE_ADDED = {"headers", "words", "is_month_first"}
CLOSED_LISTS = ("word", "flag", "currency")


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    required: bool
    headers: tuple[str, ...]
    words: dict[str, str] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    satisfied_by: str | None = None
    is_month_first: bool = False
    latest_year: int = 2068  # the last year that a year of two digits may mean


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
        layouts[export] = _add(layouts[export], content.get("fields", {}))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileRefused(path.name, "layout_cannot_be_used", {"reason": _say(error)}) from error


def _say(error: Exception) -> str:
    return " ".join(str(part) for part in error.args) or type(error).__name__


def _add(layout: Layout, told: Mapping[str, Mapping[str, Any]]) -> Layout:
    """A header that is added to one field is no longer a spelling of another; the usual ones cannot be taken away."""
    fields = dict(layout.fields)
    for name, addition in told.items():
        extended = _extend(fields[name], addition)
        taken = {fold(header) for header in addition.get("headers", ())}
        fields = {other: each if other == name else _give_up(each, taken) for other, each in fields.items()}
        fields[name] = extended
    return replace(layout, fields=fields)


def _give_up(known: Field, taken: set[str]) -> Field:
    usual, *others = known.headers
    if taken & {fold(known.name), fold(usual)}:
        raise ValueError(usual)
    return replace(known, headers=(usual, *(header for header in others if fold(header) not in taken)))


def _extend(known: Field, addition: Mapping[str, Any]) -> Field:
    words = addition.get("words", {})
    strange = set(addition) - MAY_BE_ADDED
    if known.kind in CLOSED_LISTS:
        strange |= set(words) - {*known.words.values(), "unknown"}
    if strange:
        raise ValueError(", ".join(sorted(strange)))
    return replace(
        known,
        headers=tuple(dict.fromkeys([*known.headers, *_texts(addition.get("headers", []))])),
        words=known.words | _fold_words({value: _texts(spellings) for value, spellings in words.items()}),
        is_month_first=addition.get("is_month_first", known.is_month_first),
    )


def _texts(told: Sequence[str]) -> Sequence[str]:
    if not isinstance(told, list) or not all(isinstance(text, str) for text in told):
        raise ValueError("[…]")
    return told


def _fold_words(told: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {fold(word): value for value, words in told.items() for word in (value, *words)}


def _read_layout(path: Path) -> Layout:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    fields = {name: _read_field(name, told) for name, told in content["fields"].items()}
    return Layout(content["export"], fields, tuple(content.get("finer_than", ())))


def _read_field(name: str, told: dict[str, Any]) -> Field:
    return Field(
        name,
        told["kind"],
        told.get("required", False),
        tuple(told["headers"]),
        _fold_words(told.get("words", {})),
        tuple(fold(unit) for unit in told.get("units", ())),
        told.get("satisfied_by"),
        told.get("is_month_first", False),
        told.get("latest_year", 2068),
    )
