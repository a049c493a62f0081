"""The public pack: what few people could be worked out from is not in it, in none of its files."""

import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pypdf
import pytest

from analytics.periods import HalfYear
from analytics.privacy import Symbol
from reports.content import Chart, Figures, Grid
from reports.disclosure import HARMLESS, INDICATORS, PRINTED, PROTECTED
from reports.issued import CannotIssue, issue
from reports.pack import make_pack
from reports.package import NotAPack, read_manifest, read_members, write_zip
from reports.proof import verify
from reports.public_counts import BY_COURSE, FUNNEL, PARTICIPANTS, RIGHTS, TARGETS, YOUNG
from tests.analytics.small_build import publish_small_build
from tests.reports.quick_writers import QUICK
from tests.reports.small_programmes import programme

ASKED = (HalfYear(2025, 2), date(2026, 1, 15))
COUNTS = (FUNNEL, BY_COURSE, *PARTICIPANTS, *YOUNG, *RIGHTS)


@pytest.fixture(scope="module")
def public(sample_pack):
    return sample_pack("es", "public")


@pytest.fixture(scope="module")
def restricted(sample_pack):
    return sample_pack()


@pytest.fixture(scope="module")
def members(sample_members):
    return sample_members("es", "public")


def grids(pack):
    return {block.key: block for section in pack.sections for block in section.blocks if isinstance(block, Grid)}


def test_no_count_of_one_to_four_people_is_printed(public):
    for key in COUNTS:
        for row in grids(public)[key].table.rows:
            assert not [cell for cell in row if isinstance(cell, int) and 1 <= cell <= 4], (key, row[0])


def test_a_printed_count_is_the_true_one(public, restricted):
    true = {figure.name: figure.value for figure in restricted.figures}
    printed = [figure for figure in public.figures if figure.key.partition("/")[0] in COUNTS]
    assert len(printed) > 500
    for figure in printed:
        assert figure.value == true[figure.name] or figure.value in tuple(Symbol), figure.name


def test_what_the_programme_adds_up_to_stays(public):
    # Of the nine steps in enrolments and in persons, 17 of 18 are printed on the sample; and all three targets.
    shown = [figure.value for figure in public.figures if figure.key.startswith("funnel/") and figure.unit == "count"]
    assert sum(isinstance(value, int) for value in shown) >= 16
    assert {figure.value for figure in public.figures if figure.key.startswith("reached/")} == {17, 358, 330}


def test_a_rate_is_of_ten_people_or_more(public, restricted):
    true = {figure.name: figure.value for figure in restricted.figures}
    for grid, whole in (("funnel_rates", "was_enrolled"), ("funnel", "persons")):
        for figure in public.figures:
            if figure.key.startswith(f"{grid}/") and figure.unit == "share" and isinstance(figure.value, Decimal):
                assert figure.value == true[figure.name], whole


def test_no_block_is_printed_that_nobody_looked_at(public):
    for section in public.sections[1:-1]:
        for block in section.blocks:
            assert block.key in (*HARMLESS, *PROTECTED, f"{section.key}_left_out")


def test_the_figures_of_the_manifest_are_those_of_the_pages(public, members):
    figures = read_manifest(members)["figures"]
    printed = {
        f"{code}.{name}": cell for grid in grids(public).values() if grid.key in COUNTS
        for code, row in zip(grid.codes, grid.table.rows, strict=True)
        for name, cell in zip(grid.names, row, strict=True)
    }
    for name, cell in printed.items():
        if name in figures and not isinstance(cell, Decimal):
            assert figures[name]["value"] == (str(cell) if isinstance(cell, str) else cell), name


def test_the_manifest_says_no_rows_of_the_files(members):
    manifest = read_manifest(members)
    assert all(set(source) == {"file_name", "export", "sha256"} for source in manifest["sources"])
    assert not re.search(r"person-|row_key|enrolment_id", members["manifest.json"].decode())
    assert set(manifest["indicators"]) <= {*INDICATORS, *PRINTED, "teachers"}


def test_money_is_only_told_for_the_whole_programme_and_rounded(public):
    for figure in public.figures:
        if figure.key.startswith(("fees/", "subsidy/", "lines_income/")):
            assert figure.value in (None, 0, Symbol.HIDDEN) or re.fullmatch(r"≈ −?[\d.]*0\s€", figure.value), figure


def test_no_drawing_of_people_and_no_comment_is_in_it(public):
    drawn = [block.key for section in public.sections for block in section.blocks if isinstance(block, Chart)]
    assert drawn == ["staff_chart"]
    assert public.comments == ()


def test_every_page_and_sheet_says_that_it_may_not_be_handed_out_until_it_is_issued(public, members):
    issued = read_members(write_zip(replace(public, is_issued=True)))
    for files, stays in ((members, True), (issued, False)):
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["report.pdf"])).pages]
        heads = [sheet.oddHeader.right.text for sheet in openpyxl.load_workbook(io.BytesIO(files["report.xlsx"]))]
        assert all(("no difundir" in text.lower()) == stays for text in [*pages, *heads])
        for name in ("indicators.csv", "indicators.json"):
            assert ("no se ha emitido" in files[name].decode()) == stays
        assert json.loads(files["manifest.json"])["stays_here"] == stays


def test_the_workbook_hides_the_same_cells_and_no_formula_reveals_one(public, members):
    shown = {figure.name: figure.value for figure in public.figures}
    book = openpyxl.load_workbook(io.BytesIO(members["report.xlsx"]))
    sheet = next(sheet for sheet in book if sheet.title.startswith("2 "))
    table = sheet.tables["T_funnel_enrolments"]
    for row in sheet[table.ref][1:]:
        *cells, code = (cell.value for cell in row)
        told = [shown[f"{code}.{name}"] for name in grids(public)[BY_COURSE].names[2:]]
        assert cells[2:] == told
    for one in book:
        for cell in (cell for row in one.iter_rows() for cell in row if str(cell.value).startswith("=SUBTOTAL")):
            first, last = re.findall(r"[A-Z]+(\d+)", cell.value)
            above = [one.cell(line, cell.column).value for line in range(int(first), int(last) + 1)]
            assert not [value for value in above if str(value) in tuple(Symbol)], cell.coordinate


def test_the_named_cells_of_the_form_follow(public, members):
    book = openpyxl.load_workbook(io.BytesIO(members["report.xlsx"]), data_only=True)
    sheet = book["Formulario"]
    shown = {f"{figure.code} {figure.value}" for figure in public.figures if figure.value in tuple(Symbol)}
    form = {f"{row[4].value} {row[3].value}" for row in sheet.iter_rows() if row[3].value in tuple(Symbol)}
    assert form
    assert form <= shown


@pytest.mark.parametrize("language", ["es", "va", "en"])
def test_every_symbol_is_explained_in_document_and_workbook(sample_members, language):
    found = sample_members(language, "public")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(found["report.pdf"])).pages[-2:])
    cover = openpyxl.load_workbook(io.BytesIO(found["report.xlsx"])).worksheets[0]
    cells = " ".join(str(cell.value) for row in cover.iter_rows() for cell in row)
    for start in ("<5: ", "·: ", "0: ", "≈: "):
        assert start in text
        assert start in cells


def test_a_section_that_leaves_something_out_says_so(public):
    assert public.section("evidence").blocks[-1].paragraphs[0].startswith("En la edición pública no se imprimen")


def test_the_restricted_pack_hides_nothing(restricted):
    assert "<5" not in repr(restricted.sections)


def test_a_public_pack_is_proven_like_any_other(public, sample_builds):
    assert verify(write_zip(public, QUICK), sample_builds, writers=QUICK).differences == []


def test_a_public_pack_after_another_is_proven_beside_it(tmp_path):
    builds = tmp_path / "builds"
    publish_small_build(builds, edition=[{}], enrolment=[{} for _ in range(30)])
    first = make_pack(builds, ASKED[0], ASKED[1], "es", "public", "provisional")
    other = make_pack(builds, ASKED[0], ASKED[1], "en", "public", "provisional")
    with pytest.raises(CannotIssue, match="may not be handed out"):
        issue(builds, write_zip(first, QUICK))
    issue(builds, write_zip(replace(first, is_issued=True), QUICK))
    with pytest.raises(CannotIssue, match="another public pack was issued after"):
        issue(builds, write_zip(replace(other, is_issued=True), QUICK))
    second = make_pack(builds, ASKED[0], ASKED[1], "va", "public", "provisional")
    assert second.published_before == ("pack-2025-H2-2026-01-15-es-public-provisional",)
    made = write_zip(second, QUICK)
    assert verify(made, builds, writers=QUICK).differences == []
    shutil.rmtree(builds / "issued")
    with pytest.raises(NotAPack, match="es-public-provisional"):
        verify(made, builds, writers=QUICK)


def test_the_same_people_are_hidden_in_every_language(sample_pack, public):
    other = sample_pack("en", "public")
    symbols = [{figure.name for figure in pack.figures if figure.value in tuple(Symbol)} for pack in (public, other)]
    assert symbols[0] == symbols[1]


def test_the_targets_of_a_small_programme_are_hidden_with_all_that_follows(tmp_path):
    rows = [{"certified_on": date(2026, 1, 10)} for _ in range(3)]
    publish_small_build(tmp_path, edition=[{}], enrolment=rows)
    pack = make_pack(tmp_path, *ASKED, "es", "public", "borrador")
    reached = next(block for block in pack.section("targets").blocks if isinstance(block, Figures))
    assert [str(row[1]) in tuple(Symbol) and row[3] is None for row in reached.rows][1:] == [True, True]
    for row in grids(pack)[TARGETS].table.rows[1:]:
        value, _, gap, status, _, per_week = row[1:7]
        assert {str(value), str(gap), str(status), str(per_week)} <= set(Symbol)
    assert not [one for one in pack.figures if one.value == 3 and not one.key.startswith("files/")]


def test_residuals_are_not_told_by_the_enrolment(tmp_path):
    rows = [{"amount_due": Decimal("25.00"), "amount_paid": Decimal("25.00"), "reduction_amount": Decimal("70.00")}]
    publish_small_build(tmp_path, edition=[{}], enrolment=rows)
    pack = make_pack(tmp_path, *ASKED, "es", "public", "borrador")
    [told] = pack.residuals
    assert told == "La conciliación de este informe no cierra; los residuos están en la edición restringida."


def test_without_enrolments_there_is_nothing_to_hide(catalogue_builds):
    pack = make_pack(catalogue_builds, *ASKED, "en", "public", "borrador")
    assert json.dumps([str(figure.value) for figure in pack.figures]).count("<5") == 0


def test_the_same_people_are_hidden_again_in_another_build_of_the_same_files(tmp_path):
    packs = []
    for folder in ("one", "other"):
        publish_small_build(tmp_path / folder, **programme(3))
        packs.append(make_pack(tmp_path / folder, *ASKED, "es", "public", "borrador"))
    assert packs[0].figures == packs[1].figures
    assert len([figure for figure in packs[0].figures if figure.value in tuple(Symbol)]) > 50


def test_a_zip_holds_the_five_files_only(public):
    with zipfile.ZipFile(io.BytesIO(write_zip(public, QUICK))) as archive:
        assert len(archive.namelist()) == 5
