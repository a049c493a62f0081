"""Names at the ends of lines, and points that would not be seen."""

from analytics import charts
from analytics.charts import Series
from analytics.line_ends import can_name_ends, name_ends, show_lone_points, spread

POINTS = [1, 2, 3]


def line(name: str, values: list) -> Series:
    return Series(name, "#0072b2", values, [str(value) for value in values])


def draw(lines: list[Series]):
    return charts.lines(POINTS, lines)


def test_names_do_not_touch():
    assert spread([10, 10.5, 3], 2) == [10, 12, 3]


def test_only_a_few_short_names_stand_at_the_ends():
    assert can_name_ends([line("Vera", POINTS), line("Alcoi", POINTS)])
    assert not can_name_ends([line("Vera", POINTS)])
    assert not can_name_ends([line("Vera", POINTS), line("Tecnologías de la información", POINTS)])
    assert not can_name_ends([line(name, POINTS) for name in "abcde"])


def test_a_name_stands_at_the_last_known_value_literally_and_the_legend_goes():
    lines = [line("<b>Vera</b>", [1, 5, None]), line("Alcoi", [1, 1, 2])]
    figure = name_ends(draw(lines), POINTS, lines, highest=10)
    told = {note["text"].split("</span> ")[1]: (note["x"], note["y"]) for note in figure.layout["annotations"]}
    assert told == {"&lt;b&gt;Vera&lt;/b&gt;": (3, 5), "Alcoi": (3, 2)}
    assert figure.layout["showlegend"] is False


def test_a_line_that_only_ends_early_needs_no_marks():
    lines = [line("Vera", [None, *range(28), None])]
    drawing = charts.lines(list(range(30)), lines)
    assert {trace["mode"] for trace in show_lone_points(drawing, lines).data} == {"lines"}


def test_points_between_gaps_are_marked():
    lines = [line("Vera", [None, 5, None])]
    assert {trace["mode"] for trace in show_lone_points(draw(lines), lines).data} == {"lines+markers"}
