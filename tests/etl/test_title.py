"""Titles with a state in front of them."""

import pytest

from etl.title import split_title

TITLE = "Gestión del agua"


@pytest.mark.parametrize(
    ("prefix", "state"),
    [
        ("ANULADO-", "cancelled"),
        ("ANULADA - ", "cancelled"),
        ("CANCELADO-", "cancelled"),
        ("CANCEL·LAT-", "cancelled"),
        ("CANCEL?LAT-", "cancelled"),
        ("CANCEL\ufffdLAT- ", "cancelled"),
        ("CANCEL-LAT-", "cancelled"),
        ("CANCELLAT-", "cancelled"),
        ("CANCEL LAT-", "cancelled"),
        ("ANUL?DO-", "cancelled"),
        ("(ANULADO) ", "cancelled"),
        ("[Cancelado] ", "cancelled"),
        ("ANULADO: ", "cancelled"),
        ("ANULADO ", "cancelled"),
        ("APLAZADO-", "postponed"),
        ("APLZADO-", "postponed"),
        ("AJORNAT-", "postponed"),
        ("ajornat – ", "postponed"),
    ],
)
def test_a_state_in_front_is_taken_out(prefix: str, state: str) -> None:
    assert split_title(prefix + TITLE) == (TITLE, state)


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "Aplicado: estadística",
        "Anual: el cierre contable",
        "Cancelas y rejas",
        "Cancel-X: medicina",
        "Anulado por defecto: contratos nulos",
        "Agua - gestión",
        "-",
        "",
    ],
)
def test_other_titles_stay_as_they_are(title: str) -> None:
    assert split_title(title) == (title, None)


def test_a_title_that_is_only_a_state_stays_and_counts() -> None:
    assert split_title("ANULADO-") == ("ANULADO-", "cancelled")
