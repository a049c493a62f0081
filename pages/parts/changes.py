"""The changes figure: the headline figures of one load against those of the load before."""

from collections.abc import Sequence

from analytics.changes import Change, tabulate_changes
from pages.parts.figure import show_table
from pages.parts.frame import View


def show_changes(view: View, found: Sequence[Change]) -> None:
    """Each figure then, now and the difference, with its sign."""
    says = view.words
    headings = [says(f"changes.{name}") for name in ("figure", "then", "now", "difference")]
    different = sum(bool(each.difference) for each in found)
    takeaway = says("changes.takeaway", different) if different else says("changes.none")
    show_table(view, "changes", takeaway, tabulate_changes(says, found, headings), [each.metric.key for each in found])
