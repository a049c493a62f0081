"""The staged upload on the data quality page: to a published load, or to what has to be mended; and undo."""

import time
from datetime import UTC, datetime

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
MANY = "".join(f"1{number};100001;1;{44_444_440 + number};Matriculado;01/10/2025;01/01/1990\n" for number in range(8))
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
    return review_files(open_page("data_quality", builds, monkeypatch, lang=language), {name: content})


def review_files(app, files: dict[str, str]):
    for name, content in files.items():
        app.file_uploader[0].upload(name, content.encode(), "text/csv").run()
    app.button(key="upload_review").click().run()
    return wait(app)


def wait(app):
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
    app = review(builds, monkeypatch, ENROLMENTS + FIRST + SECOND + MANY + ORPHAN, language)
    text = shown(app)
    for sentence in (
        says("upload.understood", 1),
        says("upload.kept", files=f"{says('export.catalogue')} (catalogo.csv)"),
        says("upload.rejected", 1),
        says("upload.rows", file="matriculas.csv", read=11, accepted=10, rejected=1, superseded=0),
        says("upload.place", file="matriculas.csv", line=12),
        says("upload.why", reasons=says("upload.why_added", 9)),
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


def test_a_file_that_loses_more_than_a_tenth_of_its_rows_is_published_only_by_who_has_seen_it(builds, monkeypatch):
    says = words("va")
    app = review(builds, monkeypatch, ENROLMENTS + FIRST + ORPHAN, "va")
    before = current_build(builds)
    assert says("upload.loses", file="matriculas.csv", rejected="1", read="2") in shown(app)
    (tick,) = [box for box in app.checkbox if box.key.startswith("upload_seen_")]
    assert tick.label.replace("\\", "") == says("upload.seen", file="matriculas.csv", rejected="1", read="2")
    assert app.button(key="upload_publish").disabled
    tick.check().run()
    app.button(key="upload_publish").click().run()
    assert says("upload.published") in shown(app)
    assert current_build(builds).sequence == before.sequence + 1


def test_a_file_of_another_time_is_said_by_name(builds, monkeypatch):
    says, told = words("es"), load_sentences("es")
    other_year = CATALOGUE.splitlines()[0] + "\n100002;1;Otro;Online;20;2,0;01/10/2026\n"
    app = open_page("data_quality", builds, monkeypatch)
    review_files(app, {"siguiente.csv": other_year})
    app.segmented_control(key="upload_extended_catalogue").select("extend").run()
    wait(app)
    details = {"years": "2026/2027", "others": "2025/2026"}
    assert "siguiente.csv: " + told.say_file("file_is_of_another_year", details) in shown(app)
    assert says("upload.understood", 1) in shown(app)
    app.button(key="upload_leave").click().run()


def test_a_file_that_a_later_load_had_replaced_is_said_with_its_date(builds, monkeypatch):
    first = current_build(builds).build_id
    load_again(builds)
    app = review(builds, monkeypatch, ENROLMENTS + FIRST)
    assert f"matriculas.csv: ya se cargó el {datetime.now(UTC):%d-%m-%Y} (carga {first}) y una carga" in shown(app)
    app.button(key="upload_leave").click().run()


@pytest.mark.parametrize(("language", "damage"), [("es", False), ("va", True)])
def test_the_first_load_of_all_is_published_from_the_page(language, damage, builds, monkeypatch):
    says, folder = words(language), builds
    if damage:
        current = current_build(builds).path
        current.chmod(0o644)
        current.write_bytes(b"damaged")
    else:
        folder = builds.with_name("none yet")
    app = open_page("data_quality", folder, monkeypatch, lang=language)
    assert says("no_build.damaged" if damage else "no_build.title") in shown(app)
    assert says("upload.first_text") in shown(app)
    review_files(app, {"catalogo.csv": CATALOGUE, "matriculas.csv": ENROLMENTS + FIRST + SECOND})
    text = shown(app)
    assert says("upload.understood", 2) in text
    assert says("upload.first_figures", day="01-10-2025") in text
    assert f"{says.metric('enrolments')} 2" in " ".join(text.split())
    assert not RAW_KEY.search(text)
    app.button(key="upload_publish").click().run()
    assert says("upload.published") in shown(app)
    assert current_build(folder).degraded is None
    for page in ("overview", "modality", "trends"):
        app.switch_page(f"pages/{page}.py").run()
        assert says(f"page.{page}.title") in shown(app)
        assert says("no_build.title") not in shown(app)


def test_the_first_load_of_all_needs_a_catalogue(builds, monkeypatch):
    app = open_page("data_quality", builds.with_name("none yet"), monkeypatch)
    review_files(app, {"matriculas.csv": ENROLMENTS + FIRST})
    assert load_sentences("es").say_file("catalogue_is_missing", {}) in shown(app)
    assert words("es")("upload.nothing_loaded") in shown(app)
    assert "exports" not in shown(app)
    app.button(key="upload_leave").click().run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_load_the_other_pages_lead_to_where_it_is_made(language, builds, monkeypatch):
    app = open_page("modality", builds.with_name("none yet"), monkeypatch, lang=language)
    (way,) = app.get("page_link")
    assert (way.proto.page, way.proto.label) == ("data_quality", words(language)("no_build.link"))
    assert not app.get("code")


@pytest.mark.parametrize("page", ["modality", "data_quality"])
def test_without_a_load_who_may_not_load_is_told_whom_to_ask(page, builds, monkeypatch):
    monkeypatch.setattr("pages.parts.permission.is_at_this_computer", lambda: False)
    app = open_page(page, builds.with_name("none yet"), monkeypatch)
    assert words("es")("no_build.ask") in shown(app)
    assert not [*app.get("page_link"), *app.file_uploader, *app.get("code")]


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
