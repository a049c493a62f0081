"""The rows of the files in a public pack: those of enrolments and of teachers are people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.privacy import Published, adds_up
from analytics.quality import LoadedFile
from reports.figures import Figure, code_of
from reports.public_counts import ACCEPTED, FILES, row_of_file

OF_PEOPLE = ("enrolments", "teaching")
READ, PARTS = "rows_read", (ACCEPTED, "rows_rejected", "rows_superseded")
SECTION = 9


def state_rows(published: Published, files: Sequence[LoadedFile], figures: Sequence[Figure], records: str) -> Published:
    """The rows of every file and of all, besides the other cells; records: the cell of the enrolments accepted."""
    rows = {code_of(SECTION, f"{FILES}/{row_of_file(file)}"): file for file in files}
    total = code_of(SECTION, f"{FILES}/total")
    values = {one.name: one.value for one in figures if one.code in (*rows, total) and one.column in (READ, *PARTS)}
    relations = [adds_up(f"{row}.{READ}", [f"{row}.{part}" for part in PARTS]) for row in (*rows, total)]
    relations += [adds_up(f"{total}.{column}", [f"{row}.{column}" for row in rows]) for column in (READ, *PARTS)]
    of_enrolments = [f"{row}.{ACCEPTED}" for row, file in rows.items() if file.export == "enrolments"]
    if records in published.cells and sum(values[name] for name in of_enrolments) == published.cells[records]:
        relations.append(adds_up(records, of_enrolments))
    harmless = {name for name in values if name.partition(".")[0] not in _of_people(rows)}
    return replace(
        published, cells={**published.cells, **values}, relations=[*published.relations, *relations],
        harmless=published.harmless | harmless,
    )


def _of_people(rows: Mapping[str, LoadedFile]) -> set[str]:
    return {row for row, file in rows.items() if file.export in OF_PEOPLE}
