"""Drawings are written as plotly.js reads them: plotly itself checks each kind here, not on every change of filter."""

import json

import plotly.graph_objects as go
import plotly.io
import pytest

from analytics import charts
from analytics.charts import Bar, Line, Series
from analytics.drawing import Drawing
from analytics.flows import Flow, Node
from analytics.waterfall import Fall, waterfall

BARS = [Bar("<b>Vera</b>", 3.0, "3 & 1", "#0072b2"), Bar("Alcoi", None, "–", "#0072b2")]
BANDS = [Series("online", "#0072b2", [0.4, None], ["40 %", "–"]), Series("blended", "#009e73", [0.6, 1], ["60 %", "1"])]
UNFINISHED = [Series("all", "#0072b2", [1, 2, None], ["1", "2", "–"], unfinished_from=1)]
LINE = Line(0.5, "half")
STAGES = [{"all": Node("All", "2", "#0072b2")}, {"kept": Node("Kept", "2", "#009e73")}]
DRAWINGS = {
    "bars": charts.bars(BARS, LINE, label_lines=2),
    "rows": charts.stacked_rows(["Vera", "Alcoi"], BANDS, LINE),
    "columns of parts": charts.stacked_columns(["Vera", "Alcoi"], BANDS, LINE, {0: "0", 1: "1"}, are_named=True),
    "waterfall": waterfall([Fall("Vera", -3.0, "−3", "#0072b2")], Fall("De 5 a 2", -3.0, "−3", "#7b8794")),
    "lines": charts.lines([1, 2, 3], UNFINISHED, LINE, {0: "0"}, tick_points={1: "one"}),
    "columns": charts.columns(["18", "19"], BARS, {0: "0"}),
    "flow": charts.flow(STAGES, [Flow("all", "kept", 2, "2")]),
}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_plotly_finds_nothing_to_object_to_and_nothing_to_change(drawing):
    sent = drawing.written_in(",.", "#1c2733").to_dict()
    assert json.loads(plotly.io.to_json(go.Figure(sent))) == json.loads(plotly.io.to_json(sent, validate=False))


def test_a_part_of_the_layout_is_added_to_what_is_there_and_the_drawing_stays_as_it_was():
    drawing = Drawing([{"type": "bar"}], {"height": 300, "xaxis": {"visible": False}})
    wider = drawing.with_layout(height=400, xaxis={"range": [0, 1]}).with_traces(width=2)
    assert wider.layout["height"] == 400 and wider.layout["xaxis"] == {"visible": False, "range": [0, 1]}
    assert wider.data == [{"type": "bar", "width": 2}]
    assert drawing.layout["height"] == 300 and drawing.layout["xaxis"] == {"visible": False}
    assert drawing.data == [{"type": "bar"}]
