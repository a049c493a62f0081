"""The endorsements and the funding: invented companies that back a course, and the accounting lines of the grant."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from benchmarks.courses import Course, Edition
from benchmarks.exports import write_date, write_decimal

ENDORSEMENT_HEADERS = ("ID_CURSO", "ENTIDAD", "NIF_ENTIDAD", "TIPO_ENTIDAD", "TIPO_COLABORACION", "FECHA_FIRMA")
FUNDING_HEADERS = (
    "PROYECTO", "LINEA", "TIPO_LINEA", "ID_CURSO", "CONCEPTO", "SENTIDO", "ANUALIDAD", "PRESUPUESTADO", "COMPROMETIDO",
    "RECONOCIDO", "PAGADO", "FECHA_REFERENCIA",
)
COLLABORATIONS = ("Aval del programa", "Docencia", "Prácticas", "Asesoramiento en contenidos", "Difusión")
PROJECT = "MICROCREDS C21.I6 (sintético)"
REFERENCE_ON = date(2026, 1, 31)
# line, kind, concept, direction, year, budgeted, committed, recognised, paid: lines of the whole programme
PROGRAMME_LINES = (
    ("LF-01", "2PRTR", "Transferencia de la Generalitat", "Ingreso", 2025, 420_000, 420_000, 420_000, 310_000),
    ("LF-01", "2PRTR", "Transferencia de la Generalitat", "Ingreso", 2026, 380_000, 380_000, 0, 0),
    ("LF-02", "propios", "Aportación de la universidad", "Ingreso", 2025, 60_000, 60_000, 60_000, 60_000),
    ("LF-03", "art. 60", "Convenios con entidades colaboradoras", "Ingreso", 2026, 25_000, 12_500, 6_000, 6_000),
    ("LF-04", "2PRTR", "Plataforma de acreditación digital", "Gasto", 2025, 48_000, 46_200, 46_200, 31_500),
    ("LF-05", "2PRTR", "Campaña de difusión", "Gasto", 2025, 30_000, 28_750, 21_300, 21_300),
    ("LF-05", "2PRTR", "Campaña de difusión", "Gasto", 2026, 30_000, 9_400, 0, 0),
    ("LF-06", "otros", "Auditoría de la ayuda", "Gasto", 2026, 12_000, 0, 0, 0),
)
Line = tuple[str, str, str, str, str, int, list[Decimal]]


def load_partners() -> list[dict[str, str]]:
    with open(Path(__file__).with_name("partners.csv"), encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def list_endorsements(seed: int, courses: list[Course], plain: bool) -> Iterator[list[str]]:
    """Most courses have one to three; every seventh has none."""
    rng = random.Random(f"{seed}/endorsements")
    partners = load_partners()
    for position, course in enumerate(courses):
        if position % 7 == 6:
            continue
        for partner in _choose(rng, partners, course):
            row = _endorse(rng, course, partner, partners.index(partner))
            yield row
            if position == 10 and not plain:
                yield row
    if not plain:
        yield ["199999", *row[1:]]
        yield [courses[0].course_id, "TURIA ANALITICA DE DATOS, SL", *row[2:]]


def _choose(rng: random.Random, partners: list[dict[str, str]], course: Course) -> list[dict[str, str]]:
    close = [partner for partner in partners if course.field.startswith(partner["fields"])] or partners
    return rng.sample(close, min(len(close), rng.choice((1, 1, 2, 2, 3))))


def _endorse(rng: random.Random, course: Course, partner: dict[str, str], number: int) -> list[str]:
    signed_on = date(2025, 5, 5) + timedelta(days=rng.randrange(140))
    return [course.course_id, partner["entity"], _tax_id(partner["entity_type"], number), partner["entity_type"],
            rng.choice(COLLABORATIONS), "" if rng.random() < 0.08 else write_date(signed_on)]


def _tax_id(entity_type: str, number: int) -> str:
    """The form of a company's tax number: a letter, seven digits and their control digit."""
    digits = f"{9_900_000 + 37 * number:07}"
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[::2])
    control = (10 - (doubled + sum(map(int, digits[1::2]))) % 10) % 10
    return f"{'B' if entity_type == 'Empresa' else 'G'}{digits}{control}"


def list_funding(seed: int, editions: list[Edition], plain: bool) -> Iterator[list[str]]:
    totals = [Decimal(0)] * 4
    for line in _list_lines(random.Random(f"{seed}/funding"), editions):
        totals = [total + amount for total, amount in zip(totals, line[-1], strict=True)]
        yield _print_line(line)
    if not plain:
        yield ["TOTAL", *[""] * 6, *map(_write_money, totals), ""]


def _list_lines(rng: random.Random, editions: list[Edition]) -> Iterator[Line]:
    for line, kind, concept, direction, year, *amounts in PROGRAMME_LINES:
        yield line, kind, "", concept, direction, year, [Decimal(amount) for amount in amounts]
    for edition in editions:
        if edition.number == 1 and edition.course.is_funded == "S" and not edition.fate:
            yield from _fund_course(rng, edition)


def _fund_course(rng: random.Random, edition: Edition) -> Iterator[Line]:
    course_id, year = edition.course.course_id, edition.starts_on.year
    teaching, materials = edition.hours * rng.choice((75, 80, 90)), Decimal(rng.randrange(600, 2400, 50))
    done = {"Finalizado": Decimal(1), "En curso": Decimal("0.4")}.get(edition.state, Decimal(0))
    yield "LF-10", "2PRTR", course_id, "Profesorado", "Gasto", year, _progress(teaching, done)
    yield "LF-11", "2PRTR", course_id, "Materiales y plataforma", "Gasto", year, _progress(materials, done)
    share = rng.choice((Decimal("0.85"), Decimal("0.9"), Decimal("0.95"), Decimal("1.1")))
    fees = _progress((teaching + materials) * share / 2, done)
    yield "LF-12", "propios", course_id, "Tasas de matrícula", "Ingreso", year, fees


def _progress(amount: Decimal, done: Decimal) -> list[Decimal]:
    steps = (amount, amount, amount * done, amount * done * Decimal("0.8"))
    return [step.quantize(Decimal("0.01")) for step in steps]


def _print_line(line: Line) -> list[str]:
    *texts, year, amounts = line
    return [PROJECT, *texts, str(year), *map(_write_money, amounts), write_date(REFERENCE_ON)]


def _write_money(amount: Decimal) -> str:
    return write_decimal(amount.quantize(Decimal("0.01")))
