"""The saved view that a reader has opened: what it chooses, on which build, and whether it still is as it was saved."""

import hashlib
import hmac
from datetime import date

import streamlit as st

from analytics.saved_views import SavedView, ViewsAreDamaged, find_view, home_of
from etl.builds import Build, list_builds
from pages.parts import link
from pages.parts.numbers import builds_folder
from pages.parts.permission import is_at_this_computer, read_secrets, signed_in_as

KEY = "view"
# What a link says that is no part of a view.
NOT_CHOICES = ("lang", KEY)
# Where the rows of a number are: those of a frozen view are in its build.
ROWS_PAGE = "passport"
THIS_COMPUTER = "this_computer"


def owner() -> str:
    """Whom the reader's own views belong to: who is signed in, as a keyed hash, or this computer; "" for nobody."""
    settings = read_secrets()
    if "auth" not in settings:
        return THIS_COMPUTER if is_at_this_computer() else ""
    person, secret = signed_in_as(), str(settings["auth"].get("cookie_secret", ""))
    if not person or not secret:
        return ""
    return hmac.digest(secret.encode(), person.casefold().encode(), hashlib.sha256).hex()


def open_for(page: str) -> None:
    """Take over what the view of the link chooses or, when the link says nothing, the home of the page."""
    st.session_state["opened_view"] = st.session_state["view_problem"] = None
    is_named, is_new = bool(link.chosen(KEY)), link.is_new()
    # Once a session, so that a reader who leaves the home of a page is not brought back to it.
    seen = st.session_state.setdefault("pages_seen", set())
    is_first, _ = page not in seen, seen.add(page)
    try:
        view = _of_link() if is_named else _of_home(page) if is_first else None
    except ViewsAreDamaged:
        st.session_state["view_problem"] = "damaged"
        return
    if view is None or not (view.page == page or (page == ROWS_PAGE and view.build_id)):
        return
    st.session_state["opened_view"] = view
    if view.choices and (is_new or not is_named) and not choices(st.session_state["link"]):
        link.start_from(**view.choices, view=[view.key])


def _of_link() -> SavedView | None:
    view = find_view(builds_folder(), link.chosen(KEY)[0])
    if view is None:
        st.session_state["view_problem"] = "gone"
    return view


def _of_home(page: str) -> SavedView | None:
    return None if choices(st.session_state["link"]) else home_of(builds_folder(), page, owner())


def opened() -> SavedView | None:
    return st.session_state.get("opened_view")


def problem() -> str | None:
    """Why the view that was asked for is not shown: gone or damaged."""
    return st.session_state.get("view_problem")


def choices(said: dict[str, list[str]]) -> dict[str, list[str]]:
    """What a link chooses, without the language and the name of the view."""
    return {key: list(values) for key, values in said.items() if key not in NOT_CHOICES}


def is_changed() -> bool:
    """Whether the reader has chosen otherwise than the opened view, at the end of a run."""
    view = opened()
    return view is not None and _sorted(choices(st.session_state["link_next"])) != _sorted(view.choices)


def _sorted(chosen: dict[str, list[str]]) -> dict[str, list[str]]:
    return {key: sorted(values) for key, values in chosen.items()}


def write_link() -> None:
    """A view that was not changed says everything by its key; one of which nothing is left is left altogether."""
    view, chosen = opened(), choices(st.session_state["link_next"])
    if view is not None and (chosen or not view.choices):
        st.session_state["link_next"][KEY] = [view.key]
        link.write_link(understood=() if is_changed() else view.choices)
        return
    link.write_link()
    if view is not None:
        st.rerun()  # its name stands above


def leave() -> None:
    """Back to everything; for buttons."""
    link.start_from()


def for_rows() -> dict[str, str]:
    """What the address of the rows of a number has to say besides: the view whose build they are in."""
    view = opened()
    return {KEY: view.key, "as_of": shown()[1].isoformat()} if view is not None and view.build_id else {}


def frozen_build() -> Build | None:
    """The build of the opened view, when it is a frozen one and its build is still whole."""
    view = opened()
    if view is None or view.build_id is None:
        return None
    kept = (build for build in list_builds(builds_folder()) if build.build_id == view.build_id)
    return next((build for build in kept if not build.degraded), None)


def note_shown(build: Build, as_of: date) -> None:
    """What the page shows. The cut-off that a view fixes is said even on the day when it is the default."""
    st.session_state["shown"] = (build.build_id, as_of)
    view = opened()
    if view is not None and view.choices.get("as_of") == [as_of.isoformat()]:
        st.session_state["link_next"]["as_of"] = [as_of.isoformat()]


def shown() -> tuple[str, date]:
    """The build and the cut-off of the page."""
    return st.session_state["shown"]
