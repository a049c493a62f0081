"""Loading from the page, in a real Chromium: a corrected file is published and undone, a wrong one refused."""

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from analytics.words import LANGUAGES, words
from etl.builds import current_build
from etl.sentences import load_sentences
from tests.browser.conftest import serve, settle, visit
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

ENGLISH = re.compile(r"\b(Upload|Browse|Drag and drop|per file|Limit)\b")
ZONE = "[data-testid=stFileUploaderDropzone"
OVERLAY = f"{ZONE}] > :has(+ * + {ZONE}Instructions]):not(input)"
DRAG = """zone => {
    const files = new DataTransfer();
    files.items.add(new File(["1"], "a.csv", {type: "text/csv"}));
    zone.dispatchEvent(new DragEvent("dragenter", {bubbles: true, dataTransfer: files}));
}"""
HURRY = "import etl.upload_guard as guard; guard.SECONDS_OF_GRACE = 1; guard.SECONDS_BETWEEN_LOOKS = 0.2"
PREPARED = 60_000  # milliseconds


@pytest.fixture(scope="module")
def builds(sample_builds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, in a folder that may be published to."""
    folder = tmp_path_factory.mktemp("builds_to_load") / "builds"
    shutil.copytree(sample_builds, folder)
    return folder


@pytest.fixture(scope="module")
def loading(builds: Path) -> Iterator[str]:
    with serve(builds) as address:
        yield address


def review(page: Page, address: str, path: Path, language: str = "es") -> None:
    """As a reader: choose a file, and have it reviewed."""
    visit(page, f"{address}/data_quality?lang={language}")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    page.get_by_role("button", name=words(language)("upload.review")).click()
    page.wait_for_selector(".st-key-upload_publish button, .mc-step-failed", timeout=PREPARED)
    settle(page)


def write_without(tmp_path: Path, lines: slice) -> Path:
    """The first file of enrolments of the sample without some of its lines."""
    path = tmp_path / "matriculas_2025.csv"
    content = (ROOT / "data" / "sample" / path.name).read_bytes().splitlines(keepends=True)
    del content[lines]
    path.write_bytes(b"".join(content))
    return path


def accepted(page: Page) -> str:
    """The headline of the rows that were accepted."""
    return page.locator(".mc-value").nth(1).inner_text()


def test_a_corrected_file_is_reviewed_published_and_undone(page, loading, builds, tmp_path):
    says = words("es")
    build = current_build(builds)
    visit(page, f"{loading}/data_quality")
    before = accepted(page)
    review(page, loading, write_without(tmp_path, slice(100, 200)))
    stages = page.locator(".st-key-upload_stages")
    expect(stages).to_contain_text(says("upload.understood", 1))
    expect(stages).to_contain_text("catálogo (catalogo_microcredenciales.csv)")
    expect(stages).to_contain_text(re.compile(r"Cambiarían \d+ de las cifras principales\."))
    expect(stages).to_contain_text("Por qué: ")
    assert current_build(builds) == build
    page.get_by_role("button", name=says("upload.publish")).click()
    expect(page.locator(".mc-note", has_text=says("upload.published"))).to_be_visible(timeout=PREPARED)
    settle(page)
    assert current_build(builds).sequence == build.sequence + 1
    assert accepted(page) != before
    page.locator(f".st-key-undo_{build.build_id} button").click()
    expect(page.locator(".mc-note", has_text=says("undo.done", load=build.build_id))).to_be_visible(timeout=PREPARED)
    settle(page)
    assert accepted(page) == before
    assert current_build(builds).build_id == build.build_id
    assert page.strays == []


def test_the_first_load_of_all_is_made_from_the_page_and_then_every_page_works(page, tmp_path):
    says = words("va")
    with serve(tmp_path / "none yet") as address:
        visit(page, f"{address}/?lang=va")
        page.get_by_test_id("stMain").get_by_role("link", name=says("no_build.link")).click()
        expect(page.locator(".mc-section")).to_have_text(says("upload.first_title"))
        paths = [path for path in (ROOT / "data" / "sample").iterdir() if path.suffix in (".csv", ".xlsx")]
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(paths)
        page.get_by_role("button", name=says("upload.review")).click()
        expect(page.locator(".st-key-upload_stages")).to_contain_text(
            says("upload.first_figures", day="15-02-2026"), timeout=PREPARED
        )
        page.locator(".st-key-upload_publish button").click()
        expect(page.locator(".mc-note", has_text=says("upload.published"))).to_be_visible(timeout=PREPARED)
        page.get_by_role("link", name=says("page.modality.nav")).click()
        expect(page.locator("h1")).to_have_text(says("page.modality.title"))
        settle(page)
        assert page.locator(".mc-empty").count() == 0
        assert page.locator(".mc-card").count() >= 3
    assert page.strays == []


def test_rows_that_stay_out_have_to_be_seen_before_publishing(page, loading, builds, tmp_path):
    path, build = write_without(tmp_path, slice(0, 0)), current_build(builds)
    lines = path.read_bytes().splitlines(keepends=True)
    course = lines[0].split(b";").index(b"ID_CURSO")
    for at in range(1, 301):
        cells = lines[at].split(b";")
        lines[at] = b";".join([*cells[:course], b"999999", *cells[course + 1 :]])
    path.write_bytes(b"".join(lines))
    review(page, loading, path)
    publish = page.locator(".st-key-upload_publish button")
    expect(publish).to_be_disabled()
    page.get_by_test_id("stCheckbox").get_by_text(re.compile(r"He visto cuántas filas de matriculas_2025\.csv")).click()
    expect(publish).to_be_enabled()
    page.locator(".st-key-upload_leave button").click()
    expect(page.locator(".mc-note", has_text=words("es")("upload.left"))).to_be_visible(timeout=PREPARED)
    assert current_build(builds) == build


def test_nothing_is_left_of_an_upload_whose_reader_closes_the_browser(browser, sample_builds, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serve(sample_builds, before=HURRY) as address:
        page = browser.new_context().new_page()
        visit(page, f"{address}/data_quality")
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(write_without(tmp_path, slice(0, 0)))
        page.get_by_role("button", name=words("es")("upload.review")).click()
        expect(page.locator(".mc-step-now")).not_to_contain_text("1.")
        (folder,) = tmp_path.glob("microcredentials-upload-*")
        page.context.close()
        deadline = time.monotonic() + 30
        while folder.exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        assert not folder.exists()


def test_a_refused_file_says_where_and_what_to_do_and_the_current_load_stays(page, loading, builds, tmp_path):
    path, build = write_without(tmp_path, slice(0, 0)), current_build(builds)
    text = path.read_bytes().decode("cp1252")
    path.write_bytes(text.replace(";Matriculado;", ";Inventado;").encode("cp1252"))
    review(page, loading, path)
    stages = page.locator(".st-key-upload_stages")
    expect(stages).to_contain_text("matriculas_2025.csv: ")
    expect(stages).to_contain_text(re.compile(r"la primera en la línea \d+\)"))
    expect(stages).to_contain_text("Añada esas palabras a la lista del formato o corrija la exportación.")
    expect(stages).to_contain_text(words("es")("upload.current_stays"))
    assert page.get_by_role("button", name=words("es")("upload.publish")).count() == 0
    assert current_build(builds) == build


def test_a_file_that_is_no_export_is_refused_at_once(page, loading, tmp_path):
    path = tmp_path / "raro.csv"
    path.write_text("esto;no;es\n1;2;3\n")
    review(page, loading, path, "en")
    sentence = load_sentences("en").say_file("header_not_found", {"rows": 30, "best": 0})
    expect(page.locator(".st-key-upload_stages")).to_contain_text(sentence)
    assert page.locator(".mc-step-failed").inner_text() == "2. Understand (cannot go on)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_uploader_speaks_the_language_of_the_reader(page, loading, language):
    says = words(language)
    visit(page, f"{loading}/data_quality?lang={language}")
    uploader = page.get_by_test_id("stFileUploader")
    assert not ENGLISH.search(uploader.inner_text())
    page.get_by_test_id("stFileUploaderDropzone").evaluate(DRAG)
    expect(page.locator(OVERLAY)).to_be_visible()
    assert not ENGLISH.search(uploader.inner_text())
    shown = page.locator(OVERLAY).evaluate("element => getComputedStyle(element, '::after').content")
    assert shown == f'"{says("upload.drop")}"'
    button = uploader.get_by_role("button")
    assert button.evaluate("element => getComputedStyle(element, '::after').content") == f'"{says("upload.button")}"'
    assert uploader.get_by_role("button", name=says("upload.button")).count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_review_breaks_no_rule_of_accessibility_and_fits_a_telephone(browser, loading, tmp_path, scheme):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    review(page, loading, write_without(tmp_path, slice(100, 200)))
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    broken = [(rule["id"], node["html"][:120]) for rule in found.response["violations"] for node in rule["nodes"]]
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    context.close()
    assert broken == []
    assert widths[0] <= widths[1]
