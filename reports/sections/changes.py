"""Section 10, what changed since the last pack that was issued, and why: every indicator, and every figure by code."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal

from reports.content import Block, Section
from reports.figure_history import compare_figures
from reports.figures import CAUSES, FigureChange
from reports.form import MOST_NAMED_ROWS, Labelled
from reports.history import COMPONENTS, Change, compare
from reports.writing import Draft, Line, make_grid, prose

NUMBER = 10
AMOUNTS = ("then", "now", "difference", *COMPONENTS)
FIGURE_AMOUNTS = ("then", "now", "difference", *CAUSES)
SUMMARY = (("section", "text"), *((name, "count") for name in ("compared", "same", "changed", "appeared", "gone")))
# The figures of a long list are added up by column, where adding them up makes sense.
ADDED_UP = ("count", "EUR", "ECTS", "hours")
Writers = Sequence[Callable[[Draft], Section]]


def write_changes(draft: Draft, counted: Writers) -> Section:
    """counted: what writes the sections whose figures are compared."""
    title = draft.say("section.changes")
    if draft.previous is None:
        return Section(NUMBER, "changes", title, (prose("no_previous", draft.say("changes.none")),))
    found = compare(draft.snapshot, draft.period, draft.previous)
    figures, labels = compare_figures(draft, counted)
    draft.ledger.changes.extend(one for one in figures if one.then != one.now)
    is_split = draft.previous.snapshot is not None
    notes = draft.say("changes.notes") if is_split else draft.say("changes.build_is_gone")
    blocks = (
        prose("changes_notes", notes, _unchanged(draft, found)), *_indicators(draft, found),
        prose("figure_notes", draft.say("changes.figure_notes")), _summary(draft, figures, labels),
        *_figures(draft, figures, labels),
    )
    return Section(NUMBER, "changes", title, blocks)


def _unchanged(draft: Draft, found: list[Change]) -> str:
    same = sum(one.then == one.now for one in found)
    return draft.say("changes.unchanged", same, indicators=draft.words.number(len(found)))


def _indicators(draft: Draft, found: list[Change]) -> list[Block]:
    """Those that changed, a table a unit: a column has one unit."""
    changed = [one for one in found if one.then != one.now]
    units = dict.fromkeys(one.metric.unit for one in changed)
    return [_grid(draft, [one for one in changed if one.metric.unit == unit], unit) for unit in units]


def _grid(draft: Draft, found: list[Change], unit: str) -> Block:
    columns = (("figure", "text"), *((name, unit) for name in AMOUNTS), ("why", "text"))
    lines = [Line(change.metric.key, _cells(draft, change)) for change in found]
    return make_grid(draft, NUMBER, f"changes_{unit}", columns, lines, said_as="changes", **_places(draft, unit))


def _places(draft: Draft, unit: str) -> dict[str, str]:
    earlier = draft.previous
    return {
        "previous": earlier.name, "as_of": draft.words.day(earlier.as_of), "unit": draft.words(f"unit.{unit}"),
    }


def _cells(draft: Draft, change: Change) -> tuple:
    parts = [getattr(change, component) for component in COMPONENTS]
    return (
        draft.words.metric(change.metric.key), change.then, change.now, change.difference, *parts,
        _why(draft, COMPONENTS, parts),
    )


def _why(draft: Draft, causes: Sequence[str], parts: Sequence) -> str:
    return "; ".join(draft.say(f"changes.{name}") for name, part in zip(causes, parts, strict=True) if part)


def _summary(draft: Draft, figures: list[FigureChange], labels: dict[str, Labelled]) -> Block:
    """How many figures of each section are the same, another, new or gone."""
    titles = {one.name.split("-")[0]: labels[one.name].section for one in figures if one.name in labels}
    counts = Counter((one.name.split("-")[0], _kind(one)) for one in figures)
    lines = []
    for number in sorted(titles, key=int):
        kinds = [counts[number, kind] for kind in ("same", "changed", "appeared", "gone")]
        lines.append(Line(number, (f"{number}. {titles[number]}", sum(kinds), *kinds)))
    return make_grid(draft, NUMBER, "changes_summary", SUMMARY, lines, said_as="changes_summary",
                     previous=draft.previous.name)


def _kind(one: FigureChange) -> str:
    if one.then == one.now:
        return "same"
    if one.then is None:
        return "appeared"
    return "gone" if one.now is None else "changed"


def _figures(draft: Draft, figures: list[FigureChange], labels: dict[str, Labelled]) -> list[Block]:
    """Each figure that changed; those of a long list by column. What the files hold is only counted, above."""
    told = [one for one in figures if one.name in labels and not one.name.startswith("9-")]
    rows = Counter((one.table, one.column) for one in told)
    is_long = {table for (table, _), count in rows.items() if count > MOST_NAMED_ROWS}
    single = [one for one in told if one.table not in is_long and _kind(one) == "changed"]
    listed = [_add_up(key, told) for key in rows if key[0] in is_long]
    shown = [*single, *(one for one in listed if one is not None and one.then != one.now)]
    units = dict.fromkeys(one.unit for one in shown)
    return [
        _figure_grid(draft, [one for one in shown if one.unit == unit], unit, labels, {one.name for one in single})
        for unit in units
    ]


def _add_up(column: tuple[str, str], figures: list[FigureChange]) -> FigureChange | None:
    """A column of a long list as one figure, over the rows that both packs know; None for shares and the like."""
    parts = [one for one in figures if (one.table, one.column) == column and one.difference is not None]
    parts = [one for one in parts if not one.key.endswith("/total")]
    if not parts or parts[0].unit not in ADDED_UP:
        return None
    zero = Decimal(0) if isinstance(parts[0].now, Decimal) else 0
    is_split = all(one.causes for one in parts)
    causes = tuple(sum(amounts, zero) for amounts in zip(*(one.causes for one in parts), strict=True))
    first = parts[0]
    return FigureChange(
        first.name, first.key, first.column, first.unit, sum((one.then for one in parts), zero),
        sum((one.now for one in parts), zero), causes if is_split else (),
    )


def _figure_grid(
    draft: Draft, shown: list[FigureChange], unit: str, labels: dict[str, Labelled], single: set[str]
) -> Block:
    columns = (
        ("table", "text"), ("figure", "text"), ("code", "code"), *((name, unit) for name in FIGURE_AMOUNTS),
        ("why", "text"),
    )
    lines = [
        Line(f"{one.table}/{one.name}", _figure_cells(draft, one, labels[one.name], one.name in single))
        for one in shown
    ]
    return make_grid(draft, NUMBER, f"changed_{unit}", columns, lines, said_as="changes", **_places(draft, unit))


def _figure_cells(draft: Draft, one: FigureChange, label: Labelled, is_single: bool) -> tuple:
    heading = label.label.rpartition(" · ")[2]
    named = label.label if is_single else draft.say("changes.whole_column", column=heading)
    causes = one.causes or (None,) * len(CAUSES)
    table, code = re.split(r"[.,:]", label.caption, maxsplit=1)[0], one.name.partition(".")[0]
    amounts = (one.then, one.now, one.difference, *causes)
    return table, named, code if is_single else "", *amounts, _why(draft, CAUSES, causes)
