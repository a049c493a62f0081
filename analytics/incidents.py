"""Incidents: the rules that rows met, and every row that was rejected, flagged or superseded, with its reason."""

from dataclasses import dataclass

from analytics.reason_sentences import fill, generic, rest, short
from analytics.snapshot import Snapshot
from analytics.words import LANGUAGES

# What can become of a row that is told by its rule. A flagged row is accepted all the same.
TABLES = {"rejected": "rejection", "flagged": "flag", "superseded": "superseded"}
# A superseded row has no faulty cell; what was found is the row that replaces it.
REPLACEMENT = """
    null::varchar as field,
    (
        select by_file.file_name || ' · ' || split_part(i.by_row_key, '-', 2)
        from loaded.source_file as by_file
        where by_file.file_id = split_part(i.by_row_key, '-', 1)
    ) as found
"""


@dataclass(frozen=True)
class Rule:
    """A rule and its sentence without what was found; `rows` that it concerns, in these exports."""

    rule: str
    sentence: str
    rows: int
    exports: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """What happened, without what was expected and how to mend it."""
        return short(self.sentence)

    @property
    def rest(self) -> str:
        """What was expected and how to mend it."""
        return rest(self.sentence)


@dataclass(frozen=True)
class Incident:
    """Why a row was rejected, flagged or superseded.

    found: what stood in the cell, None where that would be personal data; of a superseded row, what replaces it.
    """

    file_name: str
    export: str
    line: int
    header: str | None
    sentence: str
    found: str | None
    file_id: str
    rule: str


def rules(snapshot: Snapshot, outcome: str, language: str) -> list[Rule]:
    """The rules that rows met with an outcome, those with the most rows first."""
    found = snapshot.rows(
        f"""
        select
            i.rule,
            any_value(r.sentence_{_known(language)}) as sentence,
            count(distinct i.row_key) as rows,
            list(distinct i.export order by i.export) as exports
        from loaded.{TABLES[outcome]} as i
        left join loaded.rule as r using (rule)
        group by i.rule
        order by rows desc, i.rule
        """
    )
    return [Rule(row["rule"], _sentence(row), row["rows"], tuple(row["exports"])) for row in found]


def every_rule(snapshot: Snapshot, language: str) -> dict[str, list[Rule]]:
    """The rules that the load applied by outcome (reject, flag, supersede), each with the rows that met it."""
    found = snapshot.rows(
        f"""
        with met as (
            select rule, row_key from loaded.rejection
            union
            select rule, row_key from loaded.flag
            union
            select rule, row_key from loaded.superseded
        )
        select r.rule, r.outcome, r.sentence_{_known(language)} as sentence, count(m.row_key) as rows
        from loaded.rule as r
        left join met as m using (rule)
        group by all
        order by sentence
        """
    )
    grouped: dict[str, list[Rule]] = {"reject": [], "flag": [], "supersede": []}
    for row in found:
        grouped[row["outcome"]].append(Rule(row["rule"], _sentence(row), row["rows"]))
    return grouped


def incidents(snapshot: Snapshot, outcome: str, language: str) -> list[Incident]:
    """Every row with that outcome, by file and line: one a reason, its sentence filled in with what was found."""
    cell = "i.field, i.found" if outcome != "superseded" else REPLACEMENT
    found = snapshot.rows(
        f"""
        with named as (
            select i.file_id, i.line, i.export, i.rule, {cell} from loaded.{TABLES[outcome]} as i
        ),

        headed as (
            select file_id, field, any_value(header order by position) as header
            from loaded.header
            where field is not null
            group by all
        )

        select
            f.file_name, n.file_id, n.export, n.line, h.header, n.rule, n.found,
            r.sentence_{_known(language)} as sentence
        from named as n
        join loaded.source_file as f using (file_id)
        left join headed as h on h.file_id = n.file_id and h.field = n.field
        left join loaded.rule as r on r.rule = n.rule
        order by f.file_name, n.line, h.header, n.rule
        """
    )
    return [
        Incident(
            row["file_name"], row["export"], row["line"], row["header"], _fill(row, language), row["found"],
            row["file_id"], row["rule"],
        )
        for row in found
    ]


def _known(language: str) -> str:
    """The language, which becomes part of a column's name."""
    if language not in LANGUAGES:
        raise ValueError(f"{language} is not a language. Try one of: {', '.join(LANGUAGES)}")
    return language


def _sentence(row: dict) -> str:
    """A rule without a sentence is shown by its key: a reason is never lost."""
    return generic(row["sentence"]) if row["sentence"] else row["rule"]


def _fill(row: dict, language: str) -> str:
    if row["found"] is None or not row["sentence"]:
        return _sentence(row)
    return fill(row["sentence"], row["found"], language)
