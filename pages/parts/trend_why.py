"""Why it changed: a change taken apart by a dimension, as a waterfall with its table."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import streamlit as st

from analytics.comparison import Comparison, Spans, groups_for, target_of
from analytics.contributions import (
    NO_GROUP,
    Contributions,
    Part,
    explain,
    explain_leads,
    explain_target,
    to_decimal,
)
from analytics.leaderboards import BEFORE, NOW, VALUE, Leaderboards
from analytics.metrics import Metric
from analytics.palette import NEUTRAL, ORANGE, TEAL
from analytics.table import Column, Table
from analytics.waterfall import Fall, waterfall
from pages.parts import link
from pages.parts.figure import Figure, Ways, show_figure
from pages.parts.filters import name_values
from pages.parts.frame import View, paragraph, section
from pages.parts.trend_comparison import show_amount
from pages.parts.ways import ways_of

MOST_STEPS = 7
WIDTH_PIXELS = 320
BEST = ""


def show_why(
    view: View, metric: Metric, comparison: Comparison, boards: Leaderboards, spans: Spans | None
) -> None:
    """The change of the page taken apart, by the dimension that explains most or one that the reader picks."""
    found = {one.dimension: one for one in _explain(metric, comparison, boards, spans) if one.change or one.parts}
    found = {key: one for key, one in found.items() if len(one.parts) > 1 and any(part.total for part in one.parts)}
    if not found:
        return
    kind = "change" if comparison.kind == "previous" else "difference"
    section(view.say(f"why.section_{kind}"))
    says, best = view.words, next(iter(found))
    chosen = link.choose_one(
        "why", [BEST, *found], BEST, st.selectbox, label=view.say(f"why.label_{kind}"), width=WIDTH_PIXELS,
        format_func=lambda key: says.dimension(key) if key else view.say("why.best", dimension=says.dimension(best)),
    )
    why = found[chosen or best]
    names = name_values(says, view.snapshot, why.dimension) | {key: view.say(f"why.{key}") for key in NO_GROUP}
    way = way_of(view, metric, comparison)
    table = _tabulate(view, metric, why, names, kind, way)
    chart = _draw(view, metric, why, names, way)
    ways = _lead_to_rows(view, metric, comparison, spans, why)
    show_figure(view, Figure("why", _title(view, metric, why, names, way), chart, table, [metric.key], ways=ways))
    paragraph("mc-small", view.say(f"why.note_{way}"))


def way_of(view: View, metric: Metric, comparison: Comparison) -> str:
    """How the parts are found, by which its words go: change, ratio, lead, pace or goal."""
    if comparison.kind == "booking":
        return "lead"
    if comparison.kind == "target":
        return "pace" if target_of(view.snapshot, metric).kind == "by_deadline" else "goal"
    return "ratio" if metric.denominator else "change"


def _explain(metric: Metric, comparison: Comparison, boards: Leaderboards, spans: Spans | None) -> list[Contributions]:
    """Every dimension's parts of the change that the page shows; none where it shows none."""
    dimensions = groups_for(metric)
    if comparison.kind == "booking":
        return explain_leads(boards.leads, dimensions)
    if comparison.kind == "previous" and spans:
        return explain(boards.counted, NOW, boards.counted, BEFORE, dimensions)
    if comparison.kind == "target" and boards.change and boards.change.amount is not None:
        return explain_target(boards.counted, VALUE, boards.change.before, dimensions)
    if boards.held_against:
        others = [key for key in dimensions if key != comparison.dimension]
        return explain(boards.counted, VALUE, boards.held_against, VALUE, others)
    return []


def _title(view: View, metric: Metric, why: Contributions, names: dict[str, str], way: str) -> str:
    """De 45 a 27: la mayor diferencia está en Vera, con −12 de −18."""
    largest = next(part for part in _in_order(why) if part.value not in NO_GROUP)
    return view.say(
        f"why.title_{way}", before=_show(view, metric, why.before), now=_show(view, metric, why.now),
        group=names.get(largest.value, largest.value), part=_word(view, metric, largest.inside),
        held=_show(view, metric, largest.total), change=_word(view, metric, why.change),
        inside=_word(view, metric, why.change - why.mix), mix=_word(view, metric, why.mix),
    )


def _in_order(why: Contributions) -> Sequence[Part]:
    """As the chart shows them, where what is a matter of the mix is a step of its own."""
    return sorted(why.parts, key=lambda part: -abs(part.inside)) if why.has_mix else why.parts


def _show(view: View, metric: Metric, value: Fraction) -> str:
    return show_amount(view, metric, to_decimal(value))


def _word(view: View, metric: Metric, amount: Fraction) -> str:
    """A difference with its sign: −12, +1,3 p. p."""
    if metric.unit == "share":
        shown = view.say("board.points", points=view.words.points(to_decimal(abs(amount))))
    else:
        shown = _show(view, metric, abs(amount))
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{shown}"


def _draw(view: View, metric: Metric, why: Contributions, names: dict[str, str], way: str):
    """The largest steps, the others together, the mix apart where there is one, and the whole."""
    parts = _in_order(why)
    shown, others = parts[:MOST_STEPS], parts[MOST_STEPS:]
    steps = [_fall(view, metric, names.get(part.value, part.value), part.inside) for part in shown if part.inside]
    if any(part.inside for part in others):
        rest = sum((part.inside for part in others), Fraction(0))
        steps.append(_fall(view, metric, view.say("why.others", len(others)), rest))
    if why.mix:
        steps.append(_fall(view, metric, view.say(f"why.mix_{way}"), why.mix))
    before, now = (_show(view, metric, side) for side in (why.before, why.now))
    whole = _fall(view, metric, view.say("why.whole", before=before, now=now), why.change)
    return waterfall(steps, Fall(whole.label, whole.by, whole.text, NEUTRAL))


def _fall(view: View, metric: Metric, label: str, amount: Fraction) -> Fall:
    return Fall(label, float(amount), _word(view, metric, amount), TEAL if amount > 0 else ORANGE)


def _tabulate(view: View, metric: Metric, why: Contributions, names: dict[str, str], kind: str, way: str) -> Table:
    """A row for each group and one for the whole: they add up."""
    says = view.words
    unit = "ratio" if metric.unit == "count" and not _is_whole(why) else metric.unit
    times = Column(view.say(f"why.before_{kind}"), unit), Column(view.say(f"why.now_{kind}"), metric.unit)
    heads = (f"inside_{way}", f"mix_column_{way}", "total") if why.has_mix else ("total",)
    points, unit = (view.say("why.in_points"), "ratio") if metric.unit == "share" else ("", unit)
    parts = (Column(view.say(f"why.{head}") + points, unit) for head in heads)
    columns = (Column(says.dimension(why.dimension)), *times, *parts)
    rows = [
        (names.get(part.value, part.value), *_values(part), *_amounts(metric, why, part.inside, part.mix))
        for part in _shown(why)
    ]
    sides = (to_decimal(why.before), to_decimal(why.now))
    rows.append((says("table.total"), *sides, *_amounts(metric, why, why.change - why.mix, why.mix)))
    return Table(columns, rows)


def _shown(why: Contributions) -> list[Part]:
    return [part for part in why.parts if part.total or any(part.before) or any(part.now)]


def _lead_to_rows(
    view: View, metric: Metric, comparison: Comparison, spans: Spans | None, why: Contributions
) -> Ways:
    """The ways from before and now, of each group and of the whole, to their rows; not from what is an expectation."""
    way, parts = ways_of(metric.key), _shown(why)
    ways = {}
    for column, selection in enumerate(_selections(view, comparison, spans), start=1):
        if selection is None:
            continue
        filters, *held = selection
        for row, part in enumerate(parts):
            if part.value not in NO_GROUP and any((part.before, part.now)[column - 1]):
                ways[row, column] = way(filters, *held, (why.dimension, part.value))
        ways[len(parts), column] = way(filters, *held)
    return ways


def _selections(view: View, comparison: Comparison, spans: Spans | None) -> tuple[tuple | None, tuple]:
    """What before and now are counted on: filters, and what holds them further."""
    if comparison.kind == "previous":
        before, now = ((view.filters.within(span.first, span.last),) for span in (spans.before, spans.now))
        return before, now
    if comparison.kind == "booking":
        return None, (view.filters.within(None, None), ("starts_after", view.snapshot.as_of.isoformat()))
    reference = comparison.reference(view.filters)
    return reference and (reference,), (view.filters,)


def _is_whole(why: Contributions) -> bool:
    """Whether no amount of persons, courses or enrolments is an average."""
    return all(part.total.denominator == 1 for part in why.parts)


def _values(part: Part) -> Sequence[Decimal | None]:
    """Before and now; a ratio that has nothing under it is unknown."""
    sides = (part.before, part.now)
    return [
        to_decimal(Fraction(side[0] or 0) / Fraction(1 if side[1] is None else side[1])) if side[1] != 0 else None
        for side in sides
    ]


def _amounts(metric: Metric, why: Contributions, inside: Fraction, mix: Fraction) -> list[Decimal]:
    """Inside, mix and total where there is a mix; else the total. Shares in points."""
    scale = 100 if metric.unit == "share" else 1
    amounts = [inside, mix, inside + mix] if why.has_mix else [inside]
    return [to_decimal(amount * scale) for amount in amounts]
