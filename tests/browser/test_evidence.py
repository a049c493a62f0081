"""Asking the centres, in a real Chromium: the list follows the link, and the spreadsheets come down."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from analytics.words import words
from tests.browser.conftest import settle, visit

pytestmark = pytest.mark.browser


def test_the_order_and_what_is_missing_live_in_the_link(page, dashboard):
    visit(page, f"{dashboard}/evidence?order=deadline&lacks=endorsement")
    title = page.locator(".mc-title").last.inner_text()
    says = words("es")
    assert says("reason.no_endorsement") in page.locator(".mc-table").last.inner_text()
    page.get_by_text(says("page.evidence.order.worth"), exact=True).click()
    page.wait_for_url(lambda url: "order" not in url)
    settle(page)
    assert page.locator(".mc-title").last.inner_text() == title


def test_every_centre_has_a_spreadsheet_in_the_archive(page, dashboard):
    says = words("es")
    visit(page, f"{dashboard}/evidence")
    with page.expect_download() as caught:
        page.get_by_role("button", name=re.compile(r"hojas \(ZIP\)")).click()
    with zipfile.ZipFile(Path(caught.value.path())) as archive:
        names = archive.namelist()
        sheet = openpyxl.load_workbook(io.BytesIO(archive.read(names[0]))).active
    assert len(names) > 1
    assert caught.value.suggested_filename == "evidence-2026-02-15.zip"
    assert says("evidence.column.answer") in [cell.value for row in sheet.iter_rows(max_row=10) for cell in row]
    assert page.strays == []


def test_the_spreadsheet_of_a_centre_is_chosen_by_its_name(page, dashboard):
    visit(page, f"{dashboard}/evidence?to_centre=ETSIE&lang=en")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Sheet for ETSIE").click()
    assert caught.value.suggested_filename == "evidence-ETSIE-2026-02-15.xlsx"
