"""Side-by-side measurements: python -m benchmarks [loading|pages]; without a name, both."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks import loading, pages


def read_choices(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = parser.add_subparsers(dest="name")
    load = names.add_parser("loading", help=loading.__doc__)
    load.add_argument("--enrolments", type=int, nargs="+", default=loading.ENROLMENTS)
    load.add_argument("--repetitions", type=int, default=loading.REPETITIONS)
    page = names.add_parser("pages", help=pages.__doc__)
    page.add_argument("--only", nargs="+", choices=pages.PAGES, default=pages.PAGES, metavar="PAGE")
    page.add_argument("--repetitions", type=int, default=pages.REPETITIONS)
    page.add_argument("--builds", type=Path, help="a folder of builds to show instead of the sample")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    choices = read_choices(arguments)
    if choices.name == "loading":
        loading.compare_loads(choices.enrolments, choices.repetitions)
    elif choices.name == "pages":
        pages.compare_pages(choices.only, choices.repetitions, choices.builds)
    else:
        loading.compare_loads()
        pages.compare_pages()


if __name__ == "__main__":
    main()
