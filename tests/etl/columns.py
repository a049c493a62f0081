"""Reads a small column of an export the way a load does, for the tests of parsing."""

from etl.layout import Field, load_layouts
from etl.parse import read_column

LAYOUTS = {layout.export: layout for layout in load_layouts()}
ANY_FIELD = [each for layout in LAYOUTS.values() for each in layout.fields.values()]


def find_field(path: str) -> Field:
    export, name = path.split(".")
    return LAYOUTS[export].fields[name]


def read_texts(path: str, *texts: str, pivot: int | None = None) -> dict[str, tuple[object, str | None]]:
    """The value and the rule of each text of one column: path is export.field."""
    readings = read_column(find_field(path), texts, pivot)
    return {text: (reading.value, reading.rule) for text, reading in readings.items()}


def read_one(path: str, text: str) -> tuple[object, str | None]:
    return read_texts(path, text)[text]
