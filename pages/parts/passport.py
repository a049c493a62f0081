"""The passport of a figure: where it stands, what it means, how it is counted, and which rows it is counted on."""

from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import streamlit as st

from analytics.ci10 import UpTo, half_years
from analytics.counted import count_files, counted_rows
from analytics.periods import HalfYear
from analytics.provenance import provenance
from analytics.snapshot import Snapshot
from analytics.table import Column, Table
from pages.parts import link
from pages.parts.counted_rows import show_counted
from pages.parts.figure import to_html
from pages.parts.filters import read_day
from pages.parts.frame import View, answer, paragraph, section
from pages.parts.indicator_10 import name_half
from pages.parts.numbers import builds_folder, newest_event, snapshot_at
from reports.issued import Issued, IssuedIsDamaged, find_build, list_issued
from reports.passport import Passport

CURRENT = "current"
# The key in the link of an earlier load.
LOAD = "load"


@dataclass(frozen=True)
class Stand:
    """Where a figure stands: builds, snapshot and half-year; name: of the issued pack, when it is of one."""

    builds_folder: Path
    snapshot: Snapshot
    period: HalfYear
    name: str | None = None


def stand_of_page(view: View, has_period: bool, has_wholes: bool = False) -> Stand | None:
    """The page's snapshot, or an earlier load at the day of the link when that asks for it; None when it is gone.

    has_period: with a half-year to choose for what is counted in one. has_wholes: or everything up to its end.
    """
    link.keep(LOAD)
    snapshot = view.snapshot
    if asked := next(iter(link.chosen(LOAD)), None):
        build = find_build(builds_folder(), asked)
        if build is None or build.degraded:
            paragraph("mc-note mc-failure", view.say("load_is_gone", build=asked))
            return None
        snapshot = snapshot_at(build, read_day(next(iter(link.chosen("as_of")), "")) or newest_event(build))
    period = _choose_period(view, has_wholes) if has_period else HalfYear.of(snapshot.as_of)
    return Stand(builds_folder(), snapshot, period)


def _choose_period(view: View, has_wholes: bool) -> HalfYear:
    """A half-year of the data, or all of them up to its end; by default that of the cut-off."""
    periods = half_years(view.snapshot)
    every = [*periods, *(UpTo(period.year, period.half) for period in periods if has_wholes)]
    return link.choose_one(
        "period", every, periods[0], st.selectbox, label=view.words("page.funding.period_label"),
        format_func=lambda period: _name_period(view, period), width=320,
    )


def _name_period(view: View, period: HalfYear) -> str:
    name = name_half(view, period)
    return view.say("up_to", period=name) if isinstance(period, UpTo) else name


def stand_of_pack(view: View) -> Stand | None:
    """Where a pack of the page's snapshot stands, or an issued one; None when its build is gone."""
    with st.container(horizontal=True):
        issued = _choose_issued(view)
        if issued is None:
            return stand_of_page(view, has_period=True)
    told = issued.manifest["build"]
    build = find_build(builds_folder(), told["id"])
    if build is None or build.degraded or build.sha256 != told["sha256"]:
        paragraph("mc-note mc-failure", view.say("build_is_gone", build=told["id"]))
        return None
    return Stand(builds_folder(), snapshot_at(build, issued.as_of), issued.period, issued.name)


def _choose_issued(view: View) -> Issued | None:
    """The issued pack that the code was read in; None for the current load."""
    try:
        found = {str(one.number): one for one in list_issued(builds_folder())[::-1]}
    except IssuedIsDamaged:
        found = {}
    if not found:
        return None
    chosen = link.choose_one(
        "of_pack", [CURRENT, *found], CURRENT, st.selectbox, label=view.say("of_pack_label"),
        format_func=lambda number: view.say("of_current") if number == CURRENT else found[number].name,
    )
    return found.get(chosen)


def show_passport(view: View, stand: Stand, one: Passport, cut: str = "") -> None:
    """Everything of a number. cut: what holds it besides the filters, in words."""
    if stand.snapshot is not view.snapshot:
        view = replace(view, snapshot=stand.snapshot, provenance=provenance(stand.snapshot))
    says, figure = view.words, one.figure
    one = replace(one, label=view.say("cut_of", figure=one.label, cut=cut)) if cut else one
    shown = figure.value if isinstance(figure.value, str) else says.show(figure.value, figure.unit, cents=True)
    answer(view, _answer(view, stand, one, shown))
    _show_facts(view, stand, one, shown)
    section(view.say("meaning"))
    paragraph("mc-text", one.meaning)
    section(view.say("query"))
    _show_query(view, one)
    if one.sql:
        section(view.say("rows"))
        for number, counted in enumerate(counted_rows(figure.trace)):
            show_counted(view, stand.snapshot, f"rows{number}", counted, one.label)


def _answer(view: View, stand: Stand, one: Passport, shown: str) -> str:
    if not one.sql:
        return view.say("answer_worked_out", figure=one.label, value=shown)
    found = [file for counted in counted_rows(one.figure.trace) for file in count_files(stand.snapshot, counted)]
    files = view.say("files", len({name for name, _, _ in found}))
    rows = view.say("rows_of", sum(count for _, _, count in found), files=files)
    return view.say("answer", figure=one.label, value=shown, rows=rows)


def _show_facts(view: View, stand: Stand, one: Passport, shown: str) -> None:
    """What the manifest of a pack says of it."""
    says, figure = view.words, one.figure
    facts = {
        "value": shown,
        "code": figure.name if figure.code else figure.key,
        "definition": view.say("defined", metric=figure.definition, version=one.version),
        **({"period": _name_period(view, stand.period)} if _has_period(one) else {}),
        "as_of": says.day(stand.snapshot.as_of),
        "build": stand.snapshot.build.build_id,
    } | ({"pack": stand.name} if stand.name else {})
    if one.sql and figure.value is not None and one.is_counted_twice:
        facts["again"] = view.say("same_again" if one.counted_again == figure.value else "other_again",
                                  value=says.show(one.counted_again, figure.unit, cents=True))
    items = "".join(
        f"<dt>{escape(view.say(f'fact_{key}'))}</dt><dd>{escape(told)}</dd>" for key, told in facts.items()
    )
    st.html(f"<dl class='mc-facts'>{items}</dl>")


def _has_period(one: Passport) -> bool:
    """Whether its half-year makes a difference: that of what has no query may."""
    return not one.sql or any("$period_" in sql for sql in one.sql)


def _show_query(view: View, one: Passport) -> None:
    if not one.sql:
        return paragraph("mc-text", view.say("worked_out"))
    paragraph("mc-text", view.say("query_text"))
    for sql in one.sql:
        st.code(sql, language=None, wrap_lines=True)  # the colours of SQL are too faint to read
    bound = [
        (name, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in one.figure.trace.values if any(f"${name}" in sql for sql in one.sql)
    ]
    if bound:
        table = Table((Column(view.say("bound_name"), "code"), Column(view.say("bound_value"), "code")), bound)
        st.html(to_html(view.words, table, view.say("query")))
    return None
