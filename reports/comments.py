"""Comments on figures and on the sections of a pack, kept beside the builds with every version of each."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from analytics.periods import HalfYear
from etl.beside import one_writer, write_whole
from reports.content import Comment

COMMENTS_NAME = "pack_comments.json"
LOCK_NAME = "pack_comments.lock"
DAYS = ("written_on", "first_on", "last_on")


class CommentsAreDamaged(Exception):
    """The file of comments cannot be read; it is left as it is."""


def read_versions(builds_folder: Path) -> tuple[Comment, ...]:
    """Every version of every comment, oldest first."""
    path = builds_folder / COMMENTS_NAME
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return _read_file(path, (found.st_ino, found.st_mtime_ns, found.st_size))


@lru_cache(maxsize=2)
def _read_file(path: Path, _state: tuple[int, ...]) -> tuple[Comment, ...]:
    """Read again only when the file was written again: every figure of a page asks for its notes."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        found = [comment_from(entry) for entry in entries]
    except (ValueError, KeyError, TypeError) as wrong:
        raise CommentsAreDamaged(f"{path} cannot be read. Mend or remove it.") from wrong
    return tuple(
        comment if comment.identity else replace(comment, identity=str(number)) for number, comment in enumerate(found)
    )


def read_comments(
    builds_folder: Path, period: HalfYear | None = None, metric: str | None = None
) -> tuple[Comment, ...]:
    """The newest version of each comment that was not withdrawn: of the packs of a period, of a metric, or all."""
    newest = newest_of(read_versions(builds_folder))
    return tuple(
        comment for comment in newest
        if (period is None or comment.period == str(period)) and (metric is None or comment.metric == metric)
    )


def count_versions(builds_folder: Path, identity: str) -> int:
    """How many times a comment was written, the first one counted."""
    return sum(comment.identity == identity for comment in read_versions(builds_folder))


def newest_of(versions: Sequence[Comment]) -> list[Comment]:
    """In the order in which they were first written."""
    newest = {comment.identity: comment for comment in versions}
    return [comment for comment in newest.values() if not comment.is_withdrawn]


def add_comment(builds_folder: Path, comment: Comment) -> None:
    """A new comment, or with the identity of another its next version."""
    told = comment if comment.identity else replace(comment, identity=secrets.token_hex(8))
    with one_writer(builds_folder / LOCK_NAME):
        entries = [to_plain(each) for each in (*read_versions(builds_folder), told)]
        content = json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
        write_whole(builds_folder / COMMENTS_NAME, content.encode())


def to_plain(comment: Comment) -> dict[str, object]:
    """As it is written; what is at its default is left out, as in the manifests of packs issued before it existed."""
    told = {one.name: getattr(comment, one.name) for one in fields(Comment)}
    known = {one.name: told[one.name] for one in fields(Comment) if told[one.name] != one.default}
    return {key: value.isoformat() if key in DAYS else value for key, value in known.items()}


def comment_from(entry: dict[str, object]) -> Comment:
    days = {key: date.fromisoformat(entry[key]) for key in DAYS if key in entry}
    return Comment(**entry | days)
