"""Definitions: every indicator, dimension and rule in words, generated from the registry."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics.glossary import (
    Entry,
    describe_metric,
    describe_rules,
    dimensions,
    families,
    search_through,
    terms,
)
from analytics.incidents import every_rule
from analytics.metrics import METRICS
from analytics.table import Column, Table
from analytics.targets import targets_of
from pages.parts import link
from pages.parts.downloads import Content, offer_downloads
from pages.parts.frame import answer, close_page, open_page, paragraph, section

PARTS = ("metrics", "dimensions", "rules", "terms")
Groups = dict[str, list[Entry]]

view = open_page("definitions")
says = view.words


def every_entry() -> dict[str, Groups]:
    """What each part holds, in groups; a group without a heading has an empty name."""
    rules = every_rule(view.snapshot, says.language)
    return {
        "metrics": families(says, targets_of(view.snapshot)),
        "dimensions": {"": dimensions(says)},
        "rules": {outcome: describe_rules(says, listed) for outcome, listed in rules.items()},
        "terms": {"": terms(says)},
    }


def size(groups: Groups) -> int:
    return sum(map(len, groups.values()))


def answer_question(parts: dict[str, Groups]) -> None:
    answer(view, view.say("answer", **{name: says.number(size(groups)) for name, groups in parts.items()}))


def choose_search() -> tuple[str, str | None]:
    """What to search for, and the indicator to show first."""
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        search = link.choose_text(
            "search", st.text_input, label=view.say("search_label"), placeholder=view.say("search_hint")
        )
    with right:
        metric = link.choose_one(
            "metric", [None, *METRICS], None, st.selectbox, label=view.say("metric_label"),
            placeholder=view.say("metric_hint"), format_func=lambda key: says.metric(key) if key else "",
        )
    return search, metric


def show_metric(key: str) -> None:
    """The indicator that a link leads to, before everything else."""
    section(view.say("chosen"))
    show_entries([describe_metric(says, METRICS[key], targets_of(view.snapshot))])


def choose_part(found: dict[str, Groups]) -> str:
    """Indicators, dimensions, rules or words; each says how many entries the search finds there."""
    return link.choose_one(
        "part", list(PARTS), "metrics", st.segmented_control, label=view.say("part_label"), required=True,
        format_func=lambda part: view.say(f"part_{part}", found=says.number(size(found[part]))),
    )


def show_part(part: str, groups: Groups, search: str) -> None:
    """The groups of a part that the search leaves."""
    if not size(groups):
        return paragraph("mc-text", view.say("nothing", search=search))
    if part == "rules":
        paragraph("mc-text", view.say("rules_text"))
    for name, entries in groups.items():
        if entries and name:
            section(name_group(part, name, entries))
        if entries:
            show_entries(entries)
    return None


def name_group(part: str, name: str, entries: Sequence[Entry]) -> str:
    return says(f"family.{name}") if part == "metrics" else view.say(name, found=says.number(len(entries)))


def show_entries(entries: Sequence[Entry]) -> None:
    st.html("".join(to_html(entry) for entry in entries))


def to_html(entry: Entry) -> str:
    """An entry: its name and key, what it means, its values, its facts, and its formulas folded away."""
    name = f"<dt id='{escape(entry.key, quote=True)}'>{escape(entry.name)} <code>{escape(entry.key)}</code></dt>"
    text = f"<dd>{escape(entry.text)}</dd>" if entry.text else ""
    values = "".join(f"<dd>{escape(value)}: {escape(told)}</dd>" for value, told in entry.values)
    facts = " · ".join(f"{what}: {told}" for what, told in entry.facts)
    told = f"<dd class='mc-small'>{escape(facts)}</dd>" if facts else ""
    return f"<dl class='mc-definition'>{name}{text}{values}{told}{_formulas(entry)}</dl>"


def _formulas(entry: Entry) -> str:
    if not entry.formulas:
        return ""
    lines = "".join(f"<p>{escape(side)}: <code>{escape(sql)}</code></p>" for side, sql in entry.formulas)
    return f"<dd class='mc-small'><details><summary>{escape(view.say('formula'))}</summary>{lines}</details></dd>"


def offer_definitions(groups: Groups) -> None:
    """All the definitions of the indicators as a table to take away."""
    section(view.say("all"))
    columns = [Column(view.say(f"column_{name}")) for name in ("key", "name", "family", "definition")]
    rows = [
        (entry.key, entry.name, says(f"family.{family}"), entry.text)
        for family, entries in groups.items()
        for entry in entries
    ]
    offer_downloads(view, "definitions", Content(view.say("all"), Table(tuple(columns), rows), is_drawn=False))


every_part = every_entry()
answer_question(every_part)
search, metric = choose_search()
if metric:
    show_metric(metric)
found = {
    part: {name: search_through(entries, search) for name, entries in groups.items()}
    for part, groups in every_part.items()
}
part = choose_part(found)
show_part(part, found[part], search)
offer_definitions(every_part["metrics"])
close_page(view)
