"""Issued packs are remembered beside the builds: the manifest of each, and its build is never removed."""

from datetime import date
from pathlib import Path

from analytics.periods import HalfYear
from reports.writing import Earlier

ISSUED_FOLDER = "issued"


def find_earlier(builds_folder: Path, period: HalfYear, as_of: date) -> Earlier | None:
    """The issued pack that a new one is compared with: the newest of an earlier cut-off."""
    return None
