"""A load of some exports that keeps the others from the current build: as if all files had been in the folder."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from etl.builds import Build, BuildError, current_build
from etl.folder import Delivery, open_delivery
from etl.layout import load_layouts
from etl.load import Loaded, load, load_delivery
from tests.analytics.small_build import publish_small_build
from tests.conftest import ROOT

SAMPLE = ROOT / "data" / "sample"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
CATALOGUE = "ID_CURSO;EDICION;DENOMINACION;MODALIDAD;HORAS;CREDITOS_ECTS;FECHA_INICIO\n"
ENROLMENTS = "ID_MATRICULA;ID_CURSO;EDICION;DNI;ESTADO;FECHA_NAC;CP;FECHA_MATRICULA\n"


def tell(_file_name: str, _rows: int) -> None:
    """Nobody listens."""


def load_kept(exports: Path, builds: Path, base: Build, extended: tuple[str, ...] = ()) -> Loaded:
    layouts = load_layouts()
    return load_delivery(open_delivery(exports, layouts, base, extended), layouts, builds, tell, now=NOW)


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def rows(build: Build, query: str) -> list[tuple]:
    connection = duckdb.connect()
    connection.execute("attach ? as loaded (read_only)", [str(build.path)])
    return connection.execute(query).fetchall()


def differing_tables(one: Build, other: Build) -> list[str]:
    connection = duckdb.connect()
    for name, build in (("one", one), ("other", other)):
        connection.execute(f"attach '{build.path}' as {name} (read_only)")
    tables = connection.execute(
        "select concat(schema_name, '.', table_name) from duckdb_tables() where database_name = 'one'"
    ).fetchall()
    differ = "select count(*) from ((from {0} except all from {1}) union all (from {1} except all from {0}))"
    return [
        table for (table,) in tables
        if connection.execute(differ.format(f"one.{table}", f"other.{table}")).fetchall() != [(0,)]
    ]


@pytest.mark.parametrize(
    "came", [("matriculas_2025.csv", "matriculas_2026-02.csv"), ("catalogo_microcredenciales.csv",), ("docencia.xlsx",)]
)
def test_an_export_alone_gives_the_tables_of_the_whole_folder(came, tmp_path):
    load(SAMPLE, tmp_path / "builds", tell, now=NOW)
    upload, whole = tmp_path / "upload", tmp_path / "whole"
    upload.mkdir()
    shutil.copytree(SAMPLE, whole)
    for name in came:
        content = (SAMPLE / name).read_bytes()
        lines = content.splitlines(keepends=True)
        (upload / name).write_bytes(content if name.endswith("xlsx") else b"".join([lines[0], *lines[6:]]))
        shutil.copy(upload / name, whole / name)
    load(whole, tmp_path / "of_whole", tell, now=NOW)
    load_kept(upload, tmp_path / "of_upload", current_build(tmp_path / "builds"))
    assert differing_tables(current_build(tmp_path / "of_whole"), current_build(tmp_path / "of_upload")) == []


def test_a_kept_row_that_a_new_catalogue_lets_in_brings_its_birth_date_and_province(tmp_path):
    exports = write(
        tmp_path / "exports",
        catalogue=CATALOGUE + "100001;1;Curso;Online;20;2,0;03/11/2025\n",
        enrolments=ENROLMENTS + "1;100001;1;11111111H;Matriculado;29/02/2000;46022;01/10/2025\n"
        "2;100002;1;22222222J;Matriculado;13/05/65;3001;02/10/2025\n",
    )
    base = load(exports, tmp_path / "builds", tell, now=NOW).build
    assert rows(base, "select enrolment_id from loaded.enrolment") == [("1",)]
    upload = write(
        tmp_path / "upload",
        catalogue=CATALOGUE + "100001;1;Curso;Online;20;2,0;03/11/2025\n100002;1;Otro;Online;20;2,0;03/11/2025\n",
    )
    build = load_kept(upload, tmp_path / "builds", base).build
    found = rows(build, "select enrolment_id, born_on::varchar, province from loaded.enrolment order by all")
    assert found == [("1", "2000-02-29", "46"), ("2", "1965-05-13", "03")]
    assert rows(build, "select field from loaded.flag where rule = 'postcode_lost_its_zero'") == [("postcode",)]


def test_a_build_of_kept_files_lends_them_again(tmp_path):
    exports = write(
        tmp_path / "exports",
        catalogue=CATALOGUE + "100001;1;Curso;Online;20;2,0;03/11/2025\n",
        enrolments=ENROLMENTS + "1;100001;1;11111111H;Matriculado;29/02/2000;46022;01/10/2025\n",
    )
    build = load(exports, tmp_path / "builds", tell, now=NOW).build
    for title in ("Curso nuevo", "Curso más nuevo"):
        upload = write(tmp_path / title, catalogue=CATALOGUE + f"100001;1;{title};Online;20;2,0;03/11/2025\n")
        build = load_kept(upload, tmp_path / "builds", build).build
    assert rows(build, "select title from loaded.edition") == [("Curso más nuevo",)]
    assert rows(build, "select born_on::varchar from loaded.enrolment") == [("2000-02-29",)]


def open_upload(tmp_path: Path, extended: tuple[str, ...]) -> Delivery:
    """january.csv anew, where the build has january.csv and february.csv."""
    line = "{0};100001;1;{0}1111111H;Matriculado;;;01/10/2025\n"
    exports = write(
        tmp_path / "exports",
        catalogue=CATALOGUE + "100001;1;Curso;Online;20;2,0;03/11/2025\n",
        january=ENROLMENTS + line.format(1),
        february=ENROLMENTS + line.format(2),
    )
    base = load(exports, tmp_path / "builds", tell, now=NOW).build
    upload = write(tmp_path / "upload", january=ENROLMENTS + line.format(3))
    return open_delivery(upload, load_layouts(), base, extended)


def test_what_comes_replaces_every_file_of_its_export(tmp_path):
    files = open_upload(tmp_path, ()).files
    assert [(file.file_name, file.is_kept) for file in files] == [("catalogue.csv", True), ("january.csv", False)]


def test_what_comes_may_be_added_to_the_files_of_another_name(tmp_path):
    files = open_upload(tmp_path, ("enrolments",)).files
    assert [(file.file_name, file.is_kept) for file in files] == [
        ("catalogue.csv", True), ("february.csv", True), ("january.csv", False),
    ]


def test_a_file_that_comes_again_under_another_name_is_a_copy_of_the_kept_one(tmp_path):
    catalogue = CATALOGUE + "100001;1;Curso;Online;20;2,0;03/11/2025\n"
    base = load(write(tmp_path / "exports", a=catalogue, c=catalogue), tmp_path / "builds", tell, now=NOW).build
    upload = write(tmp_path / "upload", b=catalogue)
    layouts = load_layouts()
    delivery = open_delivery(upload, layouts, base, ("catalogue",))
    copies = [(file.file_name, file.copy_of is not None) for file in delivery.files]
    assert copies == [("a.csv", False), ("b.csv", True), ("c.csv", True)]
    build = load_delivery(delivery, layouts, tmp_path / "builds", tell, now=NOW).build
    superseded = rows(build, "select row_key, rule from loaded.superseded order by all")
    assert [key.partition(".")[2] for key, _ in superseded] == ["2-2", "3-2"]
    assert rows(build, "select title from loaded.edition") == [("Curso",)]


def test_a_mixture_with_the_sample_is_still_the_sample(tmp_path):
    base = load(SAMPLE, tmp_path / "builds", tell, now=NOW).build
    upload = write(tmp_path / "upload")
    shutil.copy(SAMPLE / "financiacion.csv", upload)
    assert open_delivery(upload, load_layouts(), base).is_sample
    for path in SAMPLE.iterdir():
        if path.name != "SYNTHETIC.txt":
            shutil.copy(path, upload / path.name)
    assert not open_delivery(upload, load_layouts(), base).is_sample


def test_a_build_without_its_raw_rows_cannot_lend_them(tmp_path):
    base = publish_small_build(tmp_path / "builds", edition=[{}])
    upload = write(tmp_path / "upload", catalogue=CATALOGUE + "100001;1;Curso;Online;20;2,0;03/11/2025\n")
    with pytest.raises(BuildError) as refused:
        open_delivery(upload, load_layouts(), base)
    assert refused.value.rule == "build_cannot_lend_its_files"
