"""Settings are changed by writing versions beside the builds: read as their unit, whole, by one person at a time."""

import json
import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from analytics.commitments import commitments
from analytics.periods import HalfYear
from analytics.settings import FOLDER, REFERENCE, every_version, newest_version, path_of
from analytics.snapshot import take_snapshot
from analytics.targets import load_targets
from analytics.words import LANGUAGES, words
from etl.builds import current_build
from reports.content import Grid
from reports.grant import GrantIsWrong, find_deadlines, grant_in_force, load_grant
from reports.issued import issue, list_issued
from reports.pack import make_pack
from reports.package import read_manifest, read_members, write_zip
from reports.proof import verify
from reports.settings import Wish, change_setting, editables
from reports.typed import SettingRefused, read_typed, write_typed
from tests.analytics.small_build import publish_small_build
from tests.reports.quick_writers import QUICK

MOMENT = datetime(2026, 1, 20, 9, 30, tzinfo=UTC)
DAY, PERIOD = date(2026, 1, 15), HalfYear(2025, 2)


def change(folder, name, text, language="es", based_on=None, source="Resolución de 12-01-2026", author="Ana Autora"):
    version = newest_version(folder)
    wanted = next(one for one in editables(version) if one.name == name)
    wish = Wish(text, source, "12-01-2026", author)
    return change_setting(folder, version.number if based_on is None else based_on, wanted, wish, language, MOMENT)


def test_without_a_version_the_settings_are_those_of_the_repository(tmp_path):
    assert newest_version(tmp_path).number == 0
    assert load_grant(tmp_path) == load_grant()
    assert load_targets(tmp_path) == load_targets()


def test_a_change_is_a_version_that_says_who_when_and_what_and_leaves_the_repository_alone(tmp_path):
    before = (REFERENCE / "grant.toml").read_bytes()
    written = change(tmp_path, "grant_amount", "1.234.567,80")
    assert (written.number, written.author, written.written_at) == (1, "Ana Autora", MOMENT)
    assert (written.change.key, written.change.old, written.change.new) == ("grant_amount", "", "1234567.80")
    setting = load_grant(tmp_path).setting("grant_amount")
    assert (setting.value, setting.dated_on) == (Decimal("1234567.80"), date(2026, 1, 12))
    assert (REFERENCE / "grant.toml").read_bytes() == before
    assert load_grant().setting("grant_amount").is_pending


def test_every_version_is_kept_and_an_emptied_setting_is_pending_again(tmp_path):
    change(tmp_path, "certificate_term", "30")
    assert find_deadlines(tmp_path).certificate_term == 30
    change(tmp_path, "certificate_term", "", source="")
    changes = [(one.number, one.change.old, one.change.new) for one in every_version(tmp_path)]
    assert changes == [(2, "30", ""), (1, "", "30")]
    assert load_grant(tmp_path).setting("certificate_term").is_pending


def test_a_changed_target_is_the_one_of_pages_packs_and_words(tmp_path):
    publish_small_build(tmp_path, edition=[{}], enrolment=[{"certified_on": date(2026, 1, 10)}])
    snapshot = take_snapshot(current_build(tmp_path), DAY)
    assert {one.target.value for one in commitments(snapshot) if one.target.key == "courses_certified"} == {27}
    change(tmp_path, "courses_certified.value", "30")
    change(tmp_path, "courses_certified.due_on", "31/07/2026")
    [held] = [one for one in commitments(snapshot) if one.target.key == "courses_certified"]
    assert (held.target.value, held.target.due_on) == (30, date(2026, 7, 31))
    assert held.target.source_in(words("va")) == "Resolución de 12-01-2026"
    pack = make_pack(tmp_path, PERIOD, DAY, "es", "restricted", "borrador")
    grid = next(one for one in pack.section("targets").blocks if isinstance(one, Grid) and one.key == "targets")
    assert grid.table.rows[0][0] == "30 acciones formativas con microcredenciales expedidas"
    assert grid.table.rows[0][2:4] == (30, 29)


def test_a_manifest_names_its_version_and_an_issued_pack_keeps_its_own(tmp_path):
    publish_small_build(tmp_path, edition=[{}], enrolment=[{"certified_on": date(2026, 1, 10)}])
    change(tmp_path, "courses_certified.value", "30")
    content = write_zip(make_pack(tmp_path, PERIOD, DAY, "es", "restricted", "provisional"), QUICK)
    issue(tmp_path, content)
    change(tmp_path, "courses_certified.value", "45")
    [issued] = list_issued(tmp_path)
    assert issued.manifest["settings_version"] == {"number": 1, "sha256": every_version(tmp_path)[1].sha256}
    assert issued.manifest["targets"]["courses_certified"]["value"] == "30"
    assert verify(content, tmp_path, writers=QUICK).differences == []
    again = write_zip(make_pack(tmp_path, PERIOD, DAY, "es", "restricted", "provisional"), QUICK)
    assert read_manifest(read_members(again))["settings_version"]["number"] == 2


@pytest.mark.parametrize(("name", "text", "problem"), [
    ("ends_on", "31/02/2026", "not_a_day"), ("ends_on", "mañana", "not_a_day"), ("ends_on", "0026-01-01", "not_a_day"),
    ("certificate_term", "1,5", "not_a_count"), ("certificate_term", "-3", "not_a_count"),
    ("certificate_term", "treinta", "not_a_count"), ("grant_amount", "1,234.50", "not_euros"),
    ("grant_amount", "12,345", "not_euros"), ("grant_amount", "NaN", "not_euros"),
    ("online_share.value", "0,6", "not_a_share"), ("online_share.value", "160 %", "not_a_share"),
    ("target_counts", "courses", "not_a_choice"), ("courses_certified.value", "", "no_value"),
    ("courses_certified.value", "0", "not_taken"), ("courses_certified.due_on", "13-10-2025", "not_taken"),
    ("project_code", "x" * 501, "too_long"),
])
def test_what_is_not_of_its_unit_is_refused_in_the_words_of_the_reader(tmp_path, name, text, problem):
    with pytest.raises(SettingRefused) as refused:
        change(tmp_path, name, text)
    assert refused.value.problem == problem
    for language in LANGUAGES:
        told = words(language)(f"funding_settings.refused_{problem}", **refused.value.places)
        assert "{" not in told and ("text" not in refused.value.places or text in told)
    assert every_version(tmp_path) == []


@pytest.mark.parametrize(("wrong", "problem"), [
    ({"source": " "}, "no_source"), ({"author": ""}, "no_author"),
])
def test_nobody_changes_anything_without_a_name_and_a_source(tmp_path, wrong, problem):
    with pytest.raises(SettingRefused, match=problem):
        change(tmp_path, "project_code", "C21.I06", **wrong)


def test_saving_what_is_there_already_is_no_version(tmp_path):
    change(tmp_path, "project_code", "=C21")
    with pytest.raises(SettingRefused, match="nothing_changed"):
        change(tmp_path, "project_code", "=C21")


def test_the_second_of_two_editors_is_told_and_loses_nothing_of_the_first(tmp_path):
    change(tmp_path, "project_code", "C21.I06")
    with pytest.raises(SettingRefused, match="changed_meanwhile"):
        change(tmp_path, "action_code", "A-1", based_on=0)
    assert load_grant(tmp_path).value("project_code") == "C21.I06"


def test_of_many_editors_at_once_one_is_first(tmp_path):
    outcomes = []

    def edit(number):
        try:
            outcomes.append(change(tmp_path, "project_code", f"C{number}", based_on=0).number)
        except SettingRefused as refused:
            outcomes.append(refused.problem)

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["1", *["changed_meanwhile"] * 7]
    assert len(every_version(tmp_path)) == 1


@pytest.mark.parametrize("damage", [b"", b"{", b'{"grant": {}}', b'{"grant": 1, "targets": {}}'])
def test_a_damaged_version_is_passed_over_by_pages_and_stops_packs_and_changes(tmp_path, damage):
    change(tmp_path, "project_code", "C21.I06")
    path_of(tmp_path, 2).write_bytes(damage)
    assert newest_version(tmp_path).is_degraded
    assert grant_in_force(tmp_path).value("project_code") == "C21.I06"
    with pytest.raises(GrantIsWrong):
        load_grant(tmp_path)
    with pytest.raises(SettingRefused, match="damaged"):
        change(tmp_path, "action_code", "A-1", based_on=1)
    path_of(tmp_path, 2).unlink()
    assert load_grant(tmp_path).value("project_code") == "C21.I06"


def test_a_version_that_the_reader_does_not_take_is_not_used_for_targets(tmp_path):
    change(tmp_path, "project_code", "C21.I06")
    told = json.loads(path_of(tmp_path, 1).read_text())
    told["targets"]["courses_certified"]["value"] = "many"
    path_of(tmp_path, 1).write_text(json.dumps(told))
    assert load_targets(tmp_path) == load_targets()
    with pytest.raises(GrantIsWrong, match="courses_certified"):
        load_grant(tmp_path)


def test_nothing_is_left_beside_a_version(tmp_path):
    change(tmp_path, "project_code", "C21.I06")
    assert sorted(path.name for path in (tmp_path / FOLDER).iterdir()) == ["000001.json", "lock"]


@pytest.mark.parametrize(("unit", "text", "language", "expected"), [
    ("EUR", "1.234,50 €", "es", "1234.50"), ("EUR", "€1,234.50", "en", "1234.50"), ("share", "62,5 %", "va", "0.625"),
    ("share", "62.5%", "en", "0.625"), ("count", "1.584", "es", 1584), ("count", "1,584", "en", 1584),
    ("day", "31/03/2026", "es", "2026-03-31"), ("day", "2026-03-31", "en", "2026-03-31"),
    ("text", " a; b ", "es", "a; b"),
])
def test_a_person_types_as_their_language_writes(unit, text, language, expected):
    assert read_typed(unit, text, language) == expected
    assert read_typed(unit, write_typed(unit, expected, language), language) == expected


def test_a_list_is_typed_with_semicolons():
    assert read_typed("text", "Personal; Material;", "es", is_list=True) == ["Personal", "Material"]
    assert write_typed("text", ["Personal", "Material"], "es") == "Personal; Material"


def test_every_setting_and_field_has_words():
    for language in LANGUAGES:
        says = words(language)
        for one in editables(newest_version()):
            assert says.has(f"pack.setting.{one.key}" if one.part == "grant" else f"funding_settings.field_{one.field}")
            assert says.has(f"funding_settings.how_{'list' if one.is_list else one.unit}")
