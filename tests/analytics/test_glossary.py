"""Glossary: everything of the registry has words in every language, and a search finds it."""

import pytest

from analytics.dimensions import DIMENSIONS
from analytics.glossary import (
    Entry,
    describe_metric,
    describe_rules,
    dimensions,
    families,
    search_through,
    terms,
)
from analytics.incidents import Rule
from analytics.metrics import METRICS
from analytics.targets import load_targets
from analytics.words import LANGUAGES, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_dimension_and_term_is_told_in_every_language(language):
    says = words(language)
    told = [entry for entries in families(says, load_targets()).values() for entry in entries]
    assert [entry.key for entry in told] == list(METRICS)
    assert [entry.key for entry in dimensions(says)] == list(DIMENSIONS)
    assert all(entry.name and entry.text for entry in [*told, *terms(says)])


def test_a_metric_says_its_unit_target_source_and_formulas():
    found = describe_metric(words("en"), METRICS["online_share"], load_targets())
    facts = dict(found.facts)
    assert facts["Target"] == "60% of the offer online. Commitment declared by UPV"
    assert facts["Expressed in"] == "share"
    assert facts["Counted on"] == "editions"
    assert facts["Needs the exports of"] == "catalogue"
    assert dict(found.formulas) == {
        "Numerator": METRICS["online_share"].numerator, "Denominator": METRICS["online_share"].denominator,
    }


def test_a_metric_over_two_tables_names_both_and_what_else_it_needs():
    facts = dict(describe_metric(words("en"), METRICS["enrolments_per_teacher"], load_targets()).facts)
    assert facts["Counted on"] == "editions, teaching (a teacher in an edition)"
    assert facts["Needs the exports of"] == "catalogue, teaching, enrolments"
    assert "Gender" not in facts["Can be split by"]
    assert "Target" not in facts


def test_a_dimension_lists_its_values_or_explains_each():
    found = {entry.key: entry for entry in dimensions(words("en"))}
    assert dict(found["gender"].facts)["Values"] == "Women · Men · Non-binary · Not known"
    assert dict(found["campus"].facts)["Values"] == "those of the exports, as they come"
    assert dict(found["verdict"].values)["Undue"] == "not eligible and applied"
    assert "Values" not in dict(found["verdict"].facts)


def test_a_rule_is_named_by_what_happened_and_says_how_often_it_was_met():
    rules = [Rule("date", "“…” is no date. Correct it.", 3), Rule("never", "Never met.", 0)]
    assert describe_rules(words("en"), rules) == [
        Entry("date", "“…” is no date", "Correct it.", (("In this load", "3 rows"),)),
        Entry("never", "Never met", ""),
    ]


@pytest.mark.parametrize("search", ["", "matricula", "MATRÍCULA activa", "enrolments activa"])
def test_a_search_minds_neither_case_nor_accents_and_wants_every_word(search):
    entry = Entry("enrolments", "Matrículas", "Las que siguen activas.")
    assert search_through([entry], search) == [entry]
    assert search_through([entry], "matrícula anulada") == []


def test_a_search_finds_the_values_of_a_dimension():
    assert [entry.key for entry in search_through(dimensions(words("es")), "indebida")] == ["verdict"]
