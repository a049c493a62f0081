"""A table under a known header: its rows, and an account of every record that is none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from etl.header import Header
from etl.refused import FileRefused
from etl.row import Row
from etl.row_kinds import Kind, RowKinds
from etl.tidy_text import Tidying

# A longer tail of single cells is no footer: its rows are yielded, each with its problem.
FOOTER_ROWS_AT_MOST = 30

KnowsHeader = Callable[[list[str]], int]


class Source(Protocol):
    def records(self, tidying: Tidying, from_line: int = 1, width: int | None = None) -> Iterator[Row]: ...


@dataclass
class Table:
    """A table whose rows are read each time anew; the counts and notes are complete after the last row."""

    path: Path
    file_name: str
    sheet_name: str | None
    sha256: str
    size_bytes: int
    encoding: str | None
    delimiter: str | None
    header_line: int
    headers: list[str]
    notes: list[str]
    source: Source = field(repr=False)
    header: Header = field(repr=False)
    knows_header: KnowsHeader = field(repr=False)
    blank_rows: int = 0
    footer_rows: int = 0

    def rows(self) -> Iterator[Row]:
        """Every record under the header: yielded, or counted in blank_rows or footer_rows."""
        self.blank_rows = self.footer_rows = 0
        kinds = RowKinds(self.headers, self.header.width, self.delimiter, self.knows_header)
        last_lines: list[Row] = []  # footers if nothing follows, else rows with a problem
        line_above = self.header.last_line
        for record in self._records():
            if self.sheet_name is not None:  # a sheet's blank rows are not in the file or not yielded
                self.blank_rows += record.line - line_above - 1
                line_above = record.line
            kind, row = kinds.judge(record)
            if kind is Kind.ROW:
                yield from last_lines
                last_lines.clear()
                yield row
            elif kind is Kind.FOOTER:
                last_lines.append(row)
                if len(last_lines) > FOOTER_ROWS_AT_MOST:
                    yield last_lines.pop(0)
            elif kind is Kind.OTHER_HEADER:
                self._refuse_second_table(row.line)
            else:
                self._count_blank(kind)
        self._count_footers(len(last_lines))

    def _records(self) -> Iterator[Row]:
        return self.source.records(Tidying(self.notes), self.header.rows_from or 0, self.header.width)

    def _refuse_second_table(self, line: int) -> None:
        lines = {"first_line": self.header_line, "second_line": line}
        raise FileRefused(self.file_name, "file_has_several_tables", lines)

    def _count_blank(self, kind: Kind) -> None:
        self.blank_rows += 1
        if kind is Kind.SAME_HEADER:
            Tidying(self.notes).note("header_is_repeated")

    def _count_footers(self, count: int) -> None:
        self.footer_rows = count
        if count:
            Tidying(self.notes).note("footer_under_the_table")
