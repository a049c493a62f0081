"""python -m etl EXPORTS loads a folder of exports and publishes a build: 0 published, 1 refused, 2 wrong usage.

python -m etl layout FILE says how a file was understood. (A folder called layout is ./layout.)
"""

import argparse
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from etl.builds import Build, BuildError
from etl.folder import LoadRefused
from etl.layout_command import show_layout
from etl.load import Loaded, load
from etl.read import FileRefused
from etl.reconcile import AccountDoesNotClose
from etl.rejected_list import write_rejected_list
from etl.sentences import LANGUAGES, Sentences, load_sentences
from etl.strays import Earlier, find_earlier, find_returns
from etl.summary import describe_losses, describe_note, describe_refusals, join, published_line, summarise

LAYOUT_COMMAND = "layout"
BUILDS_FOLDER = Path("data") / "builds"
ROWS_BETWEEN_REPORTS = 200_000


def main(arguments: Sequence[str] | None = None) -> int:
    told = list(sys.argv[1:] if arguments is None else arguments)
    return show_layout(told[1:]) if told[:1] == [LAYOUT_COMMAND] else load_exports(told)


def load_exports(arguments: Sequence[str]) -> int:
    wanted = read_arguments(arguments)
    sentences = load_sentences(wanted.language)
    try:
        earlier = find_earlier(wanted.builds)
        tell = Progress(sentences, wanted.quiet).tell
        loaded = load(wanted.exports, wanted.builds, tell, wanted.check, wanted.moment, wanted.layouts)
    except LoadRefused as refused:
        refusals = refused.refusals
    except FileRefused as refused:
        refusals = [refused]
    except BuildError as error:
        refusals = [FileRefused(str(wanted.builds), error.rule, dict(error.details))]
    except AccountDoesNotClose as error:
        refusals = [FileRefused(wanted.exports.absolute().name, "account_does_not_close", {"what": str(error)})]
    except KeyboardInterrupt:
        refusals = [FileRefused(wanted.exports.absolute().name, "load_was_interrupted")]
    except Exception as error:  # its message, and a traceback with it, may quote a cell
        refusals = [FileRefused(wanted.exports.absolute().name, "load_failed", {"what": locate(error)})]
    else:
        report(loaded, earlier, wanted, sentences)
        return 0
    print("\n".join(describe_refusals(refusals, sentences)), file=sys.stderr)
    return 1


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    words = load_sentences(LANGUAGES[0])
    parser = argparse.ArgumentParser(prog="python -m etl", description=words.word("usage"))
    parser.add_argument("exports", type=Path, metavar="EXPORTS", help=words.word("usage_exports"))
    parser.add_argument("--builds", type=Path, default=BUILDS_FOLDER, help=words.word("usage_builds"))
    parser.add_argument("--check", action="store_true", help=words.word("usage_check"))
    parser.add_argument("--layouts", type=Path, metavar="DIR", help=words.word("usage_layouts"))
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help=words.word("usage_language"))
    parser.add_argument("--quiet", action="store_true", help=words.word("usage_quiet"))
    parser.add_argument("--moment", type=read_moment, metavar="2026-01-15T08:30:00", help=words.word("usage_moment"))
    return parser.parse_args(arguments)


def read_moment(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Progress:
    """Says now and then how far a long file has been read."""

    def __init__(self, sentences: Sentences, quiet: bool) -> None:
        self._sentences = sentences
        self._quiet = quiet
        self._told: dict[str, int] = {}

    def tell(self, file_name: str, rows: int) -> None:
        if self._quiet or rows - self._told.get(file_name, 0) < ROWS_BETWEEN_REPORTS:
            return
        self._told[file_name] = rows
        line = self._sentences.word("progress", file=join([file_name]), rows=self._sentences.number(rows))
        print(line, file=sys.stderr, flush=True)


def report(loaded: Loaded, earlier: Sequence[Earlier], wanted: argparse.Namespace, sentences: Sentences) -> None:
    lines = []
    if not wanted.quiet:
        lines += [sentences.word("title", folder=wanted.exports), "", *summarise(loaded, sentences), ""]
    lines += say_strays(loaded, earlier, sentences)
    lines += describe_losses(loaded.account, sentences)
    if loaded.build:
        lines += say_list(loaded.build, sentences)
    lines.append(published_line(loaded, sentences))
    try:
        print("\n".join(lines), flush=True)
    except BrokenPipeError:  # whoever reads has seen enough; the build is published all the same
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say_strays(loaded: Loaded, earlier: Sequence[Earlier], sentences: Sentences) -> Iterator[str]:
    files = loaded.delivery.files
    if earlier and earlier[0].hashes == {file.table.sha256 for file in files}:
        yield sentences.word("already_loaded", date=earlier[0].loaded_on, build_id=earlier[0].build_id)
    yield from (describe_note(note, sentences) for note in (*loaded.notes, *find_returns(files, earlier)))


def say_list(build: Build, sentences: Sentences) -> list[str]:
    try:
        path = write_rejected_list(build, sentences)
    except OSError as error:  # the build is published and holds the list too
        return [sentences.word("list_not_written", reason=error.strerror)]
    workbook = path.with_suffix(".xlsx")
    told = [sentences.word("rejected_list", path=path)]
    return told + ([sentences.word("rejected_workbook", path=workbook)] if workbook.exists() else [])


def locate(error: Exception) -> str:
    """Kind of error and place in the code, for whoever maintains it; nothing of what was being read."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}"


if __name__ == "__main__":
    sys.exit(main())
