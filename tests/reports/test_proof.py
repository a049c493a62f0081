"""A pack is proven from its build or its sources, and whatever was changed is named."""

import io
import json
import os
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from analytics.periods import HalfYear
from etl.builds import current_build
from reports.pack import make_pack
from reports.package import NotAPack, read_members, write_zip
from reports.proof import verify
from tests.reports.quick_writers import QUICK

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def content(sample_builds):
    asked = (sample_builds, HalfYear(2025, 2), date(2026, 1, 15))
    return write_zip(make_pack(*asked, "es", "restricted", "borrador"), QUICK)


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


def test_a_pack_is_proven_from_the_source_files_alone(content):
    proof = verify(content, None, SAMPLE)
    assert proof.differences == []
    assert proof.checked > 3000


def test_a_changed_value_is_named_with_what_it_should_be(content, sample_builds):
    def change(manifest):
        name = next(name for name, one in manifest["figures"].items() if one["key"] == "reached/courses_certified")
        manifest["figures"][name]["value"] += 1

    proof = verify(change_manifest(content, change), sample_builds, writers=QUICK)
    assert len(proof.differences) == 1
    assert "reached/courses_certified: 18 in the manifest, 17 worked out again" in proof.differences[0]


def test_a_figure_taken_out_is_missed(content, sample_builds):
    taken = change_manifest(content, lambda manifest: manifest["figures"].pop(next(iter(manifest["figures"]))))
    assert "not in the manifest" in verify(taken, sample_builds, writers=QUICK).differences[0]


def test_a_changed_document_is_not_what_the_manifest_describes(content, sample_builds):
    changed = rewrite(content, "report.xlsx", lambda data: data + b" ")
    differences = verify(changed, sample_builds, writers=QUICK).differences
    assert "report.xlsx: not the file that the manifest describes" in differences


def test_a_document_changed_together_with_its_hash_is_made_again_and_found(content, sample_builds):
    import hashlib

    changed = rewrite(content, "report.pdf", lambda data: b"forged")
    forged = change_manifest(changed, lambda manifest: manifest["files"].update(
        {"report.pdf": {"sha256": hashlib.sha256(b"forged").hexdigest(), "size": 6}}
    ))
    differences = verify(forged, sample_builds, writers=QUICK).differences
    assert differences[0] == "report.pdf: made again from the build, it is not the same file"


def test_a_changed_setting_changes_the_documents(content, sample_builds):
    def change(manifest):
        manifest["settings"]["grant_amount"]["value"] = "1000000.00"

    assert verify(change_manifest(content, change), sample_builds, writers=QUICK).differences


def test_a_file_that_was_slipped_in_is_named(content, sample_builds):
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("extra.txt", b"hello")
    assert "extra.txt: not named in the manifest" in verify(out.getvalue(), sample_builds, writers=QUICK).differences


def test_a_changed_source_file_is_named(content, tmp_path):
    exports = tmp_path / "exports"
    shutil.copytree(SAMPLE, exports)
    path = exports / "avales.csv"
    path.write_bytes(path.read_bytes().replace(b"17/06/2025", b"17/06/2026"))
    differences = verify(content, None, exports).differences
    assert any(one.startswith("source avales.csv: SHA-256") for one in differences)


def test_a_source_file_that_is_gone_is_named(content, tmp_path):
    exports = tmp_path / "exports"
    shutil.copytree(SAMPLE, exports)
    (exports / "financiacion.csv").unlink()
    differences = verify(content, None, exports).differences
    assert any(one.startswith("source financiacion.csv: not in the folder") for one in differences)


def test_a_changed_build_is_not_trusted(content, sample_builds, tmp_path):
    builds = tmp_path / "builds"
    shutil.copytree(sample_builds, builds)
    path = current_build(builds).path
    os.chmod(path, 0o640)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert "damaged or was changed" in verify(content, builds, writers=QUICK).differences[0]


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
