"""The evidence worklist: every gap, in the order that a reader wants, and what the gaps of each centre are worth."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.edition_gaps import list_edition_gaps
from analytics.enrolment_gaps import list_enrolment_gaps
from analytics.filters import EVERYTHING, Filters
from analytics.gaps import SORTS, Deadlines, Gap, Worth, add_up
from analytics.snapshot import Snapshot


@dataclass(frozen=True)
class CentreGaps:
    """The gaps of one centre in their order, and what they add to the programme when all of them are mended."""

    centre: str
    gaps: tuple[Gap, ...]
    worth: Worth


def find_gaps(snapshot: Snapshot, deadlines: Deadlines, filters: Filters = EVERYTHING) -> list[Gap]:
    """Every gap of the editions and learners that the filters leave, the most worth first.

    The worth is towards the whole programme: a course that somebody outside the filters has opened is open.
    """
    found = list_enrolment_gaps(snapshot, deadlines, filters) + list_edition_gaps(snapshot, deadlines, filters)
    return sort_gaps(found, "worth")


def sort_gaps(gaps: Sequence[Gap], by: str) -> list[Gap]:
    """In one of the orders of SORTS."""
    return sorted(gaps, key=SORTS[by])


def group_by_centre(gaps: Sequence[Gap]) -> list[CentreGaps]:
    """The gaps of each centre in the order given, the centre with the most worth first."""
    centres: dict[str, list[Gap]] = {}
    for gap in gaps:
        centres.setdefault(gap.centre, []).append(gap)
    grouped = [CentreGaps(centre, tuple(found), add_up(found)) for centre, found in centres.items()]
    return sorted(grouped, key=lambda one: (one.worth.rank[1:], one.worth.rank, one.centre))
