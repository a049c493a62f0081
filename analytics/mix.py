"""The delivery mix: the declared 60/40 counted on several bases and through time."""

from datetime import date
from decimal import ROUND_CEILING, Decimal

from analytics.dimensions import DELIVERY_GROUPS
from analytics.filters import EVERYTHING, Filters
from analytics.measure import Measure
from analytics.metrics import METRICS
from analytics.series import series
from analytics.shares import Share, share_out
from analytics.snapshot import Snapshot

BASES = {
    "editions": "editions_offered",
    "places": "places_offered",
    "enrolments": "enrolments",
    "ects": "ects_offered",
}


def online_mix(snapshot: Snapshot, filters: Filters = EVERYTHING) -> dict[str, list[Share]]:
    """Each basis shared out among online, face-to-face and blended, in that order."""
    return {basis: share_out(snapshot, METRICS[key], "delivery_group", filters) for basis, key in BASES.items()}


def online_by_month(snapshot: Snapshot, filters: Filters = EVERYTHING) -> dict[date, list[Share]]:
    """The editions that start in each month, shared out among online, face-to-face and blended."""
    found = series(snapshot, METRICS["editions_offered"], "month", filters, by="delivery_group")
    months = {}
    for position, month in enumerate(found.points):
        amounts = [found.values[group][position] if group in found.values else 0 for group in DELIVERY_GROUPS]
        months[month] = [
            Share(group, amount, sum(amounts)) for group, amount in zip(DELIVERY_GROUPS, amounts, strict=True)
        ]
    return months


def online_needed(online: Measure, target: Decimal) -> int | None:
    """How many of the editions offered would have to be online to reach the target; None when it is reached."""
    if online.value is None or online.value >= target:
        return None
    return int((target * online.denominator).to_integral_value(ROUND_CEILING))
