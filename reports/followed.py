"""Rows followed from one load to the next: a snapshot of only the rows that an earlier load had."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.snapshot import Snapshot, read_query, take_snapshot

# What makes a row of one load the same row in another.
IDENTITIES = {"enrolment": "enrolment_id", "edition": "edition_id", "teaching": "edition_id || ' ' || teacher_key"}
# The same of a row of a file, as it was sent, also of one that was rejected or replaced.
SENT_IDENTITIES = {
    "catalogue": ("course_id", "edition_number"),
    "enrolments": ("enrolment_id",),
    "teaching": ("teacher_key", "course_id", "edition_number"),
    "endorsements": ("course_id", "entity"),
    "funding": ("project", "line", "line_type", "course_id", "concept", "direction", "year"),
}
# Several lines of one account are several lines: the first is the same as the first of then.
NUMBERED = ("funding",)
# Rows of the files, and what is said of them.
OF_FILES = ("funding_line", "rejection", "flag", "superseded")
COUNTED_AGAIN = """
select f.* replace (
    count(k.row_key) as rows_read,
    count(k.row_key) filter (where k.row_key in (select row_key from made.rejection)) as rows_rejected,
    count(k.row_key) filter (where k.row_key in (select row_key from made.superseded)) as rows_superseded,
    count(k.row_key) filter (
        where k.row_key not in (select row_key from made.rejection union select row_key from made.superseded)
    ) as rows_accepted
)
from loaded.source_file as f left join made.known_row as k using (file_id)
group by all
"""


@dataclass(frozen=True)
class Followed(Snapshot):
    """A snapshot in whose queries the tables of `instead` stand for those of the build."""

    instead: Mapping[str, str] = field(default_factory=dict)

    def rows(self, sql: str, **values: object) -> list[dict[str, object]]:
        for table, own in self.instead.items():
            sql = sql.replace(table, own)
        return super().rows(sql, **values)


def restrict(snapshot: Snapshot, earlier: Snapshot) -> Snapshot:
    """Only the rows that the earlier snapshot had; the snapshot is the caller's own."""
    for table in ("enrolment", "teaching"):
        _keep_known(snapshot, earlier, table)
    # An edition adds up its learners and teachers: now only those that are left.
    again = read_query("edition").replace("loaded.teaching", "made.teaching")
    snapshot.connection.cursor().execute(f"create or replace table made.edition as {again}", {"as_of": snapshot.as_of})
    _keep_known(snapshot, earlier, "edition")
    return (_restrict_files(snapshot, earlier) if follows_files(snapshot, earlier) else snapshot).without_answers()


def follow(snapshot: Snapshot, earlier: Snapshot) -> tuple[Snapshot, Snapshot]:
    """The rows of then as the later load tells them: at the cut-off of then, and at its own."""
    then, now = (restrict(take_snapshot(snapshot.build, day), earlier) for day in (earlier.as_of, snapshot.as_of))
    return then, now


def _keep_known(snapshot: Snapshot, earlier: Snapshot, table: str) -> None:
    identity = IDENTITIES[table]
    known = [row["known"] for row in earlier.rows(f"select distinct {identity} as known from {table}")]
    snapshot.connection.cursor().execute(
        f"delete from made.{table} where {identity} not in (select unnest($known::varchar[]))", {"known": known}
    )


def follows_files(snapshot: Snapshot, earlier: Snapshot) -> bool:
    """Whether both builds kept their rows as they were sent, with what tells one from another."""
    return all(_exports_kept(one) >= one.exports for one in (snapshot, earlier))


def _exports_kept(snapshot: Snapshot) -> set[str]:
    found = snapshot.rows(
        "select table_name as export, list(column_name) as columns from duckdb_columns() "
        "where database_name = 'loaded' and schema_name = 'raw' group by table_name"
    )
    return {one["export"] for one in found if {*SENT_IDENTITIES.get(one["export"], ("",))} <= {*one["columns"]}}


def _restrict_files(snapshot: Snapshot, earlier: Snapshot) -> Followed:
    """Also the lines of the accounting, and what came of every row of the files."""
    known = [row["identity"] for row in earlier.rows(f"select distinct identity from ({_sent_rows(earlier)})")]
    cursor = snapshot.connection.cursor()
    cursor.execute(
        f"create table made.known_row as select row_key, file_id from ({_sent_rows(snapshot)}) "
        f"where identity in (select unnest($known::varchar[]))", {"known": known},
    )
    for table in OF_FILES:
        cursor.execute(
            f"create table made.{table} as from loaded.{table} where row_key in (select row_key from made.known_row)"
        )
    cursor.execute(f"create table made.source_file as {COUNTED_AGAIN}")
    instead = {f"loaded.{table}": f"made.{table}" for table in (*OF_FILES, "source_file")}
    return Followed(**snapshot.__dict__ | {"instead": instead})


def _sent_rows(snapshot: Snapshot) -> str:
    """The query of every row of the files with its identity."""
    return " union all ".join(_sent_rows_of(export) for export in sorted(snapshot.exports))


def _sent_rows_of(export: str) -> str:
    keys = [f"coalesce(r.{column}, '')" for column in SENT_IDENTITIES[export]]
    number = f"row_number() over (partition by {', '.join(keys)} order by f.file_name, f.sheet_name, r.file_line)"
    return (
        f"select concat_ws(chr(31), '{export}', {', '.join(keys)}, {number if export in NUMBERED else 1}) as identity, "
        f"r.row_key, r.file_id from loaded.raw.{export} as r join loaded.source_file as f using (file_id)"
    )
