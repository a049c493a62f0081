"""What a load tells the person who ran it, in plain lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from etl.folder import SourceFile
from etl.load import Loaded
from etl.read import FileRefused
from etl.reconcile import Account, FileAccount, Reason
from etl.sentences import Sentences
from etl.strays import StrayNote

LONGEST_TEXT = 60
LONGEST_DETAIL = 400
NAMES_SHOWN = 12
NO_FURTHER = "…"


def summarise(loaded: Loaded, sentences: Sentences) -> Iterator[str]:
    counted = {file.file_id: file for file in loaded.account.files}
    for file in loaded.delivery.files:
        yield from describe_file(file, counted[file.file_id], sentences)
    if loaded.delivery.passed_over:
        yield sentences.word("folders_passed_over", folders=join(loaded.delivery.passed_over))
    came = {file.export for file in loaded.delivery.files}
    missing = [name for export, name in sentences.exports.items() if export not in came]
    if missing:
        yield sentences.word("missing_exports", exports=", ".join(missing))
    yield from describe_reasons(loaded, sentences)
    if loaded.delivery.is_sample:
        yield sentences.word("sample")


def describe_file(file: SourceFile, counted: FileAccount, sentences: Sentences) -> Iterator[str]:
    yield sentences.word(
        "file_line",
        file=clean(file.file_name),
        export=sentences.exports[file.export],
        read=sentences.number(counted.rows_read),
        accepted=sentences.number(counted.rows_accepted),
        rejected=sentences.number(counted.rows_rejected),
        superseded=sentences.number(counted.rows_superseded),
    )
    yield from (f"    {detail}" for detail in describe_details(file, counted, sentences))


def describe_details(file: SourceFile, counted: FileAccount, sentences: Sentences) -> Iterator[str]:
    renamed = [f"{usual} ← «{clean(found)}»" for usual, found in file.renamed().items()]
    if file.table.sheet_name:
        yield sentences.word("sheet", sheet=clean(file.table.sheet_name))
    if counted.rows_blank or counted.rows_footer:
        yield sentences.word("uncounted", blank=counted.rows_blank, footer=counted.rows_footer)
    columns = {"other_names": renamed, "not_read": file.understood.ignored, "missing_columns": file.missing()}
    yield from (sentences.word(key, columns=join(names)) for key, names in columns.items() if names)
    yield from (sentences.files[note] for note in file.table.notes)


def describe_reasons(loaded: Loaded, sentences: Sentences) -> Iterator[str]:
    headers = header_names(loaded.delivery.files)
    for part in ("rejected", "flagged", "superseded"):
        reasons: Sequence[Reason] = getattr(loaded.account, part)
        yield ""
        none = "" if reasons else " " + sentences.word("nothing")
        yield f"{sentences.word(part)}:{none}"
        yield from (f"    {describe_reason(reason, headers, sentences)}" for reason in reasons)


def describe_reason(reason: Reason, headers: Mapping[tuple[str, str | None], str], sentences: Sentences) -> str:
    header = headers.get((reason.file_name, reason.field))
    return sentences.word(
        "reason",
        rows=sentences.count("row", reason.rows),
        export=sentences.exports[reason.export],
        field=f", {clean(header)}" if header else "",
        sentence=sentences.say_row(reason.rule, clean(reason.found) if reason.found else None),
        file=clean(reason.file_name),
        line=reason.line,
    )


def header_names(files: Iterable[SourceFile]) -> dict[tuple[str, str | None], str]:
    return {
        (file.file_name, name): file.table.headers[at]
        for file in files
        for name, at in file.understood.positions.items()
    }


def describe_refusals(refusals: Iterable[FileRefused], sentences: Sentences) -> Iterator[str]:
    yield sentences.word("refused")
    yield from (f"    {describe_refusal(refusal, sentences)}" for refusal in refusals)
    yield sentences.word("previous_stays")


def describe_refusal(refusal: FileRefused, sentences: Sentences) -> str:
    details = {name: clean(str(value), LONGEST_DETAIL) for name, value in refusal.details.items()}
    if "rule" in details:
        details["reason"] = sentences.say_rule(details["rule"])
    sentence = sentences.say_file(refusal.rule, details)
    return sentences.word("refused_file", file=clean(refusal.file_name), sentence=sentence)


def describe_note(note: StrayNote, sentences: Sentences) -> str:
    details = {name: clean(str(told), LONGEST_DETAIL) for name, told in note.details.items()}
    sentence = sentences.say_file(note.rule, details)
    return sentences.word("refused_file", file=clean(note.file_name), sentence=sentence)


def describe_losses(account: Account, sentences: Sentences) -> Iterator[str]:
    """The files of which so much is rejected that nobody may overlook it."""
    for file in account.losing:
        share = sentences.share(file.rows_rejected, file.rows_read)
        rejected, read = sentences.number(file.rows_rejected), sentences.number(file.rows_read)
        yield sentences.word("many_rejected", file=clean(file.file_name), rejected=rejected, read=read, share=share)


def published_line(loaded: Loaded, sentences: Sentences) -> str:
    if loaded.build is None:
        return sentences.word("checked")
    accepted = count_accepted(loaded.account)
    return sentences.word(
        "published",
        build_id=loaded.build_id,
        editions=sentences.count("edition", accepted.get("catalogue", 0)),
        enrolments=sentences.count("enrolment", accepted.get("enrolments", 0)),
    )


def count_accepted(account: Account) -> dict[str, int]:
    accepted: dict[str, int] = {}
    for file in account.files:
        accepted[file.export] = accepted.get(file.export, 0) + file.rows_accepted
    return accepted


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """Foreign text on one line of a terminal: nothing that moves the cursor, and not a whole page of it."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return plain if len(plain) <= longest else plain[: longest - 1] + NO_FURTHER


def join(names: Sequence[str]) -> str:
    shown = [clean(name) for name in names[:NAMES_SHOWN]]
    return ", ".join(shown + [NO_FURTHER] * (len(names) > NAMES_SHOWN))
