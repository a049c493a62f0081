"""Figures that break an amount down: the same shapes on every page, so that a reader learns them once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics import charts
from analytics.cut import Held
from analytics.dimensions import EXPLORED
from analytics.filters import Filters
from analytics.measure import Measure
from analytics.palette import colour
from analytics.shares import Share
from analytics.table import Column, Table
from analytics.words import Words
from pages.parts.figure import Figure, Pick, Ways, show_figure
from pages.parts.filters import toggle_value
from pages.parts.frame import View
from pages.parts.ways import way_to_rows

Groups = dict[str, list[Share]]


@dataclass(frozen=True)
class Counted:
    """What the amounts of a group count: a metric, what holds it to the group, and filters when not the page's."""

    metric: str
    held: tuple[Held, ...] = ()
    filters: Filters | None = None


def show_share_rows(
    view: View, key: str, takeaway: str, heading: str, groups: Groups, dimension: str, metrics: Sequence[str],
    line: charts.Line | None = None, counted: Sequence[Counted] = (),
) -> None:
    """A bar of 100 % for each group, made of the values of a dimension; its table has amounts and shares."""
    says = view.words
    chart = charts.stacked_rows(list(groups), _bands(says, groups, dimension, _text_of_share), line)
    table = shares_table(says, heading, groups, dimension)
    ways = _lead_bands(view, groups, dimension, counted)
    show_figure(view, Figure(key, takeaway, chart, table, metrics, _pick_band(dimension, groups), ways))


def show_amount_columns(
    view: View, key: str, takeaway: str, heading: str, groups: Groups, dimension: str, metrics: Sequence[str],
    counted: Sequence[Counted] = (),
) -> None:
    """A column for each group, such as a month, made of the amounts of a dimension's values."""
    says = view.words
    chart = charts.stacked_columns(list(groups), _bands(says, groups, dimension, _text_of_amount), are_named=True)
    table = shares_table(says, heading, groups, dimension)
    ways = _lead_bands(view, groups, dimension, counted)
    show_figure(view, Figure(key, takeaway, chart, table, metrics, _pick_band(dimension, groups), ways))


def show_shares(view: View, key: str, takeaway: str, parts: Sequence[Share], dimension: str, metric: str) -> None:
    """A bar for each value of a dimension: its share of the whole, with the amount beside it."""
    says = view.words
    rows = [
        charts.Bar(
            says.value(dimension, part.value), float(part.share or 0),
            f"{says.show(part.share, 'share')} · {says.number(part.amount or 0)}", colour(dimension, part.value),
        )
        for part in parts
    ]
    columns = (Column(says.dimension(dimension)), Column(says.metric(metric), "count"), Column("%", "share"))
    table = Table(columns, [(says.value(dimension, part.value), part.amount, part.share) for part in parts])
    pick = _pick_value(dimension, [part.value for part in parts], "point_index")
    ways = _lead_shares(view, metric, dimension, parts)
    show_figure(view, Figure(key, takeaway, charts.bars(rows), table, [metric], pick, ways))


def show_measures(
    view: View, key: str, takeaway: str, measures: Sequence[Measure], dimension: str, line: charts.Line | None = None,
    names: dict[str, str] | None = None, most: int | None = None,
) -> None:
    """A bar for each group of one metric, in the order given, each saying what it is out of.

    names: of the groups, where the values of the dimension are codes. most: bars at most; the table has every group.
    """
    says, metric = view.words, measures[0].metric
    labels = [(names or {}).get(found.group[0]) or says.value(dimension, found.group[0]) for found in measures]
    rows = [
        charts.Bar(
            f"{label} {_apart(_of_whole(says, found))}" if metric.denominator else label, float(found.value or 0),
            says.show(found.value, metric.unit), colour(dimension, found.group[0]),
        )
        for label, found in zip(labels[:most], measures[:most], strict=True)
    ]
    columns = [Column(says.dimension(dimension)), Column(says.metric(metric.key), metric.unit)]
    table_rows = [(label, found.value) for label, found in zip(labels, measures, strict=True)]
    if metric.denominator:
        columns += [Column(says("table.numerator"), "hours"), Column(says("table.denominator"), "hours")]
        table_rows = [
            (*row, found.numerator, found.denominator) for row, found in zip(table_rows, measures, strict=True)
        ]
    chart = charts.bars(rows, line, label_lines=2 if names else 1)
    pick = _pick_value(dimension, [found.group[0] for found in measures], "point_index")
    ways = _lead_measures(view, dimension, measures)
    show_figure(view, Figure(key, takeaway, chart, Table(tuple(columns), table_rows), [metric.key], pick, ways))


def _lead_bands(view: View, groups: Groups, dimension: str, counted: Sequence[Counted]) -> Ways:
    """The ways from the amounts and shares of a table of shares to their rows."""
    ways = {}
    for row, (one, parts) in enumerate(zip(counted, groups.values(), strict=bool(counted))):
        filters = one.filters or view.filters
        for place, part in enumerate(parts):
            if part.amount:
                value = (dimension, part.value)
                ways[row, 1 + 2 * place] = way_to_rows(filters, one.metric, *one.held, value)
                ways[row, 2 + 2 * place] = way_to_rows(filters, one.metric, *one.held, part=value)
    return ways


def _lead_shares(view: View, metric: str, dimension: str, parts: Sequence[Share]) -> Ways:
    """The ways from the amount and the share of each value to their rows."""
    ways = {}
    for row, part in enumerate(parts):
        if part.amount:
            value = (dimension, part.value)
            ways |= {(row, 1): way_to_rows(view.filters, metric, value),
                     (row, 2): way_to_rows(view.filters, metric, part=value)}
    return ways


def _lead_measures(view: View, dimension: str, measures: Sequence[Measure]) -> Ways:
    """The ways from the value of each group, and from both sides of a ratio."""
    groups = [found.group[0] for found in measures]
    metric = measures[0].metric
    sides = ("", "numerator", "denominator") if metric.denominator else ("",)
    return {
        (row, column): way_to_rows(view.filters, metric.key, (dimension, group), side=side)
        for row, group in enumerate(groups) for column, side in enumerate(sides, start=1)
    }


def _pick_band(dimension: str, groups: Groups) -> Pick | None:
    return _pick_value(dimension, [part.value for part in next(iter(groups.values()), [])], "curve_number")


def _pick_value(dimension: str, values: Sequence[str], place: str) -> Pick | None:
    """A click on a bar chooses the value it stands for, a second one lets it go. Not of what a page cannot filter by.

    place: what of a picked point says which value it is.
    """
    if dimension not in EXPLORED:
        return None
    return Pick("points", lambda picked: toggle_value(dimension, values[picked["points"][0][place]]))


def text_of_measure(says: Words, found: Measure) -> str:
    """A value with what it is out of: 58,3 % · 24 de 40."""
    shown = says.show(found.value, found.metric.unit)
    if found.denominator is None:
        return shown
    return f"{shown} · {_of_whole(says, found)}"


def _apart(text: str) -> str:
    """What follows a label, never broken over two lines."""
    return f"· {text}".replace(" ", "\u00a0")


def _of_whole(says: Words, found: Measure) -> str:
    return says("headline.of", part=says.number(found.numerator), whole=says.number(found.denominator))


def shares_table(says: Words, heading: str, groups: Groups, dimension: str) -> Table:
    """A row a group: the amount and the share of each value."""
    columns = [Column(heading)]
    for part in next(iter(groups.values()), []):
        name = says.value(dimension, part.value)
        columns += [Column(name, "hours"), Column(f"{name} (%)", "share")]
    rows = [(name, *(cell for part in parts for cell in (part.amount, part.share))) for name, parts in groups.items()]
    return Table(tuple(columns), rows)


def _bands(
    says: Words, groups: Groups, dimension: str, text_of: Callable[[Words, Share], tuple[Decimal | int, str]]
) -> list[charts.Series]:
    """One band for each value of the dimension, across the groups."""
    values = [part.value for part in next(iter(groups.values()), [])]
    bands = []
    for position, value in enumerate(values):
        shown = [text_of(says, parts[position]) for parts in groups.values()]
        lengths, texts = [float(length) for length, _ in shown], [text for _, text in shown]
        bands.append(charts.Series(says.value(dimension, value), colour(dimension, value, position), lengths, texts))
    return bands


def _text_of_share(says: Words, part: Share) -> tuple[Decimal | int, str]:
    return part.share or 0, says.show(part.share, "share")


def _text_of_amount(says: Words, part: Share) -> tuple[Decimal | int, str]:
    return part.amount or 0, says.number(part.amount or 0)
