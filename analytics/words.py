"""Everything a reader sees, in Spanish, Valencian and English; numbers and dates as each writes them."""

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path

from analytics import formats

LANGUAGES = ("es", "va", "en")
FOLDER = Path(__file__).parent / "languages"


class Words:
    """The words of one language. Calling it with a key gives the sentence, its {places} filled in."""

    def __init__(self, language: str, sentences: dict[str, str]) -> None:
        self.language = language
        self._sentences = sentences

    def __call__(self, key: str, count: int | None = None, **places: object) -> str:
        """The sentence of a key; with `count`, its .one or .other form. KeyError for a key that has no words."""
        if count is not None:
            key = f"{key}.{'one' if count == 1 else 'other'}"
            places = {"count": formats.format_number(count, self.language)} | places
        return self._sentences[key].format(**places) if places else self._sentences[key]

    def has(self, key: str) -> bool:
        """Whether a key has words."""
        return key in self._sentences

    def every_key(self) -> list[str]:
        """Every key that has words."""
        return list(self._sentences)

    def metric(self, key: str) -> str:
        return self(f"metric.{key}.name")

    def dimension(self, key: str) -> str:
        return self(f"dimension.{key}")

    def value(self, dimension: str, value: str) -> str:
        """A value of a dimension in words; values that come from the exports are shown as they came."""
        key = f"value.{dimension}.{value}"
        if self.has(key):
            return self(key)
        return self("value.unknown") if value == "unknown" else str(value)

    def show(self, value, unit: str, cents: bool = False) -> str:
        return formats.format_value(value, unit, self.language, cents)

    def number(self, value, decimals: int | None = None) -> str:
        return formats.format_number(value, self.language, decimals)

    def share(self, value, decimals: int = 1) -> str:
        return formats.format_share(value, self.language, decimals)

    def points(self, difference) -> str:
        return formats.format_points(difference, self.language)

    def euros(self, value, cents: bool = True) -> str:
        return formats.format_euros(value, self.language, cents)

    def day(self, value: date | None) -> str:
        return formats.format_day(value)

    def moment(self, value: datetime) -> str:
        return formats.format_moment(value)

    def month(self, value: date) -> str:
        return formats.format_month(value, self.language)


@cache
def words(language: str) -> Words:
    """The words of es, va or en."""
    sentences: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        sentences |= dict(_leaves(tomllib.loads(path.read_text(encoding="utf-8"))))
    return Words(language, sentences)


def _leaves(tree: dict, prefix: str = ""):
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
