"""Who may load: somebody at this computer, or somebody named where there is sign-in; nobody else."""

from types import SimpleNamespace

import pytest

from pages.parts import permission

LOCAL = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


class Secrets(dict):
    """Secrets as the framework gives them."""

    def load_if_toml_exists(self) -> bool:
        return bool(self)


def may_load(monkeypatch, secrets=None, user=None, headers=LOCAL, ip_address=None, server="127.0.0.1") -> bool:
    monkeypatch.setattr(permission, "st", SimpleNamespace(
        secrets=Secrets(secrets or {}), user=user or {}, get_option={"server.address": server}.get,
        context=SimpleNamespace(headers=headers, ip_address=ip_address),
    ))
    return permission.may_load()


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


SIGN_IN = {"auth": {"redirect_uri": "https://monitor.upv.es/oauth2callback"}, "loaders": ["Registro@upv.es"]}


def test_with_sign_in_those_who_are_named_may_from_anywhere(monkeypatch):
    person = {"is_logged_in": True, "email": "registro@UPV.es"}
    assert may_load(monkeypatch, SIGN_IN, person, headers={"Host": "monitor.upv.es"}, ip_address="10.0.0.7")


@pytest.mark.parametrize(
    "person",
    [
        {},
        {"is_logged_in": False},
        {"is_logged_in": True, "email": "otra@upv.es"},
        {"is_logged_in": True},
        {"is_logged_in": True, "email": ""},
        {"is_logged_in": True, "email": "registro@upv.es", "email_verified": False},
        {"is_logged_in": False, "email": "registro@upv.es"},
    ],
)
def test_with_sign_in_nobody_else_may_not_even_here(person, monkeypatch):
    assert not may_load(monkeypatch, SIGN_IN, person)


def test_with_sign_in_and_no_list_nobody_may(monkeypatch):
    assert not may_load(monkeypatch, {"auth": {}}, {"is_logged_in": True, "email": "registro@upv.es"})
