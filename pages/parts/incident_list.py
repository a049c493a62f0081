"""The rows that were rejected, flagged or superseded, one by one: of all files or of one, for all reasons or one."""

from collections.abc import Sequence

import streamlit as st

from analytics.incidents import TABLES, Incident, incidents, rules
from analytics.quality import LoadedFile
from analytics.table import Column, Table
from pages.parts import link
from pages.parts.figure import show_table
from pages.parts.frame import View, paragraph, section
from pages.parts.ways import LIST

HEADS = {
    "superseded": {"reason": "text", "file": "text", "line": "count", "replaced": "text"},
    "": {"reason": "text", "file": "text", "line": "count", "header": "text", "found": "text"},
}
EVERY = ""


def show_incidents(view: View, files: Sequence[LoadedFile]) -> None:
    """Every row of what was chosen, with its file, line, column and reason."""
    section(view.say("rows"), LIST)
    paragraph("mc-text", view.say("rows_text"))
    outcome = link.choose_one(
        "outcome", list(TABLES), "rejected", st.segmented_control,
        label=view.say("outcome_label"), format_func=view.say, required=True,
    )
    found = incidents(view.snapshot, outcome, view.words.language)
    if not found:
        return paragraph("mc-text", view.say(f"no_{outcome}"))
    shown = _choose(view, outcome, files, found)
    heads = HEADS.get(outcome, HEADS[EVERY])
    columns = tuple(Column(view.say(f"column_{key}"), unit) for key, unit in heads.items())
    table = Table(columns, [_row(outcome, one) for one in shown])
    return show_table(view, f"rows-{outcome}", view.say(f"list_{outcome}", len(shown)), table, is_restricted=True)


def _choose(view: View, outcome: str, files: Sequence[LoadedFile], found: Sequence[Incident]) -> list[Incident]:
    """Those of the file and for the reason that the reader chose; of all of them at first."""
    in_files, met = {one.file_id for one in found}, {one.rule for one in found}
    names = {file.file_id: file.file_name for file in files if file.file_id in in_files}
    reasons = {
        one.rule: one.short for one in rules(view.snapshot, outcome, view.words.language) if one.rule in met
    }
    with st.container(horizontal=True):
        file_id = link.choose_one(
            "in_file", [EVERY, *names], EVERY, st.selectbox, label=view.say("headers_file"), width=300,
            format_func=lambda key: names.get(key) or view.say("every_file"),
        )
        rule = link.choose_one(
            "rule", [EVERY, *reasons], EVERY, st.selectbox, label=view.say("column_reason"),
            format_func=lambda key: reasons.get(key) or view.say("every_reason"),
        )
    return [one for one in found if file_id in (EVERY, one.file_id) and rule in (EVERY, one.rule)]


def _row(outcome: str, one: Incident) -> tuple:
    if outcome == "superseded":
        return one.sentence, one.file_name, one.line, one.found
    return one.sentence, one.file_name, one.line, one.header or "–", one.found or "–"
