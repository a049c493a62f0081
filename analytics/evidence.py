"""Evidence: for every edition of the offer, which proofs that an auditor asks for are there, and which are not."""

from dataclasses import dataclass
from datetime import date

from analytics.metrics import count
from analytics.snapshot import Snapshot
from analytics.trace import Trace, count_by

# One row per enrolment that is active or entered, in an offered edition, with what proves it.
PROOF = """(
    select
        n.row_key, n.edition_id, n.is_enrolment, n.is_entry, n.is_credential, n.has_ended, n.result, n.starts_on,
        e.ends_on, n.certified_on,
        l.person_basis = 'document' as has_document,
        e.has_started,
        -- Nothing to pay is as good as paid.
        coalesce(l.paid_on <= n.starts_on and l.amount_paid > 0, false)
            or coalesce(l.amount_due = 0, false) as is_paid_before,
        coalesce(n.enrolled_on <= n.starts_on, false) as is_enrolled_before
    from enrolment as n
    join loaded.enrolment as l using (enrolment_id)
    join (select edition_id, ends_on, has_started from edition where is_offered) as e on e.edition_id = n.edition_id
    where n.is_enrolment or n.is_entry
) as proof"""
# What is asked for, and how many have it: (asked, present).
ASKED = {
    "document": ("is_enrolment", "has_document"),
    "payment": ("is_entry and has_started", "is_paid_before and is_enrolled_before"),
    "result": ("is_entry and has_ended", "result is not null"),
    "certificate": ("is_entry and has_ended and result = 'passed'", "is_credential"),
}


@dataclass(frozen=True)
class Evidence:
    """An offered edition. counts: {proof: (present, asked)}; None where the export is missing.

    late: certificates after the term, None when the term is pending. untimed: teachers without known hours.
    """

    edition_id: str
    title: str
    title_va: str
    starts_on: date
    ends_on: date | None
    has_started: bool
    has_ended: bool
    counts: dict[str, tuple[int, int]] | None
    late: int | None
    endorsements: int | None
    last_signed_on: date | None
    teachers: int | None
    untimed: int | None

    def title_in(self, language: str) -> str:
        return self.title_va if language == "va" else self.title

    @property
    def missing(self) -> dict[str, int]:
        """What is missing, and how many of each."""
        found = {proof: asked - present for proof, (present, asked) in (self.counts or {}).items()}
        found |= {"late": self.late or 0, "endorsement": int(self.endorsements == 0)}
        found |= {"teachers": int(self.teachers == 0), "hours": self.untimed or 0}
        return {key: number for key, number in found.items() if number}


def trace_proof(edition_id: str, proof: str, is_present: bool) -> Trace:
    """The enrolments of an edition of which a proof is asked, or those that have it."""
    condition = "edition_id = $edition" if edition_id else "true"
    bound = (("edition", edition_id),) if edition_id else ()
    return Trace(PROOF, count(_asked(proof, is_present)), condition, bound)


def _asked(proof: str, is_present: bool) -> str:
    asked, present = ASKED[proof]
    return f"{asked} and {present}" if is_present else asked


def trace_late(edition_id: str, term: int) -> Trace:
    """The certificates of an edition that came more than `term` days after its end."""
    late = "is_credential and certified_on > ends_on + to_days($term::integer)"
    condition = "edition_id = $edition" if edition_id else "true"
    bound = (("edition", edition_id), ("term", term)) if edition_id else (("term", term),)
    return Trace(PROOF, count(late), condition, bound)


def evidence(snapshot: Snapshot, term: int | None) -> list[Evidence]:
    """Every offered edition by its start; term: days from the end to the certificates, None when it is pending."""
    counts, late = _counts(snapshot), _late(snapshot, term)
    return [_to_evidence(snapshot, row, counts, late) for row in _editions(snapshot)]


def _editions(snapshot: Snapshot) -> list[dict]:
    return snapshot.rows(
        """
        with timed as (
            select edition_id, count(distinct teacher_key) filter (where hours is null) as untimed
            from teaching group by edition_id
        ),

        signed as (
            select course_id as course, max(signed_on) as last_signed_on
            from loaded.endorsement where signed_on <= $as_of group by course_id
        )

        select e.edition_id, e.title, e.title_va, e.starts_on, e.ends_on, e.has_started, e.has_ended, e.endorsements,
            signed.last_signed_on, e.teachers, coalesce(timed.untimed, 0) as untimed
        from edition as e left join timed using (edition_id) left join signed using (course)
        where e.is_offered order by e.starts_on, e.edition_id
        """,
        as_of=snapshot.as_of,
    )


def _counts(snapshot: Snapshot) -> dict[str, dict[str, int]]:
    traces = {
        f"{proof}_{side}": trace_proof("", proof, side == "present") for proof in ASKED for side in ("present", "asked")
    }
    return count_by(snapshot, traces, "edition_id")


def _late(snapshot: Snapshot, term: int | None) -> dict[str, dict[str, int]] | None:
    return None if term is None else count_by(snapshot, {"late": trace_late("", term)}, "edition_id")


def _to_evidence(snapshot: Snapshot, row: dict, counts: dict, late: dict | None) -> Evidence:
    found, knows = counts.get(row["edition_id"], {}), snapshot.has("enrolments")
    proofs = {
        proof: (found.get(f"{proof}_present", 0), found.get(f"{proof}_asked", 0)) for proof in ASKED
    }
    taught, signed = snapshot.has("teaching"), snapshot.has("endorsements")
    return Evidence(
        row["edition_id"], row["title"], row["title_va"], row["starts_on"], row["ends_on"], row["has_started"],
        row["has_ended"], proofs if knows else None,
        late.get(row["edition_id"], {"late": 0})["late"] if late is not None and knows else None,
        row["endorsements"] if signed else None, row["last_signed_on"], row["teachers"] if taught else None,
        row["untimed"] if taught else None,
    )
