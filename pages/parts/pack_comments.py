"""The comments of a pack: read by all; written, changed, withdrawn and made public by those who may."""

import streamlit as st

from analytics.metrics import METRICS
from analytics.periods import HalfYear
from analytics.table import Column, Table
from pages.parts.commentary import LONGEST_COMMENT, LONGEST_NAME
from pages.parts.figure import to_html
from pages.parts.frame import View, paragraph, section
from pages.parts.indicator_10 import name_half
from pages.parts.numbers import builds_folder
from pages.parts.pack_comment_writing import keep, withdraw
from pages.parts.pack_lines import choose_line
from pages.parts.permission import may_load
from reports.content import Comment
from reports.sections.comments import COMMENTED, name_subject

# What a comment may be about; the keys of words.
SUBJECTS = ("section", "indicator", "line")
COLUMNS = {"comment": "text", "author": "text", "written_on": "day"}
# More letters of a comment than these do not help to tell it from another.
TOLD_LETTERS = 60


def show_comments(view: View, period: HalfYear, comments: tuple[Comment, ...]) -> None:
    """Those of the half-year in a table, and a form to write or change one."""
    says = view.words
    section(says("funding_pack.comments"))
    paragraph("mc-text", says("funding_pack.comments_text", period=name_half(view, period)))
    if comments:
        heads = [Column(says(f"pack.comments.{key}"), unit) for key, unit in COLUMNS.items()]
        columns = (Column(says("funding_pack.comment_subject")), *heads, Column(says("funding_pack.comment_printed")))
        rows = [
            (name_subject(says, one), one.text, one.author, one.written_on, tell_reach(view, one)) for one in comments
        ]
        st.html(to_html(says, Table(columns, rows), says("funding_pack.comments")))
    else:
        paragraph("mc-small", says("funding_pack.no_comments"))
    if may_load():
        offer_writing(view, period, comments)


def tell_reach(view: View, one: Comment) -> str:
    return view.words(f"funding_pack.comment_{'internal' if one.is_internal else 'public'}")


def offer_writing(view: View, period: HalfYear, comments: tuple[Comment, ...]) -> None:
    """A form that opens; until then nothing is in it, and what changed is not looked for."""
    says = view.words
    if message := st.session_state.pop("pack_comment_message", None):
        paragraph("mc-note", says(message))
    box = st.expander(
        says("funding_pack.write_comment"), icon=":material/edit_note:", key="pack_comment_open", on_change="rerun"
    )
    if box.open:
        with box:
            write_comment(view, period, comments)


def write_comment(view: View, period: HalfYear, comments: tuple[Comment, ...]) -> None:
    """Choose one that is there, or what a new one is about; then the form."""
    says, known = view.words, {one.identity: one for one in comments}
    which = st.selectbox(
        says("funding_pack.comment_which"), ["", *known], key="pack_comment_which", disabled=not known,
        format_func=lambda key: _name(view, known[key]) if key else says("funding_pack.comment_new"),
    )
    before = known.get(which)
    subject = before or choose_subject(view, period)
    if subject:
        fill_in(view, subject, before)


def _name(view: View, one: Comment) -> str:
    text = one.text if len(one.text) <= TOLD_LETTERS else f"{one.text[:TOLD_LETTERS]}…"
    return f"{name_subject(view.words, one)}: {text}"


def choose_subject(view: View, period: HalfYear) -> Comment | None:
    """A comment without words on what was chosen; None when there is nothing to choose from."""
    says = view.words
    about = st.segmented_control(
        says("funding_pack.comment_about"), SUBJECTS, default=SUBJECTS[0], required=True, key="pack_comment_about",
        format_func=lambda key: says(f"funding_pack.about_{key}"),
    )
    empty = Comment(str(period), "", "", view.snapshot.as_of, "")
    if about == "line":
        return choose_line(view, empty)
    keys, name = (COMMENTED, "pack.section.{}") if about == "section" else (tuple(METRICS), "metric.{}.name")
    chosen = st.selectbox(
        says(f"funding_pack.about_{about}"), keys, key=f"pack_comment_{about}",
        format_func=lambda key: says(name.format(key)),
    )
    told = {"section": chosen} if about == "section" else {"metric": chosen}
    return Comment(str(period), told.get("section", ""), "", view.snapshot.as_of, "", told.get("metric", ""))


def fill_in(view: View, subject: Comment, before: Comment | None) -> None:
    """Its words, who says them and who may read them; with those of the one that is changed."""
    says, place = view.words, before.identity if before else ""
    with st.form(f"pack_comment_{place}", border=False, enter_to_submit=False):
        st.text_area(
            says("pack.comments.comment"), subject.text, key=f"pack_comment_text_{place}", max_chars=LONGEST_COMMENT
        )
        st.text_input(
            says("pack.comments.author"), subject.author or st.user.get("name") or "",
            key=f"pack_comment_author_{place}", max_chars=LONGEST_NAME,
        )
        st.checkbox(says("funding_pack.comment_is_internal"), subject.is_internal, key=f"pack_comment_internal_{place}")
        paragraph("mc-small", says("commentary.careful"))
        buttons = st.container(horizontal=True)
        buttons.form_submit_button(
            says("funding_pack.keep_comment"), type="primary", on_click=keep, args=(builds_folder(), subject)
        )
        if before:
            buttons.form_submit_button(
                says("funding_pack.withdraw_comment"), on_click=withdraw, args=(builds_folder(), before)
            )
