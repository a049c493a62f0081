"""Figures: every number of a pack under a short code, with its definition and the rows it is counted on."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from analytics.trace import Trace

# Without the letters that are read as digits (I, L, O) and U: a code is typed from paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 7

# What a difference is due to; as in reports/history.py.
CAUSES = ("new_rows", "events", "late", "rules")

Value = int | Decimal | date | str | None


class CodeTaken(Exception):
    """Two rows of a pack have the same code: neither could be explained."""


@dataclass(frozen=True)
class Figure:
    """A number: the row of the pack it stands in (key, code), its column, what it means and how it is counted.

    definition: key of a metric, or of a definition of the pack. trace: None for what is worked out from other figures.
    """

    code: str
    key: str
    column: str
    value: Value
    unit: str
    definition: str
    trace: Trace | None = None

    @property
    def name(self) -> str:
        """Code and column: the one name of this number."""
        return f"{self.code}.{self.column}"


@dataclass(frozen=True)
class FigureChange:
    """A figure then and now; None where it was not known or there was no such row.

    causes: in the order of CAUSES, adding up to now - then; () without the build of then, or where one side is unknown.
    """

    name: str
    key: str
    column: str
    unit: str
    then: int | Decimal | None
    now: int | Decimal | None
    causes: tuple[int | Decimal, ...] = ()

    @property
    def table(self) -> str:
        return self.key.split("/")[0]

    @property
    def difference(self) -> int | Decimal | None:
        return None if self.then is None or self.now is None else self.now - self.then


def code_of(section: int, key: str) -> str:
    """The same key has the same code in every pack, language and build."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    letters = ""
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters += ALPHABET[place]
    return f"{section}-{letters}"


@dataclass
class Ledger:
    """Collects the figures of a pack while its sections are written, and what became of those of an earlier one.

    explained: the codes of the lines of section 10 beside which a comment stands.
    """

    figures: list[Figure] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    changes: list[FigureChange] = field(default_factory=list)
    explained: set[str] = field(default_factory=set)

    def open_row(self, section: int, key: str) -> str:
        """The code of a row; CodeTaken when another row of the pack has it."""
        code = code_of(section, key)
        if self.keys.setdefault(code, key) != key:
            raise CodeTaken(f"{code}: {self.keys[code]}, {key}")
        return code

    def enter(self, figure: Figure) -> None:
        self.figures.append(figure)
