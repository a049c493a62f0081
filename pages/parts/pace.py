"""The pace figure: a cumulative target against an even pace to its deadline."""

from analytics.charts import Line, Series, lines
from analytics.commitments import even_pace
from analytics.metrics import METRICS
from analytics.palette import BLUE, NEUTRAL
from analytics.series import series
from analytics.table import Column, Table
from analytics.targets import targets_of
from pages.parts.figure import Figure, show_figure
from pages.parts.frame import View


def show_pace(view: View, key: str) -> None:
    """What a metric with a deadline has reached week by week, and what an even pace would have reached."""
    says, target, metric = view.words, targets_of(view.snapshot)[METRICS[key].target], METRICS[key]
    found = series(view.snapshot, metric, "week", view.filters, is_cumulative=True)
    if not found.points:
        return
    pace = even_pace(target, found)
    reached = dict(zip(found.points, found.values[""], strict=True))
    values = [reached.get(day, 0 if day < found.points[0] else None) for day in pace.points]
    last = found.values[""][-1]
    takeaway = says(
        "pace.takeaway", value=says.number(last), metric=says.metric(key).lower(),
        expected=says.number(pace.at(view.snapshot.as_of), 0), target=says.number(target.value),
    )
    chart = lines(
        pace.points,
        [
            Series(says("pace.reached"), BLUE, values, [says.show(value, "count") for value in values]),
            Series(says("pace.even"), NEUTRAL, pace.values, [says.number(value, 0) for value in pace.values], 0),
        ],
        line=Line(float(target.value), says("pace.target", target=says.number(target.value))),
        point_words=[says("pace.week_of", day=says.day(day)) for day in pace.points],
        tick_points={day: says.month(day) for day in pace.month_starts},
    )
    columns = (
        Column(says("pace.week"), "day"), Column(says("pace.reached"), "count"), Column(says("pace.even"), "ratio"),
    )
    rows = list(zip(pace.points, values, pace.values, strict=True))
    show_figure(view, Figure(f"pace-{key}", takeaway, chart, Table(columns, rows), [key]))
