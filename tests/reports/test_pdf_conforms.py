"""The document is PDF/A-2a and PDF/UA-1 by veraPDF's own rules: the sample's, of both kinds, and every block."""

from dataclasses import replace

import pytest

from analytics.words import LANGUAGES
from reports.content import Prose, Section
from reports.document import write_pdf
from reports.grant import load_grant
from reports.logo import Logo
from tests.reports.small_pack import small_pack
from tests.reports.test_logo import SVG
from tests.reports.verapdf import validate

# What a reader of the file cannot see, taken out in place.
BROKEN = {
    "unmarked": (b"/Marked true", b"/Marked null", "PDFA_2_A 6.7.2.2"),
    "untitled": (b"/DisplayDocTitle true", b"/DisplayDocTitle null", "PDFUA_1 7.1"),
}


@pytest.fixture(scope="module")
def found(sample_members, tmp_path_factory):
    """What the validator says of every document, asked once: starting Java takes longer than a document."""
    folder = tmp_path_factory.mktemp("documents")
    plain = write_pdf(small_pack(sections=(Section(0, "only", "Solo esto", (Prose("one", ("Un párrafo.",)),)),)))
    grant = replace(load_grant(), logo=Logo("prtr.svg", SVG))
    written = {language: write_pdf(small_pack(language, settings=grant)) for language in LANGUAGES}
    written["sample"] = sample_members()["report.pdf"]
    written["public sample"] = sample_members("va", "public")["report.pdf"]
    for name, (before, after, _) in BROKEN.items():
        assert before in plain
        written[name] = plain.replace(before, after)
    paths = [folder / name for name in written]
    for path in paths:
        path.write_bytes(written[path.name])
    return validate(paths)


@pytest.mark.parametrize("name", ["sample", "public sample", *LANGUAGES])
def test_a_document_breaks_no_rule(found, name):
    assert found[name]["failed"] == {}
    assert found[name]["checks"] > 50_000


@pytest.mark.parametrize("name", BROKEN)
def test_the_validator_sees_what_is_broken(found, name):
    assert any(told.startswith(BROKEN[name][2]) for told in found[name]["failed"]), found[name]["failed"]
