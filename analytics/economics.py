"""The economic table: where the price of every enrolment went, the accounting lines, and income against cost."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.eligibility import AMOUNTS, ENROLLED
from analytics.metrics import count, total
from analytics.snapshot import Snapshot
from analytics.trace import Trace, count_by

# One row per active enrolment with a known price, and where its price went at the cut-off. What was paid after it has
# not been paid. residual_eur is what no column explains; it is worked out from the export's own amount due.
FEE = f"""(
    with charged as (
        select
            n.row_key, n.enrolment_id, n.course, n.edition_id, n.base_price_eur, n.applied_reduction_eur, n.verdict,
            n.amount_due,
            {AMOUNTS["supported"]}::decimal(12, 2) as supported_eur,
            if(l.paid_on > $as_of, 0, l.amount_paid)::decimal(12, 2) as paid_eur
        from enrolment as n join loaded.enrolment as l using (enrolment_id)
        where {ENROLLED} and n.base_price_eur is not null
    )
    select
        *,
        coalesce(paid_eur, 0) as known_paid_eur,
        if(verdict = 'undue', applied_reduction_eur, 0) as undue_eur,
        if(verdict in ('correct', 'wrong_amount'), applied_reduction_eur - supported_eur, 0) as overpaid_eur,
        if(verdict in ('correct', 'wrong_amount', 'undue'), 0, applied_reduction_eur) as other_reduction_eur,
        if(paid_eur is null, 0, greatest(coalesce(amount_due, paid_eur) - paid_eur, 0)) as outstanding_eur,
        if(paid_eur is null, 0, least(coalesce(amount_due, paid_eur) - paid_eur, 0)) as paid_in_excess_eur,
        if(paid_eur is null, coalesce(amount_due, 0), 0) as payment_unknown_eur,
        base_price_eur - applied_reduction_eur - coalesce(amount_due, paid_eur, 0) as residual_eur
    from charged
) as fee"""
# base_price = all the others added up, in every enrolment and to the cent.
PARTS = {
    "paid": "known_paid_eur",
    "charged": "supported_eur",
    "undue": "undue_eur",
    "overpaid": "overpaid_eur",
    "other_reduction": "other_reduction_eur",
    "outstanding": "outstanding_eur",
    "paid_in_excess": "paid_in_excess_eur",
    "payment_unknown": "payment_unknown_eur",
    "residual": "residual_eur",
}
IDENTITY = {"base_price": "base_price_eur"} | PARTS
LINE_AMOUNTS = ("budgeted", "committed", "recognised", "paid")


@dataclass(frozen=True)
class Residual:
    """An enrolment whose price is not explained to the cent, by its place in the files."""

    row_key: str
    edition_id: str
    residual: Decimal


@dataclass(frozen=True)
class AccountLine:
    """The accounting lines of the same line, concept and year, added up."""

    line: str | None
    line_type: str | None
    concept: str | None
    year: int | None
    reference_on: date | None
    budgeted: Decimal | None
    committed: Decimal | None
    recognised: Decimal | None
    paid: Decimal | None


def trace_fee(as_of: date, part: str, course: str = "") -> Trace:
    """One of IDENTITY, over all enrolments or those of a course."""
    bound = (("as_of", as_of), *((("course", course),) if course else ()))
    return Trace(FEE, total(IDENTITY[part], "true"), "course = $course" if course else "true", bound)


def trace_fee_rows(as_of: date, part: str) -> Trace:
    """The enrolments of which a part of the identity is not 0."""
    return Trace(FEE, count(f"{IDENTITY[part]} <> 0"), "true", (("as_of", as_of),))


def fees_by_course(snapshot: Snapshot) -> dict[str, dict[str, Decimal]]:
    """{course: {part of IDENTITY: EUR}} of the courses with enrolments."""
    return count_by(snapshot, {part: trace_fee(snapshot.as_of, part) for part in IDENTITY}, "course")


def residuals(snapshot: Snapshot) -> list[Residual]:
    """The enrolments that do not close, the largest first."""
    found = snapshot.rows(
        f"select row_key, edition_id, residual_eur as residual from {FEE} where residual_eur <> 0 "
        f"order by abs(residual_eur) desc, row_key",
        as_of=snapshot.as_of,
    )
    return [Residual(**row) for row in found]


def unpriced(snapshot: Snapshot) -> int:
    """The active enrolments without a price: they are in no amount."""
    sql = f"select {count(f'{ENROLLED} and base_price_eur is null')} as rows from enrolment"
    return snapshot.rows(sql)[0]["rows"]


def trace_line(direction: str, amount: str, key: dict[str, object] | None = None) -> Trace:
    """An amount of the accounting lines of a direction; key: of one AccountLine."""
    names = tuple(key or ())
    condition = " and ".join(["direction = $direction", *(f"{name} is not distinct from ${name}" for name in names)])
    bound = tuple(sorted({"direction": direction, **(key or {})}.items(), key=lambda pair: pair[0]))
    return Trace("loaded.funding_line", total(amount, "true"), condition, bound)


def account_lines(snapshot: Snapshot, direction: str) -> list[AccountLine]:
    """The lines of income or expense; the years of one line follow each other."""
    amounts = ", ".join(f"{total(amount, 'true')} as {amount}" for amount in LINE_AMOUNTS)
    found = snapshot.rows(
        f"""
        select line, line_type, concept, year, max(reference_on) as reference_on, {amounts}
        from loaded.funding_line where direction = $direction
        group by line, line_type, concept, year order by line, line_type, concept, year
        """,
        direction=direction,
    )
    return [AccountLine(**row) for row in found]


def without_direction(snapshot: Snapshot) -> int:
    """Lines that do not say whether they are income or expense: they are in no total."""
    return snapshot.rows("select count(*) as rows from loaded.funding_line where direction is null")[0]["rows"]


def trace_course_lines(direction: str, amount: str, course: str, concepts: tuple[str, ...], is_fee: bool) -> Trace:
    """An amount of the lines of a course that are fees, or that are not."""
    condition = "direction = $direction and course_id = $course and "
    condition += "" if is_fee else "not "
    condition += "list_contains($concepts::varchar[], coalesce(concept, ''))"
    bound = (("concepts", list(concepts)), ("course", course), ("direction", direction))
    return Trace("loaded.funding_line", total(amount, "true"), condition, bound)
