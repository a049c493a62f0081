"""The small signed notes beside the builds: which file was published as which, and which one is current."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from etl import beside

POINTER_NAME = "current.json"
RECORD_PATTERN = "published-*.json"
ASIDE_PATTERN = "*.aside"


@dataclass(frozen=True)
class Publication:
    file: str
    sha256: str
    size: int
    sequence: int
    build_id: str


NOTHING_YET = Publication(file="", sha256="", size=0, sequence=0, build_id="")


def read_pointer(builds_folder: Path) -> bytes | None:
    """Its bytes; None when there is none, nothing at all when the disk cannot give them back."""
    try:
        return (builds_folder / POINTER_NAME).read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return b""


def read_records(builds_folder: Path) -> list[Publication]:
    """Every publication that can still be read, newest first. Damaged records are left out."""
    publications = []
    for path in builds_folder.glob(RECORD_PATTERN):
        try:
            publications.append(parse_publication(path.read_bytes()))
        except OSError:  # removed by a publisher since it was listed, or unreadable
            continue
    whole = [publication for publication in publications if publication]
    return sorted(whole, key=lambda publication: publication.sequence, reverse=True)


def parse_publication(content: bytes) -> Publication | None:
    """What the note says; None when a single bit of it is not as it was written."""
    try:
        fields = json.loads(content)
        checksum = fields.pop("checksum")
        publication = Publication(**fields)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return publication if checksum == sign_publication(publication) else None


def sign_publication(publication: Publication) -> str:
    """Without it one flipped bit turns sequence 7 into 3 and nobody notices."""
    return hashlib.sha256(json.dumps(asdict(publication), sort_keys=True).encode()).hexdigest()


def write_record(builds_folder: Path, publication: Publication) -> None:
    write_note(builds_folder, record_name(publication.sequence), publication)


def write_pointer(builds_folder: Path, publication: Publication) -> None:
    write_note(builds_folder, POINTER_NAME, publication)


def record_name(sequence: int) -> str:
    return f"published-{sequence:06}.json"


def newest_sequence(builds_folder: Path) -> int:
    """Of every record that was ever kept, damaged ones included: their names are enough."""
    names = [path.stem.removeprefix("published-") for path in builds_folder.glob(RECORD_PATTERN)]
    pointed = parse_publication(read_pointer(builds_folder) or b"") or NOTHING_YET
    return max([pointed.sequence, *(int(name) for name in names if name.isdecimal())])


def write_note(builds_folder: Path, name: str, publication: Publication) -> None:
    content = json.dumps({**asdict(publication), "checksum": sign_publication(publication)}, indent=2)
    beside.write_whole(builds_folder / name, content.encode())
