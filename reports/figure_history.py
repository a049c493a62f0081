"""What became of every figure of an issued pack, code by code, and how much of each difference is due to what."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from analytics.measure import Number
from analytics.snapshot import Snapshot
from reports.content import Section
from reports.figures import Figure, FigureChange, Ledger
from reports.followed import follows_files
from reports.form import Labelled, label_figures
from reports.writing import Draft

# Counted on the lines of the accounting and on the rows of the files, which a build may not have kept as sent.
OF_FILES = ("lines_income", "lines_expense", "income", "accounted")
OF_FILES_SECTION, THIS_SECTION = "9-", "10-"
Values = dict[str, Number]
Writers = Sequence[Callable[[Draft], Section]]


def compare_figures(
    draft: Draft, writers: Writers, followed: tuple[Snapshot, Snapshot] | None
) -> tuple[list[FigureChange], dict[str, Labelled]]:
    """Every figure that the sections of these writers have now or had in the earlier pack, also the same ones; labels.

    All are of the half-year of the earlier pack: a correction of a period that was reported shows as such. followed:
    the rows of then as the load of now tells them; None without the build of then.
    """
    earlier = draft.previous
    then = _read(earlier.manifest["figures"])
    sections, today = _write(replace(draft, period=earlier.period), writers)
    now = _values(today)
    stages = _stages(draft, writers, now, followed) if followed else None
    is_followed = stages is not None and follows_files(draft.snapshot, earlier.snapshot)
    described = {one.name: (one.key, one.column, one.unit) for one in today} | {
        name: (told["key"], name.partition(".")[2], told["unit"]) for name, told in earlier.manifest["figures"].items()
    }
    found = [
        FigureChange(
            name, *described[name], then.get(name), now.get(name),
            _causes(name, then, now, stages) if is_followed or not _is_of_files(name, described[name][0]) else (),
        )
        for name in [*now, *sorted(set(then) - set(now))] if not name.startswith(THIS_SECTION)
    ]
    return found, {one.figure.name: one for one in label_figures(sections, today)}


def _read(figures: dict[str, dict]) -> Values:
    """The numbers of a manifest, exact."""
    return {
        name: told["value"] if isinstance(told["value"], int) else Decimal(told["value"])
        for name, told in figures.items() if told["value"] is not None and told["unit"] not in ("text", "day")
    }


def _write(draft: Draft, writers: Writers) -> tuple[list[Section], list[Figure]]:
    """The sections, and the figures that they enter in a ledger of their own."""
    own = replace(draft, ledger=Ledger(), previous=None, comments=())
    return [write(own) for write in writers], own.ledger.figures


def _values(figures: Sequence[Figure]) -> Values:
    return {one.name: one.value for one in figures if isinstance(one.value, int | Decimal)}


def _stages(
    draft: Draft, writers: Writers, now: Values, followed: tuple[Snapshot, Snapshot]
) -> tuple[Values, Values, Values, Values]:
    """From then to now: the rows of then by today's rules, as told today, with what happened since, and all rows."""
    earlier = draft.previous
    as_then = replace(draft, period=earlier.period, snapshot=earlier.snapshot)
    same_rows, old_rows = (replace(as_then, snapshot=one) for one in followed)
    return *(_values(_write(one, writers)[1]) for one in (as_then, same_rows, old_rows)), now


def _is_of_files(name: str, key: str) -> bool:
    return name.startswith(OF_FILES_SECTION) or key.split("/", maxsplit=1)[0] in OF_FILES


def _causes(name: str, then: Values, now: Values, stages: tuple | None) -> tuple[Number, ...]:
    """A stage that does not know the figure is taken for the next one, so that the parts always add up."""
    if stages is None or name not in then or name not in now:
        return ()
    again, same_rows, old_rows, last = (stage.get(name) for stage in stages)
    old_rows = last if old_rows is None else old_rows
    same_rows = old_rows if same_rows is None else same_rows
    again = same_rows if again is None else again
    return (last - old_rows, old_rows - same_rows, same_rows - again, again - then[name])
