"""What a trend says: its answer, its headline figures, its titles and its notes, in the reader's language."""

from collections.abc import Sequence
from datetime import timedelta

from analytics.axis import word_point
from analytics.comparison import Comparison, Spans
from analytics.lead import ALL
from analytics.leaderboards import Leaderboards, stands_out
from analytics.measure import Measure, Number, is_known, measure, measure_one
from analytics.metrics import Metric
from analytics.series import Points, booking_curve, next_step, within_step
from analytics.trend import Moment, Trend, day_half_is_in, left_out
from pages.parts.filters import name_values
from pages.parts.frame import Headline, View, headline
from pages.parts.leaderboards import word_change
from pages.parts.trend_choice import Choice
from pages.parts.trend_comparison import is_narrowed, phrase_reference, say_difference, show_amount
from pages.parts.ways import way_to_rows


def name_amount(view: View, metric: Metric, value: Number) -> str:
    """54 matrículas; for a ratio the number alone, with its unit."""
    says = view.words
    shown = says.show(value, metric.unit)
    if metric.denominator:
        return shown
    form = "one" if value == 1 and metric.unit != "EUR" else "other"
    return says(f"page.trends.noun.{metric.key}.{form}", amount=shown)


def answer_of(view: View, trend: Trend, comparison: Comparison, boards: Leaderboards, spans: Spans | None) -> str:
    """What the comparison of the page says; without one, the last complete step against the one before."""
    if not trend.points.points:
        return _say_nothing(view, trend)
    is_of_steps = comparison.kind == "none" or (comparison.kind == "previous" and not view.filters.has_span)
    if is_of_steps or boards.change is None or boards.change.now is None:
        return _answer_of_steps(view, trend)
    return _answer_against(view, trend.metric, comparison, boards, spans)


def _answer_against(view: View, metric: Metric, comparison: Comparison, boards: Leaderboards, spans) -> str:
    """412 matrículas del 06-10-2025 al 14-12-2025, 34 más que en los 70 días anteriores (378)."""
    says, change = view.words, boards.change
    reference = phrase_reference(view, comparison, metric, show_amount(view, metric, change.before), spans)
    difference = say_difference(view, metric, change, reference)
    where = view.say("where_selection" if is_narrowed(view) else "where_everything")
    if comparison.kind == "booking":
        where = view.say("where_open", boards.leads[ALL].open_editions)
    elif view.filters.has_span:
        last = spans.now.last if spans else view.filters.dated_to
        where = _say_span(view, view.filters.dated_from or (spans and spans.now.first), last)
    if metric.denominator is None:
        amount = name_amount(view, metric, change.now)
        return _capital(view.say("answer_against_count", amount=amount, where=where, comparison=difference))
    kind = "ratio" if metric.unit == "ratio" else "share"
    amount, value = says(f"page.trends.noun.{metric.key}"), says.show(change.now, metric.unit)
    shown = {"amount": amount, "value": value, "where": where, "comparison": difference}
    return _capital(view.say(f"answer_against_{kind}", **shown))


def _say_span(view: View, first, last) -> str:
    kind = "between" if first and last else "since" if first else "until"
    return view.say(f"where_{kind}", first=view.words.day(first), last=view.words.day(last))


def _answer_of_steps(view: View, trend: Trend) -> str:
    says, last = view.words, trend.last
    total = _say_total(view, trend)
    if last is None:
        current = says(f"step.{trend.step}.current")
        return _capital(view.say("answer_no_complete", last=current, day=says.day(trend.as_of), total=total))
    places = {"last": says(f"step.{trend.step}.last"), "total": total}
    if trend.metric.denominator is None:
        amount, comparison = name_amount(view, trend.metric, last.value or 0), _compare(view, trend)
        return _capital(view.say("answer_count", amount=amount, comparison=comparison, **places))
    amount = says(f"page.trends.noun.{trend.metric.key}")
    if last.value is None:
        return _capital(view.say("answer_nothing_last", amount=amount, **places))
    kind = "ratio" if trend.metric.unit == "ratio" else "share"
    value = says.show(last.value, trend.metric.unit)
    return _capital(view.say(f"answer_{kind}", amount=amount, value=value, comparison=_compare(view, trend), **places))


def _say_nothing(view: View, trend: Trend) -> str:
    missing = [view.words(f"export.{export}") for export in trend.metric.needs if not view.snapshot.has(export)]
    if missing:
        return view.say("answer_missing", exports=", ".join(missing))
    if not is_known(view.snapshot, trend.metric, view.filters):
        unheeded = view.filters.unheeded_by(trend.metric.table)
        return view.say("answer_unheeded", dimension=view.words.dimension(unheeded[0]))
    return view.say("answer_empty")


def _say_total(view: View, trend: Trend) -> str:
    says, metric = view.words, trend.metric
    if metric.denominator:
        return says.show(trend.total.value, metric.unit)
    dated = (trend.total.value or 0) - trend.undated if metric.is_additive else trend.total.value
    kind = "sum" if metric.is_additive else "distinct"
    return view.say(f"total_{kind}", day=says.day(trend.points.first_on), total=says.show(dated, metric.unit))


def _compare(view: View, trend: Trend) -> str:
    """, 12 más que en la anterior; nothing when there is no step to compare with."""
    change = trend.change
    if change is None:
        return ""
    says = view.words
    difference = says.show(abs(change), trend.metric.unit)
    if trend.metric.unit == "share":
        difference = view.say("points", points=says.points(change))
    below = "fewer" if trend.metric.unit == "count" else "less"
    side = "equal" if change == 0 else "more" if change > 0 else below
    return view.say(side, difference=difference, previous=says(f"step.{trend.step}.previous"))


def headlines_of(view: View, trend: Trend, people: Measure, compared: Headline | None) -> list[Headline]:
    """The total, what it is held against or else the last complete step, the highest one, and the people."""
    undated = view.say("total_undated", amount=view.words.show(trend.undated, "count")) if trend.undated else None
    total, learners = headline(view, trend.total, undated), headline(view, people)
    figures = [total, compared or _headline_last(view, trend), _headline_highest(view, trend)]
    return figures if trend.metric.key == "learners" else [*figures, learners]


def _headline_last(view: View, trend: Trend) -> Headline:
    says = view.words
    label = says(f"step.{trend.step}.last_label")
    if trend.last is None:
        return Headline(label, says.show(None, trend.metric.unit), view.say("no_last"))
    detail, previous = name_moment(view, trend, trend.last), trend.previous
    if previous and previous.value is not None:
        before = says.show(previous.value, trend.metric.unit)
        detail = view.say("last_detail", day=detail, before=before, previous=says(f"step.{trend.step}.previous"))
    return Headline(label, says.show(trend.last.value, trend.metric.unit), detail, way=_lead(view, trend, trend.last))


def _headline_highest(view: View, trend: Trend) -> Headline:
    says, highest = view.words, trend.highest
    label = says(f"step.{trend.step}.highest_label")
    if highest is None:
        return Headline(label, says.show(None, trend.metric.unit), view.say("no_last"))
    detail = name_moment(view, trend, highest)
    if trend.metric.denominator:
        part, whole = (says.number(side or 0) for side in highest.sides)
        detail = f"{detail} · {says('headline.of', part=part, whole=whole)}"
    return Headline(label, says.show(highest.value, trend.metric.unit), detail, way=_lead(view, trend, highest))


def _lead(view: View, trend: Trend, moment: Moment) -> str:
    return way_to_rows(within_step(view.filters, trend.step, moment.begins_on), trend.metric.key)


def name_moment(view: View, trend: Trend, moment: Moment) -> str:
    """Semana del 09-02-2026."""
    says = view.words
    return says(f"step.{trend.step}.of", day=word_point(says, trend.step, moment.begins_on))


def notes_of(view: View, trend: Trend) -> list[str]:
    """What a reader has to know of the figure: what is unfinished, scheduled, undated, or not filtered."""
    says, metric, notes = view.words, trend.metric, []
    if trend.unfinished:
        notes.append(view.say("note_unfinished", day=name_moment(view, trend, trend.unfinished)))
    if trend.ahead and trend.ahead.numerator:
        amount = says.show(trend.ahead.value, metric.unit)
        notes.append(view.say("note_ahead", day=says.day(trend.as_of), amount=amount))
    if trend.undated:
        unit = "count" if metric.denominator else metric.unit
        notes.append(view.say("note_undated", amount=says.show(trend.undated, unit)))
    unheeded = view.filters.unheeded_by(metric.table)
    return notes + [view.say("note_unheeded", dimension=says.dimension(key)) for key in unheeded]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def title_of(view: View, trend: Trend, choice: Choice, drawn: Sequence[str]) -> str:
    """What a figure says: of groups, which is the largest; of the whole, where it is highest or has got to."""
    if choice.split:
        return _title_of_groups(view, choice, drawn)
    if choice.reading == "cumulative":
        return _title_so_far(view, trend)
    says = view.words
    if trend.highest is None:
        step = says(f"step.{trend.step}.name").lower()
        return view.say("figure_each_single", metric=says.metric(trend.metric.key), step=step)
    amount = name_amount(view, trend.metric, trend.highest.value)
    when = says(f"step.{trend.step}.at", day=word_point(says, trend.step, trend.highest.begins_on))
    return view.say("figure_each", when=when, amount=amount)


def _title_so_far(view: View, trend: Trend) -> str:
    says, metric = view.words, trend.metric
    is_planned = bool(trend.ahead and trend.ahead.numerator)
    last = next_step(trend.step, trend.points.points[-1]) - timedelta(days=1) if is_planned else trend.as_of
    total = says.show(trend.total.value, metric.unit)
    if metric.is_additive and metric.denominator is None:
        total = says.show(trend.total.value - trend.undated, metric.unit)
    key = "figure_cumulative_planned" if is_planned else "figure_cumulative"
    return view.say(key, metric=says.metric(metric.key), total=total, day=says.day(last))


def _title_of_groups(view: View, choice: Choice, drawn: Sequence[str]) -> str:
    says, metric = view.words, choice.metric
    dimension = says.dimension(choice.split).lower()
    measures = {found.group[0]: found for found in measure(view.snapshot, [metric], view.filters, [choice.split])}
    known = {group: measures[group].value for group in drawn if group in measures and measures[group].value is not None}
    if not known:
        return says("figure.empty")
    lowest, highest = min(known, key=known.get), max(known, key=known.get)
    if metric.denominator:
        return view.say(
            "figure_split_ratio", dimension=dimension, lowest=choice.names[lowest], highest=choice.names[highest],
            lowest_value=says.show(known[lowest], metric.unit), highest_value=says.show(known[highest], metric.unit),
        )
    shown = {"dimension": dimension, "group": choice.names[highest], "value": says.show(known[highest], metric.unit)}
    if not metric.is_additive:
        return view.say("figure_split_distinct", **shown)
    whole = measure_one(view.snapshot, metric, view.filters).value
    return view.say("figure_split", whole=says.show(whole, metric.unit), **shown)


def note_groups(view: View, choice: Choice, points: Points, drawn: Sequence[str]) -> list[str]:
    """How many groups are only in the table."""
    others, amount = left_out(points, drawn)
    if not choice.split or not others:
        return []
    if choice.metric.denominator or not choice.metric.is_additive:
        return [view.say("note_groups", len(others), drawn=len(drawn))]
    amount = view.words.show(amount, choice.metric.unit)
    return [view.say("note_groups_amount", len(others), drawn=len(drawn), amount=amount)]


def title_of_booking(view: View, metric: Metric) -> str:
    """How long before the start half of them were in."""
    curve = booking_curve(view.snapshot, view.filters, metric=metric)
    day, amount = day_half_is_in(curve), name_amount(view, metric, curve.sizes[""])
    return view.say("half_at_start", amount=amount) if day >= 0 else view.say("half_before", count=-day, amount=amount)


def title_of_boards(view: View, metric: Metric, boards: Leaderboards) -> str:
    """Which row of all the lists stands out: by its change, else by its part of a list."""
    says, found = view.words, stands_out(boards.boards)
    if found is None:
        return view.say("board.title_plain", metric=says.metric(metric.key))
    dimension, row = found
    key = "title" if row.change is None else "title_apart" if row.change.is_points else "title_changed"
    return view.say(
        f"board.{key}", metric=says.metric(metric.key), dimension=says.dimension(dimension),
        group=name_values(says, view.snapshot, dimension).get(row.value, row.value),
        change=word_change(view, row.change, metric), value=says.show(row.measure.value, metric.unit),
    )


def title_of_lead(view: View, metric: Metric, boards: Leaderboards) -> str:
    """How the editions to come stand against what was usual."""
    lead = boards.leads.get(ALL)
    if lead.expected is None:
        return view.say("lead_unknown")
    booked, expected = name_amount(view, metric, lead.booked), show_amount(view, metric, boards.change.before)
    return view.say("lead_title", lead.open_editions, booked=booked, expected=expected)
