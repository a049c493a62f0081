"""Small counts of people, hidden in what is published so that nobody can work them out.

    One course of 3 women and 12 men, one of 40 and 60, and the totals of both:

    >>> published = Published(
    ...     {"a.women": 3, "a.men": 12, "a": 15, "b.women": 40, "b.men": 60, "b": 100,
    ...      "women": 43, "men": 72, "all": 115},
    ...     [adds_up("a", ["a.women", "a.men"]), adds_up("b", ["b.women", "b.men"]), adds_up("all", ["women", "men"]),
    ...      adds_up("women", ["a.women", "b.women"]), adds_up("men", ["a.men", "b.men"]), adds_up("all", ["a", "b"])])
    >>> print(*suppress(published).values())
    <5 · 15 · · 100 43 72 115

    What can be subtracted must be said (with_difference, analytics/overlaps.py), else it gives 3 learners away:

    >>> digital = Published({"all": 20, "digital": 17})
    >>> print(*suppress(with_difference(digital, "all", ["digital"], "the others")).values())
    · 17

The promise: somebody who knows all that is shown, every relation, that counts are whole and not negative, that "<5" is
1-4, and even of each "·" of 5 or more that it is, finds that each "<5" may be any of the four, and every other count of
1-4 (shown as "·", or not printed but a difference of what is) at least four different numbers. A zero stays a zero: it
says that nobody is there. CannotProtect is raised when no way was found: then publish nothing.

The search, and why its result can be proved: analytics/suppression.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import inf

from analytics.suppression import CannotProtect, Hiding, Level, Problem

SMALL = range(1, 5)  # counts that give somebody away: the convention of the programme (no binding rule was found)
FEWEST_FOR_A_RATE = 10  # people below which a rate or an average says too much about each
COST_OF_A_CELL = 4  # besides the digits of its number: few are hidden rather than many

Relation = Mapping[str, int]  # {cell: coefficient}; coefficient × cell adds up to 0


class Symbol(StrEnum):
    """What stands in the place of a number; explained by pack.privacy.small and pack.privacy.hidden."""

    SMALL = "<5"
    HIDDEN = "·"


Shown = int | Symbol


@dataclass(frozen=True)
class Published:
    """Whole numbers by the name of their cell, and what adds up to what.

    unprinted: cells that are not printed but follow from others (all minus digital). harmless: cells that count nobody.
    weights: how much a cell matters to readers, 1 unless said.
    before: what an earlier publication showed of a cell and cannot be taken back.
    """

    cells: Mapping[str, int]
    relations: Sequence[Relation] = ()
    unprinted: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()
    weights: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, Shown] = field(default_factory=dict)

    def is_small(self, name: str) -> bool:
        return self.cells[name] in SMALL and name not in self.harmless


def adds_up(total: str, parts: Iterable[str]) -> dict[str, int]:
    """The relation of a total to its parts."""
    return dict.fromkeys(parts, 1) | {total: -1}


def with_difference(published: Published, whole: str, parts: Sequence[str], name: str) -> Published:
    """What is left of a whole without some parts, printed nowhere, but known to whoever subtracts."""
    rest = published.cells[whole] - sum(published.cells[part] for part in parts)
    return replace(
        published, cells={**published.cells, name: rest}, unprinted=published.unprinted | {name},
        relations=[*published.relations, adds_up(whole, [*parts, name])],
    )


def no_more_than(published: Published, smaller: str, greater: str) -> Published:
    """Persons are no more than their enrolments: a reader knows it, and the difference counts nobody."""
    name = f"{greater} - {smaller}"
    return replace(with_difference(published, greater, [smaller], name), harmless=published.harmless | {name})


def rate_is_shown(people: int, *counts: Shown) -> bool:
    """Whether a rate or average may be shown: on ten people or more, and none of its counts is hidden."""
    return people >= FEWEST_FOR_A_RATE and not any(isinstance(shown, Symbol) for shown in counts)


@dataclass(frozen=True)
class Hidden:
    """What may be shown of each printed cell, and the worlds that prove it.

    worlds: for every small count, each value that it may have for a reader, with all that differs from the truth then.
    """

    shown: Mapping[str, Shown]
    worlds: Mapping[str, Mapping[int, Mapping[str, int]]]


def suppress(published: Published) -> dict[str, Shown]:
    """Each printed cell as it may be shown: its number, "<5" or "·". CannotProtect names the cell without a way."""
    return dict(hide(published).shown)


def hide(published: Published) -> Hidden:
    """The same with its worlds, against which what else is printed can be held."""
    names, hiding = sorted(published.cells), Hiding(state_problem(published))
    try:
        hiding.hide()
    except CannotProtect as error:
        raise CannotProtect(names[error.args[0]]) from error
    level = dict(zip(names, hiding.at, strict=True))
    shown = {name: _show(published, name, level[name]) for name in published.cells if name not in published.unprinted}
    worlds = {
        names[cell]: {value: {names[one]: by for one, by in change.items()} for value, change in found.items()}
        for cell, found in hiding.witnesses.items()
    }
    return Hidden(shown, worlds)


def state_problem(published: Published) -> Problem:
    """The cells and relations by number, in an order of their own; ValueError when a relation does not hold."""
    names = sorted(published.cells)
    place = {name: number for number, name in enumerate(names)}
    for relation in published.relations:
        if sum(by * published.cells[name] for name, by in relation.items()):
            raise ValueError(f"does not add up: {relation}")
    return Problem(
        [published.cells[name] for name in names],
        [_levels(published, name) for name in names],
        sorted(({place[name]: one[name] for name in sorted(one)} for one in published.relations), key=list),
        [place[name] for name in names if published.is_small(name)],
        len(SMALL),
    )


def _levels(published: Published, name: str) -> tuple[Level, ...]:
    """What a reader knows of a cell at each level. Where "·" is 5 or more, no witness makes it less."""
    ladder = _ladder(published, name)
    if name in published.before:
        return (next(level for level, shown in ladder if shown == published.before[name]),)
    return tuple(level for level, _ in ladder)


def _ladder(published: Published, name: str) -> list[tuple[Level, Shown]]:
    """The ways to show a cell, most telling first."""
    value = published.cells[name]
    cost = (COST_OF_A_CELL + value.bit_length()) * published.weights.get(name, 1)
    if name in published.unprinted:
        return [(Level(0, inf), Symbol.HIDDEN)]
    if published.is_small(name):
        return [(Level(SMALL[0], SMALL[-1]), Symbol.SMALL), (Level(SMALL[0], inf, cost), Symbol.HIDDEN)]
    if value == 0:
        return [(Level(0, 0), 0)]
    return [(Level(value, value), value), (Level(min(value, SMALL.stop), inf, cost), Symbol.HIDDEN)]


def _show(published: Published, name: str, level: int) -> Shown:
    return published.before.get(name, _ladder(published, name)[level][1])
