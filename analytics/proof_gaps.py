"""Gaps of proof: a credential that counts already, of somebody whose identity document is not on record."""

from analytics.enrolment_gaps import COUNTED
from analytics.evidence import PROOF
from analytics.filters import Filters
from analytics.gaps import Deadlines, Gap, Worth
from analytics.reasons import Reason
from analytics.snapshot import Snapshot

UNPROVEN = f"""
with counted as (select * from enrolment where {COUNTED} and {{condition}})

select
    n.row_key, n.enrolment_id, n.edition_id, n.course, n.title, n.centre,
    e.title_va, e.ends_on, f.file_name,
    try_cast(regexp_extract(n.row_key, '(\\d+)$', 1) as bigint) as line
from counted as n
join (select row_key from {PROOF} where not has_document) as p using (row_key)
join (select edition_id, title_va, ends_on from edition) as e using (edition_id)
left join loaded.source_file as f on f.file_id = regexp_replace(n.row_key, '-[^-]*$', '')
"""


def list_proof_gaps(snapshot: Snapshot, deadlines: Deadlines, filters: Filters) -> list[Gap]:
    """They add nothing to a target: without the proof they may be taken off it."""
    sql, bound = ask_unproven(snapshot, filters)
    return [_to_gap(row, deadlines) for row in snapshot.rows(sql, **bound)]


def ask_unproven(snapshot: Snapshot, filters: Filters) -> tuple[str, dict]:
    """The query of them, and what is bound in it."""
    condition, values = filters.where("enrolment")
    return UNPROVEN.format(condition=condition), values


def _to_gap(row: dict, deadlines: Deadlines) -> Gap:
    return Gap(
        "proof", row["row_key"], row["enrolment_id"], row["edition_id"], row["course"], row["title"], row["title_va"],
        row["centre"], row["ends_on"], deadlines.programme or deadlines.credentials,
        (Reason("no_document"),), Worth(unproven=1), None, row["file_name"], row["line"],
    )
