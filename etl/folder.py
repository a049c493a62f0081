"""The files of one delivery: which of them are data, and what each is recognised as."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.layout import Layout, Understood, fold, known_headers, understand
from etl.read import FileRefused, Table, read_table

SAMPLE_MARK = "SYNTHETIC.txt"
NOT_DATA = ("readme", "license", "licence", "licencia", "synthetic")
OFFICE_LOCK = "~$"  # what Excel and LibreOffice leave beside a workbook that somebody has open
FILE_ID_LENGTH = 12
KINDS_SELDOM_THERE = ("currency",)  # amounts are in euros unless a column says otherwise


@dataclass(frozen=True)
class SourceFile:
    table: Table
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


class LoadRefused(Exception):
    """Everything that is wrong with a delivery, so that it can be mended in one go."""

    def __init__(self, refusals: list[FileRefused]) -> None:
        super().__init__([(refusal.file_name, refusal.rule) for refusal in refusals])
        self.refusals = refusals


def open_delivery(exports: Path, layouts: Sequence[Layout]) -> Delivery:
    """Opens and recognises every file; LoadRefused with all that cannot be, or without a catalogue."""
    if not exports.is_dir():
        raise LoadRefused([FileRefused(exports.name, "folder_not_found", {"folder": str(exports)})])
    refusals: list[FileRefused] = []
    try:
        paths = sorted(exports.iterdir(), key=lambda path: path.name)
    except PermissionError:
        raise LoadRefused([FileRefused(exports.name, "folder_cannot_be_read", {"folder": str(exports)})]) from None
    files = list(recognise_files([path for path in paths if is_data(path)], layouts, refusals))
    if not refusals and not any(file.export == "catalogue" for file in files):
        refusals.append(FileRefused(exports.name, "catalogue_is_missing", {"folder": str(exports)}))
    if refusals:
        raise LoadRefused(refusals)
    folders = [path.name for path in paths if path.is_dir() and not path.name.startswith(".")]
    return Delivery(files, folders, any(path.name == SAMPLE_MARK for path in paths))


def recognise_files(
    paths: Sequence[Path], layouts: Sequence[Layout], refusals: list[FileRefused]
) -> Iterator[SourceFile]:
    knows_header = known_headers(layouts)
    first_ids: dict[str, str] = {}
    copies = 0
    for number, path in enumerate(paths, start=1):
        try:
            table = read_table(path, knows_header)
            understood = understand(table.headers, table.file_name, layouts)
        except FileRefused as refusal:
            refusals.append(refusal)
            continue
        file_id = table.sha256[:FILE_ID_LENGTH]
        copy_of = first_ids.get(file_id)
        copies += copy_of is not None
        first_ids.setdefault(file_id, file_id)
        yield SourceFile(table, understood, f"{file_id}.{copies + 1}" if copy_of else file_id, number, copy_of)


def is_data(path: Path) -> bool:
    has_other_use = path.name.startswith((".", OFFICE_LOCK)) or path.stem.casefold().startswith(NOT_DATA)
    return path.is_file() and not has_other_use
