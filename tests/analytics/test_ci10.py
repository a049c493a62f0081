"""Common indicator 10 by gender and age: cells that add up, unknown on its own, half-year beside cumulative."""

from datetime import date

import pytest

from analytics.ci10 import DIGITAL_ENTRIES, UpTo, grids, half_years
from analytics.dimensions import CI10_AGE_BANDS
from analytics.measure import measure_one
from analytics.metrics import METRICS
from analytics.periods import HalfYear
from tests.analytics.small_build import small_snapshot

SPRING = HalfYear(2026, 1)
AUTUMN = HalfYear(2025, 2)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """Ana enters in autumn at 29 and twice in spring at 30, once in a digital course; of Blai nothing is known."""
    ana = {"person_key": "ana", "gender": "woman", "born_on": date(1996, 1, 1)}
    blai = {"person_key": "blai", "gender": None, "born_on": None}
    return small_snapshot(
        tmp_path_factory.mktemp("ci10"),
        edition=[
            {"course_id": "100001", "starts_on": date(2025, 11, 3)},
            {"course_id": "100002", "starts_on": date(2026, 1, 12), "is_digital_skills": True},
            {"course_id": "100003", "starts_on": date(2026, 2, 2)},
            {"course_id": "100004", "starts_on": date(2026, 2, 2), "is_funded": False},
        ],
        enrolment=[
            ana | {"course_id": "100001"},
            ana | {"course_id": "100002"},
            ana | {"course_id": "100003"},
            ana | {"course_id": "100004"},
            blai | {"course_id": "100003"},
        ],
    )


def test_persons_count_once_and_entries_each_time(snapshot):
    found = grids(snapshot, SPRING)
    assert found["half_year", "participants", "persons"].total == 2  # Ana and Blai
    assert found["half_year", "participants", "entries"].total == 3  # Ana twice, Blai once; not the unfunded course
    assert found["half_year", "digital", "persons"].total == 1
    assert found["half_year", "digital", "entries"].total == 1


def test_a_person_counts_in_the_age_of_the_first_entry_of_the_scope(snapshot):
    found = grids(snapshot, SPRING)
    assert found["half_year", "participants", "persons"].cells["woman", "30_54"] == 1
    assert found["cumulative", "participants", "persons"].cells["woman", "18_29"] == 1  # 29 in autumn
    assert found["cumulative", "participants", "entries"].cells["woman", "18_29"] == 3


def test_unknown_gender_and_age_have_a_line_and_a_column_of_their_own(snapshot):
    found = grids(snapshot, SPRING)["half_year", "participants", "persons"]
    assert found.row("unknown") == [0, 0, 0, 0, 1, 1]
    assert found.totals == [0, 0, 1, 0, 1, 2]
    assert len(found.row("man")) == len(CI10_AGE_BANDS) + 1


def test_what_came_after_the_half_year_is_not_in_its_cumulative(snapshot):
    found = grids(snapshot, AUTUMN)
    assert found["cumulative", "participants", "persons"].total == 1
    assert found["cumulative", "participants", "entries"].total == 1


def test_the_cells_add_up_to_the_figure_of_the_registry(snapshot):
    for period in (SPRING, AUTUMN):
        found = grids(snapshot, period)
        for key, line, counted_as in (
            ("ci10_participants", "participants", "persons"),
            ("ci10_entries", "participants", "entries"),
            ("ci10_digital_participants", "digital", "persons"),
        ):
            whole = measure_one(snapshot, METRICS[key], period=period).value
            assert found["half_year", line, counted_as].total == whole
            whole = measure_one(snapshot, METRICS[key], period=UpTo(period.year, period.half)).value
            assert found["cumulative", line, counted_as].total == whole
    assert measure_one(snapshot, DIGITAL_ENTRIES, period=SPRING).value == 1


def test_the_half_years_go_from_the_first_entry_to_the_cut_off(snapshot, tmp_path):
    assert half_years(snapshot) == [SPRING, AUTUMN]
    assert half_years(small_snapshot(tmp_path, edition=[{}])) == [SPRING]


def test_without_enrolments_nothing_is_known(tmp_path):
    found = grids(small_snapshot(tmp_path, exports=("catalogue",), edition=[{}]), SPRING)
    assert found["half_year", "participants", "persons"].totals == [None] * 6
    assert found["cumulative", "digital", "entries"].row("woman") == [None] * 6
