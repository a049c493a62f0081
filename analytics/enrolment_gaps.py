"""Gaps of enrolments: a certificate, a result or a fact about somebody's right that is missing."""

from decimal import Decimal

from analytics.filters import Filters
from analytics.gaps import NOTHING, Deadlines, Gap, Worth
from analytics.metrics import METRICS
from analytics.reasons import Reason
from analytics.snapshot import Snapshot
from analytics.trace import conditions_of
from analytics.worklists import what_is_missing

COUNTED = conditions_of(METRICS["credentials_issued_eligible"].numerator)[0]
# Somebody who failed, did not come or has no right is decided: no paper changes that.
GAPS = f"""
with certified as (select distinct course, person_key from enrolment where {COUNTED}),

looked_at as (
    select
        n.*,
        e.ends_on,
        e.title_va,
        e.ends_on is null as lacks_end,
        n.is_cancelled and n.cancellation_on is null and coalesce(n.certified_on <= $as_of, false) and n.is_offered
            and greatest(n.starts_on, coalesce(n.enrolled_on, n.starts_on)) < $as_of as lacks_cancellation,
        n.is_entry and n.is_enrolment and not n.is_credential
            and (n.result is not distinct from 'passed' or (n.result is null and (n.has_ended or e.ends_on is null)))
            as lacks_certificate
    from enrolment as n
    join (select edition_id, ends_on, title_va from edition) as e using (edition_id)
    where n.eligibility <> 'not_eligible' and {{condition}}
),

valued as (
    select
        *,
        is_funded and (
            lacks_certificate or lacks_cancellation or (is_credential and eligibility = 'undetermined')
        ) as gives_credential,
        case
            when not is_enrolment then 0
            when verdict = 'undetermined' then least(applied_reduction_eur, supported_reduction_eur)
            when verdict = 'no_price' then applied_reduction_eur
            else 0
        end as euros
    from looked_at
)

select
    v.*,
    v.gives_credential and not exists (from certified as c where c.course = v.course) as opens_course,
    v.gives_credential and not exists (from certified as c where c.person_key = v.person_key) as is_new_learner,
    dense_rank() over (order by v.person_key) as learner,
    f.file_name,
    try_cast(regexp_extract(v.row_key, '(\\d+)$', 1) as bigint) as line
from valued as v
left join loaded.source_file as f on f.file_id = regexp_replace(v.row_key, '-[^-]*$', '')
where v.gives_credential or v.euros > 0
"""


def list_enrolment_gaps(snapshot: Snapshot, deadlines: Deadlines, filters: Filters) -> list[Gap]:
    """The enrolments that would count; none without the export of enrolments.

    Without a price only an amount as sent is known to be worth something: a rate of no price is not here.
    """
    condition, values = filters.where("enrolment")
    sql = GAPS.format(condition=condition)
    return [_to_gap(row, deadlines) for row in snapshot.rows(sql, as_of=snapshot.as_of, **values)]


def _to_gap(row: dict, deadlines: Deadlines) -> Gap:
    gives = int(row["gives_credential"])
    worth = Worth(gives, int(row["opens_course"]), int(row["is_new_learner"]), Decimal(row["euros"] or NOTHING))
    return Gap(
        "enrolment", row["row_key"], row["enrolment_id"], row["edition_id"], row["course"], row["title"],
        row["title_va"], row["centre"], row["ends_on"],
        deadlines.of_certificate(row["ends_on"]) if gives else deadlines.programme,
        _lacks(row), worth, row["learner"] if row["is_new_learner"] else None, row["file_name"], row["line"],
    )


def _lacks(row: dict) -> tuple[Reason, ...]:
    """Everything without which it does not count, in the order in which it is asked for."""
    return tuple(
        [Reason("no_cancellation_date")] * bool(row["lacks_cancellation"])
        + [Reason("no_end_date")] * (row["lacks_certificate"] and row["lacks_end"] and row["result"] is None)
        + [Reason("no_result")] * (row["lacks_certificate"] and row["result"] is None)
        + [Reason("no_certificate")] * row["lacks_certificate"]
        + (list(what_is_missing(row["born_on"], row["nationality"], row["residence"])) if _is_open(row) else [])
        + [Reason("no_price")] * (row["verdict"] == "no_price" and row["euros"] > 0)
    )


def _is_open(row: dict) -> bool:
    return row["eligibility"] == "undetermined"
