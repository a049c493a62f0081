"""Sentences of rules: numbers of a check as the language writes them, cells as they were sent."""

import pytest

from analytics.reason_sentences import fill, generic, rest, short

SENTENCE = "Las horas no suman ({found}). Compruébelas."


@pytest.mark.parametrize(("language", "shown"), [("es", "1.026,50 h / 25,00 h"), ("en", "1,026.50 h / 25.00 h")])
def test_what_a_check_worked_out_is_written_as_the_language_does(language, shown):
    assert fill(SENTENCE, "1026.50 h / 25.00 h", language) == f"Las horas no suman ({shown}). Compruébelas."


@pytest.mark.parametrize("found", ["31.11.2025", "2.x", "100123/1"])
def test_dates_and_codes_are_left_alone(found):
    assert found in fill(SENTENCE, found, "es")


def test_a_quoted_cell_stays_as_it_was_sent():
    assert fill("«{found}» no es un importe.", "1.50", "es") == "«1.50» no es un importe."


def test_a_sentence_without_a_row_leaves_out_what_was_found():
    assert generic(SENTENCE) == "Las horas no suman. Compruébelas."
    assert (short(generic(SENTENCE)), rest(generic(SENTENCE))) == ("Las horas no suman", "Compruébelas.")
