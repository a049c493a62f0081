"""Funding: what do we report to Next Generation EU?"""

from collections import Counter

import streamlit as st

from analytics.charts import Bar, bars
from analytics.commitments import Commitment, commitments
from analytics.downloads import to_csv
from analytics.filters import EVERYTHING
from analytics.metrics import METRICS
from analytics.options import options
from analytics.palette import colour
from analytics.periods import HalfYear
from analytics.subsidy import Subsidy, subsidy, subsidy_by_course
from analytics.table import Column, Mark, Table
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.frame import Headline, answer, close_page, headline, headlines, open_page, paragraph, section
from pages.parts.indicator_10 import name_period, show_indicator_10
from pages.parts.numbers import builds_folder
from pages.parts.pace import show_pace
from reports.indicators import as_table, indicators, to_json

TARGETS = ("courses_certified", "credentials_issued_eligible", "learners_certified_eligible")
COLUMNS = ("target", "status", "value", "goal", "left", "expected", "per_week", "deadline", "source")
UNITS = {
    "value": "count", "goal": "count", "left": "count", "expected": "ratio", "per_week": "ratio", "deadline": "day",
}
MONEY = ("enrolments", "reduction_granted", "reduction_supported", "undue_discount_amount", "net_fees")
# How each part of what was granted is coloured: as the verdicts that it comes from.
PARTS = {"supported": "correct", "undue": "undue", "overpaid": "wrong_amount"}
PENDING = ("grant", "unit_cost", "eligible_costs", "codes", "double_count")

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
    supported = Headline(says.metric("reduction_supported"), says.show(money.supported, "EUR"), detail)
    persons = found["learners_certified_eligible"]
    details = {persons.target.key: view.say("if_persons", target=says.number(persons.target.value))}
    headlines(view, [*(headline(view, found[key].measure, details.get(key)) for key in TARGETS), supported])


def show_targets(found: dict[str, Commitment]) -> None:
    """Each target of the grant: reached, missing, expected by now, needed a week, and who set it."""
    is_running = any(one.pace and one.pace.per_week for one in found.values())
    named = [name for name in COLUMNS if name != "per_week" or is_running]
    columns = tuple(Column(view.say(f"column_{name}"), UNITS.get(name, "text")) for name in named)
    cells = [describe_target(one) for one in found.values()]
    takeaway = view.say("targets_title", targets=says.number(len(found)), statuses=count_statuses(found))
    table = Table(columns, [tuple(row[name] for name in named) for row in cells])
    show_table(view, "targets", takeaway, table, list(found))


def count_statuses(found: dict[str, Commitment]) -> str:
    """1 en plazo, 2 en riesgo."""
    counts = Counter(one.status for one in found.values())
    return ", ".join(f"{says.number(count)} {says(f'status.{status}').lower()}" for status, count in counts.items())


def describe_target(one: Commitment) -> dict[str, object]:
    """A row of the targets, by the name of its column."""
    pace = one.pace
    return {
        "target": says(f"target.{one.target.key}"),
        "status": Mark(one.status, says(f"status.{one.status}")),
        "value": one.measure.value,
        "goal": one.target.value,
        "left": pace.left if pace else None,
        "expected": pace.expected if pace else None,
        "per_week": pace.per_week if pace else None,
        "deadline": one.target.due_on,
        "source": says(f"source.{one.target.source}"),
    }


def show_subsidy(money: Subsidy) -> None:
    """What of the reduction granted is supported, undue and overpaid."""
    takeaway = view.say(
        "subsidy_title", granted=says.euros(money.granted, cents=False),
        supported=says.euros(money.supported, cents=False), not_supported=says.euros(money.not_supported, cents=False),
    )
    amounts = {part: getattr(money, part) for part in PARTS}
    rows = [
        Bar(view.say(part), float(amount), says.euros(amount), colour("verdict", PARTS[part]))
        for part, amount in amounts.items()
    ]
    columns = (Column(view.say("concept")), Column(view.say("amount"), "EUR"))
    cells = [(view.say("granted"), money.granted), *((view.say(part), amount) for part, amount in amounts.items())]
    show_figure(view, Figure("subsidy", takeaway, bars(rows), Table(columns, cells), MONEY[1:]))


def show_courses() -> None:
    """The same euros course by course."""
    names = dict(options(snapshot, "course", says.language))
    found = subsidy_by_course(snapshot, filters)
    amounts = [Column(view.say(name), "EUR") for name in ("granted", "supported", "not_supported")]
    columns = (
        Column(view.say("course")), Column(says.metric("enrolments"), "count"), *amounts,
        Column(says.metric("net_fees"), "EUR"),
    )
    rows = [
        (names[one.course], one.enrolments, one.granted, one.supported, one.not_supported, one.net_fees)
        for one in found
    ]
    show_table(view, "courses", view.say("courses_title", len(found)), Table(columns, rows), MONEY)


def show_money(money: Subsidy) -> None:
    section(view.say("subsidy"))
    if money.granted is None:
        return paragraph("mc-text", view.say("subsidy_unknown"))
    if not money.enrolments:
        return paragraph("mc-text", says("figure.empty"))
    show_subsidy(money)
    return show_courses()


def show_what_is_pending() -> None:
    """What nobody has told us about the grant: never inferred."""
    section(view.say("pending"))
    paragraph("mc-text", view.say("pending_text"))
    columns = (Column(view.say("pending_datum")), Column(view.say("pending_value")))
    rows = [(view.say(f"pending_{name}"), view.say("pending_word")) for name in PENDING]
    show_table(view, "pending", view.say("pending_title"), Table(columns, rows))


def offer_all_indicators(period: HalfYear) -> None:
    """Every indicator of the build, as the command line gives them."""
    section(view.say("all_indicators"))
    paragraph("mc-text", view.say(
        "all_indicators_text", indicators=says.number(len(METRICS)), day=says.day(snapshot.as_of),
        period=name_period(view, period),
    ))
    name = f"indicators-{snapshot.as_of.isoformat()}-{period}"
    place = st.container(horizontal=True)
    place.download_button(
        "JSON", lambda: to_json(find_all(period)), f"{name}.json", "application/json",
        key="indicators_json", on_click="ignore", icon=":material/download:",
    )
    place.download_button(
        says("download.csv"), lambda: to_csv(*as_table(find_all(period), says)), f"{name}.csv", "text/csv",
        key="indicators_csv", on_click="ignore", icon=":material/download:",
    )


def find_all(period: HalfYear) -> dict:
    return indicators(builds_folder(), snapshot.as_of, str(period))


targets = {one.target.key: one for one in commitments(snapshot, filters) if one.target.key in TARGETS}
money = subsidy(snapshot, filters)
answer_question(targets)
paragraph("mc-small", view.say("funded_by"))
if filters != EVERYTHING:
    paragraph("mc-note", view.say("filtered"))
show_headlines(targets, money)
show_pace(view, "credentials_issued_eligible")
show_targets(targets)
section(view.say("ci10"))
period = show_indicator_10(view)
show_money(money)
show_what_is_pending()
offer_all_indicators(period)
close_page(view)
