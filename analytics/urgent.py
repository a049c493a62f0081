"""What to mend first: the editions that a gap is worth something to, the nearest deadline first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.gaps import LACKS, Gap, Worth, add_up


@dataclass(frozen=True)
class Urgent:
    """An edition with its gaps that are due on a day. lacking: how many by key of LACKS, none of 0."""

    edition_id: str
    title: str
    title_va: str
    due_on: date
    lacking: dict[str, int]
    worth: Worth

    def title_in(self, language: str) -> str:
        return self.title_va if language == "va" else self.title


def most_urgent(gaps: Sequence[Gap], most: int) -> list[Urgent]:
    """Those whose deadline passed or comes first, of one day those with the most worth; never a person."""
    editions: dict[tuple[date, str], list[Gap]] = {}
    for gap in gaps:
        if gap.due_on is not None:
            editions.setdefault((gap.due_on, gap.edition_id), []).append(gap)
    return sorted((_add(due_on, found) for (due_on, _), found in editions.items()), key=_rank)[:most]


def _add(due_on: date, found: Sequence[Gap]) -> Urgent:
    lacking = {key: sum(gap.lacks_any([key]) for gap in found) for key in LACKS}
    first = found[0]
    return Urgent(
        first.edition_id, first.title, first.title_va, due_on,
        {key: number for key, number in lacking.items() if number}, add_up(found),
    )


def _rank(one: Urgent) -> tuple:
    return (one.due_on, one.worth.rank, one.edition_id)
