"""The logo of the recovery plan: printed with its words where the university put one, pending where it did not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analytics.periods import HalfYear
from analytics.words import LANGUAGES, words
from reports.grant import GrantIsWrong, load_grant
from reports.logo import MOST_BYTES, Logo, LogoIsWrong, find_logo
from reports.pack import make_pack
from reports.package import read_manifest, read_members, write_zip
from reports.proof import verify
from reports.sections.front_matter import LOGO, list_pending
from tests.analytics.small_build import publish_small_build
from tests.reports.quick_writers import QUICK
from tests.reports.small_pack import small_pack
from tests.reports.test_document import read, walk

PERIOD, DAY = HalfYear(2025, 2), date(2026, 1, 15)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#036"/></svg>'
FEE = {"amount_due": Decimal("30.00"), "amount_paid": Decimal("30.00"), "reduction_amount": Decimal("70.00")}


def put(folder, name, content):
    (folder / "settings").mkdir(exist_ok=True)
    (folder / "settings" / name).write_bytes(content)


@pytest.fixture
def builds(tmp_path):
    publish_small_build(tmp_path, edition=[{}], enrolment=[FEE])
    put(tmp_path, "prtr.svg", SVG)
    return tmp_path


def make(builds):
    return make_pack(builds, PERIOD, DAY, "es", "restricted", "borrador")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_document_with_its_words_in_every_language(language):
    pack = small_pack(language, settings=replace(load_grant(), logo=Logo("prtr.svg", SVG)))
    elements = walk(read(pack).trailer["/Root"]["/StructTreeRoot"])
    assert words(language)("document.logo") in [element.get("/Alt") for element in elements]


def test_the_manifest_has_its_hash_and_a_pack_is_proven_with_the_logo_it_was_made_with(builds):
    content = write_zip(make(builds), QUICK)
    assert read_members(content)["prtr.svg"] == SVG
    told = read_manifest(read_members(content))["logo"]
    assert told == {"file_name": "prtr.svg", "sha256": load_grant(builds).logo.sha256}
    put(builds, "prtr.svg", SVG.replace(b"#036", b"#630"))
    assert verify(content, builds, writers=QUICK).is_proven


def test_without_one_it_is_pending_like_any_other_datum(builds):
    assert LOGO not in list_pending(load_grant(builds))
    (builds / "settings" / "prtr.svg").unlink()
    assert LOGO in list_pending(load_grant(builds))
    [settings] = [block for block in make(builds).section("front_matter").blocks if block.key == "settings"]
    assert settings.table.rows[-1][:2] == ("Logotipo del Plan de Recuperación", "pendiente")


@pytest.mark.parametrize("content", [
    b"not a picture", SVG.replace(b"<rect", b"<script/><rect"),
    SVG.replace(b"<rect", b'<use href="http://example.org"/><rect'), SVG + b" " * MOST_BYTES,
])
def test_what_is_no_plain_picture_stops_packs_instead_of_being_left_out(builds, content):
    put(builds, "prtr.svg", content)
    with pytest.raises(LogoIsWrong):
        find_logo(builds)
    with pytest.raises(GrantIsWrong):
        make(builds)
