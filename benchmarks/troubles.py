"""The troubles of real exports, put in on purpose, each with a steady share at any size."""

from collections import Counter
from dataclasses import dataclass

# A slip happens on every n-th occasion; an occasion is a new person, an applicant of that kind, or a printed row.
EVERY = {
    "unknown_birth": 165, "birth_of_1900": 480, "impossible_birth": 640, "missing_nationality": 110,
    "missing_document": 420, "leading_zero": 90, "wrong_letter": 160, "missed_reduction": 95, "wrong_reduction": 105,
    "undue_young": 9, "undue_senior": 4, "undue_non_resident": 5, "document_spelling": 24,
}
ROWS_BETWEEN_ROUNDS = 1500  # the troubles of whole rows come again after so many rows


class Slips:
    def __init__(self, plain: bool) -> None:
        self._plain = plain
        self._occasions: Counter[str] = Counter()

    def is_due(self, slip: str) -> bool:
        if self._plain:
            return False
        self._occasions[slip] += 1
        return self._occasions[slip] % EVERY[slip] == EVERY[slip] // 2


@dataclass(frozen=True)
class Change:
    """After row `after` of every round comes a copy of it with these cells instead (none: an exact duplicate)."""

    after: int
    cells: dict[str, str]


ENROLMENT_CHANGES = (
    Change(40, {}), Change(181, {}), Change(182, {}), Change(467, {}), Change(702, {}),
    Change(97, {"ID_MATRICULA": "2990001", "ID_CURSO": "199999"}),
    Change(298, {"ID_MATRICULA": "2990002", "ID_CURSO": "199999"}),
    Change(511, {"ID_MATRICULA": "2990003", "ID_CURSO": "104X30"}),
    Change(356, {"ID_MATRICULA": "2990004", "EDICION": "7"}),
    Change(640, {"ID_MATRICULA": "2990005", "EDICION": "7"}),
    Change(233, {"ID_MATRICULA": "2990006", "ESTADO": "Reservado"}),
    Change(588, {"ID_MATRICULA": "2990007", "ESTADO": "Pdte."}),
)
_CELLS_AFTER = {change.after: change.cells for change in ENROLMENT_CHANGES}


def accompany(row: list[str], number: int, headers: tuple[str, ...]) -> list[list[str]]:
    """The row, and at some numbers a copy of it that is a duplicate or has to be rejected."""
    turn, place = divmod(number, ROWS_BETWEEN_ROUNDS)
    cells = _CELLS_AFTER.get(place)
    if cells is None:
        return [row]
    if "ID_MATRICULA" in cells:
        cells = cells | {"ID_MATRICULA": str(int(cells["ID_MATRICULA"]) + 10 * turn)}
    return [row, change_row(row, headers, cells)]


def change_row(row: list[str], headers: tuple[str, ...], cells: dict[str, str]) -> list[str]:
    return [cells.get(header, cell) for header, cell in zip(headers, row, strict=True)]


def spell_document(document: str, variant: int) -> tuple[str, str]:
    """Another spelling of the same document, and what then stands in the letter's own column."""
    number, letter = document[:-1], document[-1]
    if not document[0].isdigit():
        return ((f"{document[0]}-{document[1:-1]}-{letter}", ""), (document.lower(), ""))[variant % 2]
    return (
        (f"{number[:2]}.{number[2:5]}.{number[5:]}-{letter}", ""),
        (f"{number}-{letter.lower()}", ""),
        (number, letter),
        (f"{number[:2]} {number[2:5]} {number[5:]} {letter}", ""),
    )[variant % 4]
