"""The counts of people of public packs: of the one that is being made and of those that were issued before it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.members import Roll, Who, counts_whom, find_members
from analytics.privacy import FEWEST_FOR_A_RATE, Symbol
from analytics.quality import LoadedFile, files
from analytics.snapshot import Snapshot
from analytics.trace import Trace
from reports.figures import Figure, code_of

FUNNEL, BY_COURSE, RATES = "funnel", "funnel_enrolments", "funnel_rates"
REACHED, TARGETS, FILES = "reached", "targets", "files"
PARTICIPANTS = tuple(
    f"ci10_{scope}_{line}_persons" for scope in ("half_year", "cumulative") for line in ("participants", "digital")
)
YOUNG = ("ci14_half_year", "ci14_cumulative")
RIGHTS = ("eligibility", "verdicts")
TABLES = (FUNNEL, BY_COURSE, RATES, REACHED, TARGETS, *PARTICIPANTS, *YOUNG, *RIGHTS)
ENTRIES = "ci14_entries"  # they stand beside the persons of indicator 14, and are not published
NUMERATOR, DENOMINATOR = "numerator", "denominator"
EVERYBODY = "count(*) filter (where true)"
ACCEPTED = "rows_accepted"


@dataclass(frozen=True)
class Showing:
    """A public pack: its snapshot and figures; of an earlier one, what it showed of each.

    prefix: goes before its names, "" for the pack that is being made. left_out: tables that it does not print.
    """

    snapshot: Snapshot
    figures: Sequence[Figure]
    prefix: str = ""
    shown: Mapping[str, object] | None = None
    left_out: Sequence[str] = ()


@dataclass(frozen=True)
class Count:
    """A count of people, or a side of a rate of them, with everybody whom it counts.

    pack: the prefix of its showing. code: of the row that it stands in. shown: as an earlier pack showed it, else None.
    """

    name: str
    pack: str
    code: str
    table: str
    row: str
    column: str
    who: Who
    members: int
    shown: int | Symbol | None = None


@dataclass(frozen=True)
class Counts:
    """Every count by its name, and by pack and code all the records of each course, those that no step counts too."""

    by_name: dict[str, Count]
    records: dict[str, int]

    def of(self, pack: str, who: Who) -> dict[str, Count]:
        """Those of a pack that count enrolments, or persons."""
        return {name: one for name, one in self.by_name.items() if (one.pack, one.who) == (pack, who)}


def find_counts(showings: Sequence[Showing]) -> Counts:
    """The counts of people of every showing. ValueError when the query of a figure gives another number than it has."""
    rolls: dict[Who, Roll] = {"enrolment": Roll(), "person": Roll()}
    counts = {one.name: one for showing in showings for one in _of_showing(showing, rolls)}
    records: dict[str, int] = {}
    for showing in showings:
        rows = {one.code: one for one in showing.figures if _table(one) == BY_COURSE and one.trace}
        everybody = {code: replace(one.trace, aggregate=EVERYBODY) for code, one in rows.items()}
        for code, them in find_members(showing.snapshot, everybody, "enrolment", rolls["enrolment"]).items():
            records[showing.prefix + code] = them
            accepted = _accepted(showing, code, them) if rows[code].key.endswith("/total") else None
            counts |= {accepted.name: accepted} if accepted else {}
    return Counts(counts, records)


def row_of_file(file: LoadedFile) -> str:
    """The key of its row in the table of the files, without the table's."""
    return f"{file.file_name}/{file.sheet_name or ''}/{file.sha256[:12]}"


def _accepted(showing: Showing, code: str, records: int) -> Count | None:
    """The rows of the files of enrolments that became records: what no step counts is left of them."""
    rows = [code_of(9, f"{FILES}/{row_of_file(one)}") for one in files(showing.snapshot) if one.export == "enrolments"]
    count = Count(showing.prefix + ACCEPTED, showing.prefix, code, FILES, "total", ACCEPTED, "enrolment", records)
    if showing.shown is None:
        return count
    told = [showing.shown.get(f"{row}.{ACCEPTED}") for row in rows]
    is_told = all(isinstance(one, int) for one in told) and sum(told) == records.bit_count()
    return replace(count, shown=records.bit_count()) if is_told else None


def _table(figure: Figure) -> str:
    return figure.key.partition("/")[0]


def _of_showing(showing: Showing, rolls: Mapping[Who, Roll]) -> Iterator[Count]:
    figures = [
        one for one in showing.figures
        if _table(one) in TABLES and _table(one) not in showing.left_out
        and one.column != ENTRIES and one.trace and one.value is not None
    ]
    for who, roll in rolls.items():
        asked = {
            name: (figure, trace) for figure in figures for name, trace in _traces(figure).items()
            if counts_whom(trace.aggregate, trace.table) == who
        }
        traces = {name: trace for name, (_, trace) in asked.items()}
        members = find_members(showing.snapshot, traces, who, roll)
        for name, (figure, _) in asked.items():
            if figure.trace.divisor and members[f"{figure.name}.{DENOMINATOR}"].bit_count() < FEWEST_FOR_A_RATE:
                continue
            count = _count(showing, figure, name, who, members[name])
            if count:
                yield count


def _traces(figure: Figure) -> dict[str, Trace]:
    """The query of a count, or those of both sides of a rate."""
    trace = figure.trace
    if trace.divisor is None:
        return {figure.name: trace}
    counts = replace(trace, divisor=None)
    return {f"{figure.name}.{NUMERATOR}": counts,
            f"{figure.name}.{DENOMINATOR}": replace(counts, aggregate=trace.divisor)}


def _count(showing: Showing, figure: Figure, name: str, who: Who, members: int) -> Count | None:
    """None for what an earlier pack did not show, or counted by another rule than today's."""
    table, _, row = figure.key.partition("/")
    count = Count(showing.prefix + name, showing.prefix, figure.code, table, row, figure.column, who, members)
    people, is_rate = members.bit_count(), figure.trace.divisor is not None
    if showing.shown is None:
        if not is_rate and people != figure.value:
            raise ValueError(f"{figure.name}: {people} people, {figure.value} in the pack")
        return count
    shown = showing.shown.get(figure.name)
    if is_rate:
        return replace(count, shown=people) if shown not in (None, *Symbol) else None
    if shown in (*Symbol,):
        return replace(count, shown=Symbol(shown)) if _may_be(Symbol(shown), people) else None
    return replace(count, shown=people) if shown == people else None


def _may_be(symbol: Symbol, people: int) -> bool:
    return 1 <= people <= 4 if symbol == Symbol.SMALL else people > 0
