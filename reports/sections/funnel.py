"""Section 2, the funnel: applications, enrolments, entries, assessed, passed, credentials; by course and in all."""

from analytics.funnel import EVERY_STEP, STEPS, Funnel, funnels, trace_step
from analytics.measure import measure
from analytics.metrics import METRICS
from analytics.palette import BLUE, TEAL
from analytics.trace import trace_metric
from reports.content import Block, Chart, Section
from reports.writing import Cell, Draft, Line, make_grid, prose

NUMBER = 2
RATES = ("cancellation_rate", "pass_rate", "certification_rate")
ALL_COLUMNS = (
    ("step", "text"), ("enrolments", "count"), ("enrolments_rate", "share"), ("persons", "count"),
    ("persons_rate", "share"),
)
NAMED = (("course", "code"), ("title", "text"))
COURSE_COLUMNS = (*NAMED, *((step, "count") for step in EVERY_STEP))
RATE_COLUMNS = (*NAMED, *((rate, "share") for rate in RATES))


def write_funnel(draft: Draft) -> Section:
    whole, *courses = funnels(draft.snapshot)
    blocks = (
        _whole(draft, whole), _chart(draft, whole), prose("funnel_notes", draft.say("funnel.notes")),
        _by_course(draft, "funnel_enrolments", "enrolments", courses, whole),
        _by_course(draft, "funnel_persons", "persons", courses, whole), _rates(draft, courses),
    )
    return Section(NUMBER, "funnel", draft.say("section.funnel"), blocks)


def _whole(draft: Draft, whole: Funnel) -> Block:
    lines = [
        Line(step, (
            draft.say(f"step.{step}"),
            Cell(whole.enrolments[step], trace_step(step, "enrolments"), step), whole.rate(step),
            Cell(whole.persons[step], trace_step(step, "persons"), step), whole.rate(step, "persons"),
        ))
        for step in EVERY_STEP
    ]
    return make_grid(draft, NUMBER, "funnel", ALL_COLUMNS, lines, ("enrolments",), ("applications", "enrolments"))


def _chart(draft: Draft, whole: Funnel) -> Block:
    labels = tuple(draft.say(f"step.{step}") for step in STEPS)
    series = tuple(
        (draft.say(f"funnel.{counted}"), tone, tuple(_number(getattr(whole, counted)[step]) for step in STEPS))
        for counted, tone in (("enrolments", BLUE), ("persons", TEAL))
    )
    counts = [draft.words.show(whole.enrolments[step], "count") for step in STEPS]
    told = ", ".join(f"{label}: {shown}" for label, shown in zip(labels, counts, strict=True))
    return Chart("funnel_chart", draft.say("funnel_chart.caption"), told, "bars", labels, series)


def _number(value: int | None) -> float | None:
    return None if value is None else float(value)


def _by_course(draft: Draft, key: str, counted: str, courses: list[Funnel], whole: Funnel) -> Block:
    """Persons have no total over the courses: who is in two of them is one person."""
    lines = [
        Line(course.course, (course.course, course.title_in(draft.words.language), *_counts(course, counted)))
        for course in courses
    ]
    has_total = counted == "enrolments"
    if has_total:
        lines.append(Line("total", ("", draft.words("table.total"), *_counts(whole, counted))))
    return make_grid(
        draft, NUMBER, key, COURSE_COLUMNS, lines, ("enrolments", "catalogue"), tuple(STEPS)[:3], has_total
    )


def _counts(funnel: Funnel, counted: str) -> list[Cell]:
    return [Cell(getattr(funnel, counted)[step], trace_step(step, counted, funnel.course)) for step in EVERY_STEP]


def _rates(draft: Draft, courses: list[Funnel]) -> Block:
    found = {
        (one.group[0], one.metric.key): one
        for one in measure(draft.snapshot, [METRICS[key] for key in RATES], by=["course"])
    }
    lines = [
        Line(course.course, (course.course, course.title_in(draft.words.language), *(
            Cell(found[course.course, key].value if (course.course, key) in found else None,
                 trace_metric(METRICS[key], "course = $course", {"course": course.course}))
            for key in RATES
        )))
        for course in courses
    ]
    return make_grid(draft, NUMBER, "funnel_rates", RATE_COLUMNS, lines, ("enrolments", "catalogue"), RATES)
