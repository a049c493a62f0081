"""Every indicator by its key, as {key: (numerator, denominator, value)}, for a cut-off date and a half-year."""

from collections import Counter
from datetime import date
from decimal import Decimal

from tests.oracle.discount import applied_reduction, base_price, expected_reduction, verdict
from tests.oracle.figure import UNKNOWN, Figure, count, how_many, quantity, ratio, sum_of_euros, sum_of_known
from tests.oracle.programme import Programme
from tests.oracle.snapshot import Snapshot, first_entries
from tests.oracle.standing import Standing

EXTERNAL_STAFF = ("external_academic", "external_professional")


def persons(rows: list[Standing]) -> set[str]:
    return {row.person for row in rows}


def is_online(delivery: str) -> bool:
    return delivery in ("online_sync", "online_async")


def offer(seen: Snapshot) -> dict[str, Figure]:
    editions = list(seen.offered.values())
    requirements = [row.entry_requirement for row in editions if row.entry_requirement is not None]
    return {
        "courses_offered": count(seen.courses_offered),
        "editions_offered": count(editions),
        "places_offered": quantity(sum_of_known((row.places for row in editions), 0)),
        "ects_offered": quantity(sum((row.ects for row in editions), Decimal(0))),
        "hours_offered": quantity(sum((row.hours for row in editions), Decimal(0))),
        "endorsed_course_share": ratio(len(seen.courses_endorsed), len(seen.courses_offered)),
        "open_entry_share": ratio(requirements.count("open"), len(requirements)),
    }


def modality_mix(seen: Snapshot) -> dict[str, Figure]:
    deliveries = [row.delivery for row in seen.offered.values()]
    online_enrolments = how_many(seen.enrolments, lambda row: is_online(row.edition.delivery))
    return {
        "online_share": ratio(how_many(deliveries, is_online), len(deliveries)),
        "face_to_face_share": ratio(deliveries.count("in_person"), len(deliveries)),
        "blended_share": ratio(deliveries.count("blended"), len(deliveries)),
        "online_enrolment_share": ratio(online_enrolments, len(seen.enrolments)),
    }


def staff_teaching(seen: Snapshot) -> dict[str, Figure]:
    return {
        "upv_academic_hours_share": hours_share(seen, ("upv_academic",)),
        "upv_majority_edition_share": upv_majority_edition_share(seen),
        "external_hours_share": hours_share(seen, EXTERNAL_STAFF),
        "teachers": count({row.teacher for row in seen.teaching}),
        "enrolments_per_teacher": enrolments_per_teacher(seen),
    }


def hours_share(seen: Snapshot, staff_types: tuple[str, ...]) -> Figure:
    known = [row for row in seen.teaching if row.hours is not None]
    theirs = [row.hours for row in known if row.staff_type in staff_types]
    return ratio(sum(theirs, Decimal(0)), sum((row.hours for row in known), Decimal(0)))


def upv_majority_edition_share(seen: Snapshot) -> Figure:
    total, upv = Counter(), Counter()
    for row in seen.teaching:
        if row.hours is not None:
            total[row.edition_id] += row.hours
            upv[row.edition_id] += row.hours if row.staff_type == "upv_academic" else 0
    taught = [edition_id for edition_id, hours in total.items() if hours > 0]
    return ratio(how_many(taught, lambda edition_id: upv[edition_id] * 2 >= total[edition_id]), len(taught))


def enrolments_per_teacher(seen: Snapshot) -> Figure:
    with_teachers = {row.edition_id for row in seen.teaching}
    enrolments = how_many(seen.enrolments, lambda row: row.edition.edition_id in with_teachers)
    return ratio(enrolments, len({row.teacher for row in seen.teaching}))


def demand(seen: Snapshot) -> dict[str, Figure]:
    made = [row for row in seen.standings if row.was_made]
    genders = [row.enrolment.gender for row in seen.enrolments if row.enrolment.gender is not None]
    return {
        "applications": quantity(how_many(seen.standings, lambda row: row.is_application)),
        "enrolments": count(seen.enrolments),
        "learners": count(persons(seen.enrolments)),
        "fill_rate": fill_rate(seen),
        "cancellation_rate": ratio(how_many(made, lambda row: row.is_cancelled), len(made)),
        "women_share": ratio(genders.count("woman"), len(genders)),
    }


def fill_rate(seen: Snapshot) -> Figure:
    places = [row.places for row in seen.offered.values() if row.places is not None]
    return ratio(how_many(seen.enrolments, lambda row: row.edition.places is not None), sum(places))


def outcome(seen: Snapshot) -> dict[str, Figure]:
    results = [row.enrolment.result for row in seen.ended_entries]
    certified = how_many(seen.ended_entries, lambda row: row.is_credential)
    held = Counter(row.person for row in seen.credentials)
    return {
        "entries": count(seen.entries),
        "entrants": count(persons(seen.entries)),
        "pass_rate": ratio(results.count("passed"), results.count("passed") + results.count("failed")),
        "certification_rate": ratio(certified, len(seen.ended_entries)),
        "credentials_issued": count(seen.credentials),
        "credentials_issued_eligible": count(seen.target_credentials),
        "learners_certified_eligible": count(persons(seen.target_credentials)),
        "courses_certified": count({row.edition.course_id for row in seen.target_credentials}),
        "stacking_learners": quantity(how_many(held.values(), lambda credentials: credentials >= 2)),
        "ects_accredited": quantity(sum((row.edition.ects for row in seen.credentials), Decimal(0))),
    }


def discount_uptake(seen: Snapshot) -> dict[str, Figure]:
    correct, wrong, missed, undue = (
        [row for row in seen.enrolments if verdict(row) == name]
        for name in ("correct", "wrong_amount", "missed", "undue")
    )
    applied_to_the_eligible = correct + wrong
    differences = (applied_reduction(row) - expected_reduction(row) for row in wrong)
    supported = (min(applied_reduction(row), expected_reduction(row)) for row in applied_to_the_eligible)
    return {
        "eligible_enrolments": quantity(how_many(seen.enrolments, lambda row: row.is_eligible is True)),
        "discount_uptake": ratio(len(applied_to_the_eligible), len(applied_to_the_eligible + missed)),
        "missed_discounts": count(missed),
        "missed_discount_amount": quantity(sum_of_euros(expected_reduction(row) for row in missed)),
        "undue_discounts": count(undue),
        "undue_discount_amount": quantity(sum_of_euros(applied_reduction(row) for row in undue)),
        "wrong_discounts": count(wrong),
        "wrong_discount_amount": quantity(sum_of_euros(differences)),
        "reduction_granted": quantity(sum_of_euros(applied_reduction(row) for row in applied_to_the_eligible + undue)),
        "reduction_supported": quantity(sum_of_euros(supported)),
    }


def fees(seen: Snapshot) -> dict[str, Figure]:
    gross = sum_of_euros(base_price(row) for row in seen.enrolments)
    reductions = sum_of_euros(applied_reduction(row) for row in seen.enrolments)
    return {"gross_fees": quantity(gross), "net_fees": quantity(None if gross is None else gross - reductions)}


def common_indicator_10(seen: Snapshot) -> dict[str, Figure]:
    digital = [row for row in seen.ci10_entries if row.edition.is_digital_skills]
    return {
        "ci10_participants": count(persons(seen.ci10_entries)),
        "ci10_entries": count(seen.ci10_entries),
        "ci10_digital_participants": count(persons(digital)),
    }


# What each section, or a single figure of it, cannot be known without.
SECTIONS = {
    offer: set(),
    modality_mix: set(),
    staff_teaching: {"teaching"},
    demand: {"enrolments"},
    outcome: {"enrolments"},
    discount_uptake: {"enrolments"},
    fees: {"enrolments"},
    common_indicator_10: {"enrolments"},
}
FIGURES_THAT_NEED_MORE = {
    "endorsed_course_share": {"endorsements"},
    "online_enrolment_share": {"enrolments"},
    "enrolments_per_teacher": {"enrolments"},
}


def indicators(programme: Programme, as_of: date, period: str) -> dict[str, Figure]:
    """Every indicator; a ratio's value is an exact fraction, money an exact decimal."""
    seen = Snapshot(programme, as_of, period)
    absent = {export for export in ("teaching", "enrolments", "endorsements") if getattr(programme, export) is None}
    return {
        key: UNKNOWN if absent & (needs | FIGURES_THAT_NEED_MORE.get(key, set())) else figure
        for section, needs in SECTIONS.items()
        for key, figure in section(seen).items()
    }


def ci10_participants_by_gender_and_age(programme: Programme, as_of: date, period: str) -> Counter:
    """Persons by (gender or unknown, age band) of their first entry of the half-year."""
    return by_gender_and_age(Snapshot(programme, as_of, period).ci10_entries)


def cumulative_ci10_participants_by_gender_and_age(programme: Programme, as_of: date) -> Counter:
    """Persons by (gender or unknown, age band) of their first entry of all, up to the cut-off."""
    return by_gender_and_age(Snapshot(programme, as_of, "2025-H2").funded_entries)


def by_gender_and_age(entries: list[Standing]) -> Counter:
    return Counter((row.enrolment.gender or "unknown", row.ci10_age_band) for row in first_entries(entries))
