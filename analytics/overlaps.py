"""Overlaps: counts of the same people as sums of groups that exclude each other, and all that can be subtracted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.members import left_by_subtraction, part_by
from analytics.privacy import SMALL, Published, adds_up


@dataclass(frozen=True)
class Family:
    """Counts inside one part of a whole, such as the steps of one course; everybody: all who belong to that part.

    A count of the whole that counts the same people as one of these stands here too.
    """

    everybody: int
    names: Sequence[str]


def join_same(members: Mapping[str, int]) -> dict[str, str]:
    """{name: the first name that counts the same people}; nobody is no same people."""
    first: dict[int, str] = {}
    return {name: first.setdefault(them, name) if them else name for name, them in members.items()}


def state_overlaps(
    published: Published, members: Mapping[str, int], together: Iterable[Collection[str]],
    families: Sequence[Family] = (), summed: Collection[str] = (), label: str = "",
) -> Published:
    """The counts of `members`, every one a sum of groups, and guarded what is left when they are subtracted.

    together: names that a reader subtracts from each other; those of one family are too. summed: the counts that are
    sums over the families. The families are tied to the other counts by the groups of these alone: no count says more
    of both at once, and so the groups are few.
    """
    state, together = _Statement(published, members, label), [list(names) for names in together]
    inside = {name for family in families for name in family.names} - {name for names in together for name in names}
    whole = {name: them for name, them in members.items() if name not in inside}
    groups = state.part("group", whole)
    if families:
        coarse = state.part("step", {name: members[name] for name in summed})
        finer = [state.part_family(number, family, coarse) for number, family in enumerate(families)]
        state.add_up(coarse, {name: them for part in finer for name, them in part.items()})
        state.add_up(coarse, groups)
        state.add_up({name: whole.pop(name) for name in summed}, coarse)
        for family, part in zip(families, finer, strict=True):
            state.add_up({name: members[name] for name in family.names}, part)
            state.guard(family.names, part)
    state.add_up(whole, groups)
    for names in together:
        state.guard(names, groups)
    return state.published


class _Statement:
    """Cells and relations, told step by step."""

    def __init__(self, published: Published, members: Mapping[str, int], label: str) -> None:
        self.members, self.label = members, label
        cells = {name: them.bit_count() for name, them in members.items()}
        self.published = replace(published, cells={**published.cells, **cells})
        self.cell_of = {them: name for name, them in members.items()}
        self.stated: set[tuple[str, int]] = set()

    def part(self, what: str, cells: Mapping[str, int], everybody: int = 0) -> dict[str, int]:
        """The groups of everybody that the cells part: cells that no reader sees, and no secret by themselves."""
        parts = part_by({**cells, "": everybody} if everybody else cells)
        ordered = enumerate(sorted(parts, key=sorted))
        groups = {f"{self.label} {what} {number}": parts[inside] for number, inside in ordered}
        self._add(groups, harmless=True)
        return groups

    def part_family(self, number: int, family: Family, coarse: Mapping[str, int]) -> dict[str, int]:
        cells = {name: self.members[name] for name in family.names}
        steps = {name: them & family.everybody for name, them in coarse.items() if them & family.everybody}
        return self.part(f"part {number} group", cells | steps, family.everybody)

    def add_up(self, cells: Mapping[str, int], groups: Mapping[str, int]) -> None:
        sums = [
            adds_up(cell, [name for name, them in groups.items() if them & members])
            for cell, members in cells.items() if members
        ]
        first, harmless = next(iter(groups), ""), self.published.harmless
        self.stated |= {(first, members) for cell, members in cells.items() if cell not in harmless}
        self.published = replace(self.published, relations=[*self.published.relations, *sums])

    def guard(self, names: Collection[str], groups: Mapping[str, int]) -> None:
        """What is left of few people when these counts are subtracted, or is in each of some and in no other.

        The same people may be a count elsewhere: then that one is the sum of these groups, too.
        """
        cells = {name: self.members[name] for name in names}
        few = left_by_subtraction(list(cells.values()), SMALL[-1])
        few |= {them for them in part_by(cells).values() if them.bit_count() in SMALL}
        few = {them for them in few if (next(iter(groups), ""), them) not in self.stated}
        left = {f"{self.label} left {hex(them)}": them for them in sorted(few - self.cell_of.keys())}
        self.cell_of |= {them: name for name, them in left.items()}
        self._add(left, harmless=False)
        self.add_up({self.cell_of[them]: them for them in sorted(few)}, groups)

    def _add(self, cells: Mapping[str, int], harmless: bool) -> None:
        published = self.published
        self.published = replace(
            published, cells={**published.cells, **{name: them.bit_count() for name, them in cells.items()}},
            unprinted=published.unprinted | cells.keys(),
            harmless=published.harmless | (cells.keys() if harmless else set()),
        )
