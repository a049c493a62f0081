"""The command line of the indicators: JSON that a program reads, CSV that Excel reads, errors that a person reads."""

import csv
import io
import json
from datetime import date

import pytest

from analytics.metrics import METRICS
from reports.__main__ import main
from tests.analytics.small_build import publish_small_build

EDITIONS = [
    {"course_id": "1", "campus": "Vera"},
    {"course_id": "2", "campus": "Vera", "delivery": "in_person", "delivery_group": "face_to_face"},
    {"course_id": "3", "campus": "Alcoi"},
]
ENROLMENTS = [
    {"course_id": "1", "result": "passed", "certified_on": date(2026, 1, 10)},
    {"course_id": "1", "enrolled_on": date(2026, 2, 10)},
    {"course_id": "2", "base_price": None, "nationality": "FR", "residence": "FR"},
]


@pytest.fixture
def builds(tmp_path):
    publish_small_build(tmp_path, edition=EDITIONS, enrolment=ENROLMENTS)
    return tmp_path


def ask(builds, capsys, *arguments: str) -> str:
    assert main(["indicators", "--builds", str(builds), *arguments]) == 0
    return capsys.readouterr().out


def test_json_has_every_indicator_with_its_parts(builds, capsys):
    answer = json.loads(ask(builds, capsys))
    assert (answer["as_of"], answer["period"]) == ("2026-02-15", "2026-H1")
    assert answer["build"] == "20260216T080000Z-00000001"
    assert set(answer["indicators"]) == set(METRICS)
    assert answer["indicators"]["online_share"] == {
        "value": pytest.approx(2 / 3), "numerator": 2, "denominator": 3, "unit": "share",
    }
    assert answer["indicators"]["courses_offered"] == {"value": 3, "unit": "count"}


def test_a_cut_off_undoes_what_came_after_it(builds, capsys):
    early = json.loads(ask(builds, capsys, "--as-of", "2025-12-31"))
    assert (early["period"], early["indicators"]["enrolments"]["value"]) == ("2025-H2", 2)
    assert early["indicators"]["credentials_issued"]["value"] == 0


def test_what_has_no_export_is_null_and_not_zero(tmp_path, capsys):
    publish_small_build(tmp_path, exports=("catalogue",), edition=EDITIONS)
    found = json.loads(ask(tmp_path, capsys))["indicators"]
    assert found["editions_offered"]["value"] == 3
    unknown = ("enrolments", "gross_fees", "teachers", "endorsed_course_share", "ci10_participants", "fill_rate")
    assert [found[key]["value"] for key in unknown] == [None] * 6


def test_a_split_adds_the_groups_of_what_can_be_split(builds, capsys):
    found = json.loads(ask(builds, capsys, "--by", "campus"))["indicators"]
    assert found["editions_offered"]["groups"] == {
        "Alcoi": {"value": 1, "unit": "count"}, "Vera": {"value": 2, "unit": "count"},
    }


def test_a_split_that_finds_nobody_has_no_groups_but_says_so(builds, capsys):
    answer = json.loads(ask(builds, capsys, "--as-of", "2025-10-01", "--by", "ci10_gender"))
    assert answer["indicators"]["ci10_participants"]["groups"] == {}
    assert "groups" not in answer["indicators"]["editions_offered"]


def test_two_values_of_where_mean_either_and_are_named_in_the_answer(builds, capsys):
    answer = json.loads(ask(builds, capsys, "--where", "delivery=in_person", "delivery=online_async", "campus=Vera"))
    assert answer["where"] == {"campus": ["Vera"], "delivery": ["in_person", "online_async"]}
    assert answer["indicators"]["editions_offered"]["value"] == 2


def test_csv_has_names_in_the_language_and_decimal_commas(builds, capsysbinary):
    assert main(["indicators", "--builds", str(builds), "--format", "csv", "--language", "va"]) == 0
    rows = list(csv.reader(io.StringIO(capsysbinary.readouterr().out.decode("utf-8-sig")), delimiter=";"))
    by_key = {row[0]: row for row in rows if row}
    assert by_key["online_share"] == ["online_share", "Oferta en línia", "", "0,666667", "2", "3", "proporció"]
    assert by_key["gross_fees"][3] == "300"


def test_a_table_is_for_reading(builds, capsys):
    shown = ask(builds, capsys, "--format", "table", "--language", "en")
    assert "Data as of 15-02-2026 · half-year 2026-H1" in shown
    assert ["courses_offered", "Microcredentials", "offered", "3", "number"] in map(str.split, shown.splitlines())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--where", "colour=red"], "colour is not a dimension"),
        (["--where", "campus"], "campus=Vera"),
        (["--by", "colour"], "colour"),
        (["--period", "2025"], "2025-H2"),
        (["--as-of", "15/02/2026"], "2026-02-15"),
    ],
)
def test_wrong_usage_says_how_to_write_it(builds, capsys, arguments, said):
    with pytest.raises(SystemExit) as ended:
        main(["indicators", "--builds", str(builds), *arguments])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_without_a_build_it_says_what_to_do(tmp_path, capsys):
    assert main(["indicators", "--builds", str(tmp_path)]) == 1
    assert "python -m etl" in capsys.readouterr().err


def test_damaged_builds_are_said_to_be_so(builds, capsys):
    for path in builds.glob("*.duckdb"):
        path.chmod(0o644)
        path.write_bytes(b"not a database")
    assert main(["indicators", "--builds", str(builds)]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_all_but_some_values_can_be_asked_for(builds, capsys):
    every = json.loads(ask(builds, capsys))["indicators"]["editions_offered"]["value"]
    some = json.loads(ask(builds, capsys, "--where", "campus=Vera"))["indicators"]["editions_offered"]["value"]
    answer = json.loads(ask(builds, capsys, "--but-not", "campus=Vera"))
    assert answer["but_not"] == {"campus": ["Vera"]}
    assert answer["indicators"]["editions_offered"]["value"] == every - some
