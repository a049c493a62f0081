"""The rule of the reduction is one place: another rule is another snapshot, and the programme's own is the default."""

from datetime import date
from decimal import Decimal

from analytics.entitlement import ENTITLEMENT, Entitlement
from analytics.measure import measure_one
from analytics.metrics import METRICS
from analytics.snapshot import take_snapshot
from tests.analytics.small_build import publish_small_build

CUT_OFF = date(2026, 2, 15)
# The edition starts on 3 November 2025: 24 the day before the birthday, 25, 64 and 65 on that day.
BIRTHDAYS = (date(2000, 11, 4), date(2000, 11, 3), date(1961, 11, 3), date(1960, 11, 3))
SEVENTY = {"base_price": Decimal("33.35"), "reduction_amount": Decimal("23.35")}


def value(tmp_path, key: str, entitlement: Entitlement = ENTITLEMENT):
    build = publish_small_build(
        tmp_path, edition=[{}], enrolment=[SEVENTY | {"born_on": born_on} for born_on in BIRTHDAYS]
    )
    return measure_one(take_snapshot(build, CUT_OFF, entitlement), METRICS[key]).value


def test_the_programme_gives_70_per_cent_to_people_of_25_to_64():
    assert Entitlement(25, 64, Decimal("0.70")) == ENTITLEMENT


def test_the_ages_of_a_rule_are_both_included(tmp_path):
    assert value(tmp_path / "own", "eligible_enrolments") == 2
    assert value(tmp_path / "younger", "eligible_enrolments", Entitlement(youngest=24)) == 3
    assert value(tmp_path / "wider", "eligible_enrolments", Entitlement(24, 65)) == 4
    assert value(tmp_path / "narrower", "eligible_enrolments", Entitlement(26, 63)) == 0


def test_what_a_rule_supports_is_its_share_of_the_price_rounded_half_up(tmp_path):
    # 70 % of 33.35 is 23.345, so 23.35 each of two; of the 23.35 that each got, half the price supports 16.68 (16.675).
    assert value(tmp_path / "own", "reduction_supported") == Decimal("46.70")
    assert value(tmp_path / "half", "reduction_supported", Entitlement(share=Decimal("0.50"))) == Decimal("33.36")
    assert value(tmp_path / "all", "reduction_supported", Entitlement(share=Decimal("1.00"))) == Decimal("46.70")
