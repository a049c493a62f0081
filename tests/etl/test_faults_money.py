"""Faults of the amounts of enrolments: one load of all of them, one test a fault."""

from decimal import Decimal

import pytest

from tests.etl.small_delivery import SmallLoad, load_rows

CATALOGUE = {"usual": {}, "without a price": {"ID_CURSO": "100002", "PRECIO": ""}}
NO_AMOUNTS = {"PCT_REDUCCION": "", "IMPORTE_REDUCCION": "", "IMPORTE_A_PAGAR": "", "IMPORTE_PAGADO": ""}
ENROLMENTS = {
    "plain": {},
    "base price below zero": {**NO_AMOUNTS, "PRECIO_BASE": "-100,00"},
    "reduction below zero": {**NO_AMOUNTS, "IMPORTE_REDUCCION": "-70,00"},
    "paid below zero while enrolled": {"IMPORTE_PAGADO": "-30,00"},
    "refund": {"ESTADO": "Devuelta", "FECHA_ANULACION": "10/01/2026", "IMPORTE_PAGADO": "-30,00"},
    "reduction above the price": {**NO_AMOUNTS, "IMPORTE_REDUCCION": "100,01"},
    "reduction of the whole price": {**NO_AMOUNTS, "IMPORTE_REDUCCION": "100,00", "TARIFA": "Reducida (100 %)"},
    "one cent off": {"IMPORTE_A_PAGAR": "30,01"},
    "two cents off": {"IMPORTE_A_PAGAR": "29,98"},
    "rate against amount": {"PCT_REDUCCION": "50"},
    "rate alone": {**NO_AMOUNTS, "PCT_REDUCCION": "0,7", "IMPORTE_A_PAGAR": "30"},
    "two reductions": {"IMPORTE_REDUCCION": "80,00", "IMPORTE_A_PAGAR": "20,00", "PCT_REDUCCION": ""},
    "no base price": {**NO_AMOUNTS, "PRECIO_BASE": ""},
    "no base price, waiting": {**NO_AMOUNTS, "PRECIO_BASE": "", "ESTADO": "Lista de espera", "FECHA_MATRICULA": ""},
    "other currency": {**NO_AMOUNTS, "PRECIO_BASE": "100 USD"},
    "euro sign glued": {**NO_AMOUNTS, "PRECIO_BASE": "1.250,50€"},
    "too many decimals": {**NO_AMOUNTS, "PRECIO_BASE": "100,005"},
    "beyond belief": {**NO_AMOUNTS, "PRECIO_BASE": "99999999999,00"},
}
REJECTED = {
    "base price below zero": "amounts_are_not_negative",
    "reduction below zero": "amounts_are_not_negative",
    "paid below zero while enrolled": "amounts_are_not_negative",
    "reduction above the price": "a_reduction_is_at_most_the_price",
    "other currency": "currency_is_not_euro",
}
FLAGGED = {
    "refund": {"a_refund_is_not_negative"},
    "one cent off": {"amounts_add_up_to_the_cent"},
    "two cents off": {"amounts_add_up"},
    "rate against amount": {"a_rate_agrees_with_its_amount"},
    "two reductions": {"reductions_do_not_stack"},
    "no base price": {"an_enrolment_has_a_base_price"},
    "too many decimals": {"amount_has_too_many_decimals", "an_enrolment_has_a_base_price"},
    "beyond belief": {"number_is_out_of_range", "an_enrolment_has_a_base_price"},
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallLoad:
    return load_rows(tmp_path_factory.mktemp("money"), catalogue=CATALOGUE, enrolments=ENROLMENTS)


@pytest.mark.parametrize("name", ENROLMENTS)
def test_the_amounts_of_an_enrolment_become_what_is_owed(small: SmallLoad, name: str) -> None:
    owed = {"rejection": {REJECTED[name]}} if name in REJECTED else {"flag": FLAGGED[name]} if name in FLAGGED else {}
    assert small.told("enrolments", name) == owed


def test_a_mismatch_is_told_with_its_figures(small: SmallLoad) -> None:
    assert small.found("amounts_add_up") == ["100.00 - 70.00 <> 29.98 EUR"]
    assert small.found("amounts_add_up_to_the_cent") == ["-0.01 EUR"]


def test_what_cannot_be_read_is_unknown_and_never_nought(small: SmallLoad) -> None:
    for name in ("too many decimals", "beyond belief", "no base price"):
        assert small.value("enrolment", "base_price", "enrolments", name) is None


def test_a_euro_sign_is_no_obstacle(small: SmallLoad) -> None:
    assert small.value("enrolment", "base_price", "enrolments", "euro sign glued") == Decimal("1250.50")


def test_cents_add_up_exactly(tmp_path) -> None:
    amounts = ("0,10", "0,20")
    rows = {f"row {number}": {**NO_AMOUNTS, "PRECIO_BASE": amounts[number % 2]} for number in range(2000)}
    small = load_rows(tmp_path, enrolments=rows)
    assert small.rows("select sum(base_price) from loaded.enrolment") == [(Decimal("300.00"),)]
