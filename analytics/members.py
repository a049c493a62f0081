"""Members: which enrolments or persons a figure counts, so that all that can be subtracted between figures is known."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from analytics.snapshot import Snapshot
from analytics.trace import Trace, conditions_of

Who = Literal["enrolment", "person"]
# An enrolment that a later load puts in another course has left the first.
COLUMN: dict[Who, str] = {"enrolment": "course || ' ' || enrolment_id", "person": "person_key"}
COUNTS: dict[Who, str] = {"enrolment": "count(*) filter (", "person": "count(distinct person_key) filter ("}
# Applications less enrolments, waiting list and cancelled: what readers subtract from one count.
MOST_SUBTRACTED = 3

Condition = tuple[str, tuple[tuple[str, object], ...]]


@dataclass
class Roll:
    """Everybody of one kind, each with a place of their own: a set of them is a whole number, with a bit for each."""

    places: dict[str, int] = field(default_factory=dict)

    def bit(self, who: str) -> int:
        return 1 << self.places.setdefault(who, len(self.places))


def counts_whom(aggregate: str | None, table: str) -> Who | None:
    """Whom an aggregate counts; None when it counts neither enrolments nor persons."""
    if table != "enrolment" or aggregate is None:
        return None
    return next((who for who, start in COUNTS.items() if aggregate.startswith(start)), None)


def find_members(snapshot: Snapshot, traces: Mapping[str, Trace], who: Who, roll: Roll) -> dict[str, int]:
    """{name: everybody that its trace counts}, each a set of bits of the roll."""
    asked: dict[Condition, int] = {}
    wanted: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for name, trace in traces.items():
        narrowed, counted = (
            asked.setdefault((condition, tuple(trace.bound(condition).items())), len(asked))
            for condition in (trace.condition, conditions_of(trace.aggregate)[0])
        )
        wanted[narrowed].append((counted, name))
    found = dict.fromkeys(traces, 0)
    for one, held in _rows(snapshot, list(asked), COLUMN[who]):
        bit = roll.bit(one)
        for narrowed in held & wanted.keys():
            for counted, name in wanted[narrowed]:
                if counted in held:
                    found[name] |= bit
    return found


def _rows(snapshot: Snapshot, conditions: Sequence[Condition], column: str) -> Iterator[tuple[str, set[int]]]:
    """Every enrolment: who it is, and the places of the conditions that it meets."""
    bound, columns = {}, []
    for at, (condition, values) in enumerate(conditions):
        columns.append(f"case when {_number(condition, values, at)} then {at} end")
        bound |= {f"{name}_{at}": value for name, value in values}
    held = f"list_filter([{', '.join(columns)}], lambda met: met is not null)"
    for row in snapshot.rows(f"select {column} as who, {held} as held from enrolment order by row_key", **bound):
        yield row["who"], set(row["held"])


def _number(condition: str, values: Sequence[tuple[str, object]], at: int) -> str:
    """Values of the same name differ between conditions: each gets the number of its own."""
    for name, _ in values:
        condition = re.sub(rf"\${name}\b", f"${name}_{at}", condition)
    return condition


def part_by(cells: Mapping[str, int]) -> dict[frozenset[str], int]:
    """Everybody that any cell counts, parted by the set of cells that count them."""
    parts: dict[frozenset[str], int] = {frozenset(): 0}
    for members in cells.values():
        parts[frozenset()] |= members
    for name, members in cells.items():
        finer = {}
        for inside, them in parts.items():
            if them & members:
                finer[inside | {name}] = them & members
            if them & ~members:
                finer[inside] = them & ~members
        parts = finer
    return parts


def left_by_subtraction(cells: Sequence[int], largest: int) -> set[int]:
    """The sets of at most so many that are left of a cell, or of one without some others that exclude each other."""
    different = sorted(set(cells))
    found: set[int] = set()
    for whole in different:
        inside = [cell for cell in different if cell and cell != whole and cell & whole == cell]
        _subtract(whole, inside, MOST_SUBTRACTED, largest, found)
    return found


def _subtract(left: int, cells: Sequence[int], more: int, largest: int, found: set[int]) -> None:
    if 1 <= left.bit_count() <= largest:
        found.add(left)
    for place, cell in enumerate(cells if more else ()):
        if cell & left == cell and cell != left:
            _subtract(left & ~cell, cells[place + 1:], more - 1, largest, found)
