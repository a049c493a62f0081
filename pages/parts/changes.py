"""The changes figure: the headline figures of one load against those of the load before."""

from collections.abc import Sequence

from analytics.changes import Change
from analytics.table import Column, Table
from pages.parts.figure import show_table
from pages.parts.frame import View


def show_changes(view: View, found: Sequence[Change]) -> None:
    """Each figure then, now and the difference, with its sign."""
    says = view.words
    headings = [says(f"changes.{name}") for name in ("figure", "then", "now", "difference")]
    different = sum(bool(each.difference) for each in found)
    takeaway = says("changes.takeaway", different) if different else says("changes.none")
    show_table(view, "changes", takeaway, tabulate_changes(view, found, headings), [each.metric.key for each in found])


def tabulate_changes(view: View, found: Sequence[Change], headings: Sequence[str]) -> Table:
    """A row a figure under four headings: its name, then, now and the difference."""
    rows = [(view.words.metric(each.metric.key), *_values(view, each)) for each in found]
    name, *numbers = headings
    return Table((Column(name), *(Column(heading, "figure") for heading in numbers)), rows)


def _values(view: View, change: Change) -> tuple[str, str, str]:
    says, unit = view.words, change.metric.unit
    return says.show(change.then.value, unit), says.show(change.now.value, unit), _difference(view, change)


def _difference(view: View, change: Change) -> str:
    """+12, −1,7 puntos, or = when nothing changed."""
    if change.difference is None:
        return view.words("table.unknown")
    if not change.difference:
        return "="
    sign = "+" if change.difference > 0 else "−"
    size = abs(change.difference)
    if change.metric.unit == "share":
        points = view.words.points(size)
        return view.words("changes.hardly") if points == "0" else f"{sign}{view.words('changes.points', points=points)}"
    return f"{sign}{view.words.show(size, change.metric.unit)}"
