"""The evidence page: what is missing, what it would count, its order, and the spreadsheets for the centres."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from analytics.attention import UNPROVEN, matters
from analytics.evidence_worklist import find_gaps, group_by_centre
from analytics.gaps import OF_ENROLMENTS, add_up
from analytics.snapshot import default_cut_off, take_snapshot
from analytics.words import LANGUAGES, words
from etl.builds import current_build
from reports.evidence_requests import name_requests, write_request, write_requests
from reports.grant import find_deadlines
from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import RAW_KEY, failures, follow_link, open_page, texts

CUT_OFF, CUT_OFF_AT = date(2026, 2, 15), datetime(2026, 2, 16, 8)
CERTIFIED = {"result": "passed", "certified_on": date(2026, 1, 20)}
SEVENTY = {"reduction_amount": Decimal("70.00")}
EDITIONS = [
    {"centre": "ETSINF", "ends_on": date(2025, 12, 19)},
    {"course_id": "100002", "centre": "=HYPERLINK(1)", "ends_on": date(2026, 1, 9)},
]
ENROLMENTS = [
    CERTIFIED | {"enrolment_id": "done"},
    {"enrolment_id": "unprinted", "result": "passed"},
    {"enrolment_id": "unmarked", "course_id": "100002"},
    CERTIFIED | SEVENTY | {"enrolment_id": "undated", "born_on": None},
    {"enrolment_id": "failed", "result": "failed"},
    {"enrolment_id": "young", "result": "passed", "born_on": date(2005, 1, 1)},
]


@pytest.fixture
def builds(tmp_path):
    """One certified; one without certificate, one without result in a second course, one without birth date."""
    publish_small_build(
        tmp_path, edition=EDITIONS, enrolment=ENROLMENTS, teaching=[{}, {"course_id": "100002"}],
        endorsement=[{}, {"course_id": "100002"}],
    )
    return tmp_path


def read(builds, monkeypatch, order: str = "worth", lacks: tuple[str, ...] = (), **link: str) -> str:
    app = open_page("evidence", builds, monkeypatch, **link)
    if order != "worth":
        app.segmented_control(key="choice_order").select(order).run()
    for key in lacks:
        app.pills(key="choice_lacks").select(key).run()
        assert app.query_params["lacks"] == key
    assert not failures(app)
    shown = " ".join(texts(app)).replace("\u202f", " ")
    assert not RAW_KEY.search(shown)
    return shown


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "Hay 3 casos por justificar. Si se justificaran todos, las microcredenciales que cuentan pasarían de "
               "1 a 4 de 1.584 (3 más como máximo; 1 de ellas con seguridad"),
        ("va", "Hi ha 3 casos per justificar. Si es justificaren tots, les microcredencials que compten passarien de "
               "1 a 4 de 1.584 (3 més com a màxim; 1 d'elles amb seguretat"),
        ("en", "3 cases are still to be proved. With all of them proved, the credentials that count would go from 1 to "
               "4 of 1,584 (3 more at most; 1 of them for certain"),
    ],
)
def test_the_answer_says_what_is_missing_and_what_it_would_count(language, sentence, builds, monkeypatch):
    assert sentence in read(builds, monkeypatch, lang=language)


def test_the_headlines_say_each_target_now_and_then(builds, monkeypatch):
    shown = read(builds, monkeypatch)
    # The certified one is in the first course; the second course would be a new one. 70 euros hang on a birth date.
    for sentence in ("de 1 a 4, meta 1.584", "de 1 a 2, meta 27", "de 0 € a 70 €"):
        assert sentence in shown


def test_what_opens_a_course_comes_first_unless_the_deadline_is_asked_for(builds, monkeypatch):
    assert order(read(builds, monkeypatch)) == ["unmarked", "undated", "unprinted"]
    # One deadline for all three: then what has waited longest, since 19 December, and of one edition the most worth.
    assert order(read(builds, monkeypatch, order="deadline")) == ["undated", "unprinted", "unmarked"]


def order(shown: str) -> list[str]:
    return sorted(("unprinted", "unmarked", "undated"), key=shown.index)


def test_the_reader_chooses_what_is_missing_in_the_link(builds, monkeypatch):
    shown = read(builds, monkeypatch, lacks=("right",))
    assert "undated" in shown
    assert "unprinted" not in shown


def test_what_a_centre_would_add_to_a_figure_leads_to_the_cases_that_add_it(builds, monkeypatch):
    app = open_page("evidence", builds, monkeypatch)
    addresses = re.findall(r"href='evidence\?([^']*)'", " ".join(one.proto.body for one in app.get("html")))
    assert "worth=credentials&amp;centre=ETSINF#list" in addresses
    # Of the two of ETSINF, both would give a credential; only the one without a birth date has euros.
    for said, count in (("worth=credentials", 2), ("worth=euros", 1)):
        app = follow_link("evidence", builds, monkeypatch, centre="ETSINF", **dict([said.split("=")]))
        shown = " ".join(texts(app))
        assert f" {count} caso" in shown
        assert ("unprinted" in shown) == (count == 2) and "undated" in shown


def test_the_overview_leads_to_as_many_enrolments_still_to_be_proved(builds, sample_builds):
    for folder in (builds, sample_builds):
        build = current_build(folder)
        snapshot = take_snapshot(build, default_cut_off(build))
        [matter] = [one for one in matters(snapshot) if one.key == UNPROVEN]
        listed = [gap for gap in find_gaps(snapshot, find_deadlines(folder)) if gap.adds_to_any(OF_ENROLMENTS)]
        assert (len(listed), add_up(listed).euros) == (matter.cases, matter.amount)


def test_who_failed_or_has_no_right_is_not_on_the_list_nor_is_any_pseudonym(builds, monkeypatch):
    shown = read(builds, monkeypatch)
    for word in ("failed", "young", "done", "person-"):
        assert word not in shown


def test_a_programme_that_lacks_nothing_says_so(tmp_path, monkeypatch):
    rows = {"teaching": [{"hours": Decimal(20)}], "endorsement": [{}]}
    publish_small_build(tmp_path, edition=[{}], enrolment=[CERTIFIED], **rows)
    assert "No falta nada" in read(tmp_path, monkeypatch)


def test_a_filter_chooses_what_is_asked_for_and_leaves_the_targets_whole(builds, monkeypatch):
    shown = read(builds, monkeypatch, centre="ETSINF")
    assert "de 1 a 3, meta 1.584" in shown
    assert "Los filtros eligen qué se reclama" in shown


def grouped(builds):
    snapshot = take_snapshot(current_build(builds), CUT_OFF)
    return group_by_centre(find_gaps(snapshot, find_deadlines()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_centre_gets_its_own_rows_and_columns_to_answer_in(language, builds):
    one = next(one for one in grouped(builds) if one.centre == "ETSINF")
    says = words(language)
    sheet = openpyxl.load_workbook(io.BytesIO(write_request(says, one, ["Toda la oferta"]))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert sheet["A1"].value.endswith("ETSINF")
    assert rows[0][-4:] == [says(f"evidence.column.{key}") for key in ("answer", "answered_on", "reference", "remarks")]
    assert [row[1] for row in rows[1:]] == ["undated", "unprinted"]
    assert all(cell is None for row in rows[1:] for cell in row[-4:])
    assert sheet.cell(6, 10).fill.fgColor.rgb == "FFFFF7D6"


def test_all_the_spreadsheets_come_in_one_archive_the_same_bytes_each_time(builds):
    centres, says = grouped(builds), words("es")
    first, again = (write_requests(says, centres, [], CUT_OFF, CUT_OFF_AT) for _ in range(2))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["evidence-ETSINF-2026-02-15.xlsx", "evidence-HYPERLINK-1-2026-02-15.xlsx"]
        hostile = openpyxl.load_workbook(io.BytesIO(archive.read("evidence-HYPERLINK-1-2026-02-15.xlsx"))).active
    assert not [cell for row in hostile.iter_rows() for cell in row if cell.data_type == "f"]


def test_no_two_centres_share_a_file_whatever_their_names():
    names = name_requests(["ETS A", "ETS/a", "../..", ""], CUT_OFF)
    assert names == [
        "evidence-ETS-A-2026-02-15.xlsx", "evidence-ETS-a~2-2026-02-15.xlsx", "evidence-centre-2026-02-15.xlsx",
        "evidence-centre~2-2026-02-15.xlsx",
    ]


def test_a_spreadsheet_prints_across_its_sheet_at_9_points_or_more_with_its_headings_on_each_page(builds):
    [first, *_] = grouped(builds)
    content = write_request(words("es"), first, ["Toda la oferta"])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    paper = sheet.page_setup
    assert (paper.orientation, paper.paperSize, paper.fitToHeight) == ("landscape", 9, 0)
    assert sheet.print_title_rows == "$5:$5"
    # A letter is 7 pixels wide; A4 across less its margins, at 96 pixels to the inch.
    pixels = sum(7 * one.width * (one.max - one.min + 1) for one in sheet.column_dimensions.values())
    scale = (297 / 25.4 - 0.6) * 96 / pixels
    assert 11 * scale >= 9
    assert all(cell.alignment.wrap_text for cell in sheet[6])
