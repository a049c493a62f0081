"""The link: a choice whose default is nothing opens on what the link says."""

from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import open_page, texts


def test_a_month_in_the_link_is_shown_and_kept(tmp_path, monkeypatch):
    publish_small_build(tmp_path, edition=[{}], enrolment=[{}])
    app = open_page("modality", tmp_path, monkeypatch, **{"from": "2025-11-01"})
    assert "empiezan desde nov 2025" in " ".join(texts(app))
    assert app.query_params["from"] == "2025-11-01"
