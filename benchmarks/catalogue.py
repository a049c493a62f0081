"""The catalogue export: one row per edition, with the few editions that nobody can load."""

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.courses import Edition
from benchmarks.exports import write_date, write_decimal
from benchmarks.troubles import change_row

HEADERS = (
    "ID_CURSO", "EDICION", "CURSO_ACA", "DENOMINACION", "DENOMINACION_VAL", "MODALIDAD", "CANAL", "HORAS",
    "CREDITOS_ECTS", "NIVEL_MECU", "ISCED_F", "FECHA_MATRICULA", "FECHA_MATRICULA_FIN", "FECHA_INICIO", "FECHA_FIN",
    "FECHA_ANULADO", "PLAZAS", "PLAZAS_MIN", "PRECIO", "CAMPUS", "CENTRO", "DEPARTAMENTO", "IDIOMA", "REQUISITOS",
    "FINANCIADO_PRTR", "COMPETENCIAS_DIGITALES", "ESTADO",
)
TITLE_PREFIX = {"cancelled": ("ANULADO-", "CANCEL·LAT-"), "postponed": ("APLAZADO-", "AJORNAT-")}
# (position of the edition, cells): the same edition printed another way, all of which loads
SPELLINGS = (
    (3, {"EDICION": "2a ed."}), (4, {"EDICION": ""}), (11, {"NIVEL_MECU": "MECU 6"}), (12, {"NIVEL_MECU": "MECES 2"}),
    (13, {"CURSO_ACA": "2025-26"}), (16, {"CREDITOS_ECTS": "3", "PLAZAS": "Ilimitadas"}), (18, {"HORAS": "40,0"}),
)
# (position of the edition that is copied, cells): a further edition that has to be rejected
REJECTED = (
    (3, {"EDICION": "9", "MODALIDAD": "Telepresencial", "CANAL": ""}),
    (14, {"EDICION": "9", "FECHA_INICIO": "20/04/2026", "FECHA_FIN": "27/03/2026"}),
    (30, {"EDICION": "9", "FECHA_INICIO": "31/11/2025"}),
)


def list_rows(editions: list[Edition], plain: bool) -> Iterator[list[str]]:
    spellings = {} if plain else dict(SPELLINGS)
    for position, edition in enumerate(editions):
        yield change_row(print_edition(edition), HEADERS, spellings.get(position, {}))
    for position, cells in () if plain else REJECTED:
        if position < len(editions):
            yield change_row(print_edition(replace(editions[position], fate="")), HEADERS, cells)


def print_edition(edition: Edition) -> list[str]:
    course = edition.course
    prefix, prefix_va = TITLE_PREFIX.get(edition.fate, ("", ""))
    return [
        course.course_id, str(edition.number), "2025/2026", prefix + course.title, prefix_va + course.title_va,
        course.modality, course.channel, write_decimal(edition.hours),
        write_decimal(course.ects), course.eqf_level, course.field, write_date(edition.opens_on),
        write_date(edition.closes_on), write_date(edition.starts_on), write_date(edition.ends_on),
        write_date(edition.cancelled_on), str(edition.places), str(min(10, edition.places)),
        write_decimal(course.price), course.campus, course.centre, course.department, course.language,
        course.entry_requirement, course.is_funded, course.is_digital_skills, edition.state,
    ]
