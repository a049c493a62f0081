"""Saved views, in a real Chromium: kept, opened by a link in another language, changed and left."""

import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from analytics.saved_views import read_views
from analytics.words import words
from tests.browser.conftest import serve, settle, visit

pytestmark = pytest.mark.browser

SAYS = words("es")


@pytest.fixture(scope="module")
def own_builds(sample_builds, tmp_path_factory):
    """The sample in a folder of its own, so that nobody else's page opens on these views."""
    folder = tmp_path_factory.mktemp("views") / "builds"
    shutil.copytree(sample_builds, folder)
    return folder


@pytest.fixture(scope="module")
def address(own_builds):
    with serve(own_builds) as served:
        yield served


def open_views(page: Page) -> None:
    page.get_by_role("button", name=SAYS("view.views")).click()


def test_a_view_is_kept_opened_in_another_language_changed_and_left(page, address, own_builds):
    visit(page, f"{address}/trends?campus=Alcoi")
    open_views(page)
    page.get_by_label(SAYS("view.name")).fill("Alcoi para el consejo")
    page.get_by_role("button", name=SAYS("view.keep_do")).click()
    page.wait_for_url(re.compile(r"trends\?view=[\w-]+$"))
    (view,) = read_views(own_builds)
    assert (view.page, view.choices) == ("trends", {"campus": ["Alcoi"]})
    assert not [found for found in Axe().run(page).response["violations"] if found["impact"] in {"serious", "critical"}]

    visit(page, f"{address}/trends?view={view.key}&lang=en")
    assert "Campus: Alcoi" in page.locator(".mc-sentence").inner_text()
    leave = page.get_by_role("button", name=words("en")("view.on", name="Alcoi para el consejo"))
    page.get_by_role("button", name="Campus: Alcoi").click()
    page.wait_for_url(lambda url: "view=" not in url)
    settle(page)
    expect(leave).to_have_count(0)
    assert "Campus" not in page.locator(".mc-sentence").inner_text()


def test_a_home_is_opened_by_an_address_that_says_nothing_and_left_with_one_click(page, address):
    visit(page, f"{address}/modality?delivery_group=online")
    open_views(page)
    page.get_by_label(SAYS("view.name")).fill("Solo en línea")
    page.get_by_role("button", name=SAYS("view.keep_do")).click()
    page.get_by_role("button", name=SAYS("view.home")).click()
    expect(page.get_by_text(SAYS("view.made_home"))).to_be_visible()
    visit(page, f"{address}/modality")
    leave = page.get_by_role("button", name=SAYS("view.on", name="Solo en línea"))
    leave.click()
    page.wait_for_url(lambda url: "view=" not in url)
    settle(page)
    expect(leave).to_have_count(0)
    assert "En línea" not in page.locator(".mc-sentence").inner_text()
