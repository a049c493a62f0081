"""What publishing a draft would change, on two small loads."""

from datetime import date

import duckdb
import pytest

from analytics.preview import Count, Trouble, count_files, preview, preview_first, troubles
from analytics.snapshot import take_snapshot
from tests.analytics.small_build import publish_small_build

RULES = [
    {"rule": "late", "sentence_es": "El pago llega tarde ({found}). Compruébelo."},
    {"rule": "lost", "outcome": "reject", "sentence_es": "No está «{found}». Añádala."},
]


def publish(folder, build_id, **tables):
    return publish_small_build(folder, build_id, edition=[{}], rule=RULES, **tables)


def test_the_figures_change_by_the_rows_that_are_new(tmp_path):
    current = publish(tmp_path, "20260115T080000Z-00000001", enrolment=[{}])
    draft = publish(tmp_path, "20260216T080000Z-00000002", enrolment=[{}, {}, {}])
    found = preview(take_snapshot(current, date(2026, 2, 15)), draft)
    by_key = {change.metric.key: (change.then.value, change.now.value) for change in found.changes}
    assert by_key["enrolments"] == (1, 3)
    assert by_key["learners"] == (1, 3)
    assert by_key["editions_offered"] == (1, 1)
    rows = {changes.export: (changes.added, changes.same) for changes in found.rows}
    assert rows["enrolments"] == (2, 1)
    assert (found.newest_now, found.newest_then) == (date(2026, 2, 15), date(2026, 2, 15))


def test_a_draft_of_the_same_rows_changes_nothing(tmp_path):
    current = publish(tmp_path, "20260115T080000Z-00000001", enrolment=[{}])
    draft = publish(tmp_path, "20260216T080000Z-00000002", enrolment=[{}])
    found = preview(take_snapshot(current, date(2026, 2, 15)), draft)
    assert (found.different, found.rules_differ) == (0, False)


def test_other_rules_are_told_apart_from_other_rows(tmp_path):
    current = publish(tmp_path, "20260115T080000Z-00000001", enrolment=[{}])
    draft = publish(tmp_path, "20260216T080000Z-00000002", enrolment=[{}])
    before, path = take_snapshot(current, date(2026, 2, 15)), draft.path
    path.chmod(0o640)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update build set rules_version = 'of tomorrow'")
    assert preview(before, draft).rules_differ


def test_the_figures_of_a_first_load_are_those_at_its_newest_event(tmp_path):
    found = preview_first(publish(tmp_path, "20260216T080000Z-00000002", enrolment=[{}, {}]))
    values = {each.metric.key: each.value for each in found.figures}
    assert (values["enrolments"], values["learners"], values["editions_offered"]) == (2, 2, 1)
    assert found.newest == date(2026, 2, 15)


def test_troubles_of_the_files_that_came_are_told_rejections_first(tmp_path):
    flags = [{"rule": "late", "row_key": f"f{line}", "line": line, "found": "3 días"} for line in (5, 3)]
    flags += [{"rule": "late", "row_key": "t9", "line": 9, "file_id": "teaching", "export": "teaching"}]
    rejections = [{"rule": "lost", "line": 7, "row_key": "r", "found": "1/1", "field": "paid_on"}]
    headers = [{"file_id": "enrolments", "position": 3, "header": "FECHA_PAGO", "field": "paid_on"}]
    draft = publish(tmp_path, "20260216T080000Z-00000002", flag=flags, rejection=rejections, header=headers)
    assert troubles(draft, ["enrolments.csv"], "es") == [
        Trouble("rejected", "No está «…». Añádala.", "enrolments.csv", "enrolments", "FECHA_PAGO", 1, 7),
        Trouble("flagged", "El pago llega tarde. Compruébelo.", "enrolments.csv", "enrolments", None, 2, 3),
    ]
    assert count_files(draft, ["enrolments.csv"]) == [Count("enrolments.csv", 3, 3, 0, 0)]


def test_troubles_are_told_in_a_language_that_there_is(tmp_path):
    with pytest.raises(ValueError, match="es, va, en"):
        troubles(publish(tmp_path, "20260216T080000Z-00000002"), [], "fr")
