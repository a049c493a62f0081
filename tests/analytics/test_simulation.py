"""Simulations by hand: at rest the official figures, other rules counted anew, and what is expected on top."""

from datetime import date
from decimal import Decimal

from analytics.commitments import commitments
from analytics.entitlement import ENTITLEMENT, Entitlement
from analytics.expected_editions import climb
from analytics.filters import Filters
from analytics.forecast import forecast, months_later
from analytics.simulation import Levers, ages, later_cut_offs, simulate
from analytics.snapshot import default_cut_off, take_snapshot
from analytics.subsidy import subsidy
from etl.builds import current_build
from tests.analytics.small_build import publish_small_build

CUT_OFF, DEADLINE = date(2026, 2, 15), date(2026, 6, 30)
HALF = Decimal("0.5")
CREDENTIALS, COURSES, LEARNERS = "credentials_issued_eligible", "courses_certified", "learners_certified_eligible"
EDITIONS = [
    {},  # ended on 19 December
    {"course_id": "100002", "starts_on": date(2026, 1, 12), "ends_on": date(2026, 3, 13)},
    {"course_id": "100003", "starts_on": date(2026, 3, 2), "ends_on": date(2026, 5, 8), "places": 10},
    {"course_id": "100004", "starts_on": date(2026, 7, 1), "ends_on": date(2026, 7, 31)},
]
CERTIFIED = {"result": "passed", "certified_on": date(2026, 1, 20)}
ENROLMENTS = [
    CERTIFIED | {"person_key": "ana", "reduction_amount": Decimal("70.00")},
    CERTIFIED | {"person_key": "young", "born_on": date(2001, 11, 4), "reduction_amount": Decimal("70.00")},  # 23
    {"person_key": "leo", "result": "failed"},
    {"person_key": "ana", "course_id": "100002"},
    {"person_key": "eva", "course_id": "100002"},
    {"person_key": "ivo", "course_id": "100002", "nationality": None, "residence": None,
     "reduction_amount": Decimal("70.00")},
    {"person_key": "eva", "course_id": "100003"},
    {"person_key": "pau", "course_id": "100003", "born_on": date(2003, 1, 1)},
    {"person_key": "mar", "course_id": "100004"},
]


def run(tmp_path, levers: Levers | None = None, minimum=(1, 2), filters=None, **tables):
    build = publish_small_build(tmp_path, **({"edition": EDITIONS, "enrolment": ENROLMENTS} | tables))
    levers = levers or Levers(CUT_OFF)
    official, ruled = take_snapshot(build, CUT_OFF), take_snapshot(build, CUT_OFF, levers.entitlement)
    return simulate(official, ruled, levers, minimum, filters or Filters())


def values(found) -> dict[str, object]:
    return {key: one.value for key, one in found.outcomes.items()}


def test_at_rest_every_figure_is_the_official_one(sample_builds):
    build = current_build(sample_builds)
    snapshot = take_snapshot(build, default_cut_off(build))
    found = simulate(snapshot, take_snapshot(build, snapshot.as_of, Entitlement()), Levers(snapshot.as_of), (5, 50))
    official = {one.target.key: one for one in commitments(snapshot) if one.target.key in found.outcomes}
    assert values(found) == {key: one.measure.value for key, one in official.items()}
    assert all(isinstance(value, int) for value in values(found).values())
    assert {one.status for one in found.outcomes.values()} == {one.status for one in official.values()}
    assert {one.change for one in found.outcomes.values()} == {0}
    money = subsidy(snapshot)
    assert (found.money.supported, found.money.not_supported) == (money.supported, money.not_supported)
    assert found.money == found.official_money


def test_a_later_cut_off_expects_what_the_pack_expects(sample_builds):
    build = current_build(sample_builds)
    snapshot = take_snapshot(build, default_cut_off(build))
    levers = Levers(months_later(snapshot.as_of, 9))
    expected = simulate(snapshot, snapshot, levers, (5, 50)).outcomes[CREDENTIALS].expected
    assert round(expected, 20) == round(forecast(snapshot, 5, 50).credentials, 20)


def test_other_ages_are_counted_anew(tmp_path):
    found = run(tmp_path, Levers(CUT_OFF, Entitlement(youngest=23)))
    # The one of 23 counts too: two credentials of two people in one course, and 70 euros more are supported.
    assert values(found) == {COURSES: 1, CREDENTIALS: 2, LEARNERS: 2}
    assert (found.outcomes[CREDENTIALS].official, found.outcomes[CREDENTIALS].change) == (1, 1)
    assert (found.official_money.supported, found.money.supported) == (Decimal("70.00"), Decimal("140.00"))
    assert (found.official_money.not_supported, found.money.not_supported) == (Decimal("70.00"), Decimal("0.00"))


def test_a_lower_reduction_leaves_what_was_granted_beyond_it_at_risk(tmp_path):
    found = run(tmp_path, Levers(CUT_OFF, Entitlement(share=HALF)))
    # Of the 70 that Ana got 50 are supported; 20 of hers, 70 without a right and 70 of the undetermined are at risk.
    assert (found.money.supported, found.money.not_supported) == (Decimal("50.00"), Decimal("90.00"))
    assert (found.money.undetermined, found.money.at_risk) == (Decimal("70.00"), Decimal("160.00"))


def test_editions_that_end_by_the_simulated_cut_off_are_expected_at_the_completion(tmp_path):
    found = run(tmp_path, Levers(DEADLINE, completion=HALF))
    # Eligible and waiting: Ana and Eva, then Eva again; Ivo is undetermined, Pau too young, Mar ends in July.
    assert [(one.learners, one.credentials) for one in found.editions] == [(2, Decimal(1)), (1, HALF)]
    # A whole credential is expected of the second course only; Ana is certified already and Eva counts once.
    assert values(found) == {COURSES: 2, CREDENTIALS: Decimal("2.5"), LEARNERS: Decimal("1.5")}
    assert found.outcomes[CREDENTIALS].left == Decimal("1581.5")


def test_the_completion_is_that_of_the_past_unless_another_is_chosen(tmp_path):
    # In the edition that ended two eligible people entered, Ana and Leo, and one was certified.
    found = run(tmp_path, Levers(DEADLINE))
    assert (found.completion, found.is_enough) == (HALF, True)


def test_with_too_little_history_what_is_expected_is_unknown_and_not_zero(tmp_path):
    found = run(tmp_path, Levers(DEADLINE), minimum=(5, 50))
    assert values(found) == {COURSES: None, CREDENTIALS: None, LEARNERS: None}
    assert {one.status for one in found.outcomes.values()} == {"not_assessable"}
    assert found.expected_by_horizon is None
    assert values(run(tmp_path / "rest", minimum=(5, 50)))[CREDENTIALS] == 1


def test_places_that_are_filled_bring_people_with_the_right_in_proportion(tmp_path):
    found = run(tmp_path, Levers(DEADLINE, completion=Decimal(1), fill=Decimal(1)))
    # Ten places, two enrolled: eight would come. Of nine enrolled in funded editions six are eligible: 8 × 6 / 9.
    third = next(one for one in found.editions if one.course == "100003")
    assert third.added == 8 * (Decimal(6) / 9)
    assert third.credentials == 1 + third.added
    assert found.money.expected == third.added * 100 * Decimal("0.70")
    second = next(one for one in found.editions if one.course == "100002")
    assert second.added == 0  # it has started


def test_a_fuller_edition_than_supposed_loses_nobody(tmp_path):
    found = run(tmp_path, Levers(DEADLINE, completion=Decimal(1), fill=Decimal("0.1")))
    assert next(one for one in found.editions if one.course == "100003").added == 0


def test_places_are_not_filled_under_a_filter_on_learners(tmp_path):
    levers = Levers(DEADLINE, completion=Decimal(1), fill=Decimal(1))
    found = run(tmp_path, levers, filters=Filters.of({"gender": ["woman"]}))
    assert {one.added for one in found.editions} == {0}


def test_without_a_price_the_reduction_of_those_who_would_come_is_unknown(tmp_path):
    editions = [EDITIONS[0], EDITIONS[2] | {"price": None}]
    rows = [row for row in ENROLMENTS if row.get("course_id") in (None, "100003")]
    found = run(tmp_path, Levers(DEADLINE, completion=HALF, fill=Decimal(1)), edition=editions, enrolment=rows)
    assert found.money.expected is None


def test_without_enrolments_there_is_nothing_to_simulate(tmp_path):
    assert run(tmp_path, exports=("catalogue",), enrolment=[]) is None


def test_editions_add_up_until_the_target_is_reached(tmp_path):
    editions = run(tmp_path, Levers(DEADLINE, completion=HALF)).editions
    steps = climb(editions, "credentials", reached=2, target=Decimal("3.5"))
    assert [(step.edition.course, step.total, step.reaches) for step in steps] == [
        ("100002", Decimal(3), False), ("100003", Decimal("3.5"), True),
    ]


def test_the_edition_that_ends_first_may_not_add_the_most(tmp_path):
    rows = [*ENROLMENTS, *({"person_key": f"more-{number}", "course_id": "100003"} for number in range(3))]
    editions = run(tmp_path, Levers(DEADLINE, completion=HALF), enrolment=rows).editions
    orders = [[step.edition.course for step in climb(editions, by, 0, Decimal(9))] for by in ("credentials", "ends_on")]
    assert orders == [["100003", "100002"], ["100002", "100003"]]


def test_a_cut_off_is_the_day_itself_or_the_end_of_a_later_month():
    assert later_cut_offs(CUT_OFF)[:3] == [CUT_OFF, date(2026, 2, 28), date(2026, 3, 31)]
    assert later_cut_offs(date(2026, 6, 30))[:2] == [date(2026, 6, 30), date(2026, 7, 31)]
    assert DEADLINE in later_cut_offs(CUT_OFF)


def test_an_oldest_age_is_not_below_the_youngest():
    assert ages(60)[0] == 60
    assert ENTITLEMENT.oldest in ages(ENTITLEMENT.youngest)
