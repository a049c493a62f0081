"""The changes figure: the headline figures of one load against those of the load before."""

from collections.abc import Sequence

from analytics.changes import Change
from analytics.measure import Number
from analytics.table import Column, Table
from analytics.words import Words
from pages.parts.figure import show_table
from pages.parts.frame import View


def show_changes(view: View, found: Sequence[Change]) -> None:
    """Each figure then, now and the difference, with its sign."""
    says = view.words
    headings = [says(f"changes.{name}") for name in ("figure", "then", "now", "difference")]
    different = sum(bool(each.difference) for each in found)
    takeaway = says("changes.takeaway", different) if different else says("changes.none")
    show_table(view, "changes", takeaway, tabulate_changes(says, found, headings), [each.metric.key for each in found])


def tabulate_changes(says: Words, found: Sequence[Change], headings: Sequence[str]) -> Table:
    """A row a figure under four headings: its name, then, now and the difference."""
    rows = [(says.metric(each.metric.key), *_values(says, each)) for each in found]
    name, *numbers = headings
    return Table((Column(name), *(Column(heading, "figure") for heading in numbers)), rows)


def _values(says: Words, change: Change) -> tuple[str, str, str]:
    unit = change.metric.unit
    difference = tell_difference(says, change.difference, unit)
    return says.show(change.then.value, unit), says.show(change.now.value, unit), difference


def tell_difference(says: Words, difference: Number | None, unit: str) -> str:
    """+12, −1,7 puntos, or = when nothing changed."""
    if difference is None:
        return says("table.unknown")
    if not difference:
        return "="
    sign = "+" if difference > 0 else "−"
    size = abs(difference)
    if unit == "share":
        points = says.points(size)
        return says("changes.hardly") if points == "0" else f"{sign}{says('changes.points', points=points)}"
    return f"{sign}{says.show(size, unit)}"
