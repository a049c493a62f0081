"""A programme written as the exports of a university: semicolons, decimal commas, Spanish headers and words."""

import csv
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.oracle.programme import Edition, Endorsement, Enrolment, Programme, Teaching
from tests.oracle.spelling import (
    DELIVERIES,
    ENTRY_REQUIREMENTS,
    NO_BIRTH_DATE,
    ORDINALS,
    TITLE_PREFIXES,
    UNKNOWN_PLACES,
    identity_cells,
    spell_course,
    spell_date,
    spell_euros,
    spell_number,
    spell_rate,
    spell_teacher,
    spell_word,
)

Cells = dict[str, str]


def render_programme(programme: Programme, folder: Path, seed: int = 0) -> None:
    """Write one CSV file per export that has rows; their spellings and order depend on the seed alone."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = Random(seed)
    exports = {
        "catalogo": [edition_cells(row, draw) for row in programme.editions],
        "docencia": [teaching_cells(row, draw) for row in programme.teaching or ()],
        "matriculas": [cells for row in programme.enrolments or () for cells in states_of_an_enrolment(row, draw)],
        "avales": [endorsement_cells(row, draw) for row in programme.endorsements or ()],
    }
    for name, rows in exports.items():
        draw.shuffle(rows)
        middle = draw.choice([0, len(rows) // 2])  # an export may come in several files
        for part, some in enumerate((rows[:middle], rows[middle:])):
            if some:
                write_export(folder / f"{name}{part}.csv", some)


def write_export(path: Path, rows: list[Cells]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def edition_cells(row: Edition, draw: Random) -> Cells:
    modality, channel = draw.choice(DELIVERIES[row.delivery])
    return {
        "ID_CURSO": row.course_id,
        "EDICION": draw.choice(ORDINALS[row.edition_number]),
        "CURSO_ACA": "2025/2026",
        "DENOMINACION": draw.choice(TITLE_PREFIXES[row.title_says]) + f"Curso {row.course_id}",
        "MODALIDAD": modality,
        "CANAL": channel,
        "HORAS": spell_number(row.hours),
        "CREDITOS_ECTS": spell_number(row.ects),
        "FECHA_INICIO": spell_date(row.starts_on),
        "FECHA_FIN": spell_date(row.ends_on),
        "FECHA_ANULADO": spell_date(row.cancelled_on),
        "PLAZAS": draw.choice(UNKNOWN_PLACES) if row.places is None else str(row.places),
        "PRECIO": draw.choice(["", "Consultar"]) if row.price is None else spell_euros(row.price, draw),
        "REQUISITOS": draw.choice(ENTRY_REQUIREMENTS[row.entry_requirement]) if row.entry_requirement else "",
        "FINANCIADO_PRTR": draw.choice(["S", ""]) if row.is_funded else "N",
        "COMPETENCIAS_DIGITALES": "S" if row.is_digital_skills else draw.choice(["N", ""]),
        "ESTADO": spell_word("edition cancelled" if row.state == "cancelled" else row.state, draw),
    }


def teaching_cells(row: Teaching, draw: Random) -> Cells:
    return {
        "ID_CURSO": spell_course(row.course_id, draw),
        "EDICION": draw.choice(ORDINALS[row.edition_number]),
        "ID_PROF": spell_teacher(row.teacher, draw),
        "HORAS": spell_number(row.hours),
        "TIPO_PROFESOR": spell_word(row.staff_type, draw),
    }


def states_of_an_enrolment(row: Enrolment, draw: Random) -> list[Cells]:
    """The row of an enrolment, now and then beside the earlier state that it supersedes."""
    now = enrolment_cells(row, draw)
    if row.state_on is None or draw.random() < 0.8:
        return [now]
    earlier = now | {
        "ESTADO": "Preinscrito",
        "FECHA_ESTADO": spell_date(row.state_on - timedelta(days=1)),
        "SEXO": "NB",
        "PRECIO_BASE": "999,00",
        "PCT_REDUCCION": "",
        "IMPORTE_REDUCCION": "",
        "FECHA_ANULACION": "",
    }
    return [earlier, now]


def enrolment_cells(row: Enrolment, draw: Random) -> Cells:
    return {
        "ID_MATRICULA": row.enrolment_id,
        "ID_CURSO": spell_course(row.course_id, draw),
        "EDICION": draw.choice(ORDINALS[row.edition_number]),
        "SEXO": draw.choice(["", "NC"]) if row.gender is None else spell_word(row.gender, draw),
        "FECHA_NAC": draw.choice(NO_BIRTH_DATE) if row.born_on is None else spell_date(row.born_on),
        "NACIONALIDAD": spell_word(row.nationality, draw),
        "PAIS_RESIDENCIA": spell_word(row.residence, draw),
        "TARIFA": spell_word(row.tariff, draw),
        "PRECIO_BASE": spell_euros(row.base_price, draw),
        "PCT_REDUCCION": spell_rate(row.reduction_rate, draw),
        "IMPORTE_REDUCCION": spell_euros(row.reduction_amount, draw),
        "FECHA_SOLICITUD": spell_date(row.applied_on),
        "FECHA_MATRICULA": spell_date(row.enrolled_on),
        "FECHA_PAGO": spell_date(row.paid_on),
        "FECHA_ANULACION": spell_date(row.cancelled_on),
        "FECHA_ESTADO": spell_date(row.state_on),
        "ESTADO": spell_word(row.state, draw),
        "RESULTADO": spell_word(row.result, draw),
        "FECHA_CERTIFICADO": spell_date(row.certified_on),
    } | identity_cells(row.person, draw)


def endorsement_cells(row: Endorsement, draw: Random) -> Cells:
    return {
        "ID_CURSO": spell_course(row.course_id, draw),
        "ENTIDAD": row.entity,
        "FECHA_FIRMA": spell_date(row.signed_on),
    }
