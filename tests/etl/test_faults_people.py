"""Faults of persons and of words that no other module loads: a change of document, a number for one, naughty text."""

import openpyxl

from tests.etl.small_delivery import ENROLMENT, document, load_folder, load_rows, write_delivery

NAUGHTY = (
    "Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて下さい", "社會科學院語學研究所", "الكل في المجمو عة", "😍 👩🏽\u200d💻 🇪🇸",
    "z\u0321\u0347\u035aalgo", "<script>alert(1)</script>", "../../../etc/passwd", "NULL y más", "undefined",
    "${7*7} {{7*7}}", "%d %s %n", "1;DROP TABLE users", "a\u202etxet desrever", "a|b\\c'd\"e`f", "ﬁ ligature",
    "İstanbul ẞ ſ", "$HOME `ls`", "de\u202atest\u202c fin",
)  # fmt: skip


def test_a_nie_and_a_later_nif_are_two_persons_and_never_merged(tmp_path) -> None:
    """The limit that the README tells: names are not kept, so nothing could join them."""
    same = {"FECHA_NAC": "15/05/1990", "NOMBRE": "Ana Inventada"}
    small = load_rows(
        tmp_path,
        enrolments={
            "nie": {**same, "NUM_DOC": "X1234567L", "TIPO_DOC": "NIE"},
            "nif": {**same, "NUM_DOC": "12345678Z", "TIPO_DOC": "NIF"},
        },
    )
    assert small.rows("select count(distinct person_key), count(*) from loaded.enrolment") == [(2, 2)]


def test_a_document_that_became_a_number_is_the_same_person(tmp_path) -> None:
    """A spreadsheet made a number of 00345678 and lost its zeros; its letter stands apart."""
    write_delivery(tmp_path / "exports")
    workbook = openpyxl.Workbook()
    workbook.active.append(list(ENROLMENT))
    for enrolment_id, number in (("E1", 345678), ("E2", "00345678"), ("E3", "345678")):
        cells = {**ENROLMENT, "ID_MATRICULA": enrolment_id, "NUM_DOC": number, "LETRA": "B"}
        workbook.active.append(list(cells.values()))
    workbook.save(tmp_path / "exports" / "enrolments.xlsx")
    small = load_folder(tmp_path / "exports", tmp_path / "builds")
    assert small.rows("select count(*), count(distinct person_key), any_value(person_basis) from loaded.enrolment") == [
        (3, 1, "document")
    ]


def test_naughty_titles_come_out_as_they_went_in(tmp_path) -> None:
    rows = {title: {"ID_CURSO": f"1{at:05}", "DENOMINACION": title} for at, title in enumerate(NAUGHTY)}
    small = load_rows(tmp_path, catalogue=rows, enrolments={"one": {"NUM_DOC": document(1), "ID_CURSO": "100000"}})
    titles = small.rows("select title from loaded.edition order by course_id")
    assert [title for (title,) in titles] == list(NAUGHTY)
