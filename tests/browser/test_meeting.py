"""Meeting mode, in a real Chromium: the page as a PDF of one sheet, and what the browser itself prints."""

import io
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from analytics.words import words
from tests.browser.conftest import visit

pytestmark = pytest.mark.browser

SAYS = words("es")
PRESSED = "[data-testid=stSidebar], [data-testid=stMain] :is(button, input, select, textarea)"


def plain(text: str) -> str:
    """Without blanks: a PDF has them where its lines end, and narrow ones where the page has others."""
    return "".join(text.split())


def test_the_button_gives_one_sheet_with_the_title_and_the_headline_figures(page: Page, dashboard: str):
    visit(page, f"{dashboard}/modality")
    with page.expect_download() as caught:
        page.get_by_role("button", name=SAYS("one_page.button")).click()
    [sheet] = PdfReader(io.BytesIO(Path(caught.value.path()).read_bytes())).pages
    told = plain(sheet.extract_text())
    values = page.locator(".mc-card .mc-value").all_inner_texts()
    assert len(values) >= 3
    assert [text for text in (page.locator("h1").inner_text(), *values) if plain(text) not in told] == []


def test_the_print_of_the_browser_holds_nothing_to_press_and_no_title_alone_at_a_foot(page: Page, dashboard: str):
    visit(page, f"{dashboard}/modality")
    titles = {plain(text) for text in page.locator(".mc-title, .mc-section").all_inner_texts()}
    page.emulate_media(media="print")
    assert not [one for one in page.locator(PRESSED).all() if one.is_visible()]
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    lasts = [[plain(line) for line in sheet.extract_text().splitlines() if line.strip()][-1] for sheet in sheets]
    assert len(sheets) > 1 and titles
    assert not [last for last in lasts if any(title.endswith(last) for title in titles)]
    assert "".join(plain(sheet.extract_text()) for sheet in sheets).count(plain(SAYS("filter.open"))) == 0
