"""Damaged and hostile workbooks are refused for what they are: fast, in little memory, touching nothing else."""

import io
import resource
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter

from etl import archive, other_workbooks, sheet_xml, workbook_process
from tests.etl.test_spreadsheet import SHEET, fill_table, ods_row, write_ods
from tests.etl.written_tables import (
    HEADERS,
    cells_of,
    edit_parts,
    problems_of,
    read_bytes,
    refusal_of,
    write_rows,
    write_sheet_xml,
    write_workbook,
)


def write_whole() -> bytes:
    """A workbook with shared strings, as Excel writes them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(1, 0, ["1", "Diseño", 25])
    return buffer.getvalue()


WHOLE = write_whole()
CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'


@pytest.fixture(autouse=True)
def little_time_and_memory() -> Iterator[None]:
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.monotonic() - started < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


# Damage


def test_a_workbook_cut_short_is_incomplete(tmp_path: Path) -> None:
    for end in (len(WHOLE) // 2, len(WHOLE) - 30):
        assert refusal_of(tmp_path, WHOLE[:end], "export.xlsx") == ("file_is_incomplete", {})


def test_a_wrong_checksum_is_damage(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as whole:
        checksum = whole.getinfo(SHEET).CRC.to_bytes(4, "little")
    content = WHOLE.replace(checksum, b"\1\2\3\4")
    assert refusal_of(tmp_path, content, "export.xlsx") == ("file_is_damaged", {"part": SHEET})


def test_flipped_bytes_never_crash_the_reading(tmp_path: Path) -> None:
    for position in range(0, len(WHOLE), 97):
        content = WHOLE[:position] + bytes([WHOLE[position] ^ 0xFF]) + WHOLE[position + 1 :]
        try:
            assert cells_of(read_bytes(tmp_path, content, "export.xlsx")) == [["1", "Diseño", "25"]]
        except archive.FileRefused as refused:
            assert refused.rule.startswith(("file_", "header_"))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", SHEET, "xl/styles.xml"]
)
def test_a_missing_part_is_damage(tmp_path: Path, part: str) -> None:
    assert refusal_of(tmp_path, edit_parts(WHOLE, {part: None}), "export.xlsx") == ("file_is_damaged", {"part": part})


def test_relations_without_a_workbook_are_damage(tmp_path: Path) -> None:
    content = edit_parts(WHOLE, {"_rels/.rels": lambda _: b"<Relationships/>"})
    assert refusal_of(tmp_path, content, "export.xlsx") == ("file_is_damaged", {"part": "xl/workbook.xml"})


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_doubled_part_is_damage(tmp_path: Path) -> None:
    buffer = io.BytesIO(WHOLE)
    with zipfile.ZipFile(buffer, "a") as doubled:
        doubled.writestr("XL/worksheets/sheet1.xml", "<worksheet/>")
    assert refusal_of(tmp_path, buffer.getvalue(), "export.xlsx") == ("file_is_damaged", {"part": SHEET})


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="5"/><row r="5"/>',
        '<row r="0"/>',
        '<row r="1048577"/>',
        '<row r="x"/>',
        '<row><c r="B2"><v>1</v></c><c r="B2"><v>2</v></c></row>',
        '<row><c r="XFE2"><v>1</v></c></row>',
        '<row><c r="ÀÀ2"><v>1</v></c></row>',
        '<row><c t="s"><v>99</v></c></row>',
        '<row><c t="s"><v>-1</v></c></row>',
        "<row><c></row>",
        '<row a="1" a="2"/>',
    ],
)
def test_a_sheet_that_makes_no_sense_is_damage(tmp_path: Path, rows: str) -> None:
    assert refusal_of(tmp_path, write_sheet_xml(rows), "export.xlsx") == ("file_is_damaged", {"part": SHEET})


def test_phonetic_guides_are_no_part_of_a_shared_text(tmp_path: Path) -> None:
    def guide(part: bytes) -> bytes:
        return part.replace("<t>Diseño</t>".encode(), "<r><t>Diseño</t></r><rPh><t>x</t></rPh>".encode())

    content = edit_parts(WHOLE, {"xl/sharedStrings.xml": guide})
    assert cells_of(read_bytes(tmp_path, content, "export.xlsx")) == [["1", "Diseño", "25"]]


# Other containers


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le")
    assert refusal_of(tmp_path, content, "export.xlsx") == ("file_is_protected", {})


def test_an_archive_with_a_password_says_so(tmp_path: Path) -> None:
    entry = WHOLE.index(b"PK\x01\x02") + 8
    content = WHOLE[:entry] + bytes([WHOLE[entry] | 1]) + WHOLE[entry + 1 :]
    assert refusal_of(tmp_path, content, "export.xlsx") == ("file_is_protected", {})


def test_a_legacy_workbook_without_content_is_damage(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "Workbook".encode("utf-16-le")
    assert refusal_of(tmp_path, content, "export.xls") == ("file_is_damaged", {"part": "workbook"})


@pytest.mark.parametrize(
    ("part", "rule"), [("word/document.xml", "file_is_a_text_document"), ("a.csv", "file_is_an_archive")]
)
def test_an_archive_of_something_else_is_named(tmp_path: Path, part: str, rule: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as other:
        other.writestr(part, "ID_CURSO;HORAS\n1;2\n")
    assert refusal_of(tmp_path, buffer.getvalue(), "export.xlsx")[0] == rule


def test_a_workbook_named_csv_is_refused(tmp_path: Path) -> None:
    details = {"detected": "XLSX", "extension": ".csv"}
    assert refusal_of(tmp_path, WHOLE, "export.csv") == ("file_name_does_not_match_content", details)


# Bombs


def declare_size(content: bytes, part: str, size: int) -> bytes:
    """The archive with another unpacked size written in its list of parts."""
    name = content.rindex(part.encode())
    return content[: name - 22] + size.to_bytes(4, "little") + content[name - 18 :]


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml"])
def test_a_part_that_declares_4_gb_is_a_bomb(tmp_path: Path, part: str) -> None:
    started = time.monotonic()
    rule, details = refusal_of(tmp_path, declare_size(WHOLE, part, 0xFFFF_FFF0), "export.xlsx")
    assert (rule, details["measure"]) == ("file_is_a_bomb", "bytes")
    assert time.monotonic() - started < 2


def test_a_part_that_shrank_a_thousand_times_is_a_bomb(tmp_path: Path) -> None:
    content = edit_parts(WHOLE, {SHEET: lambda part: part + b" " * (64 << 20)})
    started = time.monotonic()
    rule, details = refusal_of(tmp_path, content, "export.xlsx")
    assert (rule, details["measure"], details["limit"]) == ("file_is_a_bomb", "times", archive.RATIO_AT_MOST)
    assert time.monotonic() - started < 2


def test_a_part_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    content = edit_parts(WHOLE, {SHEET: lambda part: part + b" " * (16 << 20)})
    assert refusal_of(tmp_path, declare_size(content, SHEET, 1000), "export.xlsx")[0] == "file_is_damaged"


def test_60_000_parts_are_a_bomb(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as many:
        for number in range(60_000):
            many.writestr(f"xl/{number}", b"")
    started = time.monotonic()
    rule, details = refusal_of(tmp_path, buffer.getvalue(), "export.xlsx")
    assert (rule, details) == ("file_is_a_bomb", {"measure": "parts", "found": 60_000, "limit": 2_000})
    assert time.monotonic() - started < 2


def test_one_long_text_in_very_many_cells_is_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_xml, "CHARACTERS_AT_MOST", 10_000)
    content = write_rows(HEADERS, *([str(line), "x" * 100, 25] for line in range(200)))
    rule, details = refusal_of(tmp_path, content, "export.xlsx")
    assert (rule, details["measure"], details["limit"]) == ("file_is_a_bomb", "characters", 10_000)


# Hostile XML

BILLION_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [BILLION_LAUGHS, OUTSIDE, '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">'])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"])
def test_a_document_type_is_refused_in_any_part(tmp_path: Path, declaration: str, part: str) -> None:
    def declare(xml: bytes) -> bytes:
        return declaration.encode() + xml[xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0 :]

    content = edit_parts(WHOLE, {part: declare})
    assert refusal_of(tmp_path, content, "export.xlsx") == ("file_has_forbidden_xml", {"part": part})


def test_a_document_type_in_utf16_is_refused(tmp_path: Path) -> None:
    content = edit_parts(WHOLE, {SHEET: lambda _: (OUTSIDE + "<x>&a;</x>").encode("utf-16")})
    assert refusal_of(tmp_path, content, "export.xlsx") == ("file_has_forbidden_xml", {"part": SHEET})


def test_an_undeclared_entity_is_damage(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, write_sheet_xml("<row>&a;</row>"), "export.xlsx")[0] == "file_is_damaged"


def test_200_000_nested_tags_are_refused(tmp_path: Path) -> None:
    content = write_sheet_xml("<x>" * 200_000 + "</x>" * 200_000)
    assert refusal_of(tmp_path, content, "export.xlsx") == ("file_has_forbidden_xml", {"part": SHEET})


def test_the_xml_of_an_ods_workbook_is_guarded_too(tmp_path: Path) -> None:
    content = edit_parts(write_ods(ods_row(*HEADERS)), {"content.xml": lambda part: OUTSIDE.encode() + part})
    assert refusal_of(tmp_path, content, "export.ods") == ("file_has_forbidden_xml", {"part": "content.xml"})


# Sheets of great extent


def test_a_cell_in_the_last_corner_is_one_more_row(tmp_path: Path) -> None:
    def fill(sheet) -> None:
        fill_table(sheet)
        sheet["XFD1048576"] = "x"

    table = read_bytes(tmp_path, write_workbook(fill), "export.xlsx")
    assert cells_of(table) == [["1", "a", "25"]]
    assert table.notes == ["cells_beyond_the_headers"]


def test_a_value_in_the_last_row_is_a_row(tmp_path: Path) -> None:
    def fill(sheet) -> None:
        fill_table(sheet)
        sheet["A1048576"] = "x"

    table = read_bytes(tmp_path, write_workbook(fill), "export.xlsx")
    assert problems_of(table) == {2: None, 1_048_576: None}
    assert table.blank_rows == 1_048_573


def test_a_dimension_that_says_the_last_corner_changes_nothing(tmp_path: Path) -> None:
    def stretch(part: bytes) -> bytes:
        return part.replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1:XFD1048576"')

    assert cells_of(read_bytes(tmp_path, edit_parts(WHOLE, {SHEET: stretch}), "export.xlsx")) == [["1", "Diseño", "25"]]


def test_300_000_formatted_empty_rows_are_passed_over(tmp_path: Path) -> None:
    values = "".join(f'<c r="{column}2" s="0"><v>1</v></c>' for column in "ABC")
    empty = "".join(f'<row r="{line}"><c r="A{line}" s="1"/><c r="B{line}" s="1"/></row>' for line in range(3, 300_003))
    table = read_bytes(tmp_path, write_sheet_xml(f'<row r="2">{values}</row>{empty}'), "export.xlsx")
    assert (cells_of(table), table.blank_rows) == ([["1", "1", "1"]], 0)


def test_rows_far_under_their_header_are_found(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{line}"><c r="A{line}" s="1"/></row>' for line in range(2, 20_000))
    content = write_sheet_xml(empty + '<row r="20000"><c r="A20000"><v>1</v></c></row>')
    table = read_bytes(tmp_path, content, "export.xlsx")
    assert [(row.line, row.cells) for row in table.rows()] == [(20_000, ["1", "", ""])]


def test_a_merge_of_the_whole_sheet_is_no_work(tmp_path: Path) -> None:
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A2:A9"/></mergeCells>'
    content = write_sheet_xml("<row>" + CELL.format("a") + "</row>")
    content = edit_parts(content, {SHEET: lambda part: part.replace(b"</sheetData>", f"</sheetData>{merges}".encode())})
    assert problems_of(read_bytes(tmp_path, content, "export.xlsx")) == {2: "cell_is_merged"}


def test_a_far_cell_in_an_ods_workbook_takes_no_memory_of_ours(tmp_path: Path) -> None:
    far = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16383"/>'
        '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    rule, _ = refusal_of(tmp_path, write_ods(ods_row(*HEADERS) + ods_row("1", "a", "25") + far), "export.ods")
    assert rule in ("file_is_damaged", "file_is_too_large")


# The process of the other workbooks


def test_a_process_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_instead(
        monkeypatch, tmp_path, "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass"
    )
    details = {"measure": "seconds", "limit": workbook_process.SECONDS_AT_MOST}
    assert refusal_of(tmp_path, write_ods(ods_row(*HEADERS)), "export.ods") == ("file_is_too_large", details)


def test_a_process_that_dies_for_memory_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_instead(monkeypatch, tmp_path, "import os\nos.abort()")
    details = {"measure": "bytes of memory", "limit": workbook_process.MEMORY_BYTES_AT_MOST}
    assert refusal_of(tmp_path, write_ods(ods_row(*HEADERS)), "export.ods") == ("file_is_too_large", details)


def run_instead(monkeypatch: pytest.MonkeyPatch, folder: Path, program: str) -> None:
    package = folder / "etl"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "workbook_process.py").write_text(program)
    monkeypatch.setattr(other_workbooks, "_PROJECT", folder)
    monkeypatch.chdir(folder)


@pytest.mark.parametrize(
    ("error", "ending"),
    [
        (workbook_process.python_calamine.PasswordError("x"), "file_is_protected"),
        (MemoryError(), "file_is_too_large"),
        (workbook_process.python_calamine.ZipError("x"), "file_is_damaged"),
    ],
)
def test_the_process_says_why_it_could_not_read(
    error: Exception, ending: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workbook_process, "answer_question", _raise(error))
    monkeypatch.setattr(workbook_process, "limit_this_process", lambda *_: None)
    workbook_process.main("x.ods", "sheets")
    assert capsys.readouterr().out == f'{{"ended": "{ending}"}}\n'


def _raise(error: Exception) -> Callable[[str, str], Iterator[list]]:
    def answer(path: str, question: str) -> Iterator[list]:
        raise error

    return answer
