"""The filters of every page: the only place that makes Filters. What was chosen lives in the link."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from analytics.dimensions import EXPLORED, FILTERS
from analytics.filters import Filters
from analytics.options import first_day, last_day, options, start_months
from analytics.snapshot import Snapshot
from analytics.words import Words
from etl.builds import Build
from pages.parts import link
from pages.parts.numbers import newest_event, snapshot_at

# The key in the link of what is left out, its values written dimension:value.
BUT_NOT = "not"
SPAN = ("since", "until")
MONTHS = ("from", "to")
# Each box of a choice takes a browser 4 ms at every change of any of them; these are always there.
FIRST = ("campus", "field", "delivery", "centre")
EVERY = "every_filter"


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
    """The editions and learners that the page is about: the FIRST filters, the others when a reader asks for them or
    the link filters by one; what else the link filters by is shown with them."""
    every = [key for key in EXPLORED if key in FILTERS or link.chosen(key)]
    others = [*(key for key in every if key not in FIRST), BUT_NOT, *MONTHS]
    if any(link.chosen(key) for key in others):
        _show_every()
    with st.container(key="mc-filters"):
        if not st.session_state.get(EVERY):
            choices = {key: _choose_values(words, snapshot, key) for key in FIRST}
            st.button(words("filter.more"), key="more_filters", icon=":material/add:", on_click=_show_every)
            return Filters.of(choices)
        choices = {key: _choose_values(words, snapshot, key) for key in every}
        excluded = _choose_left_out(words, snapshot, every)
        first, last = (_choose_month(words, snapshot, key) for key in MONTHS)
    return Filters.of(choices, first, _last_day_of_month(last), excluded)


def _show_every() -> None:
    """For the rest of the session: what was opened does not close under a reader's hand."""
    st.session_state[EVERY] = True


def _choose_month(words: Words, snapshot: Snapshot, key: str) -> date | None:
    return link.choose_one(
        key, [None, *start_months(snapshot)], None, st.selectbox,
        label=words(f"filter.{key}"), placeholder=words("filter.any_start"),
        format_func=lambda month: words.month(month) if month else words("filter.any_start"),
    )


def _choose_values(words: Words, snapshot: Snapshot, key: str) -> list[str]:
    names = name_values(words, snapshot, key)
    return link.choose_several(
        key, list(names), st.multiselect, label=words.dimension(key), format_func=lambda value: names[value],
        placeholder=words("filter.all"), select_all=False,
    )


def _choose_left_out(words: Words, snapshot: Snapshot, shown: Sequence[str]) -> dict[str, list[str]]:
    """What does not count, of all the dimensions in one list."""
    offered = dict.fromkeys([*shown, *(pair.partition(":")[0] for pair in link.chosen(BUT_NOT))])
    names = {
        f"{key}:{value}": f"{words.dimension(key)}: {name}"
        for key in offered if key in EXPLORED for value, name in name_values(words, snapshot, key).items()
    }
    chosen = link.choose_several(
        BUT_NOT, list(names), st.multiselect, label=words("filter.but_not"),
        format_func=lambda pair: names[pair], placeholder=words("filter.nothing"), select_all=False,
    )
    return group_left_out(chosen)


def group_left_out(pairs: Sequence[str]) -> dict[str, list[str]]:
    """{dimension: its values} of what the link writes as dimension:value."""
    grouped: dict[str, list[str]] = {}
    for pair in pairs:
        key, _, value = pair.partition(":")
        grouped.setdefault(key, []).append(value)
    return grouped


def name_values(words: Words, snapshot: Snapshot, key: str) -> dict[str, str]:
    """{value: its name} of a dimension, in its natural order."""
    found = options(snapshot, key, words.language)
    # A course is known by its title and everything else that names itself by its value, unless it is not known.
    return {value: name if key == "course" else words.value(key, value) for value, name in found}


def read_span() -> tuple[date | None, date | None]:
    """The first and the last day that the link asks for, before the widgets of a page that has them are drawn."""
    first, last = (read_day(link.wanted(key)) for key in SPAN)
    return (first, last) if not (first and last and last < first) else (None, None)


def read_day(text: str) -> date | None:
    """A day as a link writes it; None for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _last_day_of_month(day: date | None) -> date | None:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1) if day else None


def take_off(part: str) -> None:
    """Take a part of the filter sentence off the link; for buttons."""
    mark, _, dimension = part.partition(":")
    if part == SPAN[0]:
        link.forget(*SPAN)
    elif mark == BUT_NOT:
        link.put(**{BUT_NOT: [pair for pair in link.chosen(BUT_NOT) if pair.partition(":")[0] != dimension]})
    else:
        link.forget(part)


def choose_values(key: str, chosen: Sequence[str], left_out: Sequence[str]) -> None:
    """Hold a dimension to some values, or to all but some; for callbacks."""
    others = [pair for pair in link.chosen(BUT_NOT) if pair.partition(":")[0] != key]
    link.put(**{key: list(chosen), BUT_NOT: others + [f"{key}:{value}" for value in left_out]})


def toggle_value(key: str, value: str) -> None:
    """Choose a value of a dimension, or no longer; for callbacks."""
    chosen = link.chosen(key)
    kept = [other for other in chosen if other != value]
    choose_values(key, kept if value in chosen else [*chosen, value], [])


def toggle_left_out(key: str, value: str) -> None:
    """Leave a value of a dimension out, or no longer; for callbacks."""
    out = group_left_out(link.chosen(BUT_NOT)).get(key, [])
    kept = [other for other in out if other != value]
    choose_values(key, [], kept if value in out else [*out, value])


def describe(words: Words, snapshot: Snapshot, filters: Filters) -> list[tuple[str, str]]:
    """What is being shown, part by part: (what take_off takes, its words)."""
    parts = [(key, f"{words.dimension(key)}: {_join(words, snapshot, key, values)}") for key, values in filters.choices]
    for key, values in filters.excluded:
        all_but = words("filter.all_but", values=_join(words, snapshot, key, values, "filter.and"))
        parts.append((f"{BUT_NOT}:{key}", f"{words.dimension(key)}: {all_but}"))
    if filters.starts_from:
        parts.append(("from", words("filter.starts_from", month=words.month(filters.starts_from))))
    if filters.starts_to:
        parts.append(("to", words("filter.starts_to", month=words.month(filters.starts_to))))
    return parts + _describe_span(words, filters)


def _describe_span(words: Words, filters: Filters) -> list[tuple[str, str]]:
    if not filters.has_span:
        return []
    kind = "between" if filters.dated_from and filters.dated_to else "since" if filters.dated_from else "until"
    days = {"first": words.day(filters.dated_from), "last": words.day(filters.dated_to)}
    return [(SPAN[0], words(f"filter.dated_{kind}", **days))]


def _join(words: Words, snapshot: Snapshot, key: str, values: Sequence[str], conjunction: str = "filter.or") -> str:
    names = name_values(words, snapshot, key)
    return words(conjunction).join(names.get(value, value) for value in values)


def sentence(words: Words, snapshot: Snapshot, filters: Filters) -> str:
    """What is being shown, in one sentence; it heads every page and every download."""
    parts = [text for _, text in describe(words, snapshot, filters)] or [words("filter.everything")]
    return " · ".join([*parts, words("filter.data_at", day=words.day(snapshot.as_of))])
