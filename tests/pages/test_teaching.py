"""The teaching page: its answer in each language, the editions to look at, and what it says without teaching."""

from decimal import Decimal

import pytest

from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import RAW_KEY, open_page, texts

EDITIONS = [{"course_id": "SHORT"}, {"course_id": "WHOLE", "title": "Curso *entero*"}, {"course_id": "NOBODY"}]
TEACHING = [
    {"course_id": "SHORT", "hours": Decimal(12)},
    {"course_id": "SHORT", "hours": Decimal(28), "staff_type": "external_professional"},
    {"course_id": "WHOLE", "hours": Decimal(10)},
]


@pytest.fixture
def builds(tmp_path):
    """UPV academics teach 12 of 40 hours of an edition and all 10 of another; a third has nobody."""
    enrolments = [{"course_id": "SHORT"}, {"course_id": "WHOLE"}, {"course_id": "WHOLE"}]
    publish_small_build(tmp_path, edition=EDITIONS, teaching=TEACHING, enrolment=enrolments)
    return tmp_path


def read(builds, monkeypatch, **link) -> str:
    app = open_page("teaching", builds, monkeypatch, **link)
    assert not app.exception
    shown = " ".join(texts(app)).replace("\u202f", " ")
    assert not RAW_KEY.search(shown)
    return shown


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        # 22 of 50 hours are 44 %, 6 points short of 50
        (
            "es",
            "El PDI de la UPV imparte el 44,0 % de las horas, 6 puntos por debajo del mínimo del 50 %; "
            "1 de 2 ediciones queda por debajo de la mitad.",
        ),
        (
            "va",
            "El PDI de la UPV impartix el 44,0 % de les hores, 6 punts per davall del mínim del 50 %; "
            "1 de 2 edicions queda per davall de la mitat.",
        ),
        (
            "en",
            "UPV academic staff teach 44.0% of the hours, 6 points below the minimum of 50%; "
            "1 of 2 editions falls below half.",
        ),
    ],
)
def test_the_answer_holds_the_hours_against_the_minimum(language, sentence, builds, monkeypatch):
    assert sentence in read(builds, monkeypatch, lang=language)


def test_both_readings_of_the_rule_stand_side_by_side(builds, monkeypatch):
    shown = read(builds, monkeypatch)
    assert "Lectura por horas: PDI de la UPV" in shown
    assert "22 de 50" in shown
    assert "Lectura por cursos: mayoría de PDI" in shown
    assert "1 de 2" in shown
    assert "3 matrículas, 3 docentes" in shown


def test_the_editions_to_look_at_say_why(builds, monkeypatch):
    shown = read(builds, monkeypatch)
    assert "2 ediciones: 1 sin docentes, 1 por debajo de la mitad." in shown
    assert "El PDI de la UPV imparte 12 de 40 horas (30,0 %)" in shown
    assert "No consta ningún docente" in shown


def test_an_edition_leads_to_its_sheet_with_what_was_chosen(builds, monkeypatch):
    app = open_page("teaching", builds, monkeypatch, lang="va", campus="Vera")
    addresses = " ".join(element.proto.body for element in app.get("html"))
    assert "href='catalogue?lang=va&amp;campus=Vera&amp;edition=NOBODY%2F1'" in addresses


@pytest.mark.parametrize("chosen", ["campus", "field"])
def test_the_staff_types_can_be_seen_by_every_dimension(chosen, builds, monkeypatch):
    app = open_page("teaching", builds, monkeypatch)
    app.segmented_control(key="choice_staff_by").select(chosen).run()
    assert app.query_params["staff_by"] == chosen
    assert "El PDI de la UPV imparte el 44,0 % de las horas (" in " ".join(texts(app)).replace("\u202f", " ")


def test_nobody_falls_short_where_half_is_reached(tmp_path, monkeypatch):
    publish_small_build(tmp_path, edition=[{}], teaching=[{}])
    shown = read(tmp_path, monkeypatch)
    assert "la única edición con horas conocidas llega a la mitad" in shown
    assert "Ninguna edición queda por debajo de la mitad" in shown


def test_teachers_without_hours_give_no_share(tmp_path, monkeypatch):
    publish_small_build(tmp_path, edition=[{}], teaching=[{"hours": None}])
    shown = read(tmp_path, monkeypatch)
    assert "Ninguna de estas ediciones tiene horas de docencia conocidas." in shown
    assert "Consta el profesorado (1), pero ninguna hora" in shown


def test_without_teaching_the_missing_export_is_named(tmp_path, monkeypatch):
    publish_small_build(tmp_path, exports=("catalogue",), edition=[{}])
    shown = read(tmp_path, monkeypatch)
    assert "Falta la exportación de docencia en esta carga" in shown
    assert "No consta ningún docente" not in shown
