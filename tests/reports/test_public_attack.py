"""An attacker with an exact solver on whole public packs: no small count is narrowed to fewer than four values."""

import os
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.periods import HalfYear
from analytics.snapshot import take_snapshot
from etl.builds import current_build
from reports.content import Pack
from reports.disclosure import CannotPublish, make_public
from reports.issued import issue
from reports.pack import make_pack
from reports.package import write_zip
from reports.public_counts import BY_COURSE, FUNNEL, PARTICIPANTS, RATES, RIGHTS, YOUNG, Showing
from tests.analytics.small_build import publish_small_build, small_snapshot
from tests.reports.knowledge import WIDE, Knowledge, read_manifest_figures
from tests.reports.public_attacker import add_prices, add_time, conclude
from tests.reports.quick_writers import QUICK
from tests.reports.small_programmes import programme

PERIOD, THEN, NOW = HalfYear(2025, 2), date(2025, 12, 1), date(2026, 1, 15)
# A few quick ones in every run of the tests, all of them in `make soak`.
FIRST, LAST = map(int, os.environ.get("PUBLIC_PROGRAMMES", "3-5").split("-"))
SEEDS = range(FIRST, LAST + 1)


def know(public: Pack, restricted: Pack) -> Knowledge:
    truth = {f"{figure.key}.{figure.column}": figure.value for figure in restricted.figures}
    return conclude(read_manifest_figures(write_zip(public, QUICK)), truth)


def narrowed(knowledge: Knowledge) -> dict[str, tuple[int, int]]:
    return {name: ends for name, ends in knowledge.attack().ranges().items() if ends[1] - ends[0] < WIDE}


def test_the_attacker_learns_nothing_from_the_sample(sample_pack):
    knowledge = know(sample_pack("es", "public"), sample_pack())
    assert len(knowledge.attack().ranges()) > 150
    assert narrowed(knowledge) == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_attacker_learns_nothing_from_a_small_programme(seed, tmp_path):
    tables = programme(seed)
    restricted = make_pack(_publish(tmp_path, tables), PERIOD, NOW, "es", "restricted", "borrador")
    snapshot = small_snapshot(tmp_path / "again", NOW, **tables)
    public = make_public(replace(restricted, kind="public"), [Showing(snapshot, restricted.figures)])
    prices = {edition["course_id"]: edition["price"] for edition in tables["edition"]}
    assert narrowed(add_prices(know(public, restricted), prices)) == {}


@pytest.mark.parametrize("seed", [5, None])
def test_the_attacker_learns_nothing_from_two_cut_offs(seed, sample_builds, tmp_path):
    """Of a small programme, and of the sample, knowing every price."""
    if seed is None:
        builds = shutil.copytree(sample_builds, tmp_path / "builds")
    else:
        builds = _publish(tmp_path, programme(seed))
    known = []
    for day in (THEN, NOW):
        public = make_pack(builds, PERIOD, day, "es", "public", "provisional")
        restricted = make_pack(builds, PERIOD, day, "es", "restricted", "provisional")
        known.append(know(public, restricted))
        issue(builds, write_zip(replace(public, is_issued=True), QUICK))
    assert public.published_before == (f"pack-2025-H2-{THEN}-es-public-provisional",)
    known = [add_prices(one, prices_of(builds)) for one in known]
    assert narrowed(add_time(known[1], known[0])) == {}


def prices_of(builds: Path) -> dict[str, Decimal]:
    rows = take_snapshot(current_build(builds), NOW).rows("select distinct course, price_eur from edition")
    return {row["course"]: row["price_eur"] for row in rows}


def test_what_a_small_programme_cannot_hide_otherwise_it_leaves_out(tmp_path):
    """Two courses of a few people: without the tables by course, by gender and age and of rights it is safe."""
    public = make_pack(_publish(tmp_path, programme(22)), PERIOD, NOW, "va", "public", "borrador")
    keys = {block.key for section in public.sections for block in section.blocks}
    assert keys.isdisjoint({BY_COURSE, RATES, *PARTICIPANTS, *YOUNG, *RIGHTS})
    assert {FUNNEL, "funnel_left_out", "common_indicators_left_out", "eligibility_left_out"} <= keys


def test_one_enrolment_more_than_then_is_not_told(tmp_path):
    """20 of one course, then 21: the second total is hidden, or the pack is refused."""
    rows = [{"enrolled_on": date(2025, 10, 20)} for _ in range(20)] + [{"enrolled_on": date(2026, 1, 10)}]
    builds = _publish(tmp_path, {"edition": [{}, {"course_id": "100002"}], "enrolment": rows})
    first = make_pack(builds, PERIOD, THEN, "es", "public", "provisional")
    issue(builds, write_zip(replace(first, is_issued=True), QUICK))
    assert 20 in {figure.value for figure in first.figures if figure.key == "funnel/enrolments"}
    try:
        later = make_pack(builds, PERIOD, NOW, "es", "public", "provisional")
    except CannotPublish as refused:
        assert refused.packs == (f"pack-2025-H2-{THEN}-es-public-provisional",)
        return
    assert 21 not in {figure.value for figure in later.figures if figure.key == "funnel/enrolments"}


def test_the_attacker_finds_what_there_is_to_find(sample_pack):
    """With small counts hidden alone, and nothing that would give them away, it reads some of them exactly."""
    restricted, public = sample_pack(), sample_pack("es", "public")
    truth = {f"{figure.key}.{figure.column}": figure.value for figure in restricted.figures}
    naive = {
        name: ("<5" if isinstance(truth[name], int) and 1 <= truth[name] <= 4 else truth[name])
        for name in read_manifest_figures(write_zip(public, QUICK)) if isinstance(truth[name], int)
    }
    assert len([ends for ends in narrowed(conclude(naive, truth)).values() if ends[0] == ends[1]]) > 20


def _publish(folder, tables):
    publish_small_build(folder / "builds", **tables)
    return folder / "builds"
