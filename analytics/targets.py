"""Targets of the programme and of the grant, and whether they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from analytics.metrics import METRICS
from analytics.settings import newest_version, read_reference
from analytics.snapshot import Snapshot
from analytics.words import Words

DAYS_A_WEEK = 7
DAYS = ("starts_on", "due_on", "dated_on")
NUMBERS = ("value", "tolerance")

Status = Literal["kept", "on_track", "at_risk", "not_kept", "not_assessable"]


class TargetIsWrong(Exception):
    """A target cannot be read as what it is said to be; the message names it."""


@dataclass(frozen=True)
class Target:
    """What a metric is held against. source: a key of words; told_source, of dated_on, when somebody gave another.

    about: kept within `tolerance` of the value, at risk within twice that.
    at_least: kept from the value up.
    by_deadline: kept when reached; until `due_on` on track or at risk by an even pace from `starts_on`; not kept after.
    """

    key: str
    metric: str
    kind: Literal["about", "at_least", "by_deadline"]
    value: Decimal
    source: str
    tolerance: Decimal = Decimal(0)
    starts_on: date | None = None
    due_on: date | None = None
    told_source: str = ""
    dated_on: date | None = None

    @property
    def unit(self) -> str:
        return METRICS[self.metric].unit

    def name_in(self, words: Words) -> str:
        """The commitment in words, with its value: 27 acciones formativas…"""
        is_whole = self.unit == "share" and self.value * 100 % 1 == 0
        goal = words.share(self.value, 0) if is_whole else words.show(self.value, self.unit)
        return words(f"target.{self.key}", goal=goal)

    def goal_in(self, words: Words) -> str:
        """The number to reach, with the margin of a declared mix: declarado: 60,0 % (± 5 puntos)."""
        margin = words.number(self.tolerance * 100)
        return words(f"headline.target.{self.kind}", value=words.show(self.value, self.unit), margin=margin)

    def source_in(self, words: Words) -> str:
        return self.told_source or words(f"source.{self.source}")

    def to_plain(self) -> dict[str, str]:
        """For a manifest; read_targets gives the same target back."""
        told = {name: value for name, value in self.__dict__.items() if name != "key" and value not in (None, "")}
        return {name: str(value) for name, value in told.items()}


@dataclass(frozen=True)
class Pace:
    """How a cumulative target stands: what an even pace would have given by now, what is left, and how much a week."""

    expected: Decimal
    left: Decimal
    weeks_left: Decimal
    per_week: Decimal | None


def load_targets(builds_folder: Path | None = None) -> dict[str, Target]:
    """The targets in force beside these builds, by key; without a folder those of data/reference/targets.toml.

    Those of a version that cannot be read as targets are not used: data/reference stands in.
    """
    try:
        return read_targets(newest_version(builds_folder).targets)
    except TargetIsWrong:
        return read_targets(read_reference().targets)


def targets_of(snapshot: Snapshot) -> dict[str, Target]:
    """The targets in force beside the build of a snapshot."""
    return load_targets(snapshot.build.path.parent)


def read_targets(entries: Mapping[str, Mapping]) -> dict[str, Target]:
    """Targets from what a file or a manifest says. TargetIsWrong names the one that cannot be read."""
    return {key: _read(key, entry) for key, entry in entries.items()}


def _read(key: str, entry: Mapping) -> Target:
    try:
        numbers = {name: Decimal(str(entry[name])) for name in NUMBERS if name in entry}
        days = {name: date.fromisoformat(str(entry[name])) for name in DAYS if entry.get(name)}
        target = Target(key, **{**entry, **numbers, **days})
    except (KeyError, ValueError, ArithmeticError, TypeError) as wrong:
        raise TargetIsWrong(f"{key}: {wrong}") from wrong
    if not target.value.is_finite() or target.value <= 0 or (target.unit == "share" and target.value > 1):
        raise TargetIsWrong(f"{key}: {target.value} cannot be reached")
    if target.kind == "by_deadline" and not (target.starts_on and target.due_on and target.starts_on < target.due_on):
        raise TargetIsWrong(f"{key}: it ends before it begins")
    return target


def judge(target: Target, value: Decimal | int | None, as_of: date) -> Status:
    """Whether a target is kept at the cut-off by that value."""
    if value is None:
        return "not_assessable"
    if target.kind == "about":
        return _judge_mix(target, abs(Decimal(value) - target.value))
    if value >= target.value:
        return "kept"
    if target.kind == "at_least" or as_of > target.due_on:
        return "not_kept"
    return "on_track" if value >= pace(target, value, as_of).expected else "at_risk"


def _judge_mix(target: Target, distance: Decimal) -> Status:
    if distance <= target.tolerance:
        return "kept"
    return "at_risk" if distance <= 2 * target.tolerance else "not_kept"


def pace(target: Target, value: Decimal | int, as_of: date) -> Pace:
    """The pace of a target with a deadline; `per_week` is None once the deadline has passed."""
    days = (target.due_on - target.starts_on).days
    gone = min(max((as_of - target.starts_on).days, 0), days)
    left = max(target.value - value, Decimal(0))
    weeks_left = Decimal(max((target.due_on - as_of).days, 0)) / DAYS_A_WEEK
    return Pace(target.value * gone / days, left, weeks_left, left / weeks_left if weeks_left else None)
