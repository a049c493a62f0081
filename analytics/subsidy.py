"""Subsidy: the reductions granted, and the part of them that the right to a reduction supports."""

from dataclasses import dataclass

from analytics.filters import EVERYTHING, Filters
from analytics.measure import Measure, Number, measure
from analytics.metrics import METRICS
from analytics.snapshot import Snapshot

KEYS = ("enrolments", "reduction_granted", "reduction_supported", "undue_discount_amount", "net_fees")


@dataclass(frozen=True)
class Subsidy:
    """Reductions in EUR of one course, or of all ("").

    granted = supported + not_supported, and not_supported = undue + overpaid, to the cent.
    """

    course: str
    enrolments: Number | None
    granted: Number | None
    supported: Number | None
    undue: Number | None
    net_fees: Number | None

    @property
    def not_supported(self) -> Number | None:
        """What was granted to people who were not eligible, and what eligible people got beyond their 70 %."""
        return _less(self.granted, self.supported)

    @property
    def overpaid(self) -> Number | None:
        """What eligible people got beyond their 70 %."""
        return _less(self.not_supported, self.undue)


def subsidy(snapshot: Snapshot, filters: Filters = EVERYTHING) -> Subsidy:
    """The reductions of all the enrolments that the filters leave."""
    return _to_subsidy("", measure(snapshot, [METRICS[key] for key in KEYS], filters))


def subsidy_by_course(snapshot: Snapshot, filters: Filters = EVERYTHING) -> list[Subsidy]:
    """The same for each course with enrolments, the largest reductions first."""
    by_course: dict[str, list[Measure]] = {}
    for found in measure(snapshot, [METRICS[key] for key in KEYS], filters, ["course"]):
        by_course.setdefault(found.group[0], []).append(found)
    every = (_to_subsidy(course, measures) for course, measures in by_course.items())
    return sorted((one for one in every if one.enrolments), key=lambda one: (-(one.granted or 0), one.course))


def _to_subsidy(course: str, measures: list[Measure]) -> Subsidy:
    return Subsidy(course, *(found.value for found in measures))


def _less(whole: Number | None, part: Number | None) -> Number | None:
    return None if whole is None or part is None else whole - part
