"""The command of the digest, made to be run by a timer: it says nothing when all went well."""

import argparse
import sys
from datetime import timedelta
from pathlib import Path

from analytics.snapshot import default_cut_off
from analytics.words import LANGUAGES, words
from etl.beside import write_whole
from reports.commands import BUILDS, choose_build, read_day
from reports.digest import make_digest
from reports.digest_files import write_files

DAYS = 7


def add_digest(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser("digest", help="what changed in a week, what is at risk, what to act on")
    command.add_argument("--as-of", type=read_day, metavar="YYYY-MM-DD", help="default: the newest event of the build")
    span = command.add_mutually_exclusive_group()
    span.add_argument("--since", type=read_day, metavar="YYYY-MM-DD", help="the cut-off to compare with")
    span.add_argument("--days", type=_read_days, default=DAYS, metavar="N", help="or so many days before; default: 7")
    command.add_argument("--language", choices=LANGUAGES, default="es")
    command.add_argument("--from", dest="sender", metavar="ADDRESS", help="sender of the e-mail file")
    command.add_argument("--to", action="append", default=[], metavar="ADDRESS", help="of the e-mail file; repeatable")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="where HTML, text, PDF and EML go")
    command.add_argument("--builds", type=Path, default=BUILDS, metavar="DIR", help="folder of the builds")
    command.set_defaults(run=run_digest)


def _read_days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is not a number of days. Write it as 7")
    return int(text)


def run_digest(asked: argparse.Namespace) -> int:
    """0 written, 2 when the days make no span."""
    build = choose_build(asked.builds, None)
    as_of = asked.as_of or default_cut_off(build)
    since = asked.since or as_of - timedelta(days=asked.days)
    if since >= as_of:
        print(f"Nothing lies between {since} and {as_of}: --since must be before the cut-off.", file=sys.stderr)
        return 2
    digest = make_digest(asked.builds, build, as_of, since, words(asked.language))
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, content in write_files(digest, asked.sender, asked.to).items():
        write_whole(asked.out / name, content)
    return 0
