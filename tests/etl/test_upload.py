"""An upload: its private folder, its preparation, its publication, and that nothing of it is left."""

import io
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl import upload as upload_module
from etl import upload_guard
from etl.builds import Build, BuildError, current_build, list_builds, open_reader
from etl.folder import open_delivery
from etl.layout import load_layouts
from etl.load import load
from etl.upload import Upload, clean_name, sweep
from etl.upload_notes import Outcome, Progress, Refusal, Understood, read_progress
from etl.upload_process import ProgressNotes, estimate_rows
from tests.conftest import ROOT

CATALOGUE = "ID_CURSO;EDICION;DENOMINACION;MODALIDAD;HORAS;CREDITOS_ECTS;FECHA_INICIO\n"
COURSE = "100001;1;Curso;Online;20;2,0;03/11/2025\n"
ENROLMENTS = "ID_MATRICULA;ID_CURSO;EDICION;DNI;ESTADO;FECHA_MATRICULA\n"
SECONDS_TO_PREPARE = 60


@pytest.fixture
def builds(tmp_path, monkeypatch) -> Path:
    """A published load of a catalogue and two files of enrolments, and a place of its own for temporary folders."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(upload_module.tempfile, "tempdir", str(tmp_path / "temporary"))
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "catalogo.csv").write_text(CATALOGUE + COURSE)
    (exports / "enero.csv").write_text(ENROLMENTS + "1;100001;1;11111111H;Matriculado;01/10/2025\n")
    (exports / "febrero.csv").write_text(ENROLMENTS + "2;100001;1;22222222J;Matriculado;01/10/2025\n")
    load(exports, tmp_path / "builds", lambda name, rows: None)
    return tmp_path / "builds"


def prepare(builds: Path, extended: tuple[str, ...] | None = None, **files: str) -> tuple[Upload, Outcome]:
    upload = Upload(builds)
    for name, text in files.items():
        upload.save(f"{name}.csv", io.BytesIO(text.encode()))
    upload.start(extended)
    return upload, wait_for(upload)


def wait_for(upload: Upload) -> Outcome:
    deadline = time.monotonic() + SECONDS_TO_PREPARE
    while time.monotonic() < deadline:
        if outcome := upload.outcome():
            return outcome
        time.sleep(0.05)
    raise TimeoutError("the upload is not prepared")


def enrolment_ids(build: Build) -> list[str]:
    query = "select enrolment_id from loaded.enrolment order by all"
    return [name for (name,) in open_reader(build).execute(query).fetchall()]


NEW = ENROLMENTS + "3;100001;1;33333333P;Matriculado;01/10/2025\n"


def test_an_upload_is_prepared_beside_the_current_build_and_then_published_as_it_was_seen(builds):
    before = current_build(builds)
    upload, outcome = prepare(builds, (), marzo=NEW)
    assert outcome == Outcome([])
    assert current_build(builds) == before
    draft = upload.draft()
    published = upload.publish("es")
    assert current_build(builds) == published
    assert (published.build_id, enrolment_ids(published)) == (draft.build_id, ["3"])
    assert (builds / f"{published.build_id}-rejected.csv").exists()
    assert not upload.folder.exists()


def test_the_current_build_lends_what_did_not_come_and_it_is_said(builds):
    upload, _ = prepare(builds, (), marzo=NEW)
    understood = upload.understood()
    assert [(file.file_name, file.export) for file in understood.kept] == [("catalogo.csv", "catalogue")]
    assert understood.replaced == [("enero.csv", "enrolments"), ("febrero.csv", "enrolments")]
    assert understood.others() == {"enrolments": ["enero.csv", "febrero.csv"]}
    assert understood.extended == set()
    upload.discard()


def test_a_file_of_a_name_that_is_known_replaces_that_file_alone(builds):
    upload, _ = prepare(builds, enero=NEW)
    understood = upload.understood()
    assert understood.replaced == [("enero.csv", "enrolments")]
    assert understood.extended == {"enrolments"}
    assert enrolment_ids(upload.publish("es")) == ["2", "3"]


def test_a_file_of_a_new_name_may_be_added(builds):
    upload, _ = prepare(builds, ("enrolments",), marzo=NEW)
    assert upload.extended == ("enrolments",)
    assert enrolment_ids(upload.publish("en")) == ["1", "2", "3"]


def test_the_same_file_again_is_said(builds):
    upload, _ = prepare(builds, enero=ENROLMENTS + "1;100001;1;11111111H;Matriculado;01/10/2025\n", marzo=NEW)
    known = [(file.file_name, file.is_loaded) for file in upload.understood().came]
    assert known == [("enero.csv", True), ("marzo.csv", False)]
    upload.discard()


def test_a_file_that_is_not_understood_is_refused_before_anything_is_read(builds):
    upload, outcome = prepare(builds, raro="esto;no;es\n1;2;3\n")
    assert outcome == Outcome([Refusal("raro.csv", "header_not_found", {"rows": "30", "best": "0"})])
    assert upload.understood() is None
    upload.discard()


def test_a_file_with_a_fault_inside_is_refused_with_its_line(builds):
    upload, outcome = prepare(builds, marzo=NEW.replace("Matriculado", "Inventado"))
    assert [(each.file_name, each.rule) for each in outcome.refusals] == [("marzo.csv", "file_has_unknown_states")]
    assert outcome.refusals[0].details == {"count": "1", "rows": "1", "line": "2", "words": "Inventado"}
    assert upload.understood() is not None
    assert len(list_builds(builds)) == 1
    upload.discard()


def test_files_that_are_no_exports_are_told(builds):
    _, outcome = prepare(builds, readme="léame")
    assert [refusal.rule for refusal in outcome.refusals] == ["upload_has_no_export"]


def test_what_was_compared_with_another_load_is_not_published(builds, tmp_path):
    upload, _ = prepare(builds, marzo=NEW)
    load(tmp_path / "exports", builds, lambda name, rows: None)
    newest = current_build(builds)
    with pytest.raises(BuildError) as refused:
        upload.publish("es")
    assert refused.value.rule == "another_load_was_published"
    assert current_build(builds) == newest
    upload.start(upload.extended)
    assert wait_for(upload) == Outcome([])
    upload.publish("es")


def test_a_draft_that_was_changed_is_not_published(builds):
    upload, _ = prepare(builds, marzo=NEW)
    draft = upload.draft()
    shutil.copy(current_build(builds).path, draft.path.with_name("other"))
    os.replace(draft.path.with_name("other"), draft.path)
    before = current_build(builds)
    with pytest.raises(BuildError) as refused:
        upload_module.publish_draft(draft, builds, before)
    assert refused.value.rule == "build_is_damaged"
    assert current_build(builds) == before


def test_the_folder_is_private(builds):
    upload = Upload(builds)
    assert stat.S_IMODE(upload.folder.stat().st_mode) == 0o700


def test_a_name_stays_in_the_folder_and_the_same_name_replaces(builds):
    upload = Upload(builds)
    upload.save("../../etc/a.csv", io.BytesIO(b"1"))
    upload.save("C:\\datos\\a.csv", io.BytesIO(b"22"))
    assert upload.files() == [("a.csv", 2)]
    upload.drop("a.csv")
    assert upload.files() == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("..", "-"), ("", "-"), (".hidden.csv", "hidden.csv"), ("a\nb.csv", "a b.csv"),
        ("x" * 300 + ".csv", "x" * 120 + ".csv"),
    ],
)
def test_a_name_fits_any_disk(name, expected):
    assert clean_name(name) == expected


def test_nothing_is_left_of_an_upload_that_is_forgotten_while_it_is_prepared(builds):
    upload = Upload(builds)
    upload.save("marzo.csv", io.BytesIO(NEW.encode()))
    upload.start()
    folder, process = upload.folder, upload._running[0]
    del upload
    assert not folder.exists()
    assert process.poll() is not None


def test_nothing_is_left_of_an_upload_whose_reader_has_gone(builds, monkeypatch):
    monkeypatch.setattr(upload_guard, "SECONDS_OF_GRACE", 0.2)
    monkeypatch.setattr(upload_guard, "SECONDS_BETWEEN_LOOKS", 0.05)
    upload, there = Upload(builds), [True]
    upload.save("marzo.csv", io.BytesIO(NEW.encode()))
    upload.start()
    process = upload._running[0]
    upload_guard.guard(upload, lambda: there[0])
    time.sleep(0.5)
    assert upload.is_open
    there[0] = False
    wait_until(lambda: not upload.folder.exists())
    assert process.poll() is not None
    assert not upload.is_open


def test_a_reader_who_comes_back_in_time_finds_the_upload(builds, monkeypatch):
    monkeypatch.setattr(upload_guard, "SECONDS_OF_GRACE", 60)
    monkeypatch.setattr(upload_guard, "SECONDS_BETWEEN_LOOKS", 0.02)
    upload, looks = Upload(builds), []
    upload_guard.guard(upload, lambda: looks.append(0) or len(looks) > 3)
    wait_until(lambda: len(looks) > 5)
    assert upload.folder.exists()


def test_the_guard_of_an_upload_keeps_nobody_from_forgetting_it(builds, monkeypatch):
    monkeypatch.setattr(upload_guard, "SECONDS_BETWEEN_LOOKS", 0.2)
    upload = Upload(builds)
    folder = upload.folder
    upload_guard.guard(upload, lambda: True)
    time.sleep(0.1)
    del upload
    wait_until(lambda: not folder.exists())


def wait_until(is_so) -> None:
    deadline = time.monotonic() + SECONDS_TO_PREPARE
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert is_so()


def test_a_preparation_that_dies_is_told(builds):
    upload = Upload(builds)
    upload.save("marzo.csv", io.BytesIO(NEW.encode()))
    upload.start()
    upload._running[0].kill()
    assert wait_for(upload) == Outcome([Refusal("", "load_was_stopped", {})])
    upload.discard()


def test_a_preparation_that_takes_too_long_is_stopped(builds, monkeypatch):
    monkeypatch.setattr(upload_module, "SECONDS_AT_MOST", -1)
    upload = Upload(builds)
    upload.save("marzo.csv", io.BytesIO(NEW.encode()))
    upload.start()
    process = upload._running[0]
    assert upload.outcome() == Outcome([Refusal("", "load_was_stopped", {})])
    assert process.poll() is not None
    upload.discard()


def test_the_folder_of_a_killed_server_is_swept_and_that_of_a_living_one_is_not(builds, tmp_path):
    living = Upload(builds)
    code = "import sys, time\nfrom etl.upload import Upload\nfrom pathlib import Path\n"
    code += "upload = Upload(Path(sys.argv[1])); print(upload.folder, flush=True); time.sleep(60)"
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(builds)], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"TMPDIR": str(tmp_path / "temporary")},
    )
    folder = Path(other.stdout.readline().strip())
    sweep()
    assert folder.exists()
    other.kill()
    other.wait()
    sweep()
    assert not folder.exists()
    assert living.folder.exists()


def test_a_folder_that_nobody_has_locked_is_left_alone_for_a_minute(builds, tmp_path):
    folder = tmp_path / "temporary" / "microcredentials-upload-young"
    folder.mkdir()
    sweep()
    assert folder.exists()
    os.utime(folder, (time.time() - 61, time.time() - 61))
    sweep()
    assert not folder.exists()


def test_the_bar_follows_the_rows_of_the_files_that_came(builds, tmp_path):
    upload = tmp_path / "upload"
    upload.mkdir()
    (upload / "marzo.csv").write_text(NEW)
    delivery = open_delivery(upload, load_layouts(), current_build(builds))
    assert [estimate_rows(file) for file in delivery.files] == [0, 2]  # kept; the header counts as a row
    notes = ProgressNotes(tmp_path, delivery.files)
    notes.tell("marzo.csv", 1)
    assert read_progress(tmp_path) == Progress(pytest.approx(0.375), "marzo.csv", 1)  # 0.05 + 0.65 / 2
    notes.tell("", 0)
    assert read_progress(tmp_path) == Progress(0.7, "", 0)


def test_there_is_no_progress_before_the_first_note(tmp_path):
    assert read_progress(tmp_path) == Progress(0.0, "", 0)
    assert Understood().came == []
