"""A rerun and a filter change of each page in the browser, as ratios to the rerun of an empty Streamlit page."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from analytics.words import words
from benchmarks.ratios import Ratios
from benchmarks.servers import serve

ROOT = Path(__file__).parent.parent
PAGES = tuple(sorted(path.stem for path in (ROOT / "pages").glob("*.py")))
FIRST_PAGE = "overview"
REPETITIONS = 7
# After a filter was taken off, its charts are still being painted when its sentence has gone.
SETTLING_MS = 500
# The first times fill the caches of the server and compile the scripts of the browser.
WARMING_UP = 2
EMPTY_PAGE = "import streamlit as st\n\nst.text('empty')\n"
STOPWATCH = Path(__file__).with_name("stopwatch.js")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FILTER = "campus"
# What a page of ours writes last, and what the empty page writes.
WRITTEN = ":is(footer.mc-footer, .mc-failure, [data-testid='stText'])"
COLUMNS = ("page", "change", "ratio", "least–most", "ms", "empty ms")


@dataclass
class Timings:
    """Milliseconds of one kind of change, each with those of the empty page just before it."""

    page: str
    change: str
    ours: list[float] = field(default_factory=list)
    empty: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        ratios = Ratios.of(self.ours, self.empty)
        milliseconds = (f"{median(each):.0f}" for each in (self.ours, self.empty))
        return tell((self.page, self.change, ratios.median, ratios.spread, *milliseconds))


def compare_pages(pages: Sequence[str] = PAGES, repetitions: int = REPETITIONS) -> None:
    """Prints a row for the rerun of each page, and one for a change of its filter where it has filters."""
    print(tell(COLUMNS), flush=True)
    with open_servers() as (dashboard, empty), open_browser() as browser:
        nothing = open_tab(browser, empty)
        for name in pages:
            ours = open_tab(browser, f"{dashboard}/{'' if name == FIRST_PAGE else name}")
            for timings in time_page(name, ours, nothing, repetitions):
                print(timings, flush=True)
            ours.context.close()


def tell(cells: Sequence[str]) -> str:
    page, change, *figures = cells
    return f"{page:<14}{change:<8}" + "".join(f"{figure:>12}" for figure in figures)


@contextmanager
def open_servers() -> Iterator[tuple[str, str]]:
    """The addresses of the dashboard on the sample and of an empty page under the same configuration."""
    with TemporaryDirectory(prefix="benchmark-") as folder, ExitStack() as stack:
        builds, empty, key = (Path(folder, name) for name in ("builds", "empty", "pseudonym.key"))
        settings = {"PSEUDONYM_KEY_FILE": str(key), "MICROCREDENTIALS_BUILDS": str(builds)}
        command = [sys.executable, "-m", "etl", "data/sample", "--builds", str(builds)]
        subprocess.run(command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL, check=True)
        shutil.copytree(ROOT / ".streamlit", empty / ".streamlit")
        (empty / "empty.py").write_text(EMPTY_PAGE, encoding="utf-8")
        ours = stack.enter_context(serve(ROOT, "dashboard.py", settings))
        yield ours, stack.enter_context(serve(empty, "empty.py", settings))


@contextmanager
def open_browser() -> Iterator[Browser]:
    """The system's Chromium, or the one that Playwright brings."""
    system = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def open_tab(browser: Browser, address: str) -> Page:
    """A page that has been written to its end."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.add_init_script(path=STOPWATCH)
    page.goto(address)
    page.wait_for_selector(f'[data-testid="stApp"][data-test-script-state="notRunning"] {WRITTEN}')
    return page


def time_page(name: str, ours: Page, empty: Page, repetitions: int) -> Iterator[Timings]:
    yield repeat(Timings(name, "rerun"), partial(time_rerun, ours), empty, repetitions)
    if ours.get_by_role("button", name=words("es")("filter.open")).count():
        yield repeat(Timings(name, "filter"), partial(time_filter, ours), empty, repetitions)


def repeat(timings: Timings, change: Callable[[], float], empty: Page, repetitions: int) -> Timings:
    """A rerun of the empty page and the change of ours, again and again."""
    for number in range(WARMING_UP + repetitions):
        pair = time_rerun(empty), change()
        if number >= WARMING_UP:
            timings.empty.append(pair[0])
            timings.ours.append(pair[1])
    return timings


def time_rerun(page: Page) -> float:
    """The framework's own key for a rerun: the same on every page, and it changes nothing."""
    page.bring_to_front()
    page.evaluate("measureAfter('keydown')")
    page.keyboard.press("r")
    return page.evaluate("measured")


def time_filter(page: Page) -> float:
    """From the click on a value of the filter to the new figures; then the value is taken off again."""
    says = words("es")
    page.bring_to_front()
    opener = page.get_by_role("button", name=says("filter.open"))
    values = page.get_by_role("combobox", name=says.dimension(FILTER))
    opener.click()
    values.click()
    option = page.get_by_role("option").first
    filtered = page.locator(".mc-sentence", has_text=f"{says.dimension(FILTER)}: {option.inner_text()}")
    page.evaluate("measureAfter('click')")
    option.click()
    milliseconds = page.evaluate("measured")
    filtered.wait_for()
    page.keyboard.press("Backspace")
    filtered.wait_for(state="detached")
    page.keyboard.press("Escape")
    opener.click()
    values.wait_for(state="detached")
    page.wait_for_timeout(SETTLING_MS)
    return milliseconds
