"""The evidence worklist: every gap, in the order that a reader wants, and what the gaps of each centre are worth."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from analytics.edition_gaps import list_edition_gaps
from analytics.enrolment_gaps import GAPS, list_enrolment_gaps
from analytics.filters import EVERYTHING, Filters
from analytics.gaps import LACKS, NOTHING, SORTS, Deadlines, Gap, Worth, add_up
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


@dataclass(frozen=True)
class Worklist:
    """Every gap, the most worth first, and what they add when all are mended, and those that are certain.

    lacking, adding: how many gaps lack each key of LACKS, and are worth something of each part of a Worth; none of 0.
    centres: the centre with the most worth first.
    """

    gaps: list[Gap]
    worth: Worth
    certain: Worth
    lacking: dict[str, int]
    adding: dict[str, int]
    centres: list[CentreGaps]

    def narrow(self, lacks: Sequence[str], parts: Sequence[str], order: str) -> tuple[list[Gap], Worth]:
        """The gaps that lack and add any of these, all when none is said, in an order of SORTS; and their worth."""
        if not lacks and not parts:
            return (self.gaps if order == "worth" else sort_gaps(self.gaps, order)), self.worth
        found = [
            gap for gap in self.gaps
            if (not lacks or gap.lacks_any(lacks)) and (not parts or gap.adds_to_any(parts))
        ]
        return sort_gaps(found, order), add_up(found)


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


def make_worklist(snapshot: Snapshot, deadlines: Deadlines, filters: Filters = EVERYTHING) -> Worklist:
    """The worklist of what the filters leave; that of everything is made only once a snapshot."""
    def make() -> Worklist:
        gaps = find_gaps(snapshot, deadlines, filters)
        lacking = {key: sum(gap.lacks_any([key]) for gap in gaps) for key in LACKS}
        adding = {part.name: sum(gap.adds_to_any([part.name]) for gap in gaps) for part in fields(Worth)}
        return Worklist(
            gaps, add_up(gaps), add_up([gap for gap in gaps if gap.is_certain]),
            {key: number for key, number in lacking.items() if number},
            {part: number for part, number in adding.items() if number}, group_by_centre(gaps),
        )

    return snapshot.once(("worklist", deadlines), make) if filters == EVERYTHING else make()


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
