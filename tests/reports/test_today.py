"""Whether the figures of an issued pack would be others today."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.periods import HalfYear
from analytics.snapshot import take_snapshot
from etl.builds import current_build
from reports.figures import code_of
from reports.grant import load_grant
from reports.issued import issue, open_issued
from reports.pack import make_pack
from reports.package import write_zip
from reports.today import compare_with_today
from tests.analytics.small_build import publish_small_build
from tests.reports.quick_writers import QUICK

PERIOD, THEN = HalfYear(2025, 2), date(2026, 1, 15)
FEE = {"amount_due": Decimal("30.00"), "amount_paid": Decimal("30.00"), "reduction_amount": Decimal("70.00")}
REACHED = f"{code_of(1, 'reached/credentials_issued_eligible')}.value"


def publish(folder, number, *certified):
    rows = [
        FEE | {"enrolment_id": str(place), "person_key": f"person-{place}", "certified_on": day}
        for place, day in enumerate(certified)
    ]
    return publish_small_build(folder, f"20260116T080000Z-{number:08}", edition=[{}], enrolment=rows)


@pytest.fixture
def issued(tmp_path):
    """Two enrolments, one certified by the cut-off."""
    publish(tmp_path, 1, date(2026, 1, 10), None)
    return issue(tmp_path, write_zip(make_pack(tmp_path, PERIOD, THEN, "es", "restricted", "provisional"), QUICK))


def today(folder, issued):
    return compare_with_today(take_snapshot(current_build(folder), THEN), open_issued(folder, issued), load_grant())


def test_on_its_own_load_every_figure_is_the_same(tmp_path, issued):
    found = today(tmp_path, issued)
    assert (found.differences, found.changes) == ((), ())
    assert found.checked == len([name for name in issued.manifest["figures"] if not name.startswith("10-")])


def test_a_late_certificate_and_a_new_row_make_other_figures_and_are_told_apart(tmp_path, issued):
    publish(tmp_path, 2, date(2026, 1, 10), date(2026, 1, 12), date(2026, 1, 13))
    found = today(tmp_path, issued)
    reached = next(one for one in found.differences if one.name == REACHED)
    assert (reached.section, reached.then, reached.now) == ("Metas", 1, 3)
    assert reached.label == "Microcredenciales expedidas a personas con derecho"
    change = next(one for one in found.changes if one.metric.key == "credentials_issued_eligible")
    assert (change.then, change.now, change.new_rows, change.late, change.rules) == (1, 3, 1, 1, 0)


def test_what_was_certified_after_the_cut_off_of_the_pack_makes_no_difference(tmp_path, issued):
    publish(tmp_path, 2, date(2026, 1, 10), date(2026, 2, 1))
    assert REACHED not in {one.name for one in today(tmp_path, issued).differences}
