"""What a layout says of dates and decimals: a column that reads both ways is read as said, or refused."""

import tomllib
from pathlib import Path

import pytest

from etl import __main__ as command
from etl.builds import current_build, open_reader
from etl.layout import load_layouts
from etl.layout_said import Said
from tests.etl.small_delivery import write_delivery


def write_layout(folder: Path, content: str) -> Path:
    (folder / "layouts").mkdir()
    (folder / "layouts" / "own.toml").write_text(content, encoding="utf-8")
    return folder / "layouts"


@pytest.mark.parametrize("layout", load_layouts(), ids=lambda layout: layout.export)
def test_our_layouts_say_which_way_dates_and_decimals_are(layout) -> None:
    assert {each.said for each in layout.fields.values()} == {Said("day_first", "by_column")}


# A system of its own: FECHA_PAGO, FECHA_NAC and PRECIO_BASE come under names that only the added layout knows.
OTHER = """
export = "enrolments"
{said}
[fields.paid_on]
headers = ["Cobro"]
[fields.born_on]
headers = ["Nacido"]
[fields.base_price]
headers = ["Tasa"]
"""


def load_other(folder: Path, capsys, said: str = "", language: str = "es", **cells: str) -> tuple[int, str]:
    """One enrolment of that system loaded, its other columns as usual: how the command ended, and its complaint."""
    usual = {"FECHA_PAGO": "13/12/2025", "FECHA_NAC": "13/05/1990", "PRECIO_BASE": "100,00"} | cells
    write_delivery(folder / "exports", enrolments={"one": usual})
    path = folder / "exports" / "enrolments.csv"
    text = path.read_text(encoding="utf-8").replace("FECHA_PAGO", "Cobro").replace("FECHA_NAC", "Nacido")
    path.write_text(text.replace("PRECIO_BASE", "Tasa"), encoding="utf-8")
    layouts = write_layout(folder, OTHER.format(said=said))
    arguments = ["--builds", str(folder / "builds"), "--layouts", str(layouts), "--language", language, "--quiet"]
    ended = command.main([str(folder / "exports"), *arguments])
    return ended, capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "En la columna «Cobro» ninguna fecha aclara si va delante el día o el mes: «03/12/2025» puede ser el "
               "día 3 del mes 12 o el día 12 del mes 3. Dígalo en su formato: dates = \"day_first\""),
        ("va", "En la columna «Cobro» cap data aclarix si va davant el dia o el mes: «03/12/2025» pot ser el dia 3 "
               "del mes 12 o el dia 12 del mes 3. Diga-ho en el seu format: dates = \"day_first\""),
        ("en", "In the column “Cobro” no date shows whether the day or the month comes first: “03/12/2025” may be "
               "day 3 of month 12 or day 12 of month 3. Say it in your layout: dates = \"day_first\""),
    ],
)  # fmt: skip
def test_a_column_of_dates_that_reads_both_ways_is_refused_unless_the_layout_says(
    tmp_path, capsys, language: str, sentence: str
) -> None:
    ended, complaint = load_other(tmp_path, capsys, language=language, FECHA_PAGO="03/12/2025")
    assert ended == 1
    assert f"enrolments.csv: {sentence}" in complaint
    assert current_build(tmp_path / "builds") is None


@pytest.mark.parametrize(("said", "paid_on"), [("day_first", "2025-12-03"), ("month_first", "2025-03-12")])
def test_a_column_of_dates_that_reads_both_ways_is_read_as_the_layout_says(
    tmp_path, capsys, said: str, paid_on: str
) -> None:
    assert load_other(tmp_path, capsys, f'dates = "{said}"', FECHA_PAGO="03/12/2025")[0] == 0
    with open_reader(current_build(tmp_path / "builds")) as connection:
        assert str(connection.execute("select paid_on from loaded.enrolment").fetchone()[0]) == paid_on


def test_a_column_whose_own_dates_tell_needs_no_word(tmp_path, capsys) -> None:
    assert load_other(tmp_path, capsys)[0] == 0


def test_a_date_of_birth_is_never_the_example(tmp_path, capsys) -> None:
    ended, complaint = load_other(tmp_path, capsys, FECHA_NAC="05/04/1990")
    assert ended == 1
    assert "En la columna «Nacido» ninguna fecha aclara si va delante el día o el mes (no se muestra" in complaint
    assert not [part for part in ("05", "04", "1990", "día 5", "mes 4") if part in complaint.replace("enrolments", "")]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "En la columna «Tasa» ningún número aclara cuál es el signo decimal: «1.250» puede ser 1250, o 1 con "
               "250 milésimas. Dígalo en su formato: decimals = \"comma\""),
        ("va", "En la columna «Tasa» cap número aclarix quin és el signe decimal: «1.250» pot ser 1250, o 1 amb 250 "
               "mil·lèsimes. Diga-ho en el seu format: decimals = \"comma\""),
        ("en", "In the column “Tasa” no number shows which sign is the decimal one: “1.250” may be 1250, or 1 and 250 "
               "thousandths. Say it in your layout: decimals = \"comma\""),
    ],
)  # fmt: skip
def test_a_column_of_numbers_that_reads_both_ways_is_refused_unless_the_layout_says(
    tmp_path, capsys, language: str, sentence: str
) -> None:
    ended, complaint = load_other(tmp_path, capsys, language=language, PRECIO_BASE="1.250")
    assert ended == 1
    assert f"enrolments.csv: {sentence}" in complaint


@pytest.mark.parametrize(
    ("said", "text", "price"),
    [
        ("comma", "1.250", "1250.00"),
        ("point", "1,250", "1250.00"),
        ("point", "1.250", None),  # a third decimal
        ("by_column", "1.250", None),
    ],
)
def test_a_column_of_numbers_that_reads_both_ways_is_read_as_the_layout_says(
    tmp_path, capsys, said: str, text: str, price: str | None
) -> None:
    assert load_other(tmp_path, capsys, f'decimals = "{said}"', PRECIO_BASE=text)[0] == 0
    with open_reader(current_build(tmp_path / "builds")) as connection:
        (found,) = connection.execute("select base_price from loaded.enrolment").fetchone()
    assert (found and str(found)) == price


def test_every_column_that_reads_both_ways_is_told_at_once(tmp_path, capsys) -> None:
    _, complaint = load_other(tmp_path, capsys, FECHA_PAGO="03/12/2025", PRECIO_BASE="1.250", FECHA_NAC="05/04/1990")
    assert complaint.count("En la columna") == 3


def test_what_is_said_of_one_column_is_not_said_of_the_others(tmp_path, capsys) -> None:
    said = 'dates = "day_first"\n[fields.applied_on]\ndates = "month_first"\nheaders = ["Pedido el"]'
    ended, _ = load_other(tmp_path, capsys, said, FECHA_PAGO="03/12/2025")
    assert ended == 0
    with open_reader(current_build(tmp_path / "builds")) as connection:
        assert str(connection.execute("select paid_on from loaded.enrolment").fetchone()[0]) == "2025-12-03"


def test_of_a_header_that_no_layout_gives_any_more_nothing_is_said() -> None:
    field = next(layout for layout in load_layouts() if layout.export == "enrolments").fields["paid_on"]
    assert field.under("Fecha de pago").said == Said("day_first", "by_column")
    assert field.under("Cobro").said == Said()


def test_a_layout_that_was_written_leaves_dates_and_decimals_to_be_said(tmp_path, capsys) -> None:
    write_delivery(tmp_path, enrolments={"one": {"FECHA_PAGO": "03/12/2025"}})
    command.main(["layout", str(tmp_path / "enrolments.csv"), "--write", str(tmp_path / "layout.toml")])
    capsys.readouterr()
    text = (tmp_path / "layout.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(text)) == {"export", "fields"}
    assert '# dates = "day_first"' in text
    assert '# decimals = "comma"' in text
    (tmp_path / "own").mkdir()
    (tmp_path / "layout.toml").rename(tmp_path / "own" / "layout.toml")
    command.main(["layout", str(tmp_path / "enrolments.csv"), "--layouts", str(tmp_path / "own"), "--language", "en"])
    said = capsys.readouterr().out
    assert "(FECHA_PAGO): date; no date shows whether the day or the month comes first, and the layout does not" in said
