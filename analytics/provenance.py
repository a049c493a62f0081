"""Where figures come from: the load, its files, and how many of their rows are in the figures."""

from dataclasses import dataclass
from datetime import datetime

from analytics.snapshot import Snapshot


@dataclass(frozen=True)
class SourceFile:
    """A file of the build; rows_read = rows_accepted + rows_rejected + rows_superseded."""

    file_id: str
    file_name: str
    export: str
    sha256: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_superseded: int


@dataclass(frozen=True)
class Provenance:
    """The load that every figure of a snapshot comes from."""

    build_id: str
    built_at: datetime
    code_version: str
    rules_version: str
    is_sample: bool
    files: tuple[SourceFile, ...]

    def files_of(self, exports: tuple[str, ...]) -> list[SourceFile]:
        """The files of some exports."""
        return [file for file in self.files if file.export in exports]


def provenance(snapshot: Snapshot) -> Provenance:
    """The load and the files of a snapshot's build."""
    return snapshot.once(("provenance",), lambda: _read_provenance(snapshot))


def _read_provenance(snapshot: Snapshot) -> Provenance:
    build = snapshot.rows("select build_id, built_at, code_version, rules_version, is_sample from loaded.build")[0]
    columns = ", ".join(SourceFile.__dataclass_fields__)
    files = snapshot.rows(f"select {columns} from loaded.source_file order by export, file_name")
    return Provenance(**build, files=tuple(SourceFile(**file) for file in files))
