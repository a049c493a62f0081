"""Writes the exports of an invented programme: python -m benchmarks.programme OUT [--seed 2025] [--enrolments 1500]."""

import argparse
import csv
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from benchmarks import catalogue, partners, teaching
from benchmarks.courses import NEWEST_EVENT_ON, Edition, plan_editions
from benchmarks.enrolments import HEADERS, NAMED_HEADERS, Enrolment, Printer, Registry
from benchmarks.exports import write_csv, write_spreadsheet
from benchmarks.troubles import Slips, accompany

FIRST_EXTRACT_ON = date(2025, 12, 31)
FIRST_FOOTER = "Fecha de extracción: 01/01/2026"
FOOTER = "Fecha de extracción: 16/02/2026"
SYNTHETIC = """Datos sintéticos: inventados por un programa, no describen a ninguna persona real.
Dades sintètiques: inventades per un programa, no descriuen cap persona real.
Synthetic data: made up by a program, they describe no real person.
"""


def write_programme(folder: Path, seed: int = 2025, enrolments: int = 1500, courses: int = 44,
                    plain: bool = False) -> None:
    """The five exports into the folder; the same arguments give the same bytes. Plain leaves out every trouble."""
    folder.mkdir(parents=True, exist_ok=True)
    editions = plan_editions(seed, courses, enrolments, plain)
    footer = "" if plain else FOOTER
    write_csv(folder / "catalogo_microcredenciales.csv", catalogue.HEADERS, catalogue.list_rows(editions, plain),
              footer=footer)
    companies = [partner["entity"] for partner in partners.load_partners() if partner["entity_type"] == "Empresa"]
    write_spreadsheet(folder / "docencia.xlsx", teaching.TITLE, teaching.HEADERS,
                      teaching.list_rows(seed, editions, companies, plain))
    offered = [edition.course for edition in editions if edition.number == 1]
    write_csv(folder / "avales.csv", partners.ENDORSEMENT_HEADERS, partners.list_endorsements(seed, offered, plain))
    write_csv(folder / "financiacion.csv", partners.FUNDING_HEADERS, partners.list_funding(seed, editions, plain),
              footer=footer)
    _write_enrolments(folder, seed, editions, enrolments, plain)
    (folder / "SYNTHETIC.txt").write_text(SYNTHETIC, encoding="utf-8")


def _write_enrolments(folder: Path, seed: int, editions: list[Edition], enrolments: int, plain: bool) -> None:
    slips = Slips(plain)
    stream = Registry(seed, editions, slips).enrol(seed, enrolments)
    if plain:
        printer = Printer(slips, with_names=False)
        write_csv(folder / "matriculas.csv", HEADERS, (printer.cells(one, NEWEST_EVENT_ON) for one in stream))
    else:
        _write_two_extracts(folder, stream, slips)


def _write_two_extracts(folder: Path, stream: Iterable[Enrolment], slips: Slips) -> None:
    """What was known at the end of 2025, and in February what has come or changed since."""
    before, after = Printer(slips, with_names=False), Printer(slips, with_names=True)
    with ExitStack() as stack:
        first = stack.enter_context(open(folder / "matriculas_2025.csv", "w", encoding="cp1252", newline=""))
        second = stack.enter_context(open(folder / "matriculas_2026-02.csv", "w", encoding="utf-8-sig", newline=""))
        write_first, write_second = (csv.writer(file, delimiter=";", lineterminator="\r\n") for file in (first, second))
        write_first.writerow(HEADERS)
        write_second.writerow(NAMED_HEADERS)
        printed = 0
        for enrolment in stream:
            if enrolment.applied_on <= FIRST_EXTRACT_ON:
                write_first.writerows(accompany(before.cells(enrolment, FIRST_EXTRACT_ON), printed, HEADERS))
                printed += 1
            if enrolment.applied_on > FIRST_EXTRACT_ON or has_changed(enrolment):
                write_second.writerow(after.cells(enrolment, NEWEST_EVENT_ON))
        first.write(f"\r\n{FIRST_FOOTER}\r\n")
        second.write(f"\r\n{FOOTER}\r\n")


def has_changed(enrolment: Enrolment) -> bool:
    return enrolment.state_on(FIRST_EXTRACT_ON) != enrolment.state_on(NEWEST_EVENT_ON)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument("--enrolments", type=int, default=1500)
    parser.add_argument("--courses", type=int, default=44)
    parser.add_argument("--plain", action="store_true", help="without the deliberate troubles")
    choices = parser.parse_args()
    write_programme(choices.folder, choices.seed, choices.enrolments, choices.courses, choices.plain)


if __name__ == "__main__":
    main()
