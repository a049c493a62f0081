"""Funding, the situation: targets and pace, indicator 10, the reduction that is supported, and what is not known."""

from collections import Counter

import streamlit as st

from analytics.charts import Bar, bars
from analytics.commitments import Commitment
from analytics.downloads import to_csv
from analytics.metrics import METRICS
from analytics.options import options
from analytics.palette import colour
from analytics.periods import HalfYear
from analytics.subsidy import Subsidy, subsidy_by_course
from analytics.table import Column, Mark, Table
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.frame import View, paragraph, section
from pages.parts.indicator_10 import name_period, show_indicator_10
from pages.parts.numbers import builds_folder
from pages.parts.pace import show_pace
from pages.parts.ways import way_to_rows
from reports.grant import grant_in_force
from reports.indicators import as_table, indicators, to_json

COLUMNS = ("target", "status", "value", "goal", "left", "expected", "per_week", "deadline", "source")
UNITS = {
    "value": "count", "goal": "count", "left": "count", "expected": "ratio", "per_week": "ratio", "deadline": "day",
}
MONEY = ("enrolments", "reduction_granted", "reduction_supported", "undue_discount_amount", "net_fees")
# What each part of what was granted is counted as.
METRIC_OF = {
    "granted": "reduction_granted", "supported": "reduction_supported", "undue": "undue_discount_amount",
    "overpaid": "reduction_overpaid", "not_supported": "reduction_not_supported",
}
# How each part of what was granted is coloured: as the verdicts that it comes from.
PARTS = {"supported": "correct", "undue": "undue", "overpaid": "wrong_amount"}


def show_situation(view: View, targets: dict[str, Commitment], money: Subsidy) -> None:
    show_pace(view, is_explained=True)
    show_targets(view, targets)
    section(view.say("ci10"))
    period = show_indicator_10(view)
    show_money(view, money)
    show_what_is_pending(view)
    offer_all_indicators(view, period)


def show_targets(view: View, found: dict[str, Commitment]) -> None:
    """Each target of the grant: reached, missing, expected by now, needed a week, and who set it."""
    is_running = any(one.pace and one.pace.per_week for one in found.values())
    named = [name for name in COLUMNS if name != "per_week" or is_running]
    columns = tuple(Column(view.say(f"column_{name}"), UNITS.get(name, "text")) for name in named)
    cells = [describe_target(view, one) for one in found.values()]
    statuses = count_statuses(view, found)
    takeaway = view.say("targets_title", targets=view.words.number(len(found)), statuses=statuses)
    table = Table(columns, [tuple(row[name] for name in named) for row in cells])
    column = named.index("value")
    ways = {(row, column): way_to_rows(view.filters, one.measure.metric.key) for row, one in enumerate(found.values())}
    show_table(view, "targets", takeaway, table, list(found), ways)


def count_statuses(view: View, found: dict[str, Commitment]) -> str:
    """1 en plazo, 2 en riesgo."""
    says, counts = view.words, Counter(one.status for one in found.values())
    return ", ".join(f"{says.number(count)} {says(f'status.{status}').lower()}" for status, count in counts.items())


def describe_target(view: View, one: Commitment) -> dict[str, object]:
    """A row of the targets, by the name of its column."""
    says, pace = view.words, one.pace
    return {
        "target": one.target.name_in(says),
        "status": Mark(one.status, says(f"status.{one.status}")),
        "value": one.measure.value,
        "goal": one.target.value,
        "left": pace.left if pace else None,
        "expected": pace.expected if pace else None,
        "per_week": pace.per_week if pace else None,
        "deadline": one.target.due_on,
        "source": one.target.source_in(says),
    }


def show_money(view: View, money: Subsidy) -> None:
    section(view.say("subsidy"))
    if money.granted is None:
        return paragraph("mc-text", view.say("subsidy_unknown"))
    if not money.enrolments:
        return paragraph("mc-text", view.words("figure.empty"))
    show_subsidy(view, money)
    return show_courses(view)


def show_subsidy(view: View, money: Subsidy) -> None:
    """What of the reduction granted is supported, undue and overpaid."""
    says = view.words
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
    ways = {(row, 1): way_to_rows(view.filters, METRIC_OF[part]) for row, part in enumerate(["granted", *PARTS])}
    show_figure(view, Figure("subsidy", takeaway, bars(rows), Table(columns, cells), MONEY[1:], ways=ways))


def show_courses(view: View) -> None:
    """The same euros course by course."""
    says = view.words
    names = dict(options(view.snapshot, "course", says.language))
    found = subsidy_by_course(view.snapshot, view.filters)
    amounts = [Column(view.say(name), "EUR") for name in ("granted", "supported", "not_supported")]
    columns = (
        Column(view.say("course")), Column(says.metric("enrolments"), "count"), *amounts,
        Column(says.metric("net_fees"), "EUR"),
    )
    rows = [
        (names[one.course], one.enrolments, one.granted, one.supported, one.not_supported, one.net_fees)
        for one in found
    ]
    counted = ("enrolments", *(METRIC_OF[part] for part in ("granted", "supported", "not_supported")), "net_fees")
    ways = {
        (row, column): way_to_rows(view.filters, metric, ("course", one.course))
        for row, one in enumerate(found) for column, metric in enumerate(counted, start=1)
    }
    show_table(view, "courses", view.say("courses_title", len(found)), Table(columns, rows), MONEY, ways)


def show_what_is_pending(view: View) -> None:
    """What nobody has told us about the grant: never inferred."""
    pending = grant_in_force(builds_folder()).pending
    if not pending:
        return
    section(view.say("pending"))
    paragraph("mc-text", view.say("pending_text"))
    columns = (Column(view.say("pending_datum")), Column(view.say("pending_value")))
    rows = [(view.words(f"pack.setting.{one.key}"), one.show(view.words)) for one in pending]
    show_table(view, "pending", view.say("pending_title"), Table(columns, rows))


def offer_all_indicators(view: View, period: HalfYear) -> None:
    """Every indicator of the build, as the command line gives them."""
    says, as_of = view.words, view.snapshot.as_of

    def find_all() -> dict:
        return indicators(builds_folder(), as_of, str(period))

    section(view.say("all_indicators"))
    paragraph("mc-text", view.say(
        "all_indicators_text", indicators=says.number(len(METRICS)), day=says.day(as_of),
        period=name_period(view, period),
    ))
    name = f"indicators-{as_of.isoformat()}-{period}"
    place = st.container(horizontal=True)
    place.download_button(
        "JSON", lambda: to_json(find_all()), f"{name}.json", "application/json",
        key="indicators_json", on_click="ignore", icon=":material/download:",
    )
    place.download_button(
        says("download.csv"), lambda: to_csv(*as_table(find_all(), says)), f"{name}.csv", "text/csv",
        key="indicators_csv", on_click="ignore", icon=":material/download:",
    )
