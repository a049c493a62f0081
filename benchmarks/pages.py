"""A rerun of each page in the browser over that of an empty one, and its filter over painting the same figures."""

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
from benchmarks.figures import FIRST_PAGE, ROOT, prepare_figures
from benchmarks.ratios import Ratios
from benchmarks.servers import serve

PAGES = tuple(sorted(path.stem for path in (ROOT / "pages").glob("*.py")))
REPETITIONS = 7
# After a filter was taken off, its charts are still being painted when its sentence has gone.
SETTLING_MS = 500
# The first times fill the caches of the server and compile the scripts of the browser.
WARMING_UP = 2
EMPTY_PAGE = "import streamlit as st\n\nst.text('empty')\n"
STAND_IN = Path(__file__).with_name("stand_in.py")
STOPWATCH = Path(__file__).with_name("stopwatch.js")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FILTER = "campus"
# What a page of ours writes last, and what the empty page and the stand-in write.
WRITTEN = ":is(footer.mc-footer, .mc-failure, [data-testid='stText'])"
COLUMNS = ("page", "change", "ratio", "least–most", "ms", "bare ms")


@dataclass
class Timings:
    """Milliseconds of one kind of change, each with those of the bare page just before it."""

    page: str
    change: str
    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        ratios = Ratios.of(self.ours, self.bare)
        milliseconds = (f"{median(each):.0f}" for each in (self.ours, self.bare))
        return tell((self.page, self.change, ratios.median, ratios.spread, *milliseconds))


@dataclass(frozen=True)
class Addresses:
    """Of the dashboard, of an empty page, and of the page that stands in for each of ours (`?page=`)."""

    dashboard: str
    empty: str
    stand_in: str


def compare_pages(
    pages: Sequence[str] = PAGES, repetitions: int = REPETITIONS, builds: Path | None = None
) -> None:
    """Prints a row for the rerun of each page, and one for a change of its filter where it has filters.

    builds: a folder of builds to show instead of the sample.
    """
    print(tell(COLUMNS), flush=True)
    with open_servers(pages, builds) as addresses, open_browser() as browser:
        for name in pages:
            for timings in time_page(name, browser, addresses, repetitions):
                print(timings, flush=True)


def tell(cells: Sequence[str]) -> str:
    page, change, *figures = cells
    return f"{page:<14}{change:<8}" + "".join(f"{figure:>12}" for figure in figures)


@contextmanager
def open_servers(pages: Sequence[str], builds: Path | None) -> Iterator[Addresses]:
    """The dashboard, an empty page and the stand-in, each served under the same configuration."""
    with TemporaryDirectory(prefix="benchmark-") as folder, ExitStack() as stack:
        key, bare = Path(folder, "pseudonym.key"), Path(folder, "bare")
        builds = builds.resolve() if builds else Path(folder, "builds")
        settings = {"PSEUDONYM_KEY_FILE": str(key), "MICROCREDENTIALS_BUILDS": str(builds)}
        if not builds.exists():
            command = [sys.executable, "-m", "etl", "data/sample", "--builds", str(builds)]
            subprocess.run(command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL, check=True)
        shutil.copytree(ROOT / ".streamlit", bare / ".streamlit")
        (bare / "empty.py").write_text(EMPTY_PAGE, encoding="utf-8")
        shutil.copy(STAND_IN, bare)
        prepare_figures(pages, settings, FILTER, bare / "figures.pickle")
        places = (ROOT, "dashboard.py"), (bare, "empty.py"), (bare, STAND_IN.name)
        yield Addresses(*(stack.enter_context(serve(place, script, settings)) for place, script in places))


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


def time_page(name: str, browser: Browser, addresses: Addresses, repetitions: int) -> Iterator[Timings]:
    ours = open_tab(browser, f"{addresses.dashboard}/{'' if name == FIRST_PAGE else name}")
    empty = open_tab(browser, addresses.empty)
    yield repeat(Timings(name, "rerun"), partial(time_rerun, ours), partial(time_rerun, empty), repetitions)
    if ours.get_by_role("button", name=words("es")("filter.open")).count():
        stand_in = open_tab(browser, f"{addresses.stand_in}/?page={name}")
        yield repeat(Timings(name, "filter"), partial(time_filter, ours), partial(time_switch, stand_in), repetitions)
        stand_in.context.close()
    for tab in (ours, empty):
        tab.context.close()


def repeat(timings: Timings, ours: Callable[[], float], bare: Callable[[], float], repetitions: int) -> Timings:
    """The change of the bare page and that of ours, again and again."""
    for number in range(WARMING_UP + repetitions):
        pair = bare(), ours()
        if number >= WARMING_UP:
            timings.bare.append(pair[0])
            timings.ours.append(pair[1])
    return timings


def time_rerun(page: Page) -> float:
    """The framework's own key for a rerun: the same on every page, and it changes nothing."""
    page.bring_to_front()
    page.evaluate("measureAfter('keydown')")
    page.keyboard.press("r")
    return page.evaluate("measured")


def time_switch(page: Page) -> float:
    """From the click on the switch of the stand-in to its figures in the other state; then it is put back."""
    page.bring_to_front()
    switch = page.get_by_test_id("stCheckbox").locator("label")
    page.evaluate("measureAfter('click')")
    switch.click()
    milliseconds = page.evaluate("measured")
    switch.click()
    page.wait_for_timeout(SETTLING_MS)
    return milliseconds


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
