"""Staffing: who teaches each edition, and which editions fall short of the half by UPV academics."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.dimensions import STAFF_TYPES
from analytics.filters import EVERYTHING, Filters
from analytics.measure import Measure, measure
from analytics.metrics import METRICS, Metric
from analytics.reasons import Reason
from analytics.shares import Share, share_out_groups
from analytics.snapshot import Snapshot

# The whole that the shares of hours are of: the same hours, said as an amount.
TEACHING_HOURS = Metric("teaching_hours", "teaching", "hours", METRICS["upv_academic_hours_share"].denominator)


@dataclass(frozen=True)
class EditionStaff:
    """Who teaches an edition. hours: known hours by staff type; untimed: teachers some of whose hours are unknown."""

    edition_id: str
    title: str
    title_va: str
    starts_on: date
    teachers: int
    untimed: int
    hours: dict[str, Decimal]

    @property
    def known_hours(self) -> Decimal:
        return sum(self.hours.values(), Decimal(0))

    @property
    def upv_academic_hours(self) -> Decimal:
        return self.hours["upv_academic"]

    @property
    def parts(self) -> list[Share]:
        """The share of each staff type; unknown without known hours."""
        return [Share(kind, self.hours[kind], self.known_hours) for kind in STAFF_TYPES]

    @property
    def upv_academic_share(self) -> Decimal | None:
        return self.parts[0].share

    @property
    def is_below_half(self) -> bool:
        return self.upv_academic_hours * 2 < self.known_hours

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why somebody has to look at it; empty when nobody has to."""
        found = (self._below_half(),) if self.is_below_half else ()
        counts = {"untimed": (self.untimed, "count"), "teachers": (self.teachers, "count")}
        if not self.teachers:
            return (*found, Reason("no_teachers"))
        if not self.known_hours:
            return (*found, Reason("no_hours", counts))
        return (*found, Reason("unknown_hours", counts)) if self.untimed else found

    def _below_half(self) -> Reason:
        return Reason("below_half", {
            "upv": (self.upv_academic_hours, "hours"), "known": (self.known_hours, "hours"),
            "share": (self.upv_academic_share, "share"),
        })

    def title_in(self, language: str) -> str:
        return self.title_va if language == "va" else self.title


def staff_of_editions(snapshot: Snapshot, filters: Filters = EVERYTHING) -> list[EditionStaff]:
    """Every offered edition, the smallest share of UPV academics first, after those whose share is unknown."""
    condition, values = filters.where("edition")
    found = snapshot.rows(
        f"""
        with timed as (
            select edition_id, count(distinct teacher_key) filter (where hours is null) as untimed
            from teaching group by edition_id
        )
        select edition_id, title, title_va, starts_on, teachers, coalesce(untimed, 0) as untimed,
            {", ".join(f"{kind}_hours" for kind in STAFF_TYPES)}
        from edition left join timed using (edition_id)
        where is_offered and {condition}
        """,
        **values,
    )
    return sorted((_to_staff(row) for row in found), key=_position)


def _to_staff(row: dict) -> EditionStaff:
    hours = {kind: row.pop(f"{kind}_hours") or Decimal(0) for kind in STAFF_TYPES}
    return EditionStaff(hours=hours, **row)


def _position(edition: EditionStaff) -> tuple[Decimal, Decimal, str]:
    share = edition.upv_academic_share
    return (Decimal(-1) if share is None else share, -edition.known_hours, edition.edition_id)


def staff_types_by(snapshot: Snapshot, dimension: str, filters: Filters = EVERYTHING) -> dict[str, list[Share]]:
    """The known hours of each group shared out among the staff types, the smallest share of UPV academics first."""
    groups = share_out_groups(snapshot, TEACHING_HOURS, "staff_type", dimension, filters)
    known = {group: parts for group, parts in groups.items() if parts[0].whole}
    return dict(sorted(known.items(), key=lambda pair: (pair[1][0].share, pair[0])))


def learners_per_teacher(snapshot: Snapshot, filters: Filters = EVERYTHING) -> list[Measure]:
    """Enrolments per teacher in each centre that has teachers, the most first."""
    measures = measure(snapshot, [METRICS["enrolments_per_teacher"]], filters, ["centre"])
    known = [one for one in measures if one.value is not None]
    return sorted(known, key=lambda one: (-one.value, one.group))
