"""Cell suppression: which cells to hide so that no guarded one can be worked out, for least information lost.

Every promise comes with witnesses: for each value that a guarded cell must be able to have, one assignment of all cells
(kept as changes of the true one) that meets every relation and everything shown. A witness is found one unit at a time:
change the guarded cell by one, which unbalances the relations it is in, and let other cells take that up until all
balance again, by Dijkstra's search over what is unbalanced; hidden cells are free, a shown one costs what is lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf

# What a search adds to the cost of a step for each unit that it leaves open: first it looks for the cheapest way, then,
# when there are too many ways to look at, ever more straight for any.
HASTE = (1, 4, 30, 200)
MOST_UNITS = 3  # of one relation
SEARCH_LIMIT = 1_000  # states that a search looks at; a pack of 2,000 cells seldom needs more than some hundreds
LAST_LIMIT = 30_000  # the same when the cell cannot be hidden any further, before giving up
TIDY_LIMIT = 100  # the same when trying to show a cell again: giving up only leaves it hidden

Change = dict[int, int]  # by cell, what a witness differs from the truth
Moved = tuple[Change, dict[int, int]]  # a witness, and by cell the level that it needs


class CannotProtect(Exception):
    """No way was found to hide a small count: what was asked for must not be published. Its argument is the cell."""


@dataclass(frozen=True)
class Level:
    """A way to show a cell: the least and the greatest it may be for a reader, and what showing no more loses."""

    low: float
    high: float
    cost: int = 0

    def allows(self, value: int) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Problem:
    """Cells with their true value and levels, most telling first; relations {cell: coefficient}, each adding up to 0.

    guarded: cells that keep every value their level allows or, when that has no upper end, at least `width` values.
    """

    values: Sequence[int]
    levels: Sequence[tuple[Level, ...]]
    relations: Sequence[Mapping[int, int]]
    guarded: Sequence[int]
    width: int


class Hiding:
    """The level of every cell, made coarser until all guarded cells have their witnesses."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.at = [0] * len(problem.values)
        self.witnesses: dict[int, dict[int, Change]] = {cell: {problem.values[cell]: {}} for cell in problem.guarded}
        self._relations_of: list[list[int]] = [[] for _ in problem.values]
        for place, relation in enumerate(problem.relations):
            for cell in relation:
                self._relations_of[cell].append(place)

    def hide(self) -> None:
        """Guard every cell, then show again what need not be hidden."""
        for cell in self.problem.guarded:
            while not self._guard(cell, SEARCH_LIMIT, free=False):
                if self.at[cell] + 1 < len(self.problem.levels[cell]):
                    self.at[cell] += 1
                elif not self._guard(cell, LAST_LIMIT, free=False):
                    raise CannotProtect(cell)
        dearest_first = sorted(range(len(self.at)), key=lambda cell: (-self._level(cell).cost, cell))
        before: list[int] = []
        while before != self.at:  # what is shown again may leave others that need not be hidden either
            before = list(self.at)
            for cell in dearest_first:
                if self.at[cell]:
                    self._try_to_show(cell)

    def _level(self, cell: int) -> Level:
        return self.problem.levels[cell][self.at[cell]]

    def _guard(self, cell: int, limit: int, free: bool) -> bool:
        """Find the witnesses that a cell still needs; free: without hiding anything more."""
        level, found = self._level(cell), self.witnesses[cell]
        if level.high < inf:
            return all(self._reach(cell, value, limit, free) for value in range(int(level.low), int(level.high) + 1))
        while len(found) < self.problem.width:
            if not any(self._reach(cell, value, limit, free) for value in (max(found) + 1, min(found) - 1)):
                return False
        return True

    def _reach(self, cell: int, value: int, limit: int, free: bool) -> bool:
        """Whether a cell can be given a value, unit by unit from the nearest witness."""
        found = self.witnesses[cell]
        while value not in found:
            nearest = min(found, key=lambda known: (abs(known - value), known))
            step = 1 if value > nearest else -1
            if not self._level(cell).allows(nearest + step):
                return False
            search = Search(self.problem, self._relations_of, self.at, found[nearest])
            moved = search.move(cell, step, limit, free)
            if moved is None:
                return False
            self._keep(*moved)
        return True

    def _keep(self, change: Change, raised: Mapping[int, int]) -> None:
        for cell, level in raised.items():
            self.at[cell] = level
        for cell in change.keys() & self.witnesses.keys():
            self.witnesses[cell].setdefault(self.problem.values[cell] + change[cell], change)

    def _try_to_show(self, cell: int) -> None:
        """Show a cell more exactly if all guarded cells can do without hiding it; else leave all as it was."""
        before = self.at[cell], self.witnesses
        self.at[cell] -= 1
        level, value = self._level(cell), self.problem.values[cell]
        self.witnesses = {
            guarded: {at: change for at, change in found.items() if level.allows(value + change.get(cell, 0))}
            for guarded, found in before[1].items()
        }
        poorer = [one for one, found in self.witnesses.items() if one == cell or len(found) < len(before[1][one])]
        if not all(self._guard(one, TIDY_LIMIT, free=True) for one in poorer):
            self.at[cell], self.witnesses = before


class Search:
    """One unit of change of one cell, taken up by others at the least cost."""

    def __init__(
        self, problem: Problem, relations_of: Sequence[Sequence[int]], at: Sequence[int], start: Change,
    ) -> None:
        self.problem, self.relations_of, self.at, self.start = problem, relations_of, at, start

    def move(self, target: int, step: int, limit: int, free: bool) -> Moved | None:
        """The witness moved by one unit, and the levels that it raises; None when none was found within the limit."""
        ways = (self._find(target, step, haste, limit, free) for haste in (HASTE[-1:] if free else HASTE))
        return next((moved for moved in ways if moved), None)

    def _find(self, target: int, step: int, haste: int, limit: int, free: bool) -> Moved | None:
        order = count()
        first = {target: step}
        waiting = [(0, next(order), 0, first, {}, self._unbalance({}, target, step))]
        done: set[frozenset] = set()
        while waiting and len(done) < limit:
            _, _, cost, change, raised, open_relations = heappop(waiting)
            if not open_relations:
                return self._add_up(change), raised
            state = frozenset(open_relations.items())
            if state in done:
                continue
            done.add(state)
            for cell, by, level, more in self._takers(target, change, raised, open_relations):
                if free and more:
                    continue
                left = self._unbalance(open_relations, cell, by)
                paid = cost + more + 1  # one for the step, or free ones would be taken without end
                to_go = haste * sum(min(abs(off), MOST_UNITS) for off in left.values())
                heappush(waiting, (
                    paid + to_go, next(order), paid, change | {cell: change.get(cell, 0) + by},
                    raised | {cell: level} if more else raised, left,
                ))
        return None

    def _takers(self, target: int, change: Change, raised: Mapping[int, int], open_relations: Mapping[int, int]):
        """The cells that can balance the shortest open relation: (cell, by how much, its level then, its cost)."""
        relations = self.problem.relations
        place = min(open_relations, key=lambda one: (len(relations[one]), one))
        for cell, coefficient in relations[place].items():
            by, rest = divmod(-open_relations[place], coefficient)
            if cell == target or rest:
                continue
            value = self.problem.values[cell] + self.start.get(cell, 0) + change.get(cell, 0) + by
            levels, now = self.problem.levels[cell], raised.get(cell, self.at[cell])
            for level in range(now, len(levels)):
                if levels[level].allows(value):
                    yield cell, by, level, levels[level].cost - levels[now].cost
                    break

    def _unbalance(self, open_relations: Mapping[int, int], cell: int, by: int) -> dict[int, int]:
        """What every relation is off by once a cell has changed."""
        off = dict(open_relations)
        for place in self.relations_of[cell]:
            off[place] = off.get(place, 0) + by * self.problem.relations[place][cell]
            if not off[place]:
                del off[place]
        return off

    def _add_up(self, change: Change) -> Change:
        return {
            cell: by for cell in self.start.keys() | change.keys()
            if (by := self.start.get(cell, 0) + change.get(cell, 0))
        }
