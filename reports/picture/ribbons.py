"""Ribbons: a flow from left to right, drawn from plotly's own description of it."""

from collections import defaultdict

from analytics.flows import WHOLE_PIXELS
from reports.picture.canvas import Canvas

GAP = 6
LETTERS_HALFWAY = 0.5


def draw_flow(canvas: Canvas, trace: dict, left: float, top: float, width: float, height: float) -> None:
    """The nodes as high as what goes through them, the ribbons in their order, the labels beside the nodes."""
    nodes, links = trace["node"], trace["link"]
    values = _through(len(nodes["label"]), links)
    scale = WHOLE_PIXELS / _largest_stage(nodes["x"], values)
    across = [left + share * (width - nodes["thickness"]) for share in nodes["x"]]
    tops = [top + share * height - value * scale / 2 for share, value in zip(nodes["y"], values, strict=True)]
    _draw_ribbons(canvas, links, scale, across, tops, nodes["thickness"])
    for number, label in enumerate(nodes["label"]):
        high = values[number] * scale
        canvas.rectangle(across[number], tops[number], nodes["thickness"], max(high, 1), nodes["color"][number])
        is_right = nodes["x"][number] > LETTERS_HALFWAY
        x = across[number] - GAP if is_right else across[number] + nodes["thickness"] + GAP
        canvas.words(x, tops[number] + high / 2, label, side="right" if is_right else "left")


def _through(nodes: int, links: dict) -> list[float]:
    into, out_of = [0.0] * nodes, [0.0] * nodes
    for source, target, value in zip(links["source"], links["target"], links["value"], strict=True):
        out_of[source] += value
        into[target] += value
    return [max(pair) for pair in zip(into, out_of, strict=True)]


def _largest_stage(places: list[float], values: list[float]) -> float:
    sums: dict[float, float] = defaultdict(float)
    for place, value in zip(places, values, strict=True):
        sums[place] += value
    return max(sums.values()) or 1.0


def _draw_ribbons(
    canvas: Canvas, links: dict, scale: float, across: list[float], tops: list[float], thickness: float
) -> None:
    """Each leaves its node under the one that goes higher, and comes in under the one that comes from higher."""
    order = range(len(links["value"]))
    leaves, enters = {}, {}
    reached: dict[tuple[str, int], float] = defaultdict(float)
    for number in sorted(order, key=lambda number: tops[links["target"][number]]):
        leaves[number] = tops[links["source"][number]] + reached["out", links["source"][number]]
        reached["out", links["source"][number]] += links["value"][number] * scale
    for number in sorted(order, key=lambda number: tops[links["source"][number]]):
        enters[number] = tops[links["target"][number]] + reached["in", links["target"][number]]
        reached["in", links["target"][number]] += links["value"][number] * scale
    for number in order:
        start = (across[links["source"][number]] + thickness, leaves[number])
        end = (across[links["target"][number]], enters[number])
        canvas.ribbon(start, end, links["value"][number] * scale, links["color"][number])
