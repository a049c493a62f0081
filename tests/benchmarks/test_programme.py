"""The generator keeps its promises: same bytes, a sample like the real thing, counted troubles, flat memory."""

import csv
import gc
import tracemalloc
import zipfile
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from benchmarks.people import LETTERS
from benchmarks.programme import write_programme

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
TEXT_FILES = ("catalogo_microcredenciales.csv", "avales.csv", "financiacion.csv", "matriculas_2025.csv",
              "matriculas_2026-02.csv", "SYNTHETIC.txt")
ONLINE = {"Presencial (aula virtual)", "Emisión en directo", "Online", "On-line", "En línia", "Virtual",
          "Matrícula continua"}
EVENTS = ("FECHA_SOLICITUD", "FECHA_MATRICULA", "FECHA_PAGO", "FECHA_ANULACION", "FECHA_ESTADO", "FECHA_CERTIFICADO")
Row = dict[str, str]


def read_rows(path: Path, encoding: str = "utf-8-sig") -> list[Row]:
    with open(path, encoding=encoding, newline="") as stream:
        headers, *rows = csv.reader(stream, delimiter=";")
    return [dict(zip(headers, row, strict=True)) for row in rows if len(row) == len(headers)]


def read_date(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        return None


def age_on(day: date, born_on: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def edition_number(row: Row) -> str:
    return {"": "1", "2a ed.": "2"}.get(row["EDICION"], row["EDICION"])


class Sample:
    """The committed files, read and joined a second way."""

    def __init__(self, folder: Path) -> None:
        self.catalogue = read_rows(folder / "catalogo_microcredenciales.csv")
        self.first = read_rows(folder / "matriculas_2025.csv", "cp1252")
        self.second = read_rows(folder / "matriculas_2026-02.csv")
        self.printed = self.first + self.second
        self.latest = {row["ID_MATRICULA"]: row for row in self.printed}.values()
        self.endorsements = read_rows(folder / "avales.csv")
        self.funding = read_rows(folder / "financiacion.csv")
        sheet = load_workbook(folder / "docencia.xlsx").active
        self.teaching = list(sheet.iter_rows(min_row=4, values_only=True))
        self.starts = {(row["ID_CURSO"], edition_number(row)): read_date(row["FECHA_INICIO"]) for row in self.catalogue}

    def offered(self) -> list[Row]:
        return [row for row in self.catalogue if row["EDICION"] != "9" and row["ESTADO"] not in ("Anulado", "Borrador")]

    def age(self, row: Row) -> int | None:
        born_on, starts_on = read_date(row["FECHA_NAC"]), self.starts.get((row["ID_CURSO"], row["EDICION"]))
        return None if not born_on or born_on.year == 1900 or not starts_on else age_on(starts_on, born_on)

    def rated(self, rate: str, low: int, high: int, is_home: bool) -> int:
        """Enrolments at the ordinary tariffs with this rate, an age in the band, and a tie with Spain or none."""
        return sum(
            row["TARIFA"] in ("General", "Microcreds 70 %") and row["PCT_REDUCCION"] == rate
            and self.age(row) is not None and low <= self.age(row) <= high and row["NACIONALIDAD"] != ""
            and ("España" in (row["NACIONALIDAD"], row["PAIS_RESIDENCIA"])) == is_home
            for row in self.latest)


@pytest.fixture(scope="module")
def sample() -> Sample:
    return Sample(SAMPLE)


def count_duplicates(rows: list) -> int:
    return sum(times - 1 for times in Counter(map(str, rows)).values())


def has_wrong_letter(row: Row) -> bool:
    document = (row["NUM_DOC"] + row["LETRA"]).upper().translate(str.maketrans("", "", " .-"))
    if row["TIPO_DOC"] not in ("NIF", "NIE"):
        return False
    return LETTERS[int(document[:-1].replace("Z", "2")) % 23] != document[-1]


def is_spelled_otherwise(row: Row) -> bool:
    document = row["NUM_DOC"]
    return row["LETRA"] != "" or document != document.upper() or any(sign in document for sign in " .-")


def count_troubles(sample: Sample) -> dict[str, int]:
    known_ids = {row["ID_CURSO"] for row in sample.catalogue}
    editions, latest, printed = set(sample.starts), sample.latest, sample.printed
    unknown_course = [row for row in latest if row["ID_CURSO"] not in known_ids]
    return {
        "catalogue rows to reject": sum(row["EDICION"] == "9" for row in sample.catalogue),
        "enrolments of an unknown course": len(unknown_course),
        "enrolments of an unknown edition": sum(
            row["ID_CURSO"] in known_ids and (row["ID_CURSO"], row["EDICION"]) not in editions for row in latest),
        "enrolments in an unknown state": sum(row["ESTADO"] in ("Reservado", "Pdte.") for row in latest),
        "teaching rows of an unknown course": sum(row[0] == "199999" for row in sample.teaching),
        "endorsements of an unknown course": sum(row["ID_CURSO"] == "199999" for row in sample.endorsements),
        "total rows": sum(row[0] == "TOTAL" for row in sample.teaching)
        + sum(row["PROYECTO"] == "TOTAL" for row in sample.funding),
        "enrolments printed twice, exactly": count_duplicates(sample.first) + count_duplicates(sample.second),
        "teaching rows printed twice, exactly": count_duplicates(sample.teaching),
        "endorsements printed twice, exactly": count_duplicates(sample.endorsements),
        "enrolments with a later state in the second file": len(
            {row["ID_MATRICULA"] for row in sample.first} & {row["ID_MATRICULA"] for row in sample.second}),
        "documents with a wrong letter": sum(map(has_wrong_letter, latest)),
        "rows whose document lost its zeros": sum(
            row["TIPO_DOC"] == "NIF" and row["NUM_DOC"].isalnum() and len(row["NUM_DOC"] + row["LETRA"]) < 9
            for row in printed),
        "rows whose document is spelled otherwise": sum(map(is_spelled_otherwise, printed)),
        "enrolments without a document": sum(row["NUM_DOC"] == "" for row in latest),
        "birth dates empty, 01/01/1900 or 30/02/1985": sum(
            row["FECHA_NAC"] in ("", "01/01/1900", "30/02/1985") for row in latest),
        "enrolments without nationality": sum(row["NACIONALIDAD"] == "" for row in latest),
        "missed reductions": sample.rated("", 25, 64, True),
        "reductions of a wrong amount": sample.rated("50", 25, 64, True),
        "reductions to people under 25": sample.rated("70", 0, 24, True) + sample.rated("70", 0, 24, False),
        "reductions to people over 64": sample.rated("70", 65, 99, True) + sample.rated("70", 65, 99, False),
        "reductions to non-residents of 25 to 64": sample.rated("70", 25, 64, False),
        "editions of exactly 15.0 ECTS": sum(row["CREDITOS_ECTS"] == "15,0" for row in sample.catalogue),
        "cancelled editions": sum(row["DENOMINACION"].startswith("ANULADO-") for row in sample.catalogue),
        "postponed editions": sum(row["DENOMINACION"].startswith("APLAZADO-") for row in sample.catalogue),
        "draft editions": sum(row["ESTADO"] == "Borrador" for row in sample.catalogue),
    }


def read_table(section: str) -> dict[str, int]:
    """The two-column table of the README under that heading."""
    text = (SAMPLE / "README.md").read_text(encoding="utf-8").split(f"## {section}")[1].split("\n## ")[0]
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return {name.strip(): int(count) for name, count in lines[2:]}


def test_the_same_seed_and_size_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_programme(tmp_path / name, seed=7, enrolments=200, courses=12)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_another_seed_gives_other_enrolments(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_programme(tmp_path / str(seed), seed=seed, enrolments=50, courses=5, plain=True)
    one, two = ((tmp_path / seed / "matriculas.csv").read_bytes() for seed in "12")
    assert one != two


def test_the_committed_sample_is_what_the_generator_writes(tmp_path: Path) -> None:
    write_programme(tmp_path)
    for name in TEXT_FILES:
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes(), name
    made, kept = zipfile.ZipFile(tmp_path / "docencia.xlsx"), zipfile.ZipFile(SAMPLE / "docencia.xlsx")
    assert {name: made.read(name) for name in made.namelist()} == {name: kept.read(name) for name in kept.namelist()}


def test_the_readme_counts_the_troubles_truly(sample: Sample) -> None:
    assert count_troubles(sample) == read_table("Troubles")


def test_the_readme_counts_the_contents_truly(sample: Sample) -> None:
    offered = sample.offered()
    groups = Counter(
        "online" if row["MODALIDAD"] in ONLINE or row["CANAL"] == "Aula virtual"
        else "face-to-face" if row["MODALIDAD"] == "Presencial" else "blended" for row in offered)
    made = [row for row in sample.latest if not row["ID_MATRICULA"].startswith("299")]
    assert read_table("Contents") == {
        "microcredentials": len({row["ID_CURSO"] for row in sample.catalogue}),
        "editions": sum(row["EDICION"] != "9" for row in sample.catalogue),
        "offered editions": len(offered),
        "offered editions online": groups["online"],
        "offered editions face-to-face": groups["face-to-face"],
        "offered editions blended": groups["blended"],
        "enrolment records": len(made),
        "rows of enrolments": len(sample.printed),
        "people": len({row["ID_ALUMNO"] for row in made}),
        "people in more than one course": sum(
            times > 1 for times in Counter(row["ID_ALUMNO"] for row in made).values()),
        "certificates": sum(row["FECHA_CERTIFICADO"] != "" for row in made),
        "courses with an endorsement": len({row["ID_CURSO"] for row in sample.endorsements} - {"199999"}),
    }


def test_the_newest_event_is_the_day_before_the_extraction(sample: Sample) -> None:
    events = (read_date(row[header]) for row in sample.printed for header in EVENTS)
    assert max(event for event in events if event) == date(2026, 2, 15)


def test_enrolments_never_exceed_the_places(sample: Sample) -> None:
    taken = Counter((row["ID_CURSO"], row["EDICION"]) for row in sample.latest if row["ESTADO"] == "Matriculado")
    limited = [(row["ID_CURSO"], edition_number(row), int(row["PLAZAS"]))
               for row in sample.catalogue if row["PLAZAS"] != "Ilimitadas"]
    assert len(limited) == len(sample.catalogue) - 1
    assert not [course for course, number, places in limited if taken[course, number] > places]


def test_names_in_the_sample_are_plainly_invented(sample: Sample) -> None:
    assert all(row["EMAIL"].endswith("@example.invalid") for row in sample.second)
    assert {row["APELLIDOS"] for row in sample.second} == {"Sintética Inventada"}
    assert "NOMBRE" not in sample.first[0]


def test_the_sample_stays_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) < 1_000_000


def test_a_plain_programme_has_no_trouble(tmp_path: Path) -> None:
    write_programme(tmp_path, seed=3, enrolments=400, courses=44, plain=True)
    rows = read_rows(tmp_path / "matriculas.csv")
    assert len({row["ID_MATRICULA"] for row in rows}) == len(rows) == 400
    assert not [row for row in rows if has_wrong_letter(row) or is_spelled_otherwise(row) or not row["FECHA_NAC"]]
    assert {row["PCT_REDUCCION"] for row in rows} <= {"", "70", "100", "20"}
    catalogue = read_rows(tmp_path / "catalogo_microcredenciales.csv")
    assert not [row for row in catalogue if row["ESTADO"] in ("Anulado", "Aplazado", "Borrador")]
    assert max(float(row["CREDITOS_ECTS"].replace(",", ".")) for row in catalogue) == 14.0


def test_memory_does_not_grow_with_the_enrolments(tmp_path: Path) -> None:
    peaks = []
    for enrolments in (2_000, 20_000):
        gc.collect()
        tracemalloc.start()
        write_programme(tmp_path, enrolments=enrolments)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]
