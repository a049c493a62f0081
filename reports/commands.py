"""The commands of the pack: make one, prove one, explain a figure, write a comment."""

import argparse
import json
import re
import sys
from datetime import date
from pathlib import Path

from analytics.metrics import METRICS
from analytics.periods import HalfYear
from analytics.snapshot import default_cut_off, take_snapshot
from analytics.words import LANGUAGES, words
from etl.builds import Build, BuildError, current_build
from reports.change_lines import NUMBER as CHANGES
from reports.comments import CommentsAreDamaged, add_comment
from reports.content import KINDS, STATES, Comment
from reports.disclosure import CannotPublish
from reports.figures import ALPHABET, CODE_LENGTH
from reports.grant import GrantIsWrong
from reports.indicators import NoBuild
from reports.issued import CannotIssue, IssuedIsDamaged, find_build, issue
from reports.pack import make_pack
from reports.package import DoesNotClose, NotAPack, file_name, read_manifest, read_members, write_zip
from reports.passport import NoSuchFigure, explain_code, to_text
from reports.proof import verify
from reports.sections.comments import COMMENTED

BUILDS = Path("data/builds")
LINE_CODE = re.compile(rf"{CHANGES}-[{ALPHABET}]{{{CODE_LENGTH}}}")
REFUSALS = (
    NoBuild, NoSuchFigure, CannotIssue, IssuedIsDamaged, CommentsAreDamaged, GrantIsWrong, OSError,
)


def add_commands(commands: argparse._SubParsersAction) -> None:
    _add_pack(commands)
    _add_verify(commands)
    _add_explain(commands)
    _add_comment(commands)


def _add_pack(commands) -> None:
    command = commands.add_parser("pack", help="the funding pack of a half-year at a cut-off, as a ZIP")
    command.add_argument("--period", type=read_period, required=True, metavar="2025-H2")
    command.add_argument("--as-of", type=read_day, required=True, metavar="YYYY-MM-DD", help="cut-off date")
    command.add_argument("--language", choices=LANGUAGES, default="es")
    command.add_argument("--kind", choices=KINDS, default="restricted")
    command.add_argument("--state", choices=STATES, default="borrador")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the ZIP is written")
    command.add_argument("--issue", action="store_true", help="remember it as issued and keep its build for good")
    _add_build(command)
    command.set_defaults(run=run_pack)


def _add_verify(commands) -> None:
    command = commands.add_parser("verify", help="prove every figure of a pack again; exit 1 when anything differs")
    command.add_argument("pack", type=Path, metavar="PACK.zip")
    command.add_argument("--builds", type=Path, default=None, metavar="DIR", help="folder with the build it names")
    command.add_argument("--exports", type=Path, default=None, metavar="DIR", help="the source files, loaded again")
    command.add_argument("--language", choices=LANGUAGES, default="es")
    command.set_defaults(run=run_verify)


def _add_explain(commands) -> None:
    command = commands.add_parser("explain", help="the passport of a figure: definition, query, rows, file and line")
    command.add_argument("code", metavar="CODE", help="as printed, 1-ABCDEFG, with .column for one number of the row")
    command.add_argument("--pack", type=Path, metavar="PACK.zip", help="take build, period and cut-off from this pack")
    command.add_argument("--period", type=read_period, metavar="2025-H2", help="default: that of the cut-off")
    command.add_argument("--as-of", type=read_day, metavar="YYYY-MM-DD", help="default: the newest event of the build")
    command.add_argument("--language", choices=LANGUAGES, default="es")
    command.add_argument("--rows", type=int, default=20, metavar="N", help="rows shown of each number; 0 for all")
    command.add_argument("--format", choices=("text", "json"), default="text")
    _add_build(command)
    command.set_defaults(run=run_explain)


def _add_comment(commands) -> None:
    command = commands.add_parser("comment", help="a comment, printed in the packs of a period")
    command.add_argument("--period", type=read_period, required=True, metavar="2025-H2")
    subject = command.add_mutually_exclusive_group(required=True)
    subject.add_argument("--section", choices=COMMENTED, default="")
    subject.add_argument("--indicator", choices=METRICS, default="", metavar="METRIC")
    subject.add_argument(
        "--line", type=read_line, metavar="10-XXXXXXX", help="a line of what changed, by its code"
    )
    command.add_argument("--public", action="store_true", help="in public packs too; default: in restricted ones only")
    command.add_argument("--author", required=True)
    command.add_argument("--text", required=True)
    command.add_argument("--on", type=read_day, default=None, metavar="YYYY-MM-DD", help="default: today")
    command.add_argument("--builds", type=Path, default=BUILDS, metavar="DIR")
    command.set_defaults(run=run_comment)


def _add_build(command) -> None:
    command.add_argument("--builds", type=Path, default=BUILDS, metavar="DIR", help="folder of the builds")
    command.add_argument("--build", metavar="ID", help="a build that is kept; default: the current one")


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date. Write it as 2026-02-15") from None


def read_period(text: str) -> HalfYear:
    try:
        return HalfYear.read(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def read_line(text: str) -> str:
    code = text.strip().upper()
    if not LINE_CODE.fullmatch(code):
        raise argparse.ArgumentTypeError(f"{text} is no line of section {CHANGES}. Write its code as {CHANGES}-ABC1234")
    return code


def run(asked: argparse.Namespace) -> int:
    """0 done, 1 refused or not proven; why is said on the error stream."""
    try:
        return asked.run(asked)
    except DoesNotClose as refused:
        print("A definitive pack must close. What does not:", *refused.residuals, sep="\n  ", file=sys.stderr)
    except (CannotPublish, NotAPack) as refused:
        print(refused.tell(words(getattr(asked, "language", LANGUAGES[0]))), file=sys.stderr)
    except BuildError as damaged:
        print(f"The builds cannot be used ({damaged.rule}).", file=sys.stderr)
    except REFUSALS as refused:
        print(refused, file=sys.stderr)
    return 1


def choose_build(builds: Path, build_id: str | None) -> Build:
    """The build of that id, or the current one."""
    build = find_build(builds, build_id) if build_id else current_build(builds)
    if build is None:
        raise NoBuild(f"There is no build {build_id or ''} in {builds}. Load the exports: python -m etl EXPORTS")
    return build


def run_pack(asked: argparse.Namespace) -> int:
    build = choose_build(asked.builds, asked.build)
    pack = make_pack(
        asked.builds, asked.period, asked.as_of, asked.language, asked.kind, asked.state, build, asked.issue
    )
    content = write_zip(pack)
    if asked.issue:
        print(f"Issued: {issue(asked.builds, content).path}")
    asked.out.mkdir(parents=True, exist_ok=True)
    path = asked.out / file_name(pack)
    path.write_bytes(content)
    for residual in pack.residuals:
        print(f"Does not close: {residual}", file=sys.stderr)
    print(path)
    return 0


def run_verify(asked: argparse.Namespace) -> int:
    builds, says = asked.builds or (None if asked.exports else BUILDS), words(asked.language)
    proof = verify(asked.pack.read_bytes(), builds, asked.exports)
    how = ("proof.proven",) if proof.is_proven else ("proof.not_proven", len(proof.differences))
    told = says(*how, checked=says.number(proof.checked))
    print(*proof.tell(says), f"{asked.pack.name}: {told}", sep="\n")
    return 0 if proof.is_proven else 1


def run_explain(asked: argparse.Namespace) -> int:
    if asked.pack:
        manifest = read_manifest(read_members(asked.pack.read_bytes()))
        asked.build, asked.as_of = manifest["build"]["id"], date.fromisoformat(manifest["as_of"])
        asked.period = HalfYear.read(manifest["period"])
    build = choose_build(asked.builds, asked.build)
    as_of = asked.as_of or default_cut_off(build)
    period = asked.period or HalfYear.of(as_of)
    found = explain_code(asked.builds, take_snapshot(build, as_of), period, asked.code, words(asked.language))
    if asked.format == "json":
        print(json.dumps([passport.to_plain() for passport in found], ensure_ascii=False, indent=1))
    else:
        print(to_text(found, asked.rows or sys.maxsize), end="")
    return 0


def run_comment(asked: argparse.Namespace) -> int:
    add_comment(asked.builds, Comment(
        str(asked.period), "changes" if asked.line else asked.section, asked.author, asked.on or date.today(),
        asked.text, asked.indicator, is_internal=not asked.public, line=asked.line or "",
    ))
    return 0
