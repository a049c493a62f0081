"""Evidence requests: a spreadsheet for each centre with what it has to send, and columns for it to answer in."""

from collections.abc import Sequence
from datetime import date, datetime

from analytics.downloads import to_xlsx
from analytics.evidence_worklist import CentreGaps
from analytics.gaps import Gap, Worth
from analytics.reasons import tell
from analytics.table import NOT_APPLICABLE, Column, Table
from analytics.words import Words
from reports.package import zip_files

COLUMNS = {
    "lacks": "text", "enrolment": "code", "course": "text", "edition": "code", "ends_on": "day", "worth": "text",
    "due_on": "day", "file": "text", "line": "code",
}
# Left empty: what the centre answers.
ANSWERS = {"answer": "text", "answered_on": "day", "reference": "text", "remarks": "text"}


def tabulate_gaps(says: Words, gaps: Sequence[Gap]) -> Table:
    """A row for each gap and empty columns to answer in."""
    columns = [Column(says(f"evidence.column.{key}"), unit) for key, unit in COLUMNS.items()]
    columns += [Column(says(f"evidence.column.{key}"), unit, is_to_fill=True) for key, unit in ANSWERS.items()]
    return Table(tuple(columns), [(*_cells(says, gap), *[None] * len(ANSWERS)) for gap in gaps])


def _cells(says: Words, gap: Gap) -> tuple:
    return (
        tell(says, gap.lacks), gap.enrolment_id or NOT_APPLICABLE, gap.title_in(says.language), gap.edition_id,
        gap.ends_on, tell_worth(says, gap), gap.due_on, gap.file_name,
        None if gap.line is None else str(gap.line),
    )


def tell_worth(says: Words, gap: Gap) -> str:
    """What a gap is worth in words, and whether that is certain or at most."""
    parts = tell_parts(says, gap.worth)
    return parts if gap.is_certain else says("evidence.at_most", worth=parts)


def tell_parts(says: Words, worth: Worth) -> str:
    """1 microcredencial · 21,00 €; what is nothing is left out."""
    return " · ".join(list_parts(says, worth))


def list_parts(says: Words, worth: Worth) -> list[str]:
    """What a worth is made of, what matters most first; what is nothing is left out."""
    counts = {
        "credentials": worth.credentials, "courses": worth.courses, "unproven": worth.unproven,
        "editions": worth.editions, "endorsements": worth.endorsements, "enrolments": worth.enrolments,
    }
    parts = [says(f"evidence.worth.{key}", count) for key, count in counts.items() if count]
    parts += [says("evidence.worth.hours", hours=says.show(worth.hours, "hours"))] if worth.hours else []
    parts += [says("evidence.worth.euros", euros=says.euros(worth.euros))] if worth.euros else []
    return parts


def write_request(says: Words, one: CentreGaps, heading: Sequence[str]) -> bytes:
    """The spreadsheet of one centre; heading: what is shown, and of which load."""
    title = says("evidence.request", centre=name_centre(says, one.centre))
    lines = [title, *heading, says("evidence.how_to_answer")]
    return to_xlsx(tabulate_gaps(says, one.gaps), lines, name_centre(says, one.centre))


def write_requests(
    says: Words, every: Sequence[CentreGaps], heading: Sequence[str], day: date, built_at: datetime
) -> bytes:
    """A ZIP of the spreadsheets of all centres, named by the cut-off: the same bytes for the same load."""
    names = name_requests([one.centre for one in every], day)
    files = {name: write_request(says, one, heading) for name, one in zip(names, every, strict=True)}
    return zip_files(files, built_at)


def name_centre(says: Words, centre: str) -> str:
    return says.value("centre", centre)


def name_requests(centres: Sequence[str], day: date) -> list[str]:
    """A file name for each centre, whatever its name is made of; no two alike."""
    names = [_spell(centre) for centre in centres]
    alike = [sum(one.casefold() == name.casefold() for one in names[:place]) for place, name in enumerate(names)]
    # No name has a ~ of its own.
    numbered = [f"{name}~{count + 1}" if count else name for name, count in zip(names, alike, strict=True)]
    return [f"evidence-{name}-{day.isoformat()}.xlsx" for name in numbered]


def _spell(centre: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in centre)[:40].strip("-") or "centre"
