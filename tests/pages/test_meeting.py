"""Every page gives a PDF of one sheet, with the answer, the headline figures and the first figures that it showed."""

import io

import pytest
from pypdf import PdfReader

from analytics.words import LANGUAGES, words
from pages.parts import meeting
from reports.one_page import write_page
from tests.pages.test_every_page import PAGES, follow_link, open_page, texts


@pytest.fixture
def seen(monkeypatch):
    """The view of every page that offered its PDF."""
    views = {}
    monkeypatch.setattr(meeting, "offer_page", lambda view: views.update({view.key: view}))
    return views


@pytest.mark.parametrize("page", PAGES)
def test_every_page_fits_one_sheet(page, seen, sample_builds, monkeypatch):
    open_page(page, sample_builds, monkeypatch)
    view = seen[page]
    found = PdfReader(io.BytesIO(write_page(meeting.gather(view), view.words)))
    assert len(found.pages) == 1
    assert found.metadata.title == view.say("title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_what_the_page_showed(language, seen, sample_builds, monkeypatch):
    open_page("modality", sample_builds, monkeypatch, lang=language)
    page = meeting.gather(seen["modality"])
    says = words(language)
    assert page.title == says("page.modality.title")
    assert page.headlines[0].label == says.metric("online_share")
    assert page.headlines[0].status in ("kept", "at_risk")
    assert len(page.figures) == 4
    assert page.notes == (says("sample.note"),)


def test_a_simulation_is_in_no_pdf_of_the_programme(seen, sample_builds, monkeypatch):
    app = follow_link("funding", sample_builds, monkeypatch, part="what_if")
    assert words("es")("funding_what_if.band") in " ".join(texts(app))
    keys = seen["funding"].shown.pictures
    assert not [key for key in keys if key.startswith("simulation")]


def test_a_page_without_headline_figures_still_fits(seen, catalogue_builds, monkeypatch):
    open_page("definitions", catalogue_builds, monkeypatch)
    page = meeting.gather(seen["definitions"])
    assert not page.headlines
    assert write_page(page, seen["definitions"].words).startswith(b"%PDF")
