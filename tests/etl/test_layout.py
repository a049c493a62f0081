"""Headers: which file is which, which column is which, and when a file must be refused."""

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.layout import Layout, closest_header, fold, known_headers, load_layouts, understand
from etl.refused import FileRefused

LAYOUTS = load_layouts()
EXPORTS = {layout.export: layout for layout in LAYOUTS}
CATALOGUE = ["ID_CURSO", "DENOMINACION", "MODALIDAD", "HORAS", "CREDITOS_ECTS", "FECHA_INICIO"]
TEACHING = ["ID_CURSO", "EDICION", "ID_PROF", "HORAS", "TIPO_PROFESOR", "DEPARTAMENTO", "ENTIDAD"]
ENROLMENTS = ["ID_MATRICULA", "ID_CURSO", "EDICION", "NUM_DOC", "FECHA_MATRICULA", "ESTADO"]
ENDORSEMENTS = ["ID_CURSO", "ENTIDAD", "NIF_ENTIDAD", "FECHA_FIRMA"]
FUNDING = ["PROYECTO", "LINEA", "TIPO_LINEA", "ID_CURSO", "CONCEPTO", "SENTIDO", "ANUALIDAD", "PRESUPUESTADO"]


def read(headers: list[str]):
    return understand(headers, "export.csv", LAYOUTS)


def refusal(headers: list[str]) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read(headers)
    return refused.value


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Fecha\nInicio", "fechainicio"),
        ("  FECHA_INICIO ", "fechainicio"),
        ("Nº créditos", "nocreditos"),
        ("N° horas", "nohoras"),
        ("CANCEL·LAT", "cancellat"),
        ("Reducción (%)", "reduccionpct"),
        ("Reducción (€)", "reduccioneur"),
        ("Títol", "titol"),
        ("Ti\u0301tol", "titol"),
        ("año", "ano"),
        ("STRASSE", "strasse"),
        ("", ""),
    ],
)
def test_case_accents_blanks_and_punctuation_are_folded_away(text: str, folded: str):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.sampled_from([header for layout in LAYOUTS for each in layout.fields.values() for header in each.headers]))
def test_a_header_is_known_in_capitals_small_letters_and_with_line_breaks(header: str):
    spellings = {header, header.upper(), header.lower(), header.replace(" ", "\n"), f" {header}\u00a0"}
    assert known_headers(LAYOUTS)(list(spellings)) == len(spellings)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.export)
def test_no_header_of_a_layout_belongs_to_two_fields(layout: Layout):
    owners = defaultdict(set)
    for each in layout.fields.values():
        for header in (each.name, *each.headers):
            owners[fold(header)].add(each.name)
    assert {header: names for header, names in owners.items() if len(names) > 1} == {}


def test_no_word_of_a_field_means_two_things():
    import tomllib

    for path in sorted(Path("etl/layouts").glob("*.toml")):
        for name, told in tomllib.loads(path.read_text(encoding="utf-8"))["fields"].items():
            folded = [{fold(word) for word in (value, *words)} for value, words in told.get("words", {}).items()]
            assert sum(map(len, folded)) == len(set().union(*folded)), f"{path.name}: {name}"


def test_every_export_has_a_layout():
    assert set(EXPORTS) == {"catalogue", "teaching", "enrolments", "endorsements", "funding"}


@pytest.mark.parametrize(
    ("headers", "export"),
    [
        (CATALOGUE, "catalogue"),
        (TEACHING, "teaching"),
        (ENROLMENTS, "enrolments"),
        (ENDORSEMENTS, "endorsements"),
        (FUNDING, "funding"),
    ],
)
def test_a_file_is_recognised_by_its_headers_not_its_name(headers: list[str], export: str):
    assert understand(headers, "matriculas.csv", LAYOUTS).layout.export == export


def test_columns_may_stand_in_any_order():
    understood = read(CATALOGUE[::-1])
    assert understood.positions["course_id"] == 5
    assert understood.positions["starts_on"] == 0


def test_known_synonyms_are_accepted():
    understood = read(["Código curso", "Títol", "Modalitat", "Horas totales", "Nº créditos", "Fecha\nInicio"])
    assert understood.positions == {
        "course_id": 0, "title_va": 1, "modality": 2, "hours": 3, "ects": 4, "starts_on": 5,
    }  # fmt: skip


def test_dni_nie_is_the_document():
    assert read(["ID_MATRICULA", "ID_CURSO", "DNI/NIE", "ESTADO"]).positions["document"] == 2


def test_fecha_matricula_opens_enrolment_in_the_catalogue():
    assert read([*CATALOGUE, "FECHA_MATRICULA"]).positions["enrolment_opens_on"] == 6


def test_fecha_matricula_is_the_day_of_enrolment_in_enrolments():
    assert read(ENROLMENTS).positions["enrolled_on"] == 4


def test_the_valencian_title_is_title_enough():
    headers = ["DENOMINACION_VAL" if header == "DENOMINACION" else header for header in CATALOGUE]
    assert "title" not in read(headers).positions


def test_both_titles_may_be_there():
    assert {"title", "title_va"} <= set(read([*CATALOGUE, "DENOMINACION_VAL"]).positions)


def test_unknown_columns_are_ignored_and_named():
    assert read([*CATALOGUE, "Teléfono", "", "Domicilio"]).ignored == ["Teléfono", "Domicilio"]


def test_an_enrolment_export_that_repeats_the_course_is_still_one():
    headers = [*CATALOGUE, "FECHA_FIN", "CAMPUS", "CENTRO", "PLAZAS", "ID_MATRICULA", "ESTADO"]
    assert read(headers).layout.export == "enrolments"


def test_a_teaching_export_that_repeats_the_course_is_still_one():
    assert read([*CATALOGUE, "FECHA_FIN", "CAMPUS", "ID_PROF", "TIPO_PROFESOR"]).layout.export == "teaching"


def test_a_renamed_required_column_is_named_with_its_closest_candidate():
    refused = refusal(["Horas del curso largo" if header == "HORAS" else header for header in [*CATALOGUE, "CAMPUS"]])
    assert refused.rule == "columns_missing"
    assert refused.details == {"export": "catalogue", "columns": "HORAS", "closest": "Horas del curso largo"}


def test_a_missing_required_column_without_candidate_is_named_alone():
    refused = refusal([header for header in CATALOGUE if header != "MODALIDAD"])
    assert refused.details == {"export": "catalogue", "columns": "MODALIDAD", "closest": ""}


def test_several_missing_columns_are_all_named():
    refused = refusal([*CATALOGUE[:4], "CAMPUS", "CENTRO"])
    assert refused.details["columns"] == "CREDITOS_ECTS, FECHA_INICIO"


def test_a_teaching_file_without_its_staff_type_is_no_endorsement_file():
    refused = refusal([header for header in TEACHING if header != "TIPO_PROFESOR"])
    assert refused.details["export"] == "teaching"
    assert refused.details["columns"] == "TIPO_PROFESOR"


def test_the_same_header_twice_is_refused():
    refused = refusal([*CATALOGUE, "HORAS"])
    assert refused.rule == "header_is_duplicated"
    assert refused.details["columns"] == "HORAS"


def test_an_unknown_header_twice_is_refused_too():
    assert refusal([*CATALOGUE, "Notas", "Notas"]).rule == "header_is_duplicated"


def test_several_empty_headers_are_no_duplicates():
    assert read([*CATALOGUE, "", "", " "]).layout.export == "catalogue"


def test_two_columns_for_one_field_are_refused():
    refused = refusal([*CATALOGUE, "Horas totales"])
    assert refused.rule == "two_columns_for_one_field"
    assert refused.details["columns"] == "HORAS, Horas totales"


@pytest.mark.parametrize("headers", [["a", "b"], ["ID_CURSO", "x"], [], ["Nombre", "Teléfono", "E-mail"]])
def test_a_table_of_something_else_is_not_recognised(headers: list[str]):
    assert refusal(headers).rule == "file_not_recognised"


def test_a_header_of_ten_thousand_characters_is_cut_in_the_refusal():
    long = "HORASS" + " y más" * 2_000
    refused = refusal([*(header for header in CATALOGUE if header != "HORAS"), long, "Notas", "Notas"])
    assert all(len(str(text)) < 200 for text in refused.details.values())


@pytest.mark.parametrize("header", ["select", 'a"b', "a;b", "'; DROP TABLE x", "=cmd|'/c calc'!A0", "{0}", "%s"])
def test_hostile_headers_are_ignored(header: str):
    assert read([*CATALOGUE, header]).ignored == [header]


def test_no_candidate_is_better_than_an_unlikely_one():
    assert closest_header(EXPORTS["catalogue"].fields["modality"], ["Teléfono"]) is None
    assert closest_header(EXPORTS["catalogue"].fields["modality"], []) is None


def test_a_university_adds_its_own_spelling_without_code(tmp_path: Path):
    (tmp_path / "own.toml").write_text(
        'export = "endorsements"\n[fields.course_id]\nkind = "code"\nrequired = true\nheaders = ["Clave"]\n'
        '[fields.signed_on]\nkind = "date"\ndates = "month_first"\nlatest_year = 2030\nheaders = ["Firmado"]\n'
        '[fields.entity]\nkind = "word"\nheaders = ["Quién"]\nunits = ["S.L."]\nwords = { acme = ["ACME, S.A."] }\n',
        encoding="utf-8",
    )
    layout = load_layouts(tmp_path)[0]
    assert layout.fields["signed_on"].said.dates == "month_first"
    assert layout.fields["signed_on"].latest_year == 2030
    assert layout.fields["entity"].words == {"acme": "acme", "acmesa": "acme"}
    assert understand(["clave", "FIRMADO"], "x.csv", [layout]).positions == {"course_id": 0, "signed_on": 1}
