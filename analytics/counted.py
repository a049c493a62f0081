"""Counted rows: the enrolments, editions or lessons behind a figure, each with what decides that it counts."""

from dataclasses import dataclass

from analytics.snapshot import Snapshot
from analytics.trace import Trace, conditions_of

# What of a row the rules look at, in the order in which a reader asks for it.
SHOWN = {
    "enrolment": (
        "enrolment_id", "person_key", "edition_id", "title", "state", "is_offered", "is_funded", "application_on",
        "enrolled_on", "cancellation_on", "entry_on", "has_ended", "result", "certified_on", "gender", "age",
        "eligibility", "tariff", "base_price_eur", "applied_reduction_eur", "supported_reduction_eur", "verdict",
        "delivery", "ects",
    ),
    "edition": (
        "edition_id", "title", "situation", "is_offered", "is_funded", "starts_on", "ends_on", "delivery",
        "entry_requirement", "places", "enrolments", "ects", "hours", "known_hours", "upv_academic_hours", "teachers",
        "endorsements",
    ),
    "teaching": (
        "edition_id", "teacher_key", "staff_type", "hours", "is_offered", "is_funded", "starts_on", "delivery",
    ),
}
BOTH, NUMERATOR, DENOMINATOR = "both", "numerator", "denominator"


@dataclass(frozen=True)
class Counted:
    """The rows of a figure in one table: the table, a query and what it binds.

    has_sides: of a ratio, each row says whether it is in the numerator, in the denominator or in both.
    """

    table: str
    sql: str
    values: tuple[tuple[str, object], ...]
    has_sides: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of what is shown of each row."""
        side = ("side",) if self.has_sides else ()
        return (*side, *SHOWN[self.table], "file_name", "sheet_name", "line", "row_key")


def counted_rows(trace: Trace) -> tuple[Counted, ...]:
    """The rows behind a figure: one list, or for a ratio of two tables one for each of its sides."""
    whole = trace.whole
    if whole is None:
        return (_one(trace),)
    if (whole.table, whole.condition) != (trace.table, trace.condition):
        return _one(trace), _one(whole)
    above, below = looked_at(trace.aggregate), looked_at(whole.aggregate)
    side = f"case when not ({below}) then '{NUMERATOR}' when ({above}) then '{BOTH}' else '{DENOMINATOR}' end"
    return (_select(trace, f"({above}) or ({below})", side),)


def looked_at(aggregate: str) -> str:
    """What an aggregate asks of a row. A row of which it is unknown is not counted."""
    asked = " or ".join(f"({each})" for each in conditions_of(aggregate)) or "true"
    return f"coalesce({asked}, false)"


def _one(trace: Trace) -> Counted:
    return _select(trace, looked_at(trace.aggregate), None)


def _select(trace: Trace, asked: str, side: str | None) -> Counted:
    named = f"{side} as side, " if side else ""
    sql = f"select {named}* from {trace.table} where ({trace.condition}) and ({asked}){trace.overlap}"
    return Counted(trace.table, sql, tuple(trace.bound(sql).items()), side is not None)


def count_rows(snapshot: Snapshot, counted: Counted) -> dict[str | None, int]:
    """{side: rows}; without sides one number under None."""
    side = "side" if counted.has_sides else "null"
    found = snapshot.rows(
        f"select {side} as side, count(*) as rows from ({counted.sql}) group by all", **dict(counted.values)
    )
    return {row["side"]: row["rows"] for row in found}


def count_files(snapshot: Snapshot, counted: Counted) -> list[tuple[str, str | None, int]]:
    """(file, sheet, rows) of what is counted, by name."""
    sql = f"""
        select f.file_name, f.sheet_name, sum(r.rows)::bigint as rows
        from (
            select regexp_replace(row_key, '-[^-]*$', '') as file_id, count(*) as rows
            from ({counted.sql}) group by all
        ) as r
        left join loaded.source_file as f using (file_id)
        group by all order by all
    """
    return [tuple(row.values()) for row in snapshot.rows(sql, **dict(counted.values))]


def list_rows(snapshot: Snapshot, counted: Counted, most: int | None = None) -> list[dict[str, object]]:
    """The rows by their keys, with file, sheet and line: the first so many of them, or all."""
    shown = ", ".join(f"r.{column}" for column in counted.columns if column not in ("file_name", "sheet_name", "line"))
    sql = f"""
        with r as (select * from ({counted.sql}) order by row_key {f'limit {int(most)}' if most is not None else ''})
        select {shown}, f.file_name, f.sheet_name, regexp_extract(r.row_key, '(\\d+)$', 1)::bigint as line
        from r left join loaded.source_file as f on f.file_id = regexp_replace(r.row_key, '-[^-]*$', '')
        order by r.row_key
    """
    return snapshot.rows(sql, **dict(counted.values))
