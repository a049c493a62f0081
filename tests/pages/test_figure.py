"""The anatomy of a figure: the same faces and the same downloads, in the same order, on every page."""

import re
from xml.etree import ElementTree

import pytest

from analytics.words import words
from pages.parts import downloads, figure
from reports.picture.canvas import plain
from tests.pages.test_every_page import PAGES, failures, open_page

FACES = ("chart", "table", "definition", "source", "download")
FORMS = ("png", "svg", "csv", "xlsx")


@pytest.fixture
def offered(monkeypatch):
    """{figure: {form: what makes it}} of what a page offers."""
    found = {}
    monkeypatch.setattr(downloads, "offer", lambda view, key, form, kind, make: (
        found.setdefault(f"{view.key}-{key}", {}).update({form: make})))
    return found


@pytest.fixture
def drawn(monkeypatch):
    """{figure: its drawing} of the charts of a page."""
    found = {}
    plot = figure._plot
    monkeypatch.setattr(figure, "_plot", lambda view, one: (
        found.update({f"{view.key}-{one.key}": one}), plot(view, one)))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_the_faces_of_every_figure_stand_in_the_same_order(page, sample_builds, monkeypatch):
    app = open_page(page, sample_builds, monkeypatch)
    for switch in (one.proto.body for one in app.get("html") if "class='mc-faces'" in one.proto.body):
        faces = re.findall(r"value='(\w+)'", switch)
        assert faces == [face for face in FACES if face in faces]
        assert {"table", "source", "download"} <= set(faces) or page == "catalogue"


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_is_downloaded_as_a_picture_with_its_words_title_filters_and_load(
    page, sample_builds, monkeypatch, offered, drawn
):
    app = open_page(page, sample_builds, monkeypatch)
    assert not failures(app)
    for key, one in drawn.items():
        assert tuple(offered[key]) == FORMS
        svg = offered[key]["svg"]().decode()
        root = ElementTree.fromstring(svg)
        written = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
        everything = " ".join(written)
        assert re.sub(r"\s+", " ", one.takeaway) in re.sub(r"\s+", " ", everything)
        assert "datos a 15-02-2026" in everything and words("es")("sample.note") in everything
        assert words("es")("download.source", files="")[:-1] in everything
        for note in one.chart.layout.get("annotations", ()):
            assert plain(note["text"].split("<br>")[0]) in written
        assert not re.search(r"\b(nan|None)\b", everything)
        assert all(name in everything for trace in one.chart.data if trace.get("showlegend", True)
                   and one.chart.layout["showlegend"] for name in [trace["name"]])


def test_a_table_without_a_chart_offers_no_picture(sample_builds, monkeypatch, offered):
    open_page("definitions", sample_builds, monkeypatch)
    assert tuple(offered["definitions-definitions"]) == FORMS[2:]
