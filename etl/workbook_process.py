"""The process that reads an XLS, XLSB or ODS workbook: python -m etl.workbook_process FILE QUESTION."""

import datetime
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import python_calamine

from etl.cell_text import plain
from etl.header import trim_right
from etl.machine import limit_this_process

# calamine holds a sheet whole, blanks included: one cell far from the others would take all the machine's memory.
MEMORY_BYTES_AT_MOST = 1 << 30
SECONDS_AT_MOST = 15
SHEETS = "sheets"
TOO_LARGE = "file_is_too_large"

_Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def main(path: str, question: str) -> None:
    """Prints one JSON list a line and at the end {"ended": ""} or the rule the file is refused by."""
    limit_this_process(MEMORY_BYTES_AT_MOST, SECONDS_AT_MOST)
    ending = ""
    try:
        for answer in answer_question(path, question):
            print(json.dumps(answer))
    except python_calamine.PasswordError:
        ending = "file_is_protected"
    except MemoryError:
        ending = TOO_LARGE
    except (python_calamine.CalamineError, ValueError, OSError):
        ending = "file_is_damaged"
    print(json.dumps({"ended": ending}))


def answer_question(path: str, question: str) -> Iterator[list[Any]]:
    """The name of each sheet and whether it is hidden, or the line and texts of each filled row of one sheet."""
    workbook = python_calamine.load_workbook(path)
    if question == SHEETS:
        for listed in workbook.sheets_metadata:
            yield [listed.name, listed.visible is not python_calamine.SheetVisibleEnum.Visible]
        return
    sheet = workbook.get_sheet_by_index(int(question))
    first_row, first_column = sheet.start or (0, 0)
    for line, values in enumerate(sheet.to_python(skip_empty_area=True), start=first_row + 1):
        texts = trim_right([write_value(value) for value in values])
        if texts:
            yield [line, [""] * first_column + texts]


def write_value(value: _Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return plain(Decimal(repr(value)))
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="seconds")
    return value.isoformat().removesuffix("T00:00:00")


if __name__ == "__main__":
    main(*sys.argv[1:])
