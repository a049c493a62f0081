"""The funnel: from an application to a credential, as enrolments and as distinct persons, by course and in all."""

from dataclasses import dataclass
from decimal import Decimal

from analytics.metrics import METRICS, count, distinct
from analytics.snapshot import Snapshot
from analytics.trace import Trace, conditions_of

# Each step is what a metric counts, so that the funnel can never say something else than the metric.
STEPS = {
    "applications": conditions_of(METRICS["applications"].numerator)[0],
    "enrolments": conditions_of(METRICS["enrolments"].numerator)[0],
    "entries": conditions_of(METRICS["entries"].numerator)[0],
    "assessed": conditions_of(METRICS["pass_rate"].denominator)[0],
    "passed": conditions_of(METRICS["pass_rate"].numerator)[0],
    "credentials_issued": conditions_of(METRICS["credentials_issued"].numerator)[0],
}
# What stands beside the steps. A waiting list is the newest state of an application.
BESIDE = {
    "waiting_list": "is_application and state = 'waiting_list'",
    "cancelled": conditions_of(METRICS["cancellation_rate"].numerator)[0],
    "no_shows": "is_entry and has_ended and result = 'not_presented'",
}
EVERY_STEP = STEPS | BESIDE


@dataclass(frozen=True)
class Funnel:
    """The steps of one course, or of all (""); counts are None without the export of enrolments."""

    course: str
    title: str
    title_va: str
    enrolments: dict[str, int | None]
    persons: dict[str, int | None]

    def title_in(self, language: str) -> str:
        return self.title_va if language == "va" else self.title

    def rate(self, step: str, counted: str = "enrolments") -> Decimal | None:
        """A step as a share of the step before it; None for the first, or when there is nothing to be a share of."""
        steps = list(STEPS)
        if step not in steps or step == steps[0]:
            return None
        counts = getattr(self, counted)
        part, whole = counts[step], counts[steps[steps.index(step) - 1]]
        return Decimal(part) / Decimal(whole) if whole and part is not None else None


def trace_step(step: str, counted: str, course: str = "") -> Trace:
    """How a step is counted, in one course or in all."""
    condition = EVERY_STEP[step]
    aggregate = count(condition) if counted == "enrolments" else distinct("person_key", condition)
    return Trace("enrolment", aggregate, "course = $course", (("course", course),)) if course else Trace(
        "enrolment", aggregate
    )


def funnels(snapshot: Snapshot) -> list[Funnel]:
    """The funnel of all, then that of every course of the catalogue by its code."""
    return snapshot.once(("funnels",), lambda: _count_funnels(snapshot))


def _count_funnels(snapshot: Snapshot) -> list[Funnel]:
    """Person by person first: many counts of different people at once would keep every one of them in memory."""
    steps = ", ".join(f"{count(condition)} as {step}" for step, condition in EVERY_STEP.items())
    counts = ", ".join(
        f"sum({step})::bigint as enrolments_{step}, count(person_key) filter (where {step} > 0) as persons_{step}"
        for step in EVERY_STEP
    )
    found = snapshot.rows(
        f"""
        with person as (
            select if(grouping(course) = 1, '', course) as course, person_key, {steps}
            from enrolment group by grouping sets ((person_key), (course, person_key))
        ),

        counted as (select course, {counts} from person group by course),

        named as (
            select course, arg_min(title, edition_number) as title, arg_min(title_va, edition_number) as title_va
            from edition group by course
            union all
            select '', '', ''
        )

        select named.title, named.title_va, counted.*, named.course
        from named left join counted using (course)
        order by named.course
        """
    )
    return [_to_funnel(row, snapshot.has("enrolments")) for row in found]


def _to_funnel(row: dict, is_known: bool) -> Funnel:
    def counts(counted: str) -> dict[str, int | None]:
        return {step: (row[f"{counted}_{step}"] or 0) if is_known else None for step in EVERY_STEP}

    return Funnel(row["course"], row["title"], row["title_va"], counts("enrolments"), counts("persons"))
