"""Section 11, the comments that stand nowhere else, with author and date; the sections without one are listed."""

from collections.abc import Sequence

from analytics.words import Words
from reports.content import Comment, Section
from reports.writing import Draft, Line, make_grid, prose

NUMBER = 11
# Sections that somebody may be asked about; the others speak for themselves.
COMMENTED = (
    "targets", "funnel", "common_indicators", "eligibility", "register", "commitments", "economic", "evidence",
    "quality", "changes",
)
COLUMNS = (("section", "text"), ("comment", "text"), ("author", "text"), ("written_on", "day"))


def write_comments(draft: Draft) -> Section:
    apart = [comment for comment in draft.comments if comment.line not in draft.ledger.explained]
    parts = {
        "comments": [comment for comment in apart if comment.is_internal],
        "open_comments": [comment for comment in apart if not comment.is_internal],
    }
    blocks = [
        make_grid(
            draft, NUMBER, key, COLUMNS, _lines(draft, comments), said_as="comments",
            scope=draft.say(f"comments.scope_{key}"),
        )
        for key, comments in parts.items() if comments
    ]
    empty = uncommented(draft)
    if empty:
        names = "; ".join(draft.say(f"section.{key}") for key in empty)
        blocks.append(prose("uncommented", draft.say("uncommented", sections=names)))
    return Section(NUMBER, "comments", draft.say("section.comments"), tuple(blocks))


def _lines(draft: Draft, comments: Sequence[Comment]) -> list[Line]:
    return [
        Line(f"{number}/{comment.line or comment.section or comment.metric}", (
            name_subject(draft.words, comment), comment.text, comment.author, comment.written_on,
        ))
        for number, comment in enumerate(comments, start=1)
    ]


def name_subject(words: Words, comment: Comment) -> str:
    """What a comment is about: a section, a line of what changed, or a figure with its day or span."""
    if comment.line:
        return words("pack.comments.line", section=words(f"pack.section.{comment.section}"), line=comment.line)
    if comment.section:
        return words(f"pack.section.{comment.section}")
    name = words.metric(comment.metric)
    if comment.first_on is None:
        return name
    days = [comment.first_on] if comment.last_on is None else [comment.first_on, comment.last_on]
    return f"{name} · {' – '.join(words.day(day) for day in days)}"


def uncommented(draft: Draft) -> list[str]:
    """The sections without a comment."""
    commented = {comment.section for comment in draft.comments if not comment.line}
    return [key for key in COMMENTED if key not in commented]
