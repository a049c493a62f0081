"""Worklists: the enrolments whose reduction somebody has to look at, each with its reason."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.entitlement import ENTITLEMENT
from analytics.filters import EVERYTHING, Filters
from analytics.reasons import Reason
from analytics.snapshot import Snapshot

# The verdicts that ask for something to be done, in the order in which a reader meets them.
WORKLISTS = ("missed", "undue", "wrong_amount", "undetermined", "no_price")
COUNTRY = "ES"
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Case:
    """An enrolment of a worklist; amounts in EUR, `expected` None where it cannot be known."""

    enrolment_id: str
    edition_id: str
    title: str
    title_va: str
    starts_on: date
    base_price: Decimal | None
    applied: Decimal
    expected: Decimal | None
    reasons: tuple[Reason, ...]

    @property
    def difference(self) -> Decimal | None:
        """What was applied too much; too little when it is negative."""
        return None if self.expected is None else self.applied - self.expected

    def title_in(self, language: str) -> str:
        return self.title_va if language == "va" else self.title


def worklist(snapshot: Snapshot, verdict: str, filters: Filters = EVERYTHING) -> list[Case]:
    """The enrolments with one of the verdicts of WORKLISTS, those with the most euros at stake first."""
    return [_to_case(row, snapshot.as_of) for row in _rows(snapshot, verdict, filters)]


def _rows(snapshot: Snapshot, verdict: str, filters: Filters) -> list[dict]:
    condition, values = filters.where("enrolment")
    return snapshot.rows(
        f"""
        with found as (
            select *, case verdict
                when 'missed' then supported_reduction_eur
                when 'wrong_amount' then abs(applied_reduction_eur - supported_reduction_eur)
                when 'undetermined' then greatest(applied_reduction_eur, supported_reduction_eur)
                else applied_reduction_eur
            end as at_stake_eur
            from enrolment
            where is_enrolment and verdict = $verdict and {condition}
        )
        select found.*, edition.title_va
        from found join edition using (edition_id)
        order by at_stake_eur desc, enrolment_id
        """,
        verdict=verdict, **values,
    )


def _to_case(row: dict, as_of: date) -> Case:
    expected = {
        "missed": row["supported_reduction_eur"],
        "wrong_amount": row["supported_reduction_eur"],
        "undue": NOTHING,
    }
    return Case(
        row["enrolment_id"], row["edition_id"], row["title"], row["title_va"], row["starts_on"],
        row["base_price_eur"], row["applied_reduction_eur"], expected.get(row["verdict"]), _reasons(row, as_of),
    )


def _reasons(row: dict, as_of: date) -> tuple[Reason, ...]:
    amounts = {"applied": (row["applied_reduction_eur"], "EUR"), "expected": (row["supported_reduction_eur"], "EUR")}
    if row["verdict"] == "undue":
        return why_not_eligible(row["born_on"], row["starts_on"], row["nationality"], row["residence"], as_of)
    if row["verdict"] == "undetermined":
        missing = what_is_missing(row["born_on"], row["nationality"], row["residence"])
        return (*missing, Reason("would_be", {"expected": amounts["expected"]}))
    return (Reason(row["verdict"], amounts),)


def why_not_eligible(
    born_on: date | None, starts_on: date, nationality: str | None, residence: str | None, as_of: date
) -> tuple[Reason, ...]:
    """Every condition of the reduction that is known not to be met."""
    return _wrong_age(born_on, starts_on, as_of) + _other_country(nationality, residence)


def _wrong_age(born_on: date | None, starts_on: date, as_of: date) -> tuple[Reason, ...]:
    if born_on is None:
        return ()
    start, tense = (starts_on, "day"), "started" if starts_on <= as_of else "starts"
    old_enough_on = birthday(born_on, ENTITLEMENT.youngest)
    if old_enough_on > starts_on:
        return (Reason(f"too_young_{tense}", {"birthday": (old_enough_on, "day"), "start": start}),)
    if birthday(born_on, ENTITLEMENT.oldest + 1) <= starts_on:
        return (Reason(f"too_old_{tense}", {"age": (completed_years(born_on, starts_on), "count"), "start": start}),)
    return ()


def _other_country(nationality: str | None, residence: str | None) -> tuple[Reason, ...]:
    is_elsewhere = nationality not in (None, COUNTRY) and residence not in (None, COUNTRY)
    return (Reason("neither_country"),) if is_elsewhere else ()


def what_is_missing(born_on: date | None, nationality: str | None, residence: str | None) -> tuple[Reason, ...]:
    """The facts without which it cannot be said whether somebody has the right to the reduction."""
    missing = (Reason("no_birth_date"),) if born_on is None else ()
    if COUNTRY in (nationality, residence):
        return missing
    if nationality is None and residence is None:
        return (*missing, Reason("no_countries"))
    if nationality is None or residence is None:
        return (*missing, Reason("no_nationality" if nationality is None else "no_residence"))
    return missing


def birthday(born_on: date, years: int) -> date:
    """The day on which somebody completes that many years; 1 March in a common year for 29 February."""
    if (born_on.month, born_on.day) == (2, 29) and not isleap(born_on.year + years):
        return date(born_on.year + years, 3, 1)
    return born_on.replace(year=born_on.year + years)


def completed_years(born_on: date, day: date) -> int:
    """Age in completed years on a day."""
    years = day.year - born_on.year
    return years if birthday(born_on, years) <= day else years - 1
