"""Scales: where the values of a chart's axis stand in pixels, and which of them it names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, floor, log10

STEPS = (1, 2, 5, 10)
MOST_TICKS = 5
# What is left free above the highest value, and beside the first and the last point.
HEADROOM, SIDE_ROOM = 1.06, 0.02


@dataclass(frozen=True)
class Scale:
    """An axis: its names of places (category → number), and the values that stand at its first and its last pixel."""

    low: float
    high: float
    first: float
    last: float
    places: tuple[str, ...] = ()

    def at(self, value: object) -> float:
        """The pixel of a value."""
        return self.first + (self.number(value) - self.low) / ((self.high - self.low) or 1) * (self.last - self.first)

    def part(self, share: float) -> float:
        """The pixel of a part of the way from the first to the last."""
        return self.first + share * (self.last - self.first)

    def number(self, value: object) -> float:
        return number_of(value, self.places)

    def onto(self, first: float, last: float) -> "Scale":
        """The same values between other pixels."""
        return Scale(self.low, self.high, first, last, self.places)


def number_of(value: object, places: Sequence[str] = ()) -> float:
    """A value as a number: days are counted, categories have their place."""
    if isinstance(value, str):
        return float(places.index(value)) if value in places else float(date.fromisoformat(value[:10]).toordinal())
    if isinstance(value, datetime):
        return value.toordinal() + value.hour / 24
    return float(value.toordinal()) if isinstance(value, date) else float(value)


def measure_axis(letter: str, traces: Sequence[dict], layout: dict) -> Scale:
    """The scale of an axis as plotly would choose it, not yet on any pixels."""
    axis = layout.get(f"{letter}axis", {})
    is_category = axis.get("type") == "category"
    places = tuple(dict.fromkeys(str(x) for trace in traces for x in trace[letter])) if is_category else ()
    if "range" in axis:
        low, high = (number_of(end, places) for end in axis["range"])
        return Scale(low, high, 0, 1, places)
    if letter == "x" and any(trace["type"] == "bar" and trace.get("orientation") != "h" for trace in traces):
        numbers = [number_of(x, places) for trace in traces for x in trace["x"]]
        return Scale(min(numbers) - 0.5, max(numbers) + 0.5, 0, 1, places)
    numbers = [*_reached(letter, traces, layout), *_marked(letter, layout)] or [0.0, 1.0]
    if letter == "x":
        room = (max(numbers) - min(numbers) or 1) * SIDE_ROOM
        return Scale(min(numbers) - room, max(numbers) + room, 0, 1, places)
    low, high = min(0.0, *numbers), max(0.0, *numbers) or 1.0
    return Scale(low * HEADROOM, high * HEADROOM, 0, 1)


def _reached(letter: str, traces: Sequence[dict], layout: dict) -> list[float]:
    """The values of all traces; of stacked bars, the sums."""
    if layout.get("barmode") != "stack":
        return [number_of(value) for trace in traces for value in trace[letter] if value is not None]
    return [sum(value or 0.0 for value in values) for values in zip(*(trace[letter] for trace in traces), strict=True)]


def _marked(letter: str, layout: dict) -> Iterator[float]:
    for shape in layout.get("shapes", ()):
        if shape.get(f"{letter}ref", letter) == letter:
            yield from (number_of(shape[f"{letter}{end}"]) for end in (0, 1))
    if letter == "y":
        yield from (number_of(tick) for tick in layout.get("yaxis", {}).get("tickvals", ()))


def name_ticks(axis: dict, scale: Scale, separators: str) -> list[tuple[float, str]]:
    """(value, its words) of what an axis names: what it was given, its categories, else round numbers."""
    if "tickvals" in axis:
        return [(scale.number(at), str(text)) for at, text in zip(axis["tickvals"], axis["ticktext"], strict=True)]
    if scale.places:
        return [(float(number), place) for number, place in enumerate(scale.places)]
    rough = (scale.high - scale.low) / MOST_TICKS
    size = 10.0 ** floor(log10(rough))
    step = next(size * step for step in STEPS if size * step >= rough * 0.999)
    numbers = [number * step for number in range(ceil(scale.low / step), floor(scale.high / step) + 1)]
    return [(number, _write(number, step, separators)) for number in numbers]


def _write(number: float, step: float, separators: str) -> str:
    """A number with the decimal and thousands marks of a language."""
    decimals = max(0, -floor(log10(step)))
    return f"{number:,.{decimals}f}".translate(str.maketrans({".": separators[0], ",": separators[1]}))
