"""The files of a digest: HTML for an e-mail, the same as plain text and as PDF, and the e-mail ready to be sent."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from pathlib import Path
from textwrap import wrap

import typst

from analytics.table import Mark
from analytics.words import Words, words
from reports.content import Block, Prose
from reports.digest import Digest
from reports.document import LANGUAGES, STANDARDS, show_block, spell_out, written
from reports.glyphs import FONTS

TEMPLATE = Path(__file__).parent / "templates" / "digest.typ"
TEXT_COLUMNS = 72
NUMBERS = ("figure", "count", "share", "EUR", "ratio")
HTML_LANGUAGES = {"es": "es", "va": "ca-valencia", "en": "en"}
# Dark enough on white for small print; the word beside it says the same.
COLOURS = {"kept": "#0b6b42", "on_track": "#0b6b42", "at_risk": "#7a5600", "not_kept": "#b3261e"}
FONT = "font-family:Arial,Helvetica,sans-serif"
CELL = f"{FONT};font-size:14px;line-height:20px;color:#17202a;padding:6px 8px 6px 0;border-bottom:1px solid #d7dde3"
HEAD = f"{FONT};font-size:12px;line-height:16px;color:#52606d;padding:6px 8px 6px 0;border-bottom:2px solid #17202a"
TEXT = f"{FONT};font-size:15px;line-height:22px;color:#17202a;margin:0 0 8px"
SMALL = f"{FONT};font-size:12px;line-height:18px;color:#52606d;margin:0 0 4px"


def write_files(digest: Digest, sender: str | None = None, recipients: Sequence[str] = ()) -> dict[str, bytes]:
    """{file name: content}, the same bytes for the same digest."""
    name = f"digest-{digest.as_of.isoformat()}-{digest.language}"
    page, text, document = write_html(digest), write_text(digest), write_pdf(digest)
    mail = _write_mail(digest, name, page, text, document, sender, recipients)
    return {
        f"{name}.html": page.encode(), f"{name}.txt": text.encode(), f"{name}.pdf": document, f"{name}.eml": mail,
    }


def write_html(digest: Digest) -> str:
    """One file without anything from outside: styles beside each element, as mail programs want them."""
    says = words(digest.language)
    parts = [part for section in digest.sections for part in (
        f"<h2 style='{FONT};font-size:18px;line-height:24px;color:#123a72;margin:24px 0 8px'>"
        f"{escape(section.title)}</h2>", *(_to_html(block, says) for block in section.blocks),
    )]
    marked = f"{TEXT};border-left:3px solid #b07d00;padding-left:10px"
    notes = [f"<p style='{marked}'>{escape(one)}</p>" for one in digest.notes]
    body = "".join([
        f"<p style='{SMALL};font-weight:bold'>{escape(digest.marks)}</p>",
        f"<h1 style='{FONT};font-size:24px;line-height:30px;color:#123a72;margin:8px 0'>{escape(digest.title)}</h1>",
        f"<p style='{TEXT};font-size:17px;line-height:25px'>{escape(digest.summary)}</p>",
        f"<p style='{SMALL};margin-bottom:12px'>{escape(digest.span)}</p>", *notes, *parts,
        "<div style='border-top:1px solid #c9d1d9;margin-top:24px;padding-top:10px'>",
        *(f"<p style='{SMALL};word-break:break-word'>{escape(one)}</p>" for one in digest.sources), "</div>",
    ])
    return (
        f"<!DOCTYPE html>\n<html lang='{HTML_LANGUAGES[digest.language]}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(digest.title)}</title></head><body style='margin:0;padding:0;background:#ffffff'>"
        "<table role='presentation' width='100%' cellpadding='0' cellspacing='0' border='0'><tr>"
        "<td align='center' style='padding:20px 16px'>"
        "<table role='presentation' width='100%' cellpadding='0' cellspacing='0' border='0' style='max-width:600px'>"
        f"<tr><td align='left'>{body}</td></tr></table></td></tr></table></body></html>\n"
    )


def _to_html(block: Block, says: Words) -> str:
    if isinstance(block, Prose):
        return "".join(f"<p style='{TEXT}'>{escape(one)}</p>" for one in block.paragraphs)
    columns = block.table.columns
    sides = ["right" if column.unit in NUMBERS else "left" for column in columns]
    head = "".join(
        f"<th scope='col' align='{side}' valign='bottom' style='{HEAD}{';white-space:nowrap' * (side == 'right')}'>"
        f"{escape(column.heading)}</th>"
        for column, side in zip(columns, sides, strict=True)
    )
    rows = "".join(
        f"<tr>{''.join(map(_cell, row, texts, sides, range(len(row))))}</tr>"
        for row, texts in zip(block.table.rows, written(block.table, says), strict=True)
    )
    return (
        "<table width='100%' cellpadding='0' cellspacing='0' border='0' style='border-collapse:collapse'>"
        f"<caption align='top' style='{SMALL};text-align:left'>{escape(block.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cell(cell: object, shown: str, side: str, place: int) -> str:
    style = f"{CELL};white-space:nowrap" if side == "right" else CELL
    if isinstance(cell, Mark):
        style += f";font-weight:bold;color:{COLOURS.get(cell.status, '#52606d')}"
    if place == 0:
        return f"<th scope='row' align='left' valign='top' style='{style};font-weight:normal'>{escape(shown)}</th>"
    return f"<td align='{side}' valign='top' style='{style}'>{escape(shown)}</td>"


def write_text(digest: Digest) -> str:
    """The same in plain letters, each row of a table on lines of its own."""
    says = words(digest.language)
    lines = [digest.marks, "", digest.title.upper(), "", *_wrap(digest.summary), *_wrap(digest.span)]
    lines += [line for note in digest.notes for line in ("", *_wrap(note))]
    for section in digest.sections:
        lines += ["", section.title, "-" * len(section.title)]
        lines += [line for block in section.blocks for line in _to_text(block, says)]
    lines += ["", "--", *(line for source in digest.sources for line in _wrap(source))]
    return "\n".join(lines) + "\n"


def _to_text(block: Block, says: Words) -> Iterator[str]:
    if isinstance(block, Prose):
        for paragraph in block.paragraphs:
            yield from _wrap(paragraph)
        return
    heads = [column.heading for column in block.table.columns]
    for name, *others in written(block.table, says):
        yield from _wrap(f"* {name}", "  ")
        told = "; ".join(f"{head}: {text}" for head, text in zip(heads[1:], others, strict=True) if text)
        yield from (f"  {line}" for line in _wrap(told))


def _wrap(text: str, indent: str = "") -> list[str]:
    return wrap(text, TEXT_COLUMNS, subsequent_indent=indent, break_on_hyphens=False)


def write_pdf(digest: Digest) -> bytes:
    """The same as a tagged PDF (A-2a and UA-1)."""
    says = words(digest.language)
    language, region = LANGUAGES[digest.language]
    told = {
        "language": language, "region": region, "title": digest.title, "summary": digest.summary, "span": digest.span,
        "marks": digest.marks, "notes": list(digest.notes), "sources": list(digest.sources),
        "says": {key.removeprefix("document."): says(key) for key in says.every_key() if key.startswith("document.")},
        "sections": [
            {"title": section.title, "items": [item for block in section.blocks for item in show_block(block, says)]}
            for section in digest.sections
        ],
    }
    return typst.compile(
        TEMPLATE, root=TEMPLATE.parent,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        sys_inputs={"digest": json.dumps(spell_out(told), ensure_ascii=False)},
        pdf_standards=STANDARDS, timestamp=int(digest.built_at.replace(tzinfo=UTC).timestamp()),
    )


def _write_mail(
    digest: Digest, name: str, page: str, text: str, document: bytes, sender: str | None, recipients: Sequence[str]
) -> bytes:
    """Plain text, HTML and the PDF. Whoever sends it adds its day and its name: with them the bytes would differ."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = f"{digest.title} · {digest.span}"
    if sender:
        mail["From"] = sender
    if recipients:
        mail["To"] = ", ".join(recipients)
    mail.set_content(text)
    mail.add_alternative(page, subtype="html")
    mail.add_attachment(document, maintype="application", subtype="pdf", filename=f"{name}.pdf")
    mail.set_boundary("digest-parts")
    mail.get_payload(0).set_boundary("digest-texts")
    return mail.as_bytes()
