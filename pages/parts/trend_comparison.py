"""What a comparison says: what the selection is held against, by how much it differs, and what it means."""

from analytics.comparison import Comparison, Spans, target_of
from analytics.filters import EVERYTHING
from analytics.lead import ALL
from analytics.leaderboards import Change, Leaderboards
from analytics.measure import Number
from analytics.metrics import Metric
from analytics.targets import judge
from pages.parts.filters import name_values
from pages.parts.frame import Headline, View
from pages.parts.leaderboards import word_change


def is_narrowed(view: View) -> bool:
    """Whether the selection is less than the programme; a span does not make it less."""
    return view.filters.within(None, None) != EVERYTHING


def name_reference(view: View, comparison: Comparison, metric: Metric) -> str:
    """Periodo anterior, Todo el programa, Campus: Alcoi, Ritmo constante."""
    if comparison.kind == "group":
        return name_group(view, comparison)
    target = target_of(view.snapshot, metric) if comparison.kind == "target" else None
    return view.say(f"reference.{'pace' if target and target.kind == 'by_deadline' else comparison.kind}")


def name_group(view: View, comparison: Comparison) -> str:
    names = name_values(view.words, view.snapshot, comparison.dimension)
    return f"{view.words.dimension(comparison.dimension)}: {names.get(comparison.value, comparison.value)}"


def phrase_reference(view: View, comparison: Comparison, metric: Metric, before: str, spans: Spans | None) -> str:
    """What follows "12 more than": los 70 días anteriores (378), todo el programa (1.146)."""
    if comparison.kind == "group":
        return view.say("against.group", group=name_group(view, comparison), before=before)
    if comparison.kind == "previous":
        return view.say("against.previous", spans.now.days, before=before)
    target = target_of(view.snapshot, metric) if comparison.kind == "target" else None
    kind = "pace" if target and target.kind == "by_deadline" else comparison.kind
    return view.say(f"against.{kind}", before=before)


def say_difference(view: View, metric: Metric, change: Change, reference: str) -> str:
    """, 12 más que en los 70 días anteriores (378)."""
    amount = change.amount
    if amount is None:
        return ""
    says = view.words
    difference = show_amount(view, metric, abs(amount))
    if change.is_points:
        difference = view.say("points", points=says.points(amount))
    below = "fewer" if metric.unit == "count" else "less"
    side = "equal" if amount == 0 else "more" if amount > 0 else below
    return view.say(f"against.{side}", difference=difference, reference=reference)


def show_amount(view: View, metric: Metric, amount: Number | None) -> str:
    """An amount; one that was expected on average with a decimal."""
    if amount is None or metric.unit != "count" or amount == int(amount):
        return view.words.show(amount, metric.unit)
    return view.words.number(round(amount, 1), 1)


def headline_of_change(
    view: View, metric: Metric, comparison: Comparison, boards: Leaderboards, spans: Spans | None
) -> Headline:
    """By how much the selection differs, from what to what; with the status of a target."""
    change = boards.change
    label = view.say("change_label", reference=name_reference(view, comparison, metric))
    if change is None or change.amount is None:
        return Headline(label, view.words.show(None, metric.unit), view.say(f"incomparable.{comparison.kind}"))
    now, before = (show_amount(view, metric, side) for side in (change.now, change.before))
    detail = view.say("change_detail", now=now, before=before)
    if comparison.kind == "booking":
        detail = view.say("change_open", boards.leads[ALL].open_editions, now=now, before=before)
    target = target_of(view.snapshot, metric) if comparison.kind == "target" else None
    status = judge(target, change.now, view.snapshot.as_of) if target else None
    return Headline(label, word_change(view, change, metric), detail, status)


def head_of_change(view: View, comparison: Comparison) -> str:
    """What the last column of the lists is called; "" when nothing is compared."""
    return "" if comparison.kind == "none" else view.say(f"column.{comparison.kind}")


def note_comparison(view: View, comparison: Comparison, metric: Metric, spans: Spans | None) -> str:
    """What the change of the lists compares, in a sentence; "" when nothing is compared."""
    says = view.words
    if comparison.kind == "none":
        return ""
    if comparison.kind == "whole" and not is_narrowed(view):
        return view.say("explained.everything")
    if comparison.kind != "previous":
        kind = "parts" if comparison.is_between_parts and not metric.denominator else comparison.kind
        if kind == "target" and target_of(view.snapshot, metric).kind == "by_deadline":
            kind = "pace"
        return view.say(f"explained.{kind}", reference=name_reference(view, comparison, metric))
    if spans is None:
        return view.say("incomparable.previous")
    days = {
        "first": says.day(spans.now.first), "last": says.day(spans.now.last),
        "before_first": says.day(spans.before.first), "before_last": says.day(spans.before.last),
    }
    notes = [view.say("explained.previous", **days)]
    if spans.is_to_date:
        notes.append(view.say("explained.to_date", spans.now.days))
    if spans.is_partial:
        notes.append(view.say("explained.partial"))
    return " ".join(notes)
