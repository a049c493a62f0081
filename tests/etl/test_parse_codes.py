"""Codes: courses, editions, levels, fields of study, academic years, countries and provinces."""

import time

import pytest

from tests.etl.columns import read_one


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("105231", "105231"), ("105231.0", "105231"), ("105231,00", "105231"), ("00123", "00123"), ("105231\t",
        "105231"),
        ("105\u00a0231", "105231"), ("\ufeff105231\u200b", "105231"), ("10\u00ad5231", "105231"), ("AB  12", "AB 12"),
        ("MC-7.0", "MC-7.0"),
    ],
)  # fmt: skip
def test_a_code_keeps_its_zeros_and_loses_only_what_cannot_be_seen(text: str, code: str):
    assert read_one("catalogue.course_id", text) == (code, None)


def test_a_code_in_scientific_notation_has_lost_digits():
    assert read_one("catalogue.course_id", "1.05231E+05") == (None, "code_is_in_scientific_notation")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1), ("1.0", 1), ("2a ed.", 2), ("2ª edición", 2), ("II", 2), ("ii", 2), ("Edición 3", 3), ("3a",
        3), ("2n", 2),
        ("Ed. IV", 4), ("XIX", 19), ("Segunda", 2), ("Primera edició", 1), ("01", 1), ("Nº 2", 2), ("10", 10),
    ],
)  # fmt: skip
def test_every_spelling_of_an_edition_is_its_number(text: str, number: int):
    assert read_one("catalogue.edition_number", text) == (number, None)


@pytest.mark.parametrize("text", ["0", "otoño", "1.5", "-1", "2025-1", "IIII"])
def test_an_edition_that_is_no_number_is_a_problem(text: str):
    assert read_one("catalogue.edition_number", text) == (None, "edition_cannot_be_read")


@pytest.mark.parametrize(
    ("text", "level"),
    [("6", 6), ("6.0", 6), ("MECU 6", 6), ("Nivel 6", 6), ("Nivell 6", 6), ("EQF6", 6), ("MECES 2", 6), ("MECES-1", 5),
     ("Nivel 3 MECES", 7), ("Nivel MECU 5", 5)],
)  # fmt: skip
def test_every_spelling_of_a_level_is_that_of_the_european_framework(text: str, level: int):
    assert read_one("catalogue.eqf_level", text) == (level, None)


@pytest.mark.parametrize("text", ["9", "0", "-6", "5/6", "MECES 5", "alto"])
def test_a_level_off_its_scale_is_a_problem(text: str):
    assert read_one("catalogue.eqf_level", text) == (None, "eqf_level_cannot_be_read")


@pytest.mark.parametrize(
    ("text", "code", "rule"),
    [
        ("0613", "0613", None),
        ("0613 - Desarrollo y análisis de software", "0613", None),
        ("1041", "1041", None),
        ("613", "0613", "isced_code_lost_its_zero"),
        ("613.0", "0613", "isced_code_lost_its_zero"),
        ("061", "0610", "isced_code_is_not_detailed"),
        ("06", "0610", "isced_code_is_not_detailed"),
        ("042", "0421", "isced_code_is_not_detailed"),
        ("101", "1010", "isced_code_is_not_detailed"),
        ("9999", None, "isced_code_is_not_known"),
        ("6", None, "isced_code_is_not_known"),
        ("Informática", None, "isced_code_is_not_known"),
    ],
)
def test_a_field_of_study_is_a_code_of_four_digits(text: str, code: str | None, rule: str | None):
    assert read_one("catalogue.field", text) == (code, rule)


@pytest.mark.parametrize("text", ["2025/2026", "2025-26", "2025-2026", "2025", "25/26", "Curso 2025/26", "2025–26"])
def test_every_spelling_of_an_academic_year_is_one(text: str):
    assert read_one("catalogue.academic_year", text) == ("2025/2026", None)


@pytest.mark.parametrize("text", ["2025-27", "2026/2025", "25", "1999/2000", "curso"])
def test_years_that_do_not_follow_are_no_academic_year(text: str):
    assert read_one("catalogue.academic_year", text) == (None, "academic_year_cannot_be_read")


@pytest.mark.parametrize(
    "text",
    ["ES", "es", "ESP", "724", "724.0", "España", "ESPANA", "Espanya", "Spain", "Española", "espanyol", "ES - España",
     "España (ES)", "724: España"],
)  # fmt: skip
def test_every_spelling_of_a_country_is_its_code(text: str):
    assert read_one("enrolments.nationality", text) == ("ES", None)


@pytest.mark.parametrize(
    ("text", "code"),
    [("NA", "NA"), ("NO", "NO"), ("8", "AL"), ("Reino Unido", "GB"), ("Regne Unit", "GB"), ("UK", "GB"),
     ("Marruecos", "MA"),
     ("Marroc", "MA"), ("EE. UU.", "US"), ("Estats Units", "US"), ("Alemania", "DE"), ("República Checa", "CZ")],
)  # fmt: skip
def test_countries_are_known_by_code_number_and_name(text: str, code: str):
    assert read_one("enrolments.residence", text) == (code, None)


@pytest.mark.parametrize("text", ["Zz", "999", "7.24", "Atlántida", "ES - Francia", "Zz (Yy)"])
def test_an_unknown_or_contradictory_country_is_a_problem(text: str):
    assert read_one("enrolments.nationality", text) == (None, "country_is_not_known")


@pytest.mark.parametrize(
    ("text", "province", "rule"),
    [
        ("46022", "46", None), ("46022.0", "46", None), ("46 022", "46", None), ("E-46022", "46", None),
        ("3801", "03", "postcode_lost_its_zero"), ("75001-Paris", None, "postcode_cannot_be_read"),
        ("99000", None, "postcode_cannot_be_read"), ("46", None, "postcode_cannot_be_read"),
    ],
)  # fmt: skip
def test_of_a_postcode_only_the_province_is_kept(text: str, province: str | None, rule: str | None):
    assert read_one("enrolments.postcode", text) == (province, rule)


@pytest.mark.parametrize("path", ["catalogue.academic_year", "enrolments.nationality", "catalogue.edition_number"])
def test_a_cell_of_ten_thousand_blanks_is_turned_down_at_once(path: str):
    started = time.process_time()
    value, _ = read_one(path, "2025" + " " * 10_000 + "x")
    assert value is None
    assert time.process_time() - started < 0.1
