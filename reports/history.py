"""What became of the figures of an issued pack: then and now, and how much of the difference is due to what."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.changes import HEADLINES
from analytics.measure import Number, measure
from analytics.metrics import METRICS, Metric
from analytics.periods import HalfYear
from analytics.snapshot import Snapshot
from reports.followed import follow
from reports.writing import Earlier

KEYS = (*HEADLINES, *(key for key in METRICS if key not in HEADLINES))
COMPONENTS = ("new_rows", "events", "late", "rules")


@dataclass(frozen=True)
class Change:
    """now - then = new_rows + events + late + rules, exactly; the parts are None without the build of then.

    new_rows: rows that the earlier load did not have. events: what happened after the earlier cut-off to rows it had.
    late: rows it had that say something else today of before the earlier cut-off. rules: the same rows counted by other
    rules or definitions.
    """

    metric: Metric
    then: Number | None
    now: Number | None
    new_rows: Number | None = None
    events: Number | None = None
    late: Number | None = None
    rules: Number | None = None

    @property
    def difference(self) -> Number | None:
        return _less(self.now, self.then)


def compare(
    snapshot: Snapshot, period: HalfYear, earlier: Earlier, keys: Sequence[str] = KEYS,
    followed: tuple[Snapshot, Snapshot] | None = None,
) -> list[Change]:
    """Each figure of the earlier pack and of today. Indicator 10 is that of the earlier pack's half-year in both:
    a correction of a period that was reported shows as such. followed: the rows of then, when they were found already.
    """
    metrics = [METRICS[key] for key in keys]
    then = {key: read_value(earlier.manifest, key) for key in keys}
    now = _values(snapshot, metrics, earlier.period)
    if earlier.snapshot is None:
        return [Change(METRICS[key], then[key], now[key]) for key in keys]
    again = _values(earlier.snapshot, metrics, earlier.period)
    same_rows, old_rows = (
        _values(one, metrics, earlier.period) for one in followed or follow(snapshot, earlier.snapshot)
    )
    return [
        Change(
            METRICS[key], then[key], now[key], _less(now[key], old_rows[key]), _less(old_rows[key], same_rows[key]),
            _less(same_rows[key], again[key]), _less(again[key], then[key]),
        )
        for key in keys
    ]


def read_value(manifest: dict, key: str) -> Number | None:
    """An indicator of a manifest, exact; None when it was unknown or is newer than the manifest."""
    found = manifest["indicators"].get(key)
    if found is None or found["value"] is None:
        return None
    if METRICS[key].denominator:
        return Decimal(str(found["numerator"])) / Decimal(str(found["denominator"]))
    value = found["value"]
    return value if isinstance(value, int) else Decimal(str(value))


def _values(snapshot: Snapshot, metrics: Sequence[Metric], period: HalfYear) -> dict[str, Number | None]:
    return {one.metric.key: one.value for one in measure(snapshot, metrics, period=period)}


def _less(here: Number | None, there: Number | None) -> Number | None:
    return None if here is None or there is None else here - there
