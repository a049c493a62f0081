"""Native charts of the workbook, drawn by the spreadsheet from the values beside them."""

from analytics.downloads import NUMBER_FORMATS
from reports.content import Chart

SIZE = {"width": 640, "height": 300}
TARGET = {"color": "#17202a", "width": 1.25, "dash_type": "dash"}


def insert_chart(file, worksheet, chart: Chart, first: int) -> None:
    """Under its labels and series, which stand from `first` down; the target is the column after the series."""
    last = first + len(chart.labels) - 1
    drawn = file.add_chart(_shape(chart))
    for number, (_, colour, _) in enumerate(chart.series, start=1):
        drawn.add_series(_series(worksheet, first, last, number) | _look(chart, colour))
    if chart.line:
        _add_target(file, worksheet, chart, drawn, first, last)
    drawn.set_legend({"none": True} if len(chart.series) == 1 and not chart.line else {"position": "bottom"})
    # The title is that of the cell above the table: given as a text, one such as A!A1 would be taken for a cell.
    drawn.set_title({"name": [worksheet.name, first - 2, 0], "name_font": {"size": 11, "bold": True}, "overlay": False})
    drawn.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#c9d1d9"}}, "min": 0})
    drawn.set_size(SIZE)
    worksheet.insert_chart(last + 2, 0, drawn, {"description": chart.alternative, "object_position": 1})


def _shape(chart: Chart) -> dict[str, str]:
    if chart.kind == "lines":
        return {"type": "line"}
    return {"type": "column"} | ({"subtype": "stacked"} if chart.kind == "stacked" else {})


def _series(worksheet, first: int, last: int, place: int) -> dict:
    name = worksheet.name
    return {
        "name": [name, first - 1, place],
        "categories": [name, first, 0, last, 0],
        "values": [name, first, place, last, place],
    }


def _look(chart: Chart, colour: str) -> dict:
    if chart.kind == "lines":
        return {"line": {"color": colour, "width": 2}, "marker": {"type": "none"}}
    labels = {"value": True, "font": {"size": 8}, "num_format": f"{NUMBER_FORMATS[chart.unit]};;"}
    return {"fill": {"color": colour}, "data_labels": labels, "gap": 60}


def _add_target(file, worksheet, chart: Chart, drawn, first: int, last: int) -> None:
    target = _series(worksheet, first, last, len(chart.series) + 1) | {"line": TARGET}
    if chart.kind == "lines":
        drawn.add_series(target)
        return
    line = file.add_chart({"type": "line"})
    line.add_series(target)
    drawn.combine(line)
