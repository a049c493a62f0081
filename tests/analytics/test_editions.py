"""Editions: the list, what a search finds in it, how it is sorted and counted."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.editions import (
    count_ahead,
    count_situations,
    count_without_places,
    fold,
    list_editions,
    search,
    sort,
)
from analytics.filters import Filters
from tests.analytics.small_build import small_snapshot

AS_OF = date(2026, 2, 15)
EDITIONS = [
    {"course_id": "098200", "title": "Análisis de datos", "title_va": "Anàlisi de dades", "places": 20},
    {"course_id": "100002", "title": "Inteligencia artificial", "title_va": "Intel·ligència artificial",
     "centre": "EPSA", "starts_on": date(2026, 1, 12), "ends_on": date(2026, 3, 20), "places": None},
    {"course_id": "100003", "title": "Riego", "starts_on": date(2026, 3, 2), "ends_on": None, "centre": "Otro"},
    {"course_id": "100004", "title": "Zócalo", "state": "draft"},
    {"course_id": "100005", "title": "Voz", "state": "cancelled"},
    {"course_id": "100006", "title": "Yute", "state": "postponed", "starts_on": date(2026, 4, 1), "ends_on": None},
]
ENROLMENTS = [{"course_id": "098200"}] * 3 + [{"course_id": "100005"}]


@pytest.fixture
def snapshot(tmp_path):
    partners = [{"course_id": "100003", "entity": "Comunidad de Regantes"}]
    return small_snapshot(tmp_path, edition=EDITIONS, enrolment=ENROLMENTS, endorsement=partners)


def titles(editions):
    return [edition.title for edition in editions]


def test_every_edition_is_listed_by_its_start_in_any_situation(snapshot):
    editions = list_editions(snapshot)
    assert titles(editions) == ["Análisis de datos", "Zócalo", "Voz", "Inteligencia artificial", "Riego", "Yute"]
    assert count_situations(editions) == {
        "scheduled": 1, "running": 1, "finished": 1, "postponed": 1, "cancelled": 1, "draft": 1,
    }


def test_what_is_outside_the_figures_has_no_enrolments_rather_than_zero(snapshot):
    enrolments = {edition.title: edition.enrolments for edition in list_editions(snapshot)}
    assert enrolments["Análisis de datos"] == 3
    assert enrolments["Riego"] == 0
    assert enrolments["Voz"] is None
    assert enrolments["Zócalo"] is None


def test_the_fill_rate_is_unknown_without_places_or_enrolments(snapshot):
    fill = {edition.title: edition.fill for edition in list_editions(snapshot)}
    assert fill["Análisis de datos"] == Decimal("0.15")  # 3 of 20
    assert fill["Inteligencia artificial"] is None
    assert fill["Voz"] is None


def test_without_the_enrolments_export_enrolments_are_unknown(tmp_path):
    editions = list_editions(small_snapshot(tmp_path, exports=("catalogue",), edition=[{}]))
    assert [edition.enrolments for edition in editions] == [None]


def test_filters_on_editions_narrow_the_list(snapshot):
    assert titles(list_editions(snapshot, Filters.of({"centre": ["EPSA"]}))) == ["Inteligencia artificial"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Análisis de datos", "Zócalo", "Voz", "Inteligencia artificial", "Riego", "Yute"]),
        ("ANALISIS", ["Análisis de datos"]),
        ("dades anàlisi", ["Análisis de datos"]),
        ("intelligencia", ["Inteligencia artificial"]),
        ("098200/1", ["Análisis de datos"]),
        ("epsa", ["Inteligencia artificial"]),
        ("regantes", ["Riego"]),
        ("riego epsa", []),
    ],
)
def test_a_search_looks_into_title_code_centre_and_partners_whatever_the_accents(snapshot, text, found):
    assert titles(search(list_editions(snapshot), text)) == found


def test_folding_takes_off_accents_case_and_the_raised_dot():
    assert fold("INTEL·LIGÈNCIA Ñandú") == "intelligencia nandu"


def test_titles_are_sorted_as_they_are_read_and_the_unknown_comes_last(snapshot):
    editions = list_editions(snapshot)
    assert titles(sort(editions, "title", "es")) == [
        "Análisis de datos", "Inteligencia artificial", "Riego", "Voz", "Yute", "Zócalo",
    ]
    assert titles(sort(editions, "enrolments", "es"))[:1] == ["Análisis de datos"]
    assert {*titles(sort(editions, "enrolments", "es"))[-2:]} == {"Voz", "Zócalo"}
    assert titles(sort(editions, "places", "es"))[-1] == "Inteligencia artificial"


def test_a_title_is_said_in_the_language_when_there_is_one(snapshot):
    editions = {edition.course: edition for edition in list_editions(snapshot)}
    assert editions["098200"].name("va") == "Anàlisi de dades"
    assert editions["098200"].name("en") == "Análisis de datos"
    assert editions["100003"].name("va") == "Riego"


def test_editions_still_to_start_and_without_places_are_counted_among_the_offered(snapshot):
    editions = list_editions(snapshot)
    assert count_ahead(editions, AS_OF) == 2  # Riego and Yute
    assert count_without_places(editions) == 1
