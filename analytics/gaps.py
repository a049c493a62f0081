"""Gaps: what would count, or be proved, if what it lacks were there; and what that is worth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from analytics.reasons import Reason

NOTHING = Decimal("0.00")
# Of an enrolment, an edition or a course that would count; of a row that was rejected; of a credential that counts.
GapKind = Literal["enrolment", "edition", "course", "rejected", "proof"]
# What may be missing, by what has to be asked for; the keys of reasons.
LACKS = {
    "certificate": ("no_certificate",),
    "result": ("no_result", "no_end_date"),
    "right": ("no_birth_date", "no_countries", "no_nationality", "no_residence"),
    "price": ("no_price",),
    "cancellation": ("no_cancellation_date",),
    "endorsement": ("no_endorsement",),
    "teaching": ("no_teachers", "no_hours"),
    "rejected": ("row_rejected",),
    "proof": ("no_document",),
}
# What is worth something as soon as it is there, whatever it says.
CERTAIN = ("no_certificate", "no_endorsement", "no_document")
# The parts of a Worth of which every gap of an enrolment has one, and none of an edition or a course.
OF_ENROLMENTS = ("credentials", "euros", "unproven", "enrolments")


@dataclass(frozen=True)
class Deadlines:
    """Until when a gap can be mended. credentials: of the target. programme: of everything else, None when pending.

    certificate_term: days from the end of an edition to its certificates, None when pending.
    """

    credentials: date
    programme: date | None
    certificate_term: int | None = None

    def of_certificate(self, ends_on: date | None) -> date:
        """The term of the certificates, or the target's deadline when that comes first or there is no term."""
        if self.certificate_term is None or ends_on is None:
            return self.credentials
        return min(self.credentials, date.fromordinal(ends_on.toordinal() + self.certificate_term))


@dataclass(frozen=True)
class Worth:
    """What would be added: to the eligible credentials, the courses and the learners certified, to the reduction
    supported (EUR), to the editions with half of their hours by UPV academics and to those hours, to the endorsed
    courses, to the credentials with their proof, and to the enrolments that are in the figures."""

    credentials: int = 0
    courses: int = 0
    learners: int = 0
    euros: Decimal = NOTHING
    editions: int = 0
    hours: Decimal = NOTHING
    endorsements: int = 0
    unproven: int = 0
    enrolments: int = 0

    @property
    def commitments(self) -> int:
        """Editions and courses by which a commitment is nearer: half of the hours by academics, an endorsement."""
        return self.editions + self.endorsements

    @property
    def rank(self) -> tuple:
        """For sorting: the most first. A course counts before a credential, a commitment before euros."""
        return (
            -self.courses, -self.credentials, -self.unproven, -self.editions, -self.endorsements, -self.enrolments,
            -self.euros, -self.hours,
        )


@dataclass(frozen=True)
class Gap:
    """One row to chase. worth: what it adds when it alone is mended, at most.

    learner: a number that only tells whether two gaps are of the same person; None unless that person would be new
    among the certified. ends_on: of the edition. file_name, line: where its row came from.
    """

    kind: GapKind
    row_key: str
    enrolment_id: str | None
    edition_id: str
    course: str
    title: str
    title_va: str
    centre: str
    ends_on: date | None
    due_on: date | None
    lacks: tuple[Reason, ...]
    worth: Worth
    learner: int | None = None
    file_name: str | None = None
    line: int | None = None

    def title_in(self, language: str) -> str:
        return self.title_va if language == "va" else self.title

    @property
    def is_certain(self) -> bool:
        """Whether it counts as soon as what it lacks is there: a result may be a fail, a birth date too late."""
        return all(reason.key in CERTAIN for reason in self.lacks)

    def lacks_any(self, asked: Iterable[str]) -> bool:
        """Whether any of these keys of LACKS has to be asked for."""
        wanted = {key for group in asked for key in LACKS[group]}
        return any(reason.key in wanted for reason in self.lacks)

    def adds_to_any(self, parts: Iterable[str]) -> bool:
        """Whether it is worth something of any of these parts of a Worth."""
        return any(getattr(self.worth, part) for part in parts)


def add_up(gaps: Sequence[Gap]) -> Worth:
    """What they add when all are mended: a course and a person count once, however many of their gaps there are."""
    return Worth(
        sum(gap.worth.credentials for gap in gaps),
        len({gap.course for gap in gaps if gap.worth.courses}),
        len({gap.learner for gap in gaps if gap.worth.learners}),
        sum((gap.worth.euros for gap in gaps), NOTHING),
        sum(gap.worth.editions for gap in gaps),
        sum((gap.worth.hours for gap in gaps), NOTHING),
        len({gap.course for gap in gaps if gap.worth.endorsements}),
        sum(gap.worth.unproven for gap in gaps),
        sum(gap.worth.enrolments for gap in gaps),
    )


def by_worth(gap: Gap) -> tuple:
    """Sorts the most worth first, then the nearest deadline, then what has waited longest."""
    return (gap.worth.rank, *by_deadline(gap)[:-1], gap.row_key)


def by_deadline(gap: Gap) -> tuple:
    """Sorts the nearest deadline first, then what has waited longest since the edition ended, then the most worth."""
    return (gap.due_on or date.max, gap.ends_on or date.max, gap.edition_id, gap.worth.rank, gap.row_key)


SORTS = {"worth": by_worth, "deadline": by_deadline}
