"""Commentary: what somebody wrote of a metric or of a day of it, numbered under its figures; written by who may."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

import streamlit as st

from analytics.marked_lines import Marks, Moment, mark_notes
from analytics.periods import HalfYear
from analytics.table import Column, Table
from analytics.words import Words
from pages.parts.frame import View, literal, paragraph
from pages.parts.numbers import builds_folder
from pages.parts.permission import may_load
from reports.comments import CommentsAreDamaged, add_comment, count_versions, read_comments
from reports.content import Comment
from reports.sections.comments import name_subject

FIELDS = ("text", "author", "first_on", "last_on")
WRITTEN = "%d-%m-%Y"
LONGEST_COMMENT = 2000
LONGEST_NAME = 120
Numbered = list[tuple[int, Comment]]
# Notes by the point of an axis, or the first cell of a row, where they stand.
Placed = Mapping[object, Numbered]


def number_notes(metric: str) -> Numbered:
    """Those on a metric: on every page and chart it has the same numbers. CommentsAreDamaged when it cannot be read."""
    return list(enumerate(read_comments(builds_folder(), metric=metric), start=1))


def place_notes(metric: str, point_of: Callable[[Comment], date | None]) -> Placed:
    """The notes on a day by the points where they stand; those that stand nowhere, or cannot be read, are left out."""
    placed: dict[date, Numbered] = {}
    try:
        found = number_notes(metric)
    except CommentsAreDamaged:
        return placed
    for number, note in found:
        point = point_of(note) if note.first_on else None
        if point is not None:
            placed.setdefault(point, []).append((number, note))
    return placed


def mark_points(placed: Placed) -> Marks:
    """A mark for each point, with the numbers of its notes."""
    return mark_notes([Moment(at, ", ".join(str(number) for number, _ in notes)) for at, notes in placed.items()])


def write_beside(says: Words, table: Table, placed: Placed) -> Table:
    """The table with a last column for the notes, by the first cell of its rows; the same without any."""
    if not placed:
        return table
    told = {at: " · ".join(f"{number}. {note.text}" for number, note in notes) for at, notes in placed.items()}
    rows = [(*row, told.get(row[0], "")) for row in table.rows]
    return Table((*table.columns, Column(says("commentary.column"))), rows)


def with_notes(view: View, text: str, metrics: Sequence[str]) -> str:
    """What is read aloud for a figure, with its notes."""
    try:
        notes = tell_notes(view, metrics)
    except CommentsAreDamaged:
        return text
    return f"{text} {view.words('commentary.alternative', notes=' '.join(notes))}" if notes else text


def tell_notes(view: View, metrics: Sequence[str]) -> list[str]:
    """A line for each note; with the name of its metric when they are several. None of a simulation."""
    metrics = [] if view.band else list(dict.fromkeys(metrics))
    return [
        describe(view, number, note, len(metrics) > 1) for metric in metrics for number, note in number_notes(metric)
    ]


def show_commentary(view: View, key: str, metrics: Sequence[str], is_marked: bool = False) -> None:
    """The notes of a figure by their numbers, and a button to write one for who may; of a metric once a page.

    key: of the figure. is_marked: their numbers stand on the chart, so that they are listed under it in any case.
    """
    noted = view.shown.noted
    is_first, shown = not noted, [one for one in dict.fromkeys(metrics) if is_marked or one not in noted]
    if view.band or not shown:
        return None
    noted.update(shown)
    try:
        lines = tell_notes(view, shown)
    except CommentsAreDamaged:
        return paragraph("mc-note mc-failure", view.words("funding_pack.comments_are_damaged")) if is_first else None
    for line in lines:
        paragraph("mc-small", line)
    return offer_writing(view, f"{view.key}_{key}", shown) if may_load() else None


def describe(view: View, number: int, note: Comment, is_named: bool) -> str:
    says = view.words
    days = " – ".join(says.day(day) for day in (note.first_on, note.last_on) if day)
    subject = name_subject(says, note) if is_named else days
    said = says(
        "commentary.item", number=number, when=says("commentary.when", days=subject) if subject else "",
        text=note.text, author=note.author, day=says.day(note.written_on),
    )
    changes = count_versions(builds_folder(), note.identity) - 1
    changed = says("commentary.changed", changes) if changes else ""
    internal = says("commentary.internal") if note.is_internal else ""
    return " ".join(part for part in (said, changed, internal) if part)


def offer_writing(view: View, place: str, metrics: Sequence[str]) -> None:
    """A button that opens the form; until then there is nothing in it. place: unique among the pages."""
    if message := st.session_state.pop(f"note_message_{place}", None):
        paragraph("mc-note", view.words(message))
    says, figure = view.words, view.words.metric(metrics[0])
    about = says("commentary.write_about", len(metrics), metric=figure, more=len(metrics) - 1)
    box = st.popover(
        # In grey for style.css, which leaves it to those who hear the buttons of a page one after the other.
        f"{says('commentary.write')} :gray[{literal(about)}]", icon=":material/edit_note:", key=f"note_open_{place}",
        on_change="rerun",
    )
    if box.open:
        with box:
            write_note(view, place, metrics)


def write_note(view: View, place: str, metrics: Sequence[str]) -> None:
    says = view.words
    numbered = {note.identity: (number, note) for metric in metrics for number, note in number_notes(metric)}
    names = {identity: f"{number}. {says.metric(note.metric)}" for identity, (number, note) in numbered.items()}
    which = st.selectbox(
        says("commentary.which"), ["", *names], key=f"note_which_{place}",
        format_func=lambda identity: names.get(identity, says("commentary.new")),
    )
    before = numbered[which][1] if which else None
    with st.form(f"note_{place}", border=False, enter_to_submit=False):
        if not before and len(metrics) > 1:
            st.selectbox(says("commentary.metric"), metrics, key=f"note_metric_{place}", format_func=says.metric)
        ask(view, f"{place}_{which}", before)
        st.form_submit_button(says("commentary.keep"), on_click=keep, args=(place, metrics[0], before))
        if before:
            st.form_submit_button(says("commentary.withdraw"), on_click=withdraw, args=(place, before))


def ask(view: View, place: str, before: Comment | None) -> None:
    """The fields of a note, with what the one to change says."""
    says = view.words
    days = {key: getattr(before, key, None) for key in FIELDS[2:]}
    author = before.author if before else st.user.get("name") or ""
    st.text_area(
        says("commentary.text"), before.text if before else "", key=f"note_text_{place}", max_chars=LONGEST_COMMENT
    )
    st.text_input(says("commentary.author"), author, key=f"note_author_{place}", max_chars=LONGEST_NAME)
    for key, day in days.items():
        written = day.strftime(WRITTEN) if day else ""
        st.text_input(says(f"commentary.{key}"), written, key=f"note_{key}_{place}", max_chars=10)
    st.checkbox(says("commentary.is_internal"), before.is_internal if before else False, key=f"note_internal_{place}")
    paragraph("mc-small", says("commentary.careful"))


def keep(place: str, only: str, before: Comment | None) -> None:
    """Before the page is written again, so that the chart has it. only: the metric where none was chosen."""
    which, state = before.identity if before else "", st.session_state
    told = {key: str(state.get(f"note_{key}_{place}_{which}") or "").strip() for key in FIELDS}
    days = [read_day(told[key]) for key in FIELDS[2:]]
    if not told["text"] or not told["author"]:
        state[f"note_message_{place}"] = "commentary.is_empty"
    elif not are_days(told, days):
        state[f"note_message_{place}"] = "commentary.day_is_wrong"
    elif may_load():
        today = datetime.now(UTC).date()
        metric = before.metric if before else state.get(f"note_metric_{place}", only)
        add_comment(builds_folder(), Comment(
            str(HalfYear.of(days[0] or today)), "", told["author"], today, told["text"], metric, *days,
            is_internal=bool(state.get(f"note_internal_{place}_{which}")), identity=which,
        ))
        close(place, "commentary.kept")


def withdraw(place: str, before: Comment) -> None:
    if may_load():
        add_comment(builds_folder(), before.withdrawn(datetime.now(UTC).date()))
        close(place, "commentary.withdrawn")


def close(place: str, message: str) -> None:
    """Close the form: the next time it opens it is empty."""
    st.session_state[f"note_open_{place}"], st.session_state[f"note_message_{place}"] = False, message


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
