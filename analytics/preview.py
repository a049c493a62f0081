"""Preview: what publishing a build would change, and what is wrong with the files it is made of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from analytics.changes import HEADLINES, Change, changes
from analytics.measure import Measure, measure
from analytics.metrics import METRICS
from analytics.reason_sentences import generic
from analytics.row_changes import RowChanges, row_changes
from analytics.snapshot import Snapshot, default_cut_off, take_snapshot
from analytics.words import LANGUAGES
from etl.builds import Build, open_reader


@dataclass(frozen=True)
class Preview:
    """The headline figures now and after, each at its own newest event, and the rows that make the difference."""

    changes: list[Change]
    rows: list[RowChanges]
    newest_now: date
    newest_then: date
    rules_differ: bool  # the current build was made by other rules: rows may change for that reason too

    @property
    def different(self) -> int:
        """How many of the figures would be other ones, or known where they are not."""
        return sum(change.then.value != change.now.value for change in self.changes)


@dataclass(frozen=True)
class FirstPreview:
    """The headline figures of a load that there is nothing to compare with, at its newest event."""

    figures: list[Measure]
    newest: date


@dataclass(frozen=True)
class Trouble:
    """A rule that rows of a file broke in a column, if it is of one: how many, and the first of them."""

    outcome: str  # rejected or flagged
    sentence: str
    file_name: str
    export: str
    header: str | None
    rows: int
    line: int


@dataclass(frozen=True)
class Count:
    """What became of the rows of a file."""

    file_name: str
    read: int
    accepted: int
    rejected: int
    superseded: int


def preview(current: Snapshot, draft: Build) -> Preview:
    """current: the build that is shown, at its newest event."""
    after = take_snapshot(draft, default_cut_off(draft))
    rules = "select rules_version from loaded.build"
    rows, rules_differ = row_changes(current.build, draft), current.rows(rules) != after.rows(rules)
    found = Preview(changes(current, after), rows, current.as_of, after.as_of, rules_differ)
    after.connection.close()  # a million enrolments take 100 MB, and only the differences are shown
    return found


def preview_first(draft: Build) -> FirstPreview:
    """What would be shown where nothing is shown yet."""
    after = take_snapshot(draft, default_cut_off(draft))
    found = FirstPreview(measure(after, [METRICS[key] for key in HEADLINES]), after.as_of)
    after.connection.close()
    return found


def troubles(draft: Build, files: Collection[str], language: str) -> list[Trouble]:
    """What is wrong with these files, by name: rejections first, those of most rows first."""
    if language not in LANGUAGES:
        raise ValueError(f"{language} is not a language. Try one of: {', '.join(LANGUAGES)}")
    with open_reader(draft) as connection:
        rows = connection.execute(
            f"""
            with told as (
                select 'rejected' as outcome, row_key, file_id, line, rule, field from loaded.rejection
                union all
                select 'flagged' as outcome, row_key, file_id, line, rule, field from loaded.flag
            ),

            headed as (
                select file_id, field, any_value(header order by position) as header
                from loaded.header
                where field is not null
                group by all
            )

            select t.outcome, coalesce(any_value(r.sentence_{language}), t.rule), f.file_name, f.export,
                h.header, count(distinct t.row_key) as rows, min(t.line) as line
            from told as t
            join loaded.source_file as f using (file_id)
            left join headed as h on h.file_id = t.file_id and h.field = t.field
            left join loaded.rule as r on r.rule = t.rule
            where f.file_name in (select unnest($files::varchar[]))
            group by t.outcome, t.rule, f.file_name, f.export, h.header
            order by t.outcome desc, rows desc, f.file_name, line
            """,
            {"files": list(files)},
        ).fetchall()
    return [Trouble(outcome, generic(sentence), *rest) for outcome, sentence, *rest in rows]


def count_files(draft: Build, files: Collection[str]) -> list[Count]:
    """What became of the rows of these files, by name."""
    with open_reader(draft) as connection:
        rows = connection.execute(
            "select file_name, rows_read, rows_accepted, rows_rejected, rows_superseded from loaded.source_file "
            "where file_name in (select unnest($files::varchar[])) order by file_name",
            {"files": list(files)},
        ).fetchall()
    return [Count(*row) for row in rows]
