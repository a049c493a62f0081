"""Every indicator of a build at a cut-off, as data, JSON, CSV or a table."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from analytics.filters import EVERYTHING, Filters
from analytics.measure import Measure, measure
from analytics.metrics import METRICS
from analytics.periods import HalfYear
from analytics.snapshot import Snapshot, default_cut_off, take_snapshot
from analytics.table import Column, Table
from analytics.words import Words
from etl.builds import current_build


class NoBuild(Exception):
    """The folder holds no build to report on."""


def open_snapshot(builds_folder: Path, as_of: date | None = None) -> Snapshot:
    """The current build of a folder at a cut-off, by default its newest event."""
    build = current_build(builds_folder)
    if build is None:
        raise NoBuild(f"There is no build in {builds_folder}. Load the exports first: python -m etl EXPORTS")
    return take_snapshot(build, as_of or default_cut_off(build))


def indicators(
    builds_folder: Path,
    as_of: date | None = None,
    period: str | None = None,
    by: str | None = None,
    where: dict[str, list[str]] | None = None,
    but_not: dict[str, list[str]] | None = None,
) -> dict:
    """{"as_of", "period", "build", "indicators": {key: {"value", "numerator", "denominator", "unit"}}}.

    With `by`, each indicator that can be split holds "groups": {value of the dimension: the same}. Values are int or
    exact Decimal, None when unknown. ValueError for a dimension, a value of one, or a period that does not exist.
    """
    snapshot = open_snapshot(builds_folder, as_of)
    half_year = HalfYear.read(period) if period else HalfYear.of(snapshot.as_of)
    return describe_indicators(snapshot, half_year, by, Filters.of(where or {}, excluded=but_not))


def describe_indicators(
    snapshot: Snapshot, half_year: HalfYear, by: str | None = None, filters: Filters = EVERYTHING
) -> dict:
    """The same of a snapshot that is already open."""
    found = {
        measured.metric.key: _describe(measured)
        for measured in measure(snapshot, list(METRICS.values()), filters, period=half_year)
    }
    if by:
        _add_groups(found, snapshot, filters, by, half_year)
    return {
        "as_of": snapshot.as_of.isoformat(),
        "period": str(half_year),
        "build": snapshot.build.build_id,
        **_describe_filters(filters),
        "indicators": found,
    }


def _describe_filters(filters: Filters) -> dict:
    """{"where": …, "but_not": …}, each only when something was asked."""
    asked = {"where": filters.choices, "but_not": filters.excluded}
    return {key: {dimension: list(values) for dimension, values in pairs} for key, pairs in asked.items() if pairs}


def _add_groups(found: dict, snapshot: Snapshot, filters: Filters, by: str, period: HalfYear) -> None:
    splittable = [metric for metric in METRICS.values() if by in metric.dimensions]
    if not splittable:
        raise ValueError(f"no indicator can be split by {by}")
    for metric in splittable:
        found[metric.key]["groups"] = {}
    for measured in measure(snapshot, splittable, filters, [by], period):
        found[measured.metric.key]["groups"][measured.group[0]] = _describe(measured)


def _describe(measured: Measure) -> dict:
    metric = measured.metric
    if metric.denominator is None:
        return {"value": measured.value, "unit": metric.unit}
    return {
        "value": measured.value,
        "numerator": measured.numerator,
        "denominator": measured.denominator,
        "unit": metric.unit,
    }


def as_table(answer: dict, words: Words) -> tuple[Table, list[str]]:
    """The answer as a table in a language, a row an indicator and group, and the lines that say what it shows."""
    columns = ("key", "indicator", "group", "value", "numerator", "denominator", "unit")
    rows = []
    for key, found in answer["indicators"].items():
        rows.append(_row(words, key, None, found))
        rows.extend(_row(words, key, group, part) for group, part in found.get("groups", {}).items())
    heading = [
        words("indicators.title"),
        words("indicators.shows", as_of=words.day(date.fromisoformat(answer["as_of"])), period=answer["period"]),
        words("indicators.build", build=answer["build"]),
        *(f"{words.dimension(key)}: {', '.join(values)}" for key, values in answer.get("where", {}).items()),
        *(
            f"{words.dimension(key)}: {words('filter.all_but', values=', '.join(values))}"
            for key, values in answer.get("but_not", {}).items()
        ),
    ]
    return Table(tuple(Column(words(f"indicators.column.{name}")) for name in columns), rows), heading


def _row(words: Words, key: str, group: str | None, found: dict) -> tuple:
    numbers = (_plain(found[side]) if side in found else None for side in ("value", "numerator", "denominator"))
    return key, words.metric(key), group, *numbers, words(f"unit.{found['unit']}")


def _plain(number: Decimal | int | None) -> str | None:
    """A number with a decimal comma and six decimals at most: the unit stands in its own column."""
    if number is None or isinstance(number, int):
        return None if number is None else str(number)
    shown = f"{number:.6f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"
    return shown.replace(".", ",")


def to_text(table: Table, heading: list[str]) -> str:
    """The table for a terminal, columns aligned."""
    head = [column.heading for column in table.columns]
    body = [[str(cell or "") for cell in row] for row in table.rows]
    widths = [max(len(line[position]) for line in [head, *body]) for position in range(len(head))]
    aligned = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in [head, *body]]
    lines = ["  ".join(line).rstrip() for line in aligned]
    return "\n".join([*heading, "", *lines]) + "\n"


def to_json(answer: dict) -> str:
    """The answer as JSON: whole numbers as such, others with as many decimals as they need."""
    return json.dumps(answer, ensure_ascii=False, indent=2, default=_plain_number) + "\n"


def _plain_number(value: object) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{value!r} has no place in JSON")
