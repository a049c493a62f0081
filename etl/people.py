"""Person columns of a batch: documents and ids go in, keyed hashes and doubts come out."""

import hashlib
from collections.abc import Callable, Sequence
from itertools import repeat

from etl.identity import identify_person, identify_teacher
from etl.parse import is_blank

Column = Sequence[str]
TakeColumn = Callable[[str], Column]  # the texts of a field, empty ones where the file does not have it

PERSON_COLUMNS = {"enrolments": ("person_key", "person_basis"), "teaching": ("teacher_key",)}
PERSON_FIELDS = ("document", "document_type", "letter", "learner_id", "enrolment_id")
REST_KEY_BYTES = 16


def make_person_columns(
    export: str, key: bytes, take: TakeColumn
) -> tuple[dict[str, list[str | None]], dict[int, tuple[str, ...]]]:
    """The columns of PERSON_COLUMNS for one batch, and the rules that the documents of some rows break."""
    if export == "teaching":
        keys = [None if is_blank(text) else identify_teacher(key, text) for text in take("teacher")]
        return {"teacher_key": keys}, {}
    if export != "enrolments":
        return {}, {}
    people = list(map(identify_person, repeat(key), *map(take, PERSON_FIELDS)))
    columns = {"person_key": [person.key for person in people], "person_basis": [person.basis for person in people]}
    return columns, {at: person.rules for at, person in enumerate(people) if person.rules}


def make_rest_keys(key: bytes, columns: Sequence[Column], count: int) -> list[bytes | None]:
    """A keyed hash of the cells of each row that are not stored: rows that differ only there are no duplicates."""
    rows = zip(*columns, strict=True) if columns else repeat((), count)
    return [hash_cells(key, cells) if any(cells) else None for cells in rows]


def hash_cells(key: bytes, cells: Sequence[str]) -> bytes:
    text = "\x1f".join(cells).encode("utf-8", "replace")
    return hashlib.blake2b(text, key=key, digest_size=REST_KEY_BYTES).digest()
