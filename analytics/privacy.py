"""Small counts of people, hidden in what is published so that nobody can work them out.

    One course of 3 women and 12 men, one of 40 and 60, and the totals of both:

    >>> published = Published(
    ...     {"a.women": 3, "a.men": 12, "a": 15, "b.women": 40, "b.men": 60, "b": 100,
    ...      "women": 43, "men": 72, "all": 115},
    ...     [adds_up("a", ["a.women", "a.men"]), adds_up("b", ["b.women", "b.men"]), adds_up("all", ["women", "men"]),
    ...      adds_up("women", ["a.women", "b.women"]), adds_up("men", ["a.men", "b.men"]), adds_up("all", ["a", "b"])])
    >>> print(*suppress(published).values())
    <5 · 15 · · 100 43 72 115

    What can be subtracted must be said (with_difference, with_groups), else it gives 3 learners away:

    >>> digital = Published({"all": 20, "digital": 17})
    >>> print(*suppress(with_difference(digital, "all", ["digital"], "the others")).values())
    · 17

The promise: somebody who knows all that is shown, every relation, that counts are whole and not negative, that "<5" is
1-4, and even of each "·" of 5 or more that it is, finds that each "<5" may be any of the four, and every other count of
1-4 (shown as "·", or not printed but a difference of what is) at least four different numbers. A zero stays a zero: it
says that nobody is there. CannotProtect is raised when no way was found: then publish nothing.

Tables: analytics/protected_tables.py. The search, and why its result can be proved: analytics/suppression.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from math import inf

from analytics.suppression import CannotProtect, Hiding, Level, Problem

SMALL = range(1, 5)  # counts that give somebody away: the convention of the programme (no binding rule was found)
FEWEST_FOR_A_RATE = 10  # people below which a rate or an average says too much about each
COST_OF_A_CELL = 4  # besides the digits of its number: few are hidden rather than many; rounding a sum costs only this
ROUNDINGS = (1_000_00, 10_000_00)  # cents: who knows the prices reads from an exact sum how many paid

Relation = Mapping[str, int]  # {cell: coefficient}; coefficient × cell adds up to 0


class Symbol(StrEnum):
    """What stands in the place of a number; explained by pack.privacy.small and pack.privacy.hidden."""

    SMALL = "<5"
    HIDDEN = "·"


@dataclass(frozen=True)
class Near:
    """An amount in cents rounded to a step; explained by pack.privacy.rounded."""

    cents: int
    step: int

    @property
    def euros(self) -> Decimal:
        return Decimal(self.cents) / 100

    def __str__(self) -> str:
        return f"≈ {self.euros:.0f}"


Shown = int | Near | Symbol


@dataclass(frozen=True)
class Published:
    """Whole numbers by the name of their cell, and what adds up to what.

    unprinted: cells that are not printed but follow from others (all minus digital). harmless: cells that count nobody.
    amounts: {money in cents: the count it was paid by}; a reader is taken to know what each paid on average.
    sums: money that is a sum of other amounts. weights: how much a cell matters to readers, 1 unless said.
    before: what an earlier publication showed of a cell and cannot be taken back.
    """

    cells: Mapping[str, int]
    relations: Sequence[Relation] = ()
    unprinted: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()
    amounts: Mapping[str, str] = field(default_factory=dict)
    sums: frozenset[str] = frozenset()
    weights: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, Shown] = field(default_factory=dict)

    def is_small(self, name: str) -> bool:
        return self.cells[name] in SMALL and name not in self.harmless and not self.is_money(name)

    def is_money(self, name: str) -> bool:
        return name in self.amounts or name in self.sums


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


def with_groups(published: Published, groups: Mapping[frozenset[str], int]) -> Published:
    """Groups of people that exclude each other, by the cells that count them; then every such cell is a sum of groups.

    The surest way to say all that can be subtracted, when cells overlap. That a group is empty is taken to be known.
    """
    names = {f"only {' + '.join(sorted(group))}": group for group, people in groups.items() if people}
    people = {name: groups[group] for name, group in names.items()}
    counted = sorted(frozenset().union(*names.values()))
    sums = [adds_up(cell, [name for name, group in names.items() if cell in group]) for cell in counted]
    cells, unprinted = {**published.cells, **people}, published.unprinted | names.keys()
    return replace(published, cells=cells, unprinted=unprinted, relations=[*published.relations, *sums])


def no_more_than(published: Published, smaller: str, greater: str) -> Published:
    """Persons are no more than their enrolments: a reader knows it, and the difference counts nobody."""
    name = f"{greater} - {smaller}"
    return replace(with_difference(published, greater, [smaller], name), harmless=published.harmless | {name})


def rate_is_shown(people: int, *counts: Shown) -> bool:
    """Whether a rate or average may be shown: on ten people or more, and none of its counts is hidden."""
    return people >= FEWEST_FOR_A_RATE and not any(isinstance(shown, Symbol) for shown in counts)


def suppress(published: Published) -> dict[str, Shown]:
    """Each printed cell as it may be shown: its number, "<5", "·" or, for money, a rounded amount."""
    names, hiding = sorted(published.cells), Hiding(state_problem(published))
    try:
        hiding.hide()
    except CannotProtect as error:
        raise CannotProtect(names[error.args[0]]) from error
    level = dict(zip(names, hiding.at, strict=True))
    shown = {name: _show(published, name, level[name]) for name in published.cells if name not in published.unprinted}
    hidden = [money for money, people in published.amounts.items() if isinstance(shown.get(people), Symbol)]
    return shown | {money: Symbol.HIDDEN for money in hidden if money in shown}


def state_problem(published: Published) -> Problem:
    """The cells and relations by number, in an order of their own; ValueError when a relation does not hold."""
    names = sorted(published.cells)
    place = {name: number for number, name in enumerate(names)}
    relations = [*published.relations, *(
        {people: published.cells[money], money: -published.cells[people]}
        for money, people in published.amounts.items() if published.cells[money] and published.cells[people]
    )]
    for relation in relations:
        if sum(by * published.cells[name] for name, by in relation.items()):
            raise ValueError(f"does not add up: {relation}")
    return Problem(
        [published.cells[name] for name in names],
        [_levels(published, name) for name in names],
        sorted(({place[name]: relation[name] for name in sorted(relation)} for relation in relations), key=list),
        [place[name] for name in names if published.is_small(name)],
        len(SMALL),
        frozenset(place[name] for name in names if published.is_money(name)),
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
        return [(Level(-inf if value < 0 else 0, inf), Symbol.HIDDEN)]
    if published.is_small(name):
        return [(Level(SMALL[0], SMALL[-1]), Symbol.SMALL), (Level(SMALL[0], inf, cost), Symbol.HIDDEN)]
    if value == 0:
        return [(Level(0, 0), 0)]
    exact = [(Level(value, value), value)]
    if not published.is_money(name):
        return [*exact, (Level(min(value, SMALL.stop), inf, cost), Symbol.HIDDEN)]
    steps = ROUNDINGS if name in published.sums else ()
    rounded = [_round(value, step, COST_OF_A_CELL * number) for number, step in enumerate(steps, 1)]
    hidden = Level(-inf if value < 0 else 0, inf, cost + COST_OF_A_CELL * len(steps))
    return [*exact, *rounded, (hidden, Symbol.HIDDEN)]


def _round(cents: int, step: int, cost: int) -> tuple[Level, Near]:
    near = (cents + step // 2) // step * step
    return Level(near - step // 2, near + step // 2 - 1, cost), Near(near, step)


def _show(published: Published, name: str, level: int) -> Shown:
    return published.before.get(name, _ladder(published, name)[level][1])
