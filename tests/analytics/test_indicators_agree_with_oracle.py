"""Random programmes through the whole house, against the plain reading of the definitions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from analytics.measure import measure
from analytics.metrics import METRICS
from analytics.periods import HalfYear
from analytics.snapshot import Snapshot
from reports.indicators import indicators as engine_indicators
from reports.indicators import open_snapshot
from tests.oracle.discount import verdict
from tests.oracle.figure import Figure
from tests.oracle.generate import cut_offs, generate_programme
from tests.oracle.indicators import (
    ci10_participants_by_gender_and_age,
    cumulative_ci10_participants_by_gender_and_age,
    indicators,
)
from tests.oracle.programme import Programme
from tests.oracle.publish import ask_engine, ask_engine_for_groups, disagreements, publish_programme
from tests.oracle.restrict import EDITION_DIMENSIONS, LEARNER_DIMENSIONS, restrict_programme, values_of_dimension
from tests.oracle.snapshot import Snapshot as OracleSnapshot

SEEDS = range(30)
SEEDS_TO_SPLIT = (5, 9, 22)
PERIODS = ("2025-H1", "2025-H2", "2026-H1", "2026-H2")


@dataclass(frozen=True)
class Loaded:
    """A random programme and the builds folder it was loaded into."""

    seed: int
    programme: Programme
    builds: Path

    def expect(self, dimension: str, value: str, as_of: date, period: str) -> dict[str, Figure]:
        """The oracle's figures of the rows that have one value of a dimension."""
        return indicators(restrict_programme(self.programme, dimension, value), as_of, period)


def load_programme(seed: int, folder: Path) -> Loaded:
    programme = generate_programme(seed)
    return Loaded(seed, programme, publish_programme(programme, folder, seed))


@pytest.fixture(scope="module", params=SEEDS_TO_SPLIT)
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load_programme(request.param, tmp_path_factory.mktemp("programme"))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_indicator_of_a_random_programme_agrees(seed: int, tmp_path: Path) -> None:
    random = load_programme(seed, tmp_path)
    for number, as_of in enumerate(cut_offs(seed)):
        period = PERIODS[(seed + number) % len(PERIODS)]
        found = disagreements(indicators(random.programme, as_of, period), ask_engine(random.builds, as_of, period))
        assert not found, "\n".join([f"seed {seed}, as of {as_of}, period {period}:", *found])


def test_a_group_holds_the_figures_of_its_rows(loaded: Loaded) -> None:
    as_of, period = cut_offs(loaded.seed)[-1], PERIODS[loaded.seed % len(PERIODS)]
    for by in (*EDITION_DIMENSIONS, *LEARNER_DIMENSIONS):
        answers = engine_indicators(loaded.builds, as_of, period, by=by)["indicators"]
        splittable = {key: answer["groups"] for key, answer in answers.items() if by in METRICS[key].dimensions}
        for value in values_of_dimension(loaded.programme, by):
            expected = loaded.expect(by, value, as_of, period)
            found = disagreements(
                {key: expected[key] for key in splittable}, {key: groups[value] for key, groups in splittable.items()}
            )
            assert not found, "\n".join([f"seed {loaded.seed}, as of {as_of}, period {period}, {by} {value}:", *found])


def test_a_filter_leaves_the_figures_of_its_rows(loaded: Loaded) -> None:
    as_of, period = cut_offs(loaded.seed)[-1], PERIODS[(loaded.seed + 1) % len(PERIODS)]
    for by in ("course", "delivery", "gender", "age_band", "eligibility"):
        value = values_of_dimension(loaded.programme, by)[-1]
        expected = loaded.expect(by, value, as_of, period)
        answers = engine_indicators(loaded.builds, as_of, period, where={by: [value]})["indicators"]
        filtered = [key for key in expected if by in METRICS[key].dimensions]
        found = disagreements({key: expected[key] for key in filtered}, {key: answers[key] for key in filtered})
        assert not found, "\n".join([f"seed {loaded.seed}, as of {as_of}, period {period}, only {by} {value}:", *found])


def test_verdicts_fall_alike(loaded: Loaded) -> None:
    for as_of in cut_offs(loaded.seed):
        enrolments = OracleSnapshot(loaded.programme, as_of, "2026-H1").enrolments
        answer = ask_engine_for_groups(loaded.builds, "enrolments", "verdict", as_of, "2026-H1")
        assert answer == Counter(verdict(row) for row in enrolments), f"seed {loaded.seed}, as of {as_of}"


def test_a_participant_of_indicator_10_counts_in_the_cell_of_the_first_entry(loaded: Loaded) -> None:
    as_of = cut_offs(loaded.seed)[-1]
    snapshot = open_snapshot(loaded.builds, as_of)
    for period in PERIODS:
        expected = ci10_participants_by_gender_and_age(loaded.programme, as_of, period)
        assert engine_cells(snapshot, period) == expected, f"seed {loaded.seed}, as of {as_of}, period {period}"
    expected = cumulative_ci10_participants_by_gender_and_age(loaded.programme, as_of)
    assert engine_cells_of_all_time(snapshot) == expected, f"seed {loaded.seed}, as of {as_of}"


def engine_cells(snapshot: Snapshot, period: str) -> dict[tuple[str, str], int]:
    participants = [METRICS["ci10_participants"]]
    cells = measure(snapshot, participants, by=["ci10_gender", "ci10_age_band"], period=HalfYear.read(period))
    return {cell.group: cell.value for cell in cells if cell.value}


def engine_cells_of_all_time(snapshot: Snapshot) -> dict[tuple[str, str], int]:
    rows = snapshot.rows(
        """select ci10_cumulative_gender as gender, ci10_cumulative_age_band as age_band,
                  count(distinct person_key) as persons
           from enrolment where ci10_cumulative_gender is not null group by all"""
    )
    return {(row["gender"], row["age_band"]): row["persons"] for row in rows}
