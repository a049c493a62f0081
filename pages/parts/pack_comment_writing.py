"""Keeping and withdrawing a comment of a pack, before the page is written again so that it has it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from pages.parts.permission import may_load
from reports.comments import add_comment
from reports.content import Comment


def keep(folder: Path, subject: Comment) -> None:
    """A new comment on the subject, or the next version of the one that it is."""
    state, place = st.session_state, subject.identity
    text, author = (str(state.get(f"pack_comment_{key}_{place}") or "").strip() for key in ("text", "author"))
    if not text or not author:
        state["pack_comment_message"] = "funding_pack.comment_is_empty"
    elif may_load():
        add_comment(folder, replace(
            subject, text=text, author=author, written_on=datetime.now(UTC).date(),
            is_internal=bool(state.get(f"pack_comment_internal_{place}")),
        ))
        _close("funding_pack.comment_kept")


def withdraw(folder: Path, before: Comment) -> None:
    if may_load():
        add_comment(folder, before.withdrawn(datetime.now(UTC).date()))
        _close("funding_pack.comment_withdrawn")


def _close(message: str) -> None:
    """The next time the form opens it is that of a new one, empty."""
    st.session_state["pack_comment_message"], st.session_state["pack_comment_which"] = message, ""
    st.session_state["pack_comment_text_"] = ""
