"""Comments on figures: every version kept, printed in the packs of their half-year, internal ones in no public pack."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analytics.periods import HalfYear
from reports.comments import CommentsAreDamaged, add_comment, comment_from, count_versions, read_comments, to_plain
from reports.content import Comment
from reports.pack import make_pack
from tests.analytics.small_build import publish_small_build

METRIC = "credentials_issued_eligible"
PERIOD = HalfYear(2026, 1)
DAY = date(2026, 2, 15)
NOTE = Comment(
    "2026-H1", "", "A. Autora", DAY, "=SUM(A1) **Huelga**", METRIC, date(2026, 1, 12), date(2026, 1, 16),
    is_internal=False,
)


def test_a_changed_comment_shows_its_newest_version_and_keeps_the_first(tmp_path):
    add_comment(tmp_path, NOTE)
    add_comment(tmp_path, replace(NOTE, text="Otra"))
    first, _ = read_comments(tmp_path, metric=METRIC)
    add_comment(tmp_path, replace(first, text="Corregida", author="B. Autor"))
    assert [one.text for one in read_comments(tmp_path)] == ["Corregida", "Otra"]
    assert count_versions(tmp_path, first.identity) == 2
    assert NOTE.text in (tmp_path / "pack_comments.json").read_text(encoding="utf-8")


def test_a_withdrawn_comment_is_shown_no_more_and_kept(tmp_path):
    add_comment(tmp_path, NOTE)
    [written] = read_comments(tmp_path)
    add_comment(tmp_path, written.withdrawn(date(2026, 2, 20)))
    assert read_comments(tmp_path) == ()
    assert count_versions(tmp_path, written.identity) == 2


def test_a_comment_written_before_there_were_figures_is_internal_and_reads_back_as_it_was(tmp_path):
    entry = {
        "period": "2025-H2", "section": "targets", "author": "A", "written_on": "2026-01-16", "text": "Explicado.",
    }
    assert comment_from(entry).is_internal
    assert to_plain(comment_from(entry)) == entry
    assert comment_from(to_plain(NOTE)) == NOTE


def test_a_damaged_file_is_said_and_not_overwritten(tmp_path):
    path = tmp_path / "pack_comments.json"
    path.write_text("[{]")
    with pytest.raises(CommentsAreDamaged):
        add_comment(tmp_path, NOTE)
    assert path.read_text() == "[{]"


def test_packs_print_a_note_with_its_figure_and_days_and_the_public_one_no_internal_note(tmp_path):
    certified = {"certified_on": date(2026, 1, 20), "reduction_amount": Decimal("70.00")}
    publish_small_build(tmp_path, edition=[{}], enrolment=[certified, {}])
    add_comment(tmp_path, NOTE)
    add_comment(tmp_path, replace(NOTE, text="Interna", is_internal=True, first_on=None, last_on=None))
    add_comment(tmp_path, replace(NOTE, section="changes", metric="", line="10-ABCDEFG", first_on=None, last_on=None))
    subject = "Microcredenciales expedidas a personas con derecho"
    note = (f"{subject} · 12-01-2026 – 16-01-2026", NOTE.text, "A. Autora", DAY)
    # What changed is not in the public pack: what was explained of a line of it stands with the other comments.
    line = ("Cambios desde el último informe emitido · línea 10-ABCDEFG", NOTE.text, "A. Autora", DAY)
    expected = {"restricted": [(subject, "Interna", "A. Autora", DAY), note, line], "public": [note, line]}
    for kind, rows in expected.items():
        pack = make_pack(tmp_path, PERIOD, DAY, "es", kind, "borrador")
        blocks = [block for block in pack.section("comments").blocks if block.key.endswith("comments")]
        assert [row for block in blocks for row in block.table.rows] == rows
        assert len(pack.comments) == len(rows)
