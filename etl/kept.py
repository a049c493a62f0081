"""Files of the current build that a load keeps, as if they were in the folder again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from etl.builds import Build, BuildError, open_reader
from etl.layout import Layout, Understood

FILE_COLUMNS = (
    "file_name, sheet_name, export, sha256, size_bytes, encoding, delimiter, header_line, rows_read, rows_blank, "
    "rows_footer"
)


@dataclass(frozen=True)
class KeptTable:
    """What a build says about a file that is not here any more. Its notes were told when it came."""

    file_name: str
    sheet_name: str | None
    export: str
    sha256: str
    size_bytes: int
    encoding: str | None
    delimiter: str | None
    header_line: int
    rows_read: int
    blank_rows: int
    footer_rows: int
    headers: list[str]
    fields: Mapping[int, str]  # position of a header, from 0 -> our field
    notes: list[str] = field(default_factory=list)

    def understand(self, layouts: Sequence[Layout]) -> Understood:
        """By the layout of today: columns that no layout knew when the file came were never stored."""
        layout = next(layout for layout in layouts if layout.export == self.export)
        positions = {name: at for at, name in self.fields.items() if name in layout.fields}
        ignored = [header for at, header in enumerate(self.headers) if header.strip() and at not in self.fields]
        return Understood(layout, positions, ignored)


def list_tables(build: Build) -> tuple[list[KeptTable], bool]:
    """The files of a build, and whether they are the synthetic sample. BuildError when it kept too little of them."""
    with open_reader(build) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
        if ("reading",) not in tables:
            raise BuildError("build_cannot_lend_its_files", {"build_id": build.build_id})
        is_sample = connection.execute("select is_sample from loaded.build").fetchone()[0]
        files = connection.execute(f"select {FILE_COLUMNS}, file_id from loaded.source_file").fetchall()
        headers = connection.execute(
            "select file_id, header, field from loaded.header order by file_id, position"
        ).fetchall()
    return [make_table(file, [row[1:] for row in headers if row[0] == file[-1]]) for file in files], is_sample


def make_table(file: Sequence, headers: Sequence[tuple[str, str | None]]) -> KeptTable:
    name, sheet, export, sha256, size, encoding, delimiter, header_line, read, blank, footer, _ = file
    fields = {at: name for at, (_, name) in enumerate(headers) if name}
    return KeptTable(
        name, sheet, export, sha256, size, encoding, delimiter, header_line, read, blank, footer,
        [header for header, _ in headers], fields,
    )  # fmt: skip


def choose_kept(
    tables: Sequence[KeptTable], came: Collection[tuple[str, str]], extended: Collection[str] | None
) -> list[KeptTable]:
    """Of the build's files, those that nothing of what came (file name, export) stands for.

    An export that came replaces all its files in the build; one of `extended` only those of the same name. Without
    a word on that, an export is extended when a file came that has the name of one of its files.
    """
    exports, names = {export for _, export in came}, {name for name, _ in came}
    if extended is None:
        extended = {table.export for table in tables if (table.file_name, table.export) in came}

    def is_replaced(table: KeptTable) -> bool:
        return table.export in exports and (table.export not in extended or table.file_name in names)

    return [table for table in tables if not is_replaced(table)]
