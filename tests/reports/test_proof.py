"""A pack is proven from its build or its sources, and whatever was changed is named."""

import hashlib
import io
import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from analytics.settings import REFERENCE, read_reference
from analytics.words import LANGUAGES, words
from etl.builds import current_build
from reports.grant import load_grant
from reports.package import NotAPack, read_members
from reports.places import Places
from reports.proof import Finding, verify
from tests.reports.quick_writers import QUICK

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def content(quick_sample_zip):
    return quick_sample_zip()


def told(proof):
    """What differs and what was not proven, in English."""
    return proof.tell(words("en"))


def rewrite(content, name, change):
    """The same ZIP with one file changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, data in read_members(content).items():
            archive.writestr(member, change(data) if member == name else data)
    return out.getvalue()


def change_manifest(content, change):
    def edit(data):
        manifest = json.loads(data)
        change(manifest)
        return json.dumps(manifest).encode()

    return rewrite(content, "manifest.json", edit)


def test_a_pack_is_proven_from_its_build(content, sample_builds):
    proof = verify(content, sample_builds, writers=QUICK)
    assert (proof.differences, proof.notes) == ([], [])
    assert proof.checked > 3000


def test_the_source_files_give_every_document_byte_for_byte(whole):
    """Loaded again with another key of pseudonyms, years later for all that it says."""
    proof = verify(whole, None, SAMPLE)
    assert (proof.differences, proof.notes) == ([], [])
    assert proof.checked > 3000


def forge(content, name, change):
    """A document changed, and its hash in the manifest with it, as somebody would who knows how a pack is made."""
    changed = rewrite(content, name, change)
    told = read_members(changed)[name]
    digest = {"sha256": hashlib.sha256(told).hexdigest(), "size": len(told)}
    return change_manifest(changed, lambda manifest: manifest["files"].update({name: digest}))


def change_cell(workbook):
    """One number of one sheet, from 17 to 27."""
    out, book = io.BytesIO(), openpyxl.load_workbook(io.BytesIO(workbook))
    found = next(cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == 17)
    sheet = f"xl/worksheets/sheet{book.index(found.parent) + 1}.xml"
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            told = before.read(name)
            cell = re.compile(rf'(<c r="{found.coordinate}"[^>]*><v>)17(</v>)'.encode())
            after.writestr(name, cell.sub(rb"\g<1>27\2", told) if name == sheet else told)
    return out.getvalue()


FORGERIES = {
    "report.xlsx": (change_cell, "(cell 1 "),
    "indicators.csv": (lambda told: told.replace(b";17;", b";27;", 1), "(line "),
    "indicators.json": (lambda told: told.replace(b'"value": 17', b'"value": 27', 1), "(line "),
    "report.pdf": (lambda told: told.replace(b"/Type/Page", b"/Type/Pag2", 1), "it is not the same file"),
}


@pytest.fixture(scope="module")
def whole(sample_zip):
    """With its real documents."""
    return sample_zip()


def test_one_changed_cell_of_each_document_is_found_and_named(whole, sample_builds):
    forged = whole
    for name, (change, _) in FORGERIES.items():
        forged = forge(forged, name, change)
        assert read_members(forged)[name] != read_members(whole)[name]
    differences = told(verify(forged, sample_builds))
    assert len(differences) == len(FORGERIES)
    for name, (_, place) in FORGERIES.items():
        assert [one for one in differences if one.startswith(f"{name}: made again") and place in one], name


def test_the_targets_are_told_by_their_values_and_a_changed_one_is_found(content, sample_builds):
    target = json.loads(read_members(content)["manifest.json"])["targets"]["credentials_issued_eligible"]
    assert (target["value"], target["due_on"]) == ("1584", "2026-06-30")

    def change(manifest):
        manifest["targets"]["courses_certified"]["value"] = "20"

    differences = told(verify(change_manifest(content, change), sample_builds, writers=QUICK))
    assert any("targets/courses_certified: 10 in the manifest, 3 worked out again" in one for one in differences)


def test_a_changed_value_is_named_with_what_it_should_be(content, sample_builds):
    def change(manifest):
        name = next(name for name, one in manifest["figures"].items() if one["key"] == "reached/courses_certified")
        manifest["figures"][name]["value"] += 1

    proof = verify(change_manifest(content, change), sample_builds, writers=QUICK)
    assert len(proof.differences) == 1
    assert "reached/courses_certified: 18 in the manifest, 17 worked out again" in told(proof)[0]


def test_a_figure_taken_out_is_missed(content, sample_builds):
    taken = change_manifest(content, lambda manifest: manifest["figures"].pop(next(iter(manifest["figures"]))))
    assert "not in the manifest" in told(verify(taken, sample_builds, writers=QUICK))[0]


def test_a_changed_document_is_not_what_the_manifest_describes(content, sample_builds):
    changed = rewrite(content, "report.xlsx", lambda data: data + b" ")
    differences = told(verify(changed, sample_builds, writers=QUICK))
    assert "report.xlsx: not the file that the manifest describes." in differences


def test_a_document_changed_together_with_its_hash_is_made_again_and_found(content, sample_builds):
    differences = told(verify(forge(content, "report.pdf", lambda data: b"forged"), sample_builds, writers=QUICK))
    assert differences[0] == "report.pdf: made again from the load, it is not the same file."


def test_a_changed_setting_changes_the_documents(content, sample_builds):
    def change(manifest):
        manifest["settings"]["grant_amount"]["value"] = "1000000.00"

    assert verify(change_manifest(content, change), sample_builds, writers=QUICK).differences


def test_a_file_that_was_slipped_in_is_named(content, sample_builds):
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("extra.txt", b"hello")
    assert "extra.txt: not named in the manifest." in told(verify(out.getvalue(), sample_builds, writers=QUICK))


def test_a_source_file_that_was_changed_or_is_gone_is_named(content, tmp_path):
    exports = tmp_path / "exports"
    shutil.copytree(SAMPLE, exports)
    path = exports / "avales.csv"
    path.write_bytes(path.read_bytes().replace(b"17/06/2025", b"17/06/2026"))
    (exports / "financiacion.csv").unlink()
    differences = told(verify(content, None, exports, writers=QUICK))
    assert any(one.startswith("Source file avales.csv: the one in the folder has the SHA-256") for one in differences)
    assert any(one.startswith("Source file financiacion.csv: not in the folder") for one in differences)


def test_a_changed_build_is_not_trusted(content, sample_builds, tmp_path):
    builds = tmp_path / "builds"
    shutil.copytree(sample_builds, builds)
    path = current_build(builds).path
    os.chmod(path, 0o640)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert "damaged or was changed" in told(verify(content, builds, writers=QUICK))[0]


def test_a_build_that_is_not_there_says_how_to_go_on(content, catalogue_builds):
    with pytest.raises(NotAPack, match="--exports"):
        verify(content, catalogue_builds)


@pytest.mark.parametrize("junk", [b"", b"not a zip", b"PK\x03\x04 half"])
def test_anything_else_is_no_pack(junk, sample_builds):
    with pytest.raises(NotAPack):
        verify(junk, sample_builds)


def test_a_manifest_that_says_too_little_is_named(content, sample_builds):
    with pytest.raises(NotAPack, match="settings"):
        verify(change_manifest(content, lambda manifest: manifest.pop("settings")), sample_builds)


def test_a_zip_without_a_manifest_is_no_pack(sample_builds):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("report.pdf", b"")
    with pytest.raises(NotAPack, match="manifest"):
        verify(out.getvalue(), sample_builds)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_differs_is_told_in_three_languages(language):
    """Each sentence names what it is about; what is not known is a dash in all of them."""
    found = Finding("figure_is_another", {"figure": "1-ABCDEFG.value", "told": "0.6", "found": None})
    sentence = found.tell(words(language))
    assert sentence.startswith("1-ABCDEFG.value: 0.6 ") and "–" in sentence
    where = Places("cell", [f"1 A!B{number}" for number in range(1, 8)])
    told = Finding("document_is_another", {"file": "report.xlsx", "places": where}).tell(words(language))
    assert "1 A!B1, 1 A!B2, 1 A!B3, 1 A!B4, 1 A!B5" in told and "2" in told.rpartition("1 A!B5")[2]
    assert NotAPack("no_build", build="b1", folder="/x").tell(words(language)).count("b1") == 1


def test_other_settings_of_this_version_do_not_touch_a_pack_made_before(content, sample_builds, tmp_path, monkeypatch):
    """The university writes another target into data/reference: an earlier pack is proven to the byte all the same."""
    shutil.copytree(REFERENCE, tmp_path / "reference")
    targets = tmp_path / "reference" / "targets.toml"
    targets.write_text(targets.read_text().replace("1584", "1600"))
    monkeypatch.setattr("analytics.settings.REFERENCE", tmp_path / "reference")
    read_reference.cache_clear()
    try:
        assert load_grant().targets["credentials_issued_eligible"].value == 1600
        assert told(verify(content, sample_builds, writers=QUICK)) == []
    finally:
        read_reference.cache_clear()
