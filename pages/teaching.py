"""Teaching: who teaches it?"""

from dataclasses import replace

import streamlit as st

from analytics import charts
from analytics.measure import Measure, measure
from analytics.metrics import METRICS
from analytics.palette import colour
from analytics.staffing import EditionStaff, learners_per_teacher, staff_of_editions, staff_types_by
from analytics.table import Column, Table
from analytics.targets import targets_of
from pages.parts import link
from pages.parts.breakdown import Counted, show_share_rows
from pages.parts.edition_staff import show_editions, show_editions_to_act_on
from pages.parts.figure import Figure, Ways, show_figure
from pages.parts.frame import Headline, answer, close_page, headline, headlines, open_page, paragraph, section
from pages.parts.ways import way_to_rows

READINGS = ("upv_academic_hours_share", "upv_majority_edition_share")
SHARES = (*READINGS, "external_hours_share")
FIGURES = (*SHARES, "teachers", "enrolments_per_teacher")
SPLITS = ("centre", "campus", "field")

view = open_page("teaching")
says, snapshot, filters = view.words, view.snapshot, view.filters
target = targets_of(view.snapshot)["upv_academic_hours_share"].value


def card(found: Measure) -> Headline:
    """A headline figure; the two readings of the 50 % rule are named as such."""
    if found.metric.key in READINGS:
        return replace(headline(view, found), label=view.say(f"reading.{found.metric.key}"))
    if found.metric.unit == "ratio" and found.value is not None:
        return headline(view, found, parts_of(found))
    return headline(view, found)


def parts_of(found: Measure) -> str:
    """Enrolments per teacher, in its two parts."""
    return view.say(
        "learners_parts", enrolments=says.number(found.numerator), teachers=says.number(found.denominator)
    )


def answer_question(hours: Measure, majority: Measure) -> None:
    """The share of hours by UPV academics against the minimum, and how many editions fall short of it."""
    side = "equal" if hours.value == target else "above" if hours.value > target else "below"
    answer(view, view.say(
        "answer", share=says.share(hours.value), shortfall=say_short("shortfall", majority),
        comparison=view.say(side, points=says.points(hours.value - target), target=says.share(target, 0)),
    ))


def say_short(key: str, majority: Measure, **places: str) -> str:
    """A sentence of how many editions fall short, of those with known hours."""
    editions = majority.denominator
    short = editions - majority.numerator
    if not short:
        return view.say(f"{key}_none", editions)
    return view.say(key, short, editions=says("count.editions", editions), **places)


def show_every_edition(editions: list[EditionStaff], majority: Measure) -> None:
    lowest = next(edition.upv_academic_share for edition in editions if edition.known_hours)
    show_editions(view, say_short("editions_title", majority, lowest=says.share(lowest)), editions, target, SHARES)
    paragraph("mc-small", view.say("editions_note"))


def show_split() -> None:
    """The staff types within each centre, campus or field."""
    dimension = link.choose_one(
        "staff_by", list(SPLITS), "centre", st.segmented_control,
        label=view.say("split_label"), format_func=says.dimension, required=True,
    )
    groups = staff_types_by(snapshot, dimension, filters)
    (lowest, smallest), *_, (highest, largest) = [*groups.items(), *groups.items()]
    takeaway = view.say(
        "split_title" if len(groups) > 1 else "split_title_single",
        lowest=says.value(dimension, lowest), lowest_share=says.share(smallest[0].share),
        highest=says.value(dimension, highest), highest_share=says.share(largest[0].share),
    )
    named = {
        view.say("group", name=says.value(dimension, group), hours=says.number(parts[0].whole)): parts
        for group, parts in groups.items()
    }
    line = charts.Line(float(target), view.say("half"))
    counted = [Counted("teaching_hours", ((dimension, group),)) for group in groups]
    show_share_rows(view, "split", takeaway, says.dimension(dimension), named, "staff_type", SHARES, line, counted)


def show_learners(whole: Measure) -> None:
    """Learners per teacher in each centre."""
    found = learners_per_teacher(snapshot, filters)
    takeaway = view.say(
        "learners_title" if len(found) > 1 else "learners_title_single", value=show_ratio(whole),
        lowest=says.value("centre", found[-1].group[0]), lowest_value=show_ratio(found[-1]),
        highest=says.value("centre", found[0].group[0]), highest_value=show_ratio(found[0]),
    )
    chart = charts.bars([learners_bar(one) for one in found])
    ways = lead_learners(found)
    show_figure(view, Figure("learners", takeaway, chart, learners_table(found), [whole.metric.key], ways=ways))


def show_ratio(found: Measure) -> str:
    return says.show(found.value, "ratio")


def learners_bar(found: Measure) -> charts.Bar:
    label = view.say("learners_bar", name=says.value("centre", found.group[0]), parts=parts_of(found))
    return charts.Bar(label, float(found.value), show_ratio(found), colour("centre", found.group[0]))


def learners_table(found: list[Measure]) -> Table:
    headings = {"enrolments": "count", "teachers": "count", "per_teacher": "ratio"}
    columns = (Column(says.dimension("centre")), *(Column(view.say(key), unit) for key, unit in headings.items()))
    rows = [(says.value("centre", one.group[0]), one.numerator, one.denominator, one.value) for one in found]
    return Table(columns, rows)


def lead_learners(found: list[Measure]) -> Ways:
    """The ways from enrolments, teachers and enrolments per teacher of each centre to their rows."""
    sides = {1: "numerator", 2: "denominator", 3: ""}
    return {
        (row, column): way_to_rows(filters, one.metric.key, ("centre", one.group[0]), side=side)
        for row, one in enumerate(found) for column, side in sides.items()
    }


def show_what_to_act_on(editions: list[EditionStaff]) -> None:
    """The editions below half, without teachers or with unknown hours."""
    section(view.say("act"))
    found = [edition for edition in editions if edition.reasons]
    if found:
        show_editions_to_act_on(view, found)
    else:
        paragraph("mc-text", view.say("act_none"))


measures = {found.metric.key: found for found in measure(snapshot, [METRICS[key] for key in FIGURES], filters)}
by_hours, by_editions = (measures[key] for key in READINGS)
offered = staff_of_editions(snapshot, filters)
headlines(view, [card(found) for found in measures.values()])
if not snapshot.has("teaching"):
    answer(view, view.say("no_export"))
elif not offered:
    answer(view, says("figure.empty"))
elif by_hours.value is None:
    answer(view, view.say("no_hours"))
    show_what_to_act_on(offered)
else:
    answer_question(by_hours, by_editions)
    show_every_edition(offered, by_editions)
    show_split()
    if measures["enrolments_per_teacher"].value is not None:
        show_learners(measures["enrolments_per_teacher"])
    show_what_to_act_on(offered)
close_page(view)
