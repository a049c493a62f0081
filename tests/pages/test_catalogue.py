"""The catalogue page: what is on offer, the list, and the sheet that a link opens."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import RAW_KEY, failures, texts
from tests.pages.test_trends import follow_link

EDITIONS = [
    {"course_id": "098200", "title": "Análisis *de* datos", "title_va": "Anàlisi *de* dades", "places": 20},
    {"course_id": "098200", "edition_number": 2, "starts_on": date(2026, 3, 2), "ends_on": None, "places": None},
    {"course_id": "100003", "title": "Riego", "ects": Decimal("1.5"), "places": 12},
    {"course_id": "100004", "title": "Anulado", "state": "cancelled"},
]
TEACHING = [
    {"course_id": "098200", "hours": Decimal(4)},
    {"course_id": "098200", "hours": Decimal(6), "staff_type": "external_professional"},
]


@pytest.fixture
def builds(tmp_path):
    enrolments = [{"course_id": "098200"}] * 3 + [{"course_id": "100004"}]
    publish_small_build(tmp_path, edition=EDITIONS, teaching=TEACHING, enrolment=enrolments)
    return tmp_path


def read(app):
    assert not failures(app)
    shown = unescape(" ".join(texts(app))).replace("\u202f", " ")
    assert not RAW_KEY.search(shown)
    return shown


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        # 2 + 2 + 1.5 ECTS, 20 + 12 places; one edition of unknown places; one starts on 2 March
        ("es", "En oferta: 2 microcredenciales en 3 ediciones, con 32 plazas y 5,5 ECTS; "
               "1 edición empieza después de la fecha de corte."),
        ("va", "En oferta: 2 microcredencials en 3 edicions, amb 32 places i 5,5 ECTS; "
               "1 edició comença després de la data de tall."),
        ("en", "On offer: 2 microcredentials in 3 editions, with 32 places and 5.5 ECTS; "
               "1 edition starts after the cut-off date."),
    ],
)
def test_the_answer_says_what_is_on_offer(language, sentence, builds, monkeypatch):
    assert sentence in read(follow_link("catalogue", builds, monkeypatch, lang=language))


def test_cancelled_editions_are_on_the_list_and_said_to_be_in_no_figure(builds, monkeypatch):
    shown = read(follow_link("catalogue", builds, monkeypatch))
    assert "4 ediciones. Elija una fila para abrir su ficha." in shown
    assert "1 está anulada o en borrador: sale en la lista, pero no cuenta en las cifras de la oferta." in shown


def test_a_search_narrows_the_list_and_lives_in_the_link(builds, monkeypatch):
    app = follow_link("catalogue", builds, monkeypatch)
    app.text_input(key="choice_search").set_value("ANALISIS").run()
    assert "1 edición. Elija su fila" in read(app)
    assert app.query_params["search"] == "ANALISIS"
    app.text_input(key="choice_search").set_value("nada parecido").run()
    assert "Ninguna edición responde a esa búsqueda." in read(app)


def test_a_situation_narrows_the_list(builds, monkeypatch):
    assert "1 edición. Elija su fila" in read(follow_link("catalogue", builds, monkeypatch, situation="cancelled"))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "Análisis *de* datos, edición 1 (098200): finalizada, del 03-11-2025 al 19-12-2025; "
               "3 matrículas para 20 plazas."),
        ("va", "Anàlisi *de* dades, edició 1 (098200): finalitzada, del 03-11-2025 al 19-12-2025; "
               "3 matrícules per a 20 places."),
        ("en", "Análisis *de* datos, edition 1 (098200): finished, from 03-11-2025 to 19-12-2025; "
               "3 enrolments for 20 places."),
    ],
)
def test_a_link_opens_the_sheet_of_an_edition(language, sentence, builds, monkeypatch):
    shown = read(follow_link("catalogue", builds, monkeypatch, lang=language, edition="098200/1"))
    assert sentence in shown


def test_the_sheet_holds_teaching_against_half(builds, monkeypatch):
    shown = read(follow_link("catalogue", builds, monkeypatch, edition="098200/1"))
    assert "El PDI de la UPV imparte el 40,0 % de las 10 horas conocidas: no llega a la mitad." in shown


def test_the_sheet_of_a_cancelled_edition_says_what_of_it_is_counted(builds, monkeypatch):
    shown = read(follow_link("catalogue", builds, monkeypatch, edition="100004/1"))
    assert "de ella las cifras solo cuentan las solicitudes y las matrículas anuladas" in shown
    assert "no se cuenta: no está ofertada" in shown


def test_the_way_back_leads_to_the_list_as_it_was(builds, monkeypatch):
    app = follow_link("catalogue", builds, monkeypatch, search="analisis", edition="098200/1")
    assert app.query_params["search"] == "analisis"
    next(button for button in app.button if button.label == "Volver al catálogo").click().run()
    assert "1 edición. Elija su fila" in read(app)


def test_an_edition_that_is_not_there_is_said_and_the_list_shown(builds, monkeypatch):
    shown = read(follow_link("catalogue", builds, monkeypatch, edition="999999/9"))
    assert "En esta carga no hay ninguna edición 999999/9." in shown
    assert "4 ediciones." in shown


def test_missing_exports_are_named_on_the_sheet(tmp_path, monkeypatch):
    publish_small_build(tmp_path, exports=("catalogue",), edition=[{}])
    shown = read(follow_link("catalogue", tmp_path, monkeypatch, edition="100001/1"))
    assert "En la carga falta la exportación de docencia." in shown
    assert "En la carga falta la exportación de avales." in shown
    assert "sus matrículas no se conocen" in shown


def test_a_partner_who_signed_after_the_cut_off_is_said_not_to_count(tmp_path, monkeypatch):
    late = [{"entity": "Tarde <b>", "signed_on": date(2026, 2, 16)}, {"entity": "A tiempo"}]
    publish_small_build(tmp_path, edition=[{}], endorsement=late)
    shown = read(follow_link("catalogue", tmp_path, monkeypatch, edition="100001/1"))
    assert "1 aval del curso, firmado hasta la fecha de corte o sin fecha." in shown
    assert "Tarde <b>" in shown
    assert "Cuenta" in shown
