"""The digest: what changed in a span of days, which commitments are at risk, and what to act on."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from analytics.attention import matters
from analytics.changes import Change, changes, tabulate_changes
from analytics.commitments import Commitment, commitments
from analytics.evidence_worklist import make_worklist
from analytics.gaps import Deadlines
from analytics.history import loads
from analytics.provenance import provenance
from analytics.reasons import SEPARATOR
from analytics.snapshot import Snapshot, take_snapshot
from analytics.table import NOT_APPLICABLE, Column, Mark, Table
from analytics.urgent import Urgent, most_urgent
from analytics.words import Words
from etl.builds import Build, list_builds
from reports.content import Block, Grid, Section
from reports.evidence_requests import tell_parts
from reports.grant import find_deadlines
from reports.writing import prose

WORRYING = ("not_kept", "at_risk")
MOST_URGENT = 5


@dataclass(frozen=True)
class Digest:
    """A digest in one language. marks: who may read it. Counts of groups only: no row and no pseudonym is in it."""

    language: str
    as_of: date
    title: str
    summary: str
    span: str
    marks: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    sources: tuple[str, ...]
    built_at: datetime


def make_digest(builds_folder: Path, build: Build, as_of: date, since: date, words: Words) -> Digest:
    """The digest of a build from one cut-off to a later one."""
    now, then = take_snapshot(build, as_of), take_snapshot(build, since)
    source, held = provenance(now), commitments(now)
    load = words("footer.load", build=source.build_id, moment=words.moment(source.built_at), files=len(source.files))
    return Digest(
        words.language, as_of, words("digest.title"), _summarise(held, words),
        words("digest.span", since=words.day(since), as_of=words.day(as_of)), words("digest.restricted"),
        (words("sample.note"),) if source.is_sample else (),
        (
            _write_changes(then, now, words), _write_corrections(builds_folder, then, (as_of - since).days, words),
            _write_risks(held, words), *_write_urgent(now, find_deadlines(builds_folder), words),
            _write_matters(now, words),
        ),
        (load, words("footer.funding")), source.built_at,
    )


def _summarise(held: list[Commitment], words: Words) -> str:
    kept = sum(one.status == "kept" for one in held)
    worrying = sum(one.status in WORRYING for one in held)
    unknown = sum(one.status == "not_assessable" for one in held)
    told = words("digest.summary", kept=words.number(kept), commitments=words.number(len(held)),
                 worrying=words.number(worrying))
    return f"{told} {words('digest.summary_unknown', unknown)}" if unknown else told


def _write_changes(then: Snapshot, now: Snapshot, words: Words) -> Section:
    """The headline figures of one build at both cut-offs."""
    found = changes(then, now)
    different = [one for one in found if one.difference]
    same = len(found) - len(different)
    heads = [words("changes.figure"), words.day(then.as_of), words.day(now.as_of), words("changes.difference")]
    told = words("digest.changed", len(different)) if different else words("digest.nothing_changed")
    if different and same:
        told = f"{told} {words('digest.same', same)}"
    return _section(1, "changes", words, prose("told", told), _changes_grid("changes", different, heads, words))


def _write_corrections(builds_folder: Path, then: Snapshot, days: int, words: Words) -> Section:
    """What the figures at the earlier cut-off were in an earlier load, and what they are in this one."""
    earlier = load_of_then(builds_folder, then.build, days)
    if earlier is None:
        return _section(2, "corrections", words, prose("first", words("digest.first_load")), None)
    before = take_snapshot(earlier, then.as_of)
    found = [one for one in changes(before, then) if one.difference]
    places = {"day": words.day(then.as_of), "loaded": words.day(provenance(before).built_at)}
    heads = [words("changes.figure"), words("digest.told_then"), words("digest.told_now"), words("changes.difference")]
    told = words("digest.corrected" if found else "digest.nothing_corrected", **places)
    return _section(2, "corrections", words, prose("told", told), _changes_grid("corrections", found, heads, words))


def load_of_then(builds_folder: Path, current: Build, days: int) -> Build | None:
    """The newest whole load that is so many days older, else the oldest of an earlier day; None when none is kept."""
    moments = {one.build_id: one.built_at for one in loads(builds_folder) if not one.is_damaged}
    loaded_on = moments[current.build_id].date()
    earlier = sorted(
        (build for build in list_builds(builds_folder)
         if build.build_id in moments and moments[build.build_id].date() < loaded_on),
        key=lambda build: moments[build.build_id],
    )
    old = [build for build in earlier if (loaded_on - moments[build.build_id].date()).days >= days]
    return old[-1] if old else next(iter(earlier), None)


def _changes_grid(key: str, found: list[Change], heads: list[str], words: Words) -> Grid | None:
    if not found:
        return None
    return Grid(key, words(f"digest.{key}_caption"), tabulate_changes(words, found, heads), ())


def _write_risks(held: list[Commitment], words: Words) -> Section:
    """The commitments that are not kept or at risk, those with the most to mend first."""
    found = sorted((one for one in held if one.status in WORRYING), key=lambda one: WORRYING.index(one.status))
    if not found:
        return _section(3, "risks", words, prose("none", words("digest.no_risk")), None)
    columns = tuple(
        Column(words(f"digest.{name}"), unit)
        for name, unit in (
            ("commitment", "text"), ("state", "text"), ("value", "figure"), ("target", "figure"), ("needs", "text"),
        )
    )
    table = Table(columns, [_risk(one, words) for one in found])
    return _section(3, "risks", words, None, Grid("risks", words("digest.risks_caption"), table, ()))


def _risk(one: Commitment, words: Words) -> tuple:
    unit = one.measure.metric.unit
    return (
        one.target.name_in(words), Mark(one.status, words(f"status.{one.status}").replace(" ", "\u00a0")),
        words.show(one.measure.value, unit), words.show(one.target.value, unit), _needs(one, words),
    )


def _needs(one: Commitment, words: Words) -> str:
    if one.pace is None or one.pace.per_week is None:
        return NOT_APPLICABLE
    return words("digest.per_week", many=words.number(one.pace.per_week, 1), day=words.day(one.target.due_on))


def _write_matters(now: Snapshot, words: Words) -> Section:
    """How many cases wait, by kind: the cases themselves stay in the dashboard."""
    found = matters(now)
    if not found:
        return _section(5, "matters", words, prose("none", words("digest.no_matter")), None)
    columns = tuple(
        Column(words(f"digest.{name}"), unit)
        for name, unit in (("matter", "text"), ("cases", "count"), ("amount", "EUR"), ("page", "text"))
    )
    table = Table(columns, [
        (words(f"page.overview.matter_{one.key}"), one.cases,
         NOT_APPLICABLE if one.amount is None else one.amount, words(f"page.{one.page}.nav"))
        for one in found
    ])
    return _section(5, "matters", words, None, Grid("matters", words("digest.matters_caption"), table, ()))


def _write_urgent(now: Snapshot, deadlines: Deadlines, words: Words) -> list[Section]:
    """The editions whose deadlines come first, with what each lacks; no section without any."""
    found = most_urgent(make_worklist(now, deadlines).gaps, MOST_URGENT)
    if not found:
        return []
    columns = tuple(
        Column(words(f"digest.{name}"), unit)
        for name, unit in (("edition", "text"), ("due_on", "day"), ("lacks", "text"), ("worth", "text"))
    )
    rows = [
        (words("page.evidence.edition", title=one.title_in(words.language), edition=one.edition_id), one.due_on,
         _tell_lacking(one, words), tell_parts(words, one.worth))
        for one in found
    ]
    grid = Grid("urgent", words("digest.urgent_caption"), Table(columns, rows), ())
    return [_section(4, "urgent", words, None, grid)]


def _tell_lacking(one: Urgent, words: Words) -> str:
    return SEPARATOR.join(
        words("page.evidence.lacks_name", name=words(f"page.evidence.lacks.{key}"), number=words.number(number))
        for key, number in one.lacking.items()
    )


def _section(number: int, key: str, words: Words, told: Block | None, grid: Grid | None) -> Section:
    return Section(number, key, words(f"digest.section_{key}"), tuple(block for block in (told, grid) if block))
