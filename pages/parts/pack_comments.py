"""Comments on the sections of a pack: read by all, written by those who may."""

from datetime import UTC, datetime

import streamlit as st

from analytics.periods import HalfYear
from analytics.table import Column, Table
from pages.parts.commentary import LONGEST_COMMENT, LONGEST_NAME
from pages.parts.figure import to_html
from pages.parts.frame import View, paragraph, section
from pages.parts.indicator_10 import name_half
from pages.parts.numbers import builds_folder
from pages.parts.permission import may_load
from reports.comments import add_comment
from reports.content import Comment
from reports.sections.comments import COMMENTED, name_subject

FIELDS = ("section", "text", "author")


def show_comments(view: View, period: HalfYear, comments: tuple[Comment, ...]) -> None:
    """Those of the half-year in a table, and a form for another."""
    says = view.words
    section(says("funding_pack.comments"))
    paragraph("mc-text", says("funding_pack.comments_text", period=name_half(view, period)))
    if comments:
        texts = (Column(says(f"pack.comments.{key}")) for key in ("section", "comment", "author"))
        columns = (*texts, Column(says("pack.comments.written_on"), "day"))
        rows = [(name_subject(says, one), one.text, one.author, one.written_on) for one in comments]
        st.html(to_html(says, Table(columns, rows), says("funding_pack.comments")))
    else:
        paragraph("mc-small", says("funding_pack.no_comments"))
    if may_load():
        write_comment(view, period)


def write_comment(view: View, period: HalfYear) -> None:
    says = view.words
    if message := st.session_state.pop("pack_comment_message", None):
        paragraph("mc-note", says(message))
    box = st.expander(says("funding_pack.write_comment"), icon=":material/edit_note:")
    with box.form("pack_comment", border=False, enter_to_submit=False):
        st.selectbox(
            says("pack.comments.section"), COMMENTED, key="pack_comment_section",
            format_func=lambda key: says(f"pack.section.{key}"),
        )
        st.text_area(says("pack.comments.comment"), key="pack_comment_text", max_chars=LONGEST_COMMENT)
        st.text_input(
            says("pack.comments.author"), value=st.user.get("name") or "", key="pack_comment_author",
            max_chars=LONGEST_NAME,
        )
        st.form_submit_button(says("funding_pack.keep_comment"), on_click=keep_comment, args=(period,))


def keep_comment(period: HalfYear) -> None:
    """Before the page is written again, so that the table and what is missing have it."""
    told = {key: str(st.session_state.get(f"pack_comment_{key}") or "").strip() for key in FIELDS}
    if not all(told.values()):
        st.session_state["pack_comment_message"] = "funding_pack.comment_is_empty"
    elif may_load():
        today = datetime.now(UTC).date()
        add_comment(builds_folder(), Comment(str(period), told["section"], told["author"], today, told["text"]))
        st.session_state["pack_comment_text"] = ""
        st.session_state["pack_comment_message"] = "funding_pack.comment_kept"
