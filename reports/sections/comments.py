"""Section 11, comments on the sections, each with its author and date; the sections without one are listed."""

from reports.content import Section
from reports.writing import Draft, Line, make_grid, prose

NUMBER = 11
# Sections that somebody may be asked about; the others speak for themselves.
COMMENTED = (
    "targets", "funnel", "common_indicators", "eligibility", "register", "commitments", "economic", "evidence",
    "quality", "changes",
)
COLUMNS = (("section", "text"), ("comment", "text"), ("author", "text"), ("written_on", "day"))


def write_comments(draft: Draft) -> Section:
    lines = [
        Line(f"{number}/{comment.section}", (
            draft.say(f"section.{comment.section}"), comment.text, comment.author, comment.written_on,
        ))
        for number, comment in enumerate(draft.comments, start=1)
    ]
    blocks = [make_grid(draft, NUMBER, "comments", COLUMNS, lines)] if lines else []
    empty = uncommented(draft)
    if empty:
        names = "; ".join(draft.say(f"section.{key}") for key in empty)
        blocks.append(prose("uncommented", draft.say("uncommented", sections=names)))
    return Section(NUMBER, "comments", draft.say("section.comments"), tuple(blocks))


def uncommented(draft: Draft) -> list[str]:
    """The sections without a comment."""
    commented = {comment.section for comment in draft.comments}
    return [key for key in COMMENTED if key not in commented]
