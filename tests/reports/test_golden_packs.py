"""The sample's pack says in every language what it said; a change shows as a difference of the golden texts."""

import difflib

import pytest

from analytics.words import LANGUAGES
from tests.reports.golden_pack import FOLDER, golden_texts, load_sample

NAMES = ["figures.txt", *(f"{language}.{what}.txt" for language in LANGUAGES for what in ("document", "workbook"))]
RENEW = "If the change is meant: python -m tests.reports.golden_pack, then look at git diff."


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    return golden_texts(load_sample(tmp_path_factory.mktemp("golden") / "builds"))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_changed_unseen(texts, name):
    before, now = (FOLDER / name).read_text(encoding="utf-8").splitlines(), texts[name].splitlines()
    difference = list(difflib.unified_diff(before, now, "golden", "now", n=0, lineterm=""))
    assert not difference, "\n".join([RENEW, *difference[:40]])


def test_every_golden_text_is_asked_for(texts):
    assert sorted(texts) == sorted(NAMES) == sorted(path.name for path in FOLDER.iterdir())
