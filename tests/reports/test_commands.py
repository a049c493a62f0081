"""The pack on the command line: made, proven, explained, refused."""

import json
from datetime import date
from decimal import Decimal

import pytest

from reports.__main__ import main
from reports.figures import code_of
from tests.analytics.small_build import publish_small_build

PACK = ["pack", "--period", "2025-H2", "--as-of", "2026-01-15"]


@pytest.fixture(scope="module")
def made(sample_builds, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    assert main([*PACK, "--out", str(out), "--builds", str(sample_builds)]) == 0
    return next(out.glob("*.zip"))


def test_a_pack_is_made_and_proven(made, sample_builds, capsys):
    assert main(["verify", str(made), "--builds", str(sample_builds)]) == 0
    assert ": demostrado. Se han vuelto a calcular " in capsys.readouterr().out


def test_a_changed_pack_exits_1(made, sample_builds, tmp_path, capsys):
    from tests.reports.test_proof import change_manifest

    changed = tmp_path / "changed.zip"
    changed.write_bytes(change_manifest(made.read_bytes(), lambda manifest: manifest["residuals"].append("x")))
    assert main(["verify", str(changed), "--builds", str(sample_builds), "--language", "va"]) == 1
    told = capsys.readouterr().out
    assert "Les diferències de la conciliació no són les del manifest." in told and "NO demostrat" in told


def test_a_figure_is_explained_down_to_its_lines(sample_builds, capsys):
    code = code_of(1, "reached/courses_certified")
    asked = ["explain", code, "--builds", str(sample_builds), "--as-of", "2026-01-15", "--format", "json"]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)[0]
    assert (told["value"], told["counted_again"], told["definition"]) == (17, 17, "courses_certified")
    assert len(told["rows"]) == 358
    assert set(told["rows"][0]) == {"row_key", "file", "sheet", "line"}
    assert told["meaning"].startswith("Acciones formativas distintas")


def test_a_figure_of_a_pack_is_explained_from_the_pack(made, sample_builds, capsys):
    asked = [f"{code_of(2, 'funnel/entries')}.persons", "--pack", str(made), "--builds", str(sample_builds)]
    assert main(["explain", *asked]) == 0
    shown = capsys.readouterr().out
    assert "persons = 698 count" in shown and "counted again: 698" in shown and "more: --rows 0" in shown


def test_a_figure_without_a_query_says_that_it_is_worked_out(sample_builds, capsys):
    asked = [f"{code_of(1, 'targets/courses_certified')}.gap", "--builds", str(sample_builds), "--as-of", "2026-01-15"]
    assert main(["explain", *asked]) == 0
    assert "gap = 10 count" in (shown := capsys.readouterr().out) and "worked out from the other figures" in shown


def test_an_unknown_code_is_refused(sample_builds, capsys):
    assert main(["explain", "1-XXXXXXX", "--builds", str(sample_builds)]) == 1
    assert "is not in the pack" in capsys.readouterr().err


def test_a_definitive_pack_that_does_not_close_exits_1_and_writes_nothing(tmp_path, capsys):
    rows = [{"amount_due": Decimal("25.00"), "amount_paid": Decimal("25.00"), "reduction_amount": Decimal("70.00")}]
    publish_small_build(tmp_path / "builds", edition=[{}], enrolment=rows)
    asked = [*PACK, "--state", "definitivo", "--out", str(tmp_path / "out"), "--builds", str(tmp_path / "builds")]
    assert main(asked) == 1
    assert "5,00" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_without_a_build_there_is_no_pack(tmp_path, capsys):
    assert main([*PACK, "--out", str(tmp_path), "--builds", str(tmp_path / "none")]) == 1
    assert "Load the exports" in capsys.readouterr().err


def test_a_pack_is_issued_from_the_command_line(sample_builds, tmp_path, capsys):
    import shutil

    builds = tmp_path / "builds"
    shutil.copytree(sample_builds, builds)
    asked = [*PACK, "--state", "definitivo", "--out", str(tmp_path), "--builds", str(builds), "--issue"]
    assert main(asked) == 0
    assert "Issued" in capsys.readouterr().out
    assert len(list((builds / "issued").glob("*.json"))) == 1


def test_a_comment_is_added_from_the_command_line(tmp_path):
    from reports.comments import read_comments

    asked = ["comment", "--period", "2025-H2", "--section", "funnel", "--author", "B", "--text", "Explicado",
             "--on", "2026-01-20", "--builds", str(tmp_path)]
    assert main(asked) == 0
    assert [(one.text, one.written_on) for one in read_comments(tmp_path)] == [("Explicado", date(2026, 1, 20))]


def test_a_line_of_what_changed_and_an_indicator_are_commented_by_their_names(tmp_path):
    from reports.comments import read_comments

    asked = ["comment", "--period", "2025-H2", "--author", "B", "--text", "Explicado", "--builds", str(tmp_path)]
    assert main([*asked, "--line", "10-9qwraae"]) == 0
    assert main([*asked, "--indicator", "enrolments", "--public"]) == 0
    line, indicator = read_comments(tmp_path)
    assert (line.section, line.line, line.is_internal) == ("changes", "10-9QWRAAE", True)
    assert (indicator.metric, indicator.is_internal) == ("enrolments", False)
    with pytest.raises(SystemExit):
        main([*asked, "--line", "1-9QWRAAE"])


@pytest.mark.parametrize("wrong", [["--period", "2025"], ["--as-of", "15/01/2026"]])
def test_what_cannot_be_read_is_wrong_usage(wrong, tmp_path):
    with pytest.raises(SystemExit) as stopped:
        main([*PACK, *wrong, "--out", str(tmp_path)])
    assert stopped.value.code == 2


def test_the_public_kind_is_made_and_proven(tmp_path, capsys):
    builds = tmp_path / "builds"
    publish_small_build(builds, edition=[{}], enrolment=[{} for _ in range(30)])
    assert main([*PACK, "--kind", "public", "--out", str(tmp_path), "--builds", str(builds)]) == 0
    [made] = tmp_path.glob("*public*.zip")
    assert made.name.endswith("-sin-emitir.zip")
    assert main(["verify", str(made), "--builds", str(builds)]) == 0
    assert ": demostrado. Se han vuelto a calcular " in capsys.readouterr().out


def test_a_public_pack_that_cannot_be_safe_is_refused_in_its_language(sample_builds, tmp_path, capsys, monkeypatch):
    from reports import commands
    from reports.disclosure import CannotPublish

    def refuse(*_):
        raise CannotPublish("beside", ["pack-2025-H2-2025-12-01-es-public-provisional"])

    monkeypatch.setattr(commands, "make_pack", refuse)
    assert main([*PACK, "--kind", "public", "--out", str(tmp_path), "--builds", str(sample_builds)]) == 1
    assert "comparada con las ya emitidas (pack-2025-H2-2025-12-01-es" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.zip"))
