"""The pack on the funding page: what keeps it from being made, made as the command makes it, issued, commented."""

import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qsl

import pytest

from analytics.periods import HalfYear
from analytics.words import LANGUAGES, words
from reports.__main__ import main
from reports.comments import add_comment, count_versions, read_comments
from reports.content import Comment
from reports.disclosure import CannotPublish
from reports.figures import code_of
from reports.issued import issue, list_issued
from reports.pack import make_pack
from reports.package import write_zip
from reports.proof import Proof
from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import failures, follow_link, texts
from tests.reports.quick_writers import QUICK

# 100 less 70 off leaves 30; of the second, 25 were paid and 5 are told by nobody.
CLOSED = {"amount_due": Decimal("30.00"), "amount_paid": Decimal("30.00"), "reduction_amount": Decimal("70.00")}
OPEN = CLOSED | {"amount_due": Decimal("25.00"), "amount_paid": Decimal("25.00")}
TEXT = "Se retrasa <b>un curso</b>."
# As many rows as the small build says that each file has.
EDITIONS = [{"edition_id": f"100001/{number}", "edition_number": number} for number in (1, 2, 3)]
LINK = {"part": "pack", "as_of": "2026-01-15", "period": "2025-H2"}


@pytest.fixture
def builds(tmp_path, monkeypatch):
    """Three enrolments, one certified; somebody who may issue."""
    for part in ("pack_issue", "pack_comments", "pack_comment_writing"):
        monkeypatch.setattr(f"pages.parts.{part}.may_load", lambda: True)
    folder = tmp_path / "builds"
    rows = [CLOSED | {"certified_on": date(2026, 1, 10)}, CLOSED, CLOSED]
    publish_small_build(folder, edition=EDITIONS, enrolment=rows)
    return folder


def open_pack(builds, monkeypatch, **link):
    app = follow_link("funding", builds, monkeypatch, **(LINK | link))
    assert not failures(app)
    return app


def shown(app):
    return " ".join(texts(app))


def make(app):
    app.button(key="pack_make").click().run()
    assert not failures(app)
    return app


def made_of(app):
    return app.session_state["pack_made"][1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_it_is_made_the_page_says_what_is_pending_and_uncommented(language, builds, monkeypatch):
    says, told = words(language), shown(open_pack(builds, monkeypatch, lang=language))
    assert says("funding_pack.can_be_made") in told
    assert says("funding_pack.uncommented", 10) in told
    assert says("pack.setting.deciding_entity") in told
    assert says("funding_pack.none_issued") in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_page_makes_is_byte_for_byte_what_the_command_makes(language, builds, monkeypatch, tmp_path, capsys):
    app = make(open_pack(builds, monkeypatch, lang=language))
    made = made_of(app)
    asked = ["pack", "--period", "2025-H2", "--as-of", "2026-01-15", "--language", language, "--out", str(tmp_path)]
    assert main([*asked, "--builds", str(builds)]) == 0
    path = tmp_path / f"{made.name}.zip"
    assert made.content == path.read_bytes()
    assert made.page(1).startswith("<svg")
    first = words(language)("funding_pack.page_of", page=1, pages=len(made.pages))
    assert first in app.selectbox(key="choice_page").options
    assert "passport?" in " ".join(element.proto.body for element in app.get("html"))


def test_a_definitive_pack_that_does_not_close_cannot_be_made_and_its_residuals_are_listed(tmp_path, monkeypatch):
    publish_small_build(tmp_path, edition=EDITIONS, enrolment=[OPEN, CLOSED, CLOSED])
    app = open_pack(tmp_path, monkeypatch, state="definitivo")
    assert app.button(key="pack_make").disabled
    assert "5,00" in shown(app)
    app.segmented_control(key="choice_state").select("borrador").run()
    assert not app.button(key="pack_make").disabled
    assert "así no podría ser definitivo" in shown(app)


def test_the_public_kind_says_what_it_hides(builds, monkeypatch):
    app = open_pack(builds, monkeypatch, kind="public")
    assert not app.button(key="pack_make").disabled
    assert words("es")("funding_pack.public_text") in shown(app)


def test_a_public_pack_is_handed_out_as_issued_without_its_mark(builds, monkeypatch):
    app = make(open_pack(builds, monkeypatch, kind="public", state="provisional"))
    assert words("es")("funding_pack.stays_here") in shown(app)
    assert made_of(app).stem.endswith("-sin-emitir")
    app.button(key="pack_issue").click().run()
    app.button(key="pack_issue_now").click().run()
    [one] = list_issued(builds)
    assert not one.manifest["stays_here"] and one.read() != made_of(app).content


def test_a_public_pack_that_cannot_be_safe_says_so_and_is_not_made(builds, monkeypatch):
    def refuse(*_):
        raise CannotPublish("alone")

    app = open_pack(builds, monkeypatch, kind="public")
    monkeypatch.setattr("pages.parts.funding_pack.make", refuse)
    app.button(key="pack_make").click().run()
    assert words("es")("pack.privacy.refused_alone") in shown(app)


def test_filters_are_said_not_to_apply(builds, monkeypatch):
    assert words("es")("funding_pack.filters") in shown(open_pack(builds, monkeypatch, gender="woman"))


def test_other_choices_hide_what_was_made_of_these(builds, monkeypatch):
    app = make(open_pack(builds, monkeypatch))
    app.segmented_control(key="choice_pack_language").select("en").run()
    assert words("es")("funding_pack.made_of_other_choices") in shown(app)
    assert words("es")("funding_pack.preview") not in shown(app)


def test_a_pack_is_issued_after_a_second_click_and_stays_in_the_list(builds, monkeypatch):
    app = make(open_pack(builds, monkeypatch, state="provisional"))
    content = made_of(app).content
    app.button(key="pack_issue").click().run()
    assert "no se borrará nunca" in shown(app) and list_issued(builds) == []
    app.button(key="pack_issue_now").click().run()
    one = list_issued(builds)[0]
    assert one.read() == content
    assert one.sha256 in shown(app) and words("es")("funding_pack.issued_title", 1) in shown(app)
    app.button(key="issued_today").click().run()
    assert "las mismas" in shown(app)
    app.button(key="issued_proof").click().run()
    assert "idénticos byte a byte" in shown(app)


def test_an_issued_pack_says_which_figures_would_be_others_today(builds, monkeypatch):
    app = make(open_pack(builds, monkeypatch, state="provisional"))
    app.button(key="pack_issue").click().run()
    app.button(key="pack_issue_now").click().run()
    rows = [CLOSED | {"certified_on": date(2026, 1, 10)}, CLOSED | {"certified_on": date(2026, 1, 12)}, CLOSED]
    publish_small_build(builds, "20270101T080000Z-00000002", edition=EDITIONS, enrolment=rows)
    app = open_pack(builds, monkeypatch)
    app.button(key="issued_today").click().run()
    told = shown(app)
    assert "serían otras" in told and words("es")("pack.changes.late") in told
    assert "Microcredenciales expedidas a personas con derecho" in told
    html = " ".join(element.proto.body for element in app.get("html"))
    ways = [dict(parse_qsl(unescape(said))) for said in re.findall(r"href='passport\?(code=[^']*)'", html)]
    name = code_of(1, "reached/credentials_issued_eligible") + ".value"
    then, now = (way for way in ways if way["code"] == name)
    for way, count in ((then, 1), (now, 2)):
        assert f": {count}. " in shown(follow_link("passport", builds, monkeypatch, **way))


def test_a_pack_that_is_not_proven_or_was_changed_says_so_in_words(builds, monkeypatch):
    app = make(open_pack(builds, monkeypatch, state="provisional"))
    app.button(key="pack_issue").click().run()
    app.button(key="pack_issue_now").click().run()
    proof = Proof(9)
    proof.differ("figure_is_another", figure="1-ABCDEFG.value <b>", told=2, found=None)
    monkeypatch.setattr("pages.parts.pack_issued.verify", lambda *_: proof)
    app.button(key="issued_proof").click().run()
    assert "1-ABCDEFG.value <b>: 2 en el manifiesto; calculada otra vez, –." in shown(app)
    assert words("es")("funding_pack.not_proven", 1, checked="9") in shown(app)
    list_issued(builds)[0].path.write_bytes(b"another")
    app.run()
    assert "no es el que se emitió" in shown(app)
    assert "issued_today" not in [button.key for button in app.button]


def test_a_draft_and_those_who_may_not_issue_nothing(builds, monkeypatch):
    app = make(open_pack(builds, monkeypatch))
    assert words("es")("funding_pack.draft_is_not_issued") in shown(app)
    monkeypatch.setattr("pages.parts.pack_issue.may_load", lambda: False)
    monkeypatch.setattr("pages.parts.pack_comments.may_load", lambda: False)
    app.segmented_control(key="choice_state").select("provisional").run()
    keys = [button.key for button in make(app).button]
    assert "pack_issue" not in keys and not app.text_area


def open_comments(builds, monkeypatch, **link):
    app = open_pack(builds, monkeypatch, **link)
    app.session_state["pack_comment_open"] = True
    return app.run()


def press(app, key):
    app.button[[button.label for button in app.button].index(words("es")(key))].click().run()
    assert not failures(app)


def test_a_comment_is_written_read_and_shown_literally(builds, monkeypatch):
    app = open_comments(builds, monkeypatch)
    app.selectbox(key="pack_comment_section").select("funnel").run()
    app.text_area(key="pack_comment_text_").input(TEXT)
    app.text_input(key="pack_comment_author_").input("A. Autora")
    press(app, "funding_pack.keep_comment")
    kept = json.loads((builds / "pack_comments.json").read_text())
    assert (kept[0]["section"], kept[0]["period"], kept[0]["text"]) == ("funnel", "2025-H2", TEXT)
    assert TEXT in shown(app)
    assert words("es")("funding_pack.uncommented", 9) in shown(app)


def test_a_comment_is_changed_made_public_and_withdrawn(builds, monkeypatch):
    add_comment(builds, Comment("2025-H2", "funnel", "A. Autora", date(2026, 1, 16), "Interno."))
    [before] = read_comments(builds)
    app = open_comments(builds, monkeypatch)
    app.selectbox(key="pack_comment_which").select(before.identity).run()
    assert words("es")("commentary.careful") in shown(app)
    app.text_area(key=f"pack_comment_text_{before.identity}").input("Público.")
    app.checkbox(key=f"pack_comment_internal_{before.identity}").uncheck()
    press(app, "funding_pack.keep_comment")
    [after] = read_comments(builds)
    assert (after.text, after.section, after.is_internal, after.author) == ("Público.", "funnel", False, "A. Autora")
    app.selectbox(key="pack_comment_which").select(before.identity).run()
    press(app, "funding_pack.withdraw_comment")
    assert read_comments(builds) == () and count_versions(builds, before.identity) == 3


def test_a_line_of_what_changed_is_chosen_by_its_figures_and_commented(builds, monkeypatch):
    first = make_pack(builds, HalfYear(2025, 2), date(2026, 1, 9), "es", "restricted", "provisional")
    issue(builds, write_zip(first, QUICK))
    app = open_comments(builds, monkeypatch)
    app.segmented_control(key="pack_comment_about").select("line").run()
    lines = app.selectbox(key="pack_comment_line")
    certified = next(option for option in lines.options if option.startswith("Microcredenciales expedidas (número)"))
    lines.select(certified).run()
    told = shown(app)
    assert "entonces, 0; ahora, 1. Causas: Hechos posteriores, +1." in told
    app.text_area(key="pack_comment_text_").input(TEXT)
    app.text_input(key="pack_comment_author_").input("A. Autora")
    press(app, "funding_pack.keep_comment")
    [kept] = read_comments(builds)
    assert kept.section == "changes" and f"Línea {kept.line}:" in told


def test_comments_that_cannot_be_read_are_said_to_be_so(builds, monkeypatch):
    (builds / "pack_comments.json").write_text("[{}]")
    assert words("es")("funding_pack.comments_are_damaged") in shown(open_pack(builds, monkeypatch))


def test_settings_that_cannot_be_read_are_said_to_be_so(builds, monkeypatch):
    (builds / "settings").mkdir()
    (builds / "settings" / "000001.json").write_text("not json")
    assert words("es")("funding_pack.settings_are_damaged") in shown(open_pack(builds, monkeypatch))
