"""Views that readers named and kept, in one small file beside the builds; nothing is remembered unless it was saved."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from analytics.filters import Filters
from analytics.measure import Number, measure
from analytics.metrics import METRICS, Metric
from analytics.snapshot import Snapshot
from etl.beside import one_writer, write_whole

FILE_NAME = "views.json"
LOCK_NAME = "views.lock"
TEAM = "team"
LONGEST_NAME = 80
MOST_VIEWS = 500


class ViewsAreDamaged(Exception):
    """The file of views cannot be read; it is left as it is."""


class ViewRefused(Exception):
    """rule: no_name, long_name, same_name, too_many or gone; the key of a sentence."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(rule)


@dataclass(frozen=True)
class SavedView:
    """What a reader chose on a page, under a name.

    key: for links, the same when the view is renamed. owner: TEAM, or whom it belongs to (never an e-mail).
    choices: as the link has them; with an as_of the cut-off is fixed, without one it is the newest day of the data.
    build_id: of the build that a frozen view was saved on; None follows the current one.
    is_home: the page opens on it when the link says nothing.
    """

    key: str
    name: str
    page: str
    owner: str
    choices: dict[str, list[str]]
    saved_at: datetime
    build_id: str | None = None
    is_home: bool = False

    @property
    def is_team(self) -> bool:
        return self.owner == TEAM


def new_key() -> str:
    """Long enough that nobody comes upon somebody else's view by trying."""
    return secrets.token_urlsafe(9)


def read_views(builds_folder: Path) -> tuple[SavedView, ...]:
    """Every view, in the order of their names; none when nothing was ever saved."""
    try:
        told = json.loads((builds_folder / FILE_NAME).read_bytes())
        found = [view_from(entry) for entry in told["views"]]
    except FileNotFoundError:
        return ()
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise ViewsAreDamaged(str(builds_folder / FILE_NAME)) from wrong
    return tuple(sorted(found, key=lambda view: (view.name.casefold(), view.key)))


def view_from(entry: dict) -> SavedView:
    choices = {str(key): [str(value) for value in values] for key, values in entry["choices"].items()}
    return SavedView(**entry | {"choices": choices, "saved_at": datetime.fromisoformat(entry["saved_at"])})


def find_view(builds_folder: Path, key: str) -> SavedView | None:
    """Whoever has the link of a view may open it."""
    return next((view for view in read_views(builds_folder) if view.key == key), None)


def views_of(builds_folder: Path, owner: str) -> list[SavedView]:
    """The reader's own views and the team's."""
    return [view for view in read_views(builds_folder) if view.owner in (owner, TEAM)]


def home_of(builds_folder: Path, page: str, owner: str) -> SavedView | None:
    """What a page opens on: the reader's own home, else the team's."""
    homes = [view for view in views_of(builds_folder, owner) if view.page == page and view.is_home]
    return min(homes, key=lambda view: view.is_team, default=None)


def keep_view(builds_folder: Path, view: SavedView) -> SavedView:
    """Add a view, or put it in the place of the one with its key. A new home takes the place of the old one."""
    view = replace(view, name=view.name.strip())
    with one_writer(builds_folder / LOCK_NAME):
        others = [other for other in read_views(builds_folder) if other.key != view.key]
        _require(view, others)
        if view.is_home:
            others = [_not_home(other) if _is_home_like(other, view) else other for other in others]
        _write(builds_folder, [*others, view])
    return view


def remove_view(builds_folder: Path, key: str) -> None:
    """The build of a frozen one stays: an issued pack or another view may name it."""
    with one_writer(builds_folder / LOCK_NAME):
        _write(builds_folder, [view for view in read_views(builds_folder) if view.key != key])


def _require(view: SavedView, others: Sequence[SavedView]) -> None:
    if not view.name:
        raise ViewRefused("no_name")
    if len(view.name) > LONGEST_NAME:
        raise ViewRefused("long_name")
    if len(others) >= MOST_VIEWS:
        raise ViewRefused("too_many")
    name = view.name.casefold()
    if any((other.page, other.owner, other.name.casefold()) == (view.page, view.owner, name) for other in others):
        raise ViewRefused("same_name")


def _is_home_like(other: SavedView, view: SavedView) -> bool:
    return (other.page, other.owner) == (view.page, view.owner)


def _not_home(view: SavedView) -> SavedView:
    return replace(view, is_home=False)


def _write(builds_folder: Path, views: Sequence[SavedView]) -> None:
    entries = [asdict(view) | {"saved_at": view.saved_at.isoformat(timespec="seconds")} for view in views]
    content = json.dumps({"views": entries}, ensure_ascii=False, indent=1) + "\n"
    write_whole(builds_folder / FILE_NAME, content.encode())


@dataclass(frozen=True)
class Moved:
    """A figure of a frozen view that is another today."""

    metric: Metric
    then: Number | None
    now: Number | None


def moved_since(frozen: Snapshot, today: Snapshot, filters: Filters) -> list[Moved]:
    """The figures of a frozen view that the same day of today's build gives otherwise, in the order of METRICS."""
    asked = list(METRICS.values())
    pairs = zip(measure(frozen, asked, filters), measure(today, asked, filters), strict=True)
    return [Moved(then.metric, then.value, now.value) for then, now in pairs if then.value != now.value]
