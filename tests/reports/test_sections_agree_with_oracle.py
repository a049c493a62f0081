"""Each section of a pack of random programmes against a plain reading of the definitions, cell by cell."""

import csv
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from analytics.periods import HalfYear
from reports.content import Grid
from reports.pack import make_pack
from tests.conftest import ROOT
from tests.oracle.discount import applied_reduction, base_price, expected_reduction, verdict
from tests.oracle.figure import how_many
from tests.oracle.generate import cut_offs, generate_programme
from tests.oracle.indicators import indicators, persons
from tests.oracle.publish import publish_programme
from tests.oracle.snapshot import Snapshot, first_entries
from tests.oracle.standing import ci10_age_band, completed_years

SEEDS = (3, 14)
GENDERS = ("woman", "man", "non_binary", "unknown")
BANDS = ("0_17", "18_29", "30_54", "55_over", "unknown")


class Case:
    """A programme, its pack at its last cut-off, and the oracle's snapshot of the same day."""

    def __init__(self, seed, folder):
        self.programme = generate_programme(seed)
        self.as_of = cut_offs(seed)[-1]
        self.period = HalfYear.of(self.as_of)
        builds = publish_programme(self.programme, folder, seed)
        self.pack = make_pack(builds, self.period, self.as_of, "es", "restricted", "borrador")
        self.seen = Snapshot(self.programme, self.as_of, str(self.period))
        self.values = {(one.key, one.column): one.value for one in self.pack.figures}

    def value(self, key, column):
        return self.values[key, column]

    def row(self, key, *columns):
        return tuple(self.values[key, column] for column in columns)


@pytest.fixture(scope="module", params=SEEDS)
def case(request, tmp_path_factory):
    return Case(request.param, tmp_path_factory.mktemp("programme"))


def counts(rows):
    return len(rows), len(persons(rows))


def euros(amounts):
    return sum((amount for amount in amounts if amount is not None), Decimal("0.00"))


def steps(seen, standings):
    """The funnel of some enrolment records: {step: those in it}."""
    ended = [row for row in standings if row in seen.ended_entries]
    return {
        "applications": [row for row in standings if row.is_application],
        "enrolments": [row for row in standings if row.is_counted],
        "entries": [row for row in standings if row.is_entry],
        "assessed": [row for row in ended if row.enrolment.result in ("passed", "failed")],
        "passed": [row for row in ended if row.enrolment.result == "passed"],
        "credentials_issued": [row for row in standings if row.is_credential],
        "waiting_list": [row for row in standings if row.is_application and row.enrolment.state == "waiting_list"],
        "cancelled": [row for row in standings if row.is_cancelled],
        "no_shows": [row for row in ended if row.enrolment.result == "not_presented"],
    }


def test_section_1_reaches_and_lacks_what_the_oracle_counts(case):
    expected = indicators(case.programme, case.as_of, str(case.period))
    for key, goal in (("courses_certified", 27), ("credentials_issued_eligible", 1584)):
        reached = expected[key][2]
        assert case.value(f"reached/{key}", "value") == reached
        assert case.row(f"targets/{key}", "value", "goal", "gap") == (reached, goal, goal - reached)


def test_section_2_counts_every_step_of_all_and_of_each_course(case):
    for step, rows in steps(case.seen, case.seen.standings).items():
        assert case.row(f"funnel/{step}", "enrolments", "persons") == counts(rows), step
    for course in {edition.course_id for edition in case.programme.editions}:
        here = [row for row in case.seen.standings if row.edition.course_id == course]
        for step, rows in steps(case.seen, here).items():
            found = case.value(f"funnel_enrolments/{course}", step), case.value(f"funnel_persons/{course}", step)
            assert found == counts(rows), (course, step)


def test_section_3_counts_every_cell_of_both_lines_persons_and_entries(case):
    digital = [row for row in case.seen.ci10_entries if row.edition.is_digital_skills]
    for line, rows in (("participants", case.seen.ci10_entries), ("digital", digital)):
        # A person stands in the cell of the first of all entries of the half-year, also in the second line.
        first = {row.person: row for row in first_entries(case.seen.ci10_entries)}
        entries = Counter((first[row.person].enrolment.gender or "unknown", first[row.person].ci10_age_band)
                          for row in rows)
        people = Counter((first[person].enrolment.gender or "unknown", first[person].ci10_age_band)
                         for person in persons(rows))
        for how, expected in (("persons", people), ("entries", entries)):
            for gender in GENDERS:
                for band in BANDS:
                    found = case.value(f"ci10_half_year_{line}_{how}/{gender}", f"age_{band}")
                    assert found == expected[gender, band], (line, how, gender, band)


def test_section_3_counts_the_young_of_indicator_14(case):
    rows = case.seen.ci10_entries
    young = [row for row in rows if 15 <= (completed_years(row.enrolment.born_on, row.entry_on) or 0) <= 29]
    total = [value for (key, _), value in case.values.items() if key == "ci14_half_year/total"]
    assert {len(persons(young)), len(young)} <= set(total)
    assert ci10_age_band(29) == "18_29"


def test_section_4_gives_each_verdict_its_enrolments_and_its_euros(case):
    for name in ("correct", "wrong_amount", "missed", "undue", "none", "undetermined", "other_tariff", "no_price"):
        rows = [row for row in case.seen.enrolments if verdict(row) == name]
        found = case.row(f"verdicts/{name}", "enrolments", "base_price", "applied")
        assert (found[0], found[1] or 0, found[2] or 0) == (
            len(rows), euros(map(base_price, rows)), euros(map(applied_reduction, rows))
        ), name
    eligible = [row for row in case.seen.enrolments if row.is_eligible is True]
    unknown = [row for row in case.seen.enrolments if row.is_eligible is None]
    assert case.value("eligibility/eligible", "enrolments") == len(eligible)
    assert len(unknown) == sum(
        case.value(f"eligibility/{key}", "enrolments") for key in ("no_birth_date", "no_country")
    )


def test_section_5_has_every_edition_with_its_sizes_and_its_share_of_upv_academics(case):
    hours, academic = defaultdict(Decimal), defaultdict(Decimal)
    for row in case.programme.teaching or ():
        hours[row.edition_id] += row.hours or 0
        academic[row.edition_id] += row.hours or 0 if row.staff_type == "upv_academic" else 0
    grid = next(block for block in case.pack.section("register").blocks if isinstance(block, Grid))
    assert len(grid.table.rows) == len(case.programme.editions)
    for edition in case.programme.editions:
        key = f"register/{edition.course_id}/{edition.edition_number}"
        found = case.row(key, "ects", "hours", "price", "places")
        assert found == (edition.ects, edition.hours, edition.price, edition.places), key
        total = hours[edition.edition_id]
        share = case.value(key, "upv_share")
        expected = Fraction(academic[edition.edition_id]) / Fraction(total) if total else None
        assert share is None if expected is None else abs(Fraction(share) - expected) < Fraction(1, 10**20), key


def test_section_6_says_both_readings_of_each_commitment(case):
    expected = indicators(case.programme, case.as_of, str(case.period))
    for key in ("online_share", "face_to_face_share", "upv_academic_hours_share", "upv_majority_edition_share"):
        assert case.row(f"commitments/{key}", "numerator", "denominator") == expected[key][:2], key


def test_section_7_leads_every_price_to_its_parts(case):
    rows = [row for row in case.seen.enrolments if base_price(row) is not None]
    right = [row for row in rows if verdict(row) in ("correct", "wrong_amount")]
    charged = [min(applied_reduction(row), expected_reduction(row)) for row in right]
    expected = {
        "base_price": euros(map(base_price, rows)),
        "charged": euros(charged),
        "undue": euros(applied_reduction(row) for row in rows if verdict(row) == "undue"),
        "overpaid": euros(applied_reduction(row) for row in right) - euros(charged),
        "other_reduction": euros(
            applied_reduction(row) for row in rows if verdict(row) not in ("correct", "wrong_amount", "undue")
        ),
    }
    found = {part: case.value(f"fees/{part}", "amount") or 0 for part in expected}
    assert found == expected
    for course in {row.edition.course_id for row in rows}:
        here = euros(base_price(row) for row in rows if row.edition.course_id == course)
        assert case.value(f"fees_courses/{course}", "base_price") == here


def test_section_8_asks_for_every_proof_of_every_edition_of_the_offer(case):
    for edition_id, edition in case.seen.offered.items():
        key = f"evidence/{edition_id[0]}/{edition_id[1]}"
        here = [row for row in case.seen.standings if row.edition.edition_id == edition_id]
        entered = [row for row in here if row.is_entry]
        ended = [row for row in entered if row in case.seen.ended_entries]
        with_result = [row for row in ended if row.enrolment.result is not None]
        passed = [row for row in ended if row.enrolment.result == "passed"]
        documented = [row for row in here if row.is_counted and row.person.startswith("document:")]
        assert case.row(key, "document_asked", "document_present") == (
            how_many(here, lambda row: row.is_counted), len(documented)
        ), key
        assert case.row(key, "result_asked", "result_present") == (len(ended), len(with_result)), key
        assert case.row(key, "certificate_asked", "certificate_present") == (
            len(passed), how_many(passed, lambda row: row.is_credential)
        ), (key, edition)


def test_section_9_reads_rejects_and_counts_every_row_of_the_enrolments(case):
    rows = case.programme.enrolments or ()
    read, rejected, superseded, left_out, counted = case.row(
        "reconciliation_count/enrolments", "read", "rejected", "superseded", "left_out", "counted"
    )
    assert (rejected, counted) == (0, len(case.seen.enrolments))
    assert read - superseded == len(rows)
    assert left_out == len(rows) - len(case.seen.enrolments)


def test_sections_7_and_9_add_up_the_accounting_export_of_the_sample_as_a_spreadsheet_does(sample_builds):
    path = ROOT / "data" / "sample" / "financiacion.csv"
    rows = [row for row in csv.DictReader(path.open(encoding="utf-8-sig"), delimiter=";") if row["LINEA"]]
    named = {"budgeted": "PRESUPUESTADO", "committed": "COMPROMETIDO", "recognised": "RECONOCIDO", "paid": "PAGADO"}
    expected = defaultdict(Decimal)
    for row in rows:
        if row["SENTIDO"]:
            for amount, heading in named.items():
                cell = row[heading].replace(".", "").replace(",", ".")
                expected[row["SENTIDO"], amount] += Decimal(cell or 0)
    pack = make_pack(sample_builds, HalfYear(2025, 2), date(2026, 1, 15), "es", "restricted", "borrador")
    values = {(one.key, one.column): one.value for one in pack.figures}
    for direction, said in (("income", "Ingreso"), ("expense", "Gasto")):
        for amount in named:
            assert values[f"lines_{direction}/total", amount] == expected[said, amount], (direction, amount)
