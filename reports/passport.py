"""The passport of a figure: what it means, how it is counted, and the lines of the files that it is counted on."""

from dataclasses import dataclass, replace
from pathlib import Path

from analytics.cut import WHOLE, Cut, measure_cut, side_of, trace_cut
from analytics.filters import Filters
from analytics.measure import is_known
from analytics.metrics import METRICS, Metric
from analytics.periods import HalfYear
from analytics.snapshot import FACTS, Snapshot
from analytics.trace import Row, count_again, find_rows
from analytics.words import Words
from reports.change_lines import NUMBER as CHANGES
from reports.content import Pack
from reports.figures import Figure
from reports.form import every_figure
from reports.grant import grant_in_force
from reports.issued import find_earlier
from reports.manifest import plain_value, version_of
from reports.pack import SECTIONS, write_pack


class NoSuchFigure(Exception):
    """No figure of the pack has that code."""


@dataclass(frozen=True)
class Passport:
    """counted_again: what the query gives now, None when the figure has no query of its own.

    is_counted_twice: whether its value was found in another way than by its query; else that is the only one.
    label: its row and column in words. rows: those that are counted. whole: of a ratio, those that it is out of.
    """

    figure: Figure
    label: str
    meaning: str
    version: str
    sql: tuple[str, ...]
    counted_again: object
    rows: tuple[Row, ...]
    whole: tuple[Row, ...] = ()
    is_counted_twice: bool = True

    def to_plain(self) -> dict:
        """As data; no person is in it, only places in files."""
        return {
            "code": self.figure.name, "key": self.figure.key, "column": self.figure.column,
            "label": self.label,
            "value": plain_value(self.figure.value), "unit": self.figure.unit, "definition": self.figure.definition,
            "meaning": self.meaning, "version": self.version, "sql": list(self.sql),
            "bound": {name: str(value) for name, value in (self.figure.trace.values if self.figure.trace else ())},
            "facts": [path.relative_to(Path(FACTS).parents[1]).as_posix() for path in sorted(FACTS.glob("*.sql"))],
            "counted_again": plain_value(self.counted_again),
            "rows": [_plain(row) for row in self.rows],
            "whole": [_plain(row) for row in self.whole],
        }


def _plain(row: Row) -> dict:
    return {"row_key": row.row_key, "file": row.file_name, "sheet": row.sheet_name, "line": row.line}


def explain_code(
    builds_folder: Path, snapshot: Snapshot, period: HalfYear, code: str, words: Words, has_rows: bool = True
) -> list[Passport]:
    """The passports of a code in the restricted pack of a snapshot; only its section is worked out."""
    number = _section_of(code)
    earlier = find_earlier(builds_folder, snapshot.as_of) if number == CHANGES else None
    grant = grant_in_force(builds_folder)
    pack = write_pack(
        snapshot, period, words.language, "restricted", "borrador", grant, earlier=earlier, only=number
    )
    return explain(pack, snapshot, code, words, has_rows)


def _section_of(code: str) -> int:
    """3 of 3-ABCDEFG."""
    number, dash, _ = code.strip().partition("-")
    if not dash or not number.isascii() or not number.isdigit() or int(number) >= len(SECTIONS):
        raise NoSuchFigure(f"{code} is not a code. One is printed beside its figure: 1-ABCDEFG.")
    return int(number)


def explain_metric(
    snapshot: Snapshot, metric: Metric, filters: Filters, period: HalfYear, words: Words, has_rows: bool = True,
    cut: Cut = WHOLE,
) -> Passport:
    """The passport of a number under filters, as a page shows it; has_rows as for explain.

    cut: of a metric in a figure. Whatever is unknown of the metric is unknown of its parts.
    """
    trace = trace_cut(metric, filters, period, cut)
    measured = measure_cut(snapshot, metric, filters, period, cut)
    if measured is not None:
        value = side_of(measured, cut.side)
    else:
        value = count_again(snapshot, trace) if is_known(snapshot, metric, filters) else None
    figure = Figure("", metric.key, "value", value, cut.unit_of(metric), metric.key, trace)
    found = _explain(figure, snapshot, words.metric(metric.key), words(f"metric.{metric.key}.definition"), has_rows)
    return replace(found, is_counted_twice=measured is not None)


def explain(
    pack: Pack, snapshot: Snapshot, code: str, words: Words, has_rows: bool = True
) -> list[Passport]:
    """The passports of a code: of every number in its row, or of the one column that it names (1-ABCDEFG.value).

    has_rows: with every row of the figure, which may be a million; a page asks for them itself, the first of them.
    """
    asked, _, column = code.strip().upper().partition(".")
    found = [
        figure for figure in pack.figures
        if figure.code == asked and (not column or figure.column.upper() == column)
    ]
    if not found:
        raise NoSuchFigure(f"{code} is not in the pack of {pack.as_of}. Look at the code again, and at the cut-off.")
    labels = {each.figure.name: each.label for each in every_figure(pack)}
    return [
        _explain(figure, snapshot, labels.get(figure.name, figure.key), define(pack, figure, words), has_rows)
        for figure in found
    ]


def _explain(figure: Figure, snapshot: Snapshot, label: str, meaning: str, has_rows: bool) -> Passport:
    trace = figure.trace
    if trace is None:
        return Passport(figure, label, meaning, version_of(None), (), None, ())
    sql = (trace.sql, trace.divisor_sql) if trace.divisor_sql else (trace.sql,)
    again = None if figure.value is None else count_again(snapshot, trace)
    rows = tuple(find_rows(snapshot, trace)) if has_rows else ()
    whole = tuple(find_rows(snapshot, trace.whole)) if has_rows and trace.whole else ()
    return Passport(figure, label, meaning, version_of(trace), sql, again, rows, whole)


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
