"""The data quality page: rows that add up, reasons row by row, the loads that are kept and what changed."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, parse_qsl

import pytest

from analytics.words import words
from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import follow_link, open_page, texts

RULES = [{"rule": "late", "outcome": "flag", "sentence_es": "El pago llega tarde ({found}). Compruébelo."}]


@pytest.fixture
def builds(tmp_path):
    """Two loads: the second has one more enrolment, and two flagged rows among its six."""
    flags = [{"rule": "late", "row_key": f"r{line}", "line": line, "found": f"{line} días"} for line in (2, 3)]
    tables = {"exports": ("catalogue", "enrolments"), "edition": [{}], "rule": RULES}
    publish_small_build(tmp_path, "20260115T080000Z-00000001", enrolment=[{}], **tables)
    publish_small_build(tmp_path, "20260216T080000Z-00000002", enrolment=[{}, {}], flag=flags, **tables)
    return tmp_path


def read(builds, monkeypatch, **link):
    app = open_page("data_quality", builds, monkeypatch, **link)
    assert not app.exception
    return " ".join(texts(app)).replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "De las 6 filas leídas se han aceptado 6 (100,0 %), 2 de ellas con aviso; 0 se han rechazado"),
        ("va", "De les 6 files llegides se n'han acceptat 6 (100,0 %), 2 d'elles amb avís; 0 s'han rebutjat"),
        ("en", "Of the 6 rows read, 6 were accepted (100.0%), 2 of them with a warning; 0 were rejected"),
    ],
)
def test_the_answer_says_what_became_of_the_rows(language, sentence, builds, monkeypatch):
    assert sentence in read(builds, monkeypatch, lang=language).replace("&#x27;", "'")


def test_the_reasons_are_told_with_and_without_what_was_found(builds, monkeypatch):
    app = open_page("data_quality", builds, monkeypatch)
    shown = " ".join(texts(app))
    assert "El aviso más frecuente: El pago llega tarde (2 filas)." in shown
    assert "No se ha rechazado ninguna fila." in shown
    app.segmented_control(key="choice_outcome").select("flagged").run()
    assert "El pago llega tarde (3 días). Compruébelo." in " ".join(texts(app))


def test_the_rows_of_a_reason_and_of_a_file_are_listed_alone(sample_builds, monkeypatch):
    says = words("es")
    app = open_page("data_quality", sample_builds, monkeypatch)
    html = " ".join(element.proto.body for element in app.get("html"))
    ways = re.findall(r"href='data_quality\?(outcome=\w+&[^'#]*)#list'[^>]*>([\d.]+)<", html)
    assert {"in_file", "rule"} <= {key for said, _ in ways for key in parse_qs(unescape(said))}
    for said, count in (ways[0], ways[-1]):
        app = follow_link("data_quality", sample_builds, monkeypatch, **dict(parse_qsl(unescape(said))))
        outcome = parse_qs(unescape(said))["outcome"][0]
        assert says(f"page.data_quality.list_{outcome}", int(count)) in " ".join(texts(app))


def test_exports_that_did_not_come_are_named_with_what_stays_unknown(builds, monkeypatch):
    shown = read(builds, monkeypatch)
    assert "Cifras que no se conocen sin él (1 indicador): Microcredenciales con aval." in shown
    assert "No ha llegado ningún archivo de financiación; ningún indicador depende de él." in shown


def test_the_loads_are_listed_and_compared(builds, monkeypatch):
    shown = read(builds, monkeypatch)
    assert "Se conservan 2 cargas." in shown
    assert "+1" in shown  # one enrolment more
    assert date(2026, 2, 15).strftime("%d-%m-%Y") in shown


def test_a_figure_then_and_now_leads_to_the_rows_of_its_load(builds, monkeypatch):
    app = open_page("data_quality", builds, monkeypatch)
    html = " ".join(element.proto.body for element in app.get("html"))
    ways = [dict(parse_qsl(unescape(said))) for said in re.findall(r"href='passport\?(metric=enrolments&[^']*)'", html)]
    then, now = ways
    assert then["load"] == "20260115T080000Z-00000001" and "load" not in now
    for said, count in ((then, 1), (now, 2)):
        shown = " ".join(texts(follow_link("passport", builds, monkeypatch, **said)))
        assert f"Matrículas: {count}." in shown
        assert said.get("load", "20260216T080000Z-00000002") in shown


def test_the_page_says_that_filters_do_not_change_it(builds, monkeypatch):
    assert "Esta página trata de la carga entera" not in read(builds, monkeypatch)
    assert "Esta página trata de la carga entera" in read(builds, monkeypatch, campus="Vera")
