"""Editions: the list of everything that is offered, was cancelled or is being drafted, to be searched and sorted."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.filters import EVERYTHING, Filters
from analytics.snapshot import Snapshot

# In the order of an edition's life; the last two are in no figure.
SITUATIONS = ("scheduled", "running", "finished", "postponed", "cancelled", "draft")
OUTSIDE_FIGURES = ("cancelled", "draft")
# How each is sorted, and whether from the most to the least.
SORTS = {
    "starts_on": False, "title": False, "edition_id": False, "centre": False,
    "enrolments": True, "fill": True, "places": True, "ects": True, "hours": True, "price_eur": True,
}
COLUMNS = (
    "edition_id", "course", "edition_number", "title", "title_va", "situation", "is_offered", "starts_on", "ends_on",
    "delivery", "ects", "hours", "places", "enrolments", "price_eur", "campus", "centre", "field", "entities",
)


@dataclass(frozen=True)
class Edition:
    """A line of the catalogue. enrolments: None when it is outside the figures or the export is missing."""

    edition_id: str
    course: str
    edition_number: int
    title: str
    title_va: str
    situation: str
    is_offered: bool
    starts_on: date
    ends_on: date | None
    delivery: str
    ects: Decimal
    hours: Decimal
    places: int | None
    enrolments: int | None
    price_eur: Decimal | None
    campus: str
    centre: str
    field: str
    entities: str | None

    def name(self, language: str) -> str:
        """The title as a reader of that language knows it."""
        return self.title_va if language == "va" else self.title

    @property
    def fill(self) -> Decimal | None:
        """Enrolments over places; None when one of them is unknown."""
        return Decimal(self.enrolments) / self.places if self.places and self.enrolments is not None else None


def list_editions(snapshot: Snapshot, filters: Filters = EVERYTHING) -> list[Edition]:
    """Every edition that the filters leave, in any situation, by its start."""
    condition, values = filters.where("edition")
    sql = f"select {', '.join(COLUMNS)} from edition where {condition} order by starts_on, edition_id"
    are_known = snapshot.has("enrolments")
    rows = snapshot.rows(sql, **values)
    return [Edition(**row | ({} if are_known and row["is_offered"] else {"enrolments": None})) for row in rows]


def search(editions: Sequence[Edition], text: str) -> list[Edition]:
    """Those in whose title, code, centre or partners every word is found, whatever its accents and case."""
    words = fold(text).split()
    return [edition for edition in editions if all(word in _searched(edition) for word in words)]


def _searched(edition: Edition) -> str:
    told = (edition.title, edition.title_va, edition.edition_id, edition.centre, edition.entities or "")
    return fold(" ".join(told))


def fold(text: str) -> str:
    """Text without accents, case and the raised dot of Valencian."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter) and letter != "·")


def sort(editions: Sequence[Edition], by: str, language: str) -> list[Edition]:
    """Sorted by one of SORTS; what is unknown comes last."""
    def value(edition: Edition):
        return fold(edition.name(language)) if by == "title" else getattr(edition, by)

    known = [edition for edition in editions if value(edition) is not None]
    unknown = [edition for edition in editions if value(edition) is None]
    return sorted(known, key=value, reverse=SORTS[by]) + unknown


def count_situations(editions: Sequence[Edition]) -> dict[str, int]:
    """How many editions are in each situation, in the order of SITUATIONS; those that none is in left out."""
    counts = {situation: sum(edition.situation == situation for edition in editions) for situation in SITUATIONS}
    return {situation: count for situation, count in counts.items() if count}


def count_ahead(editions: Sequence[Edition], as_of: date) -> int:
    """How many of the offered editions start after the cut-off."""
    return sum(edition.is_offered and edition.starts_on > as_of for edition in editions)


def count_without_places(editions: Sequence[Edition]) -> int:
    """How many of the offered editions have no known number of places."""
    return sum(edition.is_offered and edition.places is None for edition in editions)
