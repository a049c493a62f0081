"""The ZIP that goes out and is read again: documents, indicators and manifest, the same bytes whenever it is made."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from analytics.downloads import to_csv
from analytics.words import Words, words
from reports.content import Pack
from reports.indicators import as_table, to_json
from reports.manifest import describe_pack, name_pack, to_bytes

MANIFEST_NAME = "manifest.json"
NOT_ISSUED = "-sin-emitir"
READABLE = 0o644 << 16
MADE_ON_UNIX = 3
# More than any pack has, so that a bomb is not unpacked.
LARGEST_MEMBER = 200_000_000
# Without these there is nothing to prove.
PARTS = (
    "kind", "state", "language", "period", "as_of", "build", "software", "sources", "settings", "targets",
    "settings_version", "comments", "previous", "residuals", "indicators", "figures", "files",
)


class DoesNotClose(Exception):
    """A definitive pack with residuals is refused."""

    def __init__(self, residuals: tuple[str, ...]) -> None:
        self.residuals = residuals
        super().__init__("\n".join(residuals))


class NotAPack(Exception):
    """The file is not a pack, or what it is to be proven against is not there. rule: see proof.refused."""

    def __init__(self, rule: str, **places: str) -> None:
        self.rule, self.places = rule, places
        super().__init__(self.tell(words("en")))

    def tell(self, says: Words) -> str:
        """What is wrong, and what to do about it."""
        return says(f"proof.refused.{self.rule}", **self.places)


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
    return zip_files({**members, MANIFEST_NAME: manifest}, pack.built_at)


def write_members(pack: Pack, writers: Writers) -> dict[str, bytes]:
    """Everything but the manifest; the logo too, without which the document could not be made again."""
    answer = {
        "as_of": pack.as_of.isoformat(), "period": str(pack.period), "build": pack.build_id,
        "indicators": dict(pack.indicators),
    }
    says = words(pack.language)
    table, heading = as_table(answer, says)
    if pack.stays_here:
        answer["notice"] = says("document.stays_here_note")
        heading = [answer["notice"], *heading]
    logo = pack.settings.logo
    return {
        **({logo.name: logo.content} if logo else {}),
        "report.pdf": writers.pdf(pack),
        "report.xlsx": writers.workbook(pack),
        "indicators.csv": to_csv(table, heading),
        "indicators.json": to_json(answer).encode(),
    }


def zip_files(members: Mapping[str, bytes], built_at: datetime) -> bytes:
    """In the order of their names, all dated by the load: the same files are the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, built_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr, entry.create_system = READABLE, MADE_ON_UNIX
            archive.writestr(entry, members[name])
    return out.getvalue()


def file_name(pack: Pack) -> str:
    """The name of a public pack that may not be handed out says so."""
    return f"{name_pack(pack)}{NOT_ISSUED if pack.stays_here else ''}.zip"


def read_members(content: bytes) -> dict[str, bytes]:
    """The files of a pack. NotAPack for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(entry.file_size > LARGEST_MEMBER for entry in entries):
                raise NotAPack("too_large")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as wrong:
        raise NotAPack("not_a_zip") from wrong


def read_manifest(members: dict[str, bytes]) -> dict:
    try:
        manifest = json.loads(members[MANIFEST_NAME])
        missing = [part for part in PARTS if part not in manifest]
    except (KeyError, ValueError, TypeError) as wrong:
        raise NotAPack("no_manifest", manifest=MANIFEST_NAME) from wrong
    if missing:
        raise NotAPack("says_too_little", manifest=MANIFEST_NAME, parts=", ".join(missing))
    return manifest
