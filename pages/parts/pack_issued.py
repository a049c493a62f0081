"""The packs that were issued: what each was, its file again, and whether its figures would be others today."""

from html import escape

import streamlit as st

from analytics.changes import tell_difference
from analytics.filters import EVERYTHING
from analytics.table import Column, Table
from analytics.words import words
from pages.parts import link
from pages.parts.figure import Ways, show_table, to_html
from pages.parts.frame import View, paragraph, section, status_shape
from pages.parts.indicator_10 import name_half
from pages.parts.numbers import builds_folder, snapshot_at
from pages.parts.ways import way_to_code, way_to_rows
from reports.disclosure import CannotPublish
from reports.grant import grant_in_force
from reports.history import COMPONENTS, Change
from reports.issued import Issued, IssuedIsDamaged, find_published, list_issued, open_issued
from reports.manifest import hash_software
from reports.package import NotAPack
from reports.proof import Proof, verify
from reports.today import Today, compare_with_today

HASH_LETTERS = 12
COLUMNS = ("number", "period", "as_of", "kind", "state", "language", "build", "issued_at", "hash")
UNITS = {"number": "count", "as_of": "day", "build": "code", "hash": "code"}
# At one cut-off nothing happens later.
CAUSES = tuple(name for name in COMPONENTS if name != "events")
CHANGE_COLUMNS = ("then", "now", *CAUSES)


def show_issued(view: View) -> None:
    """The list, newest first, and one of them opened."""
    says = view.words
    section(says("funding_pack.issued"))
    try:
        found = list_issued(builds_folder())[::-1]
    except IssuedIsDamaged:
        return paragraph("mc-note mc-failure", says("funding_pack.issued_are_damaged"))
    if not found:
        return paragraph("mc-text", says("funding_pack.none_issued"))
    columns = tuple(Column(says(f"funding_pack.column_{name}"), UNITS.get(name, "text")) for name in COLUMNS)
    table = Table(columns, [_describe(view, one) for one in found])
    show_table(view, "issued", says("funding_pack.issued_title", len(found)), table)
    return open_one(view, found)


def _describe(view: View, one: Issued) -> tuple:
    says, told = view.words, one.manifest
    return (
        one.number, name_half(view, one.period), one.as_of, says(f"document.kind.{told['kind']}"),
        says(f"document.state.{told['state']}"), words(told["language"])(f"language.{told['language']}"),
        told["build"]["id"], says.moment(one.issued_at), one.sha256[:HASH_LETTERS],
    )


def open_one(view: View, found: list[Issued]) -> None:
    """The file of an issued pack as it went out, and what can be asked about it."""
    says = view.words
    numbers = {str(one.number): one for one in found}
    chosen = link.choose_one(
        "issued", list(numbers), str(found[0].number), st.selectbox, label=says("funding_pack.open_issued"),
        format_func=lambda number: says("funding_pack.issued_name", number=number, name=numbers[number].name),
    )
    one = numbers[chosen]
    try:
        content = one.read()
    except IssuedIsDamaged:
        return paragraph("mc-note mc-failure", says("funding_pack.file_is_damaged", hash=one.sha256))
    st.html(f"<p class='mc-text'>{status_shape('kept')} {says('funding_pack.file_is_whole', hash=one.sha256)}</p>")
    buttons = st.container(horizontal=True)
    buttons.download_button(
        says("funding_pack.zip"), content, f"{one.name}.zip", "application/zip",
        key="issued_zip", on_click="ignore", icon=":material/folder_zip:",
    )
    asks_today = buttons.button(says("funding_pack.ask_today"), key="issued_today", icon=":material/compare_arrows:")
    asks_proof = buttons.button(says("funding_pack.ask_proof"), key="issued_proof", icon=":material/verified:")
    if asks_today:
        with st.spinner(says("funding_pack.comparing")):
            try_today(view, one)
    if asks_proof:
        with st.spinner(says("funding_pack.proving")):
            prove(view, one, content)
    return None


def try_today(view: View, one: Issued) -> None:
    """A public pack might not be safe if it were made today."""
    try:
        show_today(view, one, compare(view, one))
    except CannotPublish as refused:
        paragraph("mc-note mc-failure", refused.tell(view.words))


def compare(view: View, one: Issued) -> Today:
    """Against the current load at the cut-off of the pack."""
    folder, snapshot = builds_folder(), snapshot_at(view.snapshot.build, one.as_of)
    before = find_published(folder, one.name) if one.manifest["kind"] == "public" else ()
    return compare_with_today(snapshot, open_issued(folder, one), grant_in_force(folder), before)


def show_today(view: View, one: Issued, today: Today) -> None:
    """How many figures would be others, which, and for the main ones why."""
    says, differ = view.words, len(today.differences)
    places = {
        "checked": says.number(today.checked), "day": says.day(one.as_of), "build": view.snapshot.build.build_id,
    }
    if not differ:
        st.html(f"<p class='mc-text'>{status_shape('kept')} {says('funding_pack.same_today', **places)}</p>")
        return
    paragraph("mc-title", says("funding_pack.different_today", differ, **places), tag="h3")
    if today.changes:
        paragraph("mc-text", says("funding_pack.changes_text"))
        columns = (Column(says("pack.changes.figure")), *(Column(says(f"pack.changes.{name}"), "figure")
                                                          for name in CHANGE_COLUMNS))
        rows = [_tell(view, change) for change in today.changes]
        stands = {1: {"load": one.manifest["build"]["id"], "as_of": str(one.as_of)}, 2: {"as_of": str(one.as_of)}}
        ways = {
            (row, column): way_to_rows(EVERYTHING, change.metric.key, period=str(one.period), **stand)
            for row, change in enumerate(today.changes) for column, stand in stands.items()
        }
        st.html(to_html(says, Table(columns, rows), says("funding_pack.changes_text"), ways))
    columns = (
        Column(says("pack.changes.figure")), Column(says("pack.changes.then"), "figure"),
        Column(says("pack.changes.now"), "figure"), Column(says("document.workbook.section")),
        Column(says("document.code"), "code"),
    )
    rows = [
        (each.label, *(write(view, value, each.unit) for value in (each.then, each.now)), each.section, each.name)
        for each in today.differences
    ]
    title = says("funding_pack.different_title")
    show_table(view, f"today-{one.number}", title, Table(columns, rows), ways=_lead(one, today))


def _lead(one: Issued, today: Today) -> Ways:
    """The ways from what was and from what is, where they are numbers of a restricted pack, by their codes."""
    if one.manifest["kind"] != "restricted":
        return {}
    stands = {1: {"of_pack": str(one.number)}, 2: {"as_of": str(one.as_of), "period": str(one.period)}}
    return {
        (row, column): way_to_code(each.name, **stands[column])
        for row, each in enumerate(today.differences)
        for column, value in ((1, each.then), (2, each.now)) if value is not None and not isinstance(value, str)
    }


def write(view: View, value: object, unit: str) -> str:
    """A figure as written; what a public pack hides is written already."""
    return value if isinstance(value, str) else view.words.show(value, unit, cents=True)


def _tell(view: View, change: Change) -> tuple:
    """A main figure: then, now, and the parts of the difference with their signs."""
    says, unit = view.words, change.metric.unit
    values = (says.show(value, unit, cents=True) for value in (change.then, change.now))
    parts = (tell_difference(says, getattr(change, name), unit) for name in CAUSES)
    return (says.metric(change.metric.key), *values, *parts)


def prove(view: View, one: Issued, content: bytes) -> None:
    """What is needed may be gone since."""
    try:
        show_proof(view, one, verify(content, builds_folder()))
    except (CannotPublish, NotAPack) as refused:
        paragraph("mc-note mc-failure", refused.tell(view.words))


def show_proof(view: View, one: Issued, proof: Proof) -> None:
    """Every figure counted again from the build that the pack names, and its documents made again."""
    says, differ = view.words, len(proof.differences)
    is_same_software = one.manifest["software"]["sha256"] == hash_software()
    checked = says.number(proof.checked)
    if differ:
        paragraph("mc-note mc-failure", says("funding_pack.not_proven", differ, checked=checked))
        st.html("<ul class='mc-remarks'>" + "".join(f"<li>{escape(one)}</li>" for one in proof.tell(says)) + "</ul>")
        return
    told = says("funding_pack.proven" if is_same_software else "funding_pack.proven_by_other_version", checked=checked)
    st.html(f"<p class='mc-text'>{status_shape('kept')} {told}</p>")
