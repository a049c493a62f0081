"""Saved views on the page that every reader opens first."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from analytics.saved_views import FILE_NAME, TEAM, SavedView, keep_view, read_views
from analytics.words import LANGUAGES, words
from etl.builds import current_build
from etl.publish import read_kept
from pages.parts import opened_view, permission, saved_views
from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import failures, follow_link, open_page, texts

NOON = datetime(2026, 2, 16, 12, tzinfo=UTC)
VERA = SavedView("k1", "Lo de Vera", "overview", TEAM, {"campus": ["Vera"]}, NOON)
EDITIONS = [{"course_id": name, "campus": name} for name in ("Vera", "Alcoi")]


@pytest.fixture
def builds(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(permission, "is_at_this_computer", lambda: True)
    monkeypatch.setattr("pages.parts.opened_view.is_at_this_computer", lambda: True)
    publish_small_build(tmp_path, edition=EDITIONS, enrolment=[{"course_id": "Vera"}, {"course_id": "Alcoi"}])
    return tmp_path


def shown(app: AppTest) -> str:
    return " ".join(texts(app))


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_a_view_with_its_filters_in_any_language(language, builds, monkeypatch):
    keep_view(builds, VERA)
    app = open_page("overview", builds, monkeypatch, view="k1", lang=language)
    assert not failures(app)
    assert "Campus: Vera" in shown(app)
    assert app.button(key="leave_view").label.replace("\\", "") == words(language)("view.on", name="Lo de Vera")
    assert app.query_params["view"] == "k1"
    assert "campus" not in app.query_params


def test_a_change_of_an_opened_view_is_in_the_link_and_can_be_saved_in_it(builds, monkeypatch):
    keep_view(builds, VERA)
    app = open_page("overview", builds, monkeypatch, view="k1")
    campus = next(box for box in app.multiselect if box.key.startswith("choice_campus"))
    app = campus.set_value(["Alcoi"]).run()
    assert app.query_params["campus"] == "Alcoi"
    assert words("es")("view.changed") in shown(app)
    press(app, "view_update")
    assert read_views(builds)[0].choices == {"campus": ["Alcoi"]}


def test_the_home_of_a_page_is_where_it_opens_until_the_reader_leaves_it(builds, monkeypatch):
    keep_view(builds, SavedView("k1", "Lo de Vera", "overview", TEAM, {"campus": ["Vera"]}, NOON, is_home=True))
    app = open_page("overview", builds, monkeypatch)
    assert "Campus: Vera" in shown(app)
    assert "Campus: Vera" not in shown(press(app, "leave_view").run())
    assert "Campus: Alcoi" in shown(open_page("overview", builds, monkeypatch, campus="Alcoi"))


def test_what_is_shown_is_kept_under_a_name_and_found_again(builds, monkeypatch):
    app = open_page("overview", builds, monkeypatch, campus="Alcoi")
    app.text_input(key="view_name").set_value("Alcoi")
    press(app, "view_keep")
    view = read_views(builds)[0]
    assert (view.name, view.page, view.owner, view.choices, view.build_id) == (
        "Alcoi", "overview", "this_computer", {"campus": ["Alcoi"]}, None,
    )
    assert words("es")("view.kept") in shown(app)
    assert app.query_params["view"] == view.key


@pytest.mark.parametrize(("page", "address"), [("overview", "?view=k1"), ("trends", "trends?view=k1")])
def test_the_address_of_a_view_opens_its_page(page, address, monkeypatch):
    # The first page is served where the dashboard is: the framework knows no page of its name.
    root = "http://127.0.0.1:8501/quality/"
    monkeypatch.setattr(saved_views, "st", SimpleNamespace(context=SimpleNamespace(url=f"{root}modality")))
    assert saved_views._address(replace(VERA, page=page)) == root + address


def test_a_name_is_asked_for(builds, monkeypatch):
    app = press(open_page("overview", builds, monkeypatch), "view_keep")
    assert words("es")("view.no_name") in shown(app)
    assert read_views(builds) == ()


def test_a_fixed_cut_off_is_kept_even_when_it_is_the_newest_day(builds, monkeypatch):
    app = open_page("overview", builds, monkeypatch)
    app.text_input(key="view_name").set_value("A fecha")
    app.radio(key="view_dates").set_value("fixed")
    press(app, "view_keep")
    (view,) = read_views(builds)
    assert view.choices == {"as_of": ["2026-02-15"]}  # the newest event of a small build
    assert words("es")("view.changed") not in shown(app)


def test_a_frozen_view_keeps_its_build_and_says_what_today_would_be_otherwise(builds, monkeypatch):
    app = open_page("overview", builds, monkeypatch)
    app.text_input(key="view_name").set_value("Para la memoria")
    app.radio(key="view_dates").set_value("frozen")
    press(app, "view_keep")
    frozen = current_build(builds)
    assert read_kept(builds) == {frozen.build_id}
    (view,) = read_views(builds)
    publish_small_build(
        builds, "20260217T080000Z-00000002", edition=EDITIONS,
        enrolment=[{"course_id": "Vera"}, {"course_id": "Alcoi"}, {"course_id": "Alcoi"}],
    )
    app = open_page("overview", builds, monkeypatch, view=view.key)
    assert not failures(app)
    assert frozen.build_id in shown(app)
    assert "Matrículas: 2 → 3" in shown(app)
    rows = follow_link("passport", builds, monkeypatch, view=view.key, metric="enrolments")
    assert not failures(rows)
    assert frozen.build_id in shown(rows)


def test_a_view_that_is_gone_is_said_and_everything_is_shown(builds, monkeypatch):
    app = open_page("overview", builds, monkeypatch, view="gone")
    assert words("es")("view.gone") in shown(app)
    assert not failures(app)


def test_a_damaged_file_of_views_is_said_and_the_page_opens(builds, monkeypatch):
    (builds / FILE_NAME).write_text("{")
    app = open_page("overview", builds, monkeypatch, view="k1")
    assert words("es")("view.damaged") in shown(app)
    assert not failures(app)
    assert not [button for button in app.button if button.key == "view_keep"]


def test_who_may_not_load_opens_the_teams_views_but_changes_none(builds, monkeypatch):
    keep_view(builds, VERA)
    monkeypatch.setattr("pages.parts.saved_views.may_load", lambda: False)
    app = open_page("overview", builds, monkeypatch, view="k1")
    assert app.selectbox(key="view_open").options == ["Lo de Vera (del equipo)"]
    assert not [button for button in app.button if button.key in {"view_remove", "view_home", "view_rename"}]


def test_a_view_is_renamed_made_home_and_removed_when_asked_twice(builds, monkeypatch):
    keep_view(builds, VERA)
    app = open_page("overview", builds, monkeypatch, view="k1")
    app.text_input(key="view_renamed").set_value("Vera")
    app = press(press(app, "view_rename"), "view_home")
    assert [(view.name, view.is_home) for view in read_views(builds)] == [("Vera", True)]
    app = press(app, "view_remove")
    assert len(read_views(builds)) == 1
    app = press(app, "view_remove_do")
    assert read_views(builds) == ()
    assert not failures(app)




def test_ones_own_views_belong_to_a_keyed_hash_of_who_is_signed_in(monkeypatch):
    secrets = {"auth": {"cookie_secret": "k"}}
    monkeypatch.setattr(opened_view, "read_secrets", lambda: secrets)
    monkeypatch.setattr(opened_view, "signed_in_as", lambda: "Ana@upv.es")
    # printf 'ana@upv.es' | openssl dgst -sha256 -hmac k
    assert opened_view.owner() == "6e7d5b01df35fb07d20e2b52f23181ceacb07cd40b0a9ac17dfd1855991ca934"
    monkeypatch.setattr(opened_view, "signed_in_as", lambda: "")
    assert opened_view.owner() == ""
