"""Reads a column: each distinct text once, in the light of its whole file, kept as a table to join back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

import duckdb
import pyarrow as pa

from etl.folder import SourceFile
from etl.layout import Field
from etl.parse import Reading, has_two_digit_year, is_blank, is_flag, read_column
from etl.stage import NUMBERED_FIELDS, Staged

KIND_IN_SQL = {
    "date": "date",
    "amount": "decimal(12, 2)",
    "decimal": "decimal(8, 2)",
    "integer": "integer",
    "edition_number": "integer",
    "eqf_level": "integer",
    "percent": "decimal(5, 2)",
    "rate": "decimal(9, 6)",
    "flag": "boolean",
}
KIND_IN_ARROW = {
    "date": pa.date32(),
    "amount": pa.decimal128(12, 2),
    "decimal": pa.decimal128(8, 2),
    "integer": pa.int32(),
    "edition_number": pa.int32(),
    "eqf_level": pa.int32(),
    "percent": pa.decimal128(5, 2),
    "rate": pa.decimal128(9, 6),
    "flag": pa.bool_(),
}
# Beyond these a value does not fit its column, and is no value of this programme either.
LIMITS = {"amount": Decimal(10) ** 10, "decimal": Decimal(10) ** 6, "integer": 2**31, "edition_number": 2**31}
# These mostly stay as sent: only texts that mean something else are looked up, and a million ids cost no memory.
KINDS_LEFT_AS_SENT = ("text", "code")
TEXTS_AT_A_TIME = 50_000
# Two digits of a year of birth are first read as 20xx; candidates.sql moves those under 10 at the start back.
LATEST_BIRTH = 2068
# An empty edition is the first one, and the channel decides the delivery mode: unreadable, they decide nothing.
REJECTED_THOUGH_OPTIONAL = ("edition_number", "channel")
# Whatever else the row says, its amounts are not what they look like.
ALWAYS_REJECTING = ("currency_is_not_euro",)
# A code that reading certainly leaves as it is: one sign at least is a digit, and it is no 1E+05. Most are so.
PLAIN_CODE = (
    "(regexp_full_match({column}, '[A-Za-z0-9_/-]*[0-9][A-Za-z0-9_/-]*') "
    "and not regexp_matches({column}, '[0-9][eE][0-9+-]'))"
)
TIME_OF_DAY = r"[ T]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?$"

Entry = tuple[object, object | None, str | None]  # text (or its number), value, rule


@dataclass(frozen=True)
class Lookup:
    """A table (text, value, rule, outcome, is_guessed) of one column of one file."""

    field: Field
    has_rules: bool

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def table(self) -> str:
        return f"parsed.lookup_{self.name}"

    def key(self) -> str:
        """What of the raw column, called r, is looked up: of a moment only its day, for there are too many moments."""
        column = f'r."{self.name}"'
        if self.field.kind != "date" or self.name in NUMBERED_FIELDS:
            return column
        return f"if(contains({column}, ':'), regexp_replace({column}, '{TIME_OF_DAY}', ''), {column})"

    def value(self) -> str:
        found = f"lookup_{self.name}"
        if self.field.kind in KINDS_LEFT_AS_SENT:
            return f"if({found}.text is null, r.\"{self.name}\", {found}.value)"
        return f"{found}.value"


def make_lookup(connection: duckdb.DuckDBPyConnection, file: SourceFile, field: Field, staged: Staged) -> Lookup:
    entries = [*read_entries(connection, file, field, staged)]
    texts, values, rules = zip(*entries, strict=True) if entries else ((), (), ())
    lookup = Lookup(field, any(rules))
    is_numbered = field.name in NUMBERED_FIELDS
    sent = {number: text for text, number in staged.numbered[field.name].items()} if is_numbered else {}
    table = pa.table(
        {
            "text": pa.array(texts, pa.int32() if is_numbered else pa.string()),
            "value": pa.array(values, KIND_IN_ARROW.get(field.kind, pa.string())),
            "rule": pa.array(rules, pa.string()),
            "outcome": pa.array([decide_outcome(field, rule) for rule in rules], pa.string()),
            "is_guessed": pa.array([has_two_digit_year(sent.get(text, "")) for text in texts], pa.bool_()),
        }
    )
    connection.register("entries", table)
    connection.execute(f"create or replace table {lookup.table} as select * from entries")
    connection.unregister("entries")
    return lookup


def read_entries(
    connection: duckdb.DuckDBPyConnection, file: SourceFile, field: Field, staged: Staged
) -> Iterator[Entry]:
    if field.name in NUMBERED_FIELDS:
        numbers = staged.numbered[field.name]
        pivot = LATEST_BIRTH if field.name == "born_on" else None
        yield from ((numbers[text], value, rule) for text, value, rule in read_texts(field, numbers, pivot))
        return
    key = Lookup(field, False).key()
    doubtful = f"not {PLAIN_CODE.format(column=key)}" if field.kind == "code" and not field.words else "true"
    query = f"select distinct {key} from raw.{file.export} as r where file_id = ? and problem is null and {doubtful}"
    cursor = connection.cursor().execute(query, [file.file_id])
    chunks = iter(lambda: [text for (text,) in cursor.fetchmany(TEXTS_AT_A_TIME)], [])
    if field.kind in KINDS_LEFT_AS_SENT:
        for chunk in chunks:
            yield from (entry for entry in read_texts(field, chunk) if entry[0] != entry[1])
    else:
        yield from read_texts(field, chain.from_iterable(chunks))


def read_texts(field: Field, texts: Iterable[str], pivot: int | None = None) -> Iterator[Entry]:
    said = {text: not is_blank(text) for text in texts}
    yield from ((text, None, None) for text, is_said in said.items() if not is_said)
    readings = read_column(field, [text for text, is_said in said.items() if is_said], pivot)
    for text, reading in readings.items():
        yield text, *fit(field, reading)


def fit(field: Field, reading: Reading) -> tuple[object | None, str | None]:
    """The value and rule, unless the value does not fit the column."""
    limit = LIMITS.get(field.kind)
    if limit is not None and reading.value is not None and abs(reading.value) >= limit:
        return None, "number_is_out_of_range"
    return reading.value, reading.rule


def decide_outcome(field: Field, rule: str | None) -> str | None:
    if rule is None or is_flag(rule):
        return rule and "flag"
    is_decisive = field.required or field.name in REJECTED_THOUGH_OPTIONAL or rule in ALWAYS_REJECTING
    return "reject" if is_decisive else "flag"
