"""The definitions page: everything that is defined, found by a search or by a link."""

from html import unescape

import pytest

from analytics.metrics import METRICS
from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import open_page, texts

RULES = [{"rule": "late", "sentence_es": "El pago llega tarde ({found}). Compruébelo."}]


@pytest.fixture
def app(tmp_path, monkeypatch):
    publish_small_build(tmp_path, edition=[{}], enrolment=[{}], rule=RULES, flag=[{"rule": "late"}])
    return open_page("definitions", tmp_path, monkeypatch)


def shown(app):
    assert not app.exception
    return " ".join(texts(app))


def test_every_metric_is_there_with_its_key_and_formula(app):
    told = shown(app)
    assert all(key in told for key in METRICS)
    assert "count(*) filter (where is_offered and delivery_group = 'online')" in unescape(told)


def test_a_search_leaves_what_it_finds_and_counts_it_in_every_part(app):
    app.text_input(key="choice_search").set_value("recien nacido").run()
    assert "Nada coincide con «recien nacido» aquí." in shown(app)
    app.text_input(key="choice_search").set_value("pago tarde").run()
    labels = [option.content for option in app.segmented_control(key="choice_part").proto.options]
    assert labels == ["Indicadores (0)", "Desgloses (0)", "Reglas de carga (1)", "Palabras (0)"]
    assert app.query_params["search"] == "pago tarde"


def test_a_chosen_indicator_comes_first(app):
    app.selectbox(key="choice_metric").select("online_share").run()
    told = shown(app)
    assert told.index("online_share") < told.index("courses_offered")
    assert app.query_params["metric"] == "online_share"


def test_rules_are_told_without_what_was_found_and_with_the_rows_that_met_them(app):
    app.segmented_control(key="choice_part").select("rules").run()
    told = shown(app)
    assert "La fila se acepta con aviso (1)" in told
    assert "El pago llega tarde" in told
    assert "{found}" not in told
    assert "En esta carga: 1 fila" in told


def test_the_words_and_the_splits_have_their_parts(app):
    app.segmented_control(key="choice_part").select("terms").run()
    assert "Un inicio efectivo con certificado expedido" in shown(app)
    app.segmented_control(key="choice_part").select("dimensions").run()
    assert "sin derecho y aplicada" in shown(app)
