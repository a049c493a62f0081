"""The process that prepares an upload: python -m etl.upload_process FOLDER BUILDS EXTENDED."""

import os
import sys
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from etl import machine
from etl.__main__ import locate
from etl.builds import Build, BuildError, find_whole_build
from etl.folder import Delivery, LoadRefused, SourceFile, is_data, open_delivery
from etl.kept import list_tables
from etl.layout import load_layouts
from etl.load import load_delivery
from etl.reconcile import AccountDoesNotClose
from etl.refused import FileRefused
from etl.strays import StrayNote, find_earlier, find_returns
from etl.upload_notes import (
    OUTCOME,
    PROGRESS,
    UNDERSTOOD,
    Loss,
    Outcome,
    Progress,
    Refusal,
    describe_delivery,
    to_loss,
    to_refusal,
    write_note,
)

MEMORY_BYTES_AT_MOST = 4 << 30  # of addresses: DuckDB and Arrow reserve far more than they use
SECONDS_AT_MOST = 3600
EXPORTS, BUILDS = "exports", "builds"
AS_NAMED = "as_named"  # which exports are extended is told by the names of their files
READ_SHARE = (0.05, 0.7)  # of the time of a load, from the first row to the last
SECONDS_BETWEEN_NOTES = 0.2
HEAD_BYTES = 1 << 16
BYTES_OF_A_WORKBOOK_ROW = 40  # compressed: only for a bar, and never shown as a number


def main(folder: str, builds_folder: str, asked: str) -> None:
    limit_resources()
    end_with_parent()
    private = Path(folder)
    extended = None if asked == AS_NAMED else [export for export in asked.split(",") if export]
    write_note(private, OUTCOME, prepare(private, Path(builds_folder), extended))


def prepare(folder: Path, builds_folder: Path, extended: Collection[str] | None) -> Outcome:
    """A build of the files of FOLDER/exports and of those kept, in FOLDER/builds; or why there is none."""
    try:
        return Outcome(losses=load_upload(folder, builds_folder, extended))
    except LoadRefused as refused:
        refusals = refused.refusals
    except FileRefused as refused:
        refusals = [refused]
    except BuildError as error:
        refusals = [FileRefused("", error.rule, dict(error.details))]
    except AccountDoesNotClose as error:
        refusals = [FileRefused("", "account_does_not_close", {"what": str(error)})]
    except MemoryError:
        refusals = [FileRefused("", "load_was_stopped")]
    except Exception as error:  # its message may quote a cell
        refusals = [FileRefused("", "load_failed", {"what": locate(error)})]
    return Outcome([name_for_reader(to_refusal(each)) for each in refusals])


def name_for_reader(refusal: Refusal) -> Refusal:
    """The private folder has no name that would tell a reader anything."""
    return replace(refusal, file_name="") if refusal.file_name == EXPORTS else refusal


def load_upload(folder: Path, builds_folder: Path, extended: Collection[str] | None) -> list[Loss]:
    """Notes how the files were understood, once they are open and again at their end: some notes show only there."""
    current = find_whole_build(builds_folder)
    delivery = open_upload(folder, current, extended)
    note_understood(folder, delivery, current)
    progress = ProgressNotes(folder, delivery.files)
    loaded = load_delivery(delivery, load_layouts(), folder / BUILDS, progress.tell, key_of=builds_folder)
    returns = find_returns(delivery.files, find_earlier(builds_folder))
    note_understood(folder, delivery, current, [*loaded.notes, *returns])
    return [to_loss(file) for file in loaded.account.losing]


def open_upload(folder: Path, current: Build | None, extended: Collection[str] | None) -> Delivery:
    delivery = open_delivery(folder / EXPORTS, load_layouts(), current, extended)
    if all(file.is_kept for file in delivery.files):
        raise LoadRefused([FileRefused("", "upload_has_no_export")])
    return delivery


def note_understood(
    folder: Path, delivery: Delivery, current: Build | None, strays: Sequence[StrayNote] = ()
) -> None:
    tables = list_tables(current)[0] if current else []
    files = [(table.file_name, table.export, table.sha256) for table in tables]
    passed_over = sorted(path.name for path in (folder / EXPORTS).iterdir() if not is_data(path))
    write_note(folder, UNDERSTOOD, describe_delivery(delivery, files, passed_over, strays))


class ProgressNotes:
    """Notes now and then how far the load is, by the rows that its files seem to have."""

    def __init__(self, folder: Path, files: Sequence[SourceFile]) -> None:
        self._folder = folder
        self._rows = dict(zip([file.file_name for file in files], map(estimate_rows, files), strict=True))
        self._read: dict[str, int] = {}
        self._noted_at = 0.0

    def tell(self, file_name: str, rows: int) -> None:
        self._read[file_name] = rows
        if file_name and time.monotonic() - self._noted_at < SECONDS_BETWEEN_NOTES:
            return
        self._noted_at = time.monotonic()
        write_note(self._folder, PROGRESS, Progress(self._share(file_name), file_name, rows))

    def _share(self, file_name: str) -> float:
        first, last = READ_SHARE
        if not file_name:
            return last
        read = sum(min(rows, self._rows.get(name, 0)) for name, rows in self._read.items())
        return first + (last - first) * read / max(1, sum(self._rows.values()))


def estimate_rows(file: SourceFile) -> int:
    """About how many rows a file has, from the length of its first ones; kept rows cost next to nothing."""
    if file.is_kept:
        return 0
    if file.table.sheet_name:
        return file.table.size_bytes // BYTES_OF_A_WORKBOOK_ROW
    with file.table.path.open("rb") as text:
        head = text.read(HEAD_BYTES)
    return file.table.size_bytes * max(1, head.count(b"\n")) // max(1, len(head))


def limit_resources() -> None:
    machine.let_others_first()  # the pages of the readers
    machine.limit_this_process(MEMORY_BYTES_AT_MOST, SECONDS_AT_MOST)


def end_with_parent() -> None:
    """The server keeps the other end of our input open for as long as it lives."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
