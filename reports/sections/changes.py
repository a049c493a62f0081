"""Section 10, what changed since the last pack that was issued, why, and what somebody explained about it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reports.change_lines import NUMBER, ChangeLine, Changes, Writers, find_changes
from reports.content import Block, Comment, Grid, Section
from reports.figures import CAUSES, FigureChange
from reports.writing import Draft, Line, make_grid, prose

AMOUNTS = ("then", "now", "difference")
SUMMARY = (("section", "text"), *((name, "count") for name in ("compared", "same", "changed", "appeared", "gone")))


def write_changes(draft: Draft, counted: Writers) -> Section:
    """counted: what writes the sections whose figures are compared. A public pack does not tell what changed."""
    title = draft.say("section.changes")
    if draft.previous is None or draft.kind == "public":
        return Section(NUMBER, "changes", title, (prose("no_previous", draft.say("changes.none")),))
    found = find_changes(draft, counted)
    draft.ledger.changes.extend(one for one in found.figures if one.then != one.now)
    is_split = draft.previous.snapshot is not None
    notes = draft.say("changes.notes") if is_split else draft.say("changes.build_is_gone")
    same = draft.say("changes.unchanged", found.same, indicators=draft.words.number(found.indicators))
    blocks = (
        prose("changes_notes", draft.say("changes.against", previous=draft.previous.name, **_places(draft)), notes),
        _summary(draft, found), prose("figure_notes", same, draft.say("changes.lines")),
        *_tables(draft, found.lines),
    )
    return Section(NUMBER, "changes", title, blocks)


def _summary(draft: Draft, found: Changes) -> Block:
    """How many figures of each section are the same, another, new or gone."""
    counts = Counter((int(one.name.partition("-")[0]), _kind(one)) for one in found.figures)
    lines = []
    for number, title in sorted(found.titles.items()):
        kinds = [counts[number, kind] for kind in ("same", "changed", "appeared", "gone")]
        lines.append(Line(str(number), (f"{number}. {title}", sum(kinds), *kinds)))
    return make_grid(draft, NUMBER, "changes_summary", SUMMARY, lines, said_as="changes_summary", **_places(draft))


def _kind(one: FigureChange) -> str:
    if one.then == one.now:
        return "same"
    if one.then is None:
        return "appeared"
    return "gone" if one.now is None else "changed"


def _places(draft: Draft) -> dict[str, str]:
    return {"as_of": draft.words.day(draft.previous.as_of)}


def _tables(draft: Draft, lines: Sequence[ChangeLine]) -> list[Block]:
    """A table a unit, because a column has one."""
    units = dict.fromkeys(line.unit for line in lines)
    return [_table(draft, unit, [line for line in lines if line.unit == unit]) for unit in units]


def _table(draft: Draft, unit: str, lines: Sequence[ChangeLine]) -> Grid:
    """Only the causes that something changed by have a column; the last one is for explaining."""
    causes = [place for place in range(len(CAUSES)) if any(line.causes and line.causes[place] for line in lines)]
    columns = (
        ("figure", "text"), ("code", "code"), *((name, unit) for name in AMOUNTS),
        *((CAUSES[place], unit) for place in causes), ("explanation", "text"),
    )
    rows = [Line(line.key, _cells(draft, line, causes)) for line in lines]
    grid = make_grid(
        draft, NUMBER, lines[0].table, columns, rows, said_as="changes", unit=_say_unit(draft, unit), **_places(draft),
    )
    *heads, last = grid.table.columns
    return replace(grid, table=replace(grid.table, columns=(*heads, replace(last, is_to_fill=True))))


def _say_unit(draft: Draft, unit: str) -> str:
    """The difference of two shares is no share."""
    return draft.say("changes.shares") if unit == "share" else draft.words(f"unit.{unit}")


def _cells(draft: Draft, line: ChangeLine, causes: Sequence[int]) -> tuple:
    parts = [line.causes[place] if line.causes else None for place in causes]
    return (line.label, tell_codes(line), line.then, line.now, line.difference, *parts, _explain(draft, line))


def tell_codes(line: ChangeLine) -> str:
    """The code of the figure that changed, and how many others say the same."""
    first, more = line.figures[:1], len(line.figures) - 1
    return " ".join([*first, *([f"+{more}"] if more > 0 else [])])


def _explain(draft: Draft, line: ChangeLine) -> str:
    """What was written about a line; those comments need not be told again."""
    found = [comment for comment in draft.comments if comment.line == line.code]
    draft.ledger.explained.update(comment.line for comment in found)
    return " ".join(say_explanation(draft, comment) for comment in found)


def say_explanation(draft: Draft, comment: Comment) -> str:
    return draft.say(
        "changes.explained", text=comment.text, author=comment.author, day=draft.words.day(comment.written_on)
    )
