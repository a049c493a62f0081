"""The ZIP: the same bytes again, all that it was made from in the manifest, and refused when it does not close."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from analytics.periods import HalfYear
from etl.builds import current_build
from reports.pack import make_pack
from reports.package import DoesNotClose, file_name, write_zip
from tests.analytics.small_build import publish_small_build
from tests.reports.quick_writers import QUICK

PERIOD, CUT_OFF = HalfYear(2025, 2), date(2026, 1, 15)


@pytest.fixture(scope="module")
def pack(sample_pack):
    return sample_pack()


@pytest.fixture(scope="module")
def members(pack):
    with zipfile.ZipFile(io.BytesIO(write_zip(pack, QUICK))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_pack_made_again_is_the_same_bytes(pack, sample_builds):
    again = make_pack(sample_builds, PERIOD, CUT_OFF, "es", "restricted", "borrador")
    assert write_zip(again, QUICK) == write_zip(pack, QUICK)


def test_the_real_documents_are_the_same_bytes_too(pack, sample_zip):
    assert write_zip(pack) == sample_zip()


def test_the_five_files_are_there(members):
    assert list(members) == ["indicators.csv", "indicators.json", "manifest.json", "report.pdf", "report.xlsx"]


def test_the_manifest_names_what_the_pack_was_made_from(members, sample_builds):
    manifest, build = json.loads(members["manifest.json"]), current_build(sample_builds)
    assert manifest["build"]["id"] == build.build_id
    assert manifest["build"]["sha256"] == build.sha256
    assert {source["file_name"] for source in manifest["sources"]} == {
        "avales.csv", "catalogo_microcredenciales.csv", "docencia.xlsx", "financiacion.csv", "matriculas_2025.csv",
        "matriculas_2026-02.csv",
    }
    assert manifest["settings"]["grant_amount"]["value"] is None
    assert (manifest["period"], manifest["as_of"], manifest["filters"]) == ("2025-H2", "2026-01-15", {})


def test_money_in_the_manifest_is_exact_text(members):
    figures = json.loads(members["manifest.json"])["figures"]
    euros = {one["value"] for one in figures.values() if one["unit"] == "EUR" and one["value"] is not None}
    assert all(isinstance(value, str) and "E" not in value for value in euros)


def test_the_indicators_are_those_of_the_command(members, sample_builds):
    from reports.indicators import indicators, to_json

    told = indicators(sample_builds, CUT_OFF, "2025-H2")
    assert members["indicators.json"].decode() == to_json(told)


def test_a_pack_is_named_by_what_it_is(pack):
    assert file_name(pack) == "pack-2025-H2-2026-01-15-es-restricted-borrador.zip"


def small_pack(folder, state):
    rows = [{"amount_due": Decimal("25.00"), "amount_paid": Decimal("25.00"), "reduction_amount": Decimal("70.00")}]
    publish_small_build(folder, edition=[{}], enrolment=rows)
    return make_pack(folder, PERIOD, CUT_OFF, "es", "restricted", state)


def test_a_definitive_pack_that_does_not_close_is_refused_with_its_residuals(tmp_path):
    with pytest.raises(DoesNotClose) as refused:
        write_zip(small_pack(tmp_path, "definitivo"), QUICK)
    assert any("5,00\u202f€ sin explicar" in residual for residual in refused.value.residuals)


def test_a_draft_carries_its_residuals(tmp_path):
    pack = small_pack(tmp_path, "borrador")
    with zipfile.ZipFile(io.BytesIO(write_zip(pack, QUICK))) as archive:
        assert json.loads(archive.read("manifest.json"))["residuals"] == list(pack.residuals)
    assert [block.key for block in pack.section("economic").blocks].count("residuals") == 1
