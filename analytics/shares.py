"""Shares of a whole: how a count or a sum is made up by the values of a dimension."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.dimensions import DIMENSIONS
from analytics.filters import EVERYTHING, Filters
from analytics.measure import Number, measure
from analytics.metrics import Metric
from analytics.snapshot import Snapshot


@dataclass(frozen=True)
class Share:
    """One value's part of a whole. `share` is 0-1, None when the whole is 0 or unknown."""

    value: str
    amount: Number | None
    whole: Number | None

    @property
    def share(self) -> Decimal | None:
        if not self.whole or self.amount is None:
            return None
        return Decimal(self.amount) / Decimal(self.whole)


def share_out(
    snapshot: Snapshot, metric: Metric, dimension: str, filters: Filters = EVERYTHING
) -> list[Share]:
    """What each value of a dimension contributes to a count or sum that adds up; in its order, else largest first."""
    measures = measure(snapshot, [metric], filters, [dimension])
    known = [measured.value for measured in measures if measured.value is not None]
    whole = sum(known) if known else None
    found = {measured.group[0]: Share(measured.group[0], measured.value, whole) for measured in measures}
    order = DIMENSIONS[dimension].order
    if order:
        return [found.get(value, Share(value, 0 if whole is not None else None, whole)) for value in order]
    return sorted(found.values(), key=lambda part: (-(part.amount or 0), part.value))


def share_out_groups(
    snapshot: Snapshot, metric: Metric, dimension: str, by: str, filters: Filters = EVERYTHING
) -> dict[str, list[Share]]:
    """The same within each group of another dimension; groups with the largest whole first."""
    measures = measure(snapshot, [metric], filters, [by, dimension])
    groups: dict[str, dict[str, Number]] = {}
    for measured in measures:
        groups.setdefault(measured.group[0], {})[measured.group[1]] = measured.value or 0
    ordered = sorted(groups, key=lambda group: (-sum(groups[group].values()), group))
    return {group: _complete(groups[group], DIMENSIONS[dimension].order) for group in ordered}


def _complete(amounts: dict[str, Number], order: Sequence[str]) -> list[Share]:
    whole = sum(amounts.values())
    return [Share(value, amounts.get(value, 0), whole) for value in order or sorted(amounts)]
