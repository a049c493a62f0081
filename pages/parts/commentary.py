"""Commentary: what somebody wrote of a figure or of a day of it, numbered under it; written by those who may."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import streamlit as st

from analytics.periods import HalfYear
from pages.parts.frame import View, paragraph
from pages.parts.numbers import builds_folder
from pages.parts.pack_comments import LONGEST_COMMENT, LONGEST_NAME
from pages.parts.permission import may_load
from reports.comments import CommentsAreDamaged, add_comment, count_versions, read_comments
from reports.content import Comment

FIELDS = ("text", "author", "first_on", "last_on")
WRITTEN = "%d-%m-%Y"


def find_comments(metric: str) -> tuple[Comment, ...] | None:
    """Those on a metric; None when the file cannot be read."""
    try:
        return read_comments(builds_folder(), metric=metric)
    except CommentsAreDamaged:
        return None


def show_commentary(view: View, metric: str, comments: Sequence[Comment] | None) -> None:
    """The notes of a figure by their numbers, and a form for those who may write."""
    if comments is None:
        return paragraph("mc-note mc-failure", view.words("funding_pack.comments_are_damaged"))
    for number, comment in enumerate(comments, start=1):
        paragraph("mc-small", describe(view, number, comment))
    return write_note(view, metric, comments) if may_load() else None


def describe(view: View, number: int, comment: Comment) -> str:
    says = view.words
    days = " – ".join(says.day(day) for day in (comment.first_on, comment.last_on) if day)
    said = says(
        "commentary.item", number=number, when=says("commentary.when", days=days) if days else "",
        text=comment.text, author=comment.author, day=says.day(comment.written_on),
    )
    changes = count_versions(builds_folder(), comment.identity) - 1
    changed = says("commentary.changed", changes) if changes else ""
    internal = says("commentary.internal") if comment.is_internal else ""
    return " ".join(part for part in (said, changed, internal) if part)


def write_note(view: View, metric: str, comments: Sequence[Comment]) -> None:
    says = view.words
    if message := st.session_state.pop("note_message", None):
        paragraph("mc-note", says(message))
    box = st.expander(says("commentary.write"), icon=":material/edit_note:")
    numbers = {comment.identity: number for number, comment in enumerate(comments, start=1)}
    which = box.selectbox(
        says("commentary.which"), ["", *numbers], key="note_which",
        format_func=lambda identity: str(numbers.get(identity, says("commentary.new"))),
    )
    before = next((comment for comment in comments if comment.identity == which), None)
    with box.form("note", border=False, enter_to_submit=False):
        ask(view, which, before)
        st.form_submit_button(says("commentary.keep"), on_click=keep, args=(metric, which))
        if before:
            st.form_submit_button(says("commentary.withdraw"), on_click=withdraw, args=(before,))


def ask(view: View, which: str, before: Comment | None) -> None:
    """The fields of a note, with what the one to change says."""
    says = view.words
    days = {key: getattr(before, key, None) for key in FIELDS[2:]}
    author = before.author if before else st.user.get("name") or ""
    st.text_area(
        says("commentary.text"), before.text if before else "", key=f"note_text_{which}", max_chars=LONGEST_COMMENT
    )
    st.text_input(says("commentary.author"), author, key=f"note_author_{which}", max_chars=LONGEST_NAME)
    for key, day in days.items():
        written = day.strftime(WRITTEN) if day else ""
        st.text_input(says(f"commentary.{key}"), written, key=f"note_{key}_{which}", max_chars=10)
    st.checkbox(says("commentary.is_internal"), before.is_internal if before else False, key=f"note_internal_{which}")


def keep(metric: str, which: str) -> None:
    """Before the page is written again, so that the chart has it."""
    told = {key: str(st.session_state.get(f"note_{key}_{which}") or "").strip() for key in FIELDS}
    days = [read_day(told[key]) for key in FIELDS[2:]]
    if not told["text"] or not told["author"]:
        st.session_state["note_message"] = "commentary.is_empty"
    elif not are_days(told, days):
        st.session_state["note_message"] = "commentary.day_is_wrong"
    elif may_load():
        today = datetime.now(UTC).date()
        add_comment(builds_folder(), Comment(
            str(HalfYear.of(days[0] or today)), "", told["author"], today, told["text"], metric, *days,
            is_internal=bool(st.session_state.get(f"note_internal_{which}")), identity=which,
        ))
        if not which:
            st.session_state["note_text_"] = ""
        st.session_state["note_message"] = "commentary.kept"


def withdraw(before: Comment) -> None:
    if may_load():
        add_comment(builds_folder(), before.withdrawn(datetime.now(UTC).date()))
        st.session_state["note_which"], st.session_state["note_message"] = "", "commentary.withdrawn"


def read_day(text: str) -> date | None:
    try:
        return datetime.strptime(text, WRITTEN).date()
    except ValueError:
        return None


def are_days(told: dict[str, str], days: list[date | None]) -> bool:
    """What was written is days, and a last one comes after a first one."""
    first, last = days
    is_read = all(bool(day) == bool(told[key]) for key, day in zip(FIELDS[2:], days, strict=True))
    return is_read and (last is None or (first is not None and first < last))
