"""Modality: how is it delivered?"""

from decimal import Decimal

import streamlit as st

from analytics.charts import Line
from analytics.measure import Measure, measure
from analytics.metrics import METRICS
from analytics.mix import BASES, online_by_month, online_mix, online_needed
from analytics.series import within_step
from analytics.shares import Share, share_out, share_out_groups
from analytics.targets import targets_of
from pages.parts import link
from pages.parts.breakdown import Counted, show_amount_columns, show_share_rows, show_shares
from pages.parts.frame import answer, close_page, headline, headlines, open_page, paragraph, section

SPLITS = ("campus", "centre", "field", "eqf_level")
SHARES = ("online_share", "face_to_face_share", "blended_share", "online_enrolment_share")
# A difference that rounds to nothing at one decimal of a per cent.
NOTHING = Decimal("0.0005")

view = open_page("modality")
says, snapshot, filters = view.words, view.snapshot, view.filters
target = targets_of(view.snapshot)["online_share"].value


def answer_question(online: Measure) -> None:
    """The share of the offer that is online, against what was declared."""
    difference = online.value - target
    side = "equal" if abs(difference) < NOTHING else "above" if difference > 0 else "below"
    answer(view, view.say(
        "answer", share=says.share(online.value), online=says.number(online.numerator),
        editions=says.number(online.denominator),
        comparison=view.say(side, points=says.points(difference), target=says.share(target, 0)),
    ))


def show_mix() -> None:
    """The declared mix against what it is by editions, places, enrolments and ECTS."""
    mix = online_mix(snapshot, filters)
    known = {basis: parts[0].share for basis, parts in mix.items() if parts[0].share is not None}
    lowest, highest = min(known, key=known.get), max(known, key=known.get)
    takeaway = view.say(
        "mix_title", lowest=view.say(f"of_{lowest}"), highest=view.say(f"of_{highest}"),
        lowest_share=says.share(known[lowest]), highest_share=says.share(known[highest]),
    )
    groups = {view.say(basis): parts for basis, parts in mix.items()}
    line = Line(float(target), view.say("mix_line", target=says.share(target, 0)))
    metrics = [*SHARES, *BASES.values()]
    counted = [Counted(BASES[basis]) for basis in mix]
    show_share_rows(view, "mix", takeaway, view.say("basis"), groups, "delivery_group", metrics, line, counted)


def show_deliveries() -> None:
    """The two levels of delivery: live and self-paced online apart."""
    parts = share_out(snapshot, METRICS["editions_offered"], "delivery", filters)
    largest = max(parts, key=lambda part: part.amount)
    takeaway = view.say(
        "delivery_title", delivery=says.value("delivery", largest.value).lower(), share=says.share(largest.share)
    )
    show_shares(view, "delivery", takeaway, parts, "delivery", "editions_offered")


def show_split() -> None:
    """The mix within each campus, centre, field or level."""
    dimension = link.choose_one(
        "split", list(SPLITS), "campus", st.segmented_control,
        label=view.say("split_label"), format_func=says.dimension, required=True,
    )
    groups = share_out_groups(snapshot, METRICS["editions_offered"], "delivery_group", dimension, filters)
    line = Line(float(target), view.say("mix_line", target=says.share(target, 0)))
    named = {name_group(dimension, group, parts): parts for group, parts in groups.items()}
    show_share_rows(
        view, "split", split_takeaway(dimension, groups), says.dimension(dimension), named, "delivery_group",
        ["editions_offered"], line, [Counted("editions_offered", ((dimension, group),)) for group in groups],
    )


def name_group(dimension: str, group: str, parts: list[Share]) -> str:
    return f"{says.value(dimension, group)} · {says('count.editions', parts[0].whole)}"


def split_takeaway(dimension: str, groups: dict[str, list[Share]]) -> str:
    """The groups with the smallest and the largest share online."""
    online = {says.value(dimension, group): parts[0].share for group, parts in groups.items()}
    lowest, highest = min(online, key=online.get), max(online, key=online.get)
    return view.say(
        "split_title" if len(online) > 1 else "split_title_single", lowest=lowest, highest=highest,
        lowest_share=says.share(online[lowest]), highest_share=says.share(online[highest]),
    )


def show_time() -> None:
    """Of the editions that start each month, how many are online."""
    found = online_by_month(snapshot, filters)
    months = {says.month(month): parts for month, parts in found.items()}
    counted = [Counted("editions_offered", filters=within_step(filters, "month", month)) for month in found]
    show_amount_columns(
        view, "time", view.say("time_title"), view.say("month"), months, "delivery_group", ["editions_offered"], counted
    )


def show_what_is_missing(online: Measure) -> None:
    needed = online_needed(online, target)
    if needed:
        section(view.say("act"))
        paragraph("mc-text", view.say(
            "act_text", target=says.share(target, 0), editions=says.number(online.denominator),
            needed=says.number(needed), online=says.number(online.numerator),
        ))


measures = measure(snapshot, [METRICS[key] for key in SHARES], filters)
headlines(view, [headline(view, found) for found in measures])
if measures[0].value is None:
    answer(view, says("figure.empty"))
else:
    answer_question(measures[0])
    show_mix()
    show_deliveries()
    show_split()
    show_time()
    show_what_is_missing(measures[0])
close_page(view)
