"""Gaps of rejected rows: an enrolment that would be in the figures if its row could be accepted."""

from analytics.enrolment_gaps import COUNTED
from analytics.filters import EVERYTHING, Filters
from analytics.gaps import Deadlines, Gap, Worth
from analytics.reason_sentences import fill, generic
from analytics.reasons import Reason
from analytics.snapshot import Snapshot
from analytics.words import LANGUAGES

# Rejected rows of enrolments that no accepted row tells, with their edition when the catalogue has it. What stands in
# their cells was never judged: a certificate is a cell that is not empty. Negative: not the learners of other gaps.
REJECTED = f"""
with certified as (select distinct course, person_key from enrolment where {COUNTED}),

rejected as (select distinct row_key, file_id, line from loaded.rejection where export = 'enrolments'),

looked_at as (
    select
        j.*,
        r.person_key,
        nullif(trim(r.enrolment_id), '') as enrolment_id,
        coalesce(e.edition_id, concat_ws('/', trim(r.course_id), trim(r.edition_number))) as edition_id,
        coalesce(e.course, trim(r.course_id)) as course,
        e.title, e.title_va, e.ends_on,
        coalesce(e.centre, 'unknown') as centre,
        e.edition_id is not null as is_in_catalogue,
        coalesce(trim(r.certified_on), '') <> '' and coalesce(e.is_funded and e.has_started, true) as gives_credential
    from rejected as j
    join loaded.raw.enrolments as r using (row_key)
    left join edition as e
        on e.course = trim(r.course_id) and e.edition_number = try_cast(trim(r.edition_number) as integer)
    where coalesce(e.is_offered, true)
        and not exists (from enrolment as n where n.enrolment_id = trim(r.enrolment_id))
)

select
    v.*,
    f.file_name,
    v.gives_credential and v.is_in_catalogue and not exists (from certified as c where c.course = v.course)
        as opens_course,
    v.gives_credential and not exists (from certified as c where c.person_key = v.person_key) as is_new_learner,
    -dense_rank() over (order by v.person_key) as learner
from looked_at as v
left join loaded.source_file as f using (file_id)
where {{condition}}
"""
REASONS = """
select j.row_key, j.found, r.sentence_es, r.sentence_va, r.sentence_en, coalesce(h.header, j.rule) as header
from loaded.rejection as j
left join loaded.rule as r using (rule)
left join (
    select file_id, field, any_value(header order by position) as header
    from loaded.header where field is not null group by all
) as h on h.file_id = j.file_id and h.field = j.field
where j.export = 'enrolments'
order by j.row_key, j.rule, j.field
"""


def list_rejected_gaps(snapshot: Snapshot, deadlines: Deadlines, filters: Filters) -> list[Gap]:
    """None under a filter on learners, whom a rejected row does not tell; nor of a build that keeps no rows as sent."""
    sql, bound = ask_rejected(snapshot, filters)
    rows = snapshot.rows(sql, **bound)
    reasons: dict[str, list[Reason]] = {}
    for row in snapshot.rows(REASONS) if rows else ():
        reasons.setdefault(row["row_key"], []).append(_reason(row))
    return [_to_gap(row, tuple(reasons[row["row_key"]]), deadlines) for row in rows]


def ask_rejected(snapshot: Snapshot, filters: Filters) -> tuple[str, dict]:
    """The query of them, and what is bound in it."""
    if filters.unheeded_by("edition") or not _keeps_rows(snapshot):
        return "select null as row_key where false", {}
    if filters == EVERYTHING:
        return REJECTED.format(condition="true"), {}
    condition, values = filters.where("edition")
    return REJECTED.format(condition=f"v.edition_id in (select edition_id from edition where {condition})"), values


def _keeps_rows(snapshot: Snapshot) -> bool:
    found = snapshot.rows(
        "select count(*) as tables from duckdb_tables() "
        "where database_name = 'loaded' and schema_name = 'raw' and table_name = 'enrolments'"
    )
    return bool(found[0]["tables"])


def _reason(row: dict) -> Reason:
    """The sentence of the rule that the row broke, in every language, after the heading of its column."""
    told = {language: row[f"sentence_{language}"] or "" for language in LANGUAGES}
    said = {
        language: generic(sentence) if row["found"] is None else fill(sentence, row["found"], language)
        for language, sentence in told.items()
    }
    return Reason("row_rejected", {"header": (row["header"], "text")}, said)


def _to_gap(row: dict, reasons: tuple[Reason, ...], deadlines: Deadlines) -> Gap:
    gives = bool(row["gives_credential"])
    worth = Worth(int(gives), int(row["opens_course"]), int(row["is_new_learner"]), enrolments=1)
    return Gap(
        "rejected", row["row_key"], row["enrolment_id"], row["edition_id"], row["course"] or "",
        row["title"] or row["edition_id"], row["title_va"] or row["edition_id"], row["centre"], row["ends_on"],
        deadlines.credentials if gives else deadlines.programme, reasons, worth,
        row["learner"] if row["is_new_learner"] else None, row["file_name"], row["line"],
    )
