"""Every rule that a row can break, what it leads to, and the hash that tells one set of rules from another."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.check import load_checks
from etl.layout import Layout
from etl.parse import FLAGS, PROBLEMS
from etl.read import ROW_PROBLEMS
from etl.sentences import LANGUAGES, load_sentences

ROOM = Path(__file__).parent
REFERENCE = ROOM.parent / "data" / "reference"
# Codes that a value is read by; targets and settings change no row.
REFERENCES_OF_READING = ("countries.csv", "isced_f.csv")
DECIDING = (
    "*.sql", "checks/*.sql", "transform/*.sql", "parse*.py", "reading.py", "identity.py", "title.py",
    "lookup.py", "values.py", "settle.py", "limits.py", "private_text.py",
)  # fmt: skip

SUPERSEDING_RULES = ("file_is_a_copy", "row_is_a_duplicate", "a_later_state_replaces_it")
DOCUMENT_RULES = (
    "document_is_missing",
    "document_is_a_placeholder",
    "document_may_be_a_placeholder",
    "document_letter_is_wrong",
    "document_type_is_doubtful",
    "document_is_a_passport",
    "document_is_a_company",
    "document_is_of_another_kind",
)
LOADING_RULES = {"value_is_missing": "reject", "number_is_out_of_range": "reject", "cell_held_personal_data": "flag"}


def outcomes() -> dict[str, str]:
    """Rule -> reject, flag or supersede. What cannot be read is a rejection here; in an optional column it flags."""
    found = dict.fromkeys([*ROW_PROBLEMS, *PROBLEMS], "reject")
    found |= dict.fromkeys([*FLAGS, *DOCUMENT_RULES], "flag")
    found |= dict.fromkeys(SUPERSEDING_RULES, "supersede") | LOADING_RULES
    found |= {check.rule: "reject" if check.outcome == "reject" else "flag" for check in load_checks()}
    return dict(sorted(found.items()))


def record_rules(connection: duckdb.DuckDBPyConnection) -> None:
    told = outcomes()
    table: dict[str, list[str]] = {"rule": list(told), "outcome": list(told.values())}
    for language in LANGUAGES:
        sentences = load_sentences(language)
        table[f"sentence_{language}"] = [sentences.rows[rule] for rule in told]
    connection.register("rules", pa.table(table))
    connection.execute("insert into rule by name select * from rules")
    connection.unregister("rules")


def hash_rules(layouts: Sequence[Layout]) -> str:
    """The first 16 characters of a hash over everything that decides what becomes of a row."""
    digest = hashlib.sha256(repr(sorted(layouts, key=lambda layout: layout.export)).encode())
    for path in sorted(deciding_files()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def deciding_files() -> Iterable[Path]:
    """SQL, the code that reads, and the codes it reads by; neither sentences nor what publishes."""
    for pattern in DECIDING:
        yield from ROOM.glob(pattern)
    yield from (REFERENCE / name for name in REFERENCES_OF_READING)
