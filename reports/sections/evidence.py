"""Section 8, the evidence of every edition: what is there, what is missing, and what of it has a date."""

from analytics.evidence import ASKED, Evidence, evidence, trace_late, trace_proof
from reports.content import Block, Section
from reports.writing import Cell, Draft, Line, make_grid, prose

NUMBER = 8
COLUMNS = (
    ("edition", "code"), ("title", "text"), ("starts_on", "day"), ("ends_on", "day"), ("endorsements", "count"),
    ("last_signed_on", "day"),
    *((f"{proof}_{side}", "count") for proof in ASKED for side in ("present", "asked")),
    ("late", "count"), ("teachers", "count"), ("untimed", "count"), ("missing", "text"),
)


def write_evidence(draft: Draft) -> Section:
    term = draft.grant.setting("certificate_term")
    found = evidence(draft.snapshot, term.value)
    lines = [Line(one.edition_id, _cells(draft, one, term.value)) for one in found]
    incomplete = sum(bool(one.missing) for one in found)
    grid = make_grid(
        draft, NUMBER, "evidence", COLUMNS, lines, ("catalogue", "enrolments", "endorsements", "teaching")
    )
    notes = _notes(draft, incomplete, len(found), term.show(draft.words))
    return Section(NUMBER, "evidence", draft.say("section.evidence"), (notes, grid))


def _notes(draft: Draft, incomplete: int, editions: int, term: str) -> Block:
    return prose(
        "evidence_notes", draft.say("evidence.notes", incomplete, editions=draft.words.number(editions)),
        draft.say("evidence.what"), draft.say("evidence.term", term=term),
    )


def _cells(draft: Draft, one: Evidence, term: int | None) -> tuple:
    return (
        one.edition_id, one.title_in(draft.words.language), one.starts_on, one.ends_on, one.endorsements,
        one.last_signed_on, *_proofs(one),
        Cell(one.late, None if term is None else trace_late(one.edition_id, term)), one.teachers, one.untimed,
        "; ".join(draft.say(f"missing.{key}", number) for key, number in one.missing.items()),
    )


def _proofs(one: Evidence) -> list[Cell]:
    cells = []
    for proof in ASKED:
        counts = one.counts[proof] if one.counts is not None else (None, None)
        cells += [Cell(count, trace_proof(one.edition_id, proof, is_present))
                  for count, is_present in zip(counts, (True, False), strict=True)]
    return cells
