"""An attacker on published counts: an exact search over whole numbers, sharing nothing with the code that hides them.

It knows what is shown, what adds up to what, and what the symbols mean. It is even told which "·" are 5 or more, and
that nothing is more than MORE above the truth: it knows more than a reader ever can.
"""

from collections.abc import Iterator, Mapping
from math import ceil, floor

from analytics.privacy import Published, Shown, Symbol

MORE = 12

Bounds = dict[str, tuple[int, int]]


def weak_cells(published: Published, shown: Mapping[str, Shown]) -> dict[str, list[int]]:
    """The counts of 1-4 that are not protected as promised, with the values that the attacker is left with."""
    attack = Attack(published, shown)
    left = {name: attack.possible_values(name) for name in published.cells if published.is_small(name)}
    return {
        name: values for name, values in left.items()
        if len(values) < 4 or (shown.get(name) == Symbol.SMALL and values != [1, 2, 3, 4])
    }


class Attack:
    def __init__(self, published: Published, shown: Mapping[str, Shown]) -> None:
        self.cells, self.relations = published.cells, [dict(relation) for relation in published.relations]
        self.bounds = {name: known(value, shown.get(name)) for name, value in published.cells.items()}
        self.relations_of = {name: [one for one in self.relations if name in one] for name in published.cells}

    def possible_values(self, name: str) -> list[int]:
        """The values that a cell may have for all the attacker knows, of the seven around the truth."""
        low, high = self.bounds[name]
        tried = range(max(low, self.cells[name] - 3), min(high, self.cells[name] + 3) + 1)
        return [value for value in tried if self.is_possible(name, value)]

    def is_possible(self, name: str, value: int) -> bool:
        bounds = self.narrow(self.bounds | {name: (value, value)}, [name])
        return bounds is not None and next(self.worlds(bounds), None) is not None

    def worlds(self, bounds: Bounds) -> Iterator[Bounds]:
        """Every assignment within the bounds; values near the truth first, which only makes the search shorter."""
        open_cells = [name for name, (low, high) in bounds.items() if low < high]
        if not open_cells:
            yield bounds
            return
        name = min(open_cells, key=lambda one: bounds[one][1] - bounds[one][0])
        low, high = bounds[name]
        for value in sorted(range(low, high + 1), key=lambda value: abs(value - self.cells[name])):
            narrower = self.narrow(bounds | {name: (value, value)}, [name])
            if narrower is not None:
                yield from self.worlds(narrower)

    def narrow(self, bounds: Bounds, changed: list[str]) -> Bounds | None:
        """What follows for all cells from their relations; None when nothing can be true."""
        waiting = [relation for name in changed for relation in self.relations_of[name]]
        while waiting:
            relation = waiting.pop()
            for name, by in relation.items():
                low, high = self.left_for(relation, name, by, bounds)
                low, high = max(low, bounds[name][0]), min(high, bounds[name][1])
                if low > high:
                    return None
                if (low, high) != bounds[name]:
                    bounds[name] = low, high
                    waiting += [one for one in self.relations_of[name] if one is not relation]
        return bounds

    def left_for(self, relation: Mapping[str, int], name: str, by: int, bounds: Bounds) -> tuple[int, int]:
        """The least and the greatest a cell can be, given the others of a relation."""
        ends = [
            sorted(-other_by * end for end in bounds[other]) for other, other_by in relation.items() if other != name
        ]
        low, high = sorted((sum(low for low, _ in ends) / by, sum(high for _, high in ends) / by))
        return ceil(low), floor(high)


def known(value: int, shown: Shown | None) -> tuple[int, int]:
    """The bounds of a cell: as shown, or only not negative when it is not printed."""
    if shown is None:
        return 0, value + MORE
    if shown == Symbol.SMALL:
        return 1, 4
    if shown == Symbol.HIDDEN:
        return (5 if value >= 5 else 1), value + MORE
    return shown, shown
