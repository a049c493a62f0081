"""What the stages of an upload show: the steps, how files were understood, what is wrong, what would change and why."""

from html import escape

import streamlit as st

from analytics.changes import tabulate_changes
from analytics.preview import Count, FirstPreview, Preview, Trouble, count_files, troubles
from analytics.row_changes import RowChanges, add_up
from analytics.table import Column, Table
from analytics.words import Words
from etl.builds import Build
from etl.sentences import Sentences, load_sentences
from etl.upload_notes import FileNote, Loss, Outcome, Refusal, Understood
from pages.parts.figure import to_html
from pages.parts.frame import literal, paragraph, status_shape

STEPS = ("choose", "understand", "check", "compare", "publish")
MOST_TROUBLES = 40
KINDS_OF_CHANGE = ("added", "later_states", "earlier_states", "corrected", "gone", "same")


def show_steps(says: Words, current: str, failed: str | None = None) -> None:
    """Where the upload is: steps done, the one at hand, and the one it stopped at."""
    at = STEPS.index(current)
    items = []
    for number, step in enumerate(STEPS):
        state = "failed" if step == failed else "done" if number < at else "now" if number == at else "later"
        shown = ' aria-current="step"' if number == at else ""
        word = f"{number + 1}. {says(f'upload.step.{step}')}"
        told = "" if state in ("now", "later") else f" <span>({escape(says(f'upload.state.{state}'))})</span>"
        items.append(f"<li class='mc-step mc-step-{state}'{shown}>{escape(word)}{told}</li>")
    st.html(f"<ol class='mc-steps'>{''.join(items)}</ol>")


def heading(text: str) -> None:
    paragraph("mc-title", text, tag="h3")


def verdict(status: str, text: str) -> None:
    """A stage's verdict: shape and colour of a status with words of its own."""
    st.html(f"<p class='mc-verdict'>{status_shape(status)} {escape(text)}</p>")


def show_understood(says: Words, understood: Understood) -> None:
    sentences = load_sentences(says.language)
    came = understood.came
    heading(says("upload.understood", len(came)))
    columns = tuple(Column(says(f"upload.column.{name}")) for name in ("file", "export", "columns", "notes"))
    rows = [
        (file.file_name, says(f"export.{file.export}"), say_columns(says, file), say_notes(says, sentences, file))
        for file in came
    ]
    st.html(to_html(says, Table(columns, rows), says("upload.understood", len(came))))
    kept = [(file.file_name, file.export) for file in understood.kept]
    for key, files in (("kept", kept), ("replaced", understood.replaced)):
        if files:
            paragraph("mc-text", says(f"upload.{key}", files=say_files(says, files)))
    if understood.passed_over:
        paragraph("mc-note", says("upload.passed_over", files=", ".join(understood.passed_over)))
    for stray in understood.strays:
        verdict("at_risk", f"{stray.file_name}: {sentences.say_file(stray.rule, stray.details)}")


def say_files(says: Words, files: list[tuple[str, str]]) -> str:
    """catálogo (catalogo.csv), matrículas (a.csv, b.csv)"""
    exports: dict[str, list[str]] = {}
    for name, export in files:
        exports.setdefault(export, []).append(name)
    return ", ".join(f"{says(f'export.{export}')} ({', '.join(names)})" for export, names in exports.items())


def say_columns(says: Words, file: FileNote) -> str:
    used = file.columns - len(file.ignored)
    told = [says("upload.columns_used", used=says.number(used), columns=says.number(file.columns))]
    renamed = [f"{usual} ← «{found}»" for usual, found in file.renamed.items()]
    for key, names in (("renamed", renamed), ("ignored", file.ignored), ("missing", file.missing)):
        if names:
            told.append(says(f"upload.columns_{key}", columns=", ".join(names)))
    return " ".join(told)


def say_notes(says: Words, sentences: Sentences, file: FileNote) -> str:
    notes = [sentences.files[note] for note in file.notes]
    if file.sheet_name:
        notes.insert(0, says("upload.sheet", sheet=file.sheet_name))
    if file.is_loaded:
        notes.append(says("upload.is_loaded"))
    return "; ".join(notes) or says("upload.no_notes")


def show_refusals(says: Words, outcome: Outcome, has_current: bool) -> None:
    """Why nothing can be published: every sentence, with its file, what was found and what to do."""
    sentences = load_sentences(says.language)
    heading(says("upload.refused", len(outcome.refusals)))
    for refusal in outcome.refusals:
        name = f"{refusal.file_name}: " if refusal.file_name else ""
        verdict("not_kept", f"{name}{say_refusal(sentences, refusal)}")
    paragraph("mc-text", says("upload.current_stays" if has_current else "upload.nothing_loaded"))


def say_refusal(sentences: Sentences, refusal: Refusal) -> str:
    details = dict(refusal.details)
    if "rule" in details:
        details["reason"] = sentences.say_rule(details["rule"])
    return sentences.say_file(refusal.rule, details)


def show_troubles(says: Words, draft: Build, understood: Understood, losses: list[Loss]) -> None:
    """Of the files that came, and of those that lose many rows by what came."""
    names = [file.file_name for file in understood.came] + [loss.file_name for loss in losses]
    found = troubles(draft, names, says.language)
    rejected = sum(count.rejected for count in count_files(draft, names))
    heading(says("upload.wrong"))
    if losses:
        for loss in losses:
            verdict("not_kept", say_loss(says, loss))
    elif rejected:
        verdict("at_risk", says("upload.rejected", rejected))
    elif found:
        verdict("at_risk", says("upload.flagged_only"))
    else:
        verdict("kept", says("upload.nothing_wrong"))
    for count in count_files(draft, names):
        paragraph("mc-text", say_count(says, count))
    if found:
        st.html(to_html(says, tabulate_troubles(says, found[:MOST_TROUBLES]), says("upload.wrong")))
        paragraph("mc-small", says("upload.where_rows"))


def say_loss(says: Words, loss: Loss) -> str:
    """980 of 1,000 rows of a file would stay out."""
    return says("upload.loses", file=loss.file_name, **count_loss(says, loss))


def count_loss(says: Words, loss: Loss) -> dict[str, str]:
    return {"rejected": says.number(loss.rejected), "read": says.number(loss.read)}


def confirm_losses(says: Words, losses: list[Loss], draft: Build) -> bool:
    """A tick for each file that loses many rows; whether all are given, for this very draft."""
    ticks = [
        st.checkbox(
            says("upload.seen", file=literal(loss.file_name), **count_loss(says, loss)),
            key=f"upload_seen_{draft.sha256}_{loss.file_name}",
        )
        for loss in losses
    ]
    return all(ticks)


def say_count(says: Words, count: Count) -> str:
    numbers = {name: says.number(getattr(count, name)) for name in ("read", "accepted", "rejected", "superseded")}
    return says("upload.rows", file=count.file_name, **numbers)


def tabulate_troubles(says: Words, found: list[Trouble]) -> Table:
    names = ("outcome", "reason", "header", "rows", "first")
    columns = tuple(Column(says(f"upload.column.{name}"), "count" if name == "rows" else "text") for name in names)
    return Table(columns, [
        (
            says(f"upload.outcome.{each.outcome}"), each.sentence, each.header or "–", each.rows,
            says("upload.place", file=each.file_name, line=says.number(each.line)),
        )
        for each in found
    ])


def show_first_preview(says: Words, found: FirstPreview) -> None:
    """The headline figures that there would be; there are none to compare them with."""
    takeaway = says("upload.first_figures", day=says.day(found.newest))
    heading(takeaway)
    columns = (Column(says("upload.column.figure")), Column(says("upload.column.after"), "figure"))
    rows = [(says.metric(each.metric.key), says.show(each.value, each.metric.unit)) for each in found.figures]
    st.html(to_html(says, Table(columns, rows), takeaway))


def show_preview(says: Words, found: Preview) -> None:
    takeaway = says("upload.changes", found.different) if found.different else says("upload.changes_none")
    heading(takeaway)
    headings = tuple(says(f"upload.column.{name}") for name in ("figure", "now", "after", "difference"))
    st.html(to_html(says, tabulate_changes(says, found.changes, headings), takeaway))
    heading(say_why(says, found.rows))
    st.html(to_html(says, tabulate_rows(says, found.rows), says("upload.why_caption")))
    if found.rules_differ:
        paragraph("mc-note", says("upload.rules"))
    if found.newest_now != found.newest_then:
        days = {"now": says.day(found.newest_now), "then": says.day(found.newest_then)}
        paragraph("mc-note", says("upload.newest", **days))
    if lost := [each for each in found.rows if each.lost]:
        told = ", ".join(f"{says(f'export.{each.export}')}: {says.number(each.lost)}" for each in lost)
        verdict("at_risk", says("upload.lost", rows=told))


def say_why(says: Words, rows: list[RowChanges]) -> str:
    """Por qué: 12 filas nuevas, 3 con un estado posterior, 1 corregida."""
    total = add_up(rows)
    if not total.changed:
        return says("upload.why_nothing")
    counts = {name: getattr(total, name) for name in KINDS_OF_CHANGE if name != "same"}
    reasons = [says(f"upload.why_{name}", count) for name, count in counts.items() if count]
    return says("upload.why", reasons=", ".join(reasons))


def tabulate_rows(says: Words, rows: list[RowChanges]) -> Table:
    columns = [Column(says("upload.column.rows_of"))]
    columns += [Column(says(f"upload.column.{name}"), "count") for name in KINDS_OF_CHANGE]
    cells = [(says(f"export.{each.export}"), *(getattr(each, name) for name in KINDS_OF_CHANGE)) for each in rows]
    return Table(tuple(columns), cells)
