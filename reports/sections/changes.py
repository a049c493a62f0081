"""Section 10, what changed since the last pack that was issued, and why."""

from reports.content import Block, Section
from reports.history import COMPONENTS, Change, compare
from reports.writing import Draft, Line, make_grid, prose

NUMBER = 10
AMOUNTS = ("then", "now", "difference", *COMPONENTS)


def write_changes(draft: Draft) -> Section:
    title = draft.say("section.changes")
    if draft.previous is None:
        return Section(NUMBER, "changes", title, (prose("no_previous", draft.say("changes.none")),))
    found = compare(draft.snapshot, draft.period, draft.previous)
    units = dict.fromkeys(change.metric.unit for change in found)
    grids = [_grid(draft, [change for change in found if change.metric.unit == unit], unit) for unit in units]
    is_split = draft.previous.snapshot is not None
    notes = draft.say("changes.notes") if is_split else draft.say("changes.build_is_gone")
    return Section(NUMBER, "changes", title, (prose("changes_notes", notes), *grids))


def _grid(draft: Draft, found: list[Change], unit: str) -> Block:
    """The figures of one unit: a column has one unit."""
    columns = (("figure", "text"), *((name, unit) for name in AMOUNTS), ("why", "text"))
    lines = [Line(change.metric.key, _cells(draft, change)) for change in found]
    earlier = draft.previous
    return make_grid(
        draft, NUMBER, f"changes_{unit}", columns, lines, said_as="changes", previous=earlier.name,
        as_of=draft.words.day(earlier.as_of), unit=draft.words(f"unit.{unit}"),
    )


def _cells(draft: Draft, change: Change) -> tuple:
    parts = [getattr(change, component) for component in COMPONENTS]
    why = [draft.say(f"changes.{name}") for name, part in zip(COMPONENTS, parts, strict=True) if part]
    return (
        draft.words.metric(change.metric.key), change.then, change.now, change.difference, *parts, "; ".join(why),
    )
