"""Discount: who is entitled to the 70 %, who gets it?"""

import streamlit as st

from analytics.measure import Measure, measure
from analytics.metrics import METRICS
from analytics.options import options
from analytics.reasons import tell
from analytics.shares import Share
from analytics.table import Column, Table
from analytics.verdicts import Outcome, of_verdict, outcomes, tariffs, uptake_by
from analytics.worklists import WORKLISTS, Case, worklist
from pages.parts import link
from pages.parts.breakdown import Counted, show_measures, show_share_rows
from pages.parts.figure import show_table
from pages.parts.frame import answer, close_page, headline, headlines, open_page, paragraph, section
from pages.parts.verdict_flow import say_amount, show_flow

FIGURES = (
    "discount_uptake", "missed_discounts", "missed_discount_amount", "undue_discounts", "undue_discount_amount",
    "wrong_discounts", "wrong_discount_amount", "reduction_supported", "reduction_granted",
)
HEADLINES = ("discount_uptake", "missed_discounts", "undue_discounts", "wrong_discounts", "reduction_supported")
UPTAKE_BY = ("age_band", "gender", "course", "tariff", "campus")
COLUMNS = {
    "enrolment": "code", "course": "text", "edition": "code", "starts": "day", "base_price": "EUR",
    "applied": "EUR", "expected": "EUR", "difference": "EUR", "reason": "text",
}
# More bars than these are a list: the table has them all.
MOST_BARS = 12

view = open_page("discount")
says, snapshot, filters = view.words, view.snapshot, view.filters
measures = {found.metric.key: found for found in measure(snapshot, [METRICS[key] for key in FIGURES], filters)}


def euros(key: str) -> str:
    """The size of an amount, in whole euros."""
    return says.euros(abs(measures[key].value), cents=False)


def details() -> dict[str, str]:
    """What stands under the headlines that are counts: their euros."""
    side = "wrong_more" if measures["wrong_discount_amount"].value > 0 else "wrong_less"
    supported = Share("supported", measures["reduction_supported"].value, measures["reduction_granted"].value)
    return {
        "missed_discounts": view.say("missed_detail", amount=euros("missed_discount_amount")),
        "undue_discounts": view.say("undue_detail", amount=euros("undue_discount_amount")),
        "wrong_discounts": view.say(side, amount=euros("wrong_discount_amount")),
        "reduction_supported": view.say(
            "supported_detail", granted=euros("reduction_granted"), share=says.show(supported.share, "share")
        ),
    }


def answer_question(verdicts: dict[str, Outcome]) -> None:
    """How often the reduction was applied where it is due, and the euros that went wrong in both directions."""
    uptake = measures["discount_uptake"]
    parts = {kind: say_part(kind, verdicts) for kind in ("missed", "undue")}
    if uptake.value is None:
        text = view.say("answer_nobody", undue=parts["undue"])
    else:
        text = view.say("answer", uptake.denominator, share=says.share(uptake.value), **parts)
    doubts = [view.say("doubt", one.enrolments) for key, one in verdicts.items() if key == "undetermined"]
    answer(view, " ".join([text, *doubts]))


def say_part(verdict: str, verdicts: dict[str, Outcome]) -> str:
    if verdict not in verdicts:
        return view.say(f"{verdict}_none")
    return view.say(f"{verdict}_part", verdicts[verdict].enrolments, amount=say_amount(view, verdicts[verdict]))


def show_uptake() -> None:
    """How often the reduction is applied where it is due, in each group of a dimension."""
    dimension = link.choose_one(
        "uptake_by", list(UPTAKE_BY), "age_band", st.segmented_control,
        label=view.say("uptake_label"), format_func=says.dimension, required=True,
    )
    found = uptake_by(snapshot, dimension, filters)
    if found:
        names = dict(options(snapshot, dimension, says.language)) if dimension == "course" else {}
        takeaway = uptake_takeaway(dimension, found, names)
        show_measures(view, "uptake", takeaway, found, dimension, names=names, most=MOST_BARS)


def uptake_takeaway(dimension: str, found: list[Measure], names: dict[str, str]) -> str:
    """The groups with the lowest and the highest uptake; of many groups, the lowest."""
    (lowest, low), (highest, high) = (
        (names.get(one.group[0]) or says.value(dimension, one.group[0]), one.value)
        for one in (min(found, key=lambda one: one.value), max(found, key=lambda one: one.value))
    )
    key = "uptake_title" if low != high else "uptake_title_same"
    return view.say(
        "uptake_title_some" if len(found) > MOST_BARS else key, shown=MOST_BARS, all=says.number(len(found)),
        lowest=lowest, lowest_share=says.share(low), highest=highest, highest_share=says.share(high),
    )


def show_tariffs() -> None:
    """The verdicts, or the eligibility, of the enrolments of each tariff."""
    dimension = link.choose_one(
        "tariff_shows", ["verdict", "eligibility"], "verdict", st.segmented_control,
        label=view.say("tariff_label"), format_func=says.dimension, required=True,
    )
    groups = tariffs(snapshot, dimension, filters)
    largest, parts = next(iter(groups.items()))
    most = max(parts, key=lambda part: part.amount)
    takeaway = view.say(
        "tariff_title", tariff=says.value("tariff", largest), value=says.value(dimension, most.value),
        share=says.share(most.share),
    )
    named = {view.say("group", parts[0].whole, name=says.value("tariff", key)): parts for key, parts in groups.items()}
    show_share_rows(view, "tariff", takeaway, says.dimension("tariff"), named, dimension, ["enrolments"],
                    counted=[Counted("enrolments", (("tariff", key),)) for key in groups])


def show_worklist(verdicts: dict[str, Outcome]) -> None:
    """The enrolments of one verdict that somebody has to look at, each with its reason."""
    section(view.say("act"))
    verdict = link.choose_one(
        "list", list(WORKLISTS), "missed", st.segmented_control,
        label=view.say("list_label"), format_func=lambda key: name_list(key, verdicts), required=True,
    )
    if verdict not in verdicts:
        paragraph("mc-text", view.say("list_none"))
        return
    one = verdicts[verdict]
    amount = "" if one.amount is None else say_amount(view, one, cents=True)
    takeaway = view.say(f"list_title.{verdict}", one.enrolments, amount=amount)
    columns = tuple(Column(view.say(f"column.{key}"), unit) for key, unit in COLUMNS.items())
    rows = [worklist_row(case) for case in worklist(snapshot, verdict, filters)]
    show_table(view, f"list_{verdict}", takeaway, Table(columns, rows), is_restricted=True)


def name_list(key: str, verdicts: dict[str, Outcome]) -> str:
    count = verdicts[key].enrolments if key in verdicts else 0
    return view.say("list_name", name=says.value("verdict", key), number=says.number(count))


def worklist_row(case: Case) -> tuple:
    return (
        case.enrolment_id, case.title_in(says.language), case.edition_id, case.starts_on, case.base_price,
        case.applied, case.expected, case.difference, tell(says, case.reasons),
    )


found = outcomes(snapshot, filters)
shown_details = details() if snapshot.has("enrolments") else {}
headlines(view, [headline(view, measures[key], shown_details.get(key)) for key in HEADLINES])
if not snapshot.has("enrolments"):
    answer(view, view.say("no_export"))
elif not found:
    answer(view, says("figure.empty"))
else:
    answer_question(of_verdict(found))
    show_flow(view, found, ("eligible_enrolments", *FIGURES))
    show_uptake()
    show_tariffs()
    show_worklist(of_verdict(found))
close_page(view)
