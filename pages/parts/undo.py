"""Undo: any of the loads that are kept can be made current again, in one click."""

import streamlit as st

from analytics.history import Load, loads
from etl.builds import BuildError
from etl.publish import make_current
from etl.sentences import load_sentences
from pages.parts.frame import View, paragraph
from pages.parts.numbers import builds_folder
from pages.parts.permission import may_load


def show_undo(view: View) -> None:
    """A button for each whole load but the one that is shown; nothing for those who may not load."""
    if not may_load():
        return
    says = view.words
    if refused := st.session_state.pop("undo_refused", None):
        paragraph("mc-note", load_sentences(says.language).say_file(*refused))
    if restored := st.session_state.pop("undo_done", None):
        paragraph("mc-note", says("undo.done", load=restored))
    others = [load for load in loads(builds_folder()) if load.build_id != view.snapshot.build.build_id]
    for load in others:
        if not load.is_damaged:
            offer_return(view, load)


def offer_return(view: View, load: Load) -> None:
    says = view.words
    row = st.container(horizontal=True, vertical_alignment="center")
    label = says("undo.return", moment=says.moment(load.built_at))
    row.button(
        label, key=f"undo_{load.build_id}", icon=":material/undo:", on_click=return_to, args=(load.build_id,)
    )
    with row:
        accepted, files = says.number(load.rows_accepted), says.number(load.files)
        paragraph("mc-small", says("undo.load", files=files, rows=accepted, load=load.build_id))


def return_to(build_id: str) -> None:
    """Before the page is written again: by then the load may be gone, and its button with it."""
    try:
        if may_load():
            make_current(builds_folder(), build_id)
            st.session_state["undo_done"] = build_id
    except BuildError as error:
        st.session_state["undo_refused"] = (error.rule, error.details)
