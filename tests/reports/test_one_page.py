"""A page of the dashboard as a PDF: one sheet however much it shows, with its words, its drawings and no shortcuts."""

import io
from datetime import date, datetime

import pytest
from pypdf import PdfReader

from analytics.charts import Bar, Series, bars, lines, stacked_columns, stacked_rows
from analytics.marked_lines import Line
from analytics.table import Column, Mark, Table, Way
from analytics.words import LANGUAGES, words
from reports.one_page import Card, OnePage, Picture, describe_page, write_page
from reports.plot import plot

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


def test_bars_reach_as_far_as_on_the_page():
    drawn = plot(bars([Bar("a", 50, "50", BLUE), Bar("b", 25, "25", ORANGE)]), words("es"))
    first, second = drawn["boxes"]
    # The axis of the page goes to 1.22 times the longest bar: 50 / 61 and 25 / 61.
    assert first["x1"] == pytest.approx(50 / 61) and second["x1"] == pytest.approx(25 / 61)
    assert (first["words"], first["colour"], second["colour"]) == ("50", BLUE, ORANGE)
    assert first["y0"] < second["y0"]


def test_the_parts_of_a_row_follow_each_other_and_the_target_stands_where_it_is():
    parts = [Series("En línea", BLUE, [0.6], ["60 %"]), Series("Presencial", ORANGE, [0.4], ["40 %"])]
    drawn = plot(stacked_rows(["Ediciones"], parts, Line(0.5, "la mitad")), words("es"))
    assert [(box["x0"], box["x1"]) for box in drawn["boxes"]] == [(0, 0.6), (0.6, 1.0)]
    [line] = drawn["strokes"]
    assert [x for x, _ in line["points"]] == [0.5, 0.5]
    assert "la mitad" in [note["text"] for note in drawn["texts"]]
    assert [one["name"] for one in drawn["legend"]] == ["En línea", "Presencial"]


def test_columns_pile_up():
    parts = [Series("a", BLUE, [3, 1], ["3", "1"]), Series("b", ORANGE, [1, 0], ["1", "0"])]
    drawn = plot(stacked_columns(["enero", "febrero"], parts, are_named=True), words("es"))
    whole = 4 * 1.05  # the axis leaves a twentieth above
    tops = [1 - box["y0"] for box in drawn["boxes"]]
    assert tops == pytest.approx([3 / whole, 1 / whole, 4 / whole, 1 / whole])
    assert [tick["text"] for tick in drawn["x_ticks"]] == ["enero", "febrero"]


def test_a_line_breaks_where_nothing_is_known_and_is_dotted_where_it_is_not_over():
    days = [date(2026, 1, day) for day in (5, 12, 19, 26)]
    known = plot(lines(days, [Series("a", BLUE, [1, None, 3, 4], list("1-34"))]), words("es"))
    assert [len(one["points"]) for one in known["strokes"]] == [2]
    unfinished = plot(lines(days, [Series("a", BLUE, [1, 2, 3, 4], list("1234"), 3)]), words("es"))
    assert [one["dash"] for one in unfinished["strokes"]] == ["solid", "dot"]


def test_what_lies_outside_the_axis_is_not_drawn():
    drawing = lines([0, 10, 20], [Series("a", BLUE, [0, 10, 20], ["", "", ""])]).with_layout(xaxis={"range": [5, 20]})
    [line] = plot(drawing, words("es"))["strokes"]
    assert [x for x, _ in line["points"]] == pytest.approx([0, 1 / 3, 1])
