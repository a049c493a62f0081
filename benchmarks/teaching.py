"""The teaching export: who teaches how many hours of each edition, mostly UPV academic staff."""

import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from benchmarks.courses import Edition

HEADERS = (
    "ID_CURSO", "EDICION", "DENOMINACION", "TOTAL_HORAS_CURSO", "ID_PROF", "TIPO_PROFESOR", "CATEGORIA", "DEPARTAMENTO",
    "ENTIDAD", "ROL", "HORAS",
)
TITLE = "Universitat Politècnica de València · Centro de Formación Permanente · Docencia por edición (datos sintéticos)"
WITHOUT_TEACHERS, EXACTLY_HALF = 34, 9  # positions of editions
BELOW_HALF = (5, 18, 23, 31, 40)
TEACHERS_PER_DEPARTMENT = 10  # two for each of the five that may teach an edition, so that nobody comes twice
CATEGORIES = ("Titular de Universidad", "Catedrático/a de Universidad", "Permanente Laboral", "Ayudante Doctor/a",
              "Asociado/a")
OUTSIDE = ("Externo", "Profesional", "Externo", "Otra universidad", "PTGAS UPV")
Row = list[str | Decimal]


class Staff:
    """Teachers with steady numbers: the same number is the same person in every edition."""

    def __init__(self, seed: int, companies: list[str]) -> None:
        self._rng = random.Random(f"{seed}/staff")
        self._companies = companies
        self._departments: dict[str, int] = {}

    def assign(self, position: int, edition: Edition) -> Iterator[Row]:
        position %= 49
        if position == WITHOUT_TEACHERS:
            return
        hours = edition.hours
        inside = self._inside_hours(position, hours)
        for number, part in enumerate(self._split(inside, self._rng.randint(2 if inside == hours else 1, 5))):
            yield self._inside(edition, number, part)
        if inside < hours:
            for number, part in enumerate(self._split(hours - inside, self._rng.randint(1, 3))):
                yield self._outside(edition, number, part)

    def _inside_hours(self, position: int, hours: Decimal) -> Decimal:
        if position == EXACTLY_HALF:
            return hours / 2
        low, high = (25, 45) if position in BELOW_HALF else (55, 100)
        share = min(Decimal(self._rng.randint(low, high)), Decimal(95)) if hours > 10 else Decimal(high)
        return max(Decimal(1), (hours * share / 100).quantize(Decimal(1)))

    def _split(self, hours: Decimal, people: int) -> list[Decimal]:
        """Whole or half hours, at least one each; fewer people when there is too little to share."""
        people = max(1, min(people, int(hours) // 2))
        cuts = sorted(self._rng.sample(range(1, int(hours)), people - 1)) if people > 1 else []
        edges = [Decimal(0), *map(Decimal, cuts), hours]
        return [end - start for start, end in pairwise(edges)]

    def _inside(self, edition: Edition, number: int, hours: Decimal) -> Row:
        department = self._departments.setdefault(edition.course.department, len(self._departments) + 1)
        start = 4 if edition.course.eqf_level == "7" else 0
        who = department * 100 + (start + number * 2 + self._rng.randint(0, 1)) % TEACHERS_PER_DEPARTMENT
        return [*_print_edition(edition), f"P{who:05}", "PDI UPV", CATEGORIES[who % len(CATEGORIES)],
                edition.course.department, "", "Docente" if number else "Director", hours]

    def _outside(self, edition: Edition, number: int, hours: Decimal) -> Row:
        drawn = self._rng.randrange(40)
        kind = OUTSIDE[drawn % len(OUTSIDE)]
        entity = {"PTGAS UPV": "", "Otra universidad": "Universidad Imaginaria del Sur"}.get(
            kind, self._companies[drawn % len(self._companies)])
        teacher = f"P{70_000 + 10 * drawn + number:05}"
        return [*_print_edition(edition), teacher, kind, "", "", entity, "Docente", hours]


def _print_edition(edition: Edition) -> Row:
    """The edition's own figures stand on every row of its teachers, as in the real export."""
    return [edition.course.course_id, str(edition.number), edition.course.title, edition.hours]


def list_rows(seed: int, editions: list[Edition], companies: list[str], plain: bool) -> Iterator[Row]:
    staff = Staff(seed, companies)
    total, printed = Decimal(0), 0
    for position, edition in enumerate(editions):
        for row in staff.assign(position, edition):
            yield from [row] if plain else _trouble(row, printed)
            total, printed = total + row[-1], printed + 1
    if not plain:
        yield ["TOTAL", "", "", "", "", "", "", "", "", "", total]


def _trouble(row: Row, printed: int) -> Iterator[Row]:
    """Exact duplicates, one teacher spelled otherwise, one with hours on two rows, one row without its edition."""
    if printed == 30:
        row = [*row[:4], row[4].lower().replace("p", "p-"), *row[5:]]
    yield row
    if printed in (12, 77):
        yield row
    if printed == 55:
        yield [*row[:-1], Decimal("1.5")]
    if printed == 100:
        yield ["199999", *row[1:]]
