"""Catalogue: what is offered, and what is each edition's sheet?"""

import streamlit as st

from analytics.edition_sheet import read_sheet
from analytics.editions import count_ahead, count_without_places, list_editions
from analytics.measure import Measure, measure
from analytics.metrics import METRICS
from analytics.shares import share_out
from pages.parts import link
from pages.parts.breakdown import show_shares
from pages.parts.edition_list import CHOICES, choose_edition, choose_editions, chosen_edition, show_list
from pages.parts.edition_sheet import show_sheet
from pages.parts.frame import answer, close_page, headline, headlines, open_page, paragraph

HEADLINES = ("courses_offered", "editions_offered", "places_offered", "ects_offered", "endorsed_course_share")

view = open_page("catalogue")
says, snapshot = view.words, view.snapshot
editions = list_editions(snapshot, view.filters)


def answer_question(measures: dict[str, Measure]) -> None:
    """What is on offer, and how much of it is still to start."""
    value = {key: found.value or 0 for key, found in measures.items()}
    ahead = count_ahead(editions, snapshot.as_of)
    answer(view, view.say(
        "answer", courses=view.say("courses", value["courses_offered"]), ects=says.number(value["ects_offered"]),
        editions=view.say("editions", value["editions_offered"]), places=view.say("places", value["places_offered"]),
        ahead=view.say("ahead", ahead) if ahead else view.say("ahead_none"),
    ))


def show_headlines(measures: dict[str, Measure]) -> None:
    """The places say how many editions have none that is known."""
    unknown = count_without_places(editions)
    details = {"places_offered": view.say("without_places", unknown)} if unknown else {}
    headlines(view, [headline(view, found, details.get(key)) for key, found in measures.items()])


def show_fields() -> None:
    """The editions by broad field of study."""
    parts = share_out(snapshot, METRICS["editions_offered"], "field", view.filters)
    title = view.say("field_title", field=says.value("field", parts[0].value), share=says.share(parts[0].share))
    show_shares(view, "field", title, parts, "field", "editions_offered")


def show_catalogue() -> None:
    """The list, with what it adds up to."""
    metrics = [METRICS[key] for key in HEADLINES]
    measures = {found.metric.key: found for found in measure(snapshot, metrics, view.filters)}
    is_empty = not measures["editions_offered"].value
    show_headlines(measures)
    if is_empty:
        answer(view, view.say("answer_none"))
    else:
        answer_question(measures)
    found = choose_editions(view, editions, every)
    if found:
        show_list(view, found)
    else:
        paragraph("mc-text", view.say("nothing_found") if editions else says("figure.empty"))
    if not is_empty:
        show_fields()


def show_edition(edition_id: str) -> None:
    """One sheet, the way to the others and the way back."""
    link.keep(*CHOICES)
    back, sheets = st.columns([1, 3], vertical_alignment="bottom")
    back.button(view.say("back"), icon=":material/arrow_back:", on_click=link.forget, args=("edition",))
    with sheets:
        choose_edition(view, every, is_open=True)
    show_sheet(view, read_sheet(snapshot, edition_id, says.language))


every = list_editions(snapshot)
chosen = chosen_edition(view, every)
if chosen:
    show_edition(chosen)
else:
    show_catalogue()
close_page(view)
