"""Rows of a programme written in a test as a small table, one line a row, `-` for what is unknown."""

import types
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TypeVar, get_args

from tests.oracle.programme import Edition, Endorsement, Enrolment, Programme, Teaching

Row = TypeVar("Row", Edition, Teaching, Enrolment, Endorsement)

READERS = {str: str, int: int, Decimal: Decimal, date: date.fromisoformat, bool: lambda text: text == "yes"}


def read_rows(kind: type[Row], table: str | None) -> tuple[Row, ...] | None:
    """Rows of one export; the first line names fields of `kind`."""
    if table is None:
        return None
    names, *lines = [line.split() for line in table.strip().splitlines()]
    return tuple(read_row(kind, dict(zip(names, cells, strict=True))) for cells in lines)


def read_row(kind: type[Row], cells: dict[str, str]) -> Row:
    types_of_fields = {field.name: field.type for field in fields(kind)}
    return kind(**{name: read_cell(types_of_fields[name], text) for name, text in cells.items()})


def read_cell(kind: type | types.UnionType, text: str) -> object | None:
    if text == "-":
        return None
    plain = get_args(kind)[0] if isinstance(kind, types.UnionType) else kind
    return READERS[plain](text)


def read_programme(
    editions: str, teaching: str | None = None, enrolments: str | None = None, endorsements: str | None = None
) -> Programme:
    return Programme(
        read_rows(Edition, editions),
        read_rows(Teaching, teaching),
        read_rows(Enrolment, enrolments),
        read_rows(Endorsement, endorsements),
    )
