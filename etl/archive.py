"""Opens the ZIP archive of a spreadsheet only when its parts are whole, distinct, and unpack to a bearable size."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from etl.refused import FileRefused

# A workbook has about ten parts, and one or two more for each sheet, chart or image in it.
PARTS_AT_MOST = 2_000
# A cell takes about 40 bytes, so a million rows of 25 columns reach this; anything larger should come as CSV.
UNPACKED_BYTES_AT_MOST = 1 << 30
# Sheets of nothing but equal or formatted blank cells were measured to shrink 13 times; bombs shrink about 1,000 times.
RATIO_AT_MOST = 50
# Below this size a high ratio does no harm.
RATIO_MATTERS_FROM_BYTES = 32 << 20
_CHUNK_BYTES = 1 << 20
_CENTRAL_ENTRY = b"PK\x01\x02"
_END_OF_ARCHIVE = b"PK\x05\x06"
_ENCRYPTED_FLAG = 1
# OSError comes of places in the file that a damaged list of parts points to.
_FAULTS = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError)


def open_archive(path: Path) -> zipfile.ZipFile:
    """The archive, checked by what it declares: zipfile itself never unpacks more of a part than is declared."""
    _refuse_too_many_parts(path)
    try:
        archive = zipfile.ZipFile(path)
    except _FAULTS as error:
        rule = "file_is_damaged" if _has_end(path) else "file_is_incomplete"
        raise FileRefused(path.name, rule, {"part": "archive"} if rule == "file_is_damaged" else None) from error
    _refuse_sizes(path.name, archive.infolist())
    _refuse_doubled_parts(path.name, archive.infolist())
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in archive.infolist()):
        raise FileRefused(path.name, "file_is_protected")
    return archive


def read_part(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces; its checksum is compared at the end. FileRefused when it is missing or wrong."""
    name = Path(archive.filename or "").name
    try:
        with archive.open(part) as file:
            while chunk := file.read(1 << 16):
                yield chunk
    except (*_FAULTS, KeyError, EOFError, zlib.error) as error:
        raise FileRefused(name, "file_is_damaged", {"part": part}) from error


def _refuse_too_many_parts(path: Path) -> None:
    """Counted before zipfile reads the list of parts, which takes seconds for a million of them."""
    count = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            count += chunk.count(_CENTRAL_ENTRY)
    if count > PARTS_AT_MOST:
        _refuse_bomb(path.name, "parts", count, PARTS_AT_MOST)


def _has_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 16) - 22))  # the end may carry a comment of 64 KiB
        return _END_OF_ARCHIVE in file.read()


def _refuse_sizes(file_name: str, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > UNPACKED_BYTES_AT_MOST:
        _refuse_bomb(file_name, "bytes", unpacked, UNPACKED_BYTES_AT_MOST)
    if unpacked > RATIO_MATTERS_FROM_BYTES and unpacked > RATIO_AT_MOST * packed:
        _refuse_bomb(file_name, "times", unpacked // max(packed, 1), RATIO_AT_MOST)


def _refuse_doubled_parts(file_name: str, parts: list[zipfile.ZipInfo]) -> None:
    """Two parts of one name (names know no case in a workbook) are read differently by different programs."""
    names = [part.filename.lower() for part in parts]
    if doubled := next((name for name in names if names.count(name) > 1), None):
        raise FileRefused(file_name, "file_is_damaged", {"part": doubled})


def _refuse_bomb(file_name: str, measure: str, found: int, limit: int) -> None:
    raise FileRefused(file_name, "file_is_a_bomb", {"measure": measure, "found": found, "limit": limit})
