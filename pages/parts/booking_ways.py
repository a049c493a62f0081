"""The ways from booking curves to their rows: the enrolments that were in so many days before a start."""

from datetime import timedelta

from analytics.lead import OPEN
from analytics.metrics import Metric
from analytics.series import AFTER_THE_START, Points
from pages.parts.frame import View
from pages.parts.timeline import WayOf
from pages.parts.ways import ways_of


def lead_bookings(view: View, metric: Metric, split: str | None, points: Points) -> WayOf:
    """Of all the enrolments of the editions that have started, those that were in by the day of the point."""
    way, filters = ways_of(metric.key), view.filters.within(None, None)
    started = ("starts_by", view.snapshot.as_of.isoformat())

    def way_of(group: str, place: int, side: str = "") -> str:
        held = (started, *(((split, group),) if split else ()))
        booked = ("booked_before", str(-points.points[place]))
        if side == "denominator":
            return way(filters, *held)
        is_later = points.points[place] >= AFTER_THE_START
        return way(filters, *held, *(() if is_later else (booked,))) if side else way(filters, *held, part=booked)

    return way_of


def lead_leads(view: View, metric: Metric, points: Points) -> WayOf:
    """Enrolments by the day of the point, for each edition that has started, or that has reached it without starting.

    An edition to come is at the point when its start is no more days away.
    """
    way, filters, as_of = ways_of(metric.key), view.filters.within(None, None), view.snapshot.as_of

    def way_of(group: str, place: int, side: str = "") -> str:
        left = -points.points[place]
        held = (("starts_by", as_of.isoformat()),)
        if group == OPEN:
            held = ("starts_after", as_of.isoformat()), ("starts_by", (as_of + timedelta(days=left)).isoformat())
        return way(filters, *held, ("booked_before", str(left)), side="per_edition")

    return way_of
