"""Today: whether the figures of an issued pack would be others if it were made of the current load at its cut-off."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from analytics.snapshot import Snapshot
from reports.form import Labelled, every_figure
from reports.grant import Grant
from reports.history import Change, compare
from reports.manifest import describe_figures
from reports.pack import write_pack
from reports.writing import Earlier

# Section 10 says what changed: it is no figure of its own.
CHANGES = "10-"


@dataclass(frozen=True)
class Difference:
    """A figure that would be another. then, now: None where it is unknown or not in the pack; text where it is hidden.

    section, label: as the pack of today prints them; the key of the row where that has none.
    """

    name: str
    section: str
    label: str
    unit: str
    then: int | Decimal | str | None
    now: int | Decimal | str | None


@dataclass(frozen=True)
class Today:
    """checked: how many figures were compared. changes: the main figures that differ, split by what they are due to."""

    checked: int
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]


def compare_with_today(
    snapshot: Snapshot, earlier: Earlier, grant: Grant, before: Sequence[Earlier] = (),
) -> Today:
    """snapshot: the current build at the cut-off of the issued pack; before: the public packs that it was made beside.

    A public pack does not say what a difference was due to. CannotPublish when it could not be made today.
    """
    told = earlier.manifest
    pack = write_pack(snapshot, earlier.period, told["language"], told["kind"], told["state"], grant, before=before)
    then, now = _figures(told["figures"]), _figures(describe_figures(pack.figures))
    labels = {each.figure.name: each for each in every_figure(pack)}
    names = list(now | then)
    differences = [
        _differ(name, then.get(name), now.get(name), labels.get(name))
        for name in names if _value(then.get(name)) != _value(now.get(name))
    ]
    changes = compare(snapshot, earlier.period, earlier) if told["kind"] == "restricted" else []
    return Today(
        len(names), tuple(differences), tuple(change for change in changes if change.difference)
    )


def _figures(found: dict[str, dict]) -> dict[str, dict]:
    return {name: figure for name, figure in found.items() if not name.startswith(CHANGES)}


def _differ(name: str, then: dict | None, now: dict | None, label: Labelled | None) -> Difference:
    known = then or now
    section, words = (label.section, label.label) if label else ("", known["key"])
    return Difference(name, section, words, known["unit"], _value(then), _value(now))


def _value(figure: dict | None) -> int | Decimal | str | None:
    """What a manifest says of a figure, as a number where it is one."""
    value = figure["value"] if figure else None
    try:
        return Decimal(value) if isinstance(value, str) else value
    except InvalidOperation:
        return value
