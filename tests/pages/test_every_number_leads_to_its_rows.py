"""Every number of every page leads to the rows that it counts, or says why it has none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs

import pytest

from analytics.ci10 import UpTo
from analytics.counted import count_rows, counted_rows, list_rows
from analytics.cut import Cut, read_held
from analytics.dimensions import EXPLORED
from analytics.filters import Filters
from analytics.metrics import METRICS
from analytics.other_counts import COUNTED
from analytics.periods import HalfYear
from analytics.snapshot import Snapshot, default_cut_off, take_snapshot
from analytics.words import words
from etl.builds import Build, current_build
from reports.passport import explain_metric
from tests.analytics.test_counted import DIFFERENT, OWN, SUMMED, work_out
from tests.pages.test_every_page import PAGES, failures, follow_link

SAYS = words("es")
TABLE = re.compile(r"<table class='mc-table'>(.*?)</table>", re.DOTALL)
HEADING = re.compile(r"<th scope='col'[^>]*>(.*?)</th>")
ROW = re.compile(r"<tr>(<th scope='row'.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd]([^>]*)>(.*?)</t[hd]>", re.DOTALL)
CARD = re.compile(r"<p class='mc-label'>(.*?)</p><p class='mc-value'>(.*?)</p>")
WAY = re.compile(r"<a class='mc-trace' href='(passport|evidence|data_quality)\?([^']*)'[^>]*>(.*?)</a>")
NO_NUMBER = re.compile(r"|[–=]|no consta|(\+\s)?0(,0+)?(\s[€%])?|\d\d-\d\d-\d{4}")
# The headline of a comparison, "Frente a: …", is a difference.
AGAINST = re.compile(re.escape(SAYS("page.trends.change_label", reference="")))


# Why the numbers under a heading have no rows: {reason: {page, "" for every page: words of the heading}}.
REASONS = {
    "what was promised: its source stands beside it": {
        "overview": ["page.overview.column_target"],
        "funding": ["page.funding.column_goal"], "what_if": ["funding_what_if.column.goal"],
    },
    "it has not happened yet": {
        "": ["pace.even", "pace.expected", "pace.low", "pace.high"], "trends": ["page.trends.why.before_difference"],
        "funding": ["page.funding.column_expected", "page.funding.column_per_week", "pace.was_expected"],
    },
    "it is supposed: the official figure beside it leads to its rows": {
        "what_if": [
            "funding_what_if.column.exact", "funding_what_if.column.expected", "funding_what_if.column.value",
            "funding_what_if.column.left", "funding_what_if.column.total", "funding_what_if.column.simulated",
            "funding_what_if.card_supported", "funding_what_if.card_at_risk", "funding_what_if.column.change",
            "metric.courses_certified.name", "metric.credentials_issued_eligible.name",
            "metric.learners_certified_eligible.name",
        ],
    },
    "a difference or a sum of two numbers of its row or column, which lead to theirs": {
        "": ["changes.difference"],
        "funding": ["page.funding.column_left"], "what_if": ["funding_what_if.column.official"],
        "trends": [
            "page.trends.board.change", "page.trends.why.total",
            *(f"page.trends.why.{part}_{way}" for part in ("inside", "mix_column") for way in ("ratio", "lead")),
        ],
    },
    "a distance in time": {"funding": ["pace.weeks_ahead"]},
    "a field of a row that is itself named in the list": {
        "discount": [f"page.discount.column.{key}" for key in ("base_price", "applied", "expected", "difference")],
        "data_quality": ["page.data_quality.column_line"],
    },
    "lines of the files as they came: the lists on the page have them one by one": {
        "data_quality": [
            *(f"page.data_quality.{key}" for key in ("read", "accepted", "rejected", "superseded", "flagged")),
            *(f"page.data_quality.column_{key}" for key in ("blank", "footer", "files")),
        ],
        "passport": ["page.passport.column_rows"],
    },
}


def headings_without_rows(page: str) -> set[str]:
    keys = [key for pages in REASONS.values() for key in [*pages.get(page, []), *pages.get("", [])]]
    return {SAYS(key) for key in keys} | {SAYS(key) + SAYS("page.trends.why.in_points") for key in keys}


@dataclass(frozen=True)
class Number:
    """A number that a page shows: its heading, how it is written, and where its rows are: page and link."""

    heading: str
    shown: str
    page: str | None
    way: str | None


FILTERED = tuple(page for page in PAGES if page not in ("data_quality", "definitions", "passport"))
# Sums and different people or courses, worked out from the rows again where they are not many.
WORKED_OUT = {key for key in (*SUMMED, *DIFFERENT, *OWN) if METRICS[key].denominator is None}
MOST_WORKED_OUT = 150
# Pages with what their links choose: everything, filtered editions, filtered learners at an earlier day, and more.
STATES = [
    *((page, {}) for page in PAGES),
    *((page, {"centre": "ETSINF"}) for page in FILTERED),
    *((page, {"gender": "woman", "as_of": "2026-01-31", "not": "campus:Vera"}) for page in FILTERED),
    ("trends", {"metric": "fill_rate", "by": "campus"}),
    ("trends", {"reading": "cumulative", "compare": "whole", "campus": "Gandia", "metric": "learners"}),
    ("trends", {"since": "2025-10-06", "until": "2025-11-09", "metric": "online_share", "step": "month"}),
    ("trends", {"compare": "booking"}),
    ("trends", {"compare": "target", "metric": "credentials_issued_eligible"}),
    ("funding", {"part": "what_if"}),
    ("funding", {"period": "2025-H2", "counted_as": "entries"}),
    ("catalogue", {"edition": "098200/1"}),
]


@pytest.mark.parametrize(("page", "link"), STATES)
def test_every_number_of_a_page_leads_to_its_rows(page, link, sample_builds, monkeypatch):
    app = follow_link(page, sample_builds, monkeypatch, **link)
    assert not failures(app)
    numbers = list(read_numbers([element.proto.body for element in app.get("html")]))
    without = {one.heading for one in numbers if one.way is None and not NO_NUMBER.fullmatch(one.shown)}
    without -= headings_without_rows(link.get("part", page))
    assert not {heading for heading in without if not AGAINST.match(heading)}
    build = current_build(sample_builds)
    for one in choose(numbers):
        check(one, build)


def read_numbers(bodies: list[str]) -> Iterator[Number]:
    """The cells of numbers of every table, and the headline figures."""
    for body in bodies:
        yield from (_read(label, value) for label, value in CARD.findall(body))
        for table in TABLE.findall(body):
            headings = HEADING.findall(table)
            for row in ROW.findall(table):
                cells = zip(headings, CELL.findall(row), strict=True)
                yield from (_read(heading, cell) for heading, (style, cell) in cells if "mc-number" in style)


def _read(heading: str, html: str) -> Number:
    found = WAY.search(html)
    shown = found[3] if found else re.sub("<[^>]*>", "", html)
    return Number(unescape(heading), unescape(shown), *((found[1], unescape(found[2])) if found else (None, None)))


def choose(numbers: list[Number]) -> list[Number]:
    """Some of every column: the first, the middle one and the last."""
    columns: dict[str, list[Number]] = {}
    for one in numbers:
        if one.page == "passport":
            columns.setdefault(one.heading, []).append(one)
    return [
        found[place] for found in columns.values() for place in sorted({0, len(found) // 2, len(found) - 1})
    ]


def check(number: Number, build: Build) -> None:
    """What the address leads to is the number, and its rows are as many."""
    said = parse_qs(number.way)
    snapshot = snapshot_at(build, said)
    metric, cut = COUNTED[said["metric"][0]], read_cut(said)
    found = explain_metric(snapshot, metric, read_filters(said), read_period(said, snapshot), SAYS, False, cut)
    value, unit = found.figure.value, found.figure.unit
    written = {SAYS.show(value, unit, cents=is_long) for is_long in (True, False)}
    written |= {SAYS.show(abs(value), unit, cents=True)} if unit == "EUR" and value else set()
    assert number.shown in written, number
    assert found.counted_again == value
    lists = counted_rows(found.figure.trace)
    if len(lists) == 1 and metric.numerator.startswith("count(*)"):
        check_rows(count_rows(snapshot, lists[0]), value, unit)
    elif metric.key in WORKED_OUT and cut.part is None and not cut.side:
        rows = list_rows(snapshot, lists[0], MOST_WORKED_OUT)
        assert len(rows) == MOST_WORKED_OUT or work_out(metric.key, rows) == (value or 0)


def check_rows(sides: dict[str | None, int], value: object, unit: str) -> None:
    """A count has as many rows; a share of counts as many on each side."""
    if unit != "share":
        assert sum(sides.values()) == (value or 0)
    elif value is not None:
        both = sides.get("both", 0)
        assert Decimal(both + sides.get("numerator", 0)) / (both + sides.get("denominator", 0)) == value


def read_cut(said: dict[str, list[str]]) -> Cut:
    part = read_held(said.get("part", []))
    return Cut(read_held(said.get("cut", [])), part[0] if part else None, said.get("side", [""])[0])


def read_filters(said: dict[str, list[str]]) -> Filters:
    excluded: dict[str, list[str]] = {}
    for pair in said.get("not", []):
        excluded.setdefault(pair.partition(":")[0], []).append(pair.partition(":")[2])
    chosen = {key: said[key] for key in EXPLORED if key in said}
    span = (date.fromisoformat(said[key][0]) if key in said else None for key in ("since", "until"))
    return Filters.of(chosen, excluded=excluded).within(*span)


def read_period(said: dict[str, list[str]], snapshot: Snapshot) -> HalfYear:
    if "period" not in said:
        return HalfYear.of(snapshot.as_of)
    period = HalfYear.read(said["period"][0].removeprefix("to-"))
    return UpTo(period.year, period.half) if said["period"][0].startswith("to-") else period


SNAPSHOTS: dict[tuple, Snapshot] = {}


def snapshot_at(build: Build, said: dict[str, list[str]]) -> Snapshot:
    as_of = date.fromisoformat(said["as_of"][0]) if "as_of" in said else default_cut_off(build)
    key = build.build_id, as_of
    if key not in SNAPSHOTS:
        SNAPSHOTS[key] = take_snapshot(build, as_of)
    return SNAPSHOTS[key]
