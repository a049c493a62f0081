"""Tally: one query says what a query for each list and span would have said."""

from datetime import date

import pytest

from analytics.dimensions import EXPLORED
from analytics.filters import EVERYTHING, Filters
from analytics.measure import measure, measure_one
from analytics.metrics import METRICS
from analytics.series import DATED_METRICS
from analytics.tally import Span, tally
from reports.indicators import open_snapshot
from tests.analytics.small_build import small_snapshot

NOVEMBER = Span(date(2025, 11, 1), date(2025, 11, 30))
FILTERS = [
    EVERYTHING,
    Filters.of({"campus": ["Vera", "Alcoi"]}, excluded={"gender": ["man"]}),
    Filters.of({"delivery_group": ["online"]}, starts_from=date(2025, 10, 1)),
]


@pytest.fixture(scope="module")
def sample(sample_builds):
    return open_snapshot(sample_builds)


def same(one, other) -> bool:
    """A group without rows is not among the groups of measure()."""
    return (one.value or 0) == (other.value or 0) and (one.denominator or 0) == (other.denominator or 0)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("key", DATED_METRICS)
def test_every_list_and_span_is_what_a_measure_of_its_own_says(sample, key, filters):
    metric = METRICS[key]
    dimensions = [name for name in EXPLORED if name in metric.dimensions]
    counted = tally(sample, metric, filters, dimensions, {"all": Span(), "november": NOVEMBER})
    within = filters.within(NOVEMBER.first, NOVEMBER.last)
    for span, asked in (("all", filters), ("november", within)):
        assert same(counted.whole(span), measure_one(sample, metric, asked))
        for dimension in dimensions:
            for one in measure(sample, [metric], asked, [dimension]):
                assert same(counted.group(span, dimension, *one.group), one)
            if dimension in filters.dimensions:
                assert same(counted.whole(span, dimension), measure_one(sample, metric, asked.without(dimension)))
                for one in measure(sample, [metric], asked.without(dimension), [dimension]):
                    assert same(counted.group(span, dimension, *one.group, is_own=True), one)


def test_what_has_no_date_is_only_in_the_span_without_ends(tmp_path):
    enrolments = [{"enrolled_on": date(2025, 11, 5)}, {"enrolled_on": None}]
    snapshot = small_snapshot(tmp_path, edition=[{}], enrolment=enrolments)
    spans = {"all": Span(), "since": Span(date(2025, 1, 1), None), "until": Span(None, date(2026, 12, 31))}
    counted = tally(snapshot, METRICS["enrolments"], EVERYTHING, ["gender"], spans)
    assert [counted.whole(span).value for span in spans] == [2, 1, 1]
    assert counted.values("gender") == ["woman"]


def test_a_metric_whose_export_is_missing_is_unknown_in_every_group(tmp_path):
    snapshot = small_snapshot(tmp_path, exports=("catalogue",), edition=[{}])
    counted = tally(snapshot, METRICS["enrolments"], EVERYTHING, ["gender"], {"all": Span()})
    assert (counted.whole("all").value, counted.group("all", "gender", "woman").value) == (None, None)
