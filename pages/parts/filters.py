"""The filters of every page: the only place that makes Filters. What was chosen lives in the link."""

from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.dimensions import DIMENSIONS, FILTERS
from analytics.filters import Filters
from analytics.options import first_day, last_day, options, start_months
from analytics.snapshot import Snapshot
from analytics.words import Words
from etl.builds import Build
from pages.parts import link
from pages.parts.numbers import newest_event, snapshot_at


def choose_cut_off(words: Words, build: Build) -> date:
    """The day after which nothing has happened: any day from the first event to the load."""
    newest = newest_event(build)
    everything = snapshot_at(build, newest)
    first, last = first_day(everything), max(last_day(everything), newest)
    days = [last - timedelta(days=number) for number in range((last - first).days + 1)]
    return link.choose_one(
        "as_of", days, newest, st.selectbox,
        label=words("filter.as_of"), format_func=words.day, filter_mode="contains", help=words("filter.as_of_help"),
    )


def choose_filters(words: Words, snapshot: Snapshot) -> Filters:
    """The editions and learners that the page is about."""
    columns = st.columns(2)
    choices = {}
    for position, key in enumerate(FILTERS):
        with columns[position % 2]:
            choices[key] = _choose_values(words, snapshot, key)
    left, right = st.columns(2)
    first, last = _choose_month(words, snapshot, "from", left), _choose_month(words, snapshot, "to", right)
    return Filters.of(choices, first, _last_day_of_month(last))


def _choose_month(words: Words, snapshot: Snapshot, key: str, place: DeltaGenerator) -> date | None:
    return link.choose_one(
        key, [None, *start_months(snapshot)], None, place.selectbox,
        label=words(f"filter.{key}"), placeholder=words("filter.any_start"),
        format_func=lambda month: words.month(month) if month else words("filter.any_start"),
    )


def _choose_values(words: Words, snapshot: Snapshot, key: str) -> list[str]:
    names = dict(options(snapshot, key, words.language))
    return link.choose_several(
        key, list(names), st.multiselect,
        label=words.dimension(key),
        format_func=lambda value: names[value] if DIMENSIONS[key].names_itself else words.value(key, value),
        placeholder=words("filter.all"), select_all=False,
    )


def _last_day_of_month(day: date | None) -> date | None:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1) if day else None


def describe(words: Words, snapshot: Snapshot, filters: Filters) -> list[tuple[str, str]]:
    """What is being shown, part by part: (key in the link, its words)."""
    parts = [(key, f"{words.dimension(key)}: {_join(words, snapshot, key, values)}") for key, values in filters.choices]
    if filters.starts_from:
        parts.append(("from", words("filter.starts_from", month=words.month(filters.starts_from))))
    if filters.starts_to:
        parts.append(("to", words("filter.starts_to", month=words.month(filters.starts_to))))
    return parts


def _join(words: Words, snapshot: Snapshot, key: str, values: tuple[str, ...]) -> str:
    names = dict(options(snapshot, key, words.language)) if DIMENSIONS[key].names_itself else {}
    return words("filter.or").join(names.get(value) or words.value(key, value) for value in values)


def sentence(words: Words, snapshot: Snapshot, filters: Filters) -> str:
    """What is being shown, in one sentence; it heads every page and every download."""
    parts = [text for _, text in describe(words, snapshot, filters)] or [words("filter.everything")]
    return " · ".join([*parts, words("filter.data_at", day=words.day(snapshot.as_of))])
