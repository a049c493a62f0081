"""Teaching: who teaches it?"""

from collections import Counter
from dataclasses import replace

import streamlit as st

from analytics import charts
from analytics.dimensions import STAFF_TYPES
from analytics.measure import Measure, measure
from analytics.metrics import METRICS
from analytics.palette import NEUTRAL, colour
from analytics.reasons import tell
from analytics.shares import Share
from analytics.staffing import EditionStaff, learners_per_teacher, staff_of_editions, staff_types_by
from analytics.table import Column, Table, Way
from analytics.targets import load_targets
from pages.parts import link
from pages.parts.breakdown import show_share_rows
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.frame import Headline, answer, close_page, headline, headlines, open_page, paragraph, section

READINGS = ("upv_academic_hours_share", "upv_majority_edition_share")
SHARES = (*READINGS, "external_hours_share")
SPLITS = ("centre", "campus", "field")

view = open_page("teaching")
says, snapshot, filters = view.words, view.snapshot, view.filters
target = load_targets()["upv_academic_hours_share"].value


def card(found: Measure) -> Headline:
    """A headline figure; the two readings of the 50 % rule are named as such."""
    if found.metric.key in READINGS:
        return replace(headline(view, found), label=view.say(f"reading.{found.metric.key}"))
    if found.metric.denominator_table and found.value is not None:
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
    short, editions = majority.denominator - majority.numerator, says.number(majority.denominator)
    return view.say(key, short, editions=editions, **places) if short else view.say(f"{key}_none", editions=editions)


def show_editions(editions: list[EditionStaff], majority: Measure) -> None:
    """Every offered edition as a bar of its staff types, the smallest share of UPV academics first."""
    lowest = next(edition.upv_academic_share for edition in editions if edition.known_hours)
    takeaway = say_short("editions_title", majority, lowest=says.share(lowest))
    labels = [f"{edition.title_in(says.language)} · {edition.edition_id}" for edition in editions]
    ticks = {share / 100: says.share(share / 100, 0) for share in (0, 25, 50, 75, 100)}
    chart = charts.stacked_columns(labels, bands(editions), charts.Line(float(target), view.say("half")), ticks)
    show_figure(view, Figure("editions", takeaway, chart, editions_table(editions), SHARES))


def bands(editions: list[EditionStaff]) -> list[charts.Series]:
    """The staff types across the editions, and a grey one for the editions without known hours."""
    found = [
        charts.Series(
            says.value("staff_type", kind), colour("staff_type", kind),
            [float(edition.parts[position].share or 0) for edition in editions],
            [say_part(edition.parts[position]) for edition in editions],
        )
        for position, kind in enumerate(STAFF_TYPES)
    ]
    if all(edition.known_hours for edition in editions):
        return found
    values = [0 if edition.known_hours else 1 for edition in editions]
    texts = [tell(says, edition.reasons) for edition in editions]
    return [*found, charts.Series(view.say("unknown_hours"), NEUTRAL, values, texts)]


def say_part(part: Share) -> str:
    of_whole = says("headline.of", part=says.number(part.amount), whole=says.number(part.whole))
    return f"{says.show(part.share, 'share')} · {of_whole}"


def editions_table(editions: list[EditionStaff]) -> Table:
    kinds = [Column(view.say("hours_of", name=says.value("staff_type", kind)), "hours") for kind in STAFF_TYPES]
    columns = (
        Column(view.say("course")), Column(view.say("edition"), "code"), *kinds,
        Column(view.say("upv_share"), "share"),
    )
    return Table(columns, [
        (edition.title_in(says.language), edition.edition_id, *hours_of(edition), edition.upv_academic_share)
        for edition in editions
    ])


def hours_of(edition: EditionStaff) -> list:
    """The hours by staff type; unknown, not zero, where none are known."""
    return [edition.hours[kind] if edition.known_hours else None for kind in STAFF_TYPES]


def show_split() -> None:
    """The staff types within each centre, campus or field."""
    dimension = link.choose_one(
        "staff_by", list(SPLITS), "centre", st.segmented_control,
        label=view.say("split_label"), format_func=says.dimension, required=True,
    )
    groups = staff_types_by(snapshot, dimension, filters)
    (lowest, smallest), (highest, largest) = next(iter(groups.items())), list(groups.items())[-1]
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
    show_share_rows(view, "split", takeaway, says.dimension(dimension), named, "staff_type", SHARES, line)


def show_learners(whole: Measure) -> None:
    """Learners per teacher in each centre."""
    found = learners_per_teacher(snapshot, filters)
    takeaway = view.say(
        "learners_title" if len(found) > 1 else "learners_title_single", value=show_ratio(whole),
        lowest=says.value("centre", found[-1].group[0]), lowest_value=show_ratio(found[-1]),
        highest=says.value("centre", found[0].group[0]), highest_value=show_ratio(found[0]),
    )
    chart = charts.bars([learners_bar(one) for one in found])
    show_figure(view, Figure("learners", takeaway, chart, learners_table(found), [whole.metric.key]))


def learners_bar(found: Measure) -> charts.Bar:
    text = view.say("learners_text", value=show_ratio(found), parts=parts_of(found))
    return charts.Bar(says.value("centre", found.group[0]), float(found.value), text, colour("centre", found.group[0]))


def learners_table(found: list[Measure]) -> Table:
    headings = {"enrolments": "count", "teachers": "count", "per_teacher": "ratio"}
    columns = (Column(says.dimension("centre")), *(Column(view.say(key), unit) for key, unit in headings.items()))
    rows = [(says.value("centre", one.group[0]), one.numerator, one.denominator, one.value) for one in found]
    return Table(columns, rows)


def show_ratio(found: Measure) -> str:
    return says.show(found.value, "ratio")


def show_what_to_act_on(editions: list[EditionStaff]) -> None:
    """The editions that somebody has to look at, each with its reason and its way to the catalogue."""
    section(view.say("act"))
    found = [edition for edition in editions if edition.reasons]
    if not found:
        paragraph("mc-text", view.say("act_none"))
        return
    kinds = Counter(reason.key for edition in found for reason in edition.reasons)
    parts = ", ".join(view.say(f"part.{kind}", count=says.number(count)) for kind, count in kinds.items())
    show_table(view, "act", view.say("act_title", len(found), parts=parts), act_table(found))


def act_table(found: list[EditionStaff]) -> Table:
    headings = {"edition": "code", "course": "text", "starts": "day", "teachers": "count", "reason": "text"}
    columns = tuple(Column(view.say(key), unit) for key, unit in headings.items())
    return Table(columns, [
        (
            Way(edition.edition_id, "catalogue", link.address_of(edition=edition.edition_id)),
            edition.title_in(says.language), edition.starts_on, edition.teachers, tell(says, edition.reasons),
        )
        for edition in found
    ])


measures = measure(snapshot, [METRICS[key] for key in (*SHARES, "teachers", "enrolments_per_teacher")], filters)
headlines(view, [card(found) for found in measures])
if not snapshot.has("teaching"):
    answer(view, view.say("no_export"))
else:
    offered = staff_of_editions(snapshot, filters)
    if filters.unheeded_by("edition"):
        paragraph("mc-note", view.say("unheeded"))
    if measures[0].value is None:
        answer(view, view.say("no_hours") if offered else says("figure.empty"))
    else:
        answer_question(measures[0], measures[1])
        show_editions(offered, measures[1])
        show_split()
    if measures[-1].value is not None:
        show_learners(measures[-1])
    if offered:
        show_what_to_act_on(offered)
close_page(view)
