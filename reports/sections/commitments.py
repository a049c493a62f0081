"""Section 6, modality and teaching: the declared 60/40 and the half by UPV academics, and what falls short."""

from analytics.commitments import Commitment, commitments
from analytics.dimensions import DELIVERY_GROUPS, STAFF_TYPES
from analytics.measure import measure_one
from analytics.metrics import METRICS
from analytics.mix import BASES, online_mix
from analytics.palette import colour
from analytics.reasons import tell
from analytics.staffing import EditionStaff, staff_of_editions
from analytics.trace import trace_metric
from reports.content import Block, Chart, Section
from reports.writing import Cell, Draft, Line, make_grid, prose

NUMBER = 6
KEYS = ("online_share", "face_to_face_share", "upv_academic_hours_share", "upv_majority_edition_share")
COLUMNS = (
    ("commitment", "text"), ("share", "share"), ("numerator", "count"), ("denominator", "count"), ("goal", "share"),
    ("status", "text"), ("source", "text"),
)
MIX_COLUMNS = (("basis", "text"), *((group, "share") for group in DELIVERY_GROUPS), ("whole", "count"))
SHORT_COLUMNS = (
    ("edition", "code"), ("title", "text"), ("starts_on", "day"), ("teachers", "count"), ("known_hours", "hours"),
    ("upv_hours", "hours"), ("upv_share", "share"), ("reason", "text"),
)


def write_commitments(draft: Draft) -> Section:
    staff = staff_of_editions(draft.snapshot) if draft.snapshot.has("teaching") else None
    blocks = (
        _commitments(draft), prose("commitment_notes", draft.say("commitments.notes"), _blended(draft)),
        _mix(draft), *_short(draft, staff),
    )
    return Section(NUMBER, "commitments", draft.say("section.commitments"), blocks)


def _commitments(draft: Draft) -> Block:
    found = {one.target.key: one for one in commitments(draft.snapshot, held=draft.grant.targets)}
    lines = [Line(key, _cells(draft, found[key])) for key in KEYS]
    return make_grid(draft, NUMBER, "commitments", COLUMNS, lines, ("catalogue", "teaching"), KEYS)


def _cells(draft: Draft, one: Commitment) -> tuple:
    words, metric = draft.words, METRICS[one.target.metric]
    return (
        one.target.name_in(words), Cell(one.measure.value, trace_metric(metric), metric.key),
        one.measure.numerator, one.measure.denominator, one.target.value, words(f"status.{one.status}"),
        one.target.source_in(words),
    )


def _blended(draft: Draft) -> str:
    found = measure_one(draft.snapshot, METRICS["blended_share"])
    return draft.say("commitments.blended", share=draft.words.show(found.value, "share"))


def _mix(draft: Draft) -> Block:
    lines = []
    for basis, parts in online_mix(draft.snapshot).items():
        whole = parts[0].whole if parts else None
        lines.append(Line(basis, (draft.words.metric(BASES[basis]), *(part.share for part in parts), whole)))
    return make_grid(draft, NUMBER, "mix", MIX_COLUMNS, lines, ("catalogue", "enrolments"), tuple(BASES.values()))


def _short(draft: Draft, staff: list[EditionStaff] | None) -> list[Block]:
    if staff is None:
        return [prose("short_unknown", draft.say("short.unknown"))]
    asked = [edition for edition in staff if edition.reasons]
    lines = [Line(edition.edition_id, _short_cells(draft, edition)) for edition in asked]
    return [
        *_staff_chart(draft, staff),
        make_grid(
            draft, NUMBER, "short", SHORT_COLUMNS, lines, ("teaching", "catalogue"),
            editions=draft.words.number(len(asked)),
        ),
    ]


def _short_cells(draft: Draft, edition: EditionStaff) -> tuple:
    return (
        edition.edition_id, edition.title_in(draft.words.language), edition.starts_on, edition.teachers,
        edition.known_hours, edition.upv_academic_hours, edition.upv_academic_share, tell(draft.words, edition.reasons),
    )


def _staff_chart(draft: Draft, staff: list[EditionStaff]) -> list[Block]:
    """Every edition with known hours as a bar of its staff types, the smallest share of UPV academics first."""
    known = [edition for edition in staff if edition.known_hours]
    if not known:
        return []
    words = draft.words
    series = tuple(
        (words.value("staff_type", kind), colour("staff_type", kind),
         tuple(float(edition.hours[kind] / edition.known_hours) for edition in known))
        for kind in STAFF_TYPES
    )
    below = sum(edition.is_below_half for edition in known)
    return [Chart(
        "staff_chart", draft.say("staff_chart.caption"), draft.say("staff_chart.told", below, editions=len(known)),
        "stacked", tuple(edition.edition_id for edition in known), series,
        (0.5, draft.say("staff_chart.half")), "share",
    )]
