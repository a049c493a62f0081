"""Indicator 10: its tables by gender and age, half-year beside cumulative, persons or entries."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics.ci10 import CELLS_OF, COUNTED, COUNTS, LINES, SCOPES, Grid, UpTo, grids, half_years
from analytics.dimensions import CI10_AGE_BANDS, GENDERS
from analytics.periods import HalfYear
from analytics.table import Column, Table
from pages.parts import link
from pages.parts.downloads import Content, offer_downloads
from pages.parts.faces import show_faces_of
from pages.parts.figure import Ways, files_of, tell_texts, to_html
from pages.parts.frame import View, paragraph
from pages.parts.ways import ways_of

METRICS = ("ci10_participants", "ci10_entries", "ci10_digital_participants")
Grids = dict[tuple[str, str, str], Grid]


def choose_period(view: View) -> HalfYear:
    """A half-year of the data, by default that of the cut-off."""
    periods = half_years(view.snapshot)
    return link.choose_one(
        "period", periods, periods[0], st.segmented_control,
        label=view.words("page.funding.period_label"), format_func=lambda period: name_half(view, period),
        required=True,
    )


def name_half(view: View, period: HalfYear) -> str:
    return view.words(f"period.half_{period.half}", year=period.year)


def name_period(view: View, period: HalfYear) -> str:
    """A half-year in words, with the cut-off where it is not over yet."""
    name = name_half(view, period)
    is_over = period.last_day <= view.snapshot.as_of
    return name if is_over else view.say("unfinished", period=name, day=view.words.day(view.snapshot.as_of))


def show_indicator_10(view: View) -> HalfYear:
    """The figure of indicator 10; gives back the half-year that was chosen."""
    if not view.snapshot.has("enrolments"):
        paragraph("mc-text", view.say("ci10_unknown"))
        return HalfYear.of(view.snapshot.as_of)
    choices = st.container(horizontal=True)
    with choices:
        period = choose_period(view)
        counted_as = link.choose_one(
            "counted_as", list(COUNTS), COUNTS[0], st.segmented_control,
            label=view.say("counted_label"), format_func=lambda count: view.say(f"counted_{count}"), required=True,
        )
    _show_figure(view, period, counted_as)
    return period


def _show_figure(view: View, period: HalfYear, counted_as: str) -> None:
    """Takeaway, tables, definition, source and a download of everything."""
    found = grids(view.snapshot, period, view.filters)
    takeaway = _takeaway(view, period, found)
    paragraph("mc-title", takeaway, tag="h3")

    lines = "".join(_write_line(view, period, line, counted_as, found) for line in LINES)
    texts = tell_texts(view, f"<p class='mc-small'>{escape(view.say('ci10_rule'))}</p>{lines}", METRICS)

    def offer() -> None:
        sources = tuple(file.file_name for file in files_of(view, METRICS))
        content = Content(takeaway, _every_table(view, found), sources=sources, metrics=METRICS, period=period)
        offer_downloads(view, f"ci10-{period}", content)

    show_faces_of(view.words, f"{view.key}-ci10", texts, offer)


def _takeaway(view: View, period: HalfYear, found: Grids) -> str:
    says = view.words
    return view.say(
        "ci10_title", period=name_period(view, period),
        persons=says.number(found["half_year", "participants", "persons"].total),
        entries=says.number(found["half_year", "participants", "entries"].total),
        digital=says.number(found["half_year", "digital", "persons"].total),
    )


def _write_line(view: View, period: HalfYear, line: str, counted_as: str, found: Grids) -> str:
    """One line of the indicator, the half-year beside the cumulative, in one piece of HTML: the browser is slow with
    many."""
    metric, counted = COUNTED[line, counted_as].key, view.say(f"counted_{counted_as}").lower()
    pair = ""
    for scope in SCOPES:
        name, grid = view.say(f"scope_{scope}"), found[scope, line, counted_as]
        table = to_html(view.words, _to_table(view, grid), name, _lead(view, grid, metric, scope, period))
        pair += f"<div><p class='mc-small'>{escape(f'{name} · {counted}')}</p>{table}</div>"
    return f"<h4 class='mc-heading'>{escape(view.say(f'line_{line}'))}</h4><div class='mc-pair'>{pair}</div>"


def _lead(view: View, grid: Grid, metric: str, scope: str, period: HalfYear) -> Ways:
    """The ways from the cells and the totals of a grid to their rows."""
    counted_in = period if scope == "half_year" else UpTo(period.year, period.half)
    way, (of_gender, of_age) = ways_of(metric, period=str(counted_in)), CELLS_OF[scope]
    genders = [((of_gender, gender),) for gender in GENDERS] + [()]
    ages = [((of_age, age),) for age in CI10_AGE_BANDS] + [()]
    counts = [counts for _, counts in _rows(view, grid)]
    return {
        (row, column): way(view.filters, *gender, *age)
        for row, gender in enumerate(genders) for column, age in enumerate(ages, start=1) if counts[row][column - 1]
    }


def _to_table(view: View, grid: Grid) -> Table:
    columns = (Column(view.words.dimension("ci10_gender")), *_age_columns(view))
    return Table(columns, [(gender, *counts) for gender, counts in _rows(view, grid)])


def _age_columns(view: View) -> list[Column]:
    ages = [Column(view.words.value("ci10_age_band", age), "count") for age in CI10_AGE_BANDS]
    return [*ages, Column(view.say("total"), "count")]


def _rows(view: View, grid: Grid) -> list[tuple[str, Sequence]]:
    rows = [(view.words.value("ci10_gender", gender), grid.row(gender)) for gender in GENDERS]
    return [*rows, (view.say("total"), grid.totals)]


def _every_table(view: View, found: Grids) -> Table:
    """All the tables under each other, so that a download holds both lines, both periods and both ways to count."""
    heads = [Column(view.say(f"column_{name}")) for name in ("line", "scope", "counted")]
    columns = (*heads, Column(view.words.dimension("ci10_gender")), *_age_columns(view))
    rows = [
        (view.say(f"line_{line}"), view.say(f"scope_{scope}"), view.say(f"counted_{counted_as}"), gender, *counts)
        for (scope, line, counted_as), grid in found.items()
        for gender, counts in _rows(view, grid)
    ]
    return Table(columns, rows)
