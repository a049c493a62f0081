"""The simulation on the funding page: at rest, with a lever moved, in its downloads, and when nothing can be said."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from analytics.table import Column, Table
from analytics.words import LANGUAGES, words
from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import RAW_KEY, failures, open_page, texts

CERTIFIED = {"result": "passed", "certified_on": date(2026, 1, 20), "reduction_amount": Decimal("70.00")}
RUNNING = {"course_id": "100002", "starts_on": date(2026, 1, 12), "ends_on": date(2026, 3, 13)}


@pytest.fixture
def builds(tmp_path):
    """One certified of 35, one of 23 who is too young, and two waiting in an edition that ends in March."""
    publish_small_build(
        tmp_path, edition=[{}, RUNNING],
        enrolment=[CERTIFIED, CERTIFIED | {"born_on": date(2002, 1, 1)}, *[{"course_id": "100002"}] * 2],
    )
    return tmp_path


def simulate(builds, monkeypatch, choices: dict[str, object] | None = None, **link: str):
    app = open_page("funding", builds, monkeypatch, **link)
    app.segmented_control(key="choice_part").select("what_if").run()
    for key, value in (choices or {}).items():
        app.selectbox(key=f"choice_{key}").select(value).run()
    assert not failures(app)
    return app


def read(app) -> str:
    shown = " ".join(texts(app)).replace("\u202f", " ").replace("\u00a0", " ")
    assert not RAW_KEY.search(shown)
    return shown


@pytest.mark.parametrize(
    ("language", "band", "answer"),
    [
        ("es", "Simulación: no es una cifra del programa", "no cambia nada: 1 de 1.584 microcredenciales a 15-02-2026"),
        ("va", "Simulació: no és una xifra del programa", "no canvia res: 1 de 1.584 microcredencials a 15-02-2026"),
        ("en", "Simulation: not a figure of the programme", "nothing changes: 1 of 1,584 credentials at 15-02-2026"),
    ],
)
def test_at_rest_the_simulation_says_the_official_figures_under_its_band(language, band, answer, builds, monkeypatch):
    shown = read(simulate(builds, monkeypatch, lang=language))
    assert band in shown
    assert answer in shown


def test_a_lever_lives_in_the_link_and_its_change_stands_beside_the_official_figure(builds, monkeypatch):
    app = simulate(builds, monkeypatch, {"youngest": 23})
    assert app.query_params["youngest"] == "23"
    shown = read(app)
    assert "habría 2 de 1.584 microcredenciales a 15-02-2026: + 1 sobre las 1 oficiales. Faltarían 1.582." in shown
    assert "oficial: 70 € · + 70 €" in shown  # supported: the one of 23 got 70 too


def test_a_later_cut_off_and_a_completion_say_what_to_expect(builds, monkeypatch):
    app = simulate(builds, monkeypatch, {"until": date(2026, 3, 31), "completion": Decimal("0.5")})
    shown = read(app)
    assert "habría 2 de 1.584 microcredenciales a 31-03-2026: + 1" in shown
    assert "acaban hasta el 30-06-2026" in shown or "acaba hasta el 30-06-2026" in shown


def test_with_too_little_history_the_reader_is_asked_for_a_completion(builds, monkeypatch):
    shown = read(simulate(builds, monkeypatch, {"until": date(2026, 3, 31)}))
    assert "hay muy poco histórico" in shown
    assert "no consta" in shown


def test_the_levers_go_back_to_the_values_of_the_programme(builds, monkeypatch):
    app = simulate(builds, monkeypatch, {"youngest": 23})
    app.button(key="reset_levers").click().run()
    assert "no cambia nada" in read(app)


def test_the_official_parts_carry_no_band(builds, monkeypatch):
    assert "no es una cifra del programa" not in read(open_page("funding", builds, monkeypatch))


def test_without_enrolments_there_is_nothing_to_simulate(catalogue_builds, monkeypatch):
    app = open_page("funding", catalogue_builds, monkeypatch)
    app.segmented_control(key="choice_part").select("what_if").run()
    assert "no hay nada que simular" in read(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_band_and_what_is_supposed_head_every_download(language, builds, monkeypatch):
    headings, names = [], []
    monkeypatch.setattr("pages.parts.faces.is_opened", lambda key: True)
    monkeypatch.setattr("pages.parts.downloads.to_csv", lambda table, heading: headings.append(heading) or b"")
    monkeypatch.setattr(
        "pages.parts.downloads.st.download_button",
        lambda label, data, name, *rest, **settings: (names.append(name), name.endswith(".csv") and data()),
    )
    simulate(builds, monkeypatch, {"youngest": 23}, lang=language)
    says = words(language)
    simulated = [heading for heading in headings if heading[0] == says("funding_what_if.band")]
    assert len(simulated) >= 3
    assert all("23" in heading[1] for heading in simulated[-3:])
    assert {"simulation" in name for name in names if name.endswith(".csv")} >= {True}


def test_a_band_is_the_bold_first_line_of_a_spreadsheet():
    from analytics.downloads import to_xlsx

    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(Table((Column("A"),), [("x",)]), ["Simulación", "Título"], "A")))
    assert (sheet.active["A1"].value, sheet.active["A1"].font.bold) == ("Simulación", True)
