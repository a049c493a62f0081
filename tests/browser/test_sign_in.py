"""Signing in, in a real Chromium and with a provider of identities: who sees the pages, for how long, who loads."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from analytics.words import LANGUAGES, words
from benchmarks.servers import find_free_port
from tests.browser.conftest import serve, settle
from tests.browser.provider import CLIENT, provide

pytestmark = pytest.mark.browser

SECRETS = """
loaders = ["registro@upv.es"]
readers = ["@upv.es"]

[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a secret of the tests, long enough"
client_id = "{client}"
client_secret = "of the tests"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def guarded(sample_builds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """A dashboard whose secrets ask for sign-in, and its provider."""
    port, secrets = find_free_port(), tmp_path_factory.mktemp("secrets") / "secrets.toml"
    with provide() as provider:
        secrets.write_text(SECRETS.format(port=port, client=CLIENT, provider=provider.address))
        with serve(sample_builds, port, "--secrets.files", str(secrets)) as address:
            yield SimpleNamespace(address=address, provider=provider)


def sign_in(page: Page, guarded: SimpleNamespace, email: str, seconds: int = 3600, language: str = "es") -> None:
    guarded.provider.email, guarded.provider.seconds = email, seconds
    page.goto(f"{guarded.address}/?lang={language}")
    page.get_by_role("button", name=words(language)("sign_in.enter")).click()
    page.wait_for_url(re.compile(rf"{guarded.address}/?$"))
    settle(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_has_not_signed_in_sees_no_page(page, guarded, language):
    says = words(language)
    for name in ("", "modality", "data_quality"):
        page.goto(f"{guarded.address}/{name}?lang={language}")
        expect(page.locator(".mc-answer")).to_have_text(says("sign_in.signed_out"))
        settle(page)
        assert page.locator("h1").inner_text() == says("app.name")
        assert page.locator(".mc-card, .mc-footer, [data-testid=stSidebarNavLink]").count() == 0
        assert page.get_by_role("dialog").count() == 0


def test_whoever_signs_in_sees_the_pages_until_they_sign_out(page, guarded):
    says = words("es")
    sign_in(page, guarded, "Ana@upv.es")
    expect(page.locator("h1")).to_have_text(says("page.overview.title"))
    expect(page.get_by_test_id("stSidebar")).to_contain_text("Ana@upv.es")
    page.get_by_role("link", name=says("page.data_quality.nav")).first.click()
    expect(page.locator("h1")).to_have_text(says("page.data_quality.title"))
    settle(page)
    assert page.get_by_test_id("stFileUploader").count() == 0
    page.get_by_role("button", name=says("sign_in.leave")).click()
    expect(page.locator(".mc-answer")).to_have_text(says("sign_in.signed_out"), timeout=30_000)


def test_whoever_is_named_loads(page, guarded):
    sign_in(page, guarded, "registro@upv.es")
    page.get_by_role("link", name=words("es")("page.data_quality.nav")).first.click()
    expect(page.get_by_test_id("stFileUploader")).to_be_visible(timeout=30_000)


def test_when_the_token_has_expired_the_next_click_asks_to_sign_in_again(page, guarded):
    says = words("es")
    sign_in(page, guarded, "ana@upv.es", seconds=6)
    expect(page.locator("h1")).to_have_text(says("page.overview.title"))
    page.wait_for_timeout(6_000)
    page.get_by_role("link", name=says("page.modality.nav")).first.click()
    expect(page.locator(".mc-answer")).to_have_text(says("sign_in.expired"))
    assert page.locator(".mc-card").count() == 0


def test_an_account_that_is_in_no_list_is_told_whom_to_ask(page, guarded):
    says = words("es")
    sign_in(page, guarded, "ana@gva.es")
    expect(page.locator(".mc-answer")).to_have_text(says("sign_in.stranger"))
    expect(page.get_by_test_id("stMain").get_by_role("button", name=says("sign_in.leave"))).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_that_asks_to_sign_in_breaks_no_rule_of_accessibility(browser, guarded, scheme):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.goto(guarded.address)
    expect(page.locator(".mc-answer")).to_have_text(words("es")("sign_in.signed_out"))
    settle(page)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    broken = [(rule["id"], node["html"][:120]) for rule in found.response["violations"] for node in rule["nodes"]]
    context.close()
    assert broken == []
