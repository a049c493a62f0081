"""The rows behind a number are exactly those that it counts: worked out again from the rows themselves."""

from decimal import Decimal
from itertools import groupby

import pytest

from analytics.counted import count_files, count_rows, counted_rows, list_rows
from analytics.dimensions import EXPLORED
from analytics.filters import EVERYTHING, Filters
from analytics.measure import measure, measure_one
from analytics.metrics import METRICS
from analytics.periods import HalfYear
from analytics.snapshot import default_cut_off, take_snapshot
from analytics.trace import trace_filtered
from etl.builds import current_build

# How each number that is not simply the count of its rows comes from them.
SUMMED = {
    "places_offered": "places", "ects_offered": "ects", "hours_offered": "hours", "ects_accredited": "ects",
    "missed_discount_amount": "supported_reduction_eur", "undue_discount_amount": "applied_reduction_eur",
    "gross_fees": "base_price_eur", "reduction_granted": "applied_reduction_eur",
    "upv_academic_hours_share": "hours", "external_hours_share": "hours",
}
DIFFERENT = {
    "learners": "person_key", "entrants": "person_key", "learners_certified_eligible": "person_key",
    "ci10_participants": "person_key", "ci10_digital_participants": "person_key", "teachers": "teacher_key",
    "courses_offered": "course", "courses_certified": "course", "endorsed_course_share": "course",
}
OWN = {
    "wrong_discount_amount": lambda row: row["applied_reduction_eur"] - row["supported_reduction_eur"],
    "reduction_supported": lambda row: min(row["applied_reduction_eur"], row["supported_reduction_eur"]),
    "net_fees": lambda row: (row["base_price_eur"] or 0) - (row["applied_reduction_eur"] or 0),
}


@pytest.fixture(scope="module")
def snapshot(sample_builds):
    build = current_build(sample_builds)
    return take_snapshot(build, default_cut_off(build))


def work_out(key: str, rows: list[dict]) -> Decimal | int:
    """The number, from its rows alone."""
    if key == "stacking_learners":
        people = sorted(row["person_key"] for row in rows)
        sizes = [len(list(same)) for _, same in groupby(people)]
        assert all(size >= 2 for size in sizes)
        return len(sizes)
    if key in DIFFERENT:
        column = DIFFERENT[key]
        return len({row["edition_id"].rpartition("/")[0] if column == "course" else row[column] for row in rows})
    if key in OWN:
        return sum(OWN[key](row) for row in rows)
    return sum(row[SUMMED[key]] or 0 for row in rows) if key in SUMMED else len(rows)


def check(snapshot, key: str, filters: Filters, numerator, denominator) -> None:
    trace = trace_filtered(METRICS[key], filters, HalfYear.of(snapshot.as_of))
    lists = [list_rows(snapshot, counted) for counted in counted_rows(trace)]
    if key == "enrolments_per_teacher":
        assert sum(row["enrolments"] for row in lists[0]) == numerator
        assert len({row["teacher_key"] for row in lists[1]}) == denominator
    elif key == "fill_rate":
        assert sum(row["enrolments"] for row in lists[0]) == numerator
        assert sum(row["places"] for row in lists[0]) == denominator
    elif denominator is None:
        assert work_out(key, lists[0]) == (numerator or 0)
    else:
        assert work_out(key, [row for row in lists[0] if row["side"] != "denominator"]) == numerator
        assert work_out(key, [row for row in lists[0] if row["side"] != "numerator"]) == denominator


@pytest.mark.parametrize("key", METRICS)
def test_every_number_is_that_of_its_rows_in_groups_of_every_dimension(key, snapshot):
    metric, half = METRICS[key], HalfYear.of(snapshot.as_of)
    whole = measure_one(snapshot, metric, EVERYTHING, half)
    check(snapshot, key, EVERYTHING, whole.numerator, whole.denominator)
    for dimension in (dimension for dimension in metric.dimensions if dimension in EXPLORED):
        groups = measure(snapshot, [metric], EVERYTHING, [dimension], half)
        groups.sort(key=lambda found: found.numerator or 0)
        for found in groups[:1] + groups[1:][-1:]:  # the smallest and the largest
            check(snapshot, key, EVERYTHING.also(dimension, found.group[0]), found.numerator, found.denominator)


def test_the_first_rows_are_a_few_and_the_counts_are_of_all(snapshot):
    [counted] = counted_rows(trace_filtered(METRICS["enrolments"], EVERYTHING, HalfYear.of(snapshot.as_of)))
    every = list_rows(snapshot, counted)
    assert list_rows(snapshot, counted, 60) == every[:60]
    assert count_rows(snapshot, counted) == {None: len(every)}
    assert sum(rows for _, _, rows in count_files(snapshot, counted)) == len(every)
    assert all(row["file_name"] and row["line"] > 1 and row["row_key"].endswith(f"-{row['line']}") for row in every)
