"""Funding, the pack: choose it, see what keeps it from being made, make it, look at it; comments and issued packs."""

from html import escape

import streamlit as st

from analytics.filters import EVERYTHING
from analytics.words import LANGUAGES, words
from pages.parts import link
from pages.parts.frame import View, paragraph, status_shape
from pages.parts.indicator_10 import choose_period, name_half
from pages.parts.numbers import builds_folder
from pages.parts.pack_comments import show_comments
from pages.parts.pack_issue import offer_issue
from pages.parts.pack_issued import show_issued
from pages.parts.pack_preview import show_preview
from reports.comments import CommentsAreDamaged, read_comments
from reports.content import KINDS, STATES, Comment
from reports.disclosure import CannotPublish
from reports.grant import Grant, GrantIsWrong, load_grant
from reports.making import STEPS, Asked, Made, make
from reports.readiness import Readiness, look_over

# More names than these are for the document.
NAMED = 4
# The shape of what keeps a pack from being made, of what its maker should know, and of what is in order.
STOP, WARNING, FINE = "not_kept", "at_risk", "kept"


def show_pack(view: View) -> None:
    """Everything about the pack of the page's cut-off; whole-programme figures, whatever the filters."""
    says = view.words
    paragraph("mc-text", says("funding_pack.text", day=says.day(view.snapshot.as_of)))
    asked = choose_pack(view)
    try:
        comments, grant = read_comments(builds_folder(), asked.period), load_grant(builds_folder())
    except CommentsAreDamaged:
        return paragraph("mc-note mc-failure", says("funding_pack.comments_are_damaged"))
    except GrantIsWrong:
        return paragraph("mc-note mc-failure", says("funding_pack.settings_are_damaged"))
    ready = look_over(view.snapshot, asked.period, says.language, asked.kind, asked.state, grant, comments)
    show_readiness(view, ready)
    made = offer_making(view, (asked, comments, grant), ready)
    if made:
        show_preview(view, asked, made)
        offer_issue(view, asked, made)
    show_comments(view, asked.period, comments)
    return show_issued(view)


def choose_pack(view: View) -> Asked:
    """Half-year, language, kind and state; the cut-off is that of the page."""
    says = view.words
    with st.container(horizontal=True):
        period = choose_period(view)
        language = link.choose_one(
            "pack_language", list(LANGUAGES), says.language, st.segmented_control, label=says("funding_pack.language"),
            format_func=lambda code: words(code)(f"language.{code}"), required=True,
        )
        kind = link.choose_one(
            "kind", list(KINDS), KINDS[0], st.segmented_control, label=says("funding_pack.kind"), required=True,
            format_func=lambda key: says(f"document.kind.{key}"),
        )
        state = link.choose_one(
            "state", list(STATES), STATES[0], st.segmented_control, label=says("funding_pack.state"), required=True,
            format_func=lambda key: says(f"document.state.{key}"),
        )
    return Asked(view.snapshot.build, period, view.snapshot.as_of, language, kind, state)


def show_readiness(view: View, ready: Readiness) -> None:
    """What keeps it from being made first, then what is worth knowing."""
    marks = [*_stops(view, ready), *_warnings(view, ready)]
    if not any(shape == STOP for shape, *_ in marks):
        marks.insert(0, (FINE, view.words("funding_pack.can_be_made"), _how_it_closes(view, ready)))
    items = "".join(
        f"<li>{status_shape(shape)} <strong>{escape(title)}</strong> {escape(text)}"
        + "".join(f"<div class='mc-small'>{escape(line)}</div>" for line in lines) + "</li>"
        for shape, title, text, *lines in marks
    )
    st.html(f"<ul class='mc-remarks'>{items}</ul>")


def _how_it_closes(view: View, ready: Readiness) -> str:
    return view.words("funding_pack.open" if ready.residuals else "funding_pack.closes")


def _stops(view: View, ready: Readiness) -> list[tuple[str, ...]]:
    says, found = view.words, []
    if ready.must_close:
        title = says("funding_pack.must_close", len(ready.residuals))
        found.append((STOP, title, says("funding_pack.must_close_text"), *ready.residuals))
    return found


def _warnings(view: View, ready: Readiness) -> list[tuple[str, ...]]:
    says, found = view.words, []
    if ready.residuals and not ready.must_close:
        title = says("funding_pack.residuals", len(ready.residuals))
        found.append((WARNING, title, says("funding_pack.residuals_text"), *ready.residuals))
    if ready.is_sample:
        found.append((WARNING, says("funding_pack.sample"), says("funding_pack.sample_text")))
    if view.filters != EVERYTHING:
        found.append((WARNING, says("funding_pack.filters"), says("funding_pack.filters_text")))
    if ready.pending:
        names = _name(view, [says(f"pack.setting.{key}") for key in ready.pending])
        found.append((WARNING, says("funding_pack.pending", len(ready.pending)), names))
    if ready.uncommented:
        names = _name(view, [says(f"pack.section.{key}") for key in ready.uncommented])
        found.append((WARNING, says("funding_pack.uncommented", len(ready.uncommented)), names))
    if ready.kind == "public":
        found.append((WARNING, says("funding_pack.public"), says("funding_pack.public_text")))
    return found


def _name(view: View, names: list[str]) -> str:
    """The first few, and how many more there are."""
    more = len(names) - NAMED
    if more <= 0:
        return f"{'; '.join(names)}."
    return view.words("funding_pack.more", more, names="; ".join(names[:NAMED]))


def offer_making(view: View, wanted: tuple[Asked, tuple[Comment, ...], Grant], ready: Readiness) -> Made | None:
    """The pack that was made of these choices, comments and settings, or a button that makes it."""
    asked = wanted[0]
    label = view.words("funding_pack.make", period=name_half(view, asked.period))
    place = st.container()
    if st.button(label, key="pack_make", type="primary", icon=":material/inventory_2:", disabled=not ready.can_be_made):
        try:
            st.session_state["pack_made"] = (wanted, _make(view, asked))
        except CannotPublish as refused:
            return paragraph("mc-note mc-failure", refused.tell(view.words))
    kept, made = st.session_state.get("pack_made", (None, None))
    if kept == wanted and ready.can_be_made:
        return made
    if made:
        with place:
            paragraph("mc-small", view.words("funding_pack.made_of_other_choices"))
    return None


def _make(view: View, asked: Asked) -> Made:
    """With a bar for as long as it takes."""
    says, place = view.words, st.empty()

    def tell(step: str) -> None:
        place.progress(STEPS.index(step) / len(STEPS), text=says(f"funding_pack.step_{step}"))

    made = make(builds_folder(), asked, tell)
    place.empty()
    return made


