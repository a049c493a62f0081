"""Evidence: what is still to be proved, and how much would it count?"""

from collections.abc import Mapping

import streamlit as st

from analytics.charts import Bar, bars
from analytics.evidence_worklist import METRIC_OF, Prospect, look_ahead, make_worklist
from analytics.filters import EVERYTHING, Filters
from analytics.gaps import SORTS, Gap, Worth
from analytics.palette import BLUE
from analytics.reasons import tell
from analytics.table import NOT_APPLICABLE, Column, RowsWhenAsked, Table
from analytics.targets import targets_of
from pages.parts import link
from pages.parts.evidence_requests import offer_requests
from pages.parts.figure import Figure, Ways, show_figure, show_table
from pages.parts.frame import Headline, answer, close_page, headlines, open_page, paragraph, section
from pages.parts.numbers import builds_folder
from pages.parts.ways import LIST, way_to_gaps
from reports.evidence_requests import list_parts, name_centre, tell_parts, tell_worth
from reports.grant import find_deadlines

METRICS_SHOWN = (*METRIC_OF.values(), "upv_majority_edition_share", "endorsed_course_share")
BY_CENTRE = {
    "centre": "text", "gaps": "count", "credentials": "count", "courses": "count", "learners": "count", "euros": "EUR",
    "editions": "count", "hours": "hours", "endorsements": "count", "unproven": "count", "enrolments": "count",
}
PROMISES = ("editions", "endorsements")
WORTHS = tuple(BY_CENTRE)[2:]
LISTED = {
    "lacks": "text", "enrolment": "code", "course": "text", "centre": "text", "worth": "text",
    "due_on": "day", "ends_on": "day", "row": "text",
}

view = open_page("evidence")
says, snapshot = view.words, view.snapshot


def answer_question() -> None:
    """How many gaps there are, and what the credentials would be if all were mended, and those that are certain."""
    if not snapshot.has("enrolments"):
        return answer(view, view.say("no_export"))
    if not worklist.gaps:
        return answer(view, view.say("nothing"))
    credentials = prospects[0]
    target = targets_of(snapshot)[credentials.metric.target]
    text = view.say(
        "answer", len(worklist.gaps), more=says.number(credentials.more), now=says.number(credentials.now),
        after=says.number(credentials.after), target=says.number(target.value),
        certain=says.number(worklist.certain.credentials),
    )
    return answer(view, text)


def show_headlines() -> None:
    """What each target would gain if all were mended, beside what it is now."""
    worth = worklist.worth
    figures = [prospect_headline(part, one) for part, one in zip(METRIC_OF, prospects, strict=True)]
    promised = Worth(editions=worth.editions, endorsements=worth.endorsements)
    more = view.say("more", more=says.number(promised.commitments))
    detail = tell_parts(says, promised)
    headlines(view, [*figures, Headline(view.say("promises"), more, detail, way=way_to_gaps(view.filters, *PROMISES))])


def prospect_headline(part: str, one: Prospect) -> Headline:
    """What a figure would gain, which leads to the gaps that are worth it."""
    metric = one.metric
    if one.now is None:
        return Headline(says.metric(metric.key), says("table.unknown"), says(f"metric.{metric.key}.short"))
    target = targets_of(snapshot).get(metric.target or "")
    places = {"now": says.show(one.now, metric.unit), "after": says.show(one.after, metric.unit)}
    if target:
        detail = view.say("from_to_of", target=says.number(target.value), **places)
    else:
        detail = view.say("from_to", **places)
    more, way = view.say("more", more=says.show(one.more, metric.unit)), way_to_gaps(view.filters, part)
    return Headline(says.metric(metric.key), more, detail, way=way if one.more else None)


def show_centres() -> None:
    """What the gaps of each centre are worth; the last line is not their sum where a course or a person is shared."""
    centres = worklist.centres
    most = centres[0]
    chief = "".join(list_parts(says, most.worth)[:1])
    takeaway = view.say("centres_title", len(centres), centre=name_centre(says, most.centre), worth=chief)
    rows = [
        Bar(
            view.say(
                "centre_bar", len(one.gaps), centre=name_centre(says, one.centre),
                credentials=says("evidence.worth.credentials", one.worth.credentials),
            ),
            float(one.worth.credentials), says.number(one.worth.credentials), BLUE,
        )
        for one in centres
    ]
    columns = tuple(Column(view.say(f"column.{key}"), unit) for key, unit in BY_CENTRE.items())
    cells = [centre_row(name_centre(says, one.centre), len(one.gaps), one.worth) for one in centres]
    cells.append(centre_row(view.say("all_centres"), len(worklist.gaps), worklist.worth))
    ways = lead_centres([*(view.filters.also("centre", one.centre) for one in centres), view.filters], cells)
    show_figure(view, Figure("centres", takeaway, bars(rows), Table(columns, cells), METRICS_SHOWN, ways=ways))


def lead_centres(selections: list[Filters], cells: list[tuple]) -> Ways:
    """The ways from the numbers of each centre, and of all, to the list of their gaps."""
    keys = ((), *((key,) for key in WORTHS))
    return {
        (row, column): way_to_gaps(filters, *key)
        for row, filters in enumerate(selections) for column, key in enumerate(keys, start=1) if cells[row][column]
    }


def centre_row(name: str, gaps: int, worth: Worth) -> tuple:
    return (name, gaps, *(getattr(worth, key) for key in WORTHS))


def show_list() -> None:
    """Every gap with what it lacks, what it is worth and until when, in the order that the reader chose."""
    section(view.say("act"), LIST)
    lacks = choose_gaps("lacks", worklist.lacking, "lacks")
    parts = choose_gaps("worth", worklist.adding, "column")
    order = link.choose_one(
        "order", list(SORTS), "worth", st.segmented_control, label=view.say("order_label"),
        format_func=lambda key: view.say(f"order.{key}"), required=True,
    )
    shown, worth = worklist.narrow(lacks, parts, order)
    chief, *others = list_parts(says, worth) or [""]
    takeaway = view.say("list_title", len(shown), worth=chief)
    columns = tuple(Column(view.say(f"column.{key}"), unit) for key, unit in LISTED.items())
    table = Table(columns, RowsWhenAsked(shown, list_row))
    show_table(view, "list", takeaway, table, METRICS_SHOWN, is_restricted=True)
    if others:
        paragraph("mc-small", view.say("also_worth", worth=" · ".join(others)))


def choose_gaps(key: str, numbers: Mapping[str, int], names: str) -> list[str]:
    """The kinds of gaps that the reader chose, each offered with how many there are."""
    return link.choose_several(
        key, list(numbers), st.pills, label=view.say(f"{key}_label"), selection_mode="multi",
        format_func=lambda one: view.say(
            "lacks_name", name=view.say(f"{names}.{one}"), number=says.number(numbers[one])
        ),
    )


def list_row(gap: Gap) -> tuple:
    row = None if gap.file_name is None else view.say("row", file=gap.file_name, line=gap.line)
    return (
        tell(says, gap.lacks), gap.enrolment_id or NOT_APPLICABLE,
        view.say("edition", title=gap.title_in(says.language), edition=gap.edition_id),
        name_centre(says, gap.centre), tell_worth(says, gap), gap.due_on, gap.ends_on, row,
    )


worklist = make_worklist(snapshot, find_deadlines(builds_folder()), view.filters)
prospects = look_ahead(snapshot, worklist.worth)
answer_question()
if view.filters != EVERYTHING:
    paragraph("mc-note", view.say("filtered"))
show_headlines()
if worklist.gaps:
    paragraph("mc-small", view.say("how_counted"))
    show_centres()
    show_list()
    offer_requests(view, worklist.centres)
close_page(view)
