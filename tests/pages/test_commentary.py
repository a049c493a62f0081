"""Notes stand under every figure of a metric, and those on a day on the time axis; who may writes them there."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.words import LANGUAGES, words
from pages.parts import figure
from reports.comments import add_comment, read_comments
from reports.content import Comment
from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import failures, open_page, texts
from tests.pages.test_funding import fill_note, open_form
from tests.pages.test_trends import EDITIONS, ENROLMENTS, follow_link

STRIKE = Comment(
    "2026-H1", "", "A. Autora", date(2026, 2, 15), "Huelga <b>", "enrolments", date(2026, 1, 12), is_internal=False
)


@pytest.fixture
def builds(tmp_path):
    publish_small_build(tmp_path, edition=EDITIONS, enrolment=ENROLMENTS)
    return tmp_path


@pytest.fixture
def drawn(monkeypatch):
    """{key: figure} of the charts of a page."""
    found = {}
    plot = figure._plot
    monkeypatch.setattr(figure, "_plot", lambda view, one: (found.update({one.key: one}), plot(view, one)))
    return found


def numbers_on(chart):
    """{point: words} of the numbered marks."""
    return {note["x"]: note["text"] for note in chart.layout.get("annotations", ()) if "bordercolor" in note}


def add_notes(builds):
    """Two in January, one across the beginning of what is drawn, one after its end, one on no day."""
    days = [
        (date(2026, 1, 12), None), (date(2026, 1, 31), None), (date(2025, 10, 1), date(2025, 12, 5)),
        (date(2027, 1, 1), None), (None, None),
    ]
    for number, (first, last) in enumerate(days, start=1):
        add_comment(builds, replace(STRIKE, text=f"Texto {number}", first_on=first, last_on=last))


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_on_a_day_are_numbered_on_the_axis_of_trends_listed_and_in_the_table(
    language, builds, drawn, monkeypatch
):
    add_notes(builds)
    app = follow_link("trends", builds, monkeypatch, lang=language, step="month")
    assert not failures(app)
    assert numbers_on(drawn["time"].chart) == {date(2025, 12, 1): "3", date(2026, 1, 1): "1, 2"}
    assert [row[-1] for row in drawn["time"].table.rows] == ["3. Texto 3", "1. Texto 1 · 2. Texto 2", ""]
    listed = [text for text in texts(app) if "A. Autora" in text and "15-02-2026" in text]
    assert any(text.strip().startswith("1. 12-01-2026: Texto 1") for text in listed)
    assert any(text.strip().startswith("5. Texto 5") for text in listed)
    told = [plot.proto.alt for plot in app.get("plotly_chart") if "Texto 4" in plot.proto.alt]
    assert told and words(language)("commentary.alternative", notes="1.")[:-2] in told[0]


def test_notes_are_listed_once_a_page_and_where_their_numbers_stand(builds, monkeypatch):
    add_comment(builds, replace(STRIKE, text="Una vez"))
    shown = [text.strip() for text in texts(follow_link("trends", builds, monkeypatch, step="month"))]
    assert sum(text.startswith("1. 12-01-2026: Una vez") for text in shown) == 1


def test_a_note_is_written_under_a_figure_without_time_and_read_there(builds, monkeypatch):
    monkeypatch.setattr("pages.parts.commentary.may_load", lambda: True)
    app = open_page("modality", builds, monkeypatch)
    assert not fields_of(app)  # nothing but a button until it opens
    [place] = places(app)
    shown = " ".join(texts(fill_note(open_form(app, place), place)))
    [note] = read_comments(builds)
    assert (note.metric, note.first_on, note.text) == ("online_share", None, "Huelga <b>")
    assert "1. Oferta en línea: Huelga <b> — A. Autora" in shown and "La nota se ha guardado" in shown
    assert not fields_of(app)


def test_a_note_on_a_table_of_several_metrics_is_on_the_one_chosen_and_says_which(builds, monkeypatch):
    monkeypatch.setattr("pages.parts.commentary.may_load", lambda: True)
    app = open_page("evidence", builds, monkeypatch)
    [place] = places(app)
    open_form(app, place).selectbox(key=f"note_metric_{place}").select_index(1)
    shown = " ".join(texts(fill_note(app, place)))
    assert [note.metric for note in read_comments(builds)] == ["courses_certified"]
    assert "1. Acciones formativas con microcredenciales expedidas: Huelga <b>" in shown


def test_who_may_not_write_is_shown_no_button(builds, monkeypatch):
    monkeypatch.setattr("pages.parts.commentary.may_load", lambda: False)
    assert not places(open_page("modality", builds, monkeypatch))


def test_the_notes_are_read_again_only_when_they_were_written_again(builds, monkeypatch):
    read = []
    monkeypatch.setattr("reports.comments.comment_from", lambda entry: (read.append(entry), STRIKE)[1])
    add_comment(builds, STRIKE)
    open_page("modality", builds, monkeypatch)
    open_page("modality", builds, monkeypatch)
    assert len(read) == 1


@pytest.mark.parametrize(
    ("language", "name"),
    [("es", "Anotar :gray[en «Matrículas»]"), ("va", "Anotar :gray[en «Matrícules»]"),
     ("en", "Add a note :gray[on “Enrolments”]")],
)
def test_each_button_says_of_which_figure_it_is(language, name, builds, monkeypatch):
    monkeypatch.setattr("pages.parts.commentary.may_load", lambda: True)
    app = open_page("trends", builds, monkeypatch, lang=language)
    assert [one.proto.popover.label for one in app.get("popover")].count(name) == 1


def fields_of(app):
    return [field for field in app.text_area if field.key.startswith("note_")]


def places(app):
    """The figures of a page whose notes can be written."""
    return [one.proto.id.split("-note_open_")[1] for one in app.get("popover") if "-note_open_" in one.proto.id]
