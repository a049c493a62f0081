"""The funding page: the answer before, at and after the deadline, indicator 10, and what is not known."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.periods import HalfYear
from reports.comments import read_comments
from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import open_page, texts

CERTIFIED = {"certified_on": date(2026, 1, 20), "reduction_amount": Decimal("70.00")}
BORN_IN_2005 = {"born_on": date(2005, 1, 1), "reduction_amount": Decimal("80.00")}


@pytest.fixture
def builds(tmp_path):
    """One eligible person certified, a second one not, and a third too young who got 80 euros off 100."""
    publish_small_build(tmp_path, edition=[{}], enrolment=[CERTIFIED, {}, BORN_IN_2005])
    return tmp_path


def read(builds, monkeypatch, **link):
    app = open_page("funding", builds, monkeypatch, **link)
    assert not app.exception
    return " ".join(texts(app))


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        # 135 days from 15 February to 30 June are 19.29 weeks; 1,583 in 135 days are 82.08 a week
        ("es", ("1 de las 1.584", "1 de las 27", "Faltan 1.583 y quedan 19,3 semanas", "82,1 por semana")),
        ("va", ("1 de les 1.584", "1 de les 27", "falten 1.583 i queden 19,3 setmanes", "82,1 per setmana")),
        ("en", ("1 of the 1,584", "1 of the 27", "1,583 are missing and 19.3 weeks", "82.1 a week")),
    ],
)
def test_the_answer_says_what_is_reached_and_the_pace_that_is_needed(language, sentences, builds, monkeypatch):
    shown = read(builds, monkeypatch, lang=language)
    for sentence in sentences:
        assert sentence in shown


def test_after_the_deadline_the_answer_says_so_and_no_pace_is_asked_for(builds, monkeypatch):
    monkeypatch.setattr("pages.parts.filters.newest_event", lambda build: date(2026, 8, 1))
    shown = read(builds, monkeypatch)
    assert "El plazo acabó el 30-06-2026 y faltaron 1.583." in shown
    assert "por semana" not in shown


def test_the_reduction_is_told_in_what_is_supported_and_what_is_not(builds, monkeypatch):
    shown = read(builds, monkeypatch).replace("\u202f", " ")
    assert "De 150 € concedidos se justifican 70 €; 80 € no se justifican." in shown


def test_indicator_10_counts_the_half_year_that_was_chosen(builds, monkeypatch):
    app = open_page("funding", builds, monkeypatch)
    assert "1.er semestre de 2026 (hasta el 15-02-2026) empezaron 0 personas distintas" in " ".join(texts(app))
    app.segmented_control(key="choice_period").select(HalfYear(2025, 2)).run()
    assert "2.º semestre de 2025 empezaron 3 personas distintas" in " ".join(texts(app))
    assert app.query_params["period"] == "2025-H2"


def test_what_was_not_found_is_pending_and_no_euro_is_inferred(builds, monkeypatch):
    shown = read(builds, monkeypatch)
    assert shown.count("pendiente") >= 5
    assert "833" not in shown


def test_without_enrolments_the_page_says_which_export_is_missing(catalogue_builds, monkeypatch):
    shown = read(catalogue_builds, monkeypatch)
    assert "falta la exportación de matrículas" in shown
    assert "0 de las 1.584" not in shown


def test_with_too_little_history_the_pace_says_so(builds, monkeypatch):
    shown = read(builds, monkeypatch)
    assert "Hay poca historia para decir qué cabe esperar hasta el plazo: 1 ediciones" in shown
    assert "Con las ediciones del calendario" not in shown


def test_the_pace_is_expected_for_the_whole_offer_only(builds, monkeypatch):
    assert "La meta es de toda la oferta" in read(builds, monkeypatch, gender="woman")


PLACE = "funding_pace-credentials_issued_eligible"


def write_note(builds, monkeypatch, **fields):
    monkeypatch.setattr("pages.parts.commentary.may_load", lambda: True)
    return fill_note(open_form(open_page("funding", builds, monkeypatch), PLACE), PLACE, **fields)


def open_form(app, place):
    """The page with the form of the notes under a figure open."""
    app.session_state[f"note_open_{place}"] = True
    return app.run()


def fill_note(app, place, **fields):
    """The page after that form was filled and sent."""
    for key, value in ({"text": "Huelga <b>", "author": "A. Autora"} | fields).items():
        kind = app.text_area if key == "text" else app.text_input
        kind(key=f"note_{key}_{place}_").set_value(value)
    next(button for button in app.button if button.label == "Guardar la nota").click()
    app.run()
    assert not app.exception
    return app


def test_a_note_on_a_day_is_numbered_under_the_figure_and_in_its_table(builds, monkeypatch):
    app = write_note(builds, monkeypatch, first_on="12-01-2026")
    shown = " ".join(texts(app))
    assert "1. 12-01-2026: Huelga" in shown
    assert "La nota se ha guardado" in shown
    [note] = read_comments(builds)
    assert (note.metric, note.first_on, note.period) == ("credentials_issued_eligible", date(2026, 1, 12), "2026-H1")
    assert shown.count("Huelga <b>") == 2  # as it was written: under the chart and in its table


def test_a_note_on_no_day_of_the_calendar_is_not_kept(builds, monkeypatch):
    app = write_note(builds, monkeypatch, first_on="31-02-2026")
    assert "no se ha guardado nada" in " ".join(texts(app))
    assert read_comments(builds) == ()


def test_who_may_not_load_writes_no_note_and_damaged_notes_are_said(builds, monkeypatch):
    monkeypatch.setattr("pages.parts.commentary.may_load", lambda: False)
    assert not [button for button in open_page("funding", builds, monkeypatch).button if "nota" in button.label]
    (builds / "pack_comments.json").write_text("[{]")
    assert "no se puede leer, y no se ha tocado" in read(builds, monkeypatch)
