"""Invented people: valid-looking documents of nobody, ages, nationalities; some come back for another course."""

import random
from bisect import bisect
from collections import deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from benchmarks.troubles import Slips

LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
# Numbers from 90 million on have not been issued: documents look valid and belong to nobody.
FIRST_UNISSUED, UNISSUED, STRIDE = 90_000_000, 9_900_000, 7_368_787
AGES = tuple(range(19, 71))
AGES_REACHED = tuple(accumulate(
    [1.3] * 6 + [3.2] * 10 + [3.0] * 10 + [2.1] * 10 + [0.9] * 10 + [0.5] * 6))
GENDERS, GENDERS_REACHED = ("M", "H", "NB", "NC"), (0.455, 0.97, 0.985, 1.0)
FOREIGN = ("Colombia", "Italia", "Rumanía", "Venezuela", "Argentina", "Ucrania", "Marruecos", "Francia", "Ecuador",
           "Alemania", "China", "Perú", "Reino Unido", "Bulgaria")
FOREIGN_REACHED = tuple(accumulate((16, 15, 13, 10, 9, 8, 7, 6, 5, 4, 4, 4, 3, 3)))
ABROAD = ("Italia", "Colombia", "México", "Portugal", "Ecuador", "Francia", "Chile")
EUROPEAN_UNION = {"Italia", "Rumanía", "Francia", "Alemania", "Bulgaria", "Portugal"}
PROVINCES, PROVINCES_REACHED = ("46", "03", "12", "28", "08", "30", "02"), (78, 88, 94, 96, 97.5, 99, 100)
STUDIES = ("ESO", "Bachillerato", "FP grado medio", "FP grado superior", "Grado universitario",
           "Máster universitario", "Doctorado", "(no informado)")
STUDIES_REACHED = (4, 14, 20, 38, 73, 94, 98, 100)
WORK = ("Ocupado/a", "Desempleado/a", "Autónomo/a", "Estudiante", "No aplica")
WORK_REACHED = (62, 80, 91, 97, 100)
SHARE_COMING_BACK = 0.16
REMEMBERED = 400  # the latest people only, so that memory does not grow with the size


@dataclass
class Person:
    number: int
    document: str
    document_type: str
    gender: str
    born_on: date | None
    born_text: str
    nationality: str
    residence: str
    postcode: str
    studies: str
    work: str
    is_spanish_or_resident: bool | None
    editions: set[int] = field(default_factory=set)

    def age_on(self, day: date) -> int | None:
        if self.born_on is None:
            return None
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


def pick(rng: random.Random, values: tuple, reached: tuple) -> object:
    return values[bisect(reached, rng.random() * reached[-1])]


class Crowd:
    """Whoever applies next: mostly somebody unseen, sometimes one of the latest people again."""

    def __init__(self, seed: int, slips: Slips) -> None:
        self._rng = random.Random(f"{seed}/people")
        self._offset = self._rng.randrange(UNISSUED)
        self._slips = slips
        self._latest: deque[Person] = deque(maxlen=REMEMBERED)
        self._count = 0

    def next_for(self, edition: int) -> Person:
        """Nobody comes back to an edition they already applied for."""
        person = self._come_back(edition) or self._meet()
        person.editions.add(edition)
        return person

    def _come_back(self, edition: int) -> Person | None:
        if not self._latest or self._rng.random() >= SHARE_COMING_BACK:
            return None
        person = self._rng.choice(self._latest)
        return None if edition in person.editions or len(person.editions) > 2 else person

    def _meet(self) -> Person:
        rng, self._count = self._rng, self._count + 1
        born_on, born_text = self._birth()
        nationality, residence, is_spanish_or_resident = self._home()
        document, document_type = self._document(nationality, residence)
        person = Person(
            number=self._count, document=document, document_type=document_type,
            gender=pick(rng, GENDERS, GENDERS_REACHED), born_on=born_on, born_text=born_text, nationality=nationality,
            residence=residence, postcode=self._postcode(residence), studies=pick(rng, STUDIES, STUDIES_REACHED),
            work=pick(rng, WORK, WORK_REACHED), is_spanish_or_resident=is_spanish_or_resident,
        )
        self._latest.append(person)
        return person

    def _birth(self) -> tuple[date | None, str]:
        if self._slips.is_due("unknown_birth"):
            return None, ""
        if self._slips.is_due("birth_of_1900"):
            return None, "01/01/1900"
        if self._slips.is_due("impossible_birth"):
            return None, "30/02/1985"
        years = pick(self._rng, AGES, AGES_REACHED)
        born_on = date(2025 - years, 12, 31) - timedelta(days=self._rng.randrange(365))
        return born_on, f"{born_on:%d/%m/%Y}"

    def _home(self) -> tuple[str, str, bool | None]:
        if self._slips.is_due("missing_nationality"):
            return "", "", None
        chance = self._rng.random()
        if chance < 0.85:
            return "España", "España", True
        if chance < 0.86:
            return "España", pick(self._rng, ABROAD, tuple(range(1, len(ABROAD) + 1))), True
        if chance < 0.96:
            return pick(self._rng, FOREIGN, FOREIGN_REACHED), "España", True
        country = pick(self._rng, ABROAD, tuple(range(1, len(ABROAD) + 1)))
        return country, country, False

    def _document(self, nationality: str, residence: str) -> tuple[str, str]:
        number = (self._count * STRIDE + self._offset) % UNISSUED
        if self._slips.is_due("missing_document"):
            return "", ""
        if nationality in ("España", ""):
            return self._nif(FIRST_UNISSUED + number), "NIF"
        if residence == "España":
            return self._nie(number), "NIE"
        return f"XS{number:07}", "Pasaporte"

    def _nif(self, number: int) -> str:
        if self._slips.is_due("leading_zero"):
            number = self._count
        return f"{number:08}" + self._letter(number)

    def _nie(self, number: int) -> str:
        return f"Z{number:07}" + self._letter(20_000_000 + number)

    def _letter(self, number: int) -> str:
        shift = 1 if self._slips.is_due("wrong_letter") else 0
        return LETTERS[(number + shift) % 23]

    def _postcode(self, residence: str) -> str:
        if residence not in ("España", ""):
            return ""
        return pick(self._rng, PROVINCES, PROVINCES_REACHED) + f"{self._rng.randrange(1, 200):03}"
