"""What a reader does, in a real Chromium: opens every page, filters, switches language, shares a link, downloads."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from analytics.words import words
from etl.load import load
from tests.browser.conftest import open_page, serve, settle, visit
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

PAGES = tuple(sorted(path.stem for path in (ROOT / "pages").glob("*.py")))
CODES = {"es": "es", "va": "ca-valencia", "en": "en"}
HOSTILE = "![x](http://example.invalid/a.png) [y](javascript:alert(1)) :red[z] <b>w</b> http://example.invalid/b"
# A value in the query of a link to a page of ours is written %2F%2F and leads nowhere else.
INTERPRETED = "img[src*='example.invalid'], a[href*='//example.invalid'], a[href^='javascript']"


def address(dashboard: str, page: str, link: str = "") -> str:
    return f"{dashboard}/{'' if page == 'overview' else page}{link}"


@pytest.mark.parametrize(("language", "look"), [("es", "light"), ("va", "dark"), ("en", "telephone")])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_everybody_and_nothing_leaves_the_browser(browser, dashboard, name, language, look):
    with open_page(browser, look) as page:
        visit(page, address(dashboard, name, f"?lang={language}"))
        assert page.locator("h1").inner_text() == words(language)(f"page.{name}.title")
        assert page.locator(".mc-answer").count() == 1
        assert page.locator(".mc-failure").count() == 0
        assert page.evaluate("document.documentElement.lang") == CODES[language]
        assert page.strays == []
        if look == "telephone":
            widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
            assert widths[0] <= widths[1]
        else:
            found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
            assert [(rule["id"], node["html"]) for rule in found.response["violations"] for node in rule["nodes"]] == []


def test_the_first_address_of_a_new_server_may_be_any_page(page, sample_builds):
    with serve(sample_builds) as fresh:
        visit(page, f"{fresh}/teaching?lang=en")
        assert page.locator("h1").inner_text() == words("en")("page.teaching.title")


def test_the_first_page_is_also_served_by_its_name_with_what_the_link_says(page, dashboard):
    visit(page, f"{dashboard}/overview?campus=Alcoi&lang=en")
    page.wait_for_url(re.compile(r"//[^/]+/\?"))
    settle(page)
    assert page.locator("h1").inner_text() == words("en")("page.overview.title")
    assert "Campus: Alcoi" in page.locator(".mc-sentence").inner_text()
    assert page.get_by_role("dialog").count() == 0
    assert words("en")("page.overview.nav") in page.get_by_test_id("stSidebarNav").inner_text()
    assert page.get_by_test_id("stSidebarNav").get_by_role("link").count() == len(PAGES)


def test_a_filter_changes_the_answer_and_lives_in_the_link(page, dashboard):
    visit(page, f"{dashboard}/modality")
    before = page.locator(".mc-answer").inner_text()
    page.get_by_role("button", name=words("es")("filter.open")).click()
    page.get_by_role("combobox", name="Campus").click()
    page.get_by_role("option", name="Alcoi").click()
    page.wait_for_url(re.compile(r"campus=Alcoi"))
    page.keyboard.press("Escape")
    settle(page)
    assert page.locator(".mc-answer").inner_text() != before
    assert "Campus: Alcoi" in page.locator(".mc-sentence").inner_text()


def test_a_shared_link_opens_the_same_figures_in_another_language(page, dashboard):
    visit(page, f"{dashboard}/modality?campus=Alcoi&as_of=2026-01-31")
    spanish = page.locator(".mc-value").all_inner_texts()
    visit(page, f"{dashboard}/modality?campus=Alcoi&as_of=2026-01-31&lang=en")
    english = page.locator(".mc-value").all_inner_texts()
    assert [re.sub(r"\D", "", text) for text in spanish] == [re.sub(r"\D", "", text) for text in english]
    assert "31-01-2026" in page.locator(".mc-sentence").inner_text()


def test_a_filter_is_taken_off_by_its_button(page, dashboard):
    visit(page, f"{dashboard}/modality?campus=Alcoi")
    page.get_by_role("button", name="Campus: Alcoi").click()
    page.wait_for_url(lambda url: "campus" not in url)
    settle(page)
    assert words("es")("filter.everything") in page.locator(".mc-sentence").inner_text()


def test_a_filter_that_was_taken_off_does_not_come_back(page, dashboard):
    visit(page, f"{dashboard}/modality")
    page.get_by_role("button", name=words("es")("filter.open")).click()
    page.get_by_role("combobox", name="Campus").click()
    page.get_by_role("option", name="Alcoi").click()
    page.wait_for_url(re.compile(r"campus=Alcoi"))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    settle(page)
    page.get_by_role("button", name="Campus: Alcoi").click()
    page.wait_for_url(lambda url: "campus" not in url)
    page.get_by_role("radio", name="Valencià").click()
    page.wait_for_url(re.compile("lang=va"))
    settle(page)
    assert "Alcoi" not in page.locator(".mc-sentence").inner_text()
    assert "campus" not in page.url


def test_a_choice_follows_the_reader_to_the_next_page(page, dashboard):
    visit(page, f"{dashboard}/modality?campus=Alcoi&as_of=2026-01-31")
    page.locator('[data-testid="stSidebarNav"]').get_by_text(words("es")("page.teaching.nav")).click()
    page.wait_for_url(re.compile(r"teaching\?.*campus=Alcoi"))
    settle(page)
    sentence = page.locator(".mc-sentence").inner_text()
    assert "Campus: Alcoi" in sentence
    assert "31-01-2026" in sentence


def test_the_language_is_switched_and_kept(page, dashboard):
    visit(page, f"{dashboard}/modality")
    page.get_by_role("radio", name="Valencià").click()
    page.wait_for_url(re.compile("lang=va"))
    settle(page)
    assert page.locator("h1").inner_text() == words("va")("page.modality.title")
    page.locator('[data-testid="stSidebarNav"]').get_by_text(words("va")("page.teaching.nav")).click()
    page.wait_for_url(re.compile(r"teaching\?.*lang=va"))


def test_the_face_of_a_figure_stays_when_a_filter_changes_and_its_chart_comes_back_whole(page, dashboard):
    says = words("es")
    visit(page, f"{dashboard}/modality?campus=Vera")
    table, chart = page.locator(".mc-table").first, page.locator(".js-plotly-plot").first
    width = chart.bounding_box()["width"]
    page.get_by_role("radio", name=says("figure.chart")).first.focus()
    page.keyboard.press("ArrowRight")
    assert table.is_visible() and not chart.is_visible()
    page.get_by_role("button", name="Campus: Vera").click()
    page.wait_for_url(lambda address: "campus" not in address)
    settle(page)
    assert table.is_visible() and not chart.is_visible()
    page.get_by_role("radio", name=says("figure.chart")).first.click()
    chart.locator(".bartext").first.wait_for()
    assert chart.bounding_box()["width"] == width


def test_a_figure_downloads_as_csv_and_as_a_spreadsheet(page, dashboard):
    says = words("es")
    visit(page, f"{dashboard}/modality?campus=Vera")
    page.get_by_role("radio", name=says("figure.download")).first.click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="CSV").first.click()
    content = Path(caught.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert "Campus: Vera" in rows[1][0]
    assert any(row and row[0] == "Ediciones" for row in rows)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Excel").first.click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(caught.value.path()).read_bytes())).active
    assert "Campus: Vera" in sheet["A2"].value


def test_a_number_is_opened_with_the_keyboard_and_its_figure_downloads_the_same_rows(page, dashboard):
    says = words("es")
    visit(page, f"{dashboard}/modality?campus=Vera")
    figure = page.locator(".st-key-mc-figure-modality-delivery")
    figure.get_by_role("radio", name=says("figure.download")).click()
    with page.expect_download() as caught:
        figure.get_by_role("button", name=says("download.rows_csv")).click()
    rows = Path(caught.value.path()).read_bytes().decode("utf-8-sig").split("\r\n\r\n")[1].strip().split("\r\n")[1:]
    figure.get_by_role("radio", name=says("figure.table")).click()
    number = figure.locator("a.mc-trace").first
    shown = number.inner_text()
    number.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"passport\?.*cut=delivery"))
    settle(page)
    assert f"]: {shown}. " in page.locator(".mc-answer").inner_text()
    held = page.get_by_test_id("stMainBlockContainer").get_by_test_id("stButtonGroup")
    value = held.inner_text().partition(": ")[2].strip()
    assert sum(f";{value};" in row for row in rows) == int(shown)
    held.get_by_role("button").click()
    page.wait_for_url(lambda address: "cut" not in address)
    settle(page)
    assert f": {len(rows)}. " in page.locator(".mc-answer").inner_text()


def test_words_of_the_exports_are_shown_literally(page, tmp_path):
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "catalogo.csv").write_text(
        "ID_CURSO;EDICION;DENOMINACION;MODALIDAD;HORAS;CREDITOS_ECTS;FECHA_INICIO;CAMPUS;CENTRO\n"
        f"100001;1;{HOSTILE};Online;20;2,0;03/11/2025;{HOSTILE};{HOSTILE}\n",
        encoding="utf-8",
    )
    load(exports, tmp_path / "builds", lambda name, rows: None)
    with serve(tmp_path / "builds") as hostile:
        for name in PAGES:
            visit(page, address(hostile, name, "?course=100001"))
            assert page.locator(INTERPRETED).count() == 0
        assert page.strays == []


