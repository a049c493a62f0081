"""Words: the same keys and the same places in every language, and a name for everything that has a key."""

import string

import pytest

from analytics.dimensions import DIMENSIONS
from analytics.metrics import FAMILIES, METRICS
from analytics.targets import load_targets
from analytics.words import LANGUAGES, words
from etl.sentences import load_sentences

OTHERS = [language for language in LANGUAGES if language != "es"]


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def sentence(language: str, key: str) -> str:
    return words(language)._sentences[key]


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_keys_of_spanish(language):
    assert sorted(words(language).every_key()) == sorted(words("es").every_key())


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_the_places_of_spanish(language):
    different = [
        key for key in words("es").every_key() if places(sentence(language, key)) != places(sentence("es", key))
    ]
    assert not different


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_has_a_double_space(language):
    sentences = {key: sentence(language, key) for key in words(language).every_key()}
    assert not [key for key, text in sentences.items() if not text.strip() or "  " in text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", METRICS)
def test_every_metric_has_a_name_a_short_form_and_a_definition(language, key):
    for part in ("name", "short", "definition"):
        assert words(language).has(f"metric.{key}.{part}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dimension_value_and_family_has_words(language):
    says = words(language)
    missing = [f"dimension.{key}" for key in DIMENSIONS if not says.has(f"dimension.{key}")]
    missing += [
        f"value.{key}.{value}"
        for key, dimension in DIMENSIONS.items() for value in dimension.order
        if value != "unknown" and not says.has(f"value.{key}.{value}")
    ]
    missing += [f"family.{family}" for family in FAMILIES if not says.has(f"family.{family}")]
    missing += [f"target.{key}" for key in load_targets() if not says.has(f"target.{key}")]
    assert not missing


def test_a_count_chooses_between_one_and_many():
    assert words("es")("count.editions", 1) == "1 edición"
    assert words("es")("count.editions", 1584) == "1.584 ediciones"


def test_a_value_without_words_is_shown_as_it_came_and_an_unknown_one_says_so():
    assert words("es").value("campus", "Vera") == "Vera"
    assert words("va").value("campus", "unknown") == "No consta"


def test_a_key_without_words_is_an_error_and_not_a_blank():
    with pytest.raises(KeyError):
        words("es")("page.nowhere.title")


@pytest.mark.parametrize(("language", "other"), [("es", "ficher"), ("va", "arxiu")])
def test_a_file_has_one_name_in_the_pages_and_in_the_loads(language, other):
    texts = [sentence(language, key) for key in words(language).every_key()]
    told = load_sentences(language)
    texts += [text for part in (told.rows, told.files, told.words) for text in part.values()]
    assert not [text for text in texts if other in text.casefold()]
