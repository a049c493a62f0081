"""Changing a setting: what a person typed is read as its unit, held against the reader, and kept as a new version."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analytics.settings import (
    FOLDER,
    SettingChange,
    Version,
    newest_number,
    newest_version,
    path_of,
    read_version,
)
from analytics.targets import TargetIsWrong, read_targets
from etl.beside import one_writer, write_whole
from reports.grant import Grant, GrantIsWrong, grant_of
from reports.typed import SettingRefused, read_day, read_typed

LOCK_NAME = "lock"
LONGEST_TEXT = 500
# Of a target, what may be changed, by its kind.
TARGET_FIELDS = {"about": ("value", "tolerance"), "at_least": ("value",), "by_deadline": ("value", "due_on")}


@dataclass(frozen=True)
class Editable:
    """Something that may be changed: a setting, or a field of a target. value: as plain data, None when pending."""

    part: str
    key: str
    field: str
    unit: str
    value: object
    source: str
    dated_on: str
    choices: tuple[str, ...] = ()
    is_list: bool = False

    @property
    def name(self) -> str:
        """For a link: certificate_term, courses_certified.due_on."""
        return self.key if self.part == "grant" else f"{self.key}.{self.field}"


@dataclass(frozen=True)
class Wish:
    """What somebody typed: the value, its source and the day of that source, and who they are."""

    text: str
    source: str
    dated_on: str
    author: str


def editables(version: Version) -> list[Editable]:
    """Everything that may be changed in a version: targets first, then the settings, in the order of their files."""
    grant = grant_of(version)
    targets = [
        Editable("targets", key, name, "day" if name == "due_on" else target.unit, version.targets[key].get(name),
                 target.told_source, str(target.dated_on or ""))
        for key, target in grant.targets.items() for name in TARGET_FIELDS[target.kind]
    ]
    return targets + [
        Editable("grant", one.key, "value", one.unit, version.grant[one.key].get("value"), one.source,
                 str(one.dated_on or ""), one.choices, one.is_list)
        for one in grant.settings
    ]


def change_setting(
    builds_folder: Path, based_on: int, wanted: Editable, wish: Wish, language: str, moment: datetime | None = None
) -> Version:
    """Write a new version with one thing changed. based_on: the version that was looked at.

    SettingRefused says what is wrong with what was typed, or that somebody else was faster.
    """
    with one_writer(builds_folder / FOLDER / LOCK_NAME):
        now = newest_version(builds_folder)
        if now.is_degraded:
            raise SettingRefused("damaged")
        if now.number != based_on:
            raise SettingRefused("changed_meanwhile")
        grant, targets, change = _changed(now, wanted, wish, language)
        number = newest_number(builds_folder) + 1
        told = {
            "author": wish.author.strip(), "written_at": (moment or datetime.now(UTC)).isoformat(timespec="seconds"),
            "change": change.__dict__, "grant": grant, "targets": targets,
        }
        return _write(path_of(builds_folder, number), told)


def _changed(now: Version, wanted: Editable, wish: Wish, language: str) -> tuple[dict, dict, SettingChange]:
    """The entries with the wish in them, once the reader of every pack has read them."""
    _require(wish)
    entries = {"grant": dict(now.grant), "targets": dict(now.targets)}
    entry = dict(entries[wanted.part][wanted.key])
    value = read_typed(wanted.unit, wish.text, language, wanted.choices, wanted.is_list)
    if value is None and wanted.part == "targets":
        raise SettingRefused("no_value")
    dated_on, source = read_day(wish.dated_on) if wish.dated_on.strip() else None, wish.source.strip()
    if value is not None and not source:
        raise SettingRefused("no_source")
    said_as = "told_source" if wanted.part == "targets" else "source"
    before = (entry.get(wanted.field), entry.get(said_as, ""), entry.get("dated_on"))
    if before == (value, source, dated_on):
        raise SettingRefused("nothing_changed")
    entry |= {wanted.field: value, said_as: source, "dated_on": dated_on}
    entries[wanted.part][wanted.key] = {name: told for name, told in entry.items() if told not in (None, "")}
    change = SettingChange(wanted.part, wanted.key, wanted.field, tell(before[0]), tell(value), source)
    _hold_against_reader(now, entries)
    return entries["grant"], entries["targets"], change


def _require(wish: Wish) -> None:
    if not wish.author.strip():
        raise SettingRefused("no_author")
    for text in (wish.text, wish.source, wish.author):
        if len(text) > LONGEST_TEXT:
            raise SettingRefused("too_long", most=LONGEST_TEXT)


def _hold_against_reader(now: Version, entries: dict[str, dict]) -> Grant:
    """By the same reader as the command's; what it does not take is not written."""
    try:
        read_targets(entries["targets"])
        return grant_of(Version(now.number, entries["grant"], entries["targets"], ""))
    except (GrantIsWrong, TargetIsWrong) as wrong:
        raise SettingRefused("not_taken") from wrong


def tell(value: object) -> str:
    """A value as plain text; "" for one that is pending."""
    if value is None:
        return ""
    return "; ".join(value) if isinstance(value, list | tuple) else str(value)


def _write(path: Path, told: dict) -> Version:
    write_whole(path, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
    return read_version(path)
