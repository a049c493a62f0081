"""Settings of the grant: codes, dates, terms and thresholds, each with its source; what is not known is pending."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from analytics.gaps import Deadlines
from analytics.targets import load_targets
from analytics.words import Words

REFERENCE = Path(__file__).parent.parent / "data" / "reference" / "grant.toml"

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
    """Every setting, in the order of the file."""

    settings: tuple[Setting, ...]

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
        """Changes when any setting does."""
        return hashlib.sha256(json.dumps(self.to_plain(), sort_keys=True).encode()).hexdigest()

    def to_plain(self) -> dict[str, dict]:
        """For the manifest; from_plain gives the same grant back."""
        return {
            setting.key: {
                "unit": setting.unit, "value": _plain(setting.value), "source": setting.source,
                "dated_on": _plain(setting.dated_on), "choices": list(setting.choices),
            }
            for setting in self.settings
        }


@cache
def load_grant(path: Path = REFERENCE) -> Grant:
    """The settings of data/reference/grant.toml. GrantIsWrong names the one that cannot be read."""
    return from_plain(tomllib.loads(path.read_text(encoding="utf-8")))


def from_plain(entries: dict[str, dict]) -> Grant:
    """A grant from what the file or a manifest says."""
    return Grant(tuple(_read(key, entry) for key, entry in entries.items()))


def _read(key: str, entry: dict) -> Setting:
    choices = tuple(entry.get("choices", ()))
    try:
        value = _typed(entry["unit"], entry.get("value"))
        dated_on = _typed("day", entry.get("dated_on"))
    except (KeyError, ValueError, ArithmeticError, TypeError) as wrong:
        raise GrantIsWrong(f"{key}: {wrong}") from wrong
    if value is not None and choices and value not in choices:
        raise GrantIsWrong(f"{key}: {value} is none of {', '.join(choices)}")
    return Setting(key, entry["unit"], value, entry.get("source", ""), dated_on, choices)


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


def find_deadlines(grant: Grant | None = None) -> Deadlines:
    """Until when what is missing can be mended: the target's deadline, the end of the grant, the certificates' term."""
    settings = grant or load_grant()
    due_on = load_targets()["credentials_issued_eligible"].due_on
    return Deadlines(due_on, settings.value("ends_on"), settings.value("certificate_term"))
