"""Targets of the programme and of the grant, and whether they are kept."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

REFERENCE = Path(__file__).parent.parent / "data" / "reference" / "targets.toml"
DAYS_A_WEEK = 7

Status = Literal["kept", "on_track", "at_risk", "not_kept", "not_assessable"]


@dataclass(frozen=True)
class Target:
    """What a metric is held against.

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


@dataclass(frozen=True)
class Pace:
    """How a cumulative target stands: what an even pace would have given by now, what is left, and how much a week."""

    expected: Decimal
    left: Decimal
    weeks_left: Decimal
    per_week: Decimal | None


@cache
def load_targets(path: Path = REFERENCE) -> dict[str, Target]:
    """The targets of data/reference/targets.toml, by key."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: Target(key, **_typed(entry)) for key, entry in entries.items()}


def _typed(entry: dict) -> dict:
    return entry | {name: Decimal(entry[name]) for name in ("value", "tolerance") if name in entry}


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
