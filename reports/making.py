"""Making a pack for a reader who waits: the file, its pages as pictures and the figures of the form, step by step."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from analytics.periods import HalfYear
from etl.builds import Build
from reports.content import Kind, Pack, State
from reports.form import Labelled, form_figures
from reports.issued import Issued, issue
from reports.manifest import name_pack
from reports.pack import make_pack
from reports.package import Writers, default_writers, file_name, read_members, write_zip

STEPS = ("figures", "pdf", "workbook", "pages")


@dataclass(frozen=True)
class Asked:
    """What pack is asked for."""

    build: Build
    period: HalfYear
    as_of: date
    language: str
    kind: Kind
    state: State


@dataclass(frozen=True)
class Made:
    """A pack as it goes out, and what is shown of it. pages: SVG, compressed. residuals: why it does not close."""

    name: str
    content: bytes
    pages: tuple[bytes, ...]
    form: tuple[Labelled, ...]
    residuals: tuple[str, ...]
    figures: int
    pack: Pack

    @property
    def stem(self) -> str:
        """What its files are called."""
        return file_name(self.pack).removesuffix(".zip")

    def page(self, number: int) -> str:
        """A page, the first is 1, as an SVG."""
        return zlib.decompress(self.pages[number - 1]).decode()

    def member(self, name: str) -> bytes:
        """One file of the pack: report.pdf, report.xlsx."""
        return read_members(self.content)[name]


def make(builds_folder: Path, asked: Asked, tell: Callable[[str], None]) -> Made:
    """The pack that the command line makes of the same; tell: called with each of STEPS as it begins."""

    def announce(step: str, write: Callable[[Pack], bytes]) -> Callable[[Pack], bytes]:
        def announced(pack: Pack) -> bytes:
            tell(step)
            return write(pack)
        return announced

    tell("figures")
    pack = make_pack(
        builds_folder, asked.period, asked.as_of, asked.language, asked.kind, asked.state, asked.build
    )
    writers = default_writers()
    content = write_zip(pack, Writers(announce("pdf", writers.pdf), announce("workbook", writers.workbook)))
    tell("pages")
    from reports.document import draw_pages  # noqa: PLC0415  typst is only loaded when a document is asked for
    pages = tuple(zlib.compress(page.encode(), 1) for page in draw_pages(pack))
    return Made(name_pack(pack), content, pages, tuple(form_figures(pack)), pack.residuals, len(pack.figures), pack)


def issue_made(builds_folder: Path, made: Made) -> Issued:
    """Issue a pack that was made. A public one is written again, without the mark that it may not be handed out."""
    content = write_zip(replace(made.pack, is_issued=True)) if made.pack.stays_here else made.content
    return issue(builds_folder, content)
