"""Incidents: rules with their rows, and rows with their reasons in the reader's language."""

import pytest

from analytics.incidents import Incident, every_rule, incidents, rules
from analytics.reason_sentences import generic, short
from tests.analytics.small_build import small_snapshot

RULES = [
    {
        "rule": "date",
        "outcome": "reject",
        "sentence_es": "«{found}» no es una fecha. Corríjala.",
        "sentence_en": "“{found}” is no date.",
    },
    {"rule": "missing", "outcome": "flag", "sentence_es": "Falta el precio ({found})."},
    {"rule": "again", "outcome": "supersede", "sentence_es": "Repetida."},
]


@pytest.fixture
def snapshot(tmp_path):
    return small_snapshot(
        tmp_path,
        rule=RULES,
        header=[{"position": 4, "header": "FECHA", "field": "enrolled_on"}],
        rejection=[
            {"rule": "date", "field": "enrolled_on", "found": "32/01", "line": 9, "row_key": "r9"},
            {"rule": "date", "field": "enrolled_on", "found": "33/01", "line": 7, "row_key": "r7"},
            {"rule": "date", "field": "born_on", "found": None, "line": 7, "row_key": "r7"},
            {"rule": "nameless", "line": 8, "file_id": "catalogue", "export": "catalogue", "row_key": "c8"},
        ],
        flag=[{"rule": "missing", "row_key": "r5", "line": 5, "found": "100 €"}],
        superseded=[{"rule": "again", "row_key": "r3", "line": 3, "by_row_key": "catalogue-12"}],
    )


def test_a_rule_counts_rows_and_not_reasons(snapshot):
    found = rules(snapshot, "rejected", "es")
    assert [(rule.rule, rule.rows, rule.exports) for rule in found] == [
        ("date", 2, ("enrolments",)), ("nameless", 1, ("catalogue",)),
    ]
    assert found[0].short == "«…» no es una fecha"
    assert found[1].sentence == "nameless"  # a rule without words is shown by its key


def test_a_row_says_its_file_line_column_and_what_was_found(snapshot):
    found = incidents(snapshot, "rejected", "en")
    assert [(one.file_name, one.line) for one in found] == [
        ("catalogue.csv", 8), ("enrolments.csv", 7), ("enrolments.csv", 7), ("enrolments.csv", 9),
    ]
    told = "FECHA", "“32/01” is no date.", "32/01"
    assert found[-1] == Incident("enrolments.csv", "enrolments", 9, *told, "enrolments", "date")


def test_what_was_kept_back_as_personal_leaves_no_trace_in_the_sentence(snapshot):
    kept_back = [one for one in incidents(snapshot, "rejected", "en") if one.sentence == "“…” is no date."]
    assert [(one.line, one.header, one.found) for one in kept_back] == [(7, None, None)]


def test_a_superseded_row_names_the_row_that_replaces_it(snapshot):
    assert incidents(snapshot, "superseded", "es") == [
        Incident("enrolments.csv", "enrolments", 3, None, "Repetida.", "catalogue.csv · 12", "enrolments", "again")
    ]


def test_every_rule_is_listed_by_outcome_with_the_rows_that_met_it(snapshot):
    found = every_rule(snapshot, "es")
    assert {outcome: [(rule.rule, rule.rows) for rule in listed] for outcome, listed in found.items()} == {
        "reject": [("date", 2)], "flag": [("missing", 1)], "supersede": [("again", 1)],
    }
    assert found["flag"][0].sentence == "Falta el precio."


def test_an_unknown_language_is_refused(snapshot):
    with pytest.raises(ValueError, match="xx is not a language"):
        rules(snapshot, "rejected", "xx")


@pytest.mark.parametrize(
    ("sentence", "told", "first"),
    [
        ("Faltan celdas (esperadas: {found}). Revise.", "Faltan celdas. Revise.", "Faltan celdas"),
        ("Las plazas son {found}: se ignoran.", "Las plazas son …: se ignoran.", "Las plazas son …: se ignoran"),
        ("Se espera 1, 2a ed. o II. Corríjalo.", "Se espera 1, 2a ed. o II. Corríjalo.", "Se espera 1, 2a ed. o II"),
        ("No sirve. «{found}» es otra cosa.", "No sirve. «…» es otra cosa.", "No sirve"),
    ],
)
def test_a_sentence_without_a_row_loses_what_was_found(sentence, told, first):
    assert generic(sentence) == told
    assert short(told) == first
