"""What to act on: how many cases wait for somebody, what they are worth, and on which page they are listed."""

from dataclasses import dataclass
from decimal import Decimal

from analytics.evidence_worklist import count_gaps_of_enrolments
from analytics.filters import EVERYTHING, Filters
from analytics.measure import measure
from analytics.metrics import METRICS
from analytics.snapshot import Snapshot

DISCOUNTS = {
    "missed_discounts": "missed_discount_amount",
    "undue_discounts": "undue_discount_amount",
    "wrong_discounts": "wrong_discount_amount",
}
REJECTED, UNPROVEN = "rows_rejected", "still_to_prove"


@dataclass(frozen=True)
class Matter:
    """Cases of one kind. `amount`: the euros at stake, None where money is not the point."""

    key: str
    cases: int
    page: str
    amount: Decimal | None = None


def matters(snapshot: Snapshot, filters: Filters = EVERYTHING) -> list[Matter]:
    """The kinds that have cases, those with money first."""
    every = [
        *_discounts(snapshot, filters), _unproven(snapshot, filters), *_offer(snapshot, filters), *_data(snapshot),
    ]
    return [matter for matter in every if matter.cases]


def _discounts(snapshot: Snapshot, filters: Filters) -> list[Matter]:
    keys = [key for pair in DISCOUNTS.items() for key in pair]
    values = {found.metric.key: found.value for found in measure(snapshot, [METRICS[key] for key in keys], filters)}
    return [
        Matter(key, values[key] or 0, "discount", abs(values[amount] or Decimal(0)))
        for key, amount in DISCOUNTS.items()
    ]


def _unproven(snapshot: Snapshot, filters: Filters) -> Matter:
    """Enrolments that would count, or be proved; editions and courses are matters of their own."""
    def find() -> Matter:
        cases, euros = count_gaps_of_enrolments(snapshot, filters)
        return Matter(UNPROVEN, cases, "evidence", euros or None)

    return snapshot.once((UNPROVEN,), find) if filters == EVERYTHING else find()


def _offer(snapshot: Snapshot, filters: Filters) -> list[Matter]:
    keys = ("upv_majority_edition_share", "editions_offered", "endorsed_course_share")
    majority, editions, endorsed = measure(snapshot, [METRICS[key] for key in keys], filters)
    kinds = []
    if snapshot.has("teaching"):
        kinds.append(Matter("editions_below_half", majority.denominator - majority.numerator, "teaching"))
        kinds.append(Matter("editions_without_hours", editions.value - majority.denominator, "teaching"))
    if snapshot.has("endorsements"):
        kinds.append(Matter("courses_without_endorsement", endorsed.denominator - endorsed.numerator, "catalogue"))
    return kinds


def _data(snapshot: Snapshot) -> list[Matter]:
    rejected = snapshot.rows("select coalesce(sum(rows_rejected), 0)::integer as rows from loaded.source_file")
    return [Matter(REJECTED, rejected[0]["rows"], "data_quality")]
