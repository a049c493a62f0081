"""Writing a section: what every section is written from, and how its tables and headlines put figures in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from analytics.metrics import EXPORT_OF_TABLE, METRICS
from analytics.periods import HalfYear
from analytics.provenance import Provenance, SourceFile
from analytics.snapshot import Snapshot
from analytics.table import Column, Table
from analytics.trace import Trace, count_again, count_all
from analytics.words import Words
from reports.content import Comment, Figures, Grid, Kind, Prose, State
from reports.figures import Figure, Ledger, Value
from reports.grant import Grant

TEXT_UNITS = ("text", "code", "day")


@dataclass(frozen=True)
class Draft:
    """What a section is written from."""

    snapshot: Snapshot
    period: HalfYear
    words: Words
    kind: Kind
    state: State
    grant: Grant
    provenance: Provenance
    build_sha256: str
    comments: tuple[Comment, ...] = ()
    previous: "Earlier | None" = None
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def as_of(self) -> date:
        return self.snapshot.as_of

    def say(self, key: str, count: int | None = None, **places: object) -> str:
        """A sentence of the pack."""
        return self.words(f"pack.{key}", count, **places)

    def sources(self, *exports: str) -> str:
        """The line under a table: the files it is counted on, or the exports that are missing."""
        files = self.provenance.files_of(exports)
        if not files:
            return self.say("no_sources", exports=", ".join(self.words(f"export.{export}") for export in exports))
        return self.say("sources", files=" · ".join(_name(file) for file in files))


@dataclass(frozen=True)
class Earlier:
    """The issued pack that this one is compared with: its name, its manifest, and its build when it is still kept."""

    name: str
    manifest: dict
    snapshot: Snapshot | None

    @property
    def as_of(self) -> date:
        return date.fromisoformat(self.manifest["as_of"])

    @property
    def period(self) -> HalfYear:
        return HalfYear.read(self.manifest["period"])


@dataclass(frozen=True)
class Cell:
    """A cell with the query it comes from; definition: when it is not that of its column."""

    value: Value
    trace: Trace | None = None
    definition: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a table under the key of its passport."""

    key: str
    cells: Sequence[Cell | Value]


def _name(file: SourceFile) -> str:
    return f"{file.file_name} ({file.sha256[:8]}…)"


def make_grid(
    draft: Draft, number: int, key: str, columns: Sequence[tuple[str, str]], lines: Sequence[Line],
    exports: Sequence[str] = (), metrics: Sequence[str] = (), has_total: bool = False, said_as: str = "",
    **places: object,
) -> Grid:
    """A table whose numbers are in the ledger. columns: (name, unit); its words are pack.<said_as or key>.<name>.

    The definition of a column is the metric of its name, else pack.definition.<name>.
    """
    said_as = said_as or key
    codes = tuple(draft.ledger.open_row(number, f"{key}/{line.key}") for line in lines)
    for code, line in zip(codes, lines, strict=True):
        for (name, unit), cell in zip(columns, line.cells, strict=True):
            _enter(draft, code, f"{key}/{line.key}", name, unit, cell)
    rows = [tuple(_value(cell) for cell in line.cells) for line in lines]
    heads = tuple(Column(draft.say(f"{said_as}.{name}"), unit) for name, unit in columns)
    return Grid(
        key, draft.say(f"{said_as}.caption", **places), Table(heads, rows), tuple(metrics), has_total,
        draft.sources(*exports) if exports else "", codes, tuple(name for name, _ in columns),
    )


def counted(draft: Draft, trace: Trace, definition: str = "") -> Cell:
    """A cell whose value is what its query gives; unknown without the export of its table."""
    export = EXPORT_OF_TABLE.get(trace.table)
    if export and not draft.snapshot.has(export):
        return Cell(None, trace, definition)
    return Cell(count_again(draft.snapshot, trace), trace, definition)


def counted_all(draft: Draft, traces: Sequence[tuple[Trace, str]]) -> list[Cell]:
    """As `counted`, of (trace, definition) that are no ratios, with one query for those over the same rows."""
    known = [EXPORT_OF_TABLE.get(trace.table) for trace, _ in traces]
    asked = [trace for (trace, _), export in zip(traces, known, strict=True)
             if not export or draft.snapshot.has(export)]
    values = dict(zip(asked, count_all(draft.snapshot, asked), strict=True))
    return [Cell(values.get(trace), trace, definition) for trace, definition in traces]


def _enter(draft: Draft, code: str, key: str, name: str, unit: str, cell: Cell | Value) -> None:
    value = _value(cell)
    if unit in TEXT_UNITS or value == "":
        return
    trace = cell.trace if isinstance(cell, Cell) else None
    definition = (cell.definition if isinstance(cell, Cell) else "") or name
    draft.ledger.enter(Figure(code, key, name, value, unit, definition, trace))


def _value(cell: Cell | Value) -> Value:
    return cell.value if isinstance(cell, Cell) else cell


@dataclass(frozen=True)
class Headline:
    """A number that stands alone; metric: its name and unit, when it is one."""

    key: str
    value: Decimal | int | None
    unit: str
    detail: str = ""
    status: str | None = None
    trace: Trace | None = None


def make_figures(draft: Draft, number: int, key: str, headlines: Sequence[Headline]) -> Figures:
    """Headline numbers, each in the ledger; a headline is named by its metric, else by pack.<key>.<its key>."""
    rows = []
    for one in headlines:
        code = draft.ledger.open_row(number, f"{key}/{one.key}")
        draft.ledger.enter(Figure(code, f"{key}/{one.key}", "value", one.value, one.unit, one.key, one.trace))
        label = draft.words.metric(one.key) if one.key in METRICS else draft.say(f"{key}.{one.key}")
        rows.append((label, draft.words.show(one.value, one.unit, cents=True), one.detail, one.status, code))
    return Figures(key, draft.say(f"{key}.caption"), tuple(rows))


def prose(key: str, *paragraphs: str) -> Prose:
    """Paragraphs that are not empty."""
    return Prose(key, tuple(paragraph for paragraph in paragraphs if paragraph))
