"""Section 9, data quality: what came in, what was left out and why, and whether every reported total adds up."""

from analytics.incidents import rules
from analytics.quality import files
from analytics.reconciliation import Account, reconcile
from analytics.trace import Trace
from reports.content import Block, Section
from reports.writing import Cell, Draft, Line, make_grid, prose

NUMBER = 9
ROWS = ("rows_read", "rows_accepted", "rows_rejected", "rows_superseded", "rows_blank", "rows_footer")
FILE_COLUMNS = (("file", "text"), ("export", "text"), *((name, "count") for name in ROWS))
RULE_COLUMNS = (("rule", "text"), ("exports", "text"), ("rows", "count"))
TABLES = {"rejected": "rejection", "flagged": "flag", "superseded": "superseded"}
# Totals of one unit stand in one table: a column has one unit.
UNITS = ("count", "EUR", "hours")
ROW_COLUMNS = (
    ("total", "text"), ("read", "count"), ("rejected", "count"), ("superseded", "count"), ("left_out", "count"),
    ("counted", "count"),
)
REASON_COLUMNS = (("total", "text"), ("reason", "text"), ("rows", "count"))


def write_quality(draft: Draft) -> Section:
    accounts = reconcile(draft.snapshot, draft.period)
    blocks = (
        _files(draft), *(_rules(draft, outcome) for outcome in TABLES), prose(
            "reconciliation_notes", draft.say("reconciliation.notes")
        ),
        *(_accounts(draft, accounts, unit) for unit in UNITS), *(_reasons(draft, accounts, unit) for unit in UNITS),
    )
    return Section(NUMBER, "quality", draft.say("section.quality"), blocks)


def _files(draft: Draft) -> Block:
    """Every file with its rows; the total adds them up."""
    found = files(draft.snapshot)
    lines = [
        Line(f"{file.file_name}/{file.sheet_name or ''}/{file.sha256[:12]}", (
            file.file_name if file.sheet_name is None else f"{file.file_name} · {file.sheet_name}",
            draft.words(f"export.{file.export}"), *(getattr(file, name) for name in ROWS),
        ))
        for file in found
    ]
    whole = (sum(getattr(file, name) for file in found) for name in ROWS)
    lines.append(Line("total", (draft.words("table.total"), "", *whole)))
    return make_grid(draft, NUMBER, "files", FILE_COLUMNS, lines, has_total=True)


def _rules(draft: Draft, outcome: str) -> Block:
    """A row that met two rules is in both lines, so that they have no total."""
    lines = [
        Line(rule.rule, (
            rule.sentence, ", ".join(draft.words(f"export.{export}") for export in rule.exports),
            Cell(rule.rows, Trace(
                f"loaded.{TABLES[outcome]}", "count(distinct row_key)", "rule = $rule", (("rule", rule.rule),)
            ), f"rows_{outcome}"),
        ))
        for rule in rules(draft.snapshot, outcome, draft.words.language)
    ]
    return make_grid(draft, NUMBER, f"rules_{outcome}", RULE_COLUMNS, lines, said_as="rules",
                     outcome=draft.say(f"rules.{outcome}"))


def name_total(draft: Draft, account: Account) -> str:
    key = account.metric.key
    return draft.words.metric(key) if draft.words.has(f"metric.{key}.name") else draft.say(f"total.{key}")


def _accounts(draft: Draft, accounts: list[Account], unit: str) -> Block:
    """Rows of the files less those left out, and what they add up to against what is reported."""
    columns = (*ROW_COLUMNS, ("amount", unit), ("reported", unit), ("difference", unit), ("closes", "text"))
    lines = [
        Line(account.metric.key, (
            name_total(draft, account), account.read, account.rejected, account.superseded,
            sum(part.rows for part in account.left_out), account.counted.rows, account.amount,
            account.reported, account.difference, draft.say("yes" if account.is_closed else "no"),
        ))
        for account in accounts if account.metric.unit == unit
    ]
    return make_grid(draft, NUMBER, f"reconciliation_{unit}", columns, lines, said_as="reconciliation",
                     unit=draft.words(f"unit.{unit}"))


def _reasons(draft: Draft, accounts: list[Account], unit: str) -> Block:
    """Every reason of every total; for money and hours also how much is left out."""
    columns = REASON_COLUMNS if unit == "count" else (*REASON_COLUMNS, ("amount", unit))
    lines = [
        Line(f"{account.metric.key}/{part.reason}", (
            name_total(draft, account), draft.say(f"left_out.{part.reason}"),
            Cell(part.rows, None if part.reason.startswith("repeated_") else part.trace),
            *(() if unit == "count" else (part.amount,)),
        ))
        for account in accounts if account.metric.unit == unit for part in account.left_out
    ]
    return make_grid(draft, NUMBER, f"left_out_{unit}", columns, lines, said_as="left_out",
                     unit=draft.words(f"unit.{unit}"))


def find_differences(draft: Draft) -> list[str]:
    """The totals that do not add up, each in a sentence."""
    return [
        draft.say(
            "residual.total", total=name_total(draft, account), rows=draft.words.number(account.unexplained_rows),
            difference=draft.words.show(account.difference, "count"),
        )
        for account in reconcile(draft.snapshot, draft.period) if not account.is_closed
    ]
