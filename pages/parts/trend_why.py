"""Why it changed: a change taken apart by a dimension, as a waterfall with its table."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import streamlit as st

from analytics.comparison import Comparison, Spans, groups_for
from analytics.contributions import SEVERAL, Contributions, Part, explain, to_decimal
from analytics.filters import Filters
from analytics.leaderboards import BEFORE, NOW, VALUE, Leaderboards
from analytics.metrics import Metric
from analytics.palette import NEUTRAL, ORANGE, TEAL
from analytics.table import Column, Table
from analytics.waterfall import Fall, waterfall
from pages.parts import link
from pages.parts.figure import Figure, Ways, show_figure
from pages.parts.filters import name_values
from pages.parts.frame import View, paragraph, section
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
    names = name_values(says, view.snapshot, why.dimension) | {SEVERAL: view.say("why.several")}
    table = _tabulate(view, metric, why, names, kind)
    chart = _draw(view, metric, why, names)
    ways = _lead(metric, why, _selections(view, comparison, spans))
    show_figure(view, Figure("why", _title(view, metric, why, names), chart, table, [metric.key], ways=ways))
    paragraph("mc-small", view.say("why.note_ratio" if metric.denominator else "why.note"))


def _explain(metric: Metric, comparison: Comparison, boards: Leaderboards, spans: Spans | None) -> list[Contributions]:
    """Against the time before; of a ratio also against others, whose counts are of another size by nature."""
    dimensions = groups_for(metric)
    if comparison.kind == "previous" and spans:
        return explain(boards.counted, NOW, boards.counted, BEFORE, dimensions)
    if comparison.kind == "group" or (comparison.kind == "whole" and metric.denominator):
        others = [key for key in dimensions if key != comparison.dimension]
        return explain(boards.counted, VALUE, boards.held_against, VALUE, others)
    return []


def _title(view: View, metric: Metric, why: Contributions, names: dict[str, str]) -> str:
    """De 45 a 27: la mayor diferencia está en Vera, con −12 de −18."""
    before, now = (view.words.show(to_decimal(side), metric.unit) for side in (why.before, why.now))
    largest = why.parts[0]
    shown = {
        "before": before, "now": now, "group": names.get(largest.value, largest.value),
        "part": _word(view, metric, largest.total), "change": _word(view, metric, why.change),
    }
    if metric.denominator is None:
        return view.say("why.title", **shown)
    inside = _word(view, metric, why.change - why.mix)
    return view.say("why.title_ratio", inside=inside, mix=_word(view, metric, why.mix), **shown)


def _word(view: View, metric: Metric, amount: Fraction) -> str:
    """A difference with its sign: −12, +1,3 p. p."""
    size = to_decimal(abs(amount))
    if metric.unit == "share":
        shown = view.say("board.points", points=view.words.points(size))
    else:
        shown = view.words.show(size, metric.unit)
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{shown}"


def _draw(view: View, metric: Metric, why: Contributions, names: dict[str, str]):
    """The largest steps, the others together, the mix of a ratio apart, and the whole."""
    is_ratio = metric.denominator is not None
    parts = sorted(why.parts, key=lambda part: -abs(part.inside)) if is_ratio else why.parts
    shown, others = parts[:MOST_STEPS], parts[MOST_STEPS:]
    steps = [_fall(view, metric, names.get(part.value, part.value), part.inside) for part in shown if part.inside]
    if any(part.inside for part in others):
        rest = sum((part.inside for part in others), Fraction(0))
        steps.append(_fall(view, metric, view.say("why.others", len(others)), rest))
    if is_ratio and why.mix:
        steps.append(_fall(view, metric, view.say("why.mix"), why.mix))
    before, now = (view.words.show(to_decimal(side), metric.unit) for side in (why.before, why.now))
    whole = _fall(view, metric, view.say("why.whole", before=before, now=now), why.change)
    return waterfall(steps, Fall(whole.label, whole.by, whole.text, NEUTRAL))


def _fall(view: View, metric: Metric, label: str, amount: Fraction) -> Fall:
    return Fall(label, float(amount), _word(view, metric, amount), TEAL if amount > 0 else ORANGE)


def _tabulate(view: View, metric: Metric, why: Contributions, names: dict[str, str], kind: str) -> Table:
    """A row for each group and one for the whole: they add up."""
    says, is_ratio = view.words, metric.denominator is not None
    times = (Column(view.say(f"why.{at}_{kind}"), metric.unit) for at in ("before", "now"))
    first = [Column(says.dimension(why.dimension)), *times]
    heads = ("inside", "mix_column", "total") if is_ratio else ("total",)
    unit = "ratio" if metric.unit == "share" else metric.unit
    points = view.say("why.in_points") if metric.unit == "share" else ""
    columns = (*first, *(Column(view.say(f"why.{head}") + points, unit) for head in heads))
    rows = [
        (names.get(part.value, part.value), *_values(part, is_ratio), *_amounts(metric, part.inside, part.mix))
        for part in _shown(why)
    ]
    sides = (to_decimal(why.before), to_decimal(why.now))
    rows.append((says("table.total"), *sides, *_amounts(metric, why.change - why.mix, why.mix)))
    return Table(columns, rows)


def _shown(why: Contributions) -> list[Part]:
    return [part for part in why.parts if part.total or any(part.before) or any(part.now)]


def _selections(view: View, comparison: Comparison, spans: Spans | None) -> tuple[Filters, Filters]:
    """The filters of before and of now."""
    if comparison.kind == "previous":
        before, now = (view.filters.within(span.first, span.last) for span in (spans.before, spans.now))
        return before, now
    return comparison.reference(view.filters), view.filters


def _lead(metric: Metric, why: Contributions, selections: tuple[Filters, Filters]) -> Ways:
    """The ways from before and now, of each group and of the whole, to their rows."""
    way, parts = ways_of(metric.key), _shown(why)
    ways = {
        (row, column): way(filters, (why.dimension, part.value))
        for row, part in enumerate(parts) if part.value != SEVERAL
        for column, (filters, side) in enumerate(zip(selections, (part.before, part.now), strict=True), start=1)
        if side[0] or side[1]
    }
    return ways | {(len(parts), column): way(filters) for column, filters in enumerate(selections, start=1)}


def _values(part: Part, is_ratio: bool) -> Sequence[Decimal | None]:
    """Before and now; a ratio that has nothing under it is unknown."""
    if not is_ratio:
        return [to_decimal(Fraction(side[0])) for side in (part.before, part.now)]
    sides = (part.before, part.now)
    return [to_decimal(Fraction(side[0] or 0) / Fraction(side[1])) if side[1] else None for side in sides]


def _amounts(metric: Metric, inside: Fraction, mix: Fraction) -> list[Decimal]:
    """Inside, mix and total of a ratio; the total of an amount. Shares in points."""
    scale = 100 if metric.unit == "share" else 1
    amounts = [inside, mix, inside + mix] if metric.denominator else [inside]
    return [to_decimal(amount * scale) for amount in amounts]
