"""Lead: editions to come against what started ones had as many days before, worked by hand and counted a second way."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from analytics.filters import EVERYTHING, Filters
from analytics.lead import ALL, OPEN, STARTED, lead_curves, leads
from analytics.metrics import METRICS
from reports.indicators import open_snapshot
from tests.analytics.small_build import small_snapshot

ENROLMENTS = METRICS["enrolments"]
AS_OF = date(2026, 2, 15)
STARTS = {"S1": AS_OF - timedelta(60), "S2": AS_OF, "O1": AS_OF + timedelta(10), "O2": AS_OF + timedelta(30)}
# Days before the start on which each edition's enrolments were made
BOOKED = {"S1": [40, 12, 5], "S2": [31, 30, 9], "O1": [35, 11], "O2": [30]}


@pytest.fixture
def snapshot(tmp_path):
    editions = [
        {"course_id": name, "starts_on": day, "ends_on": None, "campus": "Alcoi" if name == "O2" else "Vera"}
        for name, day in STARTS.items()
    ]
    rows = [
        {"course_id": name, "enrolled_on": STARTS[name] - timedelta(days), "gender": "woman" if days > 20 else "man"}
        for name, booked in BOOKED.items() for days in booked
    ]
    return small_snapshot(tmp_path, edition=editions, enrolment=rows)


def test_an_edition_to_come_is_expected_to_have_what_started_ones_had_by_then(snapshot):
    found = leads(snapshot, ENROLMENTS, EVERYTHING, ["campus", "gender"])
    # With 10 days left S1 had 2 and S2 had 2: mean 2. With 30 left 1 and 2: mean 3/2.
    assert (found[ALL].booked, found[ALL].expected) == (3, Fraction(7, 2))
    assert (found[ALL].open_editions, found[ALL].started_editions) == (2, 2)
    assert (found["campus", "Vera"].booked, found["campus", "Vera"].expected) == (2, 2)


def test_a_group_without_a_started_edition_is_unknown(snapshot):
    alcoi = leads(snapshot, ENROLMENTS, EVERYTHING, ["campus"])["campus", "Alcoi"]
    assert (alcoi.booked, alcoi.expected) == (1, None)


def test_a_group_of_learners_is_looked_for_in_the_editions_of_everybody(snapshot):
    found = leads(snapshot, ENROLMENTS, EVERYTHING, ["gender"])
    # Women, made more than 20 days before: with 10 left 1 and 2, with 30 left 1 and 2, over two editions
    assert (found["gender", "woman"].booked, found["gender", "woman"].expected) == (2, 3)
    assert (found["gender", "man"].booked, found["gender", "man"].expected) == (1, Fraction(1, 2))


def test_the_curves_are_enrolments_for_each_edition_that_has_got_so_far(snapshot):
    curves = lead_curves(snapshot, ENROLMENTS, EVERYTHING)
    at = dict(zip(curves.points, zip(curves.values[OPEN], curves.values[STARTED], strict=True), strict=True))
    assert at[-30] == (Fraction(2, 2), Fraction(3, 2))  # both to come have got there: one each
    assert at[-10] == (2, 2)  # only O1 has
    assert at[0] == (None, 3)


def test_the_sample_agrees_with_a_count_edition_by_edition(sample_builds):
    snapshot = open_snapshot(sample_builds)
    asked = Filters.of({"delivery_group": ["online"]})
    editions = snapshot.rows("select edition_id, starts_on from edition where is_offered and delivery_group = 'online'")
    query = "select edition_id, days_before_start as days from enrolment where is_enrolment and enrolled_on is not null"
    rows = snapshot.rows(query)
    booked: dict[str, list[int]] = {}
    for row in rows:
        booked.setdefault(row["edition_id"], []).append(row["days"])
    started = [one["edition_id"] for one in editions if one["starts_on"] <= snapshot.as_of]
    left = {one["edition_id"]: (one["starts_on"] - snapshot.as_of).days for one in editions}
    to_come = [edition for edition, days in left.items() if days > 0]
    expected = sum(
        Fraction(sum(day >= left[edition] for other in started for day in booked.get(other, [])), len(started))
        for edition in to_come
    )
    found = leads(snapshot, ENROLMENTS, asked, [])[ALL]
    assert found.expected == expected
    assert found.booked == sum(len(booked.get(edition, [])) for edition in to_come)
