"""Data quality: what came in, what was rejected or flagged, what changed?"""

import streamlit as st

from analytics.changes import previous_build
from analytics.charts import Bar, bars
from analytics.filters import EVERYTHING
from analytics.history import Load, loads
from analytics.incidents import Rule, rules
from analytics.palette import colour
from analytics.quality import Balance, Header, LoadedFile, balance, files, headers, missing_exports, unknown_without
from analytics.shares import Share
from analytics.table import Column, ColumnUnit, Table
from pages.parts import link
from pages.parts.changes import show_changes
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.frame import Headline, answer, close_page, headlines, open_page, paragraph, section
from pages.parts.incident_list import show_incidents
from pages.parts.numbers import builds_folder, newest_event, snapshot_at
from pages.parts.undo import show_undo
from pages.parts.upload import offer_first_load, show_upload
from pages.parts.ways import way_to_list

HASH_LETTERS = 12
NAMED_METRICS = 6

view = open_page("data_quality", without_build=offer_first_load)
says, snapshot = view.words, view.snapshot


def columns(**units: ColumnUnit) -> tuple[Column, ...]:
    """Columns named by this page's words: file, line …"""
    return tuple(Column(view.say(f"column_{name}"), unit) for name, unit in units.items())


def counted(*names: str) -> tuple[Column, ...]:
    """Columns of rows: read, accepted …"""
    return tuple(Column(view.say(name), "count") for name in names)


def counts_of(rows: Balance) -> dict[str, str]:
    return {name: says.number(getattr(rows, name)) for name in ("read", "accepted", "rejected", "superseded")}


def answer_question(rows: Balance) -> None:
    """How many rows came in and what became of them, and whether they add up."""
    sentence = view.say(
        "answer", share=share_of(rows.accepted, rows.read), flagged=says.number(rows.flagged), **counts_of(rows)
    )
    answer(view, f"{sentence} {view.say('closed' if rows.is_closed else 'open')}")


def share_of(part: int, whole: int) -> str:
    return says.show(Share("", part, whole).share, "share")


def show_headlines(rows: Balance, number_of_files: int) -> None:
    """Read, accepted, rejected, superseded, flagged."""
    details = {
        "read": view.say("read_detail", number_of_files),
        "accepted": view.say("of_read", share=share_of(rows.accepted, rows.read)),
        "rejected": view.say("of_read", share=share_of(rows.rejected, rows.read)),
        "superseded": view.say("superseded_detail"),
        "flagged": view.say("flagged_detail", share=share_of(rows.flagged, rows.accepted)),
    }
    headlines(view, [
        Headline(view.say(name), says.number(getattr(rows, name)), detail, way=lead(name, getattr(rows, name)))
        for name, detail in details.items()
    ])


def lead(outcome: str, rows: int) -> str | None:
    """The way to the list of the rows that were not taken over; the others are not listed one by one."""
    return way_to_list(outcome) if rows and outcome in ("rejected", "superseded") else None


def show_files(rows: Balance, found: list[LoadedFile]) -> None:
    """The files of the load: what was read is what was accepted, rejected and superseded."""
    heads = (
        *columns(file="text", export="text"), *counted("read", "accepted", "rejected", "superseded"),
        *columns(blank="count", footer="count", encoding="text", hash="code"),
    )
    cells = [
        (
            file.file_name, says(f"export.{file.export}"), file.rows_read, file.rows_accepted, file.rows_rejected,
            file.rows_superseded, file.rows_blank, file.rows_footer,
            file.encoding_name or view.say("workbook", sheet=file.sheet_name), file.sha256[:HASH_LETTERS],
        )
        for file in found
    ]
    ways = {}
    for row, file in enumerate(found):
        for column, outcome, count in (4, "rejected", file.rows_rejected), (5, "superseded", file.rows_superseded):
            if count:
                ways[row, column] = way_to_list(outcome, in_file=file.file_id)
    show_table(view, "files", view.say("files_title", **counts_of(rows)), Table(heads, cells), ways=ways)
    paragraph("mc-small", view.say("files_text"))


def say_what_is_missing() -> None:
    """Each export that did not come in, with the figures that are unknown without it."""
    for export in missing_exports(snapshot):
        keys, name = unknown_without(export), says(f"export.{export}")
        if keys:
            unknown = says("fact.indicators", len(keys))
            paragraph("mc-note", view.say("missing", export=name, unknown=unknown, metrics=name_metrics(keys)))
        else:
            paragraph("mc-note", view.say("missing_none", export=name))


def name_metrics(keys: list[str]) -> str:
    """The first few by name, the others as a number."""
    named, more = ", ".join(map(says.metric, keys[:NAMED_METRICS])), len(keys) - NAMED_METRICS
    return view.say("missing_more", metrics=named, more=says.number(more)) if more > 0 else named


def show_headers(found: list[LoadedFile]) -> None:
    """The columns of one file and what each was read as."""
    section(view.say("headers"))
    names = {file.file_id: file.file_name for file in found}
    chosen = link.choose_one(
        "file", list(names), found[0].file_id, st.selectbox, label=view.say("headers_file"), format_func=names.get,
    )
    cells = headers(snapshot, chosen)
    used = [cell for cell in cells if cell.field]
    rows = [(cell.header, name_field(cell)) for cell in cells]
    key = "headers_title_all" if len(used) == len(cells) else "headers_title"
    takeaway = view.say(key, columns=says.number(len(cells)), used=says.number(len(used)), file=names[chosen])
    show_table(view, "headers", takeaway, Table(columns(header="text", field="text"), rows))


def name_field(cell: Header) -> str:
    """What a column was read as; its key where it has no words yet."""
    if cell.field is None:
        return view.say("ignored")
    key = f"loaded_field.{cell.field}"
    return says(key) if says.has(key) else cell.field


def show_reasons(outcome: str) -> None:
    """The reasons of an outcome, those with the most rows first."""
    found = rules(snapshot, outcome, says.language)
    if not found:
        return paragraph("mc-text", view.say(f"no_{outcome}"))
    shade = colour("outcome", outcome)
    rows = [Bar(name_reason(rule), rule.rows, view.say("rows_count", rule.rows), shade) for rule in found]
    table = Table(
        columns(reason="text", export="text", rows="count", rule="code"),
        [(rule.sentence, name_exports(rule), rule.rows, rule.rule) for rule in found],
    )
    takeaway = view.say(
        f"{outcome}_title", sentence=found[0].short, rows=view.say("rows_count", found[0].rows)
    )
    ways = {(row, 2): way_to_list(outcome, rule=rule.rule) for row, rule in enumerate(found)}
    return show_figure(view, Figure(outcome, takeaway, bars(rows, label_lines=2), table, (), ways=ways))


def name_reason(rule: Rule) -> str:
    return view.say("reason_label", sentence=rule.short, exports=name_exports(rule))


def name_exports(rule: Rule) -> str:
    return ", ".join(says(f"export.{export}") for export in rule.exports)


def show_history() -> None:
    """The loads that are kept, and which of them is shown."""
    section(view.say("history"))
    found = loads(builds_folder())
    heads = (
        *columns(moment="text", build="code", state="text", files="count"),
        *counted("read", "accepted", "rejected", "superseded"), *columns(newest="day"),
    )
    cells = [
        (
            says.moment(one.built_at) if one.built_at else "–", one.build_id, view.say(state_of(one)), one.files,
            one.rows_read, one.rows_accepted, one.rows_rejected, one.rows_superseded, one.newest_event_on,
        )
        for one in found
    ]
    show_table(view, "history", view.say("history_title", len(found)), Table(heads, cells))


def state_of(load: Load) -> str:
    if load.is_damaged:
        return "damaged"
    return "shown" if load.build_id == snapshot.build.build_id else "kept"


def show_what_changed() -> None:
    """The headline figures of this load and of the one before, each at its own newest event."""
    section(view.say("changed"))
    before = previous_build(builds_folder(), snapshot.build)
    if before is None:
        return paragraph("mc-text", view.say("first_load"))
    now = snapshot_at(snapshot.build, newest_event(snapshot.build))
    return show_changes(view, snapshot_at(before, newest_event(before)), now)


every_row, every_file = balance(snapshot), files(snapshot)
answer_question(every_row)
if view.filters != EVERYTHING:
    paragraph("mc-note", view.say("whole_load"))
show_headlines(every_row, len(every_file))
show_files(every_row, every_file)
say_what_is_missing()
section(view.say("reasons"))
show_reasons("rejected")
show_reasons("flagged")
show_incidents(view, every_file)
show_headers(every_file)
show_history()
show_undo(view)
show_what_changed()
show_upload(says, snapshot.build)
close_page(view)
