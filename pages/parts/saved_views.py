"""The views of the side bar: open one, keep what is chosen now under a name, and look after those there are."""

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import urlencode, urljoin

import streamlit as st

from analytics.saved_views import (
    LONGEST_NAME,
    TEAM,
    SavedView,
    ViewRefused,
    ViewsAreDamaged,
    find_view,
    keep_view,
    new_key,
    remove_view,
    views_of,
)
from analytics.words import Words
from etl.builds import BuildError
from etl.publish import keep_for_good, locked
from pages.parts import link, opened_view
from pages.parts.numbers import builds_folder
from pages.parts.permission import may_load
from pages.parts.text import paragraph

OPEN, NAME, DATES, WHOSE = "view_open", "view_name", "view_dates", "view_whose"
RENAMED, WANTED, DOUBT, TOLD = "view_renamed", "view_wanted", "view_doubt", "view_told"
KINDS = ("rolling", "fixed", "frozen")
MINE = "mine"


def follow_wish() -> None:
    """Go to the page of the view that was picked from the list, if one was."""
    wanted = st.session_state.pop(WANTED, None)
    if wanted is None:
        return
    page, key = wanted
    language = {"lang": link.chosen("lang")[0]} if link.chosen("lang") else {}
    st.switch_page(f"pages/{page}.py", query_params={"view": key} | language)


def show_views(says: Words, page: str) -> None:
    """After the page, when everything that its reader chose is known."""
    try:
        views = views_of(builds_folder(), opened_view.owner())
    except ViewsAreDamaged:
        views = []
    may_write = bool(opened_view.owner()) and opened_view.problem() != "damaged"
    if not views and not may_write:
        return
    with st.sidebar.popover(says("view.views"), icon=":material/bookmarks:", width="stretch"):
        _tell_what_happened(says)
        if views:
            _offer_to_open(says, page, views)
        if (view := opened_view.opened()) is not None:
            _look_after(says, view)
        if may_write:
            _offer_to_keep(says, page)


def _tell_what_happened(says: Words) -> None:
    if opened_view.problem():
        paragraph("mc-note", says(f"view.{opened_view.problem()}"))
    told = st.session_state.pop(TOLD, None)
    if told:
        paragraph("mc-small", says(f"view.{told}"))


def _offer_to_open(says: Words, page: str, views: list[SavedView]) -> None:
    here = [view for view in views if view.page == page]
    listed = [*here, *(view for view in views if view.page != page)]
    names = {view.key: _name(says, view, page) for view in listed}
    st.selectbox(
        says("view.open"), list(names), index=None, format_func=lambda key: names[key], key=OPEN,
        placeholder=says("view.choose"), on_change=_want, args=({view.key: view.page for view in listed},),
    )


def _name(says: Words, view: SavedView, page: str) -> str:
    """With its page when that is another one, and whose it is."""
    where = "" if view.page == page else f"{says(f'page.{view.page}.nav')}: "
    return f"{where}{view.name} ({says('view.team' if view.is_team else 'view.mine')})"


def _want(pages: dict[str, str]) -> None:
    key = st.session_state[OPEN]
    st.session_state[OPEN] = None
    if key in pages:
        st.session_state[WANTED] = (pages[key], key)


def may_change(view: SavedView) -> bool:
    """One's own views; the team's, those who may load."""
    return may_load() if view.is_team else view.owner == opened_view.owner()


def _look_after(says: Words, view: SavedView) -> None:
    paragraph("mc-label", says("view.opened", name=view.name))
    changed = opened_view.is_changed()
    paragraph("mc-small", " ".join([_dates(says, view), *([says("view.changed")] if changed else [])]))
    st.code(_address(view), language=None, wrap_lines=True)
    if not may_change(view):
        return
    if changed:
        st.button(says("view.update"), key="view_update", on_click=_update, args=(view,), width="stretch")
    home = "view.no_home" if view.is_home else "view.home"
    st.button(
        says(home), key="view_home", on_click=_change, args=(view,), kwargs={"is_home": not view.is_home},
        width="stretch",
    )
    st.text_input(says("view.rename"), key=RENAMED, max_chars=LONGEST_NAME, placeholder=view.name)
    st.button(says("view.rename_do"), key="view_rename", on_click=_rename, args=(view,), width="stretch")
    _offer_to_remove(says, view)


def _dates(says: Words, view: SavedView) -> str:
    if view.build_id is not None:
        return says("view.is_frozen", build=view.build_id)
    return says("view.is_fixed") if "as_of" in view.choices else says("view.is_rolling")


def _address(view: SavedView) -> str:
    """The link that opens a view, wherever the dashboard is served."""
    return urljoin(st.context.url or "", f"{link.path_of(view.page)}?{urlencode({'view': view.key})}")


def _offer_to_remove(says: Words, view: SavedView) -> None:
    if st.session_state.get(DOUBT) != view.key:
        st.button(says("view.remove"), key="view_remove", on_click=_doubt, args=(view.key,), width="stretch")
        return
    paragraph("mc-small", says("view.remove_sure", name=view.name))
    st.button(says("view.remove_do"), key="view_remove_do", on_click=_remove, args=(view.key,), width="stretch")


def _offer_to_keep(says: Words, page: str) -> None:
    build_id, as_of = opened_view.shown()
    paragraph("mc-label", says("view.keep"))
    st.text_input(says("view.name"), key=NAME, max_chars=LONGEST_NAME)
    is_fixed = bool(link.chosen("as_of"))
    st.radio(
        says("view.dates"), KINDS, index=1 if is_fixed else 0, key=DATES,
        format_func=lambda kind: says(f"view.dates_{kind}", day=says.day(as_of)),
    )
    whose = (MINE, TEAM) if may_load() else (MINE,)
    if len(whose) > 1:
        st.radio(says("view.whose"), whose, key=WHOSE, format_func=lambda one: says(f"view.whose_{one}"))
    st.button(
        says("view.keep_do"), key="view_keep", on_click=_keep, args=(page, build_id, as_of), type="primary",
        width="stretch",
    )


def _keep(page: str, build_id: str, as_of: date) -> None:
    """Keep what was chosen when the button was pressed."""
    kind = st.session_state[DATES]
    chosen = opened_view.choices(st.session_state["link"])
    chosen.pop("as_of", None)
    if kind != "rolling":
        chosen["as_of"] = [as_of.isoformat()]
    is_team = st.session_state.get(WHOSE) == TEAM and may_load()
    view = SavedView(
        new_key(), st.session_state[NAME], page, TEAM if is_team else opened_view.owner(), chosen,
        datetime.now(UTC), build_id if kind == "frozen" else None,
    )
    if _try_to_keep(view, "kept"):
        link.start_from(**chosen, view=[view.key])
        st.session_state[NAME] = ""


def _update(view: SavedView) -> None:
    chosen = opened_view.choices(st.session_state["link"])
    _try_to_keep(replace(view, choices=chosen, saved_at=datetime.now(UTC)), "updated")


def _rename(view: SavedView) -> None:
    if _try_to_keep(replace(view, name=st.session_state[RENAMED]), "renamed"):
        st.session_state[RENAMED] = ""


def _change(view: SavedView, is_home: bool) -> None:
    _try_to_keep(replace(view, is_home=is_home), "made_home" if is_home else "made_no_home")


def _try_to_keep(view: SavedView, done: str) -> bool:
    """Whether the view was kept; what is in the way is told on the next run. Rights are asked again, on the click."""
    known = find_view(builds_folder(), view.key)
    if not may_change(known or view):
        st.session_state[TOLD] = "not_yours"
        return False
    try:
        if view.build_id is not None:
            with locked(builds_folder()):
                keep_for_good(builds_folder(), view.build_id)
        keep_view(builds_folder(), view)
    except ViewRefused as refused:
        st.session_state[TOLD] = refused.rule
    except ViewsAreDamaged:
        st.session_state[TOLD] = "damaged"
    except (BuildError, OSError):
        st.session_state[TOLD] = "not_kept"
    else:
        st.session_state[TOLD] = done
        return True
    return False


def _doubt(key: str) -> None:
    st.session_state[DOUBT] = key


def _remove(key: str) -> None:
    st.session_state.pop(DOUBT, None)
    view = find_view(builds_folder(), key)
    if view is None or not may_change(view):
        st.session_state[TOLD] = "not_yours"
        return
    remove_view(builds_folder(), key)
    st.session_state[TOLD] = "removed"
    link.forget("view")
