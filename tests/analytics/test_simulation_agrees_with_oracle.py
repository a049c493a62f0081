"""Random programmes under other rules, counted a second time in plain Python."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from analytics.entitlement import Entitlement
from analytics.simulation import Levers, simulate
from analytics.snapshot import take_snapshot
from etl.builds import current_build
from tests.oracle.discount import applied_reduction, base_price
from tests.oracle.generate import cut_offs, generate_programme
from tests.oracle.publish import publish_programme
from tests.oracle.snapshot import Snapshot as OracleSnapshot
from tests.oracle.standing import Standing, completed_years, has_link_to_spain

RULES = (Entitlement(), Entitlement(18, 70, Decimal("0.50")), Entitlement(30, 40, Decimal("1.00")))
COMPLETION = Decimal("0.75")


@pytest.mark.parametrize("seed", range(6))
def test_a_simulation_is_what_the_definitions_say_under_its_rules(seed: int, tmp_path: Path):
    programme = generate_programme(seed)
    build = current_build(publish_programme(programme, tmp_path, seed))
    day, until = sorted(cut_offs(seed))[0], date(2026, 12, 31)
    seen = OracleSnapshot(programme, day, "2026-H1")
    for rule in RULES:
        found = simulate(
            take_snapshot(build, day), take_snapshot(build, day, rule), Levers(until, rule, COMPLETION), (0, 0)
        )
        told = {key: (one.exact, one.expected) for key, one in found.outcomes.items()}
        assert told == count(seen, rule, day, until), f"seed {seed}, {rule}"
        assert found.money.supported == supported(seen, rule), f"seed {seed}, {rule}"


def has_right(row: Standing, rule: Entitlement) -> bool:
    age = completed_years(row.enrolment.born_on, row.edition.starts_on)
    is_linked = has_link_to_spain(row.enrolment.nationality, row.enrolment.residence)
    return age is not None and rule.youngest <= age <= rule.oldest and is_linked is True


def count(seen: OracleSnapshot, rule: Entitlement, day: date, until: date) -> dict[str, tuple[int, Decimal]]:
    """(exact, expected) of each target."""
    certified = [row for row in seen.credentials if row.edition.is_funded and has_right(row, rule)]
    waiting = [
        row for row in seen.enrolments
        if row.edition.is_funded and row.edition.ends_on and day < row.edition.ends_on <= until
        and has_right(row, rule) and not row.is_credential
    ]
    courses = {row.edition.course_id for row in certified}
    waiting_in = [row.edition.course_id for row in waiting]
    new_courses = {course for course in waiting_in if waiting_in.count(course) * COMPLETION >= 1} - courses
    people = {row.person for row in certified}
    return {
        "courses_certified": (len(courses), Decimal(len(new_courses))),
        "credentials_issued_eligible": (len(certified), COMPLETION * len(waiting)),
        "learners_certified_eligible": (len(people), COMPLETION * len({row.person for row in waiting} - people)),
    }


def supported(seen: OracleSnapshot, rule: Entitlement) -> Decimal | None:
    amounts = []
    for row in seen.enrolments:
        base, applied = base_price(row), applied_reduction(row)
        if row.enrolment.tariff not in ("reduced_100", "group") and base and has_right(row, rule) and applied > 0:
            amounts.append(min(applied, (base * rule.share).quantize(Decimal("0.01"), ROUND_HALF_UP)))
    return sum(amounts, Decimal(0))
