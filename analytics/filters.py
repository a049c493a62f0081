"""Filters: what a reader asked to see, and the one WHERE clause that follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from analytics.dimensions import DIMENSIONS


@dataclass(frozen=True)
class Filters:
    """The rows a figure is counted on. An empty choice means all.

    choices: (dimension, its chosen values), sorted, so that equal filters are equal objects.
    starts_from, starts_to: first and last start of the editions that count, both included.
    """

    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    starts_from: date | None = None
    starts_to: date | None = None

    @staticmethod
    def of(choices: dict[str, Iterable[str]], starts_from: date | None = None, starts_to: date | None = None):
        """Filters on those values; ValueError for a dimension that does not exist."""
        unknown = sorted(set(choices) - set(DIMENSIONS))
        if unknown:
            raise ValueError(f"{', '.join(unknown)} is not a dimension. Try one of: {', '.join(DIMENSIONS)}")
        chosen = {key: tuple(sorted(set(values))) for key, values in choices.items()}
        return Filters(tuple(sorted((key, values) for key, values in chosen.items() if values)), starts_from, starts_to)

    def values(self, dimension: str) -> tuple[str, ...]:
        """The values chosen for a dimension; none means all."""
        return dict(self.choices).get(dimension, ())

    def also(self, dimension: str, *values: str) -> "Filters":
        """The same filters with one dimension held to those values."""
        choices = dict(self.choices) | {dimension: tuple(sorted(values))}
        return replace(self, choices=tuple(sorted(choices.items())))

    def unheeded_by(self, table: str) -> list[str]:
        """Chosen dimensions that the rows of a table do not have: a place has no gender."""
        return [key for key, _ in self.choices if table not in DIMENSIONS[key].tables]

    def where(self, table: str) -> tuple[str, dict[str, object]]:
        """The condition on a table and the values it binds. Names come from DIMENSIONS, values are always bound."""
        conditions, values = ["true"], {}
        for key, chosen in self.choices:
            if table in DIMENSIONS[key].tables:
                conditions.append(f"list_contains($chosen_{key}::varchar[], {key})")
                values[f"chosen_{key}"] = list(chosen)
        for name, sign, day in (("starts_from", ">=", self.starts_from), ("starts_to", "<=", self.starts_to)):
            if day:
                conditions.append(f"starts_on {sign} ${name}")
                values[name] = day
        return " and ".join(conditions), values


EVERYTHING = Filters()
