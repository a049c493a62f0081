"""Gaps of editions and courses: teaching hours that nobody has said, and endorsements that are not there."""

from analytics.filters import Filters
from analytics.gaps import Deadlines, Gap, Worth
from analytics.reasons import Reason
from analytics.snapshot import Snapshot

FROM_FILE = """
    f.file_name,
    try_cast(regexp_extract(e.row_key, '(\\d+)$', 1) as bigint) as line
"""
# Editions with hours that nobody is said to teach, and an academic of the UPV, or nobody at all, to have taught them.
UNTAUGHT = f"""
with staffed as (
    select
        edition_id,
        count(*) filter (where hours is null and staff_type = 'upv_academic') as untimed_academics
    from teaching
    group by edition_id
),

counted as (
    select
        e.*,
        coalesce(e.known_hours, 0) as known,
        coalesce(e.upv_academic_hours, 0) as own,
        greatest(e.hours - coalesce(e.known_hours, 0), 0) as unsaid,
        coalesce(s.untimed_academics, 0) as untimed_academics
    from edition as e
    left join staffed as s using (edition_id)
    where e.is_offered and {{condition}}
)

select
    e.*,
    (e.known = 0 or e.own * 2 < e.known) and (e.own + e.unsaid) * 2 >= e.known + e.unsaid as reaches_half,
    {FROM_FILE}
from counted as e
left join loaded.source_file as f on f.file_id = regexp_replace(e.row_key, '-[^-]*$', '')
where e.unsaid > 0 and (e.teachers = 0 or e.untimed_academics > 0)
"""
UNENDORSED = f"""
with first_edition as (
    select * from edition where is_offered and {{condition}}
    qualify row_number() over (partition by course order by starts_on, edition_id) = 1
)

select e.*, {FROM_FILE}
from first_edition as e
left join loaded.source_file as f on f.file_id = regexp_replace(e.row_key, '-[^-]*$', '')
where e.endorsements = 0
"""


def list_edition_gaps(snapshot: Snapshot, deadlines: Deadlines, filters: Filters) -> list[Gap]:
    """Editions without the hours of their teachers, and courses without an endorsement, shown by their first edition.

    What is not exported is unknown and no gap.
    """
    condition, values = filters.where("edition")
    found = []
    if snapshot.has("teaching"):
        rows = snapshot.rows(UNTAUGHT.format(condition=condition), **values)
        found += [_to_gap(row, "edition", _untaught(row), _of_hours(row), deadlines) for row in rows]
    if snapshot.has("endorsements"):
        rows = snapshot.rows(UNENDORSED.format(condition=condition), **values)
        found += [_to_gap(row, "course", "no_endorsement", Worth(endorsements=1), deadlines) for row in rows]
    return found


def _untaught(row: dict) -> str:
    return "no_hours" if row["teachers"] else "no_teachers"


def _of_hours(row: dict) -> Worth:
    return Worth(editions=int(row["reaches_half"]), hours=row["unsaid"])


def _to_gap(row: dict, kind: str, lack: str, worth: Worth, deadlines: Deadlines) -> Gap:
    return Gap(
        kind, row["row_key"], None, row["edition_id"], row["course"], row["title"], row["title_va"], row["centre"],
        row["ends_on"], deadlines.programme, (Reason(lack),), worth, None, row["file_name"], row["line"],
    )
