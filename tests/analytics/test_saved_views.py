"""Views that readers kept."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from analytics.filters import EVERYTHING
from analytics.saved_views import (
    FILE_NAME,
    MOST_VIEWS,
    TEAM,
    SavedView,
    ViewRefused,
    ViewsAreDamaged,
    find_view,
    home_of,
    keep_view,
    moved_since,
    new_key,
    read_views,
    remove_view,
    views_of,
)
from tests.analytics.small_build import small_snapshot

NOON = datetime(2026, 2, 16, 12, tzinfo=UTC)
VERA = SavedView("k1", "Vera", "trends", "ana", {"campus": ["Vera"]}, NOON)


def names(views) -> list[str]:
    return [view.name for view in views]


def refusal(folder, view) -> str:
    with pytest.raises(ViewRefused) as refused:
        keep_view(folder, view)
    return refused.value.rule


def test_what_was_kept_is_read_again_as_it_was(tmp_path):
    view = replace(VERA, choices={"campus": ["Vera", "Gandia"], "as_of": ["2026-02-15"]}, build_id="b1", is_home=True)
    keep_view(tmp_path, view)
    assert read_views(tmp_path) == (view,)
    assert find_view(tmp_path, "k1") == view
    assert find_view(tmp_path, "k2") is None


def test_without_a_file_there_are_no_views(tmp_path):
    assert read_views(tmp_path) == ()


def test_a_reader_sees_the_teams_views_and_nobody_elses(tmp_path):
    keep_view(tmp_path, VERA)
    keep_view(tmp_path, replace(VERA, key="k2", name="Alcoi", owner="pau"))
    keep_view(tmp_path, replace(VERA, key="k3", name="Gandia", owner=TEAM))
    assert names(views_of(tmp_path, "ana")) == ["Gandia", "Vera"]
    assert names(views_of(tmp_path, "pau")) == ["Alcoi", "Gandia"]


def test_a_renamed_view_keeps_its_key(tmp_path):
    keep_view(tmp_path, VERA)
    keep_view(tmp_path, replace(VERA, name="  Campus de Vera "))
    assert [(view.key, view.name) for view in read_views(tmp_path)] == [("k1", "Campus de Vera")]


def test_a_page_has_one_home_of_each_owner_and_ones_own_comes_first(tmp_path):
    keep_view(tmp_path, replace(VERA, is_home=True))
    keep_view(tmp_path, replace(VERA, key="k2", name="Alcoi", is_home=True))
    keep_view(tmp_path, replace(VERA, key="k3", name="Gandia", owner=TEAM, is_home=True))
    assert home_of(tmp_path, "trends", "ana").name == "Alcoi"
    assert home_of(tmp_path, "trends", "pau").name == "Gandia"
    assert home_of(tmp_path, "overview", "ana") is None
    assert not find_view(tmp_path, "k1").is_home


@pytest.mark.parametrize(
    ("name", "rule"), [("", "no_name"), ("   ", "no_name"), ("x" * 81, "long_name"), ("VERA", "same_name")]
)
def test_a_name_that_does_not_do_is_refused_and_nothing_is_lost(tmp_path, name, rule):
    keep_view(tmp_path, VERA)
    assert refusal(tmp_path, replace(VERA, key="k2", name=name)) == rule
    assert read_views(tmp_path) == (VERA,)


def test_the_same_name_on_another_page_or_of_the_team_is_another_view(tmp_path):
    keep_view(tmp_path, VERA)
    keep_view(tmp_path, replace(VERA, key="k2", page="overview"))
    keep_view(tmp_path, replace(VERA, key="k3", owner=TEAM))
    assert len(read_views(tmp_path)) == 3


def test_there_is_an_end_to_the_number_of_views(tmp_path):
    entries = [{"key": f"k{n}", "name": f"n{n}", "page": "trends", "owner": "ana", "choices": {},
                "saved_at": NOON.isoformat()} for n in range(10, 10 + MOST_VIEWS)]
    (tmp_path / FILE_NAME).write_text(json.dumps({"views": entries}))
    assert refusal(tmp_path, VERA) == "too_many"


@pytest.mark.parametrize("content", ["", "[", "[]", '{"views": [{"key": "k1"}]}', '{"views": [{"choices": 3}]}'])
def test_a_damaged_file_is_said_and_never_overwritten(tmp_path, content):
    (tmp_path / FILE_NAME).write_text(content)
    for ask in (read_views, lambda folder: keep_view(folder, VERA), lambda folder: remove_view(folder, "k1")):
        with pytest.raises(ViewsAreDamaged):
            ask(tmp_path)
    assert (tmp_path / FILE_NAME).read_text() == content


def test_a_removed_view_is_gone_and_the_others_stay(tmp_path):
    keep_view(tmp_path, VERA)
    keep_view(tmp_path, replace(VERA, key="k2", name="Alcoi"))
    remove_view(tmp_path, "k1")
    assert names(read_views(tmp_path)) == ["Alcoi"]


def test_readers_who_save_at_once_lose_nothing(tmp_path):
    def save(owner: str) -> None:
        for number in range(20):
            keep_view(tmp_path, replace(VERA, key=f"{owner}{number}", name=str(number), owner=owner))

    threads = [threading.Thread(target=save, args=(owner,)) for owner in ("ana", "pau")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_views(tmp_path)) == 40


def test_only_the_figures_that_are_others_today_are_named(tmp_path):
    frozen = small_snapshot(tmp_path / "then", edition=[{}], enrolment=[{}])
    today = small_snapshot(tmp_path / "now", edition=[{}], enrolment=[{}, {"tariff": "group"}])
    moved = {one.metric.key: (one.then, one.now) for one in moved_since(frozen, today, EVERYTHING)}
    assert moved["enrolments"] == (1, 2)
    assert moved["fill_rate"] == (Decimal(1) / 20, Decimal(2) / 20)
    assert "editions_offered" not in moved
    assert moved_since(frozen, frozen, EVERYTHING) == []


def test_keys_are_never_the_same():
    assert len({new_key() for _ in range(1000)}) == 1000
