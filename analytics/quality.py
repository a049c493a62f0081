"""Quality: what came in with a load, how it was understood, and whether its rows add up."""

from dataclasses import dataclass

from analytics.metrics import METRICS
from analytics.snapshot import Snapshot

EXPORTS = ("catalogue", "teaching", "enrolments", "endorsements", "funding")


@dataclass(frozen=True)
class Balance:
    """Rows of a load. Closed when every row that was read is accepted, rejected or superseded, and has its reason."""

    read: int
    accepted: int
    rejected: int
    superseded: int
    flagged: int
    rejected_with_reason: int
    superseded_with_reason: int

    @property
    def is_closed(self) -> bool:
        adds_up = self.read == self.accepted + self.rejected + self.superseded
        return adds_up and (self.rejected, self.superseded) == (self.rejected_with_reason, self.superseded_with_reason)


@dataclass(frozen=True)
class LoadedFile:
    """A file of the load; encoding is None for a workbook, sheet_name for a text file."""

    file_id: str
    file_name: str
    sheet_name: str | None
    export: str
    sha256: str
    encoding: str | None
    header_line: int | None
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_superseded: int
    rows_blank: int
    rows_footer: int

    @property
    def encoding_name(self) -> str | None:
        """As people write it: UTF-8, Windows-1252."""
        name = (self.encoding or "").removesuffix("-sig").upper()
        return name.replace("CP1", "Windows-1") or None


@dataclass(frozen=True)
class Header:
    """A column of a file; field is None where it was ignored."""

    header: str
    field: str | None


def balance(snapshot: Snapshot) -> Balance:
    """The rows of all the files, and how many of those left out say why."""
    return Balance(**snapshot.rows(
        """
        select
            coalesce(sum(rows_read), 0)::bigint as read,
            coalesce(sum(rows_accepted), 0)::bigint as accepted,
            coalesce(sum(rows_rejected), 0)::bigint as rejected,
            coalesce(sum(rows_superseded), 0)::bigint as superseded,
            (select count(distinct row_key) from loaded.flag) as flagged,
            (select count(distinct row_key) from loaded.rejection) as rejected_with_reason,
            (select count(distinct row_key) from loaded.superseded) as superseded_with_reason
        from loaded.source_file
        """
    )[0])


def files(snapshot: Snapshot) -> list[LoadedFile]:
    """The files of the load, by export."""
    columns = ", ".join(LoadedFile.__dataclass_fields__)
    found = [LoadedFile(**row) for row in snapshot.rows(f"select {columns} from loaded.source_file")]
    return sorted(found, key=lambda file: (EXPORTS.index(file.export), file.file_name))


def headers(snapshot: Snapshot, file_id: str) -> list[Header]:
    """The columns of a file in their order, each with the field it was understood as."""
    sql = "select header, field from loaded.header where file_id = $file_id order by position"
    return [Header(**row) for row in snapshot.rows(sql, file_id=file_id)]


def missing_exports(snapshot: Snapshot) -> list[str]:
    """The exports of which no file came in."""
    return [export for export in EXPORTS if not snapshot.has(export)]


def unknown_without(export: str) -> list[str]:
    """The metrics that are unknown without an export."""
    return [key for key, metric in METRICS.items() if export in metric.needs]
