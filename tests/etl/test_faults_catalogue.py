"""Faults of single rows of the catalogue: one load of all of them, one test a fault."""

from decimal import Decimal

import pytest

from etl.folder import LoadRefused
from tests.etl.small_delivery import Rows, SmallLoad, load_rows

CHANGES = {
    "plain": {},
    "no hours": {"HORAS": "0"},
    "hours below zero": {"HORAS": "-5"},
    "hours above the limit": {"HORAS": "150,5", "CREDITOS_ECTS": "15"},
    "hours at the limit": {"HORAS": "150", "CREDITOS_ECTS": "15,0"},
    "hours with their unit": {"HORAS": "20h"},
    "hours as a clock": {"HORAS": "20:00"},
    "no credits": {"CREDITOS_ECTS": "0"},
    "credits that lost their comma": {"CREDITOS_ECTS": "25", "HORAS": "25"},
    "credits with a point": {"CREDITOS_ECTS": "2.5", "HORAS": "25"},
    "hours that do not fit the credits": {"HORAS": "25"},
    "no start": {"FECHA_INICIO": ""},
    "start of 31 November": {"FECHA_INICIO": "31/11/2025"},
    "end before the start": {"FECHA_FIN": "11/01/2026"},
    "ends the day it starts": {"FECHA_FIN": "12/01/2026"},
    "three years": {"FECHA_FIN": "12/01/2029"},
    "before the programme": {"FECHA_INICIO": "12/10/2025"},
    "first day of the programme": {"FECHA_INICIO": "13/10/2025"},
    "after the programme": {"FECHA_INICIO": "01/01/2027", "FECHA_FIN": "01/02/2027"},
    "enrolment closes first": {"FECHA_MATRICULA": "10/12/2025", "FECHA_MATRICULA_FIN": "09/12/2025"},
    "no title": {"DENOMINACION": ""},
    "only a Valencian title": {"DENOMINACION": "", "DENOMINACION_VAL": "Curs de prova"},
    "lost letters": {"DENOMINACION": "T?TULOS y diplomas"},
    "no places": {"PLAZAS": "0"},
    "unlimited places": {"PLAZAS": "Ilimitadas"},
    "999 places": {"PLAZAS": "999"},
    "places below zero": {"PLAZAS": "-3"},
    "fewer places than the minimum": {"PLAZAS": "10", "PLAZAS_MIN": "12"},
    "price blank": {"PRECIO": ""},
    "price nought": {"PRECIO": "0"},
    "price exempt": {"PRECIO": "exento"},
    "price on request": {"PRECIO": "Consultar"},
    "price below zero": {"PRECIO": "-20"},
    "price unreadable": {"PRECIO": "doce"},
    "title and state disagree": {"DENOMINACION": "ANULADO-Curso de prueba"},
    "cancelled in the title": {"DENOMINACION": "CANCEL·LAT-Curs de prova", "ESTADO": "", "FECHA_ANULADO": "05/01/2026"},
    "postponed in the title": {"DENOMINACION": "AJORNAT-Curs de prova", "ESTADO": "Aplazado"},
    "cancelled without a date": {"ESTADO": "Anulado"},
    "cancellation date without the state": {"FECHA_ANULADO": "05/01/2026"},
    "modality unknown": {"MODALIDAD": "Telepresencial"},
    "modality and channel at odds": {"MODALIDAD": "Online", "CANAL": "Aula física"},
    "channel unknown": {"CANAL": "Satélite"},
    "first of two that differ": {"ID_CURSO": "200001"},
    "second of two that differ": {"ID_CURSO": "200001", "HORAS": "30", "CREDITOS_ECTS": "3"},
    "first of two alike": {"ID_CURSO": "200002"},
    "second of two alike": {"ID_CURSO": "200002", "HORAS": "20,0"},
}


def number_courses(changes: Rows) -> dict[str, dict[str, str]]:
    return {name: {"ID_CURSO": f"1{number:05}", **cells} for number, (name, cells) in enumerate(changes.items())}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallLoad:
    return load_rows(tmp_path_factory.mktemp("catalogue"), catalogue=number_courses(CHANGES))


def rejected(rule: str) -> dict[str, set[str]]:
    return {"rejection": {rule}}


def flagged(*rules: str) -> dict[str, set[str]]:
    return {"flag": set(rules)}


PLAIN: dict[str, set[str]] = {}
OUTCOMES = {
    "plain": PLAIN,
    "no hours": rejected("hours_are_within_the_limit"),
    "hours below zero": rejected("hours_are_within_the_limit"),
    "hours above the limit": rejected("hours_are_within_the_limit"),
    "hours at the limit": flagged("ects_are_fewer_than_15"),
    "hours with their unit": PLAIN,
    "hours as a clock": rejected("number_cannot_be_read"),
    "no credits": rejected("ects_are_within_the_limit"),
    "credits that lost their comma": rejected("ects_are_within_the_limit"),
    "credits with a point": flagged("number_written_the_other_way"),
    "hours that do not fit the credits": flagged("an_ects_is_ten_hours"),
    "no start": rejected("value_is_missing"),
    "start of 31 November": rejected("date_does_not_exist"),
    "end before the start": rejected("an_edition_ends_after_it_starts"),
    "ends the day it starts": PLAIN,
    "three years": flagged("an_edition_lasts_less_than_three_years"),
    "before the programme": flagged("an_edition_starts_within_the_programme"),
    "first day of the programme": PLAIN,
    "after the programme": flagged("an_edition_starts_within_the_programme"),
    "enrolment closes first": flagged("an_enrolment_period_closes_after_it_opens"),
    "no title": rejected("value_is_missing"),
    "only a Valencian title": PLAIN,
    "lost letters": flagged("a_title_keeps_its_letters"),
    "no places": flagged("places_are_known"),
    "unlimited places": PLAIN,
    "999 places": PLAIN,
    "places below zero": flagged("places_are_not_negative"),
    "fewer places than the minimum": flagged("places_reach_the_minimum"),
    "price blank": PLAIN,
    "price nought": PLAIN,
    "price exempt": PLAIN,
    "price on request": PLAIN,
    "price below zero": flagged("a_price_is_not_negative"),
    "price unreadable": flagged("amount_cannot_be_read"),
    "title and state disagree": flagged("the_title_agrees_with_the_state", "a_cancelled_edition_has_its_date"),
    "cancelled in the title": PLAIN,
    "postponed in the title": PLAIN,
    "cancelled without a date": flagged("a_cancelled_edition_has_its_date"),
    "cancellation date without the state": flagged("a_cancelled_edition_says_so"),
    "modality unknown": rejected("word_is_not_known"),
    "modality and channel at odds": rejected("the_delivery_mode_is_known"),
    "channel unknown": rejected("word_is_not_known"),
    "first of two that differ": rejected("an_edition_is_described_once"),
    "second of two that differ": rejected("an_edition_is_described_once"),
    "first of two alike": PLAIN,
    "second of two alike": {"superseded": {"row_is_a_duplicate"}},
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_row_of_the_catalogue_becomes_what_is_owed(small: SmallLoad, name: str) -> None:
    assert small.told("catalogue", name) == OUTCOMES[name]


def value(small: SmallLoad, column: str, name: str) -> object:
    return small.value("edition", column, "catalogue", name)


@pytest.mark.parametrize("name", ["no places", "unlimited places", "999 places", "places below zero"])
def test_places_that_say_nothing_are_unknown(small: SmallLoad, name: str) -> None:
    assert value(small, "places", name) is None


@pytest.mark.parametrize(
    ("name", "price"),
    [
        ("price blank", None),
        ("price on request", None),
        ("price below zero", None),
        ("price unreadable", None),
        ("price nought", Decimal(0)),
        ("price exempt", Decimal(0)),
    ],
)
def test_a_blank_price_is_unknown_and_nought_is_nought(small: SmallLoad, name: str, price: Decimal | None) -> None:
    assert value(small, "price", name) == price


def test_the_state_in_front_of_a_title_is_taken_out_of_it(small: SmallLoad) -> None:
    assert value(small, "title", "cancelled in the title") == "Curs de prova"
    assert value(small, "title_says", "cancelled in the title") == "cancelled"
    assert value(small, "title_says", "postponed in the title") == "postponed"
    assert value(small, "title_says", "plain") is None


def test_a_valencian_title_stands_in(small: SmallLoad) -> None:
    assert value(small, "title", "only a Valencian title") == "Curs de prova"


def test_funding_is_the_default_and_digital_skills_are_not(small: SmallLoad) -> None:
    assert value(small, "is_funded", "plain") is True
    assert value(small, "is_digital_skills", "plain") is False


DELIVERIES = [
    ("Presencial", "Aula física", "in_person", "face_to_face"),
    ("Presencial", "", "in_person", "face_to_face"),
    ("Presencial", "Aula virtual", "online_sync", "online"),
    ("Presencial (aula virtual)", "Aula física", "online_sync", "online"),
    ("Emisión en directo", "Asíncrono", "online_sync", "online"),
    ("Online", "Asíncrono", "online_async", "online"),
    ("On-line", "", "online_async", "online"),
    ("En línia", "Aula virtual", "online_sync", "online"),
    ("Virtual", "", "online_async", "online"),
    ("Matrícula continua", "", "online_async", "online"),
    ("Semipresencial", "Aula virtual", "blended", "blended"),
    ("Híbrida", "", "blended", "blended"),
]


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> SmallLoad:
    rows = {
        f"{modality}/{channel}": {"ID_CURSO": f"3{number:05}", "MODALIDAD": modality, "CANAL": channel}
        for number, (modality, channel, _, _) in enumerate(DELIVERIES)
    }
    return load_rows(tmp_path_factory.mktemp("deliveries"), catalogue=rows)


@pytest.mark.parametrize(("modality", "channel", "delivery", "group"), DELIVERIES)
def test_modality_and_channel_make_the_delivery(
    delivered: SmallLoad, modality: str, channel: str, delivery: str, group: str
) -> None:
    name = f"{modality}/{channel}"
    assert value(delivered, "delivery", name) == delivery
    assert value(delivered, "delivery_group", name) == group


def ten_editions_and(*further: dict[str, str]) -> Rows:
    rows = [{"ID_CURSO": f"4{number:05}"} for number in range(10)]
    return {f"row {number}": cells for number, cells in enumerate([*rows, *further])}


def test_one_edition_of_ten_in_conflict_is_rejected(tmp_path) -> None:
    small = load_rows(tmp_path, catalogue=ten_editions_and({"ID_CURSO": "400000", "HORAS": "10", "CREDITOS_ECTS": "1"}))
    assert small.count("edition") == 9
    assert small.told("catalogue", "row 0") == rejected("an_edition_is_described_once")


def test_two_editions_of_ten_in_conflict_refuse_the_catalogue(tmp_path) -> None:
    conflicts = ({"ID_CURSO": course, "HORAS": "10", "CREDITOS_ECTS": "1"} for course in ("400000", "400001"))
    with pytest.raises(LoadRefused) as refused:
        load_rows(tmp_path, catalogue=ten_editions_and(*conflicts))
    assert [(refusal.file_name, refusal.rule) for refusal in refused.value.refusals] == [
        ("catalogue.csv", "catalogue_contradicts_itself")
    ]
