"""From a programme to the engine's answer: exports on disk, loaded by the ETL, asked through the reports."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from etl.builds import current_build
from etl.load import load
from reports.indicators import indicators as engine_indicators
from tests.oracle.figure import Figure, Number
from tests.oracle.programme import Programme
from tests.oracle.render import render_programme

LOADED_AT = datetime(
    2026, 11, 23, 12, tzinfo=UTC
)  # after every event of a random programme, whatever the real clock says


def publish_programme(programme: Programme, folder: Path, seed: int = 0) -> Path:
    """The builds folder of the rendered and loaded programme, after making sure that no row was turned away."""
    exports, builds = folder / "exports", folder / "builds"
    render_programme(programme, exports, seed)
    load(exports, builds, say_nothing, now=LOADED_AT)
    turned_away = rejections(builds)
    assert not turned_away, f"rows that should be good were rejected: {turned_away[:5]}"
    return builds


def say_nothing(file_name: str, rows: int) -> None:
    """The load tells its progress to nobody."""


def rejections(builds: Path) -> list[tuple]:
    with duckdb.connect(current_build(builds).path, read_only=True) as connection:
        return connection.execute("select export, line, field, rule, found from rejection order by all").fetchall()


def ask_engine(builds: Path, as_of: date, period: str) -> dict[str, dict]:
    return engine_indicators(builds, as_of, period)["indicators"]


def ask_engine_for_groups(builds: Path, key: str, by: str, as_of: date, period: str) -> dict[str, Number]:
    """Groups of one indicator that hold something."""
    groups = engine_indicators(builds, as_of, period, by=by)["indicators"][key].get("groups", {})
    return {group: answer["value"] for group, answer in groups.items() if answer["value"]}


def disagreements(expected: dict[str, Figure], answers: dict[str, dict]) -> list[str]:
    """One line for each indicator on which the two differ: money and counts exactly, a ratio by its two parts."""
    missing = [f"{key}: only one side has it" for key in expected.keys() ^ answers.keys()]
    both = expected.keys() & answers.keys()
    return missing + [
        f"{key}: oracle {show(expected[key])}, engine {answers[key]}"
        for key in sorted(both)
        if not agrees(expected[key], answers[key])
    ]


def agrees(figure: Figure, answer: dict) -> bool:
    numerator, denominator, value = figure
    if value is None:
        return answer["value"] is None and not answer.get("denominator")
    if answer["value"] is None or (denominator is None and isinstance(answer["value"], float)):
        return False
    if denominator is None:
        return value == answer["value"]
    parts_agree = (numerator, denominator) == (answer["numerator"], answer["denominator"])
    return parts_agree and abs(float(value) - float(answer["value"])) < 1e-9


def show(figure: Figure) -> str:
    numerator, denominator, value = figure
    return str(value) if denominator is None else f"{numerator}/{denominator}"
