"""The passport of a metric under filters, and of a code whose section alone is worked out."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.filters import EVERYTHING, Filters
from analytics.metrics import METRICS
from analytics.periods import HalfYear
from analytics.snapshot import take_snapshot
from analytics.words import words
from etl.builds import current_build
from reports.figures import code_of
from reports.pack import make_pack
from reports.passport import NoSuchFigure, explain, explain_code, explain_metric

PERIOD, DAY = HalfYear(2025, 2), date(2026, 1, 15)
SAYS = words("es")


@pytest.fixture(scope="module")
def snapshot(sample_builds):
    return take_snapshot(current_build(sample_builds), DAY)


@pytest.mark.parametrize("filters", [
    EVERYTHING, Filters.of({"campus": ["Vera"]}), Filters.of({"gender": ["woman"]}),
    Filters.of({}, excluded={"delivery": ["blended"]}).within(date(2025, 10, 1), date(2025, 12, 31)),
])
@pytest.mark.parametrize("key", METRICS)
def test_every_metric_is_counted_again_under_any_filters(key, filters, snapshot):
    found = explain_metric(snapshot, METRICS[key], filters, PERIOD, SAYS)
    assert found.counted_again == found.figure.value
    assert found.label == SAYS.metric(key)


def test_the_rows_of_a_share_are_those_counted_and_those_it_is_out_of(snapshot):
    found = explain_metric(snapshot, METRICS["online_share"], Filters.of({"campus": ["Vera"]}), PERIOD, SAYS)
    assert found.figure.value == Decimal(len(found.rows)) / Decimal(len(found.whole))
    assert set(found.rows) < set(found.whole)
    assert {row.file_name for row in found.whole} == {"catalogo_microcredenciales.csv"}


@pytest.mark.parametrize(
    "code",
    [code_of(1, "reached/courses_certified"), code_of(3, "ci10_half_year_participants_persons/total"),
     f"{code_of(2, 'funnel/entries')}.persons"],
)
def test_a_code_is_explained_from_its_section_as_from_the_whole_pack(code, snapshot, sample_builds):
    pack = make_pack(sample_builds, PERIOD, DAY, "es", "restricted", "borrador")
    alone = explain_code(sample_builds, snapshot, PERIOD, code, SAYS)
    assert [one.to_plain() for one in alone] == [one.to_plain() for one in explain(pack, snapshot, code, SAYS)]
    assert alone[0].label != alone[0].figure.key


@pytest.mark.parametrize("code", ["", "1", "x-ABCDEFG", "13-ABCDEFG", "²-ABCDEFG", "1-XXXXXXX", "0-XXXXXXX", "10-ABC"])
def test_what_is_no_code_is_refused(code, snapshot, sample_builds):
    with pytest.raises(NoSuchFigure):
        explain_code(sample_builds, snapshot, PERIOD, code, SAYS)
