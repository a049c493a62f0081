"""Section 1, targets: what is reached, what is left, at which pace, and what to expect in the next nine months."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from analytics.commitments import Commitment, commitments, even_pace
from analytics.forecast import Forecast, forecast
from analytics.metrics import METRICS
from analytics.pace_sentences import say_how, say_pace
from analytics.pacing import pace_ahead
from analytics.palette import BLUE, NEUTRAL, ORANGE
from analytics.series import series
from analytics.targets import pace
from analytics.trace import trace_metric
from reports.content import Block, Chart, Section
from reports.writing import Cell, Draft, Headline, Line, make_figures, make_grid, prose

NUMBER = 1
KEYS = ("courses_certified", "credentials_issued_eligible", "learners_certified_eligible")
COUNTED = {"credentials": "credentials_issued_eligible", "persons": "learners_certified_eligible"}
COLUMNS = (
    ("target", "text"), ("value", "count"), ("goal", "count"), ("gap", "count"), ("status", "text"),
    ("per_week_teaching", "ratio"), ("per_week_deadline", "ratio"), ("due_on", "day"), ("source", "text"),
)
QUARTERS = (
    ("from", "day"), ("to", "day"), ("editions", "count"), ("enrolments", "count"), ("expected", "ratio"),
)


def write_targets(draft: Draft) -> Section:
    found = [one for one in commitments(draft.snapshot, held=draft.grant.targets) if one.target.key in KEYS]
    lines = [Line(one.target.key, _cells(draft, one)) for one in found]
    grid = make_grid(draft, NUMBER, "targets", COLUMNS, lines, ("enrolments", "catalogue"), KEYS)
    blocks = [_headlines(draft, found), grid, _which_counts(draft), *_pace_chart(draft), *_forecast(draft)]
    return Section(NUMBER, "targets", draft.say("section.targets"), tuple(blocks))


def _headlines(draft: Draft, found: list[Commitment]) -> Block:
    return make_figures(draft, NUMBER, "reached", [
        Headline(
            one.target.key, one.measure.value, "count",
            draft.say("reached.of", goal=draft.words.number(one.target.value)),
            one.status, trace_metric(METRICS[one.target.metric]),
        )
        for one in found
    ])


def _cells(draft: Draft, one: Commitment) -> tuple:
    value, words = one.measure.value, draft.words
    return (
        one.target.name_in(words),
        Cell(value, trace_metric(METRICS[one.target.metric]), one.target.metric),
        int(one.target.value),
        None if value is None else max(int(one.target.value) - value, 0),
        words(f"status.{one.status}"),
        _per_week(draft, one, draft.grant.value("last_teaching_day")),
        _per_week(draft, one, one.target.due_on),
        one.target.due_on,
        one.target.source_in(words),
    )


def _per_week(draft: Draft, one: Commitment, due_on: date | None) -> Decimal | None:
    """What is left by the week until a day; None when the day is pending or past."""
    if due_on is None or one.measure.value is None:
        return None
    return pace(replace(one.target, due_on=due_on), one.measure.value, draft.as_of).per_week


def _which_counts(draft: Draft) -> Block:
    counts = draft.grant.setting("target_counts")
    held = (
        draft.say("targets.counts_pending") if counts.is_pending
        else draft.say("targets.counts", metric=draft.words.metric(COUNTED[counts.value]))
    )
    teaching_day = draft.grant.setting("last_teaching_day").show(draft.words)
    return prose("which_counts", held, draft.say("targets.teaching_day", day=teaching_day))


def _pace_chart(draft: Draft) -> list[Block]:
    """Credentials week by week against an even pace, and what to expect; nothing without a date to draw."""
    metric = METRICS["credentials_issued_eligible"]
    target = draft.grant.targets[metric.target]
    found = series(draft.snapshot, metric, "week", is_cumulative=True)
    if not found.points:
        return []
    even = even_pace(target, found)
    pacing = pace_ahead(draft.snapshot, *_limits(draft))
    expected = pacing.week_by_week(even).values if pacing and pacing.dues is not None else []
    reached = dict(zip(found.points, found.values[""], strict=True))
    values = tuple(_number(reached.get(day, 0 if day < found.points[0] else None)) for day in even.points)
    words = draft.words
    drawn = [(words("pace.reached"), BLUE, values), (words("pace.even"), NEUTRAL, tuple(map(float, even.values)))]
    if any(value is not None for value in expected):
        drawn.insert(1, (words("pace.expected"), ORANGE, tuple(map(_number, expected))))
    sentences = [*say_pace(words, pacing, target), *(say_how(words, pacing) if pacing else [])]
    chart = Chart(
        "pace", draft.say("pace.caption"),
        words("pace.takeaway", value=words.number(found.values[""][-1]), metric=words.metric(metric.key).lower(),
              expected=words.number(even.at(draft.as_of), 0), target=words.number(target.value)),
        "lines", tuple(words.day(day) for day in even.points),
        tuple(drawn), (float(target.value), words("pace.target", target=words.number(target.value))),
    )
    return [chart, prose("pace_ahead", *sentences)] if sentences else [chart]


def _limits(draft: Draft) -> tuple[int, int]:
    """The editions and entries that an expectation must rest on."""
    return draft.grant.value("forecast_minimum_editions"), draft.grant.value("forecast_minimum_entries")


def _number(value: Decimal | int | None) -> float | None:
    return None if value is None else float(value)


def _forecast(draft: Draft) -> list[Block]:
    limits = _limits(draft)
    found = forecast(draft.snapshot, *limits)
    if found is None:
        return [prose("forecast_unknown", draft.say("forecast.unknown"))]
    lines = [
        Line(str(number), (part.first_day, part.last_day, part.editions, part.enrolments, part.credentials))
        for number, part in enumerate(found.quarters, start=1)
    ]
    grid = make_grid(draft, NUMBER, "forecast", QUARTERS, lines, ("enrolments", "catalogue"))
    return [grid, prose("forecast_how", *_how(draft, found, limits))]


def _how(draft: Draft, found: Forecast, limits: tuple[int, int]) -> tuple[str, ...]:
    """How it was worked out, or why it was not."""
    words, past = draft.words, found.history
    counts = {
        "editions": words.number(past.editions), "entries": words.number(past.entries),
        "minimum_editions": words.number(limits[0]), "minimum_entries": words.number(limits[1]),
    }
    waiting = draft.say("forecast.waiting", found.waiting)
    if not found.is_enough:
        return draft.say("forecast.too_little", **counts), waiting
    how = draft.say(
        "forecast.how", completion=words.share(past.completion), credentials=words.number(past.credentials),
        days=words("pack.days", past.days or 0), **counts,
    )
    total = draft.say("forecast.total", expected=words.show(found.credentials, "ratio"))
    return how, total, waiting
