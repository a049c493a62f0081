"""A programme in typed values: what the exports say, once read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

EditionId = tuple[str, int]


@dataclass(frozen=True)
class Edition:
    """One edition of a course; title_says is a state written in front of its title."""

    course_id: str
    edition_number: int
    starts_on: date
    ends_on: date | None = None
    state: str | None = "published"
    title_says: str | None = None
    cancelled_on: date | None = None
    delivery: str = "in_person"
    hours: Decimal = Decimal("20")
    ects: Decimal = Decimal("2")
    places: int | None = None
    price: Decimal | None = None
    entry_requirement: str | None = None
    is_funded: bool = True
    is_digital_skills: bool = False

    @property
    def edition_id(self) -> EditionId:
        return self.course_id, self.edition_number


@dataclass(frozen=True)
class Teaching:
    """One teacher in one edition; hours are None when they are not known."""

    course_id: str
    edition_number: int
    teacher: str
    staff_type: str
    hours: Decimal | None = None

    @property
    def edition_id(self) -> EditionId:
        return self.course_id, self.edition_number


@dataclass(frozen=True)
class Enrolment:
    """One enrolment in its newest state; person is `document:…`, `learner:…`, or the enrolment itself.

    reduction_rate is as sent: up to 1 a fraction, above 1 a percentage.
    """

    enrolment_id: str
    course_id: str
    edition_number: int
    person: str
    state: str = "enrolled"
    gender: str | None = None
    born_on: date | None = None
    nationality: str | None = None
    residence: str | None = None
    tariff: str | None = None
    base_price: Decimal | None = None
    reduction_rate: Decimal | None = None
    reduction_amount: Decimal | None = None
    applied_on: date | None = None
    enrolled_on: date | None = None
    paid_on: date | None = None
    cancelled_on: date | None = None
    state_on: date | None = None
    result: str | None = None
    certified_on: date | None = None

    @property
    def edition_id(self) -> EditionId:
        return self.course_id, self.edition_number


@dataclass(frozen=True)
class Endorsement:
    """One endorsement of a course by a collaborating entity."""

    course_id: str
    entity: str
    signed_on: date | None = None


@dataclass(frozen=True)
class Programme:
    """All exports together; an export that did not come is None."""

    editions: tuple[Edition, ...]
    teaching: tuple[Teaching, ...] | None = None
    enrolments: tuple[Enrolment, ...] | None = None
    endorsements: tuple[Endorsement, ...] | None = None
