"""What a load says, in the three languages: a sentence for every rule and a word for every part of the summary."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("es", "va", "en")
LANGUAGES_FOLDER = Path(__file__).parent / "languages"


@dataclass(frozen=True)
class Sentences:
    """rows: rules that a row can break; files: refusals and notes; words: the summary and the list of rejected rows."""

    language: str
    rows: Mapping[str, str]
    files: Mapping[str, str]
    words: Mapping[str, str]
    exports: Mapping[str, str]
    kinds: Mapping[str, str]  # of fields

    def say_row(self, rule: str, found: object = None) -> str:
        """The sentence; what was found is not shown where it would be personal data."""
        return self.rows[rule].replace("{found}", self.words["hidden"] if found is None else str(found))

    def say_file(self, rule: str, details: Mapping[str, object]) -> str:
        export = details.get("export")
        told = {**details, "export": self.exports.get(str(export), export)} if export else details
        return self.files[rule].format_map(Told(told))

    def word(self, key: str, **told: object) -> str:
        return self.words[key].format_map(Told(told))

    def number(self, count: int) -> str:
        return f"{count:,}" if self.language == "en" else f"{count:,}".replace(",", ".")


class Told(dict):
    """A placeholder that nobody filled is a dash, so that no sentence is lost over a missing detail."""

    def __missing__(self, key: str) -> str:
        return "—"


def load_sentences(language: str) -> Sentences:
    content = tomllib.loads((LANGUAGES_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    parts = ("rows", "files", "words", "exports", "kinds")
    return Sentences(language, *(content[part] for part in parts))
