"""Every page, in every language, with the sample, with a catalogue alone, and with no build at all."""

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.words import LANGUAGES, words
from tests.analytics.small_build import publish_small_build
from tests.conftest import ROOT

PAGES = tuple(sorted(path.stem for path in (ROOT / "pages").glob("*.py")))
# A key that was shown instead of its words: page.modality.title, metric.online_share.name …
RAW_KEY = re.compile(r"\b(page|metric|value|dimension|figure|filter|status|target|source)\.[a-z_]+\.?[a-z_]*")
TEXTS = ("markdown", "caption", "text", "error", "warning", "info")
MARKUP = re.compile(r"<[^>]+>|href='[^']*'")
UNBROKEN = re.compile(r"<span class='mc-whole'>([^<]*)</span>")


def open_page(page: str, builds: Path, monkeypatch: pytest.MonkeyPatch, **link: str) -> AppTest:
    """The page as a reader with that link sees it."""
    monkeypatch.setenv("MICROCREDENTIALS_BUILDS", str(builds))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    return app.switch_page(f"pages/{page}.py").run() if page != "overview" else app


def follow_link(page: str, builds: Path, monkeypatch: pytest.MonkeyPatch, **link: str) -> AppTest:
    """The page with a link that says what only this page understands; another page would drop it."""
    app = open_page("overview", builds, monkeypatch, **link)
    app.session_state["link"] = {key: [value] for key, value in link.items()}
    return app.switch_page(f"pages/{page}.py").run()


def failures(app: AppTest) -> list[str]:
    """What the dashboard says instead of a traceback, in any language; and what it could not catch."""
    shown = " ".join(texts(app))
    return [title for code in LANGUAGES if (title := words(code)("error.title")) in shown] + list(app.exception)


def texts(app: AppTest) -> list[str]:
    """Every text of the page, without its markup."""
    found = [element.proto.body for element in app.get("html")]
    found += [element.value for kind in TEXTS for element in app.get(kind)]
    written = [UNBROKEN.sub(r"\1", text) for text in found if not text.lstrip().startswith("<style")]
    return [unescape(MARKUP.sub(" ", text)) for text in written]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_the_sample(page, language, sample_builds, monkeypatch):
    app = open_page(page, sample_builds, monkeypatch, lang=language)
    assert not failures(app)
    shown = texts(app)
    assert words(language)(f"page.{page}.title") in shown[0] + shown[1] + shown[2]
    assert words(language)("sample.note") in " ".join(shown)
    assert not [text for text in shown if RAW_KEY.search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_a_catalogue_alone(page, language, catalogue_builds, monkeypatch):
    app = open_page(page, catalogue_builds, monkeypatch, lang=language)
    assert not failures(app)
    assert words(language)(f"page.{page}.title") in " ".join(texts(app))
    assert words(language)("sample.note") not in " ".join(texts(app))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_that_there_is_no_build_and_what_to_do(page, language, tmp_path, monkeypatch):
    app = open_page(page, tmp_path, monkeypatch, lang=language)
    assert not failures(app)
    assert words(language)("no_build.title") in " ".join(texts(app))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_survives_filters_that_leave_nothing(page, sample_builds, monkeypatch):
    app = open_page(page, sample_builds, monkeypatch, campus="Gandia", eqf_level="7", delivery="blended")
    assert not failures(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_survives_a_cut_off_before_anything_happened(page, sample_builds, monkeypatch):
    app = open_page(page, sample_builds, monkeypatch, as_of="2025-09-10")
    assert not failures(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_survives_a_link_with_values_that_do_not_exist(page, sample_builds, monkeypatch):
    link = {"campus": "Marte", "as_of": "ayer", "lang": "xx", "split": "nada", "edition": "0/0"}
    app = open_page(page, sample_builds, monkeypatch, **link)
    assert not failures(app)
    assert words("es")(f"page.{page}.title") in " ".join(texts(app))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_that_every_build_is_damaged(language, tmp_path, monkeypatch):
    for path in [publish_small_build(tmp_path, edition=[{}]).path, tmp_path / "current.json"]:
        path.chmod(0o644)
        path.write_bytes(b"damaged")
    shown = " ".join(texts(open_page("overview", tmp_path, monkeypatch, lang=language)))
    assert words(language)("no_build.damaged") in shown


def test_a_page_says_that_the_last_good_build_is_shown(tmp_path, monkeypatch):
    publish_small_build(tmp_path, "20260101T080000Z-00000001", edition=[{}])
    newest = publish_small_build(tmp_path, "20260102T080000Z-00000002", edition=[{}])
    newest.path.chmod(0o644)
    newest.path.write_bytes(b"damaged")
    shown = " ".join(texts(open_page("modality", tmp_path, monkeypatch)))
    assert "20260101T080000Z-00000001" in shown
    assert words("es")("page.modality.title") in shown
