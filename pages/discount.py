"""Discount: who is entitled to the 70 %, who gets it?"""

from decimal import Decimal

import streamlit as st

from analytics import charts
from analytics.measure import Measure, measure
from analytics.metrics import METRICS
from analytics.options import options
from analytics.palette import NEUTRAL, colour
from analytics.reasons import tell
from analytics.shares import Share, share_out_groups
from analytics.table import NOT_APPLICABLE, Column, Table
from analytics.verdicts import AMOUNTS, Outcome, lowest_first, of_eligibility, of_verdict, outcomes
from analytics.worklists import WORKLISTS, Case, worklist
from pages.parts import link
from pages.parts.breakdown import show_measures, show_share_rows
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.frame import answer, close_page, headline, headlines, open_page, paragraph, section

FIGURES = (
    "discount_uptake", "missed_discounts", "missed_discount_amount", "undue_discounts", "undue_discount_amount",
    "wrong_discounts", "wrong_discount_amount", "reduction_supported", "reduction_granted",
)
UPTAKE_BY = ("age_band", "gender", "course", "tariff", "campus")
# More bars than these are a list: the table has them all.
MOST_BARS = 12

view = open_page("discount")
says, snapshot, filters = view.words, view.snapshot, view.filters
measures = {found.metric.key: found for found in measure(snapshot, [METRICS[key] for key in FIGURES], filters)}


def euros(key: str) -> str:
    """The size of an amount, in whole euros."""
    return says.euros(abs(measures[key].value), cents=False)


def show_headlines() -> None:
    """Uptake, then each kind of error with its euros, then how much of what was granted is supported."""
    details = details_of_headlines() if snapshot.has("enrolments") else {}
    keys = ("discount_uptake", "missed_discounts", "undue_discounts", "wrong_discounts", "reduction_supported")
    headlines(view, [headline(view, measures[key], details.get(key)) for key in keys])


def details_of_headlines() -> dict[str, str]:
    supported = Share("supported", measures["reduction_supported"].value, measures["reduction_granted"].value)
    side = "wrong_more" if measures["wrong_discount_amount"].value > 0 else "wrong_less"
    return {
        "missed_discounts": view.say("missed_detail", amount=euros("missed_discount_amount")),
        "undue_discounts": view.say("undue_detail", amount=euros("undue_discount_amount")),
        "wrong_discounts": view.say(side, amount=euros("wrong_discount_amount")),
        "reduction_supported": view.say(
            "supported_detail", granted=euros("reduction_granted"), share=says.show(supported.share, "share")
        ),
    }


def answer_question(undetermined: int) -> None:
    """How often the reduction was applied where it is due, and the euros that went wrong in both directions."""
    uptake = measures["discount_uptake"]
    parts = {"undue": say_part("undue", measures["undue_discounts"].value, euros("undue_discount_amount"))}
    if uptake.value is None:
        text = view.say("answer_nobody", **parts)
    else:
        parts["missed"] = say_part("missed", measures["missed_discounts"].value, euros("missed_discount_amount"))
        text = view.say("answer", due=says.number(uptake.denominator), share=says.share(uptake.value), **parts)
    answer(view, f"{text} {view.say('doubt', undetermined)}" if undetermined else text)


def say_part(kind: str, count: int, amount: str) -> str:
    return view.say(f"{kind}_part", count, amount=amount) if count else view.say(f"{kind}_none")


def show_flow(found: list[Outcome]) -> None:
    """From the enrolments through eligibility to the verdicts."""
    eligible, verdicts = of_eligibility(found), of_verdict(found)
    every = sum(eligible.values())
    stages = [
        {"enrolments": charts.Node(view.say("flow_start"), says.number(every), NEUTRAL)},
        {key: node("eligibility", key, count) for key, count in eligible.items()},
        {f"verdict_{key}": node("verdict", key, one.enrolments, one.amount) for key, one in verdicts.items()},
    ]
    first = [flow_to_eligibility(key, count) for key, count in eligible.items()]
    counts = {key: says.number(eligible.get(key, 0)) for key in ("eligible", "not_eligible", "undetermined")}
    takeaway = view.say("flow_title", enrolments=says.number(every), **counts)
    chart = charts.flow(stages, first + [flow_to_verdict(one) for one in found])
    show_figure(view, Figure("flow", takeaway, chart, flow_table(found), ["eligible_enrolments", *FIGURES]))


def node(dimension: str, key: str, count: int, amount: Decimal | None = None) -> charts.Node:
    detail = says.number(count) if amount is None else f"{says.number(count)} · {says.euros(amount, cents=False)}"
    return charts.Node(says.value(dimension, key), detail, colour(dimension, key))


def flow_to_eligibility(key: str, count: int) -> charts.Flow:
    names = {"source": view.say("flow_start"), "target": says.value("eligibility", key)}
    return charts.Flow("enrolments", key, count, view.say("flow_link", number=says.number(count), **names))


def flow_to_verdict(one: Outcome) -> charts.Flow:
    places = {
        "source": says.value("eligibility", one.eligibility), "target": says.value("verdict", one.verdict),
        "number": says.number(one.enrolments),
    }
    text = view.say("flow_link", **places)
    if one.amount is not None:
        text = view.say("flow_money", **places, amount=says.euros(one.amount), money=view.say(f"money.{one.verdict}"))
    return charts.Flow(one.eligibility, f"verdict_{one.verdict}", one.enrolments, text)


def flow_table(found: list[Outcome]) -> Table:
    columns = (
        Column(says.dimension("eligibility")), Column(says.dimension("verdict")),
        Column(view.say("enrolments"), "count"), Column(view.say("euros"), "EUR"), Column(view.say("euros_are")),
    )
    return Table(columns, [
        (
            says.value("eligibility", one.eligibility), says.value("verdict", one.verdict), one.enrolments,
            *((one.amount, view.say(f"money.{one.verdict}")) if one.verdict in AMOUNTS else (NOT_APPLICABLE,) * 2),
        )
        for one in found
    ])


def show_uptake() -> None:
    """How often the reduction is applied where it is due, in each group of a dimension, the lowest first."""
    dimension = link.choose_one(
        "uptake_by", list(UPTAKE_BY), "age_band", st.segmented_control,
        label=view.say("uptake_label"), format_func=says.dimension, required=True,
    )
    found = lowest_first(measure(snapshot, [METRICS["discount_uptake"]], filters, [dimension]))
    if found:
        names = dict(options(snapshot, dimension, says.language)) if dimension == "course" else {}
        takeaway = uptake_takeaway(dimension, found, names)
        show_measures(view, "uptake", takeaway, found, dimension, names=names, most=MOST_BARS)


def uptake_takeaway(dimension: str, found: list[Measure], names: dict[str, str]) -> str:
    """The groups with the lowest and the highest uptake; of many groups, the lowest."""
    lowest, highest = found[0], found[-1]
    key = "uptake_title" if lowest.value != highest.value else "uptake_title_same"
    return view.say(
        "uptake_title_some" if len(found) > MOST_BARS else key, shown=MOST_BARS, all=says.number(len(found)),
        lowest=name_group(dimension, lowest, names), lowest_share=says.share(lowest.value),
        highest=name_group(dimension, highest, names), highest_share=says.share(highest.value),
    )


def name_group(dimension: str, found: Measure, names: dict[str, str]) -> str:
    return names.get(found.group[0]) or says.value(dimension, found.group[0])


def show_tariffs() -> None:
    """The verdicts, or the eligibility, of the enrolments of each tariff."""
    dimension = link.choose_one(
        "tariff_shows", ["verdict", "eligibility"], "verdict", st.segmented_control,
        label=view.say("tariff_label"), format_func=says.dimension, required=True,
    )
    groups = share_out_groups(snapshot, METRICS["enrolments"], dimension, "tariff", filters)
    largest, parts = next(iter(groups.items()))
    most = max(parts, key=lambda part: part.amount)
    takeaway = view.say(
        "tariff_title", tariff=says.value("tariff", largest), value=says.value(dimension, most.value),
        share=says.share(most.share),
    )
    named = {name_tariff(key, parts): parts for key, parts in groups.items()}
    show_share_rows(view, "tariff", takeaway, says.dimension("tariff"), named, dimension, ["enrolments"])


def name_tariff(key: str, parts: list[Share]) -> str:
    return view.say("group", parts[0].whole, name=says.value("tariff", key))


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
    amount = "" if one.amount is None else says.euros(abs(one.amount))
    takeaway = view.say(f"list_title.{verdict}", one.enrolments, amount=amount)
    show_table(view, f"list_{verdict}", takeaway, worklist_table(worklist(snapshot, verdict, filters)))


def name_list(key: str, verdicts: dict[str, Outcome]) -> str:
    count = verdicts[key].enrolments if key in verdicts else 0
    return view.say("list_name", name=says.value("verdict", key), number=says.number(count))


def worklist_table(cases: list[Case]) -> Table:
    headings = {
        "enrolment": "code", "course": "text", "edition": "code", "starts": "day", "base_price": "EUR",
        "applied": "EUR", "expected": "EUR", "difference": "EUR", "reason": "text",
    }
    columns = tuple(Column(view.say(f"column.{key}"), unit) for key, unit in headings.items())
    return Table(columns, [
        (
            case.enrolment_id, case.title_in(says.language), case.edition_id, case.starts_on, case.base_price,
            case.applied, case.expected, case.difference, tell(says, case.reasons),
        )
        for case in cases
    ])


show_headlines()
if not snapshot.has("enrolments"):
    answer(view, view.say("no_export"))
else:
    found = outcomes(snapshot, filters)
    if not found:
        answer(view, says("figure.empty"))
    else:
        verdicts = of_verdict(found)
        answer_question(verdicts["undetermined"].enrolments if "undetermined" in verdicts else 0)
        show_flow(found)
        show_uptake()
        show_tariffs()
        show_worklist(verdicts)
close_page(view)
