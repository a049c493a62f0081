"""A figure as a picture: the numbers, words and colours of its chart, with its title and where it comes from."""

from datetime import date
from xml.etree import ElementTree

import pytest

from analytics.charts import Bar, Line, Range, Series, bars, columns, flow, lines, stacked_columns, stacked_rows
from analytics.flows import Flow, Node
from analytics.waterfall import Fall, waterfall
from reports.picture.canvas import wrap
from reports.picture.sheet import DOTS_AN_INCH, POINTS_A_PIXEL, WIDTH, to_chart, to_png, to_svg

NAME = "{http://www.w3.org/2000/svg}"
BLUE, ORANGE, GREY = "#0072b2", "#c65102", "#7b8794"
DAYS = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19), date(2026, 1, 26)]


def picture(drawing, title="Título", foot=("Toda la oferta",), told="lo mismo en palabras"):
    return to_svg(drawing.written_in(",."), title, foot, told)


def shapes(svg: str, name: str, colour: str) -> list[dict]:
    root = ElementTree.fromstring(svg)
    return [found.attrib for found in root.iter(NAME + name) if colour in (found.get("fill"), found.get("stroke"))]


def words_of(svg: str) -> list[str]:
    return ["".join(found.itertext()) for found in ElementTree.fromstring(svg).iter(NAME + "text")]


def points(line: dict) -> list[tuple[float, ...]]:
    return [tuple(map(float, point.split(","))) for point in line["points"].split()]


def test_bars_are_as_long_as_their_values_and_say_them_in_their_colours():
    svg = picture(bars([Bar("Vera", 40, "40 matrículas", BLUE), Bar("Alcoi", 10, "10 matrículas", ORANGE)]))
    [long], [short] = shapes(svg, "rect", BLUE), shapes(svg, "rect", ORANGE)
    assert float(long["width"]) == pytest.approx(4 * float(short["width"]), abs=0.3)
    assert long["x"] == short["x"] and float(long["y"]) < float(short["y"])
    assert {"Vera", "40 matrículas", "Alcoi", "10 matrículas"} <= set(words_of(svg))


def test_parts_of_a_whole_follow_each_other_and_a_part_too_narrow_for_its_words_has_none():
    parts = [Series("En línea", BLUE, [0.6], ["60 %"]), Series("Presencial", ORANGE, [0.39], ["39 %"]),
             Series("Mixta", GREY, [0.01], ["1 %"])]
    svg = picture(stacked_rows(["Ediciones"], parts, Line(0.6, "60 % en línea")))
    blue, orange = shapes(svg, "rect", BLUE)[1], shapes(svg, "rect", ORANGE)[1]  # after those of the legend
    assert float(orange["x"]) == pytest.approx(float(blue["x"]) + float(blue["width"]), abs=0.2)
    assert float(orange["width"]) / float(blue["width"]) == pytest.approx(0.65, abs=0.01)
    [target] = [line for line in shapes(svg, "polyline", GREY) if line.get("stroke-dasharray")]
    assert points(target)[0][0] == pytest.approx(float(orange["x"]), abs=0.2)
    assert {"En línea", "Presencial", "Mixta", "60 %", "39 %", "60 % en línea"} <= set(words_of(svg))
    assert "1 %" not in words_of(svg)


def test_columns_stand_on_each_other_from_the_axis_up():
    svg = picture(stacked_columns(["oct", "nov"], [Series("A", BLUE, [2, 4], ["2", "4"]),
                                                   Series("B", ORANGE, [1, 2], ["1", "2"])], are_named=True))
    (_, first, second), (_, upper, _) = shapes(svg, "rect", BLUE), shapes(svg, "rect", ORANGE)
    assert float(second["height"]) == pytest.approx(2 * float(first["height"]), abs=0.2)
    assert float(upper["y"]) + float(upper["height"]) == pytest.approx(float(first["y"]), abs=0.2)
    assert {"oct", "nov"} <= set(words_of(svg))


def test_columns_of_categories_keep_their_order():
    svg = picture(columns(["18-29", "30-54"], [Bar("18-29", 3, "3", BLUE), Bar("30-54", 6, "6", ORANGE)]))
    [left], [right] = shapes(svg, "rect", BLUE), shapes(svg, "rect", ORANGE)
    assert float(left["x"]) < float(right["x"])
    assert float(right["height"]) == pytest.approx(2 * float(left["height"]), abs=0.2)
    assert {"18-29", "30-54"} <= set(words_of(svg))


def test_a_line_has_its_gaps_and_its_unfinished_part_is_dashed():
    one = Series("Matrículas", BLUE, [1, 2, 3, 1], ["1", "2", "3", "1"], unfinished_from=3)
    other = Series("Otras", ORANGE, [1, None, 2, 4], ["1", "–", "2", "4"])
    svg = picture(lines(DAYS, [one, other]))
    drawn = [line for line in shapes(svg, "polyline", BLUE) if len(points(line)) > 1 and line["stroke-width"] == "2.4"]
    finished, unfinished = drawn[-2:]
    assert "stroke-dasharray" not in finished and "stroke-dasharray" in unfinished
    assert points(finished)[-1] == points(unfinished)[0]
    (x1, y1), (x2, y2), (x3, y3) = points(finished)
    assert x2 - x1 == pytest.approx(x3 - x2, abs=0.2) and y1 - y2 == pytest.approx(y2 - y3, abs=0.2)
    [_legend, after_the_gap] = shapes(svg, "polyline", ORANGE)
    assert len(points(after_the_gap)) == 2
    assert len(shapes(svg, "circle", ORANGE)) == 3


def test_a_range_is_the_space_between_its_ends():
    one = Series("Expedidas", BLUE, [1, 2, 3, 4], ["1", "2", "3", "4"])
    svg = picture(lines(DAYS, [one], band=Range("Margen", ORANGE, [None, 2, 2, 3], [None, 2, 4, 6])))
    [space] = shapes(svg, "polygon", ORANGE)
    assert len(points(space)) == 6 and "fill-opacity" in space
    [drawn] = [line for line in shapes(svg, "polyline", BLUE) if len(points(line)) == 4]
    assert points(space)[1][1] == pytest.approx(points(drawn)[3][1], abs=0.2)  # the high end is 4 there


def test_a_flow_is_as_high_as_its_amounts():
    stages = [{"all": Node("Matrículas", "10", GREY)}, {"yes": Node("Sí", "8", BLUE), "no": Node("No", "2", ORANGE)}]
    svg = picture(flow(stages, [Flow("all", "yes", 8, "8"), Flow("all", "no", 2, "2")]))
    [yes], [no] = shapes(svg, "rect", BLUE), shapes(svg, "rect", ORANGE)
    assert float(yes["height"]) == pytest.approx(4 * float(no["height"]), abs=0.3)
    assert len(shapes(svg, "path", BLUE)) == len(shapes(svg, "path", ORANGE)) == 1
    assert {"Matrículas", "10", "Sí", "8", "No", "2"} <= set(words_of(svg))


def test_each_step_of_a_waterfall_begins_where_the_one_before_ends():
    steps = [Fall("Vera", 6, "+6", BLUE), Fall("Alcoi", -2, "−2", ORANGE)]
    svg = picture(waterfall(steps, Fall("Todo", 4, "+4", GREY)))
    [up], [down], [whole] = (shapes(svg, "rect", colour) for colour in (BLUE, ORANGE, GREY))
    assert float(down["x"]) + float(down["width"]) == pytest.approx(float(up["x"]) + float(up["width"]), abs=0.2)
    assert whole["x"] == up["x"]
    assert float(whole["width"]) == pytest.approx(float(up["width"]) * 2 / 3, abs=0.3)


def test_a_picture_says_its_title_what_it_shows_and_what_to_tell_who_cannot_see_it():
    svg = picture(bars([Bar("Vera", 4, "4", BLUE)]), "Vera tiene 4", ("Campus: Vera", "Fuente: a.csv"), "Vera: 4")
    root = ElementTree.fromstring(svg)
    assert root.find(NAME + "title").text == "Vera tiene 4" and root.find(NAME + "desc").text == "Vera: 4"
    assert root.get("aria-labelledby") == "title told"
    assert {"Vera tiene 4", "Campus: Vera", "Fuente: a.csv"} <= set(words_of(svg))


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "R&D <b>x</b>", "a \"b\" 'c'", "中文 𝛼"])
def test_data_stays_words(text):
    svg = picture(bars([Bar(text, 4, text, BLUE)]), text, (text,), text)
    assert words_of(svg).count(text) == 4
    assert not list(ElementTree.fromstring(svg).iter(NAME + "script"))
    assert to_png(svg).startswith(b"\x89PNG")


def test_the_points_of_colour_are_twice_those_of_a_screen_and_the_same_each_time():
    svg = picture(bars([Bar("Vera", 4, "4", BLUE)]))
    made = to_png(svg)
    assert int.from_bytes(made[16:20]) == WIDTH * POINTS_A_PIXEL * DOTS_AN_INCH / 72 == 2 * WIDTH
    assert to_png(svg) == made


def test_a_long_title_goes_over_several_lines_of_whole_words():
    found = wrap("una frase que no cabe en una línea", 100, 13)
    assert len(found) > 1 and " ".join(found) == "una frase que no cabe en una línea"


def test_names_of_an_axis_never_run_into_each_other():
    months = [f"mes {number} de 2026" for number in range(1, 13)]
    drawing = stacked_columns(months, [Series("a", BLUE, [1] * 12, [""] * 12)], are_named=True).written_in(",.")
    assert sum(text in months for text in words_of(to_chart(drawing, 1400))) == 12
    # In a fifth of the width, names of some 80 pixels each have room for three or four
    few = [text for text in words_of(to_chart(drawing, 280)) if text in months]
    assert few in (months[::4], months[::5], months[::6])
