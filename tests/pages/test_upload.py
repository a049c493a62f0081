"""The staged upload on the data quality page: to a published load, or to what has to be mended; and undo."""

import time

import pytest

from analytics.words import LANGUAGES, words
from etl.builds import current_build, list_builds
from etl.load import load
from etl.sentences import load_sentences
from tests.pages.test_every_page import RAW_KEY, open_page, texts

CATALOGUE = (
    "ID_CURSO;EDICION;DENOMINACION;MODALIDAD;HORAS;CREDITOS_ECTS;FECHA_INICIO\n"
    "100001;1;Curso;Online;20;2,0;03/11/2025\n"
)
ENROLMENTS = "ID_MATRICULA;ID_CURSO;EDICION;DNI;ESTADO;FECHA_MATRICULA;FECHA_NAC\n"
FIRST = "1;100001;1;11111111H;Matriculado;01/10/2025;01/01/1990\n"
SECOND = "2;100001;1;22222222J;Matriculado;01/10/2025;01/01/1990\n"
ORPHAN = "3;999999;1;33333333P;Matriculado;01/10/2025;01/01/1990\n"
SECONDS_TO_PREPARE = 60


@pytest.fixture
def builds(tmp_path, monkeypatch):
    """A load of a course with one enrolment, and a reader who may load: AppTest has no address to be asked by."""
    monkeypatch.setattr("pages.parts.permission.is_at_this_computer", lambda: True)
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "catalogo.csv").write_text(CATALOGUE)
    (exports / "matriculas.csv").write_text(ENROLMENTS + FIRST)
    load(exports, tmp_path / "builds", lambda name, rows: None)
    return tmp_path / "builds"


def load_again(builds):
    """Another load, from the command line; of another file, because a build is named by the second and its files."""
    exports = builds.parent / "exports"
    (exports / "matriculas.csv").write_text(ENROLMENTS + SECOND)
    load(exports, builds, lambda name, rows: None)


def review(builds, monkeypatch, content: str, language: str = "es", name: str = "matriculas.csv"):
    """The page once an upload of one file has been prepared."""
    app = open_page("data_quality", builds, monkeypatch, lang=language)
    app.file_uploader[0].upload(name, content.encode(), "text/csv").run()
    app.button(key="upload_review").click().run()
    deadline = time.monotonic() + SECONDS_TO_PREPARE
    while not app.session_state["upload"].outcome() and time.monotonic() < deadline:
        time.sleep(0.1)
    app.run()
    assert not app.exception
    return app


def shown(app) -> str:
    return " ".join(texts(app)).replace("\u202f", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_speaks_the_language_of_the_reader(language, builds, monkeypatch):
    says = words(language)
    app = review(builds, monkeypatch, ENROLMENTS + FIRST + SECOND + ORPHAN, language)
    text = shown(app)
    for sentence in (
        says("upload.understood", 1),
        says("upload.kept", files=f"{says('export.catalogue')} (catalogo.csv)"),
        says("upload.rejected", 1),
        says("upload.rows", file="matriculas.csv", read=3, accepted=2, rejected=1, superseded=0),
        says("upload.place", file="matriculas.csv", line=4),
        says("upload.why", reasons=says("upload.why_added", 1)),
    ):
        assert sentence in text
    assert not RAW_KEY.search(text)
    assert "upload." not in text
    app.button(key="upload_leave").click().run()


def test_a_reviewed_upload_is_published_and_undone(builds, monkeypatch):
    before = current_build(builds)
    app = review(builds, monkeypatch, ENROLMENTS + FIRST + SECOND)
    assert current_build(builds) == before
    app.button(key="upload_publish").click().run()
    assert words("es")("upload.published") in shown(app)
    published = current_build(builds)
    assert published.sequence == before.sequence + 1
    app.button(key=f"undo_{before.build_id}").click().run()
    assert words("es")("undo.done", load=before.build_id) in shown(app)
    assert current_build(builds).build_id == before.build_id
    assert f"undo_{published.build_id}" in [button.key for button in app.button]


def test_leaving_publishes_nothing_and_deletes_the_files(builds, monkeypatch):
    app = review(builds, monkeypatch, ENROLMENTS + FIRST + SECOND)
    folder = app.session_state["upload"].folder
    assert folder.exists()
    app.button(key="upload_leave").click().run()
    assert words("es")("upload.left") in shown(app)
    assert not folder.exists()
    assert len(list_builds(builds)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_file_is_told_with_its_line_and_what_to_do(language, builds, monkeypatch):
    app = review(builds, monkeypatch, ENROLMENTS + FIRST.replace("Matriculado", "Inventado"), language)
    details = {"count": 1, "rows": 1, "line": 2, "words": "Inventado"}
    assert load_sentences(language).say_file("file_has_unknown_states", details) in shown(app)
    assert words(language)("upload.current_stays") in shown(app)
    assert "upload_publish" not in [button.key for button in app.button]
    app.button(key="upload_leave").click().run()


def test_files_of_another_name_go_or_stay_as_the_reader_says(builds, monkeypatch):
    says = words("es")
    app = review(builds, monkeypatch, ENROLMENTS + SECOND, name="febrero.csv")
    assert says("upload.replaced", files="matrículas (matriculas.csv)") in shown(app)
    assert says("upload.lost", rows="matrículas: 1") in shown(app)
    app.segmented_control(key="upload_extended_enrolments").select("extend").run()
    while not app.session_state["upload"].outcome():
        time.sleep(0.1)
    app.run()
    assert says("upload.lost", rows="matrículas: 1") not in shown(app)
    assert says("upload.why", reasons=says("upload.why_added", 1)) in shown(app)
    app.button(key="upload_leave").click().run()


def test_another_load_in_between_is_told_and_compared_anew(builds, monkeypatch):
    app = review(builds, monkeypatch, ENROLMENTS + FIRST + SECOND)
    load_again(builds)
    newest = current_build(builds)
    app.button(key="upload_publish").click().run()
    assert f"Mientras tanto se ha publicado otra carga ({newest.build_id})" in shown(app)
    assert current_build(builds) == newest
    app.session_state["upload"].discard()


def test_a_file_may_be_taken_out_again(builds, monkeypatch):
    app = open_page("data_quality", builds, monkeypatch)
    app.file_uploader[0].upload("a.csv", b"1", "text/csv").run()
    assert words("es")("upload.chosen", file="a.csv", size="0,1") in shown(app)
    app.button(key="upload_remove_a.csv").click().run()
    assert "upload_review" not in [button.key for button in app.button]


def test_a_load_that_is_no_longer_kept_is_told(builds, monkeypatch):
    load_again(builds)
    older = list_builds(builds)[-1]
    app = open_page("data_quality", builds, monkeypatch)
    for path in builds.glob("published-000001.json"):
        path.unlink()
    app.button(key=f"undo_{older.build_id}").click().run()
    assert f"La carga {older.build_id} ya no se conserva." in shown(app)


def test_who_may_not_load_sees_neither_upload_nor_undo(builds, monkeypatch):
    load_again(builds)
    monkeypatch.setattr("pages.parts.permission.is_at_this_computer", lambda: False)
    app = open_page("data_quality", builds, monkeypatch)
    assert not app.file_uploader
    assert not [button for button in app.button if button.key and button.key.startswith("undo_")]
    assert words("es")("upload.title") not in shown(app)
