"""Commitments: every target with its value and whether it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from analytics.filters import EVERYTHING, Filters
from analytics.measure import Measure, measure
from analytics.metrics import METRICS
from analytics.series import Points
from analytics.snapshot import Snapshot
from analytics.targets import Pace, Status, Target, judge, pace, targets_of

WEEK = timedelta(days=7)
# The page that explains each commitment.
PAGES = {
    "online_share": "modality",
    "face_to_face_share": "modality",
    "upv_academic_hours_share": "teaching",
    "upv_majority_edition_share": "teaching",
    "courses_certified": "funding",
    "credentials_issued_eligible": "funding",
    "learners_certified_eligible": "funding",
}


@dataclass(frozen=True)
class Commitment:
    """A target, what it is at the cut-off, and where to read more."""

    target: Target
    measure: Measure
    status: Status
    pace: Pace | None

    @property
    def page(self) -> str:
        return PAGES[self.target.key]


def commitments(
    snapshot: Snapshot, filters: Filters = EVERYTHING, held: Mapping[str, Target] | None = None
) -> list[Commitment]:
    """Every target in the order of data/reference/targets.toml, judged at the cut-off. held: else those in force."""
    targets = list((targets_of(snapshot) if held is None else held).values())
    measures = measure(snapshot, [METRICS[target.metric] for target in targets], filters)
    return [_judge(snapshot, target, found) for target, found in zip(targets, measures, strict=True)]


def _judge(snapshot: Snapshot, target: Target, found: Measure) -> Commitment:
    is_paced = target.kind == "by_deadline" and found.value is not None
    return Commitment(
        target, found, judge(target, found.value, snapshot.as_of),
        pace(target, found.value, snapshot.as_of) if is_paced else None,
    )


@dataclass(frozen=True)
class EvenPace:
    """The value that an even pace would have, week by week, from the start of a target to its deadline."""

    target: Target
    points: list[date]
    values: list[Decimal]

    def at(self, day: date) -> Decimal:
        """The value of an even pace on a day."""
        return pace(self.target, 0, day).expected

    def week_of(self, day: date) -> date:
        """The point of the week in which a day falls; the first or last one for a day outside."""
        return max([point for point in self.points if point <= day], default=self.points[0])

    @property
    def month_starts(self) -> list[date]:
        """The first week of every month, for an axis."""
        months = [day.replace(day=1) for day in self.points]
        before = [None, *months[:-1]]
        return [day for day, month, last in zip(self.points, months, before, strict=True) if month != last]


def even_pace(target: Target, reached: Points) -> EvenPace:
    """The even pace of a target over the weeks of a series and on to the deadline; each week at its last day."""
    points = list(reached.points)
    while points[0] > target.starts_on:
        points.insert(0, points[0] - WEEK)
    while points[-1] + WEEK <= target.due_on:
        points.append(points[-1] + WEEK)
    return EvenPace(target, points, [pace(target, 0, day + WEEK - timedelta(days=1)).expected for day in points])
