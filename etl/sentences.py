"""What a load says, in the three languages: a sentence for every rule and a word for every part of the summary."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("es", "va", "en")
ASIDE = re.compile(r"\s*\([^()]*\{found\}[^()]*\)|: \{found\}(?=\.)")
QUOTED = re.compile("[«“]{found}[»”]")
DECIMALS = re.compile(r"(?<![\w./])(?<!\w-)(\d+)\.(\d+)(?![\w./])")
SIZES = ("found", "limit")  # details that are numbers of many digits
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
    counts: Mapping[str, Sequence[str]]  # one of them, many of them
    measures: Mapping[str, str]  # that a file may be too large by

    def say_row(self, rule: str, found: object = None) -> str:
        """The sentence; a cell that is not shown, because it would be personal data, says so."""
        if found is None:
            return ASIDE.sub("", self.rows[rule]).replace("{found}", self.words["hidden"])
        return self.rows[rule].replace("{found}", self.show_found(rule, str(found)))

    def say_rule(self, rule: str) -> str:
        """The sentence with no row in mind."""
        return ASIDE.sub("", self.rows[rule]).replace("{found}", "…")

    def show_found(self, rule: str, found: str) -> str:
        """What a check worked out, its decimals as the language writes them; what a cell holds, as it was sent."""
        return found if QUOTED.search(self.rows[rule]) else DECIMALS.sub(self._write_decimals, found)

    def _write_decimals(self, written: re.Match[str]) -> str:
        sign = "." if self.language == "en" else ","
        return f"{self.number(int(written[1]))}{sign}{written[2]}"

    def say_file(self, rule: str, details: Mapping[str, object]) -> str:
        told = dict(details)
        for name, words in (("export", self.exports), ("measure", self.measures)):
            if name in told:
                told[name] = words.get(str(told[name]), told[name])
        for name in SIZES:
            if str(told.get(name, "")).isdecimal():
                told[name] = self.number(int(told[name]))
        return self.files[rule].format_map(Told(told))

    def word(self, key: str, **told: object) -> str:
        return self.words[key].format_map(Told(told))

    def number(self, count: int) -> str:
        return f"{count:,}" if self.language == "en" else f"{count:,}".replace(",", ".")

    def share(self, part: int, whole: int) -> str:
        """A percentage without its decimals, so that only all of them are 100 %."""
        percent = 100 * part // whole
        return f"{percent}%" if self.language == "en" else f"{percent} %"

    def count(self, noun: str, count: int) -> str:
        one, many = self.counts[noun]
        return f"{self.number(count)} {one if count == 1 else many}"


class Told(dict):
    """A placeholder that nobody filled is a dash, so that no sentence is lost over a missing detail."""

    def __missing__(self, key: str) -> str:
        return "—"


def load_sentences(language: str) -> Sentences:
    content = tomllib.loads((LANGUAGES_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    parts = ("rows", "files", "words", "exports", "kinds", "counts", "measures")
    return Sentences(language, *(content[part] for part in parts))
