"""Settings of the grant: codes, dates, terms and thresholds, each with its source; what is not known is pending."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from analytics.gaps import Deadlines
from analytics.settings import Version, newest_version, read_reference
from analytics.targets import Target, TargetIsWrong, read_targets
from analytics.words import Words
from reports.logo import Logo, LogoIsWrong, find_logo

SettingUnit = Literal["text", "day", "count", "EUR", "share", "days", "choice"]
Value = str | date | int | Decimal | tuple[str, ...] | None


class GrantIsWrong(Exception):
    """The settings cannot be read as what they are said to be."""


@dataclass(frozen=True)
class Setting:
    """One setting; value None is pending. dated_on: the date of the source."""

    key: str
    unit: SettingUnit
    value: Value = None
    source: str = ""
    dated_on: date | None = None
    choices: tuple[str, ...] = ()
    is_list: bool = False

    @property
    def is_pending(self) -> bool:
        return self.value is None

    def show(self, words: Words) -> str:
        """As a reader of that language reads it; "pendiente" when it is not known."""
        if self.value is None:
            return words("pack.pending")
        if self.unit == "choice":
            return words(f"pack.choice.{self.value}")
        if isinstance(self.value, tuple):
            return " · ".join(self.value)
        if isinstance(self.value, date):
            return words.day(self.value)
        if self.unit == "days":
            return words("pack.days", int(self.value))
        return self.value if isinstance(self.value, str) else words.show(self.value, self.unit, cents=True)


@dataclass(frozen=True)
class Grant:
    """Every setting, in the order of the file, and the targets; version: number and SHA-256 of where they come from.

    logo: of the recovery plan; None is pending.
    """

    settings: tuple[Setting, ...]
    targets: Mapping[str, Target] = field(default_factory=dict)
    version: tuple[int, str] = (0, "")
    logo: Logo | None = None

    def setting(self, key: str) -> Setting:
        """A setting; KeyError when the file has none of that key."""
        for setting in self.settings:
            if setting.key == key:
                return setting
        raise KeyError(key)

    def value(self, key: str) -> Value:
        """Its value, None when it is pending."""
        return self.setting(key).value

    @property
    def pending(self) -> tuple[Setting, ...]:
        return tuple(setting for setting in self.settings if setting.is_pending)

    @property
    def sha256(self) -> str:
        """Changes when any setting or target does."""
        told = [self.to_plain(), self.plain_targets()]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def plain_targets(self) -> dict[str, dict]:
        return {key: target.to_plain() for key, target in self.targets.items()}

    def to_plain(self) -> dict[str, dict]:
        """The settings for the manifest; from_plain gives the same grant back."""
        return {
            setting.key: {
                "unit": setting.unit, "value": _plain(setting.value), "source": setting.source,
                "dated_on": _plain(setting.dated_on), "choices": list(setting.choices),
                "is_list": setting.is_list,
            }
            for setting in self.settings
        }


def load_grant(builds_folder: Path | None = None) -> Grant:
    """The settings in force beside these builds; without a folder those of data/reference. GrantIsWrong for damage."""
    found = newest_version(builds_folder)
    if found.is_degraded:
        raise GrantIsWrong(f"The newest settings in {builds_folder} cannot be read. Mend or remove them.")
    try:
        return replace(grant_of(found), logo=find_logo(builds_folder))
    except LogoIsWrong as wrong:
        raise GrantIsWrong(str(wrong)) from wrong


def grant_of(version: Version) -> Grant:
    """The grant of a version. GrantIsWrong names the setting or target that cannot be read."""
    return from_plain(version.grant, version.targets, (version.number, version.sha256))


def from_plain(entries: dict[str, dict], targets: dict[str, dict], version: tuple[int, str] = (0, "")) -> Grant:
    """A grant from what a version or a manifest says."""
    try:
        held = read_targets(targets)
    except TargetIsWrong as wrong:
        raise GrantIsWrong(str(wrong)) from wrong
    return Grant(tuple(_read(key, entry) for key, entry in entries.items()), held, version)


def _read(key: str, entry: dict) -> Setting:
    choices = tuple(entry.get("choices", ()))
    try:
        value = _typed(entry["unit"], entry.get("value"))
        dated_on = _typed("day", entry.get("dated_on"))
    except (KeyError, ValueError, ArithmeticError, TypeError) as wrong:
        raise GrantIsWrong(f"{key}: {wrong}") from wrong
    if value is not None and choices and value not in choices:
        raise GrantIsWrong(f"{key}: {value} is none of {', '.join(choices)}")
    is_list = bool(entry.get("is_list"))
    return Setting(key, entry["unit"], value, entry.get("source", ""), dated_on, choices, is_list)


def _typed(unit: str, value: object) -> Value:
    """An empty text is as good as no value at all."""
    if value is None or value == "":
        return None
    if unit == "day":
        return value if isinstance(value, date) else date.fromisoformat(value)
    if unit in ("count", "days"):
        return int(value)
    if unit in ("EUR", "share"):
        return Decimal(str(value))
    return tuple(value) if isinstance(value, list) else str(value)


def _plain(value: Value) -> object:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, date | Decimal) else value


def grant_in_force(builds_folder: Path | None = None) -> Grant:
    """For a page, which must open: the newest settings that can be read. A pack asks load_grant."""
    try:
        return grant_of(newest_version(builds_folder))
    except GrantIsWrong:
        return grant_of(read_reference())


def find_deadlines(builds_folder: Path | None = None) -> Deadlines:
    """Until when what is missing can be mended: the target's deadline, the end of the grant, the certificates' term."""
    grant = grant_in_force(builds_folder)
    due_on = grant.targets["credentials_issued_eligible"].due_on
    return Deadlines(due_on, grant.value("ends_on"), grant.value("certificate_term"))
