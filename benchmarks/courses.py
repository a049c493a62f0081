"""The invented offer: which courses there are, and when each of their editions is held."""

import csv
import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

NEWEST_EVENT_ON = date(2026, 2, 15)
CHRISTMAS_BREAK_WEEKS = 2
CHRISTMAS_EVE = date(2025, 12, 24)
HOURS_PER_ECTS = 10
PLACES, PLACES_WEIGHTS = (15, 20, 24, 25, 30, 32, 35, 40), (1, 1, 1, 2, 5, 2, 8, 9)
EUR_PER_ECTS = (25, 28, 30, 30, 32, 35, 35, 38, 40, 42, 45)
APPLICATIONS_PER_PLACE = (0.35, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0, 1.25)
FEW_PER_PLACE = 0.3  # why an edition is cancelled or postponed
ENROLMENTS_PER_COURSE = 40  # what the places hold; a programme with more people a course gets more places
OWN_FUNDS = (27, 38)  # positions in courses.csv of what the grant does not pay
FATES = {(32, 1): "cancelled", (39, 1): "postponed", (17, 2): "draft"}  # position in courses.csv, edition


@dataclass(frozen=True)
class Course:
    course_id: str
    title: str
    title_va: str
    modality: str
    channel: str
    ects: Decimal
    eqf_level: str
    field: str
    campus: str
    centre: str
    department: str
    language: str
    entry_requirement: str
    is_digital_skills: str
    is_funded: str
    price: Decimal
    starts_on: tuple[date, ...]  # of its editions, in their order
    weeks: int


@dataclass(frozen=True)
class Edition:
    course: Course
    number: int
    opens_on: date
    closes_on: date
    starts_on: date
    ends_on: date
    assessed_on: date
    certified_on: date
    cancelled_on: date | None
    places: int
    popularity: float
    fate: str  # "", "cancelled", "postponed" or "draft"

    @property
    def hours(self) -> Decimal:
        return (self.course.ects * HOURS_PER_ECTS).quantize(Decimal(1))

    @property
    def state(self) -> str:
        if self.fate:
            return {"cancelled": "Anulado", "postponed": "Aplazado", "draft": "Borrador"}[self.fate]
        if self.ends_on < NEWEST_EVENT_ON:
            return "Finalizado"
        if self.starts_on <= NEWEST_EVENT_ON:
            return "En curso"
        return "Matriculable" if self.opens_on <= NEWEST_EVENT_ON else "Publicado"


def list_courses(count: int, plain: bool) -> list[Course]:
    """The first courses of courses.csv; beyond its end the list begins again, one level up."""
    with open(Path(__file__).with_name("courses.csv"), encoding="utf-8", newline="") as stream:
        known = list(csv.DictReader(stream, delimiter=";"))
    return [_make_course(known[position % len(known)], position, position // len(known), plain)
            for position in range(count)]


def _make_course(row: dict[str, str], position: int, level: int, plain: bool) -> Course:
    ects = Decimal(row["ects"].replace(",", "."))
    copied = ("modality", "channel", "eqf_level", "field", "campus", "centre", "department", "language",
              "entry_requirement", "is_digital_skills")
    return Course(
        course_id=f"{98200 + 211 * position:06}",
        title=row["title"] + (f" (nivel {level + 1})" if level else ""),
        title_va=row["title_va"] + (f" (nivell {level + 1})" if level else ""),
        ects=min(ects, Decimal(14)) if plain else ects,
        price=(ects * EUR_PER_ECTS[position * 4 % len(EUR_PER_ECTS)]).quantize(Decimal("0.01")),
        is_funded="N" if position % 44 in OWN_FUNDS else "S",
        starts_on=tuple(date.fromisoformat(row[key]) for key in ("starts_on", "again_on") if row[key]),
        weeks=int(row["weeks"]),
        **{key: row[key] for key in copied},
    )


def plan_editions(seed: int, courses: int, enrolments: int, plain: bool) -> list[Edition]:
    rng = random.Random(f"{seed}/editions")
    scale = max(1.0, enrolments / (courses * ENROLMENTS_PER_COURSE))
    return [
        _plan_edition(rng, course, number, scale, "" if plain else FATES.get((position, number), ""))
        for position, course in enumerate(list_courses(courses, plain))
        for number in range(1, len(course.starts_on) + 1)
    ]


def _plan_edition(rng: random.Random, course: Course, number: int, scale: float, fate: str) -> Edition:
    starts_on = course.starts_on[number - 1]
    ends_on = _end_on(starts_on, course.weeks)
    assessed_on = ends_on + timedelta(days=rng.randint(3, 10))
    return Edition(
        course=course, number=number, opens_on=starts_on - timedelta(days=rng.choice((28, 31, 35, 38, 42))),
        closes_on=starts_on - timedelta(days=rng.choice((3, 4, 5, 7))), starts_on=starts_on, ends_on=ends_on,
        assessed_on=assessed_on, certified_on=assessed_on + timedelta(days=rng.randint(10, 24)),
        cancelled_on=starts_on - timedelta(days=5) if fate == "cancelled" else None,
        places=round(rng.choices(PLACES, PLACES_WEIGHTS)[0] * scale),
        popularity=FEW_PER_PLACE if fate else rng.choice(APPLICATIONS_PER_PLACE), fate=fate,
    )


def _end_on(starts_on: date, weeks: int) -> date:
    """The Friday of the last week; nobody teaches at Christmas, so an edition that meets it ends two weeks later."""
    ends_on = starts_on + timedelta(weeks=weeks, days=-3)
    if starts_on < CHRISTMAS_EVE <= ends_on:
        ends_on += timedelta(weeks=CHRISTMAS_BREAK_WEEKS)
    return ends_on
