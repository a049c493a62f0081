"""The sheet of one edition: everything that the exports say about it, and what the load remarked on its rows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.dimensions import STAFF_TYPES
from analytics.metrics import METRICS
from analytics.reason_sentences import fill
from analytics.snapshot import Snapshot

MOST_FOUND = 3
HALF = Decimal("0.5")
STANDING = ("applications", "enrolments", "entries", "credentials_issued")


@dataclass(frozen=True)
class StaffPart:
    """What one type of staff teaches: people, hours (None when none of theirs is known), share of the known hours."""

    staff_type: str
    teachers: int
    hours: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class Partner:
    """An endorsement of the edition's course. is_counted: signed on or before the cut-off, or undated."""

    entity: str
    entity_type: str | None
    collaboration_type: str | None
    signed_on: date | None
    is_counted: bool


@dataclass(frozen=True)
class Remark:
    """A rule that rows of the edition break: its sentence, the heading of the column, and where the rows are."""

    sentence: str
    heading: str | None
    export: str
    file_name: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Sheet:
    """facts: the fields of the edition by name. standing: count by metric, and waiting_list; None when unknown."""

    facts: dict[str, object]
    standing: dict[str, int | None]
    staff: list[StaffPart] | None
    partners: list[Partner] | None
    remarks: list[Remark]
    file_name: str
    line: int

    @property
    def fill(self) -> Decimal | None:
        """Enrolments over places; None when one of them is unknown."""
        enrolments, places = self.standing["enrolments"], self.facts["places"]
        return Decimal(enrolments) / places if places and enrolments is not None else None

    @property
    def upv_academic(self) -> StaffPart | None:
        """The part of the UPV's own academics; None without known hours."""
        parts = [part for part in self.staff or [] if part.staff_type == "upv_academic" and part.share is not None]
        return parts[0] if parts else None

    @property
    def keeps_half(self) -> bool:
        """Whether UPV academics teach at least half of the known hours; exactly half does."""
        return self.upv_academic is not None and self.upv_academic.share >= HALF


def read_sheet(snapshot: Snapshot, edition_id: str, language: str) -> Sheet | None:
    """The sheet of an edition, remarks in the language; None when there is no such edition."""
    found = snapshot.rows(
        """
        select e.*, l.modality, l.channel, l.state, l.cancelled_on, l.places_min
        from edition as e join loaded.edition as l using (edition_id)
        where edition_id = $edition_id
        """,
        edition_id=edition_id,
    )
    if not found:
        return None
    facts = found[0]
    file_id, _, line = facts["row_key"].rpartition("-")
    return Sheet(
        facts, _stand(snapshot, facts), _share_teaching(snapshot, edition_id),
        _list_partners(snapshot, facts["course"]), _list_remarks(snapshot, facts, language),
        _name_file(snapshot, file_id), int(line),
    )


def _stand(snapshot: Snapshot, facts: dict) -> dict[str, int | None]:
    """The counts of the edition; those that leave out what is not offered are unknown for such an edition."""
    if not snapshot.has("enrolments"):
        return dict.fromkeys((*STANDING, "waiting_list"))
    counts = ", ".join(f"{METRICS[key].numerator} as {key}" for key in STANDING)
    waiting = "count(*) filter (where is_application and state = 'waiting_list') as waiting_list"
    sql = f"select {counts}, {waiting} from enrolment where edition_id = $edition_id"
    counted = snapshot.rows(sql, edition_id=facts["edition_id"])[0]
    return counted if facts["is_offered"] else counted | dict.fromkeys(STANDING[1:])


def _share_teaching(snapshot: Snapshot, edition_id: str) -> list[StaffPart] | None:
    if not snapshot.has("teaching"):
        return None
    rows = snapshot.rows(
        """
        select staff_type, count(distinct teacher_key) as teachers, sum(hours) as hours
        from teaching where edition_id = $edition_id group by staff_type
        """,
        edition_id=edition_id,
    )
    whole = sum((row["hours"] or Decimal(0) for row in rows), Decimal(0))
    taught = {row["staff_type"]: row for row in rows}
    return [
        StaffPart(key, taught[key]["teachers"], taught[key]["hours"], _share(taught[key]["hours"], whole))
        if key in taught else StaffPart(key, 0, Decimal(0), _share(Decimal(0), whole))
        for key in STAFF_TYPES if rows
    ]


def _share(hours: Decimal | None, whole: Decimal) -> Decimal | None:
    return hours / whole if whole and hours is not None else None


def _list_partners(snapshot: Snapshot, course: str) -> list[Partner] | None:
    if not snapshot.has("endorsements"):
        return None
    rows = snapshot.rows(
        """
        select entity, entity_type, collaboration_type, signed_on, coalesce(signed_on <= $as_of, true) as is_counted
        from loaded.endorsement where course_id = $course order by signed_on nulls last, entity
        """,
        as_of=snapshot.as_of, course=course,
    )
    return [Partner(**row) for row in rows]


def _list_remarks(snapshot: Snapshot, facts: dict, language: str) -> list[Remark]:
    """What the load flagged on the rows of the edition, of its teachers, learners and partners: one remark a rule."""
    rows = snapshot.rows(
        f"""
        with its_rows as (
            select row_key from loaded.edition where edition_id = $edition_id
            union all select row_key from loaded.teaching where edition_id = $edition_id
            union all select row_key from loaded.enrolment where edition_id = $edition_id
            union all select row_key from loaded.endorsement where course_id = $course
        )
        select
            f.rule, f.export, s.file_name, any_value(r.sentence_{language}) as sentence, any_value(h.header) as heading,
            list(distinct f.found order by f.found) filter (where f.found is not null) as found,
            list(distinct f.line order by f.line) as lines
        from loaded.flag as f
        join its_rows using (row_key)
        join loaded.rule as r using (rule)
        left join loaded.source_file as s using (file_id)
        left join loaded.header as h on h.file_id = f.file_id and h.field = f.field
        group by f.rule, f.export, f.field, s.file_name
        order by f.export, f.rule, s.file_name
        """,
        edition_id=facts["edition_id"], course=facts["course"],
    )
    return [
        Remark(
            _fill(row["sentence"], row["found"] or [], language), row["heading"], row["export"], row["file_name"],
            tuple(row["lines"]),
        )
        for row in rows
    ]


def _fill(sentence: str, found: list[str], language: str) -> str:
    shown = " · ".join(found[:MOST_FOUND]) + (" …" if len(found) > MOST_FOUND else "")
    return fill(sentence, shown, language)


def _name_file(snapshot: Snapshot, file_id: str) -> str:
    names = snapshot.rows("select file_name from loaded.source_file where file_id = $file_id", file_id=file_id)
    return names[0]["file_name"] if names else file_id
