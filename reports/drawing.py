"""Drawing: a chart as what the document's template draws, with its values in words and its colours."""

from math import floor, log10

from analytics.words import Words
from reports.content import Chart

DARK, LIGHT = "#17202a", "#ffffff"
STEPS = (1, 2, 2.5, 5, 10)
MOST_STEPS = 5


def draw(chart: Chart, words: Words) -> dict:
    """Everything the template needs: the scale, and for each series its values as numbers and as written."""
    low, high, ticks = _scale(chart)
    return {
        "kind": chart.kind,
        "caption": chart.caption,
        "alternative": chart.alternative,
        "labels": list(chart.labels),
        "series": [
            {
                "name": name, "colour": colour, "ink": ink_on(colour),
                "values": [None if value is None else float(value) for value in values],
                "shown": [words.show(value, chart.unit) for value in values],
            }
            for name, colour, values in chart.series
        ],
        "totals": _totals(chart, words),
        "line": _line(chart, words),
        "low": low, "high": high,
        "ticks": [{"at": tick, "shown": words.show(tick, chart.unit)} for tick in ticks],
    }


def _totals(chart: Chart, words: Words) -> list[str]:
    """What stands at the end of each stacked bar; nothing where the parts are shares of a whole."""
    sums = [_known(chart, place) for place in range(len(chart.labels))]
    if chart.unit == "share":
        return [""] * len(sums)
    return [words.show(sum(known) if known else None, chart.unit) for known in sums]


def _known(chart: Chart, place: int) -> list[float]:
    return [values[place] for _, _, values in chart.series if values[place] is not None]


def _line(chart: Chart, words: Words) -> dict | None:
    if chart.line is None:
        return None
    value, name = chart.line
    shown = words.show(value, chart.unit)
    return {"at": float(value), "words": name if shown in name else f"{name} · {shown}"}


def _scale(chart: Chart) -> tuple[float, float, list[float]]:
    """From zero, or below it, up to a round number above every value and the line."""
    places = range(len(chart.labels))
    if chart.kind == "stacked":
        reached = [float(sum(_known(chart, place))) for place in places]
    else:
        reached = [float(value) for _, _, values in chart.series for value in values if value is not None]
    reached.append(float(chart.line[0]) if chart.line else 0.0)
    low, high = min(0.0, *reached), max(0.0, *reached) or 1.0
    step = round_step((high - low) / MOST_STEPS)
    first, last = floor(low / step), -floor(-high / step)
    return first * step, last * step, [round(number * step, 6) for number in range(first, last + 1)]


def round_step(least: float) -> float:
    """The first round number that is not less."""
    size = 10.0 ** floor(log10(least))
    return next(step * size for step in STEPS if step * size >= least - 1e-12)


def ink_on(colour: str) -> str:
    """Dark or light text, whichever reads better on a colour."""
    red, green, blue = (int(colour[place:place + 2], 16) / 255 for place in (1, 3, 5))
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    light = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return LIGHT if 1.05 / (light + 0.05) >= (light + 0.05) / 0.06 else DARK
