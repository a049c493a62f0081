"""The register of courses: every edition with what the exports say of it, and what an auditor would ask about."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.snapshot import Snapshot

# RD 822/2021 asks for fewer: exactly this many is loaded and flagged.
ECTS_LIMIT = Decimal("15")


@dataclass(frozen=True)
class Entry:
    """An edition; teaching and endorsements None when their export is missing. row_key: its line in the catalogue."""

    row_key: str
    edition_id: str
    course: str
    edition_number: int
    title: str
    title_va: str
    ects: Decimal
    hours: Decimal
    eqf_level: str
    field_code: str | None
    is_digital_skills: bool
    is_funded: bool
    delivery: str
    language: str
    centre: str
    entry_requirement: str
    starts_on: date
    ends_on: date | None
    price_eur: Decimal | None
    places: int | None
    endorsements: int | None
    known_hours: Decimal | None
    upv_academic_hours: Decimal | None
    teachers: int | None
    situation: str
    is_offered: bool

    def title_in(self, language: str) -> str:
        return self.title_va if language == "va" else self.title

    @property
    def upv_share(self) -> Decimal | None:
        """The share of its known hours that UPV academics teach."""
        return self.upv_academic_hours / self.known_hours if self.known_hours and self.teachers is not None else None

    @property
    def flags(self) -> tuple[str, ...]:
        """What an auditor would ask about; nothing is asked of an edition outside the offer."""
        if not self.is_offered:
            return ()
        asked = {
            "ects_limit": self.ects == ECTS_LIMIT,
            "below_half": self.upv_share is not None and self.upv_share < Decimal("0.5"),
            "no_endorsement": self.endorsements == 0,
            "no_teachers": self.teachers == 0,
            "not_funded": not self.is_funded,
        }
        return tuple(flag for flag, is_raised in asked.items() if is_raised)


def register(snapshot: Snapshot) -> list[Entry]:
    """Every edition of the catalogue, whatever its situation, by code and number."""
    columns = ", ".join(Entry.__dataclass_fields__)
    found = snapshot.rows(f"select {columns} from edition order by course, edition_number")
    return [Entry(**row | _unknown(snapshot)) for row in found]


def _unknown(snapshot: Snapshot) -> dict[str, None]:
    missing: dict[str, None] = {}
    if not snapshot.has("teaching"):
        missing |= dict.fromkeys(("teachers", "known_hours", "upv_academic_hours"))
    if not snapshot.has("endorsements"):
        missing |= {"endorsements": None}
    return missing
