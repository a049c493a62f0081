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
PLACES, PLACES_WEIGHTS = (15, 20, 24, 25, 30, 32, 35, 40), (1, 2, 1, 4, 6, 2, 6, 6)
EUR_PER_ECTS = (25, 28, 30, 30, 32, 35, 35, 38, 40, 42, 45)
APPLICATIONS_PER_PLACE = (0.4, 0.5, 0.65, 0.75, 0.85, 0.95, 1.0, 1.05, 1.15, 1.4)
ENROLMENTS_PER_COURSE = 34  # what the places hold; a programme with more people a course gets more places
CANCELLED, POSTPONED, ALSO_DRAFT = 32, 39, 17  # positions in courses.csv


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
    price: Decimal
    popularity: float
    fate: str  # "", "cancelled", "postponed" or "draft"

    @property
    def hours(self) -> Decimal:
        return self.course.ects * HOURS_PER_ECTS

    @property
    def state(self) -> str:
        if self.fate:
            return {"cancelled": "Anulado", "postponed": "Aplazado", "draft": "Borrador"}[self.fate]
        if self.ends_on < NEWEST_EVENT_ON:
            return "Finalizado"
        if self.starts_on <= NEWEST_EVENT_ON:
            return "En curso"
        return "Matriculable" if self.opens_on <= NEWEST_EVENT_ON else "Publicado"


def list_courses(count: int, plain: bool) -> list[tuple[Course, dict[str, str]]]:
    """The first courses of courses.csv, each with its timetable; beyond its end the list begins again, one level up."""
    with open(Path(__file__).with_name("courses.csv"), encoding="utf-8", newline="") as stream:
        known = list(csv.DictReader(stream, delimiter=";"))
    return [(_make_course(known[position % len(known)], position, position // len(known), plain),
             known[position % len(known)]) for position in range(count)]


def _make_course(row: dict[str, str], position: int, round_: int, plain: bool) -> Course:
    level = f" (nivel {round_ + 1})" if round_ else ""
    level_va = f" (nivell {round_ + 1})" if round_ else ""
    ects = Decimal(row["ects"].replace(",", "."))
    return Course(
        course_id=f"{98200 + 211 * position:06}", title=row["title"] + level, title_va=row["title_va"] + level_va,
        modality=row["modality"], channel=row["channel"], ects=min(ects, Decimal(14)) if plain else ects,
        eqf_level=row["eqf_level"], field=row["field"], campus=row["campus"], centre=row["centre"],
        department=row["department"], language=row["language"], entry_requirement=row["entry_requirement"],
        is_digital_skills=row["is_digital_skills"], is_funded="N" if position % 44 in (27, 38) else "S",
    )


def plan_editions(seed: int, courses: int, enrolments: int, plain: bool) -> list[Edition]:
    rng = random.Random(f"{seed}/editions")
    scale = max(1.0, enrolments / (courses * ENROLMENTS_PER_COURSE * 1.2))
    editions = []
    for position, (course, timetable) in enumerate(list_courses(courses, plain)):
        fate = "" if plain else {CANCELLED: "cancelled", POSTPONED: "postponed"}.get(position, "")
        editions.append(_plan_edition(rng, course, 1, timetable["starts_on"], int(timetable["weeks"]), scale, fate))
        if timetable["again_on"]:
            fate = "draft" if position == ALSO_DRAFT and not plain else ""
            editions.append(
                _plan_edition(rng, course, 2, timetable["again_on"], int(timetable["weeks"]), scale, fate))
    return editions


def _plan_edition(rng: random.Random, course: Course, number: int, starts: str, weeks: int, scale: float,
                  fate: str) -> Edition:
    starts_on = date.fromisoformat(starts)
    ends_on = _end_on(starts_on, weeks)
    assessed_on = ends_on + timedelta(days=rng.randint(3, 10))
    return Edition(
        course=course, number=number, opens_on=starts_on - timedelta(days=rng.choice((28, 31, 35, 38, 42))),
        closes_on=starts_on - timedelta(days=rng.choice((3, 4, 5, 7))), starts_on=starts_on, ends_on=ends_on,
        assessed_on=assessed_on, certified_on=assessed_on + timedelta(days=rng.randint(10, 24)),
        cancelled_on=starts_on - timedelta(days=5) if fate == "cancelled" else None,
        places=round(rng.choices(PLACES, PLACES_WEIGHTS)[0] * scale),
        price=(course.ects * rng.choice(EUR_PER_ECTS)).quantize(Decimal("0.01")),
        popularity=rng.choice(APPLICATIONS_PER_PLACE), fate=fate,
    )


def _end_on(starts_on: date, weeks: int) -> date:
    """The Friday of the last week; nobody teaches at Christmas, so an edition that meets it ends two weeks later."""
    ends_on = starts_on + timedelta(weeks=weeks, days=-3)
    if starts_on < CHRISTMAS_EVE <= ends_on:
        ends_on += timedelta(weeks=CHRISTMAS_BREAK_WEEKS)
    return ends_on
