"""Every rule has a sentence in each language, and no sentence is left over."""

import re
from pathlib import Path
from string import Formatter

import pytest

import etl
from etl.layout import load_layouts
from etl.parse import FLAGS, PROBLEMS
from etl.read import NOTES, REFUSALS, ROW_PROBLEMS
from etl.rules import DOCUMENT_RULES, hash_rules, outcomes
from etl.sentences import LANGUAGES, load_sentences

ROOM = Path(etl.__file__).parent
RAISED = re.compile(r"(?:BuildError|BuildsBusy|KeyRefused)\(\s*\"(\w+)\"|FileRefused\([^\",]+,\s*\"(\w+)\"")
CONSTANT = re.compile(r"^[A-Z_]+ = \"(\w+_is_damaged)\"$", re.M)


def code() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.glob("*.py")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_a_row_has_a_sentence_and_no_other_has(language: str) -> None:
    assert set(load_sentences(language).rows) == set(outcomes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_and_note_has_a_sentence(language: str) -> None:
    files = set(load_sentences(language).files)
    assert set(REFUSALS) | set(NOTES) <= files
    raised = {rule for pair in RAISED.findall(code()) for rule in pair if rule}
    assert len(raised) > 30
    assert raised | set(CONSTANT.findall(code())) <= files


def test_no_sentence_about_files_is_left_over() -> None:
    told = code()
    assert [rule for rule in load_sentences("es").files if f'"{rule}"' not in told] == []


def test_no_word_is_left_over() -> None:
    told = code()
    assert [word for word in load_sentences("es").words if f'"{word}"' not in told] == []


@pytest.mark.parametrize("language", ["va", "en"])
@pytest.mark.parametrize("part", ["rows", "files", "words", "exports", "kinds", "measures"])
def test_the_languages_say_the_same(language: str, part: str) -> None:
    spanish, other = getattr(load_sentences("es"), part), getattr(load_sentences(language), part)
    assert {key: placeholders(text) for key, text in other.items()} == {
        key: placeholders(text) for key, text in spanish.items()
    }


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_a_sentence_uses_only_what_its_refusal_tells() -> None:
    sentences = load_sentences("es")
    for rule, details in REFUSALS.items():
        assert placeholders(sentences.files[rule]) <= set(details), rule


def test_every_rule_about_documents_is_listed() -> None:
    written = (ROOM / "identity.py").read_text(encoding="utf-8")
    assert set(re.findall(r"\"(document_(?:is|may|letter|type)\w+)\"", written)) == set(DOCUMENT_RULES)


def test_outcomes_are_those_of_their_sources() -> None:
    told = outcomes()
    assert {told[rule] for rule in (*ROW_PROBLEMS, *PROBLEMS)} == {"reject"}
    assert {told[rule] for rule in (*FLAGS, *DOCUMENT_RULES)} == {"flag"}
    assert set(told.values()) == {"reject", "flag", "supersede"}


def test_what_was_found_is_shown_as_it_is_and_never_filled_in() -> None:
    assert "«{0} {found}»" in load_sentences("es").say_row("word_is_not_known", "{0} {found}")


def test_a_hidden_value_says_that_it_is_hidden() -> None:
    said = load_sentences("en").say_row("date_does_not_exist")
    assert said == "The date “(not shown)” is not in the calendar. Correct it."


def test_an_aside_about_nothing_is_left_out() -> None:
    assert load_sentences("es").say_row("row_has_an_unclosed_quote").startswith(
        "La fila abre unas comillas que no se cierran. Cierre"
    )


def test_a_rule_is_told_with_no_row_in_mind() -> None:
    assert load_sentences("en").say_rule("date_does_not_exist") == "The date “…” is not in the calendar. Correct it."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "(veces su tamaño: 1.028; límite 50)"),
        ("va", "(voltes la seua grandària: 1.028; límit 50)"),
        ("en", "(times its size: 1,028; limit 50)"),
    ],
)
def test_what_is_too_large_is_told_in_the_language(language: str, said: str) -> None:
    details = {"measure": "times", "found": 1028, "limit": 50}
    assert said in load_sentences(language).say_file("file_is_a_bomb", details)


def test_a_detail_that_is_missing_costs_no_sentence() -> None:
    assert "límite —" in load_sentences("es").say_file("file_is_too_large", {"measure": "rows"})


def test_numbers_follow_the_language() -> None:
    assert [load_sentences(language).number(12345) for language in LANGUAGES] == ["12.345", "12.345", "12,345"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", "(26,50 h / 1.250,00 EUR / -3,50)"), ("va", "(26,50 h / 1.250,00 EUR / -3,50)"),
     ("en", "(26.50 h / 1,250.00 EUR / -3.50)")],
)  # fmt: skip
def test_what_a_check_worked_out_is_written_as_the_language_writes_it(language: str, said: str) -> None:
    sentence = load_sentences(language).say_row("amounts_add_up", "26.50 h / 1250.00 EUR / -3.50")
    assert said in sentence


def test_what_a_cell_holds_is_told_as_it_was_sent() -> None:
    assert "«12.50.1»" in load_sentences("es").say_row("amount_cannot_be_read", "12.50.1")
    assert "«1250.50»" in load_sentences("es").say_row("number_is_ambiguous", "1250.50")


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [("es", "1 fila", "2 filas"), ("va", "1 fila", "1.200 files"), ("en", "1 row", "1,200 rows")],
)
def test_one_and_many_agree_with_their_noun(language: str, one: str, many: str) -> None:
    sentences = load_sentences(language)
    assert (sentences.count("row", 1), sentences.count("row", 2 if language == "es" else 1200)) == (one, many)


def test_none_is_many() -> None:
    assert load_sentences("es").count("enrolment", 0) == "0 matrículas"


def test_the_hash_of_the_rules_is_steady() -> None:
    assert hash_rules(load_layouts()) == hash_rules(load_layouts())
    assert re.fullmatch(r"[0-9a-f]{16}", hash_rules(load_layouts()))
