"""What a pack is looked over for before it is made."""

from datetime import date
from decimal import Decimal

from analytics.periods import HalfYear
from analytics.snapshot import take_snapshot
from etl.builds import current_build
from reports.content import Comment
from reports.grant import load_grant
from reports.pack import make_pack
from reports.readiness import look_over
from tests.analytics.small_build import publish_small_build

PERIOD, DAY = HalfYear(2025, 2), date(2026, 1, 15)
# 100 less 70 off leaves 30; 25 were paid, and 5 are told by nobody.
OPEN = {"amount_due": Decimal("25.00"), "amount_paid": Decimal("25.00"), "reduction_amount": Decimal("70.00")}
CLOSED = OPEN | {"amount_due": Decimal("30.00"), "amount_paid": Decimal("30.00")}


def look(folder, row, state="borrador", kind="restricted", comments=()):
    build = publish_small_build(folder, edition=[{}], enrolment=[row])
    return look_over(take_snapshot(build, DAY), PERIOD, "es", kind, state, load_grant(), comments)


def test_a_definitive_pack_with_a_residual_cannot_be_made_and_a_draft_can(tmp_path):
    definitive = look(tmp_path, OPEN, "definitivo")
    assert definitive.must_close and not definitive.can_be_made
    assert any("5,00" in sentence for sentence in definitive.residuals)
    assert look(tmp_path, OPEN).can_be_made


def test_the_residuals_are_those_of_the_pack(tmp_path):
    found = look(tmp_path, OPEN)
    assert found.residuals == make_pack(tmp_path, PERIOD, DAY, "es", "restricted", "borrador").residuals


def test_what_closes_can_be_definitive(sample_builds):
    build = current_build(sample_builds)
    found = look_over(take_snapshot(build, DAY), PERIOD, "es", "restricted", "definitivo", load_grant())
    assert (found.residuals, found.can_be_made, found.is_sample) == ((), True, True)


def test_what_is_pending_and_what_nobody_commented_is_named(tmp_path):
    found = look(tmp_path, CLOSED, comments=[Comment("2025-H2", "funnel", "A. Autora", DAY, "Explicado.")])
    assert "grant_amount" in found.pending
    assert "targets" in found.uncommented and "funnel" not in found.uncommented
    assert not found.is_sample
