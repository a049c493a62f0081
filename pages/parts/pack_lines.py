"""The lines of what changed since the last issued pack, to choose the one that is explained."""

from dataclasses import replace

import streamlit as st

from analytics.changes import tell_difference
from pages.parts.frame import View, paragraph
from pages.parts.numbers import builds_folder
from reports.change_lines import ChangeLine
from reports.content import Comment
from reports.figures import CAUSES
from reports.pack import list_changes


def choose_line(view: View, empty: Comment) -> Comment | None:
    """The comment, on the line that was chosen; None when nothing was issued before, or nothing changed."""
    says = view.words
    with st.spinner(says("funding_pack.comparing")):
        lines = list_changes(builds_folder(), view.snapshot, says.language)
    if not lines:
        paragraph("mc-text", says("pack.changes.none" if lines is None else "funding_pack.nothing_changed"))
        return None
    known = {line.code: line for line in lines}
    code = st.selectbox(
        says("funding_pack.about_line"), list(known), key="pack_comment_line",
        format_func=lambda code: f"{known[code].label} ({says(f'unit.{known[code].unit}')})",
    )
    paragraph("mc-text", tell_line(view, known[code]))
    return replace(empty, section="changes", line=code)


def tell_line(view: View, line: ChangeLine) -> str:
    """Then, now, and the parts of the difference with their signs."""
    says = view.words
    then, now = (says.show(value, line.unit, cents=True) for value in (line.then, line.now))
    parts = [
        says("funding_pack.line_cause", cause=says(f"pack.changes.{cause}"),
             part=tell_difference(says, part, line.unit))
        for cause, part in zip(CAUSES, line.causes, strict=False) if part
    ]
    return says("funding_pack.line", code=line.code, then=then, now=now, causes="; ".join(parts) or "–")
