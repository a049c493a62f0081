"""What turns a whole delivery down once its rows have been looked at: good data are not replaced by these."""

from collections.abc import Sequence

import duckdb

from etl.folder import SourceFile
from etl.read import FileRefused

UNKNOWN_STATES_AT_MOST = 0.01  # of the rows of a file: beyond, the words of the states have changed
CONFLICTS_AT_MOST = 0.1  # of the editions of the catalogue: beyond, two catalogues are mixed up
ROWS_THAT_TELL = 10  # one bad row of one is an error of the row, all bad of ten is an error of the file


def find_unknown_states(
    connection: duckdb.DuckDBPyConnection, file: SourceFile, rows_read: int
) -> list[FileRefused]:
    count, line, words = connection.execute(
        "select count(*), min(line), list(distinct found order by found)[:5] from parsed.problem "
        "where file_id = ? and export = 'enrolments' and field = 'state' and rule = 'word_is_not_known'",
        [file.file_id],
    ).fetchone()
    if count <= rows_read * UNKNOWN_STATES_AT_MOST:
        return []
    details = {"count": count, "rows": rows_read, "line": line, "words": ", ".join(words)}
    return [FileRefused(file.file_name, "file_has_unknown_states", details)]


def find_conflicts(connection: duckdb.DuckDBPyConnection, files: Sequence[SourceFile]) -> list[FileRefused]:
    count, example, editions = connection.execute(
        "select count(distinct found), min(found), (select count(*) from parsed.known_edition) from rejection "
        "where rule = 'an_edition_is_described_once'"
    ).fetchone()
    if count <= editions * CONFLICTS_AT_MOST:
        return []
    names = ", ".join(file.file_name for file in files if file.export == "catalogue")
    details = {"count": count, "editions": editions, "example": example}
    return [FileRefused(names, "catalogue_contradicts_itself", details)]


def find_files_without_use(
    connection: duckdb.DuckDBPyConnection, files: Sequence[SourceFile], rows_read: dict[str, int]
) -> list[FileRefused]:
    """Files of which nothing was accepted: with ten rows or more, or catalogues that give no edition at all."""
    has_no_edition = not connection.execute("select count(*) from edition").fetchone()[0]
    refusals = []
    for file in files:
        count, rule = connection.execute(
            "select count(distinct row_key), mode(rule) from rejection where file_id = ?", [file.file_id]
        ).fetchone()
        is_lost = count == rows_read[file.file_id] and count >= ROWS_THAT_TELL
        if is_lost or (file.export == "catalogue" and has_no_edition):
            refusals.append(FileRefused(file.file_name, "file_has_no_accepted_row", {"rows": count, "rule": rule}))
    return refusals
