"""Issuing a pack: what it means, said before it is done; only for those who may."""

import streamlit as st

from etl.builds import BuildsBusy
from pages.parts.frame import View, paragraph
from pages.parts.numbers import builds_folder
from pages.parts.permission import may_load
from reports.issued import CannotIssue
from reports.making import Asked, Made, issue_made


def offer_issue(view: View, asked: Asked, made: Made) -> None:
    """Nothing for those who may not; of a draft, why it is not issued."""
    says = view.words
    if not may_load():
        return None
    say_what_happened(view)
    if asked.state == "borrador":
        return paragraph("mc-small", says("funding_pack.draft_is_not_issued"))
    if st.session_state.get("pack_to_issue") != made.name:
        st.button(
            says("funding_pack.issue"), key="pack_issue", icon=":material/lock:", on_click=ask, args=(made.name,)
        )
        return None
    paragraph("mc-note", says("funding_pack.issue_means", build=asked.build.build_id))
    buttons = st.container(horizontal=True)
    buttons.button(
        says("funding_pack.issue_now"), key="pack_issue_now", type="primary", icon=":material/lock:",
        on_click=issue_now, args=(made,),
    )
    buttons.button(says("funding_pack.issue_not"), key="pack_issue_not", on_click=ask, args=(None,))
    return None


def say_what_happened(view: View) -> None:
    if issued := st.session_state.pop("pack_was_issued", None):
        paragraph("mc-note", view.words("funding_pack.issued_now", **issued))
    if rule := st.session_state.pop("pack_was_not_issued", None):
        paragraph("mc-note mc-failure", view.words(f"funding_pack.cannot_issue_{rule}"))


def ask(name: str | None) -> None:
    st.session_state["pack_to_issue"] = name


def issue_now(made: Made) -> None:
    """Before the page is written again, so that the list has it."""
    ask(None)
    if not may_load():
        return
    try:
        one = issue_made(builds_folder(), made)
        st.session_state["pack_was_issued"] = {"number": one.number, "hash": one.sha256}
    except CannotIssue as refused:
        st.session_state["pack_was_not_issued"] = refused.rule
    except BuildsBusy:
        st.session_state["pack_was_not_issued"] = "busy"
