"""Every number that a reader of a public pack can find is one that the attacker has, or tells nothing of anybody."""

import json
import re
import shutil
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from analytics.periods import HalfYear
from etl.load import load
from reports.pack import make_pack
from reports.package import read_members, write_zip
from tests.conftest import ROOT
from tests.reports.published import (
    PLAIN_PARTS,
    Document,
    Workbook,
    leaks_of_document,
    leaks_of_workbook,
    numbers,
    plain,
)

ASKED = (HalfYear(2025, 2), date(2026, 1, 15), "es", "public", "borrador")
# The rows of a pack in which an indicator stands under another definition.
STANDS_IN = {
    "funnel/enrolments": "learners", "funnel/entries": "entrants", "eligibility/eligible": "eligible_enrolments",
}
SAMPLE = ROOT / "data" / "sample"


@pytest.fixture(scope="module")
def pack(sample_pack):
    return sample_pack("es", "public")


@pytest.fixture(scope="module")
def public(sample_members):
    return sample_members("es", "public")


@pytest.fixture(scope="module")
def without_people(tmp_path_factory):
    """The files of a public pack of the sample when nobody had applied: the one enrolment is of after the cut-off."""
    exports, builds = tmp_path_factory.mktemp("exports"), tmp_path_factory.mktemp("builds")
    for path in SAMPLE.iterdir():
        if not path.name.startswith("matriculas"):
            shutil.copy(path, exports)
    heading, first = (SAMPLE / "matriculas_2025.csv").read_text("latin-1").splitlines()[:2]
    later = re.sub(r"\d\d/\d\d/20(25|26)", "02/02/2026", first)
    (exports / "matriculas_2025.csv").write_text(f"{heading}\n{later}\n", "latin-1")
    load(exports, builds, lambda name, rows: None)
    return read_members(write_zip(make_pack(builds, *ASKED)))


@pytest.fixture(scope="module")
def figures(public):
    """{code: the published figures of that row}."""
    found = defaultdict(list)
    for name, figure in json.loads(public["manifest.json"])["figures"].items():
        found[name.partition(".")[0]].append(figure)
    return found


@pytest.fixture(scope="module")
def documents(public, without_people):
    return Document(public["report.pdf"]), Document(without_people["report.pdf"])


@pytest.fixture(scope="module")
def workbooks(public, without_people):
    return Workbook(public["report.xlsx"]), Workbook(without_people["report.xlsx"])


def test_every_number_on_a_page_is_published_or_no_number_of_people(documents, figures):
    assert len(documents[0].rows(set())[0]) > 250
    assert leaks_of_document(*documents, figures) == []


def test_nothing_but_pages_is_in_the_document(documents):
    document, empty = documents
    known = empty.hidden_texts()
    assert [text for text in document.hidden_texts() - known if numbers(text)] == []
    kinds = document.kinds()
    assert kinds["/Figure"] == empty.kinds()["/Figure"]
    assert not {"/EmbeddedFile", "/JavaScript", "/FileAttachment", "/Text", "/Popup", "/Launch"} & kinds.keys()


def test_every_cell_of_the_workbook_is_published_or_no_number_of_people(workbooks, figures):
    assert len(workbooks[0].rows) > 250
    assert leaks_of_workbook(*workbooks, figures) == []


def test_a_number_that_was_not_published_is_found_in_either(pack, documents, workbooks, figures):
    """One hidden cell of a course told, and one sentence that says how many."""
    def tell(block):
        if block.key == "ci10_rule":
            return replace(block, paragraphs=(*block.paragraphs, "De ellas, 3 personas."))
        if block.key == "funnel_enrolments":
            first, *others = block.table.rows
            return replace(block, table=replace(block.table, rows=[(*first[:3], 21, *first[4:]), *others]))
        return block

    sections = tuple(replace(one, blocks=tuple(map(tell, one.blocks))) for one in pack.sections)
    assert pack.section("funnel").blocks[2].table.rows[0][3] == "·"
    told = read_members(write_zip(replace(pack, sections=sections)))
    code = pack.section("funnel").blocks[2].codes[0]
    found = leaks_of_document(Document(told["report.pdf"]), documents[1], figures)
    assert len(found) == 2 and (code, "21") in found
    found = leaks_of_workbook(Workbook(told["report.xlsx"]), workbooks[1], figures)
    assert found == [(code, "21"), "De ellas, 3 personas."]


def test_nothing_but_cells_is_in_the_workbook(workbooks):
    book, empty = workbooks
    assert [name for name in book.parts() if not PLAIN_PARTS.fullmatch(name)] == []
    assert set(book.drawn()) <= set(empty.drawn())
    cells = {str(cell) for row in (*book.rows.values(), book.others) for cell in row} | book.rows.keys()
    assert {text for text in book.shared_texts() if plain(text)} <= cells


def test_every_indicator_is_a_published_figure_or_counts_nobody(public, without_people, figures):
    told, empty = (json.loads(files["indicators.json"])["indicators"] for files in (public, without_people))
    published = {(one["definition"], one["value"]) for row in figures.values() for one in row}
    published |= {(STANDS_IN[one["key"]], one["value"]) for row in figures.values() for one in row
                  if one["key"] in STANDS_IN}
    for key, found in told.items():
        assert found == empty.get(key) or (key, found["value"]) in published, key
    rows = [row.partition(";")[0] for row in public["indicators.csv"].decode("utf-8-sig").splitlines()]
    assert [row for row in rows if "_" in row or row in told] == list(told)


def test_the_manifest_says_nothing_more(public, without_people):
    told, empty = (json.loads(files["manifest.json"]) for files in (public, without_people))
    own = {"figures", "indicators", "build", "files", "sources"}
    assert {part: told[part] for part in told.keys() - own} == {part: empty[part] for part in empty.keys() - own}
