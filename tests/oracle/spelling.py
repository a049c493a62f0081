"""The spellings a value may arrive in; which one is drawn does not change the value."""

from datetime import date
from decimal import Decimal
from random import Random

CONTROL_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"

DELIVERIES = {
    "in_person": [("Presencial", ""), ("Presencial", "Aula física"), ("PRESENCIAL", "aula fisica")],
    "online_sync": [
        ("Presencial", "Aula virtual"),
        ("Presencial (aula virtual)", ""),
        ("Emisión en directo", ""),
        ("Online", "Aula virtual"),
    ],
    "online_async": [
        ("Online", "Asíncrono"),
        ("On-line", ""),
        ("En línia", ""),
        ("Virtual", "Asíncrono"),
        ("Matrícula continua", ""),
    ],
    "blended": [("Semipresencial", ""), ("Híbrida", "Aula virtual")],
}
WORDS = {
    "draft": ["Borrador"],
    "published": ["Publicado"],
    "open": ["Matriculable"],
    "running": ["En curso"],
    "finished": ["Finalizado"],
    "postponed": ["Aplazado"],
    "edition cancelled": ["Anulado"],
    "preregistered": ["Preinscrito"],
    "admitted": ["Admitido"],
    "waiting_list": ["Lista de espera"],
    "payment_pending": ["Pendiente de pago"],
    "enrolled": ["Matriculado", "MATRICULADO"],
    "cancelled": ["Anulada", "anulada"],
    "withdrawn": ["Baja"],
    "refunded": ["Devuelta"],
    "course_cancelled": ["Curso anulado"],
    "woman": ["M", "Mujer", "Dona", "D", "2"],
    "man": ["H", "V", "Hombre", "Home", "1"],
    "non_binary": ["NB", "No binario"],
    "general": ["General"],
    "microcreds_70": ["Microcreds 70 %"],
    "reduced_100": ["Reducida (100 %)", "Reducida"],
    "group": ["Colectivo"],
    "passed": ["Apto"],
    "failed": ["No apto"],
    "not_presented": ["No presentado"],
    "prior_knowledge": ["Conocimientos previos"],
    "degree": ["Titulación"],
    "upv_academic": ["PDI UPV"],
    "upv_other": ["PTGAS UPV", "PAS UPV"],
    "external_academic": ["Otra universidad"],
    "external_professional": ["Externo", "Profesional"],
    "ES": ["ES", "ESP", "724", "España", "Espanya", "Spain"],
    "FR": ["FR", "FRA", "250", "Francia", "França", "France"],
    "MA": ["MA", "MAR", "504", "Marruecos", "Marroc", "Morocco"],
}
ENTRY_REQUIREMENTS = {"open": ["Abierto"]} | {word: WORDS[word] for word in ("prior_knowledge", "degree")}
ORDINALS = {1: ["1", "", "1a ed.", "I"], 2: ["2", "2a ed.", "II"], 3: ["3", "3a ed.", "III"]}
TITLE_PREFIXES = {
    "cancelled": ["ANULADO-", "CANCELADO-", "CANCEL·LAT-"],
    "postponed": ["APLAZADO-", "AJORNAT-"],
    None: [""],
}
UNKNOWN_PLACES = ["", "Ilimitadas", "0", "999"]
NO_BIRTH_DATE = ["", "", "01/01/1900"]


def spell_word(word: str | None, draw: Random) -> str:
    return "" if word is None else draw.choice(WORDS[word])


def spell_date(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"


def spell_euros(amount: Decimal | None, draw: Random) -> str:
    if amount is None:
        return ""
    return f"{amount:.2f}".replace(".", ",") + draw.choice(["", "", " €", "€"])


def spell_number(number: Decimal | int | None) -> str:
    return "" if number is None else f"{number.normalize():f}".replace(".", ",")


def spell_rate(rate: Decimal | None, draw: Random) -> str:
    text = spell_number(rate)
    return f"{text} %" if rate is not None and rate > 1 and draw.random() < 0.4 else text


def identity_cells(person: str, draw: Random) -> dict[str, str]:
    """Cells that name a person: `document:…` in one of its spellings, `learner:…`, or nothing at all."""
    kind, _, number = person.partition(":")
    cells = dict.fromkeys(["NUM_DOC", "TIPO_DOC", "LETRA", "ID_ALUMNO"], "")
    if kind == "document":
        return cells | document_cells(number, draw) | {"ID_ALUMNO": draw.choice(["", f"A{number}"])}
    return cells | {"ID_ALUMNO": number if kind == "learner" else ""}


def document_cells(number: str, draw: Random) -> dict[str, str]:
    """A synthetic NIF of 8 digits or NIE of X, Y, Z and 7 digits, always with a right letter or none."""
    cells = {"TIPO_DOC": "NIE" if number[0] in "XYZ" else "NIF"}
    if draw.random() < 0.2:
        return cells | {"NUM_DOC": number, "LETRA": control_letter(number)}
    return cells | {"NUM_DOC": spell_document(number, draw)}


def control_letter(number: str) -> str:
    digits = number.replace("X", "0").replace("Y", "1").replace("Z", "2")
    return CONTROL_LETTERS[int(digits) % 23]


def spell_document(number: str, draw: Random) -> str:
    letter = control_letter(number)
    written = [number + letter, f"{number}-{letter}", f"{number} {letter}".lower(), number]
    if number[0] not in "XYZ":
        written += [number.lstrip("0") + letter, f"{number[:2]}.{number[2:5]}.{number[5:]}-{letter}"]
    return draw.choice(written)


def spell_teacher(teacher: str, draw: Random) -> str:
    """An id of the university, or `document:…` in one of its spellings."""
    kind, _, number = teacher.partition(":")
    return spell_document(number, draw) if kind == "document" else draw.choice([teacher, teacher.lower()])


def spell_course(course_id: str, draw: Random) -> str:
    """A code as other exports than the catalogue may have it: as a number, its leading zeros lost."""
    as_number = f"{course_id.lstrip('0')}{draw.choice(['', '.0'])}" if course_id.isdigit() else course_id
    return draw.choice([course_id, course_id, course_id, as_number])
