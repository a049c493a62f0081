"""LibreOffice without a window: works out the formulas of a workbook anew, as a reader's own program would."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

NAMES = ("soffice", "libreoffice")
CACHED = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>")
LONGEST_SECONDS = 300


def recalculate(workbook: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice writes it again, every formula worked out from the cells that it names."""
    source = folder / "in" / "report.xlsx"
    source.parent.mkdir(parents=True)
    source.write_bytes(forget_results(workbook))
    subprocess.run(
        [find_office(), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(source)],
        check=True, capture_output=True, timeout=LONGEST_SECONDS,
    )
    return (folder / "out" / "report.xlsx").read_bytes()


def find_office() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "LibreOffice is missing. On Debian: apt-get install libreoffice-calc-nogui"
    return found


def forget_results(workbook: bytes) -> bytes:
    """Without the values that are stored beside the formulas, so that none can be taken for a result."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            is_sheet = name.startswith("xl/worksheets/sheet")
            after.writestr(name, CACHED.sub(r"\1", content.decode()) if is_sheet else content)
    return out.getvalue()
