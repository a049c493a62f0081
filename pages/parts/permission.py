"""Who may read; and who may load, undo, issue, comment and see single rows: nobody over a network who is not named."""

import time
from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

THIS_COMPUTER = ("127.0.0.1", "::1", "localhost")
MAY_READ = ("open", "known")
# Signs of a proxy on this computer, behind which everybody would seem to sit in front of it.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")


class SecretsUnreadable(Exception):
    """There are secrets and they cannot be read: whether sign-in is asked for is not known, so nothing is shown."""


def standing() -> str:
    """Of the reader: open (no sign-in is asked for), known, signed_out, expired or stranger (in no list)."""
    settings = read_secrets()
    if "auth" not in settings:
        return "open"
    if not st.user.get("is_logged_in"):
        return "signed_out"
    if not is_fresh(st.user.get("exp")):
        return "expired"
    readers, loaders = list_of(settings, "readers"), list_of(settings, "loaders")
    is_reader = bool(email() & (readers | loaders)) or bool(domain() & readers)
    return "known" if is_reader else "stranger"


def may_read() -> bool:
    return standing() in MAY_READ


def may_load() -> bool:
    """With sign-in, those whose e-mail stands under `loaders` in the secrets; without, who sits at this computer."""
    found = standing()
    if found == "open":
        return is_at_this_computer()
    return found == "known" and bool(email() & list_of(read_secrets(), "loaders"))


def read_secrets() -> Mapping:
    """Nothing when there are no secrets. The framework says the same of a file that it could not read."""
    if st.secrets.load_if_toml_exists():
        return st.secrets
    if any(Path(path).exists() for path in st.get_option("secrets.files")):
        raise SecretsUnreadable
    return {}


def list_of(settings: Mapping, name: str) -> Collection[str]:
    told = settings.get(name, ())
    return {str(one).strip().casefold() for one in ([told] if isinstance(told, str) else told)}


def is_fresh(expires: object) -> bool:
    """The framework keeps whoever signed in for 30 days and never looks at when their token expires."""
    return isinstance(expires, int | float) and not isinstance(expires, bool) and time.time() < expires


def email() -> set[str]:
    """Of the reader, unless the provider says that it was never verified."""
    person = st.user
    if person.get("email_verified") is False or not person.get("email"):
        return set()
    return {str(person["email"]).strip().casefold()}


def domain() -> set[str]:
    """`@upv.es`, as it stands under `readers`."""
    return {f"@{address.rpartition('@')[2]}" for address in email() if "@" in address}


def signed_in_as() -> str:
    """The e-mail of who is signed in; "" without a sign-in."""
    return str(st.user.get("email") or "") if standing() == "known" else ""


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
