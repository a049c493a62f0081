"""Parsed tables: the rows of a file with every cell read, and what could not be read."""

from collections.abc import Sequence

import duckdb

from etl.folder import LoadRefused, SourceFile
from etl.kept_rows import copy_lookup
from etl.layout import Field, Layout, show_header
from etl.lookup import KIND_IN_SQL, Lookup, make_lookup
from etl.people import PERSON_COLUMNS
from etl.reading import ReadsBothWays
from etl.refused import FileRefused
from etl.stage import EXPORTS_COMPARED_WHOLE, NUMBERED_FIELDS, Staged, stored_fields

# "12 cells, 14 expected" is said in the words of each language: only the numbers are kept.
NUMBERS_FOUND = "nullif(array_to_string(regexp_extract_all(problem_found, '[0-9]+'), ' / '), '')"
PERSON_KEY_OF = {"teacher": "teacher_key"}  # required, and kept only as a key


def create_parsed_tables(connection: duckdb.DuckDBPyConnection, layouts: Sequence[Layout]) -> None:
    """Typed rows that are not decided upon yet, in a database that lives in memory for as long as the load."""
    connection.execute("attach ':memory:' as parsed (compress)")
    connection.execute("create table parsed.known_edition (course_id varchar, edition_number integer)")
    connection.execute(
        "create table parsed.problem (row_key varchar, file_id varchar, line bigint, export varchar, field varchar, "
        "rule varchar, outcome varchar, found varchar)"
    )
    for layout in layouts:
        columns = ["row_key varchar", "file_id varchar", "file_number integer", "file_line bigint"]
        columns += [f"{name} {kind}" for name, kind in own_columns(layout).items()]
        columns += [f'"{name}" {sql_kind(layout.fields[name])}' for name in stored_fields(layout)]
        columns += ["unread varchar", "row_hash ubigint"]
        connection.execute(f"create table parsed.{layout.export} ({', '.join(columns)})")


def sql_kind(field: Field) -> str:
    return KIND_IN_SQL.get(field.kind, "varchar")


def own_columns(layout: Layout) -> dict[str, str]:
    """Columns that no field of the layout stands for."""
    columns = dict.fromkeys(PERSON_COLUMNS.get(layout.export, ()), "varchar")
    if layout.export in EXPORTS_COMPARED_WHOLE:
        columns["rest_key"] = "blob"
    if "edition_number" in layout.fields:
        columns["edition_was_empty"] = "boolean"
    if "born_on" in layout.fields:
        columns["century_is_guessed"] = "boolean"
    if "title" in layout.fields:
        columns["title_says"] = "varchar"
    return columns


def content_columns(layout: Layout) -> list[str]:
    """What makes two rows equal: every value, and the text of what could not be read."""
    people = PERSON_COLUMNS.get(layout.export, ())
    rest = ("rest_key",) if layout.export in EXPORTS_COMPARED_WHOLE else ()
    return [*people, *rest, *stored_fields(layout), "unread"]


def parse_file(connection: duckdb.DuckDBPyConnection, file: SourceFile, staged: Staged) -> None:
    layout = file.understood.layout
    names = [name for name in stored_fields(layout) if name in file.understood.positions]
    lookups = look_up_columns(connection, file, names, staged)
    insert_values(connection, file, lookups)
    for lookup in lookups:
        if lookup.has_rules:
            record_readings(connection, file, lookup)
        if lookup.name in NUMBERED_FIELDS:
            keep_readings(connection, file, lookup)
        connection.execute(f"drop table {lookup.table}")
    record_staging_problems(connection, file)
    for field in layout.fields.values():
        if field.required:
            record_missing(connection, file, field)


def look_up_columns(
    connection: duckdb.DuckDBPyConnection, file: SourceFile, names: Sequence[str], staged: Staged
) -> list[Lookup]:
    """LoadRefused with every column that reads both ways."""
    lookups, refusals = [], []
    for name in names:
        try:
            lookups.append(look_up(connection, file, file.find_field(name), staged))
        except ReadsBothWays as doubt:
            refusals.append(refuse_column(file, name, doubt))
    if refusals:
        raise LoadRefused(refusals)
    return lookups


def refuse_column(file: SourceFile, name: str, doubt: ReadsBothWays) -> FileRefused:
    """With an example and both its readings, but none of dates of birth."""
    details = {"column": show_header(file.table.headers[file.understood.positions[name]])}
    if name in NUMBERED_FIELDS:
        return FileRefused(file.file_name, "date_order_of_births_is_not_said", details)
    return FileRefused(file.file_name, doubt.rule, {**details, "example": doubt.example.strip(), **doubt.parts})


def look_up(connection: duckdb.DuckDBPyConnection, file: SourceFile, field: Field, staged: Staged) -> Lookup:
    if file.is_kept and field.name in NUMBERED_FIELDS:
        return copy_lookup(connection, field, file.base_id)
    return make_lookup(connection, file, field, staged)


def keep_readings(connection: duckdb.DuckDBPyConnection, file: SourceFile, lookup: Lookup) -> None:
    """Typed, so that a later load can keep this file without its texts."""
    connection.execute(
        f"insert into raw.reading select ?, ?, text, value::varchar, rule, outcome, is_guessed from {lookup.table}",
        [file.file_id, lookup.name],
    )


def insert_values(connection: duckdb.DuckDBPyConnection, file: SourceFile, lookups: Sequence[Lookup]) -> None:
    layout = file.understood.layout
    columns = {f'"{lookup.name}"': lookup.value() for lookup in lookups}
    columns |= {name: f"r.{name}" for name in PERSON_COLUMNS.get(layout.export, ())}
    columns |= derived_columns(layout, {lookup.name: lookup for lookup in lookups})
    selected = ", ".join(f"{expression} as {name}" for name, expression in columns.items())
    joins = " ".join(
        f"left join {lookup.table} as lookup_{lookup.name} on lookup_{lookup.name}.text = {lookup.key()}"
        for lookup in lookups
    )
    known = {name.strip('"') for name in columns}
    content = ", ".join(f'"{name}"' for name in content_columns(layout) if name in known)
    connection.execute(
        f"insert into parsed.{file.export} by name select *, hash({content}) as row_hash from ("
        f"select r.row_key, r.file_id, {file.number} as file_number, r.file_line, {selected} "
        f"from raw.{file.export} as r {joins} where r.file_id = ? and r.problem is null)",
        [file.file_id],
    )


def derived_columns(layout: Layout, lookups: dict[str, Lookup]) -> dict[str, str]:
    unread = [
        f"if(lookup_{name}.outcome is not null and lookup_{name}.value is null, r.\"{name}\"::varchar, '')"
        for name, lookup in lookups.items()
        if lookup.has_rules
    ]
    columns = {"unread": f"concat_ws(chr(31), {', '.join(unread)})" if unread else "''"}
    if layout.export in EXPORTS_COMPARED_WHOLE:
        columns["rest_key"] = "r.rest_key"
    if "edition_number" in lookups:
        columns['"edition_number"'] = first_edition("lookup_edition_number")
        columns["edition_was_empty"] = "lookup_edition_number.value is null"
    elif "edition_number" in layout.fields:
        columns |= {'"edition_number"': "1", "edition_was_empty": "true"}
    if "born_on" in lookups:
        columns["century_is_guessed"] = "lookup_born_on.is_guessed"
    return columns


def first_edition(lookup: str) -> str:
    """An empty edition is the first one; an edition that cannot be read is none."""
    return f"if({lookup}.rule is null, coalesce({lookup}.value, 1), {lookup}.value)"


def record_readings(connection: duckdb.DuckDBPyConnection, file: SourceFile, lookup: Lookup) -> None:
    """What stood in a cell is kept, but not of dates of birth and postcodes."""
    found = "null" if lookup.name in NUMBERED_FIELDS else f'r."{lookup.name}"'
    connection.execute(
        f"insert into parsed.problem "
        f"select r.row_key, r.file_id, r.file_line, ?, ?, lookup.rule, lookup.outcome, {found} "
        f"from raw.{file.export} as r join {lookup.table} as lookup on lookup.text = {lookup.key()} "
        f"where r.file_id = ? and r.problem is null and lookup.rule is not null",
        [file.export, lookup.name, file.file_id],
    )


def record_staging_problems(connection: duckdb.DuckDBPyConnection, file: SourceFile) -> None:
    connection.execute(
        f"insert into parsed.problem "
        f"select row_key, file_id, file_line, ?, null, problem, 'reject', {NUMBERS_FOUND} "
        f"from raw.{file.export} where file_id = ? and problem is not null",
        [file.export, file.file_id],
    )
    connection.execute(
        f"insert into parsed.problem "
        f"select row_key, file_id, file_line, ?, split_part(doubt, ' ', 1), split_part(doubt, ' ', 2), 'flag', null "
        f"from (select row_key, file_id, file_line, unnest(string_split(doubts, ';')) as doubt "
        f"from raw.{file.export} where file_id = ? and doubts is not null)",
        [file.export, file.file_id],
    )


def record_missing(connection: duckdb.DuckDBPyConnection, file: SourceFile, field: Field) -> None:
    column = PERSON_KEY_OF.get(field.name, field.name)
    value = f'coalesce("{column}", "{field.satisfied_by}")' if field.satisfied_by else f'"{column}"'
    connection.execute(
        f"insert into parsed.problem "
        f"select row_key, file_id, file_line, ?, ?, 'value_is_missing', 'reject', null "
        f"from parsed.{file.export} where file_id = ? and {value} is null and row_key not in "
        f"(select row_key from parsed.problem where field = ? and outcome = 'reject')",
        [file.export, field.name, file.file_id, field.name],
    )
