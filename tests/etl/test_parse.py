"""What is blank, what a word means, and that every reading is a value, a named problem or a named doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.layout import Field
from etl.parse import FLAGS, PROBLEMS, is_blank, is_flag, read_column
from tests.etl.columns import ANY_FIELD, read_one, read_texts


@pytest.mark.parametrize(
    "text", ["", "  ", "(no informado)", "No aplica", "NULL", "n/a", "N/D", "\u00a0", "sin datos", "[No informat]"]
)
def test_phrases_for_empty_are_blank(text: str):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["NA", "NC", "NO", "-", "--", "0", "No apto", "#N/A", "No aplica porque es tarde aún"])
def test_words_that_mean_something_somewhere_are_not_blank(text: str):
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("path", "texts", "value"),
    [
        ("enrolments.state", ["Matriculado", "Matriculada", "MATRICULADO/A", "matriculat"], "enrolled"),
        ("enrolments.state", ["baja", "BAIXA"], "withdrawn"),
        ("enrolments.state", ["anulada", "Anul·lada", "Anulado/a"], "cancelled"),
        ("enrolments.state", ["Curso anulado", "Curs anul·lat"], "course_cancelled"),
        ("enrolments.state", ["Devuelta"], "refunded"),
        ("enrolments.state", ["Lista de espera", "Llista d'espera"], "waiting_list"),
        ("enrolments.state", ["Pendiente de pago"], "payment_pending"),
        ("enrolments.state", ["Preinscrito"], "preregistered"),
        ("enrolments.state", ["Admitida"], "admitted"),
        ("enrolments.gender", ["M", "Mujer", "Dona", "D", "2", "2.0"], "woman"),
        ("enrolments.gender", ["H", "V", "Hombre", "Home", "1"], "man"),
        ("enrolments.gender", ["NB", "No binario"], "non_binary"),
        ("enrolments.gender", ["NC", "No consta"], None),
        ("enrolments.tariff", ["Microcreds 70 %", "microcreds 70%"], "microcreds_70"),
        ("enrolments.tariff", ["Reducida (100 %)"], "reduced_100"),
        ("enrolments.tariff", ["Colectivo"], "group"),
        ("enrolments.result", ["Apto", "Apta"], "passed"),
        ("enrolments.result", ["No apto"], "failed"),
        ("enrolments.result", ["No presentado", "NP"], "not_presented"),
        ("enrolments.currency", ["EUR", "€", "euros"], "eur"),
        ("catalogue.modality", ["Presencial"], "in_person"),
        ("catalogue.modality", ["Presencial (aula virtual)", "Emisión en directo"], "in_person_remote"),
        ("catalogue.modality", ["Online", "On-line", "En línia", "Virtual", "Matrícula continua"], "online"),
        ("catalogue.modality", ["Semipresencial", "Híbrida"], "blended"),
        ("catalogue.channel", ["Aula física"], "classroom"),
        ("catalogue.channel", ["Aula virtual"], "virtual_classroom"),
        ("catalogue.channel", ["Asíncrono"], "asynchronous"),
        ("catalogue.entry_requirement", ["Abierto"], "open"),
        ("catalogue.entry_requirement", ["Conocimientos previos"], "prior_knowledge"),
        ("catalogue.entry_requirement", ["Titulación"], "degree"),
        ("catalogue.state", ["Borrador"], "draft"),
        ("catalogue.state", ["Publicado"], "published"),
        ("catalogue.state", ["Matriculable"], "open"),
        ("catalogue.state", ["En curso", "En curs"], "running"),
        ("catalogue.state", ["Finalizado"], "finished"),
        ("catalogue.state", ["Aplazado", "Ajornat"], "postponed"),
        ("catalogue.state", ["Anulado", "Cancel·lat"], "cancelled"),
        ("catalogue.is_funded", ["S", "Sí", "SI", "1", "Verdadero", "yes"], True),
        ("catalogue.is_funded", ["N", "No", "0", "0.0", "Falso"], False),
        ("teaching.staff_type", ["PDI UPV"], "upv_academic"),
        ("teaching.staff_type", ["PTGAS UPV", "PAS UPV"], "upv_other"),
        ("teaching.staff_type", ["Otra universidad"], "external_academic"),
        ("teaching.staff_type", ["Externo", "Profesional"], "external_professional"),
        ("funding.direction", ["Ingreso"], "income"),
        ("funding.direction", ["Gasto", "Despesa"], "expense"),
    ],
)
def test_every_spelling_of_a_word_is_its_meaning(path: str, texts: list[str], value: object):
    assert read_texts(path, *texts) == dict.fromkeys(texts, (value, None))


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("enrolments.state", "Zombi", "word_is_not_known"),
        ("enrolments.gender", "-1", "word_is_not_known"),
        ("catalogue.is_funded", "-1", "flag_cannot_be_read"),
        ("catalogue.modality", "Telepática", "word_is_not_known"),
        ("catalogue.is_funded", "quizás", "flag_cannot_be_read"),
        ("enrolments.currency", "USD", "currency_is_not_euro"),
    ],
)
def test_an_unknown_word_is_never_guessed(path: str, text: str, rule: str):
    assert read_one(path, text) == (None, rule)


@pytest.mark.parametrize("text", ["=cmd|' /C'!A0", "'; DROP TABLE edition; --", "![x](http://a)", "田中さん", '5" TV'])
def test_text_is_kept_as_it_is(text: str):
    assert read_one("catalogue.title", text) == (text, None)


def test_a_rule_is_a_problem_or_a_flag_and_not_both():
    assert not PROBLEMS & FLAGS
    assert all(is_flag(rule) for rule in FLAGS)
    assert not any(is_flag(rule) for rule in PROBLEMS)


@given(st.text(max_size=30), st.sampled_from(ANY_FIELD))
def test_whatever_stands_in_a_cell_is_read_or_named_and_never_crashes(text: str, anything: Field):
    reading = read_column(anything, [text])[text]
    assert reading.rule is None or reading.rule in (FLAGS if reading.value is not None else PROBLEMS)
