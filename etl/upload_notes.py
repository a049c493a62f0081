"""What the process that prepares an upload tells the page, as small files in the private folder of the upload."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from etl.folder import Delivery, SourceFile
from etl.reconcile import FileAccount
from etl.refused import FileRefused
from etl.strays import StrayNote

PROGRESS, UNDERSTOOD, OUTCOME = "progress.json", "understood.json", "outcome.json"


@dataclass(frozen=True)
class Progress:
    """How far the preparation is, 0 to 1, and what it is doing: a file and its rows, or no file any more."""

    share: float = 0.0
    file_name: str = ""
    rows: int = 0


@dataclass(frozen=True)
class FileNote:
    """How one file was understood. is_loaded: the current build has it byte for byte."""

    file_name: str
    export: str
    is_kept: bool
    is_loaded: bool
    sheet_name: str | None
    encoding: str | None
    delimiter: str | None
    header_line: int
    columns: int
    renamed: Mapping[str, str]
    ignored: list[str]
    missing: list[str]
    notes: list[str]


@dataclass(frozen=True)
class Understood:
    """The files of the build to be, and those (name, export) of the current build that they replace.

    strays: files that seem to be of another time; known only once all of them have been read.
    """

    files: list[FileNote] = field(default_factory=list)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    strays: list[StrayNote] = field(default_factory=list)

    @property
    def came(self) -> list[FileNote]:
        return [file for file in self.files if not file.is_kept]

    def others(self) -> dict[str, list[str]]:
        """Export that came -> files of the current build under another name than any that came."""
        exports, names = {file.export for file in self.came}, {file.file_name for file in self.came}
        current = [*self.replaced, *((file.file_name, file.export) for file in self.kept)]
        found: dict[str, list[str]] = {}
        for name, export in current:
            if export in exports and name not in names:
                found.setdefault(export, []).append(name)
        return found

    @property
    def extended(self) -> set[str]:
        """Exports that came and whose other files in the current build stay."""
        kept = {file.file_name for file in self.kept}
        return {export for export, names in self.others().items() if kept.issuperset(names)}

    @property
    def kept(self) -> list[FileNote]:
        return [file for file in self.files if file.is_kept]


@dataclass(frozen=True)
class Refusal:
    file_name: str
    rule: str
    details: Mapping[str, str]


@dataclass(frozen=True)
class Loss:
    """A file of which so many rows are rejected that nobody may publish it without having seen that."""

    file_name: str
    rejected: int
    read: int


@dataclass(frozen=True)
class Outcome:
    """No refusal: a build of the upload stands in its folder."""

    refusals: list[Refusal] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def describe_delivery(
    delivery: Delivery,
    current: list[tuple[str, str, str]],
    passed_over: list[str],
    strays: Sequence[StrayNote] = (),
) -> Understood:
    """current: file name, export and SHA-256 of each file of the current build."""
    kept = {(file.file_name, file.export) for file in delivery.files if file.is_kept}
    replaced = [(name, export) for name, export, _ in current if (name, export) not in kept]
    hashes = {sha256 for _, _, sha256 in current}
    return Understood([describe_file(file, hashes) for file in delivery.files], replaced, passed_over, list(strays))


def describe_file(file: SourceFile, loaded_hashes: set[str]) -> FileNote:
    table = file.table
    return FileNote(
        file.file_name, file.export, file.is_kept, table.sha256 in loaded_hashes, table.sheet_name, table.encoding,
        table.delimiter, table.header_line, len(table.headers), file.renamed(), file.understood.ignored, file.missing(),
        list(table.notes),
    )  # fmt: skip


def to_loss(file: FileAccount) -> Loss:
    return Loss(file.file_name, file.rows_rejected, file.rows_read)


def to_refusal(refused: FileRefused) -> Refusal:
    return Refusal(refused.file_name, refused.rule, {key: str(value) for key, value in refused.details.items()})


def write_note(folder: Path, name: str, note: Progress | Understood | Outcome) -> None:
    """Written aside and renamed: the page never reads half a note."""
    aside = folder / f"{name}.aside"
    aside.write_text(json.dumps(asdict(note)), encoding="utf-8")
    os.replace(aside, folder / name)


def read_progress(folder: Path) -> Progress:
    return Progress(**(read_note(folder, PROGRESS) or {}))


def read_understood(folder: Path) -> Understood | None:
    note = read_note(folder, UNDERSTOOD)
    if note is None:
        return None
    replaced = [(name, export) for name, export in note["replaced"]]
    strays = [StrayNote(**stray) for stray in note["strays"]]
    return Understood([FileNote(**file) for file in note["files"]], replaced, note["passed_over"], strays)


def read_outcome(folder: Path) -> Outcome | None:
    note = read_note(folder, OUTCOME)
    if note is None:
        return None
    return Outcome([Refusal(**refusal) for refusal in note["refusals"]], [Loss(**loss) for loss in note["losses"]])


def read_note(folder: Path, name: str) -> dict | None:
    try:
        return json.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
