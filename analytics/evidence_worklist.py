"""The evidence worklist: every gap, in the order that a reader wants, and what the gaps of each centre are worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.edition_gaps import list_edition_gaps
from analytics.enrolment_gaps import GAPS, list_enrolment_gaps
from analytics.filters import EVERYTHING, Filters
from analytics.gaps import NOTHING, SORTS, Deadlines, Gap, Worth, add_up
from analytics.measure import Number, measure
from analytics.metrics import METRICS, Metric
from analytics.proof_gaps import ask_unproven, list_proof_gaps
from analytics.rejected_gaps import ask_rejected, list_rejected_gaps
from analytics.snapshot import Snapshot


@dataclass(frozen=True)
class CentreGaps:
    """The gaps of one centre in their order, and what they add to the programme when all of them are mended."""

    centre: str
    gaps: tuple[Gap, ...]
    worth: Worth


# The figure that each part of a worth is added to.
METRIC_OF = {
    "credentials": "credentials_issued_eligible", "courses": "courses_certified",
    "learners": "learners_certified_eligible", "euros": "reduction_supported",
}


@dataclass(frozen=True)
class Prospect:
    """A figure of the whole programme now, None when unknown, and what would be added to it."""

    metric: Metric
    now: Number | None
    more: Number

    @property
    def after(self) -> Number | None:
        return None if self.now is None else self.now + self.more


def look_ahead(snapshot: Snapshot, worth: Worth) -> list[Prospect]:
    """The figures of METRIC_OF with what a worth adds to each."""
    found = measure(snapshot, [METRICS[key] for key in METRIC_OF.values()])
    return [Prospect(one.metric, one.value, getattr(worth, part)) for part, one in zip(METRIC_OF, found, strict=True)]


def find_gaps(snapshot: Snapshot, deadlines: Deadlines, filters: Filters = EVERYTHING) -> list[Gap]:
    """Every gap of the editions and learners that the filters leave, the most worth first.

    The worth is towards the whole programme: a course that somebody outside the filters has opened is open.
    """
    lists = (list_enrolment_gaps, list_edition_gaps, list_rejected_gaps, list_proof_gaps)
    return sort_gaps([gap for find in lists for gap in find(snapshot, deadlines, filters)], "worth")


def count_gaps_of_enrolments(snapshot: Snapshot, filters: Filters = EVERYTHING) -> tuple[int, Decimal]:
    """How many gaps are of enrolments, of rejected rows and of credentials without proof, and their euros: without
    making a list of them."""
    condition, values = filters.where("enrolment")
    found = [snapshot.rows(
        f"select count(*) as gaps, coalesce(sum(euros), 0) as euros from ({GAPS.format(condition=condition)})",
        as_of=snapshot.as_of, **values,
    )[0]]
    for ask in (ask_unproven, ask_rejected):
        sql, bound = ask(snapshot, filters)
        found += snapshot.rows(f"select count(*) as gaps, 0 as euros from ({sql})", **bound)
    return sum(one["gaps"] for one in found), sum((Decimal(one["euros"]) for one in found), NOTHING)


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
