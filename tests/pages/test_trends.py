"""The trends page: the last complete step, what is unfinished, groups, and a group beside the whole."""

import json
from datetime import date

import pytest

from analytics.dimensions import FILTERS
from analytics.series import DATED_METRICS
from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import RAW_KEY, failures, open_page, texts

# 2 in December, 5 in January, 1 in February, which the cut-off of 15 February leaves unfinished; one undated
DAYS = [date(2025, 12, 1), date(2025, 12, 2), *(date(2026, 1, day) for day in range(1, 6)), date(2026, 2, 15)]
ENROLMENTS = [{"enrolled_on": day, "gender": "woman" if day.day < 3 else "man"} for day in DAYS] + [
    {"enrolled_on": None, "gender": "woman"}
]
EDITIONS = [{}, {"edition_number": 2, "starts_on": date(2026, 3, 2), "ends_on": None}]


@pytest.fixture
def builds(tmp_path):
    publish_small_build(tmp_path, edition=EDITIONS, enrolment=ENROLMENTS)
    return tmp_path


def follow_link(page, builds, monkeypatch, lang="es", **link):
    """The page as a link opens it. The tests' browser empties the address on its way to a page, so the link is kept."""
    filters = {key: value for key, value in link.items() if key in FILTERS}
    app = open_page("overview", builds, monkeypatch, lang=lang, **filters)
    app.session_state["link"] = app.session_state["link"] | {key: [value] for key, value in link.items()}
    return app.switch_page(f"pages/{page}.py").run()


def read(builds, monkeypatch, **link):
    app = follow_link("trends", builds, monkeypatch, **link)
    assert not failures(app)
    shown = " ".join(texts(app)).replace("\u202f", " ")
    assert not RAW_KEY.search(shown)
    return shown


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "En el último mes completo hubo 5 matrículas, 3 más que en el anterior; desde el 01-12-2025 suman 8."),
        ("va", "En l'últim mes complet hi hagué 5 matrícules, 3 més que en l'anterior; des del 01-12-2025 sumen 8."),
        ("en", "The last complete month had 5 enrolments, 3 more than the month before; since 01-12-2025 they add up"),
    ],
)
def test_the_answer_compares_the_last_complete_month_with_the_one_before(language, sentence, builds, monkeypatch):
    assert sentence in read(builds, monkeypatch, lang=language, step="month")


def test_what_is_unfinished_and_what_has_no_date_is_said(builds, monkeypatch):
    shown = read(builds, monkeypatch, step="month")
    assert "Va a trazos y no se compara lo que está sin acabar: feb 2026." in shown
    assert "Fuera del gráfico, por no tener fecha: 1." in shown
    assert "de ellas, sin fecha: 1" in shown


def test_a_share_says_its_points_and_what_it_is_out_of(builds, monkeypatch):
    shown = read(builds, monkeypatch, step="month", metric="women_share")
    # 2 of 5 in January against 2 of 2 in December; 5 of 9 in all
    assert "la parte de mujeres en las matrículas fue del 40,0 %, 60 puntos menos que en el anterior" in shown
    assert "en conjunto es del 55,6 %." in shown
    assert "2 de 2" in shown


def test_groups_say_which_is_the_largest(builds, monkeypatch):
    # Women: two in December, two in January, one undated
    assert "El grupo mayor por sexo: Mujeres, con 5 de 9." in read(builds, monkeypatch, step="month", by="gender")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "5 matrículas en la selección, 1 más que en Sexo: Hombres (4)."),
        ("va", "5 matrícules en la selecció, 1 més que en Sexe: Hòmens (4)."),
        ("en", "5 enrolments in the selection, 1 more than Gender: Men (4)."),
    ],
)
def test_the_selection_is_held_against_another_group(language, sentence, builds, monkeypatch):
    assert sentence in read(builds, monkeypatch, lang=language, gender="woman", compare="gender:man")


@pytest.mark.parametrize(
    ("language", "sentence", "dated"),
    [
        (
            "es", "5 matrículas del 01-01-2026 al 31-01-2026, 3 más que en los 31 días anteriores (2).",
            "con fecha del 01-01-2026 al 31-01-2026",
        ),
        (
            "va", "5 matrícules del 01-01-2026 al 31-01-2026, 3 més que en els 31 dies anteriors (2).",
            "amb data del 01-01-2026 al 31-01-2026",
        ),
        (
            "en", "5 enrolments from 01-01-2026 to 31-01-2026, 3 more than the 31 days before (2).",
            "dated 01-01-2026 to 31-01-2026",
        ),
    ],
)
def test_a_span_is_said_and_held_against_as_many_days_before(language, sentence, dated, builds, monkeypatch):
    shown = read(builds, monkeypatch, lang=language, since="2026-01-01", until="2026-01-31")
    assert sentence in shown
    assert dated in shown


def test_a_span_that_is_not_over_is_compared_to_date(builds, monkeypatch):
    shown = read(builds, monkeypatch, since="2026-02-01", until="2026-02-28")
    # 15 of 28 days: one enrolment against the first 15 days from 4 January, which have the 4th and the 5th
    assert "1 matrícula del 01-02-2026 al 15-02-2026, 1 menos que en los 15 días anteriores (2)." in shown
    assert "se comparan los 15 primeros días de cada uno" in shown


def test_a_span_that_is_no_span_is_ignored(builds, monkeypatch):
    assert "con fecha" not in read(builds, monkeypatch, since="2026-02-01", until="2025-01-01")
    assert "con fecha" not in read(builds, monkeypatch, since="ayer")


def test_the_change_is_taken_apart_and_adds_up(builds, monkeypatch):
    # From December to January women go from 2 to 2 and men from 0 to 3: 2 to 5
    shown = read(builds, monkeypatch, step="month", why="gender")
    assert "De 2 a 5: lo que más cuenta es «Hombres», +3 de +3." in shown


@pytest.mark.parametrize(
    ("link", "title"),
    [
        # Nine in all, five of them of women
        ({"compare": "whole", "gender": "woman"}, "De 9 a 5: lo que más cuenta es «Hombres», −4 de −4."),
        # Two online editions in Vera, two others in Alcoi: half of each × (100 % − 60 %) and (0 % − 60 %)
        ({"compare": "target", "metric": "online_share", "why": "campus"},
         "De la meta, 60,0 %, a 50,0 % (−10 p. p.): lo que más cuenta es «Alcoi», −30 p. p."),
    ],
)
def test_every_difference_is_taken_apart(link, title, tmp_path, monkeypatch):
    alcoi = {"campus": "Alcoi", "delivery": "in_person", "delivery_group": "face_to_face"}
    editions = [*EDITIONS, *(alcoi | {"edition_number": number} for number in (3, 4))]
    publish_small_build(tmp_path, edition=editions, enrolment=ENROLMENTS)
    assert title in read(tmp_path, monkeypatch, **{"why": "gender"} | link)


def test_the_lists_are_sent_as_words_and_values(builds, monkeypatch):
    app = follow_link("trends", builds, monkeypatch, step="month")
    data = json.loads(app.get("bidi_component")[0].proto.json)
    genders = next(board for board in data["lists"] if board["key"] == "gender")
    assert [(row["name"], row["shown"], row["change"]) for row in genders["rows"]] == [
        ("Mujeres", "5", "="), ("Hombres", "4", "+3"),
    ]


@pytest.mark.parametrize("compare", ["previous", "booking", "target", "whole", "none", "campus:Vera"])
def test_every_comparison_of_every_kind_of_metric_has_its_words(compare, builds, monkeypatch):
    for metric in ("enrolments", "courses_certified", "online_share", "enrolments_per_teacher"):
        read(builds, monkeypatch, compare=compare, metric=metric, campus="Vera", since="2026-01-01")


def test_what_starts_later_is_said_to_be_scheduled(builds, monkeypatch):
    shown = read(builds, monkeypatch, step="month", metric="editions_offered")
    assert "Lo que empieza después del 15-02-2026 está programado y va a trazos: 1." in shown


def test_a_filter_on_people_makes_the_fill_rate_unknown(builds, monkeypatch):
    shown = read(builds, monkeypatch, metric="fill_rate", gender="woman")
    assert "Con el filtro «Sexo» este indicador no se conoce" in shown


def test_a_filter_on_people_does_not_change_the_offer_and_says_so(builds, monkeypatch):
    shown = read(builds, monkeypatch, metric="editions_offered", gender="woman")
    assert "el filtro «Sexo» no lo cambia" in shown


@pytest.mark.parametrize("language", ["es", "va", "en"])
def test_every_dated_metric_can_be_followed(language, builds, monkeypatch):
    app = follow_link("trends", builds, monkeypatch, lang=language, step="month", reading="cumulative")
    for metric in DATED_METRICS:
        app.selectbox(key="choice_metric").select(metric).run()
        assert not failures(app), metric
        assert not RAW_KEY.search(" ".join(texts(app))), metric


def test_a_missing_export_is_named(tmp_path, monkeypatch):
    publish_small_build(tmp_path, exports=("catalogue",), edition=[{}])
    shown = read(tmp_path, monkeypatch)
    assert "Este indicador no se conoce: en la carga falta la exportación de matrículas." in shown
