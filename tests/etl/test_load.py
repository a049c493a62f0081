"""The laws of a load: every row accounted for, the same whatever the order and the container, all or nothing."""

import random
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from etl.builds import BuildsBusy, current_build
from etl.folder import LoadRefused, open_delivery
from etl.layout import load_layouts
from etl.load import load
from etl.pseudonym_key import KeyRefused
from etl.publish import publishing
from etl.reconcile import AccountDoesNotClose, record_file, require_unique_keys
from tests.etl.small_delivery import (
    ENROLMENT,
    LOADED_AT,
    complete,
    load_folder,
    load_rows,
    tell_nobody,
    write_csv,
    write_delivery,
)

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
TYPED_TABLES = ("edition", "teaching", "enrolment", "endorsement", "funding_line")
# Where a row stood in its file is all that may differ.
PLACE = {"row_key"}
THREE = {
    "first": {"ESTADO": "Preinscrito", "FECHA_ESTADO": "01/12/2025", "ID_MATRICULA": "E1"},
    "second": {"FECHA_NAC": "29/02/2000", "SEXO": "H"},
    "third": {"NUM_DOC": "", "ID_ALUMNO": "A9", "CP": "3001"},
}


def typed_rows(small, tables=TYPED_TABLES) -> dict[str, list[tuple]]:
    """The content of the typed tables without the places of the rows."""
    content = {}
    for table in tables:
        columns = [name for (name,) in small.rows(
            "select column_name from duckdb_columns() where database_name = 'loaded' and schema_name = 'main' "
            "and table_name = ? order by column_index", table
        ) if name not in PLACE]
        content[table] = sorted(small.rows(f"select {', '.join(columns)} from loaded.{table}"), key=repr)
    return content


def refusals_of(folder: Path, builds: Path) -> list[tuple[str, str]]:
    with pytest.raises(LoadRefused) as refused:
        load(folder, builds, tell_nobody, now=LOADED_AT)
    return [(refusal.file_name, refusal.rule) for refusal in refused.value.refusals]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory):
    return load_folder(SAMPLE, tmp_path_factory.mktemp("sample"))


def test_every_row_of_every_file_is_accounted_for(sample) -> None:
    files = sample.rows("select rows_read, rows_accepted, rows_rejected, rows_superseded from loaded.source_file")
    assert len(files) == 6
    assert all(read == accepted + rejected + superseded for read, accepted, rejected, superseded in files)


def test_the_sample_says_that_it_is_one(sample) -> None:
    assert sample.rows("select is_sample, newest_event_on from loaded.build") == [(True, date(2026, 2, 15))]


def test_no_flag_is_of_a_row_that_was_not_accepted(sample) -> None:
    assert sample.rows(
        "select count(*) from loaded.flag where row_key in (select row_key from loaded.rejection) "
        "or row_key in (select row_key from loaded.superseded)"
    ) == [(0,)]


def test_every_rule_told_of_a_row_has_its_sentence_in_the_build(sample) -> None:
    for table in ("rejection", "flag", "superseded"):
        assert sample.rows(f"select rule from loaded.{table} anti join loaded.rule using (rule)") == []


def test_loading_twice_is_loading_once(sample, tmp_path) -> None:
    again = load_folder(SAMPLE, tmp_path)
    for table in (*TYPED_TABLES, "rejection", "flag", "superseded", "source_file", "header"):
        everything = f"select * from loaded.{table} order by all"
        assert again.rows(everything) == sample.rows(everything), table


def test_names_and_addresses_are_nowhere_in_the_build(sample) -> None:
    content = sample.loaded.build.path.read_bytes()
    assert b"example.invalid" not in content
    assert "Sintética Inventada".encode() not in content


def test_the_order_of_rows_and_columns_changes_no_table(tmp_path) -> None:
    in_order = load_rows(tmp_path / "in_order", enrolments=THREE)
    rows = complete("enrolments", THREE)
    headers = list(ENROLMENT)
    shuffle = random.Random(7)
    shuffle.shuffle(rows)
    shuffle.shuffle(headers)
    folder = tmp_path / "shuffled"
    write_delivery(folder)
    write_csv(folder / "otro_nombre.csv", headers, [[cells[header] for header in headers] for cells in rows])
    assert typed_rows(load_folder(folder, tmp_path / "builds")) == typed_rows(in_order)


def test_a_spreadsheet_gives_the_tables_of_the_csv(tmp_path) -> None:
    from_csv = load_rows(tmp_path / "csv", enrolments=THREE)
    folder = tmp_path / "xlsx"
    write_delivery(folder)
    with xlsxwriter.Workbook(folder / "matriculas.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        rows = [list(ENROLMENT), *(list(cells.values()) for cells in complete("enrolments", THREE))]
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(number, column, cell)
    assert typed_rows(load_folder(folder, tmp_path / "builds")) == typed_rows(from_csv)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_the_encoding_changes_no_table(tmp_path, encoding: str) -> None:
    in_utf_8 = load_rows(tmp_path / "utf8", enrolments=THREE)
    folder = tmp_path / "other"
    write_delivery(folder)
    rows = [list(cells.values()) for cells in complete("enrolments", THREE)]
    write_csv(folder / "enrolments.csv", list(ENROLMENT), rows, encoding)
    assert typed_rows(load_folder(folder, tmp_path / "builds")) == typed_rows(in_utf_8)


def test_the_newest_state_stays_whatever_the_order(tmp_path) -> None:
    states = {
        "newest": {"ESTADO": "Baja", "FECHA_ANULACION": "01/02/2026", "FECHA_ESTADO": "01/02/2026"},
        "oldest": {"ESTADO": "Preinscrito", "FECHA_ESTADO": "01/12/2025"},
        "middle": {"FECHA_ESTADO": "03/12/2025"},
    }
    same = {"ID_MATRICULA": "E1", "NUM_DOC": "12345678Z"}
    same_person = {name: {**cells, **same} for name, cells in states.items()}
    small = load_rows(tmp_path, enrolments=same_person)
    assert small.rows("select state from loaded.enrolment") == [("withdrawn",)]
    assert small.told("enrolments", "oldest") == {"superseded": {"a_later_state_replaces_it"}}
    assert small.told("enrolments", "middle") == {"superseded": {"a_later_state_replaces_it"}}


def test_without_dates_the_last_row_of_the_last_file_stays(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder)
    for name, state in (("2026-01.csv", "Admitido"), ("2026-02.csv", "Matriculado"), ("2025-12.csv", "Preinscrito")):
        cells = {"ESTADO": state, "FECHA_ESTADO": "", "ID_MATRICULA": "E1", "NUM_DOC": "12345678Z"}
        (row,) = complete("enrolments", {"row": cells})
        write_csv(folder / name, list(row), [list(row.values())])
    assert load_folder(folder, tmp_path / "builds").rows("select state from loaded.enrolment") == [("enrolled",)]


def test_one_number_for_two_people_is_flagged(tmp_path) -> None:
    small = load_rows(tmp_path, enrolments={"before": {"ID_MATRICULA": "E1"}, "after": {"ID_MATRICULA": "E1"}})
    assert small.told("enrolments", "after") == {"flag": {"an_enrolment_keeps_its_person"}}


def test_an_older_state_is_flagged_when_the_newer_one_was_rejected(tmp_path) -> None:
    states = {
        "older": {"ID_MATRICULA": "E1", "NUM_DOC": "12345678Z"},
        "newer": {"ID_MATRICULA": "E1", "NUM_DOC": "12345678Z", "ESTADO": ""},
    }
    small = load_rows(tmp_path, enrolments=states)
    assert small.told("enrolments", "older") == {"flag": {"no_other_state_of_it_was_rejected"}}


def test_an_exact_duplicate_counts_once(tmp_path) -> None:
    once = {"ID_MATRICULA": "E1", "NUM_DOC": "12345678Z"}
    small = load_rows(tmp_path, enrolments={"first": once, "between": {}, "again": once})
    assert small.told("enrolments", "first") == {"superseded": {"row_is_a_duplicate"}}
    assert small.count("enrolment") == 2


def test_an_exact_duplicate_of_a_rejected_row_is_superseded(tmp_path) -> None:
    wrong = {"HORAS": "muchas", "ID_CURSO": "100009"}
    small = load_rows(tmp_path, catalogue={"usual": {}, "wrong": wrong, "wrong again": wrong})
    assert small.told("catalogue", "wrong") == {"rejection": {"number_cannot_be_read"}}
    assert small.told("catalogue", "wrong again") == {"superseded": {"row_is_a_duplicate"}}


def test_a_copy_of_a_file_counts_once(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder, enrolments=THREE)
    shutil.copy(folder / "enrolments.csv", folder / "enrolments (2).csv")
    small = load_folder(folder, tmp_path / "builds")
    assert small.rows(
        "select rows_read, rows_accepted, rows_superseded from loaded.source_file where export = 'enrolments' "
        "order by rows_accepted"
    ) == [(3, 0, 3), (3, 3, 0)]
    assert small.count("enrolment") == 3
    assert small.rows("select distinct rule from loaded.superseded") == [("file_is_a_copy",)]


def test_a_broken_row_costs_only_itself_and_is_not_stored(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder, enrolments=THREE)
    path = folder / "enrolments.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace(";1;", ";", 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    small = load_folder(folder, tmp_path / "builds")
    assert small.rows("select line, rule, found from loaded.rejection") == [(3, "row_has_too_few_cells", "25 / 26")]
    assert small.count("enrolment") == 2
    assert small.rows("select enrolment_id from loaded.raw.enrolments where file_line = 3") == [("",)]


def test_total_rows_and_footers_are_never_added(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder, funding={"one": {}, "two": {"CONCEPTO": "Difusión"}})
    with (folder / "funding.csv").open("a", encoding="utf-8") as file:
        file.write("TOTAL;;;;;2000,00;;\n\nFecha de extracción: 16/02/2026\n")
    small = load_folder(folder, tmp_path / "builds")
    assert small.rows("select sum(budgeted) from loaded.funding_line")[0][0] == 2000
    assert small.rows("select rule from loaded.rejection") == [("row_is_a_total",)]
    assert small.rows("select rows_blank, rows_footer from loaded.source_file where export = 'funding'") == [(1, 1)]


def test_the_headers_are_kept_as_they_were_understood(tmp_path) -> None:
    small = load_rows(tmp_path, enrolments={"one": {"TELEFONO": "600123123"}})
    headers = small.rows(
        "select header, field from loaded.header where header in ('TELEFONO', 'NUM_DOC', 'SEXO') order by header"
    )
    assert headers == [("NUM_DOC", "document"), ("SEXO", "gender"), ("TELEFONO", None)]
    assert b"600123123" not in small.loaded.build.path.read_bytes()


def test_documents_under_the_header_of_a_code_reach_no_table(tmp_path) -> None:
    rows = {"one": {"ID_MATRICULA": "12345678Z"}, "two": {"ID_MATRICULA": "X1234567L", "ID_CURSO": "12345678Z"}}
    small = load_rows(tmp_path, enrolments=rows)
    assert small.told("enrolments", "one") == {"flag": {"cell_held_personal_data"}}
    assert small.told("enrolments", "two") == {"rejection": {"every_enrolment_has_an_edition"}}
    content = small.loaded.build.path.read_bytes()
    assert b"12345678Z" not in content
    assert b"X1234567L" not in content


def test_a_long_cell_is_told_in_part(tmp_path) -> None:
    small = load_rows(tmp_path, catalogue={"usual": {}, "long": {"ID_CURSO": "100002", "HORAS": "x" * 5000}})
    assert small.found("number_cannot_be_read") == ["x" * 200]


def test_the_default_cut_off_is_the_newest_event_that_has_happened(tmp_path) -> None:
    small = load_rows(tmp_path, enrolments={"one": {"FECHA_CERTIFICADO": "01/03/2026", "FECHA_PAGO": "10/02/2026"}})
    assert small.rows("select newest_event_on from loaded.build") == [(date(2026, 2, 10),)]


def test_without_events_the_cut_off_is_the_newest_start(tmp_path) -> None:
    editions = {"past": {}, "future": {"EDICION": "2", "FECHA_INICIO": "01/04/2026", "FECHA_FIN": ""}}
    small = load_rows(tmp_path, catalogue=editions)
    assert small.rows("select newest_event_on from loaded.build") == [(date(2026, 1, 12),)]


def test_before_anything_has_started_the_cut_off_is_the_load(tmp_path) -> None:
    small = load_rows(tmp_path, catalogue={"future": {"FECHA_INICIO": "01/04/2026", "FECHA_FIN": ""}})
    assert small.rows("select newest_event_on from loaded.build") == [(date(2026, 2, 16),)]


def test_the_day_of_a_load_is_the_local_one(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder, enrolments={"after midnight": {"FECHA_MATRICULA": "17/02/2026", "FECHA_PAGO": ""}})
    loaded = load(folder, tmp_path / "builds", tell_nobody, now=datetime(2026, 2, 16, 23, 30, tzinfo=UTC))
    assert [file.rows_accepted for file in loaded.account.files] == [1, 1]


def test_a_build_is_named_by_its_time_and_its_files(tmp_path) -> None:
    first = load_rows(tmp_path / "a").loaded
    same = load_rows(tmp_path / "b").loaded
    other = load_rows(tmp_path / "c", enrolments=THREE).loaded
    assert first.build_id == same.build_id
    assert first.build_id.startswith("20260216T090000Z-")
    assert other.build_id[:17] == first.build_id[:17]
    assert other.build_id != first.build_id


def test_hidden_files_locks_readmes_and_folders_are_passed_over(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder)
    for name in (".DS_Store", "~$catalogo.xlsx", "README.md", "LICENSE", "Readme.txt"):
        (folder / name).write_text("nothing", encoding="utf-8")
    (folder / "anteriores").mkdir()
    small = load_folder(folder, tmp_path / "builds")
    assert small.loaded.delivery.passed_over == ["anteriores"]
    assert small.count("source_file") == 1


def test_a_delivery_without_a_catalogue_is_refused(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder, enrolments=THREE)
    (folder / "catalogue.csv").unlink()
    assert refusals_of(folder, tmp_path / "builds") == [("exports", "catalogue_is_missing")]


def test_a_folder_that_is_not_there_is_refused(tmp_path) -> None:
    assert refusals_of(tmp_path / "nowhere", tmp_path / "builds") == [("nowhere", "folder_not_found")]


def test_everything_wrong_with_the_files_is_said_at_once(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder)
    (folder / "a.csv").write_bytes(b"")
    (folder / "b.csv").write_bytes(b"%PDF-1.7\n")
    (folder / "c.csv").write_text("UNO;DOS\n1;2\n", encoding="utf-8")
    assert refusals_of(folder, tmp_path / "builds") == [
        ("a.csv", "file_is_empty"), ("b.csv", "file_is_a_pdf"), ("c.csv", "header_not_found"),
    ]  # fmt: skip


def test_a_header_without_rows_replaces_nothing(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder, enrolments={})
    assert refusals_of(folder, tmp_path / "builds") == [("enrolments.csv", "file_has_no_rows")]


def test_a_missing_column_is_named(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder, enrolments=THREE)
    path = folder / "enrolments.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(";ESTADO;", ";COLUMNA;"), encoding="utf-8")
    with pytest.raises(LoadRefused) as refused:
        load(folder, tmp_path / "builds", tell_nobody)
    (refusal,) = refused.value.refusals
    assert (refusal.rule, refusal.details["columns"]) == ("columns_missing", "ESTADO")


def test_unknown_states_in_more_than_one_row_of_a_hundred_refuse_the_file(tmp_path) -> None:
    rows = {f"row {number}": {} for number in range(98)}
    unknown = {"unknown 1": {"ESTADO": "Reservado"}, "unknown 2": {"ESTADO": "Reservado"}}
    folder = tmp_path / "exports"
    write_delivery(folder, enrolments=rows | unknown)
    assert refusals_of(folder, tmp_path / "builds") == [("enrolments.csv", "file_has_unknown_states")]


def test_one_unknown_state_of_a_hundred_rejects_its_row(tmp_path) -> None:
    rows = {f"row {number}": {} for number in range(99)}
    small = load_rows(tmp_path, enrolments=rows | {"unknown": {"ESTADO": "Reservado"}})
    assert small.told("enrolments", "unknown") == {"rejection": {"word_is_not_known"}}


def test_a_file_of_which_nothing_is_accepted_is_refused(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder, enrolments={f"row {number}": {"ID_CURSO": "199999"} for number in range(10)})
    assert refusals_of(folder, tmp_path / "builds") == [("enrolments.csv", "file_has_no_accepted_row")]


def test_a_catalogue_without_an_edition_is_refused(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder, catalogue={"wrong": {"HORAS": "0"}})
    assert refusals_of(folder, tmp_path / "builds") == [("catalogue.csv", "file_has_no_accepted_row")]


def test_a_refused_file_leaves_the_published_build_as_it_was(tmp_path) -> None:
    load_rows(tmp_path, enrolments=THREE)
    before = {path.name: path.read_bytes() for path in (tmp_path / "builds").iterdir()}
    write_delivery(tmp_path / "exports", catalogue={"wrong": {"HORAS": "0"}})
    assert refusals_of(tmp_path / "exports", tmp_path / "builds")
    assert {path.name: path.read_bytes() for path in (tmp_path / "builds").iterdir()} == before


def test_a_check_publishes_nothing(tmp_path) -> None:
    write_delivery(tmp_path / "exports", enrolments=THREE)
    loaded = load(tmp_path / "exports", tmp_path / "builds", tell_nobody, only_check=True)
    assert loaded.build is None
    assert [file.rows_accepted for file in loaded.account.files] == [1, 3]
    assert current_build(tmp_path / "builds") is None


def test_a_check_before_the_first_load_makes_no_key(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PSEUDONYM_KEY_FILE", str(tmp_path / "key"))
    write_delivery(tmp_path / "exports")
    load(tmp_path / "exports", tmp_path / "builds", tell_nobody, only_check=True)
    assert not (tmp_path / "key").exists()


def test_another_key_is_refused_in_a_check_too(tmp_path, monkeypatch) -> None:
    load_rows(tmp_path)
    monkeypatch.setenv("PSEUDONYM_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(KeyRefused):
        load(tmp_path / "exports", tmp_path / "builds", tell_nobody, only_check=True)


def test_of_two_loads_at_once_one_is_told_to_wait(tmp_path) -> None:
    write_delivery(tmp_path / "exports")
    with publishing(tmp_path / "builds"), pytest.raises(BuildsBusy):
        load(tmp_path / "exports", tmp_path / "builds", tell_nobody)


HOSTILE = ["'; drop table edition; --", "=cmd|' /C calc'!A0", "{found} %s {0}", "a\nb", "＝1+1"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_titles_are_text(tmp_path, hostile: str) -> None:
    small = load_rows(tmp_path, catalogue={"hostile": {"DENOMINACION": hostile}})
    assert small.rows("select title from loaded.edition") == [(hostile,)]


@pytest.mark.parametrize("header", ["select", 'a"b', "x; drop table edition", "h" * 10_000, "{export}"])
def test_hostile_headers_are_ignored(tmp_path, header: str) -> None:
    small = load_rows(tmp_path, enrolments={"one": {header: "1"}})
    assert small.count("enrolment") == 1
    assert small.rows("select field from loaded.header where header = ?", header) == [(None,)]


def test_a_second_table_under_the_first_refuses_the_file(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder, enrolments=THREE)
    with (folder / "enrolments.csv").open("a", encoding="utf-8") as file:
        file.write("ID_CURSO;EDICION;ID_PROF;HORAS;TIPO_PROFESOR\n100001;1;P1;20;PDI UPV\n")
    assert refusals_of(folder, tmp_path / "builds") == [("enrolments.csv", "file_has_several_tables")]


def test_without_a_column_of_editions_every_row_is_of_the_first(tmp_path) -> None:
    folder = tmp_path / "exports"
    write_delivery(folder)
    write_csv(folder / "docencia.csv", ["ID_CURSO", "ID_PROF", "TIPO_PROFESOR"], [["100001", "P1", "PDI UPV"]])
    small = load_folder(folder, tmp_path / "builds")
    assert small.rows("select edition_id, hours from loaded.teaching") == [("100001/1", None)]


def test_an_account_that_does_not_close_is_a_defect(tmp_path) -> None:
    write_delivery(tmp_path)
    (file,) = open_delivery(tmp_path, load_layouts()).files
    connection = duckdb.connect()
    connection.execute("attach ':memory:' as parsed")
    for table in ("parsed.catalogue", "rejection", "superseded"):
        connection.execute(f"create table {table} (row_key varchar, file_id varchar)")
    with pytest.raises(AccountDoesNotClose, match=r"catalogue.csv: 1 <> 0 \+ 0 \+ 0"):
        record_file(connection, file, rows_read=1)


def test_a_key_that_stands_twice_is_a_defect() -> None:
    connection = duckdb.connect()
    connection.execute("create table superseded (row_key varchar)")
    connection.execute("create table enrolment as select unnest(['E1', 'E2', 'E1', 'E3', 'E3']) as enrolment_id")
    with pytest.raises(AccountDoesNotClose, match="enrolment: enrolment_id repeated 2 times"):
        require_unique_keys(connection)
