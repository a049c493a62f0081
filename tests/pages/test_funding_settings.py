"""The data of the grant on the Funding page: read by all, changed by those who may, with errors in their words."""

import pytest

from analytics.settings import every_version
from analytics.words import LANGUAGES, words
from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import open_page, texts


@pytest.fixture
def builds(tmp_path):
    publish_small_build(tmp_path, edition=[{}], enrolment=[{}])
    return tmp_path


@pytest.fixture
def at_this_computer(monkeypatch):
    monkeypatch.setattr("pages.parts.permission.is_at_this_computer", lambda: True)


def read(builds, monkeypatch, lang="es", setting=None):
    """The part of the page, with one setting chosen."""
    app = open_page("funding", builds, monkeypatch, lang=lang)
    app.session_state["choice_part"] = "settings"
    if setting:
        app.session_state["choice_setting"] = setting
    app.run()
    assert not app.exception
    return app


def fill(app, value, source="Convenio", author="Ana"):
    value_box, source_box, _, author_box = app.text_input
    value_box.input(value)
    source_box.input(source)
    author_box.input(author)
    return app.button[-1].click().run(timeout=60)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_may_not_change_them_reads_them_and_finds_no_form(language, builds, monkeypatch):
    app, says = read(builds, monkeypatch, lang=language), words(language)
    shown = " ".join(texts(app))
    assert says("funding_settings.reference") in shown and says("pack.pending") in shown
    assert len(app.text_input) == 0
    assert says("funding_settings.change") not in shown


def test_a_change_is_saved_told_and_listed(builds, monkeypatch, at_this_computer):
    app = fill(read(builds, monkeypatch, setting="project_code"), "=C21.I06 <b>")
    assert not app.exception
    shown = " ".join(texts(app))
    assert "Guardado: «Código del proyecto», versión 1." in shown
    assert "=C21.I06 <b>" in shown and "Versión 1" in shown
    [version] = every_version(builds)
    assert (version.author, version.change.new) == ("Ana", "=C21.I06 <b>")


@pytest.mark.parametrize(("language", "told"), [
    ("es", "«31/02/2026» no es una fecha. Escríbala así: 31-03-2026."),
    ("va", "«31/02/2026» no és una data. Escriga-la així: 31-03-2026."),
    ("en", "“31/02/2026” is not a date. Write it like this: 31-03-2026."),
])
def test_a_wrong_day_is_told_in_the_language_of_the_reader(language, told, builds, monkeypatch, at_this_computer):
    app = fill(read(builds, monkeypatch, setting="last_teaching_day", lang=language), "31/02/2026")
    assert told in " ".join(texts(app))
    assert every_version(builds) == []


def test_the_headline_is_held_against_the_target_that_was_changed(builds, monkeypatch, at_this_computer):
    app = fill(read(builds, monkeypatch, setting="courses_certified.value"), "30")
    assert "0 de las 30 acciones formativas" in " ".join(texts(app))


def test_what_is_no_longer_pending_leaves_the_list_of_the_situation(builds, monkeypatch, at_this_computer):
    fill(read(builds, monkeypatch, setting="project_code"), "C21.I06")
    shown = " ".join(texts(open_page("funding", builds, monkeypatch)))
    assert "Código de la actuación" in shown and "Código del proyecto" not in shown


def test_somebody_who_was_faster_is_told_with_the_new_data(builds, monkeypatch, at_this_computer):
    first, second = (read(builds, monkeypatch, setting="project_code") for _ in range(2))
    fill(first, "C21.I06")
    shown = " ".join(texts(fill(second, "C21.I07")))
    assert "otra persona ha guardado un cambio" in shown and "C21.I06" in shown
    assert [version.change.new for version in every_version(builds)] == ["C21.I06"]
