"""The funding pack from the page, in a real Chromium: made, downloaded as the command makes it, issued, traced."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from analytics.words import LANGUAGES, words
from reports.__main__ import main
from reports.issued import list_issued
from tests.browser.conftest import serve, settle, visit

pytestmark = pytest.mark.browser

MADE = 120_000  # milliseconds
LINK = "part=pack&period=2025-H2&as_of=2026-01-15&state=provisional"


@pytest.fixture(scope="module")
def builds(sample_builds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, in a folder where packs may be issued."""
    folder = tmp_path_factory.mktemp("builds_to_issue") / "builds"
    shutil.copytree(sample_builds, folder)
    return folder


@pytest.fixture(scope="module")
def address(builds: Path) -> Iterator[str]:
    with serve(builds) as address:
        yield address


def make(page: Page, address: str, language: str) -> None:
    visit(page, f"{address}/funding?{LINK}&lang={language}")
    page.locator(".st-key-pack_make button").click()
    page.wait_for_selector(".st-key-pack_zip button", timeout=MADE)
    settle(page)


def download(page: Page, key: str) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.locator(f".st-key-{key} button").click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def test_a_pack_is_made_downloaded_issued_and_downloaded_again(page, address, builds, tmp_path):
    says = words("es")
    make(page, address, "es")
    name, content = download(page, "pack_zip")
    asked = ["pack", "--period", "2025-H2", "--as-of", "2026-01-15", "--state", "provisional", "--out", str(tmp_path)]
    assert main([*asked, "--builds", str(builds)]) == 0
    assert content == (tmp_path / name).read_bytes()
    assert download(page, "pack_pdf")[1].startswith(b"%PDF")
    assert download(page, "pack_xlsx")[0] == name.replace(".zip", ".xlsx")
    page.locator(".st-key-pack_issue button").click()
    page.locator(".st-key-pack_issue_now button").click()
    expect(page.locator(".mc-note", has_text=hashlib.sha256(content).hexdigest())).to_be_visible(timeout=30_000)
    assert [one.name for one in list_issued(builds)] == [name.removesuffix(".zip")]
    settle(page)
    assert download(page, "issued_zip") == (name, content)
    page.locator(".st-key-issued_proof button").click()
    expect(page.get_by_text("idénticos byte a byte")).to_be_visible(timeout=MADE)
    assert says("funding_pack.issued_title", 1) in page.locator("[data-testid=stMain]").inner_text()
    assert not page.strays


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pack_and_its_preview_are_accessible_and_its_pages_are_turned(language, page, address):
    make(page, address, language)
    assert Axe().run(page).response["violations"] == []
    paper = page.locator(".st-key-pack_paper img")
    first = paper.get_attribute("src")
    page.locator(".st-key-pack_page_after button").click()
    expect(page).to_have_url(re.compile("page=2"), timeout=30_000)
    settle(page)
    expect(paper).to_have_count(1)
    expect(paper).to_have_attribute("alt", re.compile(r"\b2\b"))
    assert paper.get_attribute("src") != first


def test_a_figure_of_the_form_leads_to_its_rows(page, address):
    make(page, address, "en")
    page.get_by_role("tab").nth(1).click()
    link = page.get_by_role("tabpanel").get_by_role("link", name=re.compile(r"^\d-[0-9A-Z]{7}$")).first
    code = link.inner_text()
    link.click()
    settle(page)
    expect(page).to_have_url(re.compile(f"passport.*{code}"))
    expect(page.get_by_text(words("en")("page.passport.query"), exact=True)).to_be_visible()
    assert code in page.locator(".mc-facts").inner_text()
    assert Axe().run(page).response["violations"] == []


def test_a_headline_figure_leads_to_its_rows_with_the_filters(page, address):
    visit(page, f"{address}/?campus=Vera")
    card = page.locator(".mc-card").first
    value = card.locator(".mc-value").inner_text()
    card.locator(".mc-trace").click()
    settle(page)
    expect(page).to_have_url(re.compile(r"passport\?.*campus=Vera"))
    assert value in page.locator(".mc-answer").inner_text()
