"""The passport of a figure: what it means, how it is counted, and the lines of the files that it is counted on."""

from dataclasses import dataclass
from pathlib import Path

from analytics.metrics import METRICS
from analytics.snapshot import FACTS, Snapshot
from analytics.trace import Row, count_again, find_rows
from analytics.words import Words
from reports.content import Pack
from reports.figures import Figure
from reports.manifest import plain_value, version_of


class NoSuchFigure(Exception):
    """No figure of the pack has that code."""


@dataclass(frozen=True)
class Passport:
    """counted_again: what the query gives now, None when the figure has no query of its own."""

    figure: Figure
    meaning: str
    version: str
    sql: tuple[str, ...]
    counted_again: object
    rows: tuple[Row, ...]

    def to_plain(self) -> dict:
        """As data; no person is in it, only places in files."""
        return {
            "code": self.figure.name, "key": self.figure.key, "column": self.figure.column,
            "value": plain_value(self.figure.value), "unit": self.figure.unit, "definition": self.figure.definition,
            "meaning": self.meaning, "version": self.version, "sql": list(self.sql),
            "bound": {name: str(value) for name, value in (self.figure.trace.values if self.figure.trace else ())},
            "facts": [path.relative_to(Path(FACTS).parents[1]).as_posix() for path in sorted(FACTS.glob("*.sql"))],
            "counted_again": plain_value(self.counted_again),
            "rows": [
                {"row_key": row.row_key, "file": row.file_name, "sheet": row.sheet_name, "line": row.line}
                for row in self.rows
            ],
        }


def explain(pack: Pack, snapshot: Snapshot, code: str, words: Words) -> list[Passport]:
    """The passports of a code: of every number in its row, or of the one column that it names (1-ABCDEFG.value)."""
    asked, _, column = code.strip().upper().partition(".")
    found = [
        figure for figure in pack.figures
        if figure.code == asked and (not column or figure.column.upper() == column)
    ]
    if not found:
        raise NoSuchFigure(f"{code} is not in the pack of {pack.as_of}. Look at the code again, and at the cut-off.")
    return [_explain(pack, snapshot, figure, words) for figure in found]


def _explain(pack: Pack, snapshot: Snapshot, figure: Figure, words: Words) -> Passport:
    trace = figure.trace
    if trace is None:
        return Passport(figure, define(pack, figure, words), version_of(None), (), None, ())
    sql = (trace.sql, trace.divisor_sql) if trace.divisor_sql else (trace.sql,)
    again = None if figure.value is None else count_again(snapshot, trace)
    return Passport(
        figure, define(pack, figure, words), version_of(trace), sql, again, tuple(find_rows(snapshot, trace)),
    )


def define(pack: Pack, figure: Figure, words: Words) -> str:
    """The definition of the metric, else the heading of its column in the caption of its table."""
    if figure.definition in METRICS:
        return words(f"metric.{figure.definition}.definition")
    table = figure.key.split("/")[0]
    captions = [
        block.caption for section in pack.sections for block in section.blocks
        if getattr(block, "key", None) == table and hasattr(block, "caption")
    ]
    for said_as in (table, *_prefixes(table)):
        if words.has(f"pack.{said_as}.{figure.column}"):
            return f"{words(f'pack.{said_as}.{figure.column}')}: {' '.join(captions)}"
    return " ".join(captions)


def _prefixes(table: str) -> list[str]:
    """ci10_half_year_digital_persons is said as ci10."""
    parts = table.split("_")
    return ["_".join(parts[:size]) for size in range(len(parts) - 1, 0, -1)]


def to_text(passports: list[Passport], most_rows: int) -> str:
    """For a terminal: the value, its meaning, its query, and where its rows are, the first of each."""
    return "\n".join(line for passport in passports for line in _lines(passport.to_plain(), most_rows)) + "\n"


def _lines(told: dict, most_rows: int) -> list[str]:
    lines = [f"{told['code']}  {told['key']}  {told['column']} = {told['value']} {told['unit']}"]
    lines += [f"  {told['meaning']}", f"  definition {told['definition']}, version {told['version']}"]
    lines += [f"  {sql}" for sql in told["sql"]] or ["  worked out from the other figures of its row or table"]
    lines += [f"  with {name} = {value}" for name, value in told["bound"].items()]
    if told["sql"]:
        lines += [f"  counted again: {told['counted_again']}", f"  rows: {len(told['rows'])}"]
    lines += [f"    {row['file']}, line {row['line']} ({row['row_key']})" for row in told["rows"][:most_rows]]
    if len(told["rows"]) > most_rows:
        lines.append(f"    and {len(told['rows']) - most_rows} more: --rows 0 or --format json shows them all")
    return [*lines, ""]
