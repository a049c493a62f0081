"""A layout to edit: every field of an export, with the headers of one file beside those that were not found."""

import json
from collections.abc import Iterator

from etl.layout import Field, show_header
from etl.layout_said import DATES, DECIMALS
from etl.layout_survey import Survey
from etl.sentences import Sentences


def write_draft(survey: Survey, sentences: Sentences) -> str:
    return "\n".join(draft_lines(survey, sentences)) + "\n"


def draft_lines(survey: Survey, sentences: Sentences) -> Iterator[str]:
    yield from comment(sentences.word("draft_intro", file=show_header(survey.table.file_name)))
    if survey.ignored:
        yield from comment(sentences.word("draft_candidates"))
        yield from (f"#     {quote(header)}" for header in survey.ignored)
    yield f"export = {quote(survey.layout.export)}"
    yield from comment(sentences.word("draft_dates"))
    yield f'# dates = "{DATES[0]}"'
    yield from comment(sentences.word("draft_decimals"))
    yield f'# decimals = "{DECIMALS[0]}"'
    found = {column.field.name: column.header for column in survey.columns if column.field}
    closest = {field.name: candidate for field, candidate in survey.absent}
    for field in survey.layout.fields.values():
        yield from draft_field(survey, field, found.get(field.name), closest.get(field.name), sentences)


def draft_field(
    survey: Survey, field: Field, header: str | None, candidate: str | None, sentences: Sentences
) -> Iterator[str]:
    """A guess stays a comment: what nobody has confirmed is not read."""
    need = sentences.word("required") if survey.is_required(field) or field.required else sentences.word("optional")
    yield ""
    yield f"# {field.headers[0]}: {sentences.kinds[field.kind]}; {need}"
    yield f"[fields.{field.name}]"
    yield f"headers = [{quote(header) if header else ''}]"
    if candidate:
        yield "# " + sentences.word("draft_perhaps") + f" headers = [{quote(candidate)}]"


def comment(text: str) -> Iterator[str]:
    yield from (f"# {line}" for line in text.splitlines())


def quote(header: str) -> str:
    """A string as TOML and JSON both write it, on one line."""
    return json.dumps(" ".join(header.split()), ensure_ascii=False).replace("\x7f", "\\u007f")
