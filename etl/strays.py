"""Files that load but seem not to belong: of another time, replaced before, or older than one they would overrule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from etl.builds import Build, list_builds, open_reader
from etl.folder import SourceFile

# The academic year of an edition is that of its start; an enrolment is looked at by its edition, because people enrol
# in July for a course of October.
STARTS = """
with looked_at as (
    select regexp_extract(row_key, '^(.+)-[0-9]+$', 1) as file_id, row_key as edition_row, starts_on from edition
    union all
    select regexp_extract(n.row_key, '^(.+)-[0-9]+$', 1), e.row_key, e.starts_on
    from enrolment as n join edition as e using (edition_id)
)
select
    f.file_name, f.export, count(*), min(starts_on), max(starts_on),
    list_sort(list(distinct year(starts_on) - (month(starts_on) < 9)::integer)),
    bool_and(edition_row in (select row_key from flag where rule = 'an_edition_starts_within_the_programme'))
from looked_at join source_file as f using (file_id)
group by all order by f.file_name
"""


@dataclass(frozen=True)
class StrayNote:
    file_name: str
    rule: str
    details: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Span:
    """When the editions of one file start."""

    file_name: str
    export: str
    rows: int
    first: date
    last: date
    years: list[int]  # in which their academic years begin
    is_outside: bool


@dataclass(frozen=True)
class Earlier:
    """A build that is still kept. hashes: of its files."""

    build_id: str
    loaded_on: str
    hashes: frozenset[str]


def find_other_times(connection: duckdb.DuckDBPyConnection) -> list[StrayNote]:
    spans = [Span(*row) for row in connection.execute(STARTS).fetchall()]
    return [note for span in spans for note in note_span(span, spans)]


def note_span(span: Span, spans: Sequence[Span]) -> Iterator[StrayNote]:
    if span.is_outside:
        days = {"first": f"{span.first:%d-%m-%Y}", "last": f"{span.last:%d-%m-%Y}"}
        yield StrayNote(span.file_name, "file_is_outside_the_programme", days)
    rest = [other for other in spans if other.export == span.export and other is not span]
    years = {year for other in rest for year in other.years}
    is_smaller = span.rows <= sum(other.rows for other in rest)
    if years and is_smaller and not years & set(span.years):
        told = {"years": name_years(span.years), "others": name_years(sorted(years))}
        yield StrayNote(span.file_name, "file_is_of_another_year", told)


def name_years(years: Sequence[int]) -> str:
    return ", ".join(f"{year}/{year + 1}" for year in years)


def find_earlier(builds_folder: Path) -> list[Earlier]:
    """The published builds that are whole, the current one first, to say so when their files come again."""
    builds = list_builds(builds_folder) if builds_folder.is_dir() else []
    return [describe_earlier(build) for build in builds if not build.degraded]


def describe_earlier(build: Build) -> Earlier:
    with open_reader(build) as connection:
        loaded_on = connection.execute("select strftime(built_at, '%d-%m-%Y') from loaded.build").fetchone()[0]
        hashes = connection.execute("select sha256 from loaded.source_file").fetchall()
    return Earlier(build.build_id, loaded_on, frozenset(sha256 for (sha256,) in hashes))


def find_returns(files: Sequence[SourceFile], earlier: Sequence[Earlier]) -> Iterator[StrayNote]:
    """Files that a later load had left out, and those that go by their name before something newer."""
    seen = frozenset[str]().union(*(each.hashes for each in earlier))
    for file in files:
        if file.is_kept or file.copy_of or file.table.sha256 not in seen:
            continue
        last = next(each for each in earlier if file.table.sha256 in each.hashes)
        if last is not earlier[0]:
            told = {"date": last.loaded_on, "build_id": last.build_id}
            yield StrayNote(file.file_name, "file_was_replaced_before", told)
        overruled = [each.file_name for each in files if is_overruled(each, file, seen)]
        if overruled:
            yield StrayNote(file.file_name, "file_is_older_than_another", {"newer": ", ".join(overruled)})


def is_overruled(newer: SourceFile, older: SourceFile, seen: frozenset[str]) -> bool:
    """Whether what has never come before counts as the earlier one of the two, by the order of names."""
    return newer.export == older.export and newer.table.sha256 not in seen and newer.number < older.number
