"""Who may read and load: with sign-in, those who are named; without, all read and who is at this computer loads."""

import time
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.errors import StreamlitAuthError
from streamlit.testing.v1 import AppTest

from analytics.words import LANGUAGES, words
from etl.builds import current_build
from pages.parts import permission
from tests.conftest import ROOT
from tests.pages.test_every_page import PAGES, RAW_KEY, failures, texts

LOCAL = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


class Secrets(dict):
    """Secrets as the framework gives them."""

    def load_if_toml_exists(self) -> bool:
        return bool(self)


def sit(monkeypatch, secrets=None, user=None, headers=LOCAL, ip_address=None, server="127.0.0.1", files=()) -> None:
    """A reader in these circumstances."""
    options = {"server.address": server, "secrets.files": files}
    monkeypatch.setattr(permission, "st", SimpleNamespace(
        secrets=Secrets(secrets or {}), user=user or {}, get_option=options.get,
        context=SimpleNamespace(headers=headers, ip_address=ip_address),
    ))


def may_load(monkeypatch, *told, **circumstances) -> bool:
    sit(monkeypatch, *told, **circumstances)
    return permission.may_load()


def standing(monkeypatch, *told, **circumstances) -> str:
    sit(monkeypatch, *told, **circumstances)
    return permission.standing()


@pytest.mark.parametrize("name", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "localhost"])
def test_somebody_at_this_computer_may(name, monkeypatch):
    assert may_load(monkeypatch, headers={"Host": name})


@pytest.mark.parametrize(
    "circumstances",
    [
        {"ip_address": "10.0.0.7"},
        {"server": "0.0.0.0"},
        {"server": None},
        {"headers": {"Host": "monitor.upv.es"}},
        {"headers": {"Host": "127.0.0.1:8501", "Origin": "https://monitor.upv.es"}},
        {"headers": {"Host": "localhost:8501", "Origin": "null"}},
        {"headers": LOCAL | {"X-Forwarded-For": "10.0.0.7"}},
        {"headers": LOCAL | {"Forwarded": "for=10.0.0.7"}},
    ],
)
def test_nobody_may_over_a_network(circumstances, monkeypatch):
    assert not may_load(monkeypatch, **circumstances)


SIGN_IN = {
    "auth": {"redirect_uri": "https://monitor.upv.es/oauth2callback"},
    "loaders": ["Registro@upv.es"],
    "readers": ["Rectora@gva.es", "@upv.es"],
}
LATER, BEFORE = time.time() + 3600, time.time() - 1
AWAY = {"headers": {"Host": "monitor.upv.es"}, "ip_address": "10.0.0.7"}


def person(email: str | None, **claims) -> dict:
    return {"is_logged_in": True, "email": email, "exp": LATER} | claims


def test_with_sign_in_those_who_are_named_load_from_anywhere(monkeypatch):
    assert may_load(monkeypatch, SIGN_IN, person("registro@UPV.es"), **AWAY)


@pytest.mark.parametrize(
    "user",
    [
        {},
        {"is_logged_in": False},
        person("otra@upv.es"),
        person(None),
        person(""),
        person("registro@upv.es", email_verified=False),
        person("registro@upv.es", is_logged_in=False),
        person("registro@upv.es", exp=BEFORE),
        person("registro@upv.es", exp=None),
        person("registro@upv.es", exp=str(LATER)),
        person("registro@upv.es", exp=True),
    ],
)
def test_with_sign_in_nobody_else_loads_not_even_here(user, monkeypatch):
    assert not may_load(monkeypatch, SIGN_IN, user)


def test_with_sign_in_and_no_lists_nobody_reads_or_loads(monkeypatch):
    assert standing(monkeypatch, {"auth": {}}, person("registro@upv.es")) == "stranger"
    assert not may_load(monkeypatch, {"auth": {}}, person("registro@upv.es"))


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ({}, "signed_out"),
        (person("registro@upv.es", is_logged_in=False), "signed_out"),
        (person("registro@upv.es", exp=BEFORE), "expired"),
        ({"is_logged_in": True, "email": "registro@upv.es"}, "expired"),
        (person("registro@upv.es"), "known"),
        (person("rectora@gva.es"), "known"),
        (person("Quien.Sea@UPV.es"), "known"),
        (person("otra@gva.es"), "stranger"),
        (person("otra@noupv.es"), "stranger"),
        (person("otra@upv.es.example"), "stranger"),
        (person("@upv.es"), "known"),
        (person("otra@upv.es", email_verified=False), "stranger"),
        (person(None), "stranger"),
        (person("upv.es"), "stranger"),
    ],
)
def test_with_sign_in_only_those_who_are_named_read(user, expected, monkeypatch):
    assert standing(monkeypatch, SIGN_IN, user, **AWAY) == expected


def test_a_domain_among_the_loaders_lets_nobody_load(monkeypatch):
    settings = SIGN_IN | {"loaders": ["@upv.es"]}
    assert not may_load(monkeypatch, settings, person("otra@upv.es"))


def test_one_name_may_stand_for_a_list_of_one(monkeypatch):
    assert may_load(monkeypatch, SIGN_IN | {"loaders": "registro@upv.es"}, person("registro@upv.es"))


def test_without_secrets_all_read(monkeypatch):
    assert standing(monkeypatch, files=["/nowhere/secrets.toml"], **AWAY) == "open"


def test_secrets_of_something_else_ask_for_no_sign_in(monkeypatch):
    assert standing(monkeypatch, {"other": {}}, **AWAY) == "open"


def test_with_secrets_that_cannot_be_read_nobody_reads(tmp_path, monkeypatch):
    path = tmp_path / "secrets.toml"
    path.write_text("[auth\n")
    with pytest.raises(permission.SecretsUnreadable):
        standing(monkeypatch, files=[str(path)])
    with pytest.raises(permission.SecretsUnreadable):
        may_load(monkeypatch, files=[str(path)])


def open_as(user, page, builds, monkeypatch, language="es", secrets=SIGN_IN):
    """The page as somebody sees it where the secrets ask for sign-in."""
    monkeypatch.setenv("MICROCREDENTIALS_BUILDS", str(builds))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.secrets = dict(secrets)
    app.user = dict(user)
    app.query_params["lang"] = language
    app.run()
    return app.switch_page(f"pages/{page}.py").run() if page != "overview" else app


def told(app) -> str:
    return " ".join(texts(app))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("state", "user"),
    [
        ("signed_out", {"is_logged_in": False}),
        ("expired", person("registro@upv.es", exp=BEFORE)),
        ("stranger", person("otra@gva.es")),
    ],
)
def test_whoever_may_not_read_sees_no_page(state, user, language, sample_builds, monkeypatch):
    app = open_as(user, "overview", sample_builds, monkeypatch, language)
    assert not failures(app)
    assert words(language)(f"sign_in.{state}") in told(app)
    assert words(language)("page.overview.title") not in told(app)
    assert current_build(sample_builds).build_id not in told(app)
    assert not RAW_KEY.search(told(app))
    assert [button.key for button in app.button] == ["sign_out" if state == "stranger" else "sign_in"]
    assert not [*app.get("plotly_chart"), *app.get("download_button"), *app.get("dataframe")]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_runs_without_the_dashboard_shows_nothing_to_who_may_not_read(page, sample_builds, monkeypatch):
    monkeypatch.setenv("MICROCREDENTIALS_BUILDS", str(sample_builds))
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
    app.secrets, app.user = dict(SIGN_IN), {"is_logged_in": False}
    app.session_state["link"] = {}
    app.run()
    assert not app.exception
    assert texts(app) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_named_sees_the_pages_and_may_sign_out(language, sample_builds, monkeypatch):
    says = words(language)
    app = open_as(person("ana_maria@upv.es"), "overview", sample_builds, monkeypatch, language)
    assert says("page.overview.title") in told(app)
    assert "ana_maria@upv.es" in told(app)
    assert [button.label for button in app.sidebar.button] == [says("sign_in.leave")]
    app.sidebar.button[0].click().run()
    assert app.user == {"is_logged_in": False}


def test_an_hour_that_ends_ends_the_session_at_the_next_click(sample_builds, monkeypatch):
    app = open_as(person("otra@upv.es"), "overview", sample_builds, monkeypatch)
    assert words("es")("page.overview.title") in told(app)
    monkeypatch.setattr(permission.time, "time", lambda: LATER + 1)
    later = told(app.run())
    assert words("es")("page.overview.title") not in later
    assert words("es")("sign_in.expired") in later


def test_whoever_reads_but_does_not_load_is_offered_no_upload(sample_builds, monkeypatch):
    assert not open_as(person("otra@upv.es"), "data_quality", sample_builds, monkeypatch).file_uploader
    assert open_as(person("registro@upv.es"), "data_quality", sample_builds, monkeypatch).file_uploader


def sign_in() -> None:
    from analytics.words import words
    from pages.parts.sign_in import show_sign_in

    show_sign_in(words("es"), "signed_out")


def test_a_sign_in_that_does_not_work_is_said_without_its_settings(monkeypatch):
    def refuse() -> None:
        raise StreamlitAuthError("client_secret missing")

    monkeypatch.setattr(st, "login", refuse)
    app = AppTest.from_function(sign_in).run()
    app.button(key="sign_in").click().run()
    assert words("es")("sign_in.broken") in told(app)
    assert "client_secret" not in told(app)


def test_with_secrets_that_cannot_be_read_the_dashboard_shows_no_figure(sample_builds, tmp_path, monkeypatch):
    monkeypatch.setattr(permission, "read_secrets", refuse_to_say)
    monkeypatch.setenv("MICROCREDENTIALS_BUILDS", str(sample_builds))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    assert words("es")("error.title") in told(app)
    assert words("es")("page.overview.title") not in told(app)


def refuse_to_say() -> dict:
    raise permission.SecretsUnreadable
