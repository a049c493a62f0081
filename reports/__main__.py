"""python -m reports: indicators, funding packs and their proof, and the digest on the command line."""

import argparse
import sys
from pathlib import Path

from analytics.dimensions import DIMENSIONS
from analytics.downloads import to_csv
from analytics.words import LANGUAGES, words
from etl.builds import BuildError
from reports import commands
from reports.digest_command import add_digest
from reports.indicators import NoBuild, as_table, indicators, to_json, to_text


def main(arguments: list[str] | None = None) -> int:
    """0 done; 1 nothing to report on; 2 wrong usage."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if "run" in asked:
        return commands.run(asked)
    try:
        where, but_not = _read_where(asked.where), _read_where(asked.but_not)
        answer = indicators(asked.builds, asked.as_of, asked.period, asked.by, where, but_not)
    except ValueError as wrong:
        parser.error(str(wrong))
    except NoBuild as missing:
        print(missing, file=sys.stderr)
        return 1
    except BuildError as damaged:
        print(f"The builds in {asked.builds} cannot be read ({damaged.rule}). Load the exports again.", file=sys.stderr)
        return 1
    _write(answer, asked.format, asked.language)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description="What leaves the house as data.")
    every = parser.add_subparsers(required=True)
    commands.add_commands(every)
    add_digest(every)
    command = every.add_parser("indicators", help="every indicator of the current build at a cut-off date")
    command.add_argument("--builds", type=Path, default=commands.BUILDS, metavar="DIR", help="folder of the builds")
    command.add_argument(
        "--as-of", type=commands.read_day, metavar="YYYY-MM-DD", help="cut-off date; default: the newest event"
    )
    command.add_argument("--period", metavar="2025-H2", help="half-year; default: that of the cut-off")
    command.add_argument("--by", metavar="DIMENSION", choices=DIMENSIONS, help="split: %(choices)s")
    command.add_argument(
        "--where", nargs="+", action="extend", default=[], metavar="DIMENSION=VALUE",
        help="only these rows; two values of one dimension mean either",
    )
    command.add_argument(
        "--but-not", nargs="+", action="extend", default=[], metavar="DIMENSION=VALUE", help="all rows but these",
    )
    command.add_argument("--format", choices=("json", "csv", "table"), default="json")
    command.add_argument("--language", choices=LANGUAGES, default="es", help="of the names in csv and table")
    return parser


def _read_where(pairs: list[str]) -> dict[str, list[str]]:
    where: dict[str, list[str]] = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign:
            raise ValueError(f"{pair}: write it as DIMENSION=VALUE, for example campus=Vera")
        where.setdefault(key, []).append(value)
    return where


def _write(answer: dict, form: str, language: str) -> None:
    if form == "json":
        sys.stdout.write(to_json(answer))
        return
    table, heading = as_table(answer, words(language))
    if form == "csv":
        sys.stdout.buffer.write(to_csv(table, heading))
    else:
        sys.stdout.write(to_text(table, heading))


if __name__ == "__main__":
    sys.exit(main())
