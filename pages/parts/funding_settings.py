"""Funding, the data of the grant: what is known and from which source, how to change it, and what was changed."""

import streamlit as st

from analytics.settings import SettingChange, Version, every_version, newest_version
from analytics.table import NOT_APPLICABLE, Column, Table
from analytics.words import Words
from pages.parts import link
from pages.parts.figure import show_table
from pages.parts.frame import View, paragraph, section
from pages.parts.numbers import builds_folder
from pages.parts.permission import may_load, signed_in_as
from reports.grant import Grant, GrantIsWrong, grant_of
from reports.logo import MOST_BYTES, LogoIsWrong, find_logo
from reports.settings import Editable, Wish, change_setting, editables
from reports.typed import SettingRefused, write_typed

COLUMNS = ("datum", "value", "source", "dated_on")
DAYS = ("due_on", "dated_on")
HISTORY = ("written_at", "author", "datum", "before", "after", "source")


def show_settings(view: View) -> None:
    says, version = view.words, newest_version(builds_folder())
    paragraph("mc-text", say(says, "intro"))
    if version.is_degraded:
        paragraph("mc-note", say(says, "degraded"))
    try:
        grant = grant_of(version)
    except GrantIsWrong:
        return paragraph("mc-note", say(says, "wrong"))
    paragraph("mc-text", tell_version(says, version, grant))
    show_targets(view, grant)
    show_grant(view, grant)
    show_logo(view)
    if may_load():
        offer_change(view, version)
    return show_history(view)


def say(says: Words, key: str, count: int | None = None, **places: object) -> str:
    return says(f"funding_settings.{key}", count, **places)


def tell_version(says: Words, version: Version, grant: Grant) -> str:
    """Which version it is, and how much is pending."""
    pending = say(says, "pending", len(grant.pending), settings=says.number(len(grant.settings)))
    if version.written_at is None:
        return f"{say(says, 'reference')} {pending}"
    when = says.moment(version.written_at)
    return f"{say(says, 'version', number=version.number, moment=when, author=version.author)} {pending}"


def columns_of(says: Words, names: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(say(says, f"column_{name}"), "day" if name in DAYS else "text") for name in names)


def show_targets(view: View, grant: Grant) -> None:
    says = view.words
    rows = [
        (one.name_in(says), one.due_on or NOT_APPLICABLE, one.source_in(says), one.dated_on)
        for one in grant.targets.values()
    ]
    columns = columns_of(says, ("target", "due_on", "source", "dated_on"))
    show_table(view, "grant_targets", say(says, "targets", len(rows)), Table(columns, rows))


def show_grant(view: View, grant: Grant) -> None:
    says = view.words
    rows = [
        (says(f"pack.setting.{one.key}"), one.show(says), one.source or "–", one.dated_on) for one in grant.settings
    ]
    show_table(view, "grant_settings", say(says, "grant", len(rows)), Table(columns_of(says, COLUMNS), rows))


def show_logo(view: View) -> None:
    """Where the university puts the logo that its packs print, and whether it is there."""
    says = view.words
    try:
        logo = find_logo(builds_folder())
    except LogoIsWrong:
        return paragraph("mc-note mc-failure", say(says, "logo_wrong", most=says.number(MOST_BYTES // 1000)))
    return paragraph("mc-text", say(says, "logo", logo=logo.name if logo else says("pack.pending")))


def name_field(says: Words, one: Editable) -> str:
    """What is changed: the setting, or the field of the target of a metric."""
    if one.part == "grant":
        return says(f"pack.setting.{one.key}")
    return say(says, f"field_{one.field}", metric=says.metric(one.key))


def offer_change(view: View, version: Version) -> None:
    """Choose what to change, then type the value with its source; what is refused is said above the form."""
    says = view.words
    section(say(says, "change"))
    if told := st.session_state.pop("setting_told", None):
        paragraph("mc-note", say(says, told[0], **told[1]))
    known = {one.name: one for one in editables(version)}
    chosen = link.choose_one(
        "setting", list(known), next(iter(known)), st.selectbox, label=say(says, "choose"),
        format_func=lambda name: name_field(says, known[name]),
    )
    ask(view, version, known[chosen])


def ask(view: View, version: Version, one: Editable) -> None:
    says, key = view.words, f"setting_{one.name}_{version.number}"
    with st.form(key):
        paragraph("mc-small", say(says, f"how_{'list' if one.is_list else one.unit}"))
        ask_value(says, one, key)
        st.text_input(say(says, "column_source"), one.source, key=f"{key}_source")
        dated_on = write_typed("day", one.dated_on, says.language)
        st.text_input(say(says, "column_dated_on"), dated_on, key=f"{key}_dated_on")
        if not signed_in_as():
            st.text_input(say(says, "column_author"), key=f"{key}_author")
        st.form_submit_button(say(says, "save"), type="primary", on_click=save, args=(says, version.number, one, key))


def ask_value(says: Words, one: Editable, key: str) -> None:
    label, options = name_field(says, one), ["", *one.choices]
    if one.choices:
        st.selectbox(
            label, options, options.index(one.value or ""), key=f"{key}_value",
            format_func=lambda choice: says(f"pack.choice.{choice}") if choice else says("pack.pending"),
        )
    else:
        st.text_input(label, write_typed(one.unit, one.value, says.language), key=f"{key}_value")


def save(says: Words, looked_at: int, one: Editable, key: str) -> None:
    """Before the page is written again, with the version that was looked at; only for those who may."""
    typed = {name: str(st.session_state.get(f"{key}_{name}") or "") for name in ("value", "source", "dated_on")}
    author = signed_in_as() or str(st.session_state.get(f"{key}_author") or "")
    wish = Wish(typed["value"], typed["source"], typed["dated_on"], author)
    try:
        if may_load():
            written = change_setting(builds_folder(), looked_at, one, wish, says.language)
            st.session_state["setting_told"] = ("saved", {"number": written.number, "datum": name_field(says, one)})
    except SettingRefused as refused:
        st.session_state["setting_told"] = (f"refused_{refused.problem}", refused.places)
    except OSError:
        st.session_state["setting_told"] = ("refused_disk", {})


def show_history(view: View) -> None:
    says, versions = view.words, every_version(builds_folder())
    section(say(says, "history"))
    if not versions:
        return paragraph("mc-text", say(says, "no_history"))
    known = {(one.part, one.key, one.field): one for one in editables(newest_version(builds_folder()))}
    rows = [
        (says.moment(version.written_at), version.author, *tell_change(says, version.change, known))
        for version in versions
    ]
    takeaway = say(says, "changes", len(rows))
    return show_table(view, "grant_history", takeaway, Table(columns_of(says, HISTORY), rows))


def tell_change(says: Words, change: SettingChange, known: dict[tuple, Editable]) -> tuple[str, str, str, str]:
    """What, before, after and the source."""
    one = known.get((change.part, change.key, change.field))
    name = name_field(says, one) if one else change.key
    before, after = (tell_value(says, one, value) for value in (change.old, change.new))
    return name, before, after, change.source or "–"


def tell_value(says: Words, one: Editable | None, value: str) -> str:
    if not value:
        return says("pack.pending")
    if one is None:
        return value
    return says(f"pack.choice.{value}") if one.choices else write_typed(one.unit, value, says.language)
