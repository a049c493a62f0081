"""The link: a choice whose default is nothing opens on what the link says."""

import pytest

from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import open_page, texts


def test_a_month_in_the_link_is_shown_and_kept(tmp_path, monkeypatch):
    publish_small_build(tmp_path, edition=[{}], enrolment=[{}])
    app = open_page("modality", tmp_path, monkeypatch, **{"from": "2025-11-01"})
    assert "empiezan desde nov 2025" in " ".join(texts(app))
    assert app.query_params["from"] == "2025-11-01"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "Campus: todo menos Alcoi y Gandia"),
        ("va", "Campus: tot menys Alcoi i Gandia"),
        ("en", "Campus: all but Alcoi and Gandia"),
    ],
)
def test_what_is_left_out_is_in_the_link_and_in_the_sentence_of_every_page(language, sentence, tmp_path, monkeypatch):
    editions = [{"course_id": name, "campus": name} for name in ("Vera", "Alcoi", "Gandia")]
    publish_small_build(tmp_path, edition=editions)
    left_out = {"not": ["campus:Alcoi", "campus:Gandia", "planet:Mars"]}
    app = open_page("modality", tmp_path, monkeypatch, lang=language, **left_out)
    assert sentence in " ".join(texts(app))
    assert app.query_params["not"] == ["campus:Alcoi", "campus:Gandia"]
    app.button(key="remove_not:campus").click().run()
    assert sentence not in " ".join(texts(app))


def test_a_dimension_that_is_not_offered_is_shown_when_the_link_filters_by_it(tmp_path, monkeypatch):
    publish_small_build(tmp_path, edition=[{}], enrolment=[{}])
    app = open_page("modality", tmp_path, monkeypatch, tariff="general")
    assert "Tarifa: General" in " ".join(texts(app))
    assert app.multiselect(key="choice_tariff").value == ["general"]
