"""The public pack: what few people could be worked out from is not in it, nor in its manifest."""

import json
from datetime import date
from decimal import Decimal

import pytest

from analytics.periods import HalfYear
from reports.content import Chart, Figures, Grid
from reports.disclosure import COLUMNS, INDICATORS, KEPT, PROTECTED, make_public
from reports.pack import make_pack
from reports.package import read_manifest, read_members, write_zip
from reports.proof import verify
from tests.analytics.small_build import publish_small_build
from tests.reports.quick_writers import QUICK

ASKED = (HalfYear(2025, 2), date(2026, 1, 15))


@pytest.fixture(scope="module")
def public(sample_builds):
    return make_pack(sample_builds, *ASKED, "es", "public", "borrador")


@pytest.fixture(scope="module")
def restricted(sample_builds):
    return make_pack(sample_builds, *ASKED, "es", "restricted", "borrador")


def grids(pack):
    return {block.key: block for section in pack.sections for block in section.blocks if isinstance(block, Grid)}


def test_no_count_of_one_to_four_people_is_printed(public):
    for key in PROTECTED:
        for row in grids(public)[key].table.rows:
            assert not [cell for cell in row if isinstance(cell, int) and 1 <= cell <= 4], (key, row[0])


def test_a_printed_count_is_the_true_one(public, restricted):
    for key in PROTECTED:
        full = grids(restricted)[key].table.rows
        for row, true in zip(grids(public)[key].table.rows, full, strict=True):
            for shown, place in zip(row, KEPT[key], strict=True):
                assert shown == true[place] or str(shown) in ("<5", "·")


def test_a_hidden_cell_of_a_row_or_column_is_never_alone(public):
    """Against the total that is printed beside it, one hidden cell would be a subtraction."""
    for key in ("ci10_half_year_participants_persons", "ci10_half_year_digital_persons", "funnel_enrolments"):
        *rows, total = [row[-len(COLUMNS[key]):] for row in grids(public)[key].table.rows]
        for place, whole in enumerate(total):
            hidden = [row[place] for row in rows if isinstance(row[place], str)]
            assert len(hidden) != 1 or isinstance(whole, str), (key, place)


def test_the_manifest_says_no_more_than_the_pages(public):
    figures = read_manifest(read_members(write_zip(public, QUICK)))["figures"]
    for figure in figures.values():
        if figure["key"].split("/")[0] in PROTECTED:
            assert figure["value"] not in (1, 2, 3, 4)
            assert figure["unit"] == "count"


def test_nobody_is_counted_in_its_indicators(public):
    assert tuple(public.indicators) == INDICATORS


def test_no_drawing_of_people_and_no_comment_is_in_it(public):
    drawn = [block.key for section in public.sections for block in section.blocks if isinstance(block, Chart)]
    assert drawn == ["staff_chart"]
    assert public.comments == ()


def test_a_section_that_leaves_something_out_says_so(public):
    assert public.section("evidence").blocks[-1].paragraphs[0].startswith("En la edición pública no se imprimen")


def test_the_restricted_pack_hides_nothing(restricted):
    assert "<5" not in repr(restricted.sections)


def test_a_public_pack_is_proven_like_any_other(public, sample_builds):
    assert verify(write_zip(public, QUICK), sample_builds, writers=QUICK).differences == []


def test_it_is_written_as_document_and_workbook(public):
    assert write_zip(public) == write_zip(public)


def test_the_targets_of_a_small_programme_are_hidden(tmp_path):
    rows = [{"certified_on": date(2026, 1, 10)} for _ in range(3)]
    publish_small_build(tmp_path, edition=[{}], enrolment=rows)
    pack = make_pack(tmp_path, *ASKED, "es", "public", "borrador")
    reached = next(block for block in pack.section("targets").blocks if isinstance(block, Figures))
    assert [row[1] for row in reached.rows][1:] == ["<5", "<5"]
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


def test_the_same_pack_is_made_public_the_same_way(restricted):
    assert make_public(restricted) == make_public(restricted)
