"""What all tests share: no test touches the real builds or the real key, and the sample is loaded once."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def key_of_the_tests(tmp_path_factory: pytest.TempPathFactory):
    """A pseudonym key for the whole run, so that the one of this machine is neither used nor made."""
    before = os.environ.get("PSEUDONYM_KEY_FILE")
    os.environ["PSEUDONYM_KEY_FILE"] = str(tmp_path_factory.mktemp("key") / "pseudonym.key")
    yield
    if before is None:
        del os.environ["PSEUDONYM_KEY_FILE"]
    else:
        os.environ["PSEUDONYM_KEY_FILE"] = before


@pytest.fixture(scope="session")
def sample_builds(tmp_path_factory: pytest.TempPathFactory, key_of_the_tests: None) -> Path:
    """A builds folder with the sample in it, as `make dashboard` makes it."""
    from etl.load import load

    folder = tmp_path_factory.mktemp("sample_builds")
    load(ROOT / "data" / "sample", folder, lambda name, rows: None)
    return folder


@pytest.fixture(scope="session")
def catalogue_builds(tmp_path_factory: pytest.TempPathFactory, key_of_the_tests: None) -> Path:
    """A builds folder with nothing but a catalogue of two editions, online and face-to-face."""
    from etl.load import load

    exports = tmp_path_factory.mktemp("catalogue_only")
    (exports / "catalogo.csv").write_text(
        "ID_CURSO;EDICION;DENOMINACION;MODALIDAD;HORAS;CREDITOS_ECTS;FECHA_INICIO;FECHA_FIN\n"
        "100001;1;Curso de prueba;Online;20;2,0;03/11/2025;19/12/2025\n"
        "100002;1;Otro curso de prueba;Presencial;30;3,0;12/01/2026;20/02/2026\n",
        encoding="utf-8",
    )
    folder = tmp_path_factory.mktemp("catalogue_builds")
    load(exports, folder, lambda name, rows: None)
    return folder
