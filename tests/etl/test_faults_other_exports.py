"""Faults of teaching, endorsements and funding: one load of all of them, one test a fault."""

from decimal import Decimal

import pytest

from tests.etl.small_delivery import SmallLoad, load_rows

CATALOGUE = {
    "usual": {},
    "other": {"ID_CURSO": "000002"},
    "crowded": {"ID_CURSO": "100003", "PLAZAS": "1"},
    "rejected": {"ID_CURSO": "100004", "HORAS": "0"},
    "teaching adds up": {"ID_CURSO": "100005"},
}
TEACHING = {
    "plain": {},
    "the same again": {"HORAS": "20,0"},
    "other hours of the same": {"HORAS": "5"},
    "unknown hours": {"ID_PROF": "P2", "HORAS": ""},
    "hours below zero": {"ID_PROF": "P3", "HORAS": "-1"},
    "no teacher": {"ID_PROF": ""},
    "unknown course": {"ID_CURSO": "199999"},
    "rejected edition": {"ID_CURSO": "100004"},
    "lost zeros": {"ID_CURSO": "2"},
    "one type": {"ID_CURSO": "100003", "ID_PROF": "P4", "HORAS": "10"},
    "another type": {"ID_CURSO": "100003", "ID_PROF": "p-4", "HORAS": "10", "TIPO_PROFESOR": "Externo"},
    "adds up": {"ID_CURSO": "100005"},
}
ENDORSEMENTS = {
    "plain": {},
    "the same again": {},
    "unknown course": {"ID_CURSO": "199999"},
    "rejected course": {"ID_CURSO": "100004"},
    "signed tomorrow": {"ENTIDAD": "Otra empresa", "FECHA_FIRMA": "17/02/2026"},
    "without an entity": {"ENTIDAD": "(no informado)"},
}
FUNDING = {
    "plain": {"FACTURA": "F1"},
    "exact repetition": {"FACTURA": "F1"},
    "another invoice": {"FACTURA": "F2"},
    "unknown course": {"ID_CURSO": "199999"},
    "below zero": {"PRESUPUESTADO": "-50,00"},
    "no amount": {"PRESUPUESTADO": ""},
    "no direction": {"SENTIDO": "", "CONCEPTO": "Difusión"},
}
ENROLMENTS = {"one": {"ID_CURSO": "100003"}, "two": {"ID_CURSO": "100003"}}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallLoad:
    folder = tmp_path_factory.mktemp("other_exports")
    exports = {"teaching": TEACHING, "endorsements": ENDORSEMENTS, "funding": FUNDING, "enrolments": ENROLMENTS}
    return load_rows(folder, catalogue=CATALOGUE, **exports)


OUTCOMES = {
    ("catalogue", "usual"): {"flag": {"teaching_hours_add_up_to_the_edition"}},
    ("catalogue", "crowded"): {"flag": {"enrolments_fit_the_places"}},
    ("catalogue", "teaching adds up"): {},
    ("teaching", "plain"): {"flag": {"a_teacher_appears_once_in_an_edition"}},
    ("teaching", "the same again"): {"superseded": {"row_is_a_duplicate"}},
    ("teaching", "other hours of the same"): {"flag": {"a_teacher_appears_once_in_an_edition"}},
    ("teaching", "unknown hours"): {},
    ("teaching", "hours below zero"): {"rejection": {"teaching_hours_are_not_negative"}},
    ("teaching", "no teacher"): {"rejection": {"value_is_missing"}},
    ("teaching", "unknown course"): {"rejection": {"every_teacher_has_an_edition"}},
    ("teaching", "rejected edition"): {"rejection": {"the_edition_was_accepted"}},
    ("teaching", "lost zeros"): {"flag": {"a_course_code_keeps_its_zeros"}},
    ("teaching", "one type"): {
        "flag": {"a_teacher_appears_once_in_an_edition", "a_teacher_has_one_staff_type_in_an_edition"}
    },
    ("endorsements", "plain"): {},
    ("endorsements", "the same again"): {"superseded": {"row_is_a_duplicate"}},
    ("endorsements", "unknown course"): {"rejection": {"every_endorsement_has_a_course"}},
    ("endorsements", "rejected course"): {"rejection": {"the_course_was_accepted"}},
    ("endorsements", "signed tomorrow"): {"flag": {"a_signature_is_not_in_the_future"}},
    ("endorsements", "without an entity"): {"rejection": {"value_is_missing"}},
    ("funding", "plain"): {"flag": {"a_funding_line_is_told_once"}},
    ("funding", "exact repetition"): {"superseded": {"row_is_a_duplicate"}},
    ("funding", "another invoice"): {"flag": {"a_funding_line_is_told_once"}},
    ("funding", "unknown course"): {"flag": {"the_course_of_a_funding_line_is_known"}},
    ("funding", "below zero"): {"flag": {"a_funding_amount_is_not_negative"}},
    ("funding", "no amount"): {"flag": {"a_funding_line_has_an_amount"}},
    ("funding", "no direction"): {"flag": {"a_funding_line_is_income_or_expense"}},
}


@pytest.mark.parametrize(("export", "name"), OUTCOMES)
def test_a_row_becomes_what_is_owed(small: SmallLoad, export: str, name: str) -> None:
    assert small.told(export, name) == OUTCOMES[export, name]


def test_hours_that_do_not_add_up_are_told_with_both_figures(small: SmallLoad) -> None:
    assert "25.00 h / 20.00 h (1 × ? h)" in small.found("teaching_hours_add_up_to_the_edition")


def test_enrolments_above_the_places_are_told_with_both_figures(small: SmallLoad) -> None:
    assert small.found("enrolments_fit_the_places") == ["2 > 1"]


def test_one_id_in_two_spellings_is_one_teacher(small: SmallLoad) -> None:
    keys = {small.value("teaching", "teacher_key", "teaching", name) for name in ("one type", "another type")}
    assert len(keys) == 1


def test_the_whole_grant_stays_whole(small: SmallLoad) -> None:
    # 1000 twice (two invoices), 1000 of an unknown course, -50, nothing, 1000 without a direction.
    assert small.rows("select sum(budgeted) from loaded.funding_line") == [(Decimal("3950.00"),)]
