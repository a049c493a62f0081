"""The ZIP that goes out: document, workbook, indicators and manifest, the same bytes whenever it is made."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analytics.downloads import to_csv
from analytics.words import words
from reports.content import Pack
from reports.indicators import as_table, to_json
from reports.manifest import describe_pack, name_pack, to_bytes

MANIFEST_NAME = "manifest.json"
READABLE = 0o644 << 16
MADE_ON_UNIX = 3


class DoesNotClose(Exception):
    """A definitive pack with residuals is refused."""

    def __init__(self, residuals: tuple[str, ...]) -> None:
        self.residuals = residuals
        super().__init__("\n".join(residuals))


@dataclass(frozen=True)
class Writers:
    """What makes the two documents of a pack."""

    pdf: Callable[[Pack], bytes]
    workbook: Callable[[Pack], bytes]


def default_writers() -> Writers:
    """typst and xlsxwriter are only loaded when a document is asked for."""
    from reports.document import write_pdf  # noqa: PLC0415
    from reports.workbook import write_workbook  # noqa: PLC0415

    return Writers(write_pdf, write_workbook)


def write_zip(pack: Pack, writers: Writers | None = None) -> bytes:
    """The whole pack. DoesNotClose when it is definitive and its reconciliation does not close."""
    if pack.state == "definitivo" and pack.residuals:
        raise DoesNotClose(pack.residuals)
    members = write_members(pack, writers or default_writers())
    manifest = to_bytes(describe_pack(pack, members))
    return _zip(pack, {**members, MANIFEST_NAME: manifest})


def write_members(pack: Pack, writers: Writers) -> dict[str, bytes]:
    """Everything but the manifest."""
    answer = {
        "as_of": pack.as_of.isoformat(), "period": str(pack.period), "build": pack.build_id,
        "indicators": dict(pack.indicators),
    }
    return {
        "report.pdf": writers.pdf(pack),
        "report.xlsx": writers.workbook(pack),
        "indicators.csv": to_csv(*as_table(answer, words(pack.language))),
        "indicators.json": to_json(answer).encode(),
    }


def _zip(pack: Pack, members: Mapping[str, bytes]) -> bytes:
    """In the order of their names, all dated by the load."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, pack.built_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr, entry.create_system = READABLE, MADE_ON_UNIX
            archive.writestr(entry, members[name])
    return out.getvalue()


def file_name(pack: Pack) -> str:
    return f"{name_pack(pack)}.zip"
