"""The content of a funding pack, apart from how it looks: what document, workbook and manifest are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from analytics.periods import HalfYear
from analytics.provenance import SourceFile
from analytics.table import Table
from reports.figures import Figure, FigureChange
from reports.grant import Grant

Kind = Literal["restricted", "public"]
State = Literal["borrador", "provisional", "definitivo"]
KINDS: tuple[Kind, ...] = ("restricted", "public")
STATES: tuple[State, ...] = ("borrador", "provisional", "definitivo")


@dataclass(frozen=True)
class Figures:
    """Headline numbers: (label, value as written, detail, key of its status or None, code of its passport)."""

    key: str
    caption: str
    rows: tuple[tuple[str, str, str, str | None, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table; cells are raw (int, Decimal, date, str, None).

    metrics: keys of the metrics it shows. codes: of the passport of each row, or (). names: of the columns.
    has_total: its last row is a total, the sum of the rows above in every column of counts and of money.
    """

    key: str
    caption: str
    table: Table
    metrics: tuple[str, ...]
    has_total: bool = False
    sources: str = ""
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A drawing; series are (name, colour, values), `line` a value with its name."""

    key: str
    caption: str
    alternative: str
    kind: Literal["bars", "stacked", "lines"]
    labels: tuple[str, ...]
    series: tuple[tuple[str, str, tuple[float | None, ...]], ...]
    line: tuple[float, str] | None = None
    unit: str = "count"


@dataclass(frozen=True)
class Prose:
    """Paragraphs."""

    key: str
    paragraphs: tuple[str, ...]


Block = Figures | Grid | Chart | Prose


@dataclass(frozen=True)
class Section:
    """A numbered part of the pack."""

    number: int
    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Comment:
    """What somebody explained: about a section of the pack of a period, a line of its section 10, or a metric.

    metric: its key, with section ""; first_on, last_on: the day or the span it is about, if any. line: its code, with
    section "changes". is_internal: printed in restricted packs only. identity: the same in every version of a comment;
    is_withdrawn: the last of them.
    """

    period: str
    section: str
    author: str
    written_on: date
    text: str
    metric: str = ""
    first_on: date | None = None
    last_on: date | None = None
    is_internal: bool = True
    is_withdrawn: bool = False
    identity: str = ""
    line: str = ""

    def withdrawn(self, day: date) -> "Comment":
        """The version that takes it back."""
        return replace(self, written_on=day, is_withdrawn=True)


@dataclass(frozen=True)
class Pack:
    """Everything that goes out for one period, cut-off, language and kind.

    residuals: why it does not close; empty when it does. figures: every number, under the code of its passport.
    previous: name of the issued pack that it is compared with, None when there is none. indicators: every indicator
    of the build at the cut-off, as `python -m reports indicators` gives them. changes: of every figure since that pack.
    published_before: names of the issued public packs that a public one must not be subtracted from. is_issued: whether
    it is made to be issued, which only a public one says on its pages.
    """

    kind: Kind
    state: State
    language: str
    period: HalfYear
    as_of: date
    build_id: str
    build_sha256: str
    built_at: datetime
    code_version: str
    rules_version: str
    is_sample: bool
    files: tuple[SourceFile, ...]
    settings: Grant
    sections: tuple[Section, ...]
    residuals: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    comments: tuple[Comment, ...] = ()
    previous: str | None = None
    indicators: Mapping[str, object] = field(default_factory=dict)
    changes: tuple[FigureChange, ...] = ()
    published_before: tuple[str, ...] = ()
    is_issued: bool = False

    @property
    def stays_here(self) -> bool:
        """Whether it may not be handed out: later public packs would not know what it has told."""
        return self.kind == "public" and not self.is_issued

    def section(self, key: str) -> Section:
        """A section by its key."""
        return next(section for section in self.sections if section.key == key)

    def figures_of(self, code: str) -> tuple[Figure, ...]:
        """The numbers of one row of the pack."""
        return tuple(figure for figure in self.figures if figure.code == code)
