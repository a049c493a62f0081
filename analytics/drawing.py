"""A drawing: a chart in plotly's own JSON, written directly."""

import plotly.io
import plotly.tools
from plotly.basedatatypes import BaseFigure

TEXT_PIXELS = 13
# Without it plotly.js brings its own colours and grids.
NO_TEMPLATE = {"data": {"scatter": [{"type": "scatter"}]}}


class Drawing(BaseFigure):
    """Traces and layout as plain dicts, with the names of plotly.js.

    It passes for a figure that plotly has validated: its own objects check every property each time, which was most
    of the server's time for a change of filter. A test has plotly validate each kind of chart instead.
    """

    def __init__(self, traces: list[dict], layout: dict):
        self._traces = traces
        self._layout = {"template": NO_TEMPLATE} | layout

    @property
    def data(self) -> list[dict]:
        return self._traces

    @property
    def layout(self) -> dict:
        return self._layout

    def to_dict(self) -> dict:
        """What is sent to the browser."""
        return {"data": self._traces, "layout": self._layout}

    def with_traces(self, **parts: object) -> "Drawing":
        """The same with these parts of every trace."""
        return Drawing([trace | parts for trace in self._traces], self._layout)

    def with_layout(self, **parts: object) -> "Drawing":
        """The same with these parts of the layout; what is a dict is added to what is there."""
        added = {
            key: self._layout.get(key, {}) | part if isinstance(part, dict) else part for key, part in parts.items()
        }
        return Drawing(self._traces, self._layout | added)

    def written_in(self, separators: str, text_colour: str | None = None) -> "Drawing":
        """The same with the decimal and thousands marks of a language, and its texts in a colour."""
        parts: dict[str, object] = {"separators": separators}
        if text_colour:
            parts |= {"font": {"color": text_colour}}
            parts |= {axis: {"tickfont": {"color": text_colour}} for axis in ("xaxis", "yaxis") if axis in self._layout}
        return self.with_layout(**parts)


def literal(text: str) -> str:
    """Plotly reads a few tags in its texts: a title from an export must not become one."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def load_plotly() -> None:
    """What sending a drawing loads of plotly, loaded before the first reader waits for it."""
    plotly.io.to_json(plotly.tools.return_figure_from_figure_or_data(Drawing([], {}), validate_figure=True))
