"""Reconciliation: every reported total as the rows of its files less those left out, each by one named reason."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.measure import measure_one
from analytics.metrics import EXPORT_OF_TABLE, METRICS, Metric
from analytics.periods import HalfYear
from analytics.snapshot import Snapshot
from analytics.staffing import TEACHING_HOURS
from analytics.trace import Trace, count_again

UNENROLLED_STATES = ("preregistered", "admitted", "waiting_list", "payment_pending")
CANCELLATIONS = "('cancelled', 'withdrawn', 'refunded', 'course_cancelled')"
# In this order: a row is left out by the first reason that it meets. None of them is how a metric counts, so that a
# mistake in either shows as a difference.
APPLIED_LATER = {"applied_later": "coalesce(application_on > $as_of, false)"}
NEVER_ENROLLED = APPLIED_LATER | {f"state_{state}": f"state = '{state}'" for state in UNENROLLED_STATES} | {
    "cancelled_unenrolled": f"state in {CANCELLATIONS} and enrolled_on is null",
    "enrolled_later": "coalesce(enrolled_on > $as_of, false)",
}
CANCELLED = {"cancelled": f"state in {CANCELLATIONS} and coalesce(cancellation_on <= $as_of, true)"}
NOT_OFFERED = {"not_offered": "not is_offered"}
NOT_ENTERED = NEVER_ENROLLED | NOT_OFFERED | {
    "not_started": "starts_on > $as_of",
    "cancelled_before_entry": f"state in {CANCELLATIONS} and coalesce(cancellation_on <= $as_of, true) "
    "and coalesce(cancellation_on <= greatest(starts_on, coalesce(enrolled_on, starts_on)), true)",
}
UNCERTIFIED = NOT_ENTERED | {
    "no_certificate": "certified_on is null", "certified_later": "certified_on > $as_of",
}
UNTARGETED = {
    "not_funded": "not is_funded", "not_eligible": "eligibility = 'not_eligible'",
    "undetermined": "eligibility = 'undetermined'",
}
OUTSIDE_PERIOD = {
    "not_funded": "not is_funded",
    "before_period": "greatest(starts_on, coalesce(enrolled_on, starts_on)) < $period_first_day",
    "after_period": "greatest(starts_on, coalesce(enrolled_on, starts_on)) > $period_last_day",
}
INACTIVE = NEVER_ENROLLED | CANCELLED | NOT_OFFERED
NOT_IN_OFFER = {"cancelled_edition": "is_cancelled", "draft": "situation = 'draft'"}


@dataclass(frozen=True)
class Total:
    """A reported total: its metric, why rows are left out of it, and what is added up where it is not rows.

    repeated: the column whose different values are counted; the other rows of one value are left out as repeated.
    """

    metric: Metric
    reasons: dict[str, str]
    amount: str | None = None
    repeated: str | None = None


TOTALS = (
    Total(METRICS["applications"], APPLIED_LATER),
    Total(METRICS["enrolments"], INACTIVE),
    Total(METRICS["learners"], INACTIVE, repeated="person_key"),
    Total(METRICS["entries"], NOT_ENTERED),
    Total(METRICS["entrants"], NOT_ENTERED, repeated="person_key"),
    Total(METRICS["credentials_issued"], UNCERTIFIED),
    Total(METRICS["credentials_issued_eligible"], UNCERTIFIED | UNTARGETED),
    Total(METRICS["learners_certified_eligible"], UNCERTIFIED | UNTARGETED, repeated="person_key"),
    Total(METRICS["courses_certified"], UNCERTIFIED | UNTARGETED, repeated="course"),
    Total(METRICS["ci10_entries"], NOT_ENTERED | OUTSIDE_PERIOD),
    Total(METRICS["ci10_participants"], NOT_ENTERED | OUTSIDE_PERIOD, repeated="person_key"),
    Total(
        METRICS["ci10_digital_participants"],
        NOT_ENTERED | OUTSIDE_PERIOD | {"not_digital": "not is_digital_skills"}, repeated="person_key",
    ),
    Total(METRICS["eligible_enrolments"], INACTIVE | {
        key: UNTARGETED[key] for key in ("not_eligible", "undetermined")
    }),
    Total(METRICS["gross_fees"], INACTIVE | {"no_price": "base_price_eur is null"}, "base_price_eur"),
    Total(METRICS["reduction_granted"], INACTIVE | {
        f"verdict_{verdict}": f"verdict = '{verdict}'"
        for verdict in ("missed", "none", "undetermined", "other_tariff", "no_price")
    }, "applied_reduction_eur"),
    Total(METRICS["editions_offered"], NOT_IN_OFFER),
    Total(METRICS["courses_offered"], NOT_IN_OFFER, repeated="course"),
    Total(METRICS["places_offered"], NOT_IN_OFFER | {"no_places": "places is null"}, "places"),
    Total(TEACHING_HOURS, {"not_offered": "not is_offered", "no_hours": "hours is null"}, "hours"),
)


@dataclass(frozen=True)
class Part:
    """Rows of a total that are left out by one reason, or counted; amount where the total is no count of rows."""

    reason: str
    rows: int
    amount: Decimal | int | None
    trace: Trace


@dataclass(frozen=True)
class Account:
    """read = rejected + superseded + left out + counted, in rows; reported = counted, in rows or in the amount."""

    metric: Metric
    read: int
    rejected: int
    superseded: int
    left_out: tuple[Part, ...]
    counted: Part
    reported: int | Decimal | None

    @property
    def amount(self) -> int | Decimal | None:
        """What the counted rows add up to; unknown when every row of an amount was left out."""
        if self.counted.amount is None:
            return self.counted.rows
        return self.counted.amount if self.counted.rows or self.reported is not None else None

    @property
    def unexplained_rows(self) -> int:
        """Rows of the files that are neither left out by a reason nor counted."""
        told = self.rejected + self.superseded + sum(part.rows for part in self.left_out) + self.counted.rows
        return self.read - told

    @property
    def difference(self) -> int | Decimal | None:
        """What is reported less what is counted here; None when either is unknown."""
        return None if self.reported is None or self.amount is None else self.reported - self.amount

    @property
    def is_closed(self) -> bool:
        return self.unexplained_rows == 0 and (self.reported or 0) == (self.amount or 0)


def reconcile(snapshot: Snapshot, period: HalfYear) -> list[Account]:
    """The account of every total whose export is there."""
    known = [total for total in TOTALS if all(snapshot.has(export) for export in total.metric.needs)]
    return snapshot.once(
        ("reconciliation", period), lambda: [_account(snapshot, total, period) for total in known]
    )


def _account(snapshot: Snapshot, total: Total, period: HalfYear) -> Account:
    export = EXPORT_OF_TABLE[total.metric.table]
    files = snapshot.rows(
        "select sum(rows_read)::bigint as read, sum(rows_rejected)::bigint as rejected, "
        "sum(rows_superseded)::bigint as superseded from loaded.source_file where export = $export",
        export=export,
    )[0]
    *left_out, counted = _parts(snapshot, total, snapshot.as_of, period)
    if total.repeated:
        repeated, counted = _take_repeated(snapshot, total, counted)
        left_out.append(repeated)
    reported = measure_one(snapshot, total.metric, period=period).value
    return Account(
        total.metric, **files, left_out=tuple(part for part in left_out if part.rows), counted=counted,
        reported=reported,
    )


def _parts(snapshot: Snapshot, total: Total, as_of: date, period: HalfYear) -> list[Part]:
    """One part for each reason, then the rows that none of them leaves out; every row is gone through once."""
    conditions, earlier = [], ["false"]
    for condition in total.reasons.values():
        conditions.append(f"coalesce({condition}, false) and not ({' or '.join(earlier)})")
        earlier.append(f"coalesce({condition}, false)")
    conditions.append(f"not ({' or '.join(earlier)})")
    bound = (("as_of", as_of), ("period_first_day", period.first_day), ("period_last_day", period.last_day))
    found = _count_reasons(snapshot, total, dict(bound))
    nothing = (0, 0 if total.amount else None)
    return [
        Part(name, *found.get(name, nothing), trace=Trace(total.metric.table, "count(*)", condition, bound))
        for name, condition in zip((*total.reasons, "counted"), conditions, strict=True)
    ]


def _count_reasons(snapshot: Snapshot, total: Total, bound: dict[str, date]) -> dict[str, tuple]:
    """{first reason that leaves a row out, or counted: (rows, amount)}."""
    reasons = " ".join(f"when coalesce({condition}, false) then '{name}'" for name, condition in total.reasons.items())
    amount = f"coalesce(sum({total.amount}), 0)" if total.amount else "null"
    sql = f"""
        select case {reasons} else 'counted' end as reason, count(*) as rows, {amount} as amount
        from {total.metric.table} group by reason
    """
    used = {name: value for name, value in bound.items() if f"${name}" in sql}
    return {row["reason"]: (row["rows"], row["amount"]) for row in snapshot.rows(sql, **used)}


def _take_repeated(snapshot: Snapshot, total: Total, counted: Part) -> tuple[Part, Part]:
    """The further rows of a value that is counted once, and the rows that are counted."""
    aggregate, trace = f"count(distinct {total.repeated})", counted.trace
    different = count_again(snapshot, Trace(trace.table, aggregate, trace.condition, trace.values))
    name = f"repeated_{total.repeated.removesuffix('_key')}"
    return (
        Part(name, counted.rows - different, None, counted.trace), Part("counted", different, None, counted.trace)
    )
