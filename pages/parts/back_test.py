"""The back-test figure: what was expected of the pace on earlier days, beside what happened."""

from datetime import timedelta

from analytics.back_test import BackTest
from analytics.charts import Series, lines
from analytics.palette import BLUE, ORANGE
from analytics.table import Column, Table
from pages.parts.figure import Figure, show_figure
from pages.parts.frame import View
from pages.parts.ways import ways_of

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def show_back_test(view: View, back_test: BackTest, metric: str) -> None:
    """From each earlier day: the tries that look equally far ahead drawn, all of them in the table."""
    says, alike = view.words, back_test.alike
    days = [one.day for one in alike]
    expected, happened = [round(one.expected) for one in alike], [one.happened for one in alike]
    chart = lines(
        days,
        [
            Series(says("pace.happened"), BLUE, happened, [says.number(value) for value in happened]),
            Series(says("pace.was_expected"), ORANGE, expected, [says.number(value) for value in expected], 0),
        ],
        point_words=[says.day(day) for day in days], tick_points={day: says.day(day) for day in days},
    )
    columns = (
        Column(says("pace.from_day"), "day"), Column(says("pace.weeks_ahead"), "count"),
        Column(says("pace.was_expected"), "ratio"), Column(says("pace.happened"), "count"),
    )
    rows = [(one.day, one.weeks, one.expected, one.happened) for one in back_test.tries]
    title = says("pace.back_test", weeks=says.number(alike[0].weeks))
    way = ways_of(metric)
    ways = {(row, 3): way(view.filters.within(one.day + DAY, one.day + one.weeks * WEEK))
            for row, one in enumerate(back_test.tries) if one.happened}
    show_figure(view, Figure("back-test", title, chart, Table(columns, rows), [metric], ways=ways))
