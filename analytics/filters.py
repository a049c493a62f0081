"""Filters: what a reader asked to see, and the one WHERE clause that follows from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analytics.dimensions import DIMENSIONS

Choices = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Filters:
    """The rows a figure is counted on. An empty choice means all.

    choices: (dimension, its chosen values), sorted, so that equal filters are equal objects.
    starts_from, starts_to: first and last start of the editions that count, both included.
    excluded: (dimension, the values that do not count); what is not known of a row does not exclude it.
    dated_from, dated_to: first and last day of what counts, both included, by the date of each metric.
    """

    choices: Choices = ()
    starts_from: date | None = None
    starts_to: date | None = None
    excluded: Choices = ()
    dated_from: date | None = None
    dated_to: date | None = None

    @staticmethod
    def of(
        choices: Mapping[str, Iterable[str]], starts_from: date | None = None, starts_to: date | None = None,
        excluded: Mapping[str, Iterable[str]] | None = None,
    ) -> "Filters":
        """Filters on those values, all but the excluded; ValueError for a dimension that does not exist."""
        return Filters(_sort(choices), starts_from, starts_to, _sort(excluded or {}))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that leave something out."""
        return tuple(dict.fromkeys(key for key, _ in (*self.choices, *self.excluded)))

    @property
    def has_span(self) -> bool:
        return bool(self.dated_from or self.dated_to)

    def values(self, dimension: str) -> tuple[str, ...]:
        """The values chosen for a dimension; none means all."""
        return dict(self.choices).get(dimension, ())

    def values_left_out(self, dimension: str) -> tuple[str, ...]:
        """The values of a dimension that do not count."""
        return dict(self.excluded).get(dimension, ())

    def also(self, dimension: str, *values: str) -> "Filters":
        """The same filters with one dimension held to those values."""
        rest = self.without(dimension)
        return replace(rest, choices=tuple(sorted((*rest.choices, (dimension, tuple(sorted(values)))))))

    def without(self, *dimensions: str) -> "Filters":
        """The same filters, nothing asked of those dimensions."""
        left, out = ([pair for pair in pairs if pair[0] not in dimensions] for pairs in (self.choices, self.excluded))
        return replace(self, choices=tuple(left), excluded=tuple(out))

    def within(self, dated_from: date | None, dated_to: date | None) -> "Filters":
        """The same filters on a span of time, by the date of each metric."""
        return replace(self, dated_from=dated_from, dated_to=dated_to)

    def later(self, days: int) -> "Filters":
        """The same filters on a span so many days later."""
        moved = (day + timedelta(days=days) if day else None for day in (self.dated_from, self.dated_to))
        return self.within(*moved)

    def unheeded_by(self, table: str) -> list[str]:
        """Chosen dimensions that the rows of a table do not have: a place has no gender."""
        return [key for key in self.dimensions if table not in DIMENSIONS[key].tables]

    def where(self, table: str, dated_by: str | None = None) -> tuple[str, dict[str, object]]:
        """The condition on a table and the values it binds. Names come from DIMENSIONS, values are always bound.

        dated_by: the date by which the span is asked for; rows without it are in no span.
        """
        conditions, values = ["true"], {}
        for key, chosen in self.choices:
            if table in DIMENSIONS[key].tables:
                conditions.append(f"list_contains($chosen_{key}::varchar[], {key})")
                values[f"chosen_{key}"] = list(chosen)
        for key, left_out in self.excluded:
            if table in DIMENSIONS[key].tables:
                conditions.append(f"not coalesce(list_contains($excluded_{key}::varchar[], {key}), false)")
                values[f"excluded_{key}"] = list(left_out)
        for name, column, sign, day in self._days(dated_by):
            if column and day:
                conditions.append(f"{column} {sign} ${name}")
                values[name] = day
        return " and ".join(conditions), values

    def _days(self, dated_by: str | None) -> Iterable[tuple[str, str | None, str, date | None]]:
        yield "starts_from", "starts_on", ">=", self.starts_from
        yield "starts_to", "starts_on", "<=", self.starts_to
        yield "dated_from", dated_by, ">=", self.dated_from
        yield "dated_to", dated_by, "<=", self.dated_to


def _sort(choices: Mapping[str, Iterable[str]]) -> Choices:
    unknown = sorted(set(choices) - set(DIMENSIONS))
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is not a dimension. Try one of: {', '.join(DIMENSIONS)}")
    chosen = {key: tuple(sorted(set(values))) for key, values in choices.items()}
    return tuple(sorted((key, values) for key, values in chosen.items() if values))


EVERYTHING = Filters()
