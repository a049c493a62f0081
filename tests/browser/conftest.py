"""A dashboard as the README starts it, and a real Chromium in front of it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.servers import STOP_SECONDS, find_free_port, wait_for
from tests.conftest import ROOT

# Chromium's own errands are refused here, so that every request that leaves the page is the page's.
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def serve(builds: Path, port: int | None = None, *options: str, before: str = "") -> Iterator[str]:
    """The address of a dashboard on those builds. before: a statement for the server, to hurry what takes minutes."""
    port = port or find_free_port()
    start = f"{before}\nimport streamlit.web.cli; streamlit.web.cli.main()"
    command = [sys.executable, "-c", start, "run", "dashboard.py", "--server.port", str(port), *options]
    environment = os.environ | {"MICROCREDENTIALS_BUILDS": str(builds)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


@pytest.fixture(scope="session")
def dashboard(sample_builds: Path) -> Iterator[str]:
    with serve(sample_builds) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    system = next((found for name in NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def open_page(browser: Browser, look: str = "light") -> Iterator[Page]:
    """A reader with an empty browser, in light or dark or on a telephone. `page.strays`: requests that left."""
    size = {"width": 390, "height": 844} if look == "telephone" else {"width": 1440, "height": 900}
    scheme = "dark" if look == "dark" else "light"
    context = browser.new_context(viewport=size, color_scheme=scheme, accept_downloads=True)
    page = context.new_page()
    page.strays = []
    page.on("request", lambda request: _is_local(request.url) or page.strays.append(request.url))
    yield page
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with open_page(browser) as page:
        yield page


def _is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


def visit(page: Page, address: str) -> None:
    """Open an address and wait until the page is whole: its footer is written last."""
    page.goto(address)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the page has been written to its end and nothing is running."""
    page.wait_for_selector("footer.mc-footer, .mc-failure, .mc-empty", timeout=30_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
