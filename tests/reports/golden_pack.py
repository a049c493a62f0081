"""The golden packs: what the sample gives, as text whose difference can be read.

python -m tests.reports.golden_pack renews them; look at the difference before it is committed.
Figures are held against independent computations elsewhere (test_sections_agree_with_oracle.py): these texts say that
nothing changed unseen, not that it is right.
"""

import hashlib
import io
import os
import re
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pypdf

from analytics.periods import HalfYear
from analytics.provenance import provenance
from analytics.snapshot import Snapshot, take_snapshot
from analytics.words import LANGUAGES
from etl.builds import current_build
from etl.load import load
from reports.grant import load_grant
from reports.manifest import plain_value
from reports.pack import write_pack
from reports.package import default_writers
from tests.conftest import ROOT

FOLDER = Path(__file__).parent / "golden"
LOADED_AT = datetime(2026, 2, 16, 8, tzinfo=UTC)
# The build holds pseudonyms of a key that nobody else has.
BUILD_SHA256 = "0" * 64
LONGEST_LIST = 25


def golden_texts(builds: Path) -> dict[str, str]:
    """{file name: text} of the figures, and of document and workbook in each language."""
    snapshot, texts = tell_same_rules(builds), {}
    for language in LANGUAGES:
        pack = write_pack(
            snapshot, HalfYear(2025, 2), language, "restricted", "borrador", load_grant(), build_sha256=BUILD_SHA256
        )
        writers = default_writers()
        texts[f"{language}.document.txt"] = tell_document(writers.pdf(pack))
        texts[f"{language}.workbook.txt"] = tell_workbook(writers.workbook(pack))
        texts["figures.txt"] = tell_figures(pack)
    return texts


def tell_same_rules(builds: Path) -> Snapshot:
    """A snapshot that says no rule version: any change to any check is another one."""
    build, day = current_build(builds), date(2026, 1, 15)
    told, snapshot = replace(provenance(take_snapshot(build, day)), rules_version="‹rules›"), take_snapshot(build, day)
    snapshot.once(("provenance",), lambda: told)
    return snapshot


def load_sample(folder: Path) -> Path:
    load(ROOT / "data" / "sample", folder, lambda name, rows: None, now=LOADED_AT)
    return folder


def tell_figures(pack) -> str:
    """A line for each row of the pack, then one for each indicator."""
    rows: dict[str, list[str]] = {}
    for one in pack.figures:
        rows.setdefault(f"{one.code} {one.key}", []).append(f"{one.column}={short(plain_value(one.value))}")
    lines = [f"{row}: {' '.join(cells)}" for row, cells in rows.items()]
    lines += [f"indicator {key}: {short(plain_value(told['value']))}" for key, told in sorted(pack.indicators.items())]
    return "\n".join(lines) + "\n"


def short(value: object) -> str:
    """Shares with as many digits as tell them apart."""
    return re.sub(r"(\.\d{6})\d+", r"\1", str(value))


def tell_document(content: bytes) -> str:
    """The text of every page; of a long list its first lines and the digest of all."""
    pages = [page.extract_text().splitlines() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    return "\n".join(f"== {number}\n{shorten(lines)}" for number, lines in enumerate(pages, start=1)) + "\n"


def tell_workbook(content: bytes) -> str:
    """The cells of every sheet, formulas as such; of a long list its first lines and the digest of all."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheets = []
    for sheet in book:
        rows = ([short(cell.value) for cell in row if cell.value is not None] for row in sheet.iter_rows())
        sheets.append(f"== {sheet.title}\n{shorten([' | '.join(row) for row in rows if row])}")
    return "\n".join(sheets) + "\n"


def shorten(lines: list[str]) -> str:
    if len(lines) <= 2 * LONGEST_LIST:
        return "\n".join(lines)
    digest = hashlib.sha256("\n".join(lines[LONGEST_LIST:-LONGEST_LIST]).encode()).hexdigest()[:16]
    between = f"… {len(lines) - 2 * LONGEST_LIST} lines, {digest}"
    return "\n".join([*lines[:LONGEST_LIST], between, *lines[-LONGEST_LIST:]])


def renew() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PSEUDONYM_KEY_FILE"] = f"{folder}/pseudonym.key"
        texts = golden_texts(load_sample(Path(folder) / "builds"))
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(texts)} files in {FOLDER.relative_to(ROOT)}: look at git diff before they are committed")


if __name__ == "__main__":
    sys.exit(renew())
