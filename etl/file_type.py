"""Tells from its first bytes what a file is, whatever its name says."""

import codecs
import re
from typing import NamedTuple


class FileType(NamedTuple):
    name: str  # as a person would call it: "PDF"
    refusal: str | None  # rule key, or None for a type that can be read


TEXT = FileType("CSV", None)
ZIP = FileType("ZIP", None)
OLE = FileType("OLE", None)
ENCRYPTED = FileType("encrypted workbook", "file_is_protected")

_SIGNATURES = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"%PDF", FileType("PDF", "file_is_a_pdf")),
    (b"\x89PNG", FileType("PNG", "file_is_an_image")),
    (b"\xff\xd8\xff", FileType("JPEG", "file_is_an_image")),
    (b"GIF8", FileType("GIF", "file_is_an_image")),
    (b"\x1f\x8b", FileType("gzip", "file_is_an_archive")),
    (b"7z\xbc\xaf\x27\x1c", FileType("7-Zip", "file_is_an_archive")),
    (b"Rar!", FileType("RAR", "file_is_an_archive")),
    (b"PAR1", FileType("Parquet", "file_is_not_a_table_we_read")),
    (b"SQLite format 3\0", FileType("SQLite", "file_is_not_a_table_we_read")),
    (b"{\\rtf", FileType("RTF", "file_is_a_text_document")),
)
_WEB_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|table|script|meta|div|center|style)\b", re.IGNORECASE)
_MARKUP = re.compile(rb"<[?!a-z]", re.IGNORECASE)
_JSON = re.compile(rb"[\[{]\s*[\"{\[]")
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x00"))
# Text exports hold next to no control characters; compressed and machine code about one byte in ten.
_CONTROL_SHARE_AT_MOST = 0.03


def detect_type(head: bytes) -> FileType:
    """The type of a file that begins with `head` (its first 4 KB or more)."""
    signed = next((found for signature, found in _SIGNATURES if head.startswith(signature)), None)
    return signed or _detect_markup(_plain_start(head)) or _detect_binary(head) or TEXT


def _detect_markup(start: bytes) -> FileType | None:
    if _MARKUP.match(start):
        is_page = _WEB_PAGE.search(start) is not None
        return FileType("HTML", "file_is_a_web_page") if is_page else FileType("XML", "file_is_not_a_table_we_read")
    return FileType("JSON", "file_is_not_a_table_we_read") if _JSON.match(start) else None


def _detect_binary(head: bytes) -> FileType | None:
    if b"%PDF-" in head[:1024]:  # a PDF may carry some bytes before its signature
        return FileType("PDF", "file_is_a_pdf")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None  # half of its bytes may be anything
    control_count = len(head) - len(head.translate(None, _CONTROL_BYTES))
    is_binary = control_count > _CONTROL_SHARE_AT_MOST * len(head)
    return FileType("binary", "file_is_not_a_table_we_read") if is_binary else None


def detect_ole_type(content: bytes) -> FileType:
    """What an OLE container holds, by the names of its streams."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return ENCRYPTED
    if holds("Workbook") or holds("Book"):
        return FileType("XLS", None)
    if holds("WordDocument"):
        return FileType("Word", "file_is_a_text_document")
    return FileType("OLE", "file_is_not_a_table_we_read")


def detect_zip_type(members: set[str]) -> FileType:
    """What a ZIP archive holds, by the names of its members."""
    if "xl/workbook.bin" in members:
        return FileType("XLSB", None)
    if any(name.startswith("xl/") for name in members):
        return FileType("XLSX", None)
    if "content.xml" in members and "mimetype" in members:
        return FileType("ODS", None)
    if any(name.startswith("word/") for name in members):
        return FileType("Word", "file_is_a_text_document")
    return FileType("ZIP", "file_is_an_archive")


def _plain_start(head: bytes) -> bytes:
    """UTF-16 markup with its NULs and byte order mark taken out reads as ASCII."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
