"""Laws that hold for every metric of the registry, on the sample."""

from decimal import Decimal

import pytest

from analytics.dimensions import DIMENSIONS
from analytics.filters import EVERYTHING, Filters
from analytics.measure import measure, measure_one
from analytics.metrics import METRICS
from analytics.options import options
from reports.indicators import open_snapshot

# What a part of a whole can be split by without changing what is counted: CI10 has dimensions of its own rows.
SPLITS = [key for key in DIMENSIONS if not key.startswith("ci10_")]
PAIRS = [(key, by) for key, metric in METRICS.items() for by in SPLITS if by in metric.dimensions]
ADDITIVE = [
    (key, by) for key, by in PAIRS
    if METRICS[key].is_additive and METRICS[key].denominator is None
]
# These can be negative (less was applied than was due) or pass 1 (more enrolments than places).
SIGNED = {"wrong_discount_amount"}
UNBOUNDED = {"fill_rate"}


@pytest.fixture(scope="module")
def snapshot(sample_builds):
    return open_snapshot(sample_builds)


@pytest.mark.parametrize(("key", "by"), ADDITIVE)
def test_the_parts_of_a_count_add_up_to_its_total(snapshot, key, by):
    metric = METRICS[key]
    parts = [found.value or 0 for found in measure(snapshot, [metric], by=[by])]
    assert sum(parts) == measure_one(snapshot, metric).value


@pytest.mark.parametrize(("key", "by"), [pair for pair in PAIRS if METRICS[pair[0]].unit == "share"])
def test_a_share_lies_between_nothing_and_all(snapshot, key, by):
    for found in [*measure(snapshot, [METRICS[key]], by=[by]), measure_one(snapshot, METRICS[key])]:
        assert found.value is None or found.value >= 0
        assert found.value is None or found.value <= 1 or key in UNBOUNDED


@pytest.mark.parametrize("dimension", [key for key, found in DIMENSIONS.items() if found.is_filter])
def test_a_narrower_filter_never_counts_more(snapshot, dimension):
    counts = [metric for key, metric in METRICS.items() if metric.denominator is None and key not in SIGNED]
    whole = {found.metric.key: found.value for found in measure(snapshot, counts)}
    for value, _ in options(snapshot, dimension)[:6]:
        for found in measure(snapshot, counts, Filters.of({dimension: [value]})):
            assert (found.value or 0) <= whole[found.metric.key], (found.metric.key, value)


def test_nothing_has_no_ratio_and_counts_nothing(snapshot):
    nothing = Filters.of({"campus": ["no such campus"]})
    for found in measure(snapshot, list(METRICS.values()), nothing):
        assert found.value is None if found.metric.denominator else found.value == 0


@pytest.mark.parametrize("key", METRICS)
def test_a_metric_counts_what_its_tables_have(key):
    for dimension in METRICS[key].dimensions:
        assert DIMENSIONS[dimension].tables.issuperset(METRICS[key].tables)


def test_money_is_exact_decimal(snapshot):
    money = [metric for metric in METRICS.values() if metric.unit == "EUR"]
    for found in measure(snapshot, money):
        assert isinstance(found.value, Decimal)
        assert found.value == found.value.quantize(Decimal("0.01"))


def test_everything_is_the_same_as_no_filters(snapshot):
    every = list(METRICS.values())
    assert measure(snapshot, every) == measure(snapshot, every, EVERYTHING)
