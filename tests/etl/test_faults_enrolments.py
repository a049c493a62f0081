"""Faults of single rows of the enrolment export: one load of all of them, one test a fault."""

from datetime import date
from decimal import Decimal

import pytest

from tests.etl.small_delivery import SmallLoad, document, load_rows

CATALOGUE = {
    "usual": {},
    "cancelled": {"ID_CURSO": "100002", "ESTADO": "Anulado", "FECHA_ANULADO": "10/01/2026"},
    "with zeros": {"ID_CURSO": "000345"},
    "ends before it starts": {"ID_CURSO": "100004", "FECHA_FIN": "01/01/2026"},
    "first of two": {"ID_CURSO": "100005"},
    "second of two": {"ID_CURSO": "100005", "EDICION": "2", "FECHA_INICIO": "02/02/2026"},
}
ENROLMENTS = {
    "plain": {},
    "unknown course": {
        "ID_CURSO": "199999", "IMPORTE_PAGADO": "45,50", "IMPORTE_A_PAGAR": "45,50", "PRECIO_BASE": "115,50",
    },
    "unknown edition": {"EDICION": "9"},
    "edition cannot be read": {"EDICION": "otoño"},
    "edition was rejected": {"ID_CURSO": "100004"},
    "lost zeros": {"ID_CURSO": "345"},
    "edition empty, course has one": {"EDICION": ""},
    "edition empty, course has two": {"ID_CURSO": "100005", "EDICION": ""},
    "cancelled edition": {"ID_CURSO": "100002"},
    "no state": {"ESTADO": ""},
    "no enrolment id": {"ID_MATRICULA": ""},
    "future": {"FECHA_MATRICULA": "17/02/2026", "FECHA_PAGO": ""},
    "today": {"FECHA_MATRICULA": "16/02/2026", "FECHA_PAGO": ""},
    "certificate in the future": {"FECHA_CERTIFICADO": "01/03/2026", "RESULTADO": "Apto"},
    "two years early": {"FECHA_MATRICULA": "11/01/2024", "FECHA_SOLICITUD": "11/01/2024"},
    "born 1900": {"FECHA_NAC": "01/01/1900"},
    "born in the future": {"FECHA_NAC": "01/01/2027"},
    "aged 9": {"FECHA_NAC": "13/01/2016"},
    "aged 10": {"FECHA_NAC": "12/01/2016"},
    "aged 110": {"FECHA_NAC": "13/01/1915"},
    "aged 111": {"FECHA_NAC": "12/01/1915"},
    "no birth date": {"FECHA_NAC": ""},
    "birth of 31 April": {"FECHA_NAC": "31/04/1980"},
    "two digits, 1945": {"FECHA_NAC": "15/05/45"},
    "two digits, 2008": {"FECHA_NAC": "15/05/08"},
    "two digits, 1917": {"FECHA_NAC": "15/05/17"},
    "withdrawn without any date": {"ESTADO": "Baja", "FECHA_ESTADO": ""},
    "withdrawn with a date of state": {"ESTADO": "Baja"},
    "withdrawn with a date": {"ESTADO": "Baja", "FECHA_ANULACION": "05/01/2026"},
    "cancellation date while enrolled": {"FECHA_ANULACION": "05/01/2026"},
    "cancelled before enrolling": {"ESTADO": "Baja", "FECHA_ANULACION": "01/12/2025"},
    "enrolled without a date": {"FECHA_MATRICULA": ""},
    "payment before enrolment": {"FECHA_PAGO": "01/12/2025"},
    "paid nothing": {"IMPORTE_PAGADO": "0,00"},
    "nothing to pay": {
        "TARIFA": "Reducida (100 %)", "PCT_REDUCCION": "100", "IMPORTE_REDUCCION": "100,00", "IMPORTE_A_PAGAR": "0,00",
        "IMPORTE_PAGADO": "0,00",
    },
    "result failed, certified": {"RESULTADO": "No apto", "FECHA_CERTIFICADO": "15/02/2026"},
    "certified before the start": {"RESULTADO": "Apto", "FECHA_CERTIFICADO": "11/01/2026"},
    "unreadable date of payment": {"FECHA_PAGO": "31/11/2025"},
    "foreign postcode": {"PAIS_RESIDENCIA": "Alemania", "CP": "10115"},
    "wrong letter": {"NUM_DOC": "12345678A"},
    "no document": {"NUM_DOC": "", "ID_ALUMNO": "A77"},
    "no document either": {"NUM_DOC": ""},
    "placeholder": {"NUM_DOC": "00000000T"},
    "passport": {"NUM_DOC": "XS1234567", "TIPO_DOC": "Pasaporte"},
    "dotted document": {"NUM_DOC": "12.345.678-z", "ID_CURSO": "100005"},
    "plain document": {"NUM_DOC": "12345678Z"},
    "same person, again": {"NUM_DOC": "12345678", "LETRA": "Z"},
    "document in the gender": {"SEXO": "12345678Z"},
    "e-mail in the studies": {"NIVEL_ESTUDIOS": "ana@example.org"},
}  # fmt: skip
# One unknown state in more than a hundred rows is a row's error, not the file's.
PADDING = {f"further {number}": {} for number in range(60)}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallLoad:
    return load_rows(tmp_path_factory.mktemp("enrolments"), catalogue=CATALOGUE, enrolments=ENROLMENTS | PADDING)


def rejected(rule: str) -> dict[str, set[str]]:
    return {"rejection": {rule}}


def flagged(*rules: str) -> dict[str, set[str]]:
    return {"flag": set(rules)}


PLAIN: dict[str, set[str]] = {}
OUTCOMES = {
    "plain": PLAIN,
    "unknown course": rejected("every_enrolment_has_an_edition"),
    "unknown edition": rejected("every_enrolment_has_an_edition"),
    "edition cannot be read": rejected("edition_cannot_be_read"),
    "edition was rejected": rejected("the_edition_was_accepted"),
    "lost zeros": flagged("a_course_code_keeps_its_zeros"),
    "edition empty, course has one": PLAIN,
    "edition empty, course has two": flagged("the_edition_is_named_where_a_course_has_several"),
    "cancelled edition": flagged("an_enrolment_is_in_an_edition_that_runs"),
    "no state": rejected("value_is_missing"),
    "no enrolment id": rejected("value_is_missing"),
    "future": rejected("an_enrolment_is_not_in_the_future"),
    "today": PLAIN,
    "certificate in the future": flagged("an_event_is_not_in_the_future"),
    "two years early": flagged("an_enrolment_is_within_two_years_of_the_start"),
    "born 1900": flagged("date_is_a_placeholder"),
    "born in the future": flagged("an_age_is_between_10_and_110"),
    "aged 9": flagged("an_age_is_between_10_and_110"),
    "aged 10": PLAIN,
    "aged 110": PLAIN,
    "aged 111": flagged("an_age_is_between_10_and_110"),
    "no birth date": flagged("a_birth_date_is_known"),
    "birth of 31 April": flagged("date_does_not_exist"),
    "two digits, 1945": PLAIN,
    "two digits, 2008": PLAIN,
    "two digits, 1917": PLAIN,
    "withdrawn without any date": flagged("a_cancellation_has_a_date"),
    "withdrawn with a date of state": flagged("a_cancellation_has_a_date"),
    "withdrawn with a date": PLAIN,
    "cancellation date while enrolled": flagged("a_cancellation_date_has_its_state"),
    "cancelled before enrolling": flagged("a_cancellation_follows_the_enrolment"),
    "enrolled without a date": flagged("an_enrolment_has_its_date"),
    "payment before enrolment": flagged("a_payment_follows_the_enrolment"),
    "paid nothing": flagged("an_enrolled_person_has_paid"),
    "nothing to pay": PLAIN,
    "result failed, certified": flagged("a_credential_is_of_somebody_who_passed"),
    "certified before the start": flagged("a_credential_follows_the_start"),
    "unreadable date of payment": flagged("date_does_not_exist"),
    "foreign postcode": PLAIN,
    "wrong letter": flagged("document_letter_is_wrong"),
    "no document": flagged("document_is_missing"),
    "no document either": flagged("document_is_missing"),
    "placeholder": flagged("document_is_a_placeholder"),
    "passport": flagged("document_is_a_passport"),
    "dotted document": PLAIN,
    "plain document": flagged("a_person_enrols_once_in_an_edition"),
    "same person, again": flagged("a_person_enrols_once_in_an_edition"),
    "document in the gender": flagged("cell_held_personal_data", "word_is_not_known"),
    "e-mail in the studies": flagged("cell_held_personal_data"),
}


@pytest.mark.parametrize("name", ENROLMENTS)
def test_an_enrolment_becomes_what_is_owed(small: SmallLoad, name: str) -> None:
    assert small.told("enrolments", name) == OUTCOMES[name]


def value(small: SmallLoad, column: str, name: str) -> object:
    return small.value("enrolment", column, "enrolments", name)


def test_an_orphan_is_listed_with_the_amount_at_stake(small: SmallLoad) -> None:
    assert "199999/1 (45.50 EUR)" in small.found("every_enrolment_has_an_edition")


def test_a_lost_zero_is_restored(small: SmallLoad) -> None:
    assert value(small, "edition_id", "lost zeros") == "000345/1"


def test_an_empty_edition_is_the_first_one(small: SmallLoad) -> None:
    assert value(small, "edition_id", "edition empty, course has two") == "100005/1"


@pytest.mark.parametrize("name", ["born 1900", "born in the future", "aged 9", "aged 111", "birth of 31 April"])
def test_an_impossible_birth_is_unknown(small: SmallLoad, name: str) -> None:
    assert value(small, "born_on", name) is None


@pytest.mark.parametrize(
    ("name", "born_on"),
    [
        ("aged 10", date(2016, 1, 12)),
        ("aged 110", date(1915, 1, 13)),
        ("two digits, 1945", date(1945, 5, 15)),
        ("two digits, 2008", date(2008, 5, 15)),
        ("two digits, 1917", date(1917, 5, 15)),
    ],
)
def test_a_possible_birth_is_kept(small: SmallLoad, name: str, born_on: date) -> None:
    assert value(small, "born_on", name) == born_on


def test_what_was_found_in_a_birth_date_is_never_told(small: SmallLoad) -> None:
    assert small.rows("select found from loaded.flag where field = 'born_on' and found is not null") == []


def test_m_is_mujer(small: SmallLoad) -> None:
    assert value(small, "gender", "plain") == "woman"


def test_a_postcode_is_only_a_province_and_none_abroad(small: SmallLoad) -> None:
    assert value(small, "province", "plain") == "46"
    assert value(small, "province", "foreign postcode") is None


def test_an_unreadable_optional_date_is_empty(small: SmallLoad) -> None:
    assert value(small, "paid_on", "unreadable date of payment") is None


def test_a_rate_is_a_fraction_and_money_is_exact(small: SmallLoad) -> None:
    assert value(small, "reduction_rate", "plain") == Decimal("0.7")
    assert value(small, "base_price", "plain") == Decimal("100.00")


def test_one_person_in_three_spellings_is_one_person(small: SmallLoad) -> None:
    names = ("dotted document", "plain document", "same person, again")
    assert len({value(small, "person_key", name) for name in names}) == 1


def test_people_without_a_document_are_not_one_person(small: SmallLoad) -> None:
    names = ("no document", "no document either", "placeholder")
    assert len({value(small, "person_key", name) for name in names}) == 3
    assert [value(small, "person_basis", name) for name in names] == ["learner_id", "enrolment", "enrolment"]


def test_a_document_where_none_belongs_reaches_no_table(small: SmallLoad) -> None:
    assert small.found("word_is_not_known") == ["[…]"]
    gender = small.rows("select gender from loaded.raw.enrolments where gender like '%1234%'")
    assert gender == []


def test_raw_keeps_neither_births_nor_postcodes_nor_documents(small: SmallLoad) -> None:
    columns = {name for (name,) in small.rows(
        "select column_name from duckdb_columns() where database_name = 'loaded' and schema_name = 'raw'"
    )}
    assert not columns & {"born_on", "postcode", "document", "letter", "learner_id", "teacher", "entity_tax_id"}


def test_no_document_stands_in_the_bytes_of_the_build(small: SmallLoad) -> None:
    content = small.loaded.build.path.read_bytes()
    documents = [document(number) for number in range(1, 100)] + ["12345678Z", "12.345.678", "XS1234567"]
    assert [text for text in documents if text.encode() in content] == []
    assert b"ana@example.org" not in content
    assert b"15/05/1990" not in content
    assert b"46022" not in content
