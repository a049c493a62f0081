"""A page of the dashboard as a PDF: one sheet however much it shows, with its words, its drawings and no shortcuts."""

import io
from datetime import datetime

import pytest
from pypdf import PdfReader

from analytics.charts import Bar, bars
from analytics.table import Column, Mark, Table, Way
from analytics.words import LANGUAGES, words
from reports.one_page import Card, OnePage, Picture, describe_page, write_page

BLUE, ORANGE = "#0072b2", "#c44e00"


def a_table(rows: int) -> Table:
    columns = (Column("Cosa"), Column("Cuántas", "count"), Column("Estado"), Column("Ver"))
    mark, way = Mark("kept", "Cumplido"), Way("Modalidad", "modality", {})
    return Table(columns, [(f"Fila {number}", number, mark, way) for number in range(1, rows + 1)])


def a_page(*figures: Picture, cards: int = 4, answer: str = "Se cumplen 3 de 7.") -> OnePage:
    card = Card("Oferta en línea", "59,6 %", "28 de 47", "kept")
    return OnePage(
        "Resumen", "¿Se cumple?", answer, "Toda la oferta", ("Datos de muestra.",), (card,) * cards, figures,
        ("Carga X", "a.csv"), datetime(2026, 2, 15, 9, 30),
    )


def read(page: OnePage, language: str = "es") -> tuple[int, str]:
    found = PdfReader(io.BytesIO(write_page(page, words(language))))
    return len(found.pages), " ".join(" ".join(sheet.extract_text() for sheet in found.pages).split())


def a_chart(rows: int) -> Picture:
    drawing = bars([Bar(f"Centro {number}", number, str(number), BLUE) for number in range(1, rows + 1)])
    return Picture("Cada centro suma uno más.", drawing, a_table(rows), "Gráfico de centros")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("figures", [0, 1, 2, 3, 4, 7])
def test_it_is_one_sheet_with_any_number_of_figures(figures, language):
    pages, text = read(a_page(*[a_chart(6)] * figures), language)
    assert pages == 1
    assert "¿Se cumple?" in text and "59,6" in text


def test_figures_that_have_no_room_are_left_out_and_the_first_stays():
    pages, text = read(a_page(a_chart(16), a_chart(17), a_chart(17), a_chart(17)))
    assert pages == 1
    assert "Centro 16" in text and "Centro 17" not in text


def test_a_figure_taller_than_the_sheet_is_told_by_its_first_rows():
    pages, text = read(a_page(a_chart(90), answer="Una respuesta larga. " * 30))
    assert pages == 1
    assert "Fila 5" in text and "Centro 90" not in text


def test_a_long_table_says_how_many_rows_it_leaves_out():
    pages, text = read(a_page(Picture("Muchas filas.", None, a_table(1015), "Tabla")))
    assert pages == 1
    assert "Fila 12" in text and "Fila 13" not in text
    assert "… y 1.003 más" in text  # 1015 less the 12 that are shown


def test_a_page_with_single_rows_says_that_it_is_restricted():
    says = words("es")
    page = a_page(Picture("Filas.", None, a_table(2), "Tabla", is_restricted=True))
    assert describe_page(page, says)["notes"][0] == says("download.restricted")
    assert says("download.restricted") in read(page)[1]
    assert says("download.restricted") not in describe_page(a_page(a_chart(3)), says)["notes"]


def test_a_way_to_another_page_is_not_printed():
    [figure] = describe_page(a_page(Picture("Filas.", None, a_table(2), "Tabla")), words("es"))["figures"]
    assert figure["heads"] == ["Cosa", "Cuántas", "Estado"]
    assert figure["statuses"] == [[None, None, "kept"]] * 2


def test_the_same_page_gives_the_same_bytes():
    page = a_page(a_chart(3))
    assert write_page(page, words("es")) == write_page(page, words("es"))


def test_it_is_tagged_and_says_what_a_drawing_shows():
    content = write_page(a_page(a_chart(3)), words("va"))
    catalog = PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"].startswith("ca")
    assert "Gráfico de centros" in _alternatives(catalog["/StructTreeRoot"])


def _alternatives(node) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [text for part in node for text in _alternatives(part)]
    if not isinstance(node, dict):
        return []
    here = [str(node["/Alt"])] if "/Alt" in node else []
    return here + (_alternatives(node["/K"]) if "/K" in node else [])


def test_a_chart_is_drawn_at_the_width_of_its_place_and_in_the_language():
    figure = Picture("Dos barras", bars([Bar("a", 50, "50", BLUE), Bar("b", 25, "25", ORANGE)]), a_table(2), "Dos")
    [told] = describe_page(a_page(figure), words("es"))["figures"]
    assert 'width="686"' in told["chart"]["across"] and 'width="332"' in told["chart"]["half"]
    assert told["chart"]["half"].count("<rect") == told["chart"]["across"].count("<rect") >= 2
    assert "rows" not in told


def test_a_chart_too_tall_for_the_sheet_is_told_by_its_table():
    tall = bars([Bar(str(number), number, str(number), BLUE) for number in range(60)])
    [told] = describe_page(a_page(Picture("Sesenta", tall, a_table(2), "Sesenta")), words("es"))["figures"]
    assert told["chart"] is None
    assert len(told["rows"]) == 2
