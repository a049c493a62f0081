"""Comments on the sections of a pack, kept beside the builds: who explained what, and when."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

from analytics.periods import HalfYear
from etl.beside import one_writer, write_whole
from reports.content import Comment

COMMENTS_NAME = "pack_comments.json"
LOCK_NAME = "pack_comments.lock"


class CommentsAreDamaged(Exception):
    """The file of comments cannot be read; it is left as it is."""


def read_comments(builds_folder: Path, period: HalfYear | None = None) -> tuple[Comment, ...]:
    """The comments on the packs of a period, or all, oldest first."""
    path = builds_folder / COMMENTS_NAME
    if not path.exists():
        return ()
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        found = [comment_from(entry) for entry in entries]
    except (ValueError, KeyError, TypeError) as wrong:
        raise CommentsAreDamaged(f"{path} cannot be read. Mend or remove it.") from wrong
    return tuple(comment for comment in found if period is None or comment.period == str(period))


def add_comment(builds_folder: Path, comment: Comment) -> None:
    with one_writer(builds_folder / LOCK_NAME):
        entries = [to_plain(each) for each in (*read_comments(builds_folder), comment)]
        content = json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
        write_whole(builds_folder / COMMENTS_NAME, content.encode())


def to_plain(comment: Comment) -> dict[str, str]:
    return asdict(comment) | {"written_on": comment.written_on.isoformat()}


def comment_from(entry: dict[str, str]) -> Comment:
    return Comment(**entry | {"written_on": date.fromisoformat(entry["written_on"])})
