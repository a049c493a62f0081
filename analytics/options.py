"""What a reader can choose from: the values that a snapshot really has."""

from datetime import date

from analytics.dimensions import DIMENSIONS
from analytics.snapshot import Snapshot


def options(snapshot: Snapshot, key: str, language: str = "es") -> list[tuple[str, str]]:
    """(value, name) of a dimension, in its natural order."""
    return snapshot.once(("options", key, language), lambda: _read_options(snapshot, key, language))


def _read_options(snapshot: Snapshot, key: str, language: str) -> list[tuple[str, str]]:
    dimension = DIMENSIONS[key]
    table = next(table for table in ("edition", "enrolment", "teaching") if table in dimension.tables)
    name = _name(key, language)
    found = snapshot.rows(f"select {key} as value, any_value({name}) as name from {table} group by {key} order by name")
    pairs = [(row["value"], row["name"]) for row in found]
    if dimension.order:
        pairs.sort(key=lambda pair: dimension.order.index(pair[0]))
    return pairs


def _name(key: str, language: str) -> str:
    """A course is chosen by its title, in the reader's language, and its code; everything else by its value."""
    if key != "course":
        return key
    return f"{'title_va' if language == 'va' else 'title'} || ' (' || course || ')'"


def start_months(snapshot: Snapshot) -> list[date]:
    """The first day of every month in which an edition starts."""
    query = "select distinct date_trunc('month', starts_on)::date as month from edition order by month"
    return snapshot.once(("start_months",), lambda: [row["month"] for row in snapshot.rows(query)])


def first_day(snapshot: Snapshot) -> date:
    """The first day on which anything happened or began."""
    query = "select least((select min(starts_on) from edition), (select min(application_on) from enrolment)) as day"
    return snapshot.once(("first_day",), lambda: snapshot.rows(query)[0]["day"])


def last_day(snapshot: Snapshot) -> date:
    """The day of the load: a cut-off after it would say what nobody knew."""
    query = "select built_at::date as day from loaded.build"
    return snapshot.once(("last_day",), lambda: snapshot.rows(query)[0]["day"])
