"""Documents and addresses are found wherever they stand, and codes are left alone."""

import pyarrow as pa
import pytest

from etl.private_text import hide, hide_personal_data


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("12345678Z", "[…]"),
        ("DNI 12.345.678-z de la persona", "DNI […] de la persona"),
        ("X1234567L", "[…]"),
        ("escribir a ana.perez@example.org hoy", "escribir a […] hoy"),
        ("12345678A", "12345678A"),  # a letter that is wrong: a code
        ("MIC-2025-001", "MIC-2025-001"),
        ("5.000.000 €", "5.000.000 €"),
        ("a @ b", "a @ b"),
    ],
)
def test_what_is_personal_is_hidden(text: str, hidden: str) -> None:
    assert hide(text) == hidden


def test_a_column_tells_where_something_was_hidden() -> None:
    column, positions = hide_personal_data(pa.array(["Docencia", "12345678Z", "", "12345678Z"]))
    assert column.to_pylist() == ["Docencia", "[…]", "", "[…]"]
    assert positions == [1, 3]


def test_a_code_keeps_apart_what_it_hides() -> None:
    column, _ = hide_personal_data(pa.array(["12345678Z", "X1234567L"]), lambda text: f"<{len(text)}{text[0]}>")
    assert column.to_pylist() == ["<91>", "<9X>"]


def test_a_column_without_anything_personal_is_left_as_it_is() -> None:
    column = pa.array(["12345678A", "Docencia"])
    assert hide_personal_data(column) == (column, [])
