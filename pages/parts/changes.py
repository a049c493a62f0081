"""The changes figure: the headline figures of one load against those of the load before."""

from analytics.changes import changes, tabulate_changes
from analytics.filters import EVERYTHING
from analytics.snapshot import Snapshot
from pages.parts.figure import show_table
from pages.parts.frame import View
from pages.parts.ways import way_to_rows


def show_changes(view: View, before: Snapshot, now: Snapshot) -> None:
    """Each figure then, now and the difference, with its sign; both of the whole programme."""
    says, found = view.words, changes(before, now)
    headings = [says(f"changes.{name}") for name in ("figure", "then", "now", "difference")]
    different = sum(bool(each.difference) for each in found)
    takeaway = says("changes.takeaway", different) if different else says("changes.none")
    stands = {
        1: {"load": before.build.build_id, "as_of": before.as_of.isoformat()}, 2: {"as_of": now.as_of.isoformat()},
    }
    keys = [each.metric.key for each in found]
    ways = {
        (row, column): way_to_rows(EVERYTHING, key, **stand)
        for row, key in enumerate(keys) for column, stand in stands.items()
    }
    show_table(view, "changes", takeaway, tabulate_changes(says, found, headings), keys, ways)
