"""Laws of the whole pack on the sample: figures agree with each other, with their queries and with the indicators."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.funnel import STEPS
from analytics.metrics import METRICS
from analytics.periods import HalfYear
from analytics.snapshot import take_snapshot
from analytics.trace import count_again
from analytics.words import LANGUAGES
from etl.builds import current_build
from reports.content import Chart, Figures, Grid, Prose
from reports.figures import CodeTaken, Figure, Ledger, code_of
from reports.pack import make_pack
from reports.sections.declaration import DECLARATION

CUT_OFF, PERIOD = date(2026, 1, 15), HalfYear(2025, 2)
SECTIONS = [
    "front_matter", "targets", "funnel", "common_indicators", "eligibility", "register", "commitments", "economic",
    "evidence", "quality", "changes", "comments", "declaration",
]


@pytest.fixture(scope="module")
def packs(sample_pack):
    return {language: sample_pack(language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def pack(packs):
    return packs["es"]


@pytest.fixture(scope="module")
def snapshot(sample_builds):
    return take_snapshot(current_build(sample_builds), CUT_OFF)


def grids(pack):
    return {block.key: block for section in pack.sections for block in section.blocks if isinstance(block, Grid)}


def test_the_sections_of_the_report_are_all_there_in_order(packs):
    for pack in packs.values():
        assert [section.key for section in pack.sections] == SECTIONS
        assert [section.number for section in pack.sections] == list(range(13))


def test_the_sample_closes(pack):
    assert pack.residuals == ()


def test_every_figure_with_a_query_is_what_its_query_gives(pack, snapshot):
    traced = [figure for figure in pack.figures if figure.trace is not None and figure.value is not None]
    assert len(traced) > 2000
    wrong = [figure.name for figure in traced if count_again(snapshot, figure.trace) != figure.value]
    assert wrong == []


def test_a_metric_has_one_value_wherever_it_stands(pack):
    """Whatever shows a metric over everything shows the indicator."""
    shown = [one for one in pack.figures if one.definition in METRICS and one.trace and one.trace.condition == "true"]
    assert len(shown) > 20
    for figure in shown:
        if figure.trace.aggregate == METRICS[figure.definition].numerator and not figure.trace.values:
            assert figure.value == pack.indicators[figure.definition]["value"], figure.name


def test_totals_are_the_sums_of_their_rows(pack):
    for grid in grids(pack).values():
        if not grid.has_total:
            continue
        *rows, total = grid.table.rows
        for position, column in enumerate(grid.table.columns):
            cells = [row[position] for row in rows]
            if column.unit in ("count", "EUR") and None not in cells:
                assert sum(cells) == total[position], (grid.key, column.heading)


def test_the_price_of_every_course_is_its_parts_to_the_cent(pack):
    grid = grids(pack)["fees_courses"]
    for _, _, base_price, *parts in grid.table.rows:
        assert base_price == sum(parts, Decimal(0))


def test_the_languages_say_the_same_numbers(packs):
    values = [[(figure.name, figure.value) for figure in pack.figures] for pack in packs.values()]
    assert values[0] == values[1] == values[2]


def test_the_languages_say_them_in_different_words(packs):
    titles = [tuple(section.title for section in pack.sections) for pack in packs.values()]
    assert len(set(titles)) == 3


def test_no_word_is_left_unsaid(packs):
    for pack in packs.values():
        for section in pack.sections:
            for text in texts(section):
                assert "{" not in text and "pack." not in text, text


def texts(section):
    yield section.title
    for block in section.blocks:
        if isinstance(block, Prose):
            yield from block.paragraphs
        else:
            yield block.caption
        if isinstance(block, Grid):
            yield from (column.heading for column in block.table.columns)
            yield from (cell for row in block.table.rows for cell in row if isinstance(cell, str))
        if isinstance(block, Figures):
            yield from (text for row in block.rows for text in row[:3])
        if isinstance(block, Chart):
            yield block.alternative


def test_every_grid_has_a_code_for_each_row_and_no_code_twice(pack):
    codes = [code for grid in grids(pack).values() for code in grid.codes]
    assert len(codes) == len(set(codes))
    assert all(len(grid.codes) == len(grid.table.rows) for grid in grids(pack).values())


def test_a_code_is_the_same_in_every_build_and_language():
    assert code_of(2, "funnel/entries") == code_of(2, "funnel/entries")
    assert code_of(2, "funnel/entries") != code_of(2, "funnel/passed")


def test_two_rows_with_one_code_are_refused(monkeypatch):
    monkeypatch.setattr("reports.figures.code_of", lambda section, key: "1-0000000")
    ledger = Ledger()
    ledger.open_row(1, "one")
    with pytest.raises(CodeTaken):
        ledger.open_row(1, "other")


def test_the_name_of_a_figure_is_its_code_and_column():
    assert Figure("1-ABCDEFG", "targets/x", "value", 1, "count", "x").name == "1-ABCDEFG.value"


def test_the_declaration_is_verbatim_in_every_language(packs):
    for pack in packs.values():
        assert pack.section("declaration").blocks[0].paragraphs == (DECLARATION,)
    assert DECLARATION.startswith("En fecha ______, este Centro manifiesta que los fondos")
    assert DECLARATION.endswith("del Reglamento (UE) 241/2021.")


def test_people_are_no_more_than_their_enrolments(pack):
    found = grids(pack)["funnel"]
    for _, enrolments, _, persons, _ in found.table.rows:
        assert persons <= enrolments
    assert len(found.table.rows) == len(STEPS) + 3


def test_indicator_10_is_the_same_persons_in_every_total(pack):
    total = grids(pack)["ci10_half_year_participants_persons"].table.rows[-1][-1]
    assert total == pack.indicators["ci10_participants"]["value"]


def test_a_catalogue_alone_makes_a_pack_that_knows_what_it_does_not_know(catalogue_builds):
    pack = make_pack(catalogue_builds, PERIOD, CUT_OFF, "es", "restricted", "definitivo")
    assert pack.residuals == ()
    reached = next(block for block in pack.section("targets").blocks if block.key == "reached")
    assert {row[1] for row in reached.rows} == {"–"}
    enrolled = [one for one in pack.figures if one.column in ("applications", "enrolments", "entries")]
    assert {one.value for one in enrolled} == {None}


def test_no_person_and_no_document_is_in_a_pack(pack, snapshot):
    keys = {row["person_key"] for row in snapshot.rows("select distinct person_key from enrolment")}
    said = {text for section in pack.sections for text in texts(section)}
    assert said.isdisjoint(keys)
