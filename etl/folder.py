"""The files of one delivery: which of them are data, and what each is recognised as."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.builds import Build
from etl.kept import KeptTable, choose_kept, list_tables
from etl.layout import Field, Layout, Understood, fold, known_headers, understand
from etl.read import FileRefused, Table, read_table

SAMPLE_MARK = "SYNTHETIC.txt"
NOT_DATA = ("readme", "license", "licence", "licencia", "synthetic")
OFFICE_LOCK = "~$"  # what Excel and LibreOffice leave beside a workbook that somebody has open
FILE_ID_LENGTH = 12
KINDS_SELDOM_THERE = ("currency",)  # amounts are in euros unless a column says otherwise


@dataclass(frozen=True)
class SourceFile:
    table: Table | KeptTable
    understood: Understood
    file_id: str
    number: int  # 1-based place in the order of file names: a later file is newer
    copy_of: str | None  # file_id of the file it is byte for byte the same as

    @property
    def export(self) -> str:
        return self.understood.layout.export

    @property
    def file_name(self) -> str:
        return self.table.file_name

    @property
    def is_kept(self) -> bool:
        """Whether its rows come from the current build."""
        return isinstance(self.table, KeptTable)

    @property
    def base_id(self) -> str:
        """file_id without the number of a copy."""
        return self.table.sha256[:FILE_ID_LENGTH]

    def find_field(self, name: str) -> Field:
        """A field as the layout says that gave the header of its column."""
        return self.understood.layout.fields[name].under(self.table.headers[self.understood.positions[name]])

    def renamed(self) -> dict[str, str]:
        """Our usual header for a column -> the header it came under, where those differ."""
        usual = {name: each.headers[0] for name, each in self.understood.layout.fields.items()}
        came = {usual[name]: self.table.headers[at] for name, at in self.understood.positions.items()}
        return {header: found for header, found in came.items() if fold(header) != fold(found)}

    def missing(self) -> list[str]:
        """The usual headers of the optional columns that the file does not have."""
        fields = self.understood.layout.fields.values()
        return [
            each.headers[0]
            for each in fields
            if each.name not in self.understood.positions and each.kind not in KINDS_SELDOM_THERE
        ]


@dataclass(frozen=True)
class Delivery:
    files: list[SourceFile]
    passed_over: list[str]  # sub-folders: not read, and said so
    is_sample: bool
    kept_from: Build | None = None  # the build that lends the files that are kept


class LoadRefused(Exception):
    """Everything that is wrong with a delivery, so that it can be mended in one go."""

    def __init__(self, refusals: list[FileRefused]) -> None:
        super().__init__([(refusal.file_name, refusal.rule) for refusal in refusals])
        self.refusals = refusals


def open_delivery(
    exports: Path, layouts: Sequence[Layout], kept_from: Build | None = None, extended: Collection[str] | None = ()
) -> Delivery:
    """Opens and recognises every file; LoadRefused with all that cannot be, or without a catalogue.

    kept_from: the build whose files of other exports stay. extended: exports whose files of another name stay too;
    None: those of which a file comes under the name of one of theirs.
    """
    if not exports.is_dir():
        raise LoadRefused([FileRefused(exports.absolute().name, "folder_not_found", {"folder": str(exports)})])
    refusals: list[FileRefused] = []
    try:
        paths = sorted(exports.iterdir(), key=lambda path: path.name)
    except PermissionError:
        refused = FileRefused(exports.absolute().name, "folder_cannot_be_read", {"folder": str(exports)})
        raise LoadRefused([refused]) from None
    found = list(recognise_files([path for path in paths if is_data(path)], layouts, refusals))
    tables, is_kept_sample = list_tables(kept_from) if kept_from else ([], False)
    kept = choose_kept(tables, [(table.file_name, understood.layout.export) for table, understood in found], extended)
    files = number_files([*found, *((table, table.understand(layouts)) for table in kept)])
    if not refusals and not any(file.export == "catalogue" for file in files):
        refusals.append(FileRefused(exports.absolute().name, "catalogue_is_missing"))
    if refusals:
        raise LoadRefused(refusals)
    folders = [path.name for path in paths if path.is_dir() and not path.name.startswith(".")]
    is_sample = any(path.name == SAMPLE_MARK for path in paths) or (is_kept_sample and bool(kept))
    return Delivery(files, folders, is_sample, kept_from if kept else None)


def recognise_files(
    paths: Sequence[Path], layouts: Sequence[Layout], refusals: list[FileRefused]
) -> Iterator[tuple[Table, Understood]]:
    knows_header = known_headers(layouts)
    for path in paths:
        try:
            table = read_table(path, knows_header)
            yield table, understand(table.headers, table.file_name, layouts)
        except FileRefused as refusal:
            refusals.append(refusal)


def number_files(found: Sequence[tuple[Table | KeptTable, Understood]]) -> list[SourceFile]:
    """In the order of their names, each copy after the file it is a copy of."""
    files: list[SourceFile] = []
    first_ids: set[str] = set()
    copies = 0
    for number, (table, understood) in enumerate(sorted(found, key=lambda each: each[0].file_name), start=1):
        base_id = table.sha256[:FILE_ID_LENGTH]
        copy_of = base_id if base_id in first_ids else None
        copies += copy_of is not None
        first_ids.add(base_id)
        files.append(SourceFile(table, understood, f"{base_id}.{copies + 1}" if copy_of else base_id, number, copy_of))
    return files


def is_data(path: Path) -> bool:
    has_other_use = path.name.startswith((".", OFFICE_LOCK)) or path.stem.casefold().startswith(NOT_DATA)
    return path.is_file() and not has_other_use
