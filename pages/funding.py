"""Funding: what do we report to Next Generation EU?"""

import streamlit as st

from analytics.commitments import Commitment, commitments
from analytics.filters import EVERYTHING
from analytics.subsidy import Subsidy, subsidy
from pages.parts import link
from pages.parts.frame import Headline, answer, close_page, headline, headlines, open_page, paragraph
from pages.parts.funding_pack import show_pack
from pages.parts.funding_settings import show_settings
from pages.parts.funding_situation import show_situation
from pages.parts.funding_what_if import show_what_if
from pages.parts.ways import way_to_rows

TARGETS = ("courses_certified", "credentials_issued_eligible", "learners_certified_eligible")

view = open_page("funding")
says, snapshot, filters = view.words, view.snapshot, view.filters


def answer_question(found: dict[str, Commitment]) -> None:
    """The credentials and courses against their targets, and the pace that what is left takes."""
    credentials, courses = found["credentials_issued_eligible"], found["courses_certified"]
    if credentials.pace is None:
        return answer(view, view.say("answer_unknown"))
    reached = view.say(
        "answer", value=says.number(credentials.measure.value), target=says.number(credentials.target.value),
        courses=says.number(courses.measure.value), target_courses=says.number(courses.target.value),
    )
    return answer(view, f"{reached} {what_is_left(credentials)}")


def what_is_left(credentials: Commitment) -> str:
    """What is missing, the weeks to the deadline and the credentials a week; after the deadline, what was missing."""
    pace, deadline = credentials.pace, says.day(credentials.target.due_on)
    if not pace.left:
        return view.say("answer_reached", deadline=deadline)
    if pace.per_week is None:
        return view.say("answer_late", deadline=deadline, left=says.number(pace.left))
    return view.say(
        "answer_left", left=says.number(pace.left), deadline=deadline,
        weeks=says.number(pace.weeks_left, 1), per_week=says.number(pace.per_week, 1),
    )


def show_headlines(found: dict[str, Commitment], money: Subsidy) -> None:
    """The three targets side by side, and the reduction that is supported."""
    detail = says("metric.reduction_supported.short")
    if money.granted is not None:
        detail = view.say("of_granted", granted=says.show(money.granted, "EUR"))
    supported = Headline(
        says.metric("reduction_supported"), says.show(money.supported, "EUR"), detail,
        way=way_to_rows(filters, "reduction_supported"),
    )
    persons = found["learners_certified_eligible"]
    details = {persons.target.key: view.say("if_persons", target=says.number(persons.target.value))}
    headlines(view, [*(headline(view, found[key].measure, details.get(key)) for key in TARGETS), supported])


targets = {one.target.key: one for one in commitments(snapshot, filters) if one.target.key in TARGETS}
money = subsidy(snapshot, filters)
# Each part names itself with funding_<part>.name; only the one that was chosen runs.
PARTS = {
    "situation": lambda: show_situation(view, targets, money),
    "pack": lambda: show_pack(view),
    "what_if": lambda: show_what_if(view),
    "settings": lambda: show_settings(view),
}
answer_question(targets)
paragraph("mc-small", view.say("funded_by"))
if filters != EVERYTHING:
    paragraph("mc-note", view.say("filtered"))
show_headlines(targets, money)
part = link.choose_one(
    "part", list(PARTS), "situation", st.segmented_control,
    label=view.say("part_label"), label_visibility="collapsed", required=True,
    format_func=lambda key: says(f"funding_{key}.name"),
)
PARTS[part]()
close_page(view)
