"""The anatomy of a figure: the same faces and the same downloads, in the same order, on every page."""

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from analytics.table import Column, Way
from analytics.words import words
from pages.parts import counted_rows, downloads, faces, figure
from reports.picture.canvas import plain
from tests.pages.test_every_page import PAGES, failures, follow_link, open_page

TEXT = "{http://www.w3.org/2000/svg}text"
FACES = ("chart", "table", "definition", "source", "download")
FORMS = ("png", "svg", "csv", "xlsx")
# Lists of everything, and the fields of an edition: no figures.
LISTS = ("definitions-definitions", "catalogue-editions", "catalogue-edition")


def test_a_cell_leads_to_the_first_page_where_it_is_served():
    # Relative to any other page: its address has no name.
    for page, address in (("overview", "./?campus=Alcoi"), ("trends", "trends?campus=Alcoi")):
        cell = figure._to_html_cell(words("es"), Column("Página"), Way("Ver", page, {"campus": ["Alcoi"]}))
        assert f"href='{address}'" in cell


@pytest.fixture
def offered(monkeypatch):
    """{figure: {form: what makes it}} of what a page offers."""
    found = {}
    monkeypatch.setattr(faces, "is_opened", lambda key: True)
    monkeypatch.setattr(downloads, "offer", lambda view, key, form, make: (
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


def check_faces(page, app):
    for switch in (one.proto.body for one in app.get("html") if "class='mc-faces'" in one.proto.body):
        found = re.findall(r"value='(\w+)'", switch)
        assert found == [face for face in FACES if face in found]
        assert {"table", "source", "download"} <= set(found) or page == "catalogue"


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_has_its_faces_in_order_and_its_chart_as_a_picture_with_its_words_title_filters_and_load(
    page, sample_builds, monkeypatch, offered, drawn
):
    app = open_page(page, sample_builds, monkeypatch)
    assert not failures(app)
    check_faces(page, app)
    assert all(tuple(made) == FORMS for key, made in offered.items() if key not in LISTS)
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


@pytest.mark.parametrize("page", ["discount", "trends"])
def test_a_figure_that_is_a_table_has_a_picture_of_its_first_rows(page, sample_builds, monkeypatch, offered):
    app = open_page(page, sample_builds, monkeypatch)
    key, cells = {
        "discount": ("discount-list_missed", ["100521/1", "262,50\u202f€", words("es")("download.restricted")]),
        "trends": ("trends-leaderboards", ["Vera", "991", "86,5\u202f%"]),
    }[page]
    assert not failures(app)
    written = ["".join(text.itertext()) for text in ElementTree.fromstring(offered[key]["svg"]()).iter(TEXT)]
    assert set(cells) <= set(written)
    assert offered[key]["png"]().startswith(b"\x89PNG")


def test_the_rows_of_a_figure_are_the_bytes_that_the_page_of_its_rows_gives(sample_builds, monkeypatch, offered):
    monkeypatch.setattr(downloads, "may_load", lambda: True)
    monkeypatch.setattr(counted_rows, "may_load", lambda: True)
    monkeypatch.setattr(counted_rows, "offer", downloads.offer)
    open_page("modality", sample_builds, monkeypatch, centre="ETSINF")
    follow_link("passport", sample_builds, monkeypatch, metric="editions_offered", centre="ETSINF")
    rows = offered["modality-delivery"]["rows_csv"]()
    assert rows == offered["passport-rows0"]["csv"]()
    assert words("es")("download.restricted") in rows.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(offered["modality-mix"]["rows_zip"]())) as archive:
        assert archive.read("editions_offered-1.csv") == rows


def test_what_is_only_supposed_offers_no_rows(sample_builds, monkeypatch, offered):
    monkeypatch.setattr(downloads, "may_load", lambda: True)
    follow_link("funding", sample_builds, monkeypatch, part="what_if")
    assert tuple(offered["funding-simulation-targets"]) == FORMS
