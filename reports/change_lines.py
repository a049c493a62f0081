"""The lines of section 10: what changed since the last issued pack, each under a code of its own and told once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from analytics.measure import Number
from reports.content import Section
from reports.figure_history import compare_figures
from reports.figures import Figure, FigureChange, code_of
from reports.followed import follow
from reports.form import MOST_NAMED_ROWS, Labelled
from reports.history import Change, compare
from reports.writing import Draft

NUMBER = 10
# The figures of a long list are added up by column, where adding them up makes sense.
ADDED_UP = ("count", "EUR", "ECTS", "hours")
# Of section 9, what came in. The reconciliation says the same figures again as those of the other sections.
REPEATED = ("reconciliation_", "left_out_")
Writers = Sequence[Callable[[Draft], Section]]


@dataclass(frozen=True)
class ChangeLine:
    """Something that changed, under the code of its line; of the same unit are the lines of one table.

    causes: in the order of CAUSES, adding up to now - then; () where the difference cannot be split. figures: the codes
    of the figures that say it, the first of them the one that names it.
    """

    key: str
    label: str
    unit: str
    then: Number | None
    now: Number | None
    causes: tuple[Number, ...] = ()
    figures: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return f"changes_{self.unit}"

    @property
    def code(self) -> str:
        return code_of(NUMBER, f"{self.table}/{self.key}")

    @property
    def difference(self) -> Number | None:
        return None if self.then is None or self.now is None else self.now - self.then


@dataclass(frozen=True)
class Changes:
    """lines: indicators first. indicators, same: how many were compared, and did not change. figures: each of them,
    also the same ones. titles: of the sections by number."""

    lines: tuple[ChangeLine, ...]
    indicators: int
    same: int
    figures: tuple[FigureChange, ...]
    titles: dict[int, str]


def find_changes(draft: Draft, writers: Writers) -> Changes:
    """Against the issued pack of the draft, which has one; worked out once for a snapshot and its settings."""
    earlier = draft.previous
    question = ("changes", earlier.name, earlier.snapshot is None, draft.grant.sha256, draft.words.language)
    return draft.snapshot.once(question, lambda: _find(draft, writers))


def _find(draft: Draft, writers: Writers) -> Changes:
    earlier = draft.previous
    followed = None if earlier.snapshot is None else follow(draft.snapshot, earlier.snapshot)
    indicators = compare(draft.snapshot, draft.period, earlier, followed=followed)
    figures, labels = compare_figures(draft, writers, followed)
    titles = {int(name.partition("-")[0]): one.section for name, one in labels.items()}
    changed = [one for one in indicators if one.then != one.now]
    lines = _tell_once(draft, changed, figures, labels)
    return Changes(tuple(lines), len(indicators), len(indicators) - len(changed), tuple(figures), titles)


def _tell_once(
    draft: Draft, changed: Sequence[Change], figures: Sequence[FigureChange], labels: dict[str, Labelled]
) -> list[ChangeLine]:
    """A figure whose indicator, or whose query, has a line already with its numbers only lends that line its code."""
    lines = [_of_indicator(draft, one) for one in changed]
    places: dict[tuple, int] = {}
    for place, line in enumerate(lines):
        for kind in ("metric", "column"):
            places[kind, *_numbers(line.key, line)] = place
    for one, label, is_sum in _choose(figures, labels):
        names = _names(one, label.figure, is_sum)
        place = next((places[name] for name in names if name in places), None)
        if place is None:
            place = len(lines)
            lines.append(_of_figure(draft, one, label, is_sum))
        elif not is_sum:
            lines[place] = replace(lines[place], figures=(*lines[place].figures, one.name.partition(".")[0]))
        for name in (*names[1:], ("column", *_numbers(label.figure.definition, one))):
            places.setdefault(name, place)
    return lines


def _names(one: FigureChange, figure: Figure, is_sum: bool) -> list[tuple]:
    """What a figure may be told as already: the metric that it is, and its query; a sum, as the column of a table."""
    metric = ("metric", *_numbers(figure.definition, one))
    if is_sum:
        return [metric, ("column", *_numbers(figure.definition, one))]
    return [metric, ("query", *_numbers(repr(figure.trace) if figure.trace else one.name, one))]


def _numbers(name: str, one: FigureChange | ChangeLine) -> tuple:
    return name, one.unit, one.then, one.now


def _choose(
    figures: Sequence[FigureChange], labels: dict[str, Labelled]
) -> list[tuple[FigureChange, Labelled, bool]]:
    """Each figure that changed, with its label; those of a long list as the sum of their column."""
    told = [one for one in figures if one.name in labels and not one.key.startswith(REPEATED)]
    rows: dict[tuple[str, str], list[FigureChange]] = {}
    for one in told:
        rows.setdefault((one.table, one.column), []).append(one)
    is_long = {table for (table, _), found in rows.items() if len(found) > MOST_NAMED_ROWS}
    single = [(one, False) for one in told if one.table not in is_long and one.difference]
    sums = (_add_up(found) for key, found in rows.items() if key[0] in is_long)
    return [
        (one, labels[one.name], is_sum) for one, is_sum in [*single, *((one, True) for one in sums if one is not None)]
    ]


def _add_up(figures: Sequence[FigureChange]) -> FigureChange | None:
    """A column of a long list as one figure, over the rows that both packs know; None for shares and the like."""
    parts = [one for one in figures if one.difference is not None and not one.key.endswith("/total")]
    if not parts or parts[0].unit not in ADDED_UP:
        return None
    zero = Decimal(0) if isinstance(parts[0].now, Decimal) else 0
    is_split = all(one.causes for one in parts)
    causes = tuple(sum(amounts, zero) for amounts in zip(*(one.causes for one in parts), strict=True))
    then, now = (sum((getattr(one, side) for one in parts), zero) for side in ("then", "now"))
    return None if then == now else replace(parts[0], then=then, now=now, causes=causes if is_split else ())


def _of_indicator(draft: Draft, one: Change) -> ChangeLine:
    causes = () if one.new_rows is None else (one.new_rows, one.events, one.late, one.rules)
    key = one.metric.key
    return ChangeLine(key, draft.words.metric(key), one.metric.unit, one.then, one.now, causes)


def _of_figure(draft: Draft, one: FigureChange, label: Labelled, is_sum: bool) -> ChangeLine:
    table = re.split(r"[.,:]", label.caption, maxsplit=1)[0]
    heading = label.label.rpartition(" · ")[2]
    named = draft.say("changes.whole_column", column=heading) if is_sum else label.label
    codes = () if is_sum else (one.name.partition(".")[0],)
    return ChangeLine(
        f"{one.table}/{one.name}", f"{table} · {named}", one.unit, one.then, one.now, one.causes, codes,
    )
