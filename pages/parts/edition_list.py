"""The list of editions: searched, sorted, chosen by situation; a row opens its sheet."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.editions import OUTSIDE_FIGURES, SORTS, Edition, count_situations, fold, search, sort
from analytics.table import Column, Table, show_cell
from pages.parts import link
from pages.parts.downloads import Content, offer_downloads
from pages.parts.faces import show_faces_of
from pages.parts.figure import tell_texts
from pages.parts.frame import View, paragraph

CHOICES = ("search", "situation", "sort")
METRICS_SHOWN = ("editions_offered", "places_offered", "fill_rate")
SHOWN = {
    "title": "text", "edition_id": "code", "situation": "text", "starts_on": "day", "ends_on": "day",
    "delivery": "text", "ects": "ECTS", "hours": "hours", "places": "count", "enrolments": "count", "fill": "share",
    "price_eur": "EUR", "centre": "text",
}
ONLY_DOWNLOADED = {"campus": "text", "field": "text", "entities": "text"}
# So that the twelve columns up to the fill rate are nearly all seen at 1440 pixels.
WIDTHS = {
    "title": 235, "edition_id": 80, "situation": 82, "starts_on": 86, "ends_on": 86, "delivery": 122, "ects": 52,
    "hours": 56, "places": 60, "enrolments": 84, "fill": 84, "price_eur": 92, "centre": 90,
}
ROW_PIXELS, HEADER_PIXELS, MOST_ROWS_SEEN = 35, 38, 12
ROWS_KEY = "catalogue_rows"


def chosen_edition(view: View, editions: Sequence[Edition]) -> str:
    """The edition whose sheet is open, by its code; "" for the list."""
    keys = [edition.edition_id for edition in editions]
    wanted = link.chosen("edition")
    if wanted and wanted[0] not in keys:
        paragraph("mc-note", view.say("no_such_edition", edition=wanted[0]))
    return link.current("edition", keys, "")


def choose_edition(view: View, editions: Sequence[Edition], is_open: bool) -> None:
    """The sheets by name. The way back from an open one is a button, not an option."""
    names = {edition.edition_id: f"{edition.name(view.words.language)} ({edition.edition_id})" for edition in editions}
    keys = sorted(names, key=lambda key: fold(names[key]))
    link.choose_one(
        "edition", keys if is_open else ["", *keys], "", st.selectbox, label=view.say("open"),
        format_func=lambda key: names.get(key) or view.say("open_none"),
    )


def choose_editions(view: View, editions: Sequence[Edition], every: Sequence[Edition]) -> list[Edition]:
    """Those that answer to what was written and to the situations chosen, sorted. every: those that have a sheet."""
    box, order, sheets = st.columns([4, 3, 4])
    with box:
        text = link.choose_text(
            "search", st.text_input, label=view.say("search"), placeholder=view.say("search_hint"), type="search",
            live=True,
        )
    with order:
        by = link.choose_one(
            "sort", list(SORTS), "starts_on", st.selectbox, label=view.say("sort"),
            format_func=lambda key: view.say(f"column.{key}"),
        )
    with sheets:
        choose_edition(view, every, is_open=False)
    situations = _choose_situations(view, editions)
    found = [edition for edition in search(editions, text) if not situations or edition.situation in situations]
    return sort(found, by, view.words.language)


def _choose_situations(view: View, editions: Sequence[Edition]) -> list[str]:
    """Any of the situations that there are, each with its number of editions."""
    says, counts = view.words, count_situations(editions)

    def name(key: str) -> str:
        situation = says.value("situation", key)
        return view.say("situation_option", situation=situation, number=says.number(counts.get(key, 0)))

    return link.choose_several(
        "situation", list(counts), st.pills, label=view.say("situation"), selection_mode="multi", format_func=name,
        label_visibility="collapsed",
    )


def show_list(view: View, editions: Sequence[Edition]) -> None:
    """The list with its definition, source and download."""
    says = view.words
    title = view.say("list_title", len(editions))
    outside = sum(edition.situation in OUTSIDE_FIGURES for edition in editions)
    paragraph("mc-title", title, tag="h2")

    def draw() -> None:
        with st.container():
            _show_rows(view, editions)
            _show_notes(view, outside)

    def offer() -> None:
        table = _tabulate(view, editions, SHOWN | ONLY_DOWNLOADED)
        content = Content(view.say("editions", len(editions)), table, metrics=METRICS_SHOWN, is_drawn=False)
        offer_downloads(view, "editions", content)

    show_faces_of(says, f"{view.key}-editions", tell_texts(view, None, METRICS_SHOWN), offer, "table", draw)


def _show_notes(view: View, outside: int) -> None:
    """What of the list is in no figure, and which filters do not reach it."""
    notes = [view.say("outside", outside)] if outside else []
    unheeded = view.filters.unheeded_by("edition")
    notes += [view.say("note_unheeded", dimension=view.words.dimension(key)) for key in unheeded]
    if notes:
        paragraph("mc-small", " ".join(notes))


def _show_rows(view: View, editions: Sequence[Edition]) -> None:
    """The rows as the language writes them, their values kept so that a heading sorts them; a row opens its sheet."""
    table = _tabulate(view, editions, SHOWN)
    frame = pd.DataFrame(table.rows, columns=list(SHOWN), dtype=object)
    words = {
        key: lambda cell, column=column: "" if pd.isna(cell) else show_cell(view.words, column, cell)
        for key, column in zip(SHOWN, table.columns, strict=True) if column.unit not in ("text", "code", "day")
    }
    numbers = frame.astype(dict.fromkeys(words, "float"))
    st.dataframe(
        numbers.style.format(words), hide_index=True, key=ROWS_KEY, selection_mode="single-row", placeholder="–",
        on_select=_open_row([edition.edition_id for edition in editions]), alt=view.say("list_alternative"),
        height=HEADER_PIXELS + ROW_PIXELS * min(len(editions), MOST_ROWS_SEEN), row_height=ROW_PIXELS,
        column_config={
            key: _configure(key, column) for key, column in zip(SHOWN, table.columns, strict=True)
        },
    )


def _configure(key: str, column: Column):
    if column.unit == "day":
        return st.column_config.DateColumn(column.heading, format="DD-MM-YYYY", width=WIDTHS[key])
    if column.unit in ("text", "code"):
        return st.column_config.TextColumn(column.heading, width=WIDTHS[key])
    return st.column_config.NumberColumn(column.heading, width=WIDTHS[key])


def _open_row(keys: list[str]):
    """What happens when a row is chosen."""
    def open_row() -> None:
        rows = st.session_state[ROWS_KEY].selection.rows
        if rows and rows[0] < len(keys):
            link.choose_for_reader("edition", keys[rows[0]])

    return open_row


def _tabulate(view: View, editions: Sequence[Edition], fields: dict[str, str]) -> Table:
    columns = tuple(Column(view.say(f"column.{key}"), unit) for key, unit in fields.items())
    return Table(columns, [tuple(_cell(view, edition, key) for key in fields) for edition in editions])


def _cell(view: View, edition: Edition, key: str) -> object:
    if key == "title":
        return edition.name(view.words.language)
    value = getattr(edition, key)
    if key in ("situation", "delivery", "field", "campus", "centre"):
        return view.words.value(key, value)
    return value
