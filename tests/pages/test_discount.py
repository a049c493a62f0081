"""The discount page: its answer in each language, its lists, and what it says when there is nothing to say."""

import re
from datetime import date
from decimal import Decimal

import pytest

from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import RAW_KEY, open_page, texts

SEVENTY = {"reduction_amount": Decimal("70.00"), "tariff": "microcreds_70"}
ENROLMENTS = [
    *[SEVENTY | {"enrolment_id": f"right-{number}"} for number in range(2)],
    {"enrolment_id": "missed-1"},
    SEVENTY | {"enrolment_id": "undue-1", "born_on": date(2001, 2, 3)},
    SEVENTY | {"enrolment_id": "wrong-1", "reduction_amount": Decimal("40.00")},
    SEVENTY | {"enrolment_id": "doubt-1", "nationality": None, "residence": None},
]


@pytest.fixture
def builds(tmp_path):
    """Of four enrolments that are due 70 of their 100 euros one misses it; one of under 25 got it."""
    publish_small_build(tmp_path, edition=[{"title": "Curso <b>uno</b>"}], enrolment=ENROLMENTS)
    return tmp_path


def read(builds, monkeypatch, choices: dict[str, str] | None = None, **link: str) -> str:
    """What a reader sees who opens that link and then makes these choices on the page."""
    app = open_page("discount", builds, monkeypatch, **link)
    for key, value in (choices or {}).items():
        app.segmented_control(key=f"choice_{key}").select(value).run()
        assert app.query_params[key] == value
    assert not app.exception
    shown = " ".join(texts(app)).replace("\u202f", " ")
    assert not RAW_KEY.search(shown)
    return shown


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "es",
            "De las 4 matrículas a las que corresponde la reducción, se aplicó en el 75,0 %: faltó en 1 (70 €) y "
            "se aplicó sin derecho en 1 (70 €). En 1 matrícula faltan datos para decidir.",
        ),
        (
            "va",
            "De les 4 matrícules a les quals correspon la reducció, es va aplicar en el 75,0 %: va faltar en 1 (70 €) "
            "i es va aplicar sense dret en 1 (70 €). En 1 matrícula falten dades per a decidir.",
        ),
        (
            "en",
            "Of the 4 enrolments due the reduction, 75.0% got it: 1 missed it (€70) and 1 got it without being "
            "entitled (€70). For 1 enrolment there is too little information to decide.",
        ),
    ],
)
def test_the_answer_says_where_the_reduction_was_missed_and_where_it_was_undue(language, sentence, builds, monkeypatch):
    assert sentence in read(builds, monkeypatch, lang=language)


def test_the_headlines_say_counts_with_their_euros(builds, monkeypatch):
    shown = read(builds, monkeypatch)
    # 70 + 70 + 40 are supported of 70 + 70 + 70 + 40 granted: 72 %
    for sentence in ("3 de 4", "70 € que correspondían", "70 € sin derecho", "30 € de menos"):
        assert sentence in shown
    assert "de 250 € concedidos (72,0 %)" in shown


def test_the_first_list_is_of_what_was_missed(builds, monkeypatch):
    shown = read(builds, monkeypatch)
    assert cases(shown) == ["missed-1"]
    assert "Corresponden 70,00 €; no se aplicó nada" in shown


@pytest.mark.parametrize(
    ("chosen", "case", "reason"),
    [
        ("undue", "undue-1", "Cumple 25 el 03-02-2026; la edición empezó el 03-11-2025"),
        ("wrong_amount", "wrong-1", "Se aplicaron 40,00 €; corresponden 70,00 €"),
        ("undetermined", "doubt-1", "Faltan la nacionalidad y el país de residencia"),
    ],
)
def test_a_list_has_its_cases_and_no_others_each_with_its_reason(chosen, case, reason, builds, monkeypatch):
    shown = read(builds, monkeypatch, {"list": chosen})
    assert cases(shown) == [case]
    assert reason in shown


def cases(shown: str) -> list[str]:
    return re.findall(r"\b(?:right|missed|undue|wrong|doubt)-\d\b", shown)


def test_an_empty_list_says_so(builds, monkeypatch):
    assert "No hay ninguna matrícula en esta lista." in read(builds, monkeypatch, {"list": "no_price"})


def test_no_pseudonym_is_shown(builds, monkeypatch):
    assert "person-" not in read(builds, monkeypatch, {"list": "undue"})


def test_a_title_with_markup_is_shown_literally(builds, monkeypatch):
    app = open_page("discount", builds, monkeypatch)
    markup = " ".join(element.proto.body for element in app.get("html"))
    assert "Curso &lt;b&gt;uno&lt;/b&gt;" in markup
    assert "<b>uno" not in markup


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ("gender", "La reducción se aplica en el 75,0 % de los casos, sin diferencias."),
        ("course", "La reducción se aplica en el 75,0 % de los casos, sin diferencias."),
        ("tariff", "Donde menos se aplica: General, 0,0 %; donde más: Microcreds (70 %), 100,0 %."),
    ],
)
def test_uptake_can_be_seen_by_several_dimensions(chosen, sentence, builds, monkeypatch):
    assert sentence in read(builds, monkeypatch, {"uptake_by": chosen})


def test_a_tariff_can_be_seen_by_who_is_entitled(builds, monkeypatch):
    # of the five of tariff Microcreds three are entitled
    sentence = "Con la tarifa Microcreds (70 %), la más frecuente: «Con derecho» en el 60,0 % de las matrículas."
    assert sentence in read(builds, monkeypatch, {"tariff_shows": "eligibility"})


def test_without_anybody_due_the_reduction_the_answer_says_so(tmp_path, monkeypatch):
    publish_small_build(tmp_path, edition=[{}], enrolment=[{"born_on": date(2005, 1, 1)}])
    answer = "A ninguna de estas matrículas le corresponde la reducción; no se aplicó a nadie sin derecho."
    assert answer in read(tmp_path, monkeypatch)


def test_without_enrolments_the_missing_export_is_named(tmp_path, monkeypatch):
    publish_small_build(tmp_path, exports=("catalogue",), edition=[{}])
    shown = read(tmp_path, monkeypatch)
    assert "Falta la exportación de matrículas en esta carga" in shown
    assert "–" in shown
