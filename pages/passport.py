"""Passport: where does this figure come from? Its definition, its query, and the lines of the files behind it."""

import streamlit as st

from analytics.filters import EVERYTHING
from analytics.metrics import FAMILIES
from analytics.other_counts import COUNTED, OTHER_COUNTS
from pages.parts import link
from pages.parts.cut import choose_cut, describe_cut
from pages.parts.filters import SPAN
from pages.parts.frame import View, answer, close_page, open_page, paragraph
from pages.parts.passport import Stand, show_passport, stand_of_pack, stand_of_page
from reports.passport import NoSuchFigure, Passport, explain_code, explain_metric

FIRST = "credentials_issued_eligible"
FAMILY_OF = {metric.key: family for family, metrics in FAMILIES.items() for metric in metrics}
FAMILY_OF |= dict.fromkeys(OTHER_COUNTS, "other")

view = open_page("passport", has_span=True)
says = view.words


def choose_code() -> str:
    return link.choose_text(
        "code", st.text_input, label=view.say("code_label"), placeholder="1-SJEB6ZR", help=view.say("code_help"),
        width=260,
    )


def choose_metric() -> str:
    """What the pages count, under the name of its family."""
    return link.choose_one(
        "metric", list(COUNTED), FIRST, st.selectbox, label=view.say("metric_label"),
        format_func=lambda key: view.say("metric_option", family=says(f"family.{FAMILY_OF[key]}"),
                                         metric=says.metric(key)),
    )


def explain_all(code: str, stand: Stand) -> list[Passport]:
    """Of every number in the row of the code; none for a code that no figure has."""
    try:
        return explain_code(stand.builds_folder, stand.snapshot, stand.period, code, says, has_rows=False)
    except NoSuchFigure:
        answer(view, view.say("no_such_code", code=code))
        return []


def choose_number(found: list[Passport]) -> Passport:
    """One number of the row."""
    if len(found) == 1:
        return found[0]
    named = {one.figure.column: one for one in found}
    chosen = link.choose_one(
        "column", list(named), found[0].figure.column, st.selectbox, label=view.say("column_label"),
        format_func=lambda column: named[column].label,
    )
    return named[chosen]


def show_counted_on_page(key: str) -> None:
    """The passport of what a page counts, whole or cut to one number of a figure."""
    metric = COUNTED[key]
    stand = stand_of_page(view, has_period="$period_" in metric.numerator, has_wholes=True)
    if stand is None:
        return
    cut = choose_cut(view, metric)
    found = explain_metric(stand.snapshot, metric, view.filters, stand.period, says, has_rows=False, cut=cut)
    show_passport(view, stand, found, describe_cut(view, cut))


def show(view: View) -> None:
    choices = st.container(horizontal=True, vertical_alignment="bottom")
    with choices:
        code = choose_code()
        if not code:
            key = choose_metric()
    if not code:
        return show_counted_on_page(key)
    stand = stand_of_pack(view)
    if stand is None:
        return None
    if view.filters != EVERYTHING:
        paragraph("mc-note", view.say("without_filters"))
    if found := explain_all(code, stand):
        show_passport(view, stand, choose_number(found))
    return None


link.keep(*SPAN)
show(view)
close_page(view)
