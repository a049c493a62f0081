"""python -m etl layout FILE: how each header was understood. 0 it can be loaded, 1 it cannot, 2 wrong usage."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from etl.layout import load_layouts
from etl.layout_draft import write_draft
from etl.layout_survey import Column, Survey, survey_file
from etl.read import FileRefused
from etl.sentences import LANGUAGES, Sentences, load_sentences
from etl.summary import clean, describe_refusal, join


def show_layout(arguments: Sequence[str]) -> int:
    wanted = read_arguments(arguments)
    sentences = load_sentences(wanted.language)
    try:
        survey = survey_file(wanted.file, load_layouts(added=wanted.layouts))
        lines = list(describe_survey(survey, sentences))
        if wanted.write:
            lines += ["", write_to(wanted.write, survey, sentences)]
    except FileRefused as refusal:
        print(describe_refusal(refusal, sentences), file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 1 if survey.refusal else 0


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    words = load_sentences(LANGUAGES[0])
    parser = argparse.ArgumentParser(prog="python -m etl layout", description=words.word("usage_layout"))
    parser.add_argument("file", type=Path, metavar="FILE", help=words.word("usage_layout_file"))
    parser.add_argument("--write", type=Path, metavar="LAYOUT.toml", help=words.word("usage_layout_write"))
    parser.add_argument("--layouts", type=Path, metavar="DIR", help=words.word("usage_layouts"))
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help=words.word("usage_language"))
    return parser.parse_args(arguments)


def write_to(path: Path, survey: Survey, sentences: Sentences) -> str:
    """Never over a file that is there: somebody may have edited it."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(write_draft(survey, sentences))
    except FileExistsError as error:
        raise FileRefused(path.name, "layout_is_there_already") from error
    except OSError as error:
        raise FileRefused(path.name, "layout_cannot_be_written", {"reason": error.strerror}) from error
    return sentences.word("draft_written", path=path)


def describe_survey(survey: Survey, sentences: Sentences) -> Iterator[str]:
    table = survey.table
    yield f"{clean(table.file_name)}: {sentences.exports[survey.layout.export]}"
    if survey.refusal:
        yield describe_refusal(survey.refusal, sentences)
    form = {"encoding": table.encoding, "delimiter": say_delimiter(table.delimiter), "sheet": table.sheet_name}
    key = "form_of_sheet" if table.sheet_name else "form_of_text"
    yield sentences.word(key, **form, line=table.header_line)
    yield from (f"    {sentences.files[note]}" for note in table.notes)
    yield ""
    yield from (f"    {describe_column(column, sentences)}" for column in survey.columns if column.field)
    yield from describe_absent(survey, sentences)
    if survey.ignored:
        yield sentences.word("not_read", columns=join(survey.ignored))


def say_delimiter(delimiter: str | None) -> str:
    return {"\t": "⇥", None: ""}.get(delimiter, delimiter)


def describe_column(column: Column, sentences: Sentences) -> str:
    field = column.field
    told = [sentences.kinds[field.kind]]
    told += [sentences.word("required")] if field.required else []
    told += [sentences.word(column.convention)] if column.convention else []
    return f"«{clean(column.header)}» → {field.name} ({field.headers[0]}): {'; '.join(told)}"


def describe_absent(survey: Survey, sentences: Sentences) -> Iterator[str]:
    for field, candidate in survey.absent:
        if not survey.is_required(field):
            continue
        closest = sentences.word("closest", header=clean(candidate)) if candidate else ""
        yield "    " + sentences.word("absent_required", field=field.name, header=field.headers[0]) + closest
    optional = [field.headers[0] for field, _ in survey.absent if is_worth_saying(survey, field)]
    if optional:
        yield sentences.word("missing_columns", columns=join(optional))


def is_worth_saying(survey: Survey, field: object) -> bool:
    return not survey.is_required(field) and field.kind != "currency"
