"""Changes: what became of the figures from one load to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.measure import Measure, Number, measure
from analytics.metrics import METRICS, Metric
from analytics.snapshot import Snapshot
from analytics.table import Column, Table
from analytics.words import Words
from etl.builds import Build, list_builds

# What a reader asks about after a load: the targets, the commitments, and the sizes behind them.
HEADLINES = (
    "courses_certified", "credentials_issued_eligible", "learners_certified_eligible", "courses_offered",
    "editions_offered", "enrolments", "learners", "entries", "online_share", "upv_academic_hours_share",
    "discount_uptake", "reduction_supported",
)


@dataclass(frozen=True)
class Change:
    """A metric in the previous load and in the current one."""

    then: Measure
    now: Measure

    @property
    def metric(self) -> Metric:
        return self.now.metric

    @property
    def difference(self) -> Number | None:
        """Now less then, in the unit of the metric; None when either is unknown."""
        if self.then.value is None or self.now.value is None:
            return None
        return self.now.value - self.then.value


def changes(previous: Snapshot, current: Snapshot, keys: Sequence[str] = HEADLINES) -> list[Change]:
    """Each metric on both snapshots, in the order given. Each at its own cut-off, so rows and days both tell."""
    metrics = [METRICS[key] for key in keys]
    both = zip(measure(previous, metrics), measure(current, metrics), strict=True)
    return [Change(then, now) for then, now in both]


def previous_build(builds_folder: Path, current: Build) -> Build | None:
    """The newest whole build that was published before this one; None when it is the first that is kept."""
    earlier = (build for build in list_builds(builds_folder) if build.sequence < current.sequence)
    return next((build for build in earlier if not build.degraded), None)


def tabulate_changes(says: Words, found: Sequence[Change], headings: Sequence[str]) -> Table:
    """A row a figure under four headings: its name, then, now and the difference."""
    rows = [(says.metric(each.metric.key), *_values(says, each)) for each in found]
    name, *numbers = headings
    return Table((Column(name), *(Column(heading, "figure") for heading in numbers)), rows)


def _values(says: Words, change: Change) -> tuple[str, str, str]:
    unit = change.metric.unit
    difference = tell_difference(says, change.difference, unit)
    return says.show(change.then.value, unit), says.show(change.now.value, unit), difference


def tell_difference(says: Words, difference: Number | None, unit: str) -> str:
    """+12, −1,7 puntos, or = when nothing changed."""
    if difference is None:
        return says("table.unknown")
    if not difference:
        return "="
    sign = "+" if difference > 0 else "−"
    size = abs(difference)
    if unit == "share":
        points = says.points(size)
        return says("changes.hardly") if points == "0" else f"{sign}{says('changes.points', points=points)}"
    return f"{sign}{says.show(size, unit)}"
