"""Who may load, undo, issue and comment, and see single rows: nobody over a network, unless they are named."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st

THIS_COMPUTER = ("127.0.0.1", "::1", "localhost")
# Signs of a proxy on this computer, behind which everybody would seem to sit in front of it.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")


def may_load() -> bool:
    """With sign-in, those whose e-mail stands under `loaders` in the secrets; without, who sits at this computer."""
    settings = read_secrets()
    return is_named(settings) if "auth" in settings else is_at_this_computer()


def read_secrets() -> Mapping:
    return st.secrets if st.secrets.load_if_toml_exists() else {}


def is_named(settings: Mapping) -> bool:
    person = st.user
    if not person.get("is_logged_in") or person.get("email_verified") is False or not person.get("email"):
        return False
    return str(person["email"]).casefold() in {str(loader).casefold() for loader in settings.get("loaders", ())}


def signed_in_as() -> str:
    """The e-mail of who is signed in; "" without a sign-in."""
    return str(st.user.get("email") or "") if "auth" in read_secrets() and st.user.get("is_logged_in") else ""


def is_at_this_computer() -> bool:
    """The server listens here only, and the browser asked it by a name of this computer, not through a proxy."""
    headers = st.context.headers
    asked = [host_of(headers[name]) for name in ("Host", "Origin") if headers.get(name)]
    return (
        st.context.ip_address is None
        and st.get_option("server.address") in THIS_COMPUTER
        and all(name in THIS_COMPUTER for name in asked)
        and not any(headers.get(name) for name in FORWARDED)
    )


def host_of(address: str) -> str | None:
    """The name in `localhost:8501` or in `http://localhost:8501`; None where there is none."""
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return None
