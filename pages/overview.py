"""Overview: is the programme keeping its commitments?"""

from collections import Counter

from analytics.attention import DISCOUNTS, REJECTED, UNPROVEN, Matter, matters
from analytics.changes import previous_build
from analytics.commitments import Commitment, commitments
from analytics.gaps import OF_ENROLMENTS
from analytics.measure import measure
from analytics.metrics import METRICS
from analytics.other_counts import COUNTED
from analytics.table import NOT_APPLICABLE, Column, Mark, Table, Way
from pages.parts import link
from pages.parts.changes import show_changes
from pages.parts.figure import Ways, show_table
from pages.parts.frame import SHAPES, answer, close_page, headline, headlines, open_page, paragraph, section
from pages.parts.numbers import builds_folder, newest_event, snapshot_at
from pages.parts.pace import show_pace
from pages.parts.ways import way_to_gaps, way_to_list, way_to_rows

HEADLINES = (
    "credentials_issued_eligible", "courses_certified", "online_share", "upv_academic_hours_share", "enrolments",
)

view = open_page("overview")
says, snapshot, filters = view.words, view.snapshot, view.filters


def answer_question(found: list[Commitment]) -> None:
    """How many commitments are kept, and what the credentials still need."""
    assessed = [each for each in found if each.status != "not_assessable"]
    kept = sum(each.status == "kept" for each in assessed)
    sentence = view.say("answer", kept=says.number(kept), commitments=says.number(len(found)))
    credentials = next(each for each in found if each.target.key == "credentials_issued_eligible")
    answer(view, f"{sentence} {credentials_left(credentials)}".strip())


def credentials_left(credentials: Commitment) -> str:
    """What is left to the target of credentials, and the pace that takes."""
    if credentials.pace is None:
        return view.say("credentials_unknown")
    if credentials.pace.left == 0:
        return view.say("credentials_reached", target=says.number(credentials.target.value))
    places = {"left": says.number(credentials.pace.left), "target": says.number(credentials.target.value)}
    if credentials.pace.per_week is None:
        return view.say("credentials_late", deadline=says.day(credentials.target.due_on), **places)
    return view.say(
        "credentials_left", weeks=says.number(credentials.pace.weeks_left, 1),
        per_week=says.number(credentials.pace.per_week, 1), deadline=says.day(credentials.target.due_on), **places,
    )


def show_commitments(found: list[Commitment]) -> None:
    """Every commitment with its status, value, target, source, and the way to its page."""
    columns = ("commitment", "status", "value", "target", "source", "page")
    rows = [
        (
            each.target.name_in(says),
            Mark(each.status, says(f"status.{each.status}")),
            says.show(each.measure.value, each.measure.metric.unit),
            says.show(each.target.value, each.measure.metric.unit),
            each.target.source_in(says),
            Way(says(f"page.{each.page}.nav"), each.page, link.address_of()),
        )
        for each in found
    ]
    units = {"value": "figure", "target": "figure"}
    table = Table(tuple(Column(view.say(f"column_{name}"), units.get(name, "text")) for name in columns), rows)
    metrics = [each.target.metric for each in found]
    ways = {(row, 2): way_to_rows(filters, metric) for row, metric in enumerate(metrics)}
    show_table(view, "commitments", summarise(found), table, metrics, ways)


def summarise(found: list[Commitment]) -> str:
    """How many commitments have each status."""
    counts = Counter(each.status for each in found)
    parts = [view.say(f"status_{status}", counts[status]) for status in SHAPES if counts[status]]
    return view.say("commitments_title", commitments=says.number(len(found)), summary=", ".join(parts))


def show_matters() -> None:
    """What waits for somebody, with the way to its list."""
    found = matters(snapshot, filters)
    section(view.say("act"))
    if not found:
        return paragraph("mc-text", view.say("nothing_to_act_on"))
    columns = (Column(view.say("column_matter")), Column(view.say("column_cases"), "count"),
               Column(view.say("column_amount"), "EUR"), Column(view.say("column_page")))
    rows = [
        (view.say(f"matter_{each.key}"), each.cases, NOT_APPLICABLE if each.amount is None else each.amount,
         Way(says(f"page.{each.page}.nav"), each.page, link.address_of()))
        for each in found
    ]
    title = view.say("matters_title", len(found))
    return show_table(view, "matters", title, Table(columns, rows), ways=lead_matters(found))


def lead_matters(found: list[Matter]) -> Ways:
    """The ways from the cases and euros of each matter to their rows, or to the list that has them one by one."""
    lists = {REJECTED: way_to_list("rejected"), UNPROVEN: way_to_gaps(filters, *OF_ENROLMENTS)}
    ways = {}
    for row, each in enumerate(found):
        for column, metric in ((1, each.key), (2, DISCOUNTS.get(each.key))):
            if each.key in lists or metric in COUNTED:
                ways[row, column] = lists.get(each.key) or way_to_rows(filters, metric)
    return ways


def show_what_changed() -> None:
    """The headline figures of this load against the one before."""
    section(view.say("changed"))
    before = previous_build(builds_folder(), snapshot.build)
    if before is None:
        return paragraph("mc-text", view.say("first_load"))
    return show_changes(view, snapshot_at(before, newest_event(before)), snapshot)


found_commitments = commitments(snapshot, filters)
answer_question(found_commitments)
headlines(view, [headline(view, found) for found in measure(snapshot, [METRICS[key] for key in HEADLINES], filters)])
show_commitments(found_commitments)
show_pace(view)
show_matters()
show_what_changed()
close_page(view)
