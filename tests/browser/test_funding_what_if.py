"""The simulation in a real Chromium: the link opens it, its band stays in sight, its files say what they are."""

import csv
import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from analytics.words import words
from tests.browser.conftest import settle, visit

pytestmark = pytest.mark.browser
LINK = "funding?part=what_if&until=2026-06-30&youngest=18"


def test_a_link_opens_the_simulation_and_a_lever_changes_it(page, dashboard):
    visit(page, f"{dashboard}/{LINK}")
    before = page.locator(".st-key-simulation .mc-value").all_inner_texts()
    page.get_by_role("combobox", name=words("es")("funding_what_if.lever.completion")).click()
    page.get_by_role("option", name="100").click()
    page.wait_for_url(lambda url: "completion=1" in url)
    settle(page)
    assert page.locator(".st-key-simulation .mc-value").all_inner_texts() != before
    assert page.strays == []


def test_the_levers_go_back_to_rest_and_leave_the_link(page, dashboard):
    says = words("es")
    visit(page, f"{dashboard}/{LINK}")
    page.get_by_role("button", name=says("funding_what_if.lever.reset")).click()
    page.wait_for_url(lambda url: "until" not in url and "youngest" not in url and "part=what_if" in url)
    settle(page)
    assert page.get_by_role("button", name=says("funding_what_if.lever.reset")).is_disabled()
    official = page.locator(".mc-value").all_inner_texts()
    assert official[:3] == official[4:7]  # the headlines of the page, then those of the simulation at rest


def test_the_band_stays_in_sight_and_heads_the_file(page, dashboard):
    says = words("es")
    visit(page, f"{dashboard}/{LINK}")
    page.locator('[data-testid="stMain"]').evaluate("part => part.scrollTo(0, 1800)")
    page.wait_for_timeout(300)
    box = page.locator(".mc-band").bounding_box()
    assert 0 <= box["y"] < 200
    part = page.locator(".st-key-simulation")
    part.get_by_role("radio", name=says("figure.download")).first.click()
    with page.expect_download() as caught:
        part.get_by_role("button", name="CSV").first.click()
    rows = list(csv.reader(io.StringIO(Path(caught.value.path()).read_text("utf-8-sig")), delimiter=";"))
    assert rows[0] == [says("funding_what_if.band")]
    assert "18" in rows[1][0]
    assert "simulation" in caught.value.suggested_filename


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_simulation_breaks_no_rule_of_accessibility(browser, dashboard, scheme):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    visit(page, f"{dashboard}/{LINK}")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    broken = [(rule["id"], node["html"][:120]) for rule in found.response["violations"] for node in rule["nodes"]]
    context.close()
    assert broken == []


def test_the_simulation_is_no_wider_than_a_telephone(browser, dashboard):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    visit(page, f"{dashboard}/{LINK}")
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    context.close()
    assert widths[0] <= widths[1]
