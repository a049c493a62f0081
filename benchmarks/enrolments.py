"""The life of each invented enrolment, from application to certificate, and how the system prints it on a given day."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from benchmarks.courses import Edition
from benchmarks.demand import spread_demand
from benchmarks.exports import write_decimal
from benchmarks.people import Crowd, Person
from benchmarks.troubles import Slips, spell_document

HEADERS = (
    "ID_MATRICULA", "ID_CURSO", "EDICION", "NUM_DOC", "TIPO_DOC", "LETRA", "ID_ALUMNO", "SEXO", "FECHA_NAC",
    "NACIONALIDAD", "PAIS_RESIDENCIA", "CP", "NIVEL_ESTUDIOS", "SITUACION_LABORAL", "TARIFA", "PRECIO_BASE",
    "PCT_REDUCCION", "IMPORTE_REDUCCION", "IMPORTE_A_PAGAR", "IMPORTE_PAGADO", "FECHA_SOLICITUD", "FECHA_MATRICULA",
    "FECHA_PAGO", "FECHA_ANULACION", "FECHA_ESTADO", "ESTADO", "ASISTENCIA_PCT", "RESULTADO", "FECHA_CERTIFICADO",
)
NAMED_HEADERS = (*HEADERS[:3], "NOMBRE", "APELLIDOS", "EMAIL", *HEADERS[3:])
FIRST_ID = 3_100_001
CENT = Decimal("0.01")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Fee:
    tariff: str
    rate: int
    reduction: Decimal


@dataclass
class Enrolment:
    enrolment_id: int
    edition: Edition
    person: Person
    fee: Fee
    applied_on: date
    enrolled_on: date | None = None
    paid_on: date | None = None
    cancelled_on: date | None = None
    last_state: str = "Matriculado"
    attendance: int | None = None
    result: str = ""
    certified_on: date | None = None

    def state_on(self, day: date) -> tuple[str, date]:
        """The state known on that day, and since when."""
        if self.cancelled_on and self.cancelled_on <= day:
            return self.last_state, self.cancelled_on
        if self.enrolled_on and self.enrolled_on <= day:
            return "Matriculado", max(known for known in self._news() if known and known <= day)
        if self.last_state == "Lista de espera":
            return self.last_state, self.applied_on
        pending = ("Preinscrito", "Admitido", "Pendiente de pago")[min(2, (day - self.applied_on).days)]
        return pending, min(day, self.applied_on + 2 * DAY)

    def _news(self) -> tuple[date | None, ...]:
        return self.enrolled_on, self.paid_on, (self.result and self.edition.assessed_on) or None, self.certified_on


class Registry:
    """Enrolments in the order in which they came in; remembers something per edition and nothing per enrolment."""

    def __init__(self, seed: int, editions: list[Edition], slips: Slips) -> None:
        self._rng = random.Random(f"{seed}/lives")
        self._editions, self._slips = editions, slips
        self._taken = [0] * len(editions)
        self._crowd = Crowd(seed, slips)

    def enrol(self, seed: int, enrolments: int) -> Iterator[Enrolment]:
        number = FIRST_ID
        for day, position, applications in spread_demand(seed, self._editions, enrolments):
            for _ in range(applications):
                person = self._crowd.next_for(position)
                fee = self._charge(person, self._editions[position])
                enrolment = Enrolment(number, self._editions[position], person, fee, day)
                self._live(enrolment, position)
                yield enrolment
                number += 1

    def _charge(self, person: Person, edition: Edition) -> Fee:
        chance = self._rng.random()
        if chance < 0.025:
            return _reduce("Reducida (100 %)", 100, edition.course.price)
        if chance < 0.045:
            return _reduce("Colectivo", 20, edition.course.price)
        rate = self._rate(person, edition)
        return _reduce("Microcreds 70 %" if rate else "General", rate, edition.course.price)

    def _rate(self, person: Person, edition: Edition) -> int:
        age = person.age_on(edition.starts_on)
        if age is None or person.is_spanish_or_resident is None:
            return 70 if self._rng.random() < 0.5 else 0
        if age < 25 or age > 64:
            return 70 if self._slips.is_due("undue_young" if age < 25 else "undue_senior") else 0
        if not person.is_spanish_or_resident:
            return 70 if self._slips.is_due("undue_non_resident") else 0
        if self._slips.is_due("missed_reduction"):
            return 0
        return 50 if self._slips.is_due("wrong_reduction") else 70

    def _live(self, enrolment: Enrolment, position: int) -> None:
        rng, edition = self._rng, enrolment.edition
        if self._taken[position] >= edition.places and edition.fate != "cancelled":
            enrolment.last_state = "Lista de espera"
            return
        chance = rng.random()
        if chance < 0.06:
            self._give_up_unpaid(enrolment)
            return
        self._taken[position] += 1
        last_day = edition.cancelled_on or edition.starts_on - DAY
        enrolment.enrolled_on = min(last_day, enrolment.applied_on + rng.choice((0, 0, 1, 1, 2, 3, 4)) * DAY)
        enrolment.paid_on = min(last_day, enrolment.enrolled_on + rng.choice((0, 0, 0, 1, 2)) * DAY)
        if edition.cancelled_on:
            enrolment.last_state, enrolment.cancelled_on = "Curso anulado", edition.cancelled_on
        elif chance < 0.125:
            self._leave_before(enrolment, position)
        elif chance < 0.15:
            self._leave_after(enrolment)
        else:
            self._finish(enrolment)

    def _give_up_unpaid(self, enrolment: Enrolment) -> None:
        """Who has not paid when the edition starts is struck off."""
        edition = enrolment.edition
        enrolment.last_state, enrolment.cancelled_on = "Anulada", edition.cancelled_on or edition.starts_on - DAY

    def _leave_before(self, enrolment: Enrolment, position: int) -> None:
        days = (enrolment.edition.starts_on - DAY - enrolment.enrolled_on).days
        enrolment.cancelled_on = enrolment.enrolled_on + self._rng.randint(min(1, days), days) * DAY
        enrolment.paid_on = min(enrolment.paid_on, enrolment.cancelled_on)
        enrolment.last_state = self._rng.choice(("Anulada", "Anulada", "Devuelta"))
        self._taken[position] -= 1

    def _leave_after(self, enrolment: Enrolment) -> None:
        days = max(1, (enrolment.edition.ends_on - enrolment.edition.starts_on).days * 2 // 3)
        enrolment.cancelled_on = enrolment.edition.starts_on + self._rng.randint(1, days) * DAY
        enrolment.last_state = "Baja"

    def _finish(self, enrolment: Enrolment) -> None:
        rng, chance = self._rng, self._rng.random()
        if chance < 0.06:
            enrolment.result, enrolment.attendance = "No presentado", rng.randint(0, 45)
        elif chance < 0.11:
            enrolment.result, enrolment.attendance = "No apto", rng.randint(45, 90)
        else:
            enrolment.result, enrolment.attendance = "Apto", 100 - int(rng.expovariate(1 / 6)) % 21
            if chance < 0.98:
                enrolment.certified_on = enrolment.edition.certified_on + rng.randint(0, 3) * DAY


def _reduce(tariff: str, rate: int, price: Decimal) -> Fee:
    return Fee(tariff, rate, (price * rate / 100).quantize(CENT, ROUND_HALF_UP))


class Printer:
    """Turns an enrolment into the cells of the export extracted at the end of a day."""

    def __init__(self, slips: Slips, with_names: bool) -> None:
        self._slips, self._with_names = slips, with_names
        self._spelled = 0
        self._texts: dict[date, str] = {}

    def cells(self, enrolment: Enrolment, day: date) -> list[str]:
        edition = enrolment.edition
        row = [str(enrolment.enrolment_id), edition.course.course_id, str(edition.number)]
        if self._with_names:
            number = enrolment.person.number
            row += [f"Persona {number}", "Sintética Inventada", f"persona.{number}@example.invalid"]
        return row + self._person(enrolment.person) + self._money(enrolment, day) + self._events(enrolment, day)

    def _person(self, person: Person) -> list[str]:
        document, letter = self._document(person)
        return [
            document, person.document_type, letter, str(500_000 + person.number), person.gender, person.born_text,
            person.nationality, person.residence, person.postcode, person.studies, person.work,
        ]

    def _document(self, person: Person) -> tuple[str, str]:
        document = person.document
        if document.startswith("0"):
            return (document.lstrip("0") if self._with_names else document), ""
        if person.document_type in ("NIF", "NIE") and self._slips.is_due("document_spelling"):
            self._spelled += 1
            return spell_document(document, self._spelled)
        return document, ""

    def _money(self, enrolment: Enrolment, day: date) -> list[str]:
        fee, price = enrolment.fee, enrolment.edition.course.price
        due = price - fee.reduction
        is_paid = enrolment.paid_on and enrolment.paid_on <= day and enrolment.state_on(day)[0] not in (
            "Devuelta", "Curso anulado")
        return [
            fee.tariff, write_decimal(price), str(fee.rate) if fee.rate else "", write_decimal(fee.reduction),
            write_decimal(due), write_decimal(due if is_paid else Decimal("0.00")),
        ]

    def _events(self, enrolment: Enrolment, day: date) -> list[str]:
        state, since = enrolment.state_on(day)
        is_assessed = enrolment.result and enrolment.edition.assessed_on <= day
        return [
            self._date(enrolment.applied_on, day), self._date(enrolment.enrolled_on, day),
            self._date(enrolment.paid_on, day), self._date(enrolment.cancelled_on, day), self._date(since, day), state,
            str(enrolment.attendance) if is_assessed else "", enrolment.result if is_assessed else "",
            self._date(enrolment.certified_on, day),
        ]

    def _date(self, event: date | None, day: date) -> str:
        """What had not happened by then is not printed."""
        if event is None or event > day:
            return ""
        return self._texts.get(event) or self._texts.setdefault(event, f"{event:%d/%m/%Y}")


