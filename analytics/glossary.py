"""Glossary: every metric, dimension, rule and word of the registry, told in a language and searched through."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analytics.dimensions import DIMENSIONS, Dimension
from analytics.formats import UNKNOWN
from analytics.incidents import Rule
from analytics.metrics import FAMILIES, METRICS, Metric
from analytics.targets import Target
from analytics.words import Words

# The core words, in the order in which they build on each other; their texts are under [term].
TERMS = (
    "course", "edition", "offered_edition", "application", "enrolment", "entry", "credential", "person", "age",
    "eligible", "cut_off", "load", "rejected", "flagged", "superseded",
)


@dataclass(frozen=True)
class Entry:
    """Something that is defined: its name and key, and what it means.

    facts: (what, words), short; values: (value, what it stands for); formulas: (side, SQL).
    """

    key: str
    name: str
    text: str
    facts: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    formulas: tuple[tuple[str, str], ...] = ()

    def tells_of(self, search: str) -> bool:
        """Whether every word of a search is in its name, key, text or values; case and accents do not matter."""
        told = fold(" ".join([self.key, self.name, self.text, *(f"{what} {words}" for what, words in self.values)]))
        return all(word in told for word in fold(search).split())


def fold(text: str) -> str:
    """A text without case and accents: what a reader types on any keyboard."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def search_through(entries: Iterable[Entry], search: str) -> list[Entry]:
    """The entries that a search finds; all of them for an empty one."""
    return [entry for entry in entries if entry.tells_of(search)]


def families(words: Words, targets: Mapping[str, Target]) -> dict[str, list[Entry]]:
    """The metrics of each family, in the order in which a reader meets them."""
    return {
        family: [describe_metric(words, metric, targets) for metric in metrics] for family, metrics in FAMILIES.items()
    }


def describe_metric(words: Words, metric: Metric, targets: Mapping[str, Target]) -> Entry:
    """A metric in words: what it counts, in what, from what, by what, and against which of the targets."""
    sides = {"numerator": metric.numerator, "denominator": metric.denominator}
    return Entry(
        metric.key, words.metric(metric.key), words(f"metric.{metric.key}.definition"),
        tuple(_facts(words, metric, targets)),
        formulas=tuple((words(f"table.{side}"), sql) for side, sql in sides.items() if sql),
    )


def _facts(words: Words, metric: Metric, targets: Mapping[str, Target]) -> Iterable[tuple[str, str]]:
    target = targets.get(metric.target or "")
    if target:
        yield words("fact.target"), f"{target.name_in(words)}. {target.source_in(words)}"
    yield words("fact.unit"), words(f"unit.{metric.unit}")
    yield words("fact.counted_on"), _list(words(f"counted_on.{table}") for table in metric.tables)
    if metric.dated_by:
        yield words("fact.dated_by"), words(f"dated_by.{metric.dated_by}")
    yield words("fact.needs"), _list(words(f"export.{export}") for export in metric.needs)
    yield words("fact.split_by"), _list(dict.fromkeys(words.dimension(key) for key in metric.dimensions)) or UNKNOWN


def dimensions(words: Words) -> list[Entry]:
    """Every dimension with its values in words."""
    return [_describe_dimension(words, dimension) for dimension in DIMENSIONS.values()]


def _describe_dimension(words: Words, dimension: Dimension) -> Entry:
    note = f"dimension_note.{dimension.key}"
    applies = (table for table in ("edition", "enrolment", "teaching") if table in dimension.tables)
    metrics = sum(dimension.key in metric.dimensions for metric in METRICS.values())
    facts = [
        (words("fact.applies_to"), _list(words(f"counted_on.{table}") for table in applies)),
        (words("fact.splits"), words("fact.indicators", metrics)),
    ]
    values = {value: f"value_note.{dimension.key}.{value}" for value in _values(words, dimension)}
    are_explained = bool(values) and all(map(words.has, values.values()))
    if not are_explained:
        named = " · ".join(words.value(dimension.key, value) for value in values) or words("fact.own_values")
        facts.append((words("fact.values"), named))
    explained = ((words.value(dimension.key, value), words(key)) for value, key in values.items() if are_explained)
    return Entry(
        dimension.key, words.dimension(dimension.key), words(note) if words.has(note) else "", tuple(facts),
        tuple(explained),
    )


def _values(words: Words, dimension: Dimension) -> Sequence[str]:
    """The values of a dimension in their order; none where they are words of the exports."""
    if dimension.names_itself:
        return ()
    prefix = f"value.{dimension.key}."
    return dimension.order or [key.removeprefix(prefix) for key in words.every_key() if key.startswith(prefix)]


def describe_rules(words: Words, rules: Sequence[Rule]) -> list[Entry]:
    """Rules by their sentences, with the rows of the load that met each."""
    return [Entry(rule.rule, rule.short, rule.rest, _met(words, rule)) for rule in rules]


def _met(words: Words, rule: Rule) -> tuple[tuple[str, str], ...]:
    return ((words("fact.met"), words("fact.rows", rule.rows)),) if rule.rows else ()


def terms(words: Words) -> list[Entry]:
    """The core words and what they mean here."""
    return [Entry(key, words(f"term.{key}.name"), words(f"term.{key}.text")) for key in TERMS]


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
