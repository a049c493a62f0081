"""Flows: amounts that go from stage to stage, and where their nodes stand on a chart."""

from collections.abc import Sequence
from dataclasses import dataclass

# The whole amount, and the two lines of a label that small nodes must leave each other.
WHOLE_PIXELS = 120
LABEL_PIXELS = 34
# Where a stage between the first and the last stands: the last one's labels are on its left and need the room.
NEXT_STAGE = 0.34


@dataclass(frozen=True)
class Node:
    """Where an amount stands: its name, the words under it, and its colour."""

    name: str
    detail: str
    colour: str


@dataclass(frozen=True)
class Flow:
    """An amount that goes from one node to another; `text` is what the hover says of it."""

    source: str
    target: str
    value: float
    text: str


@dataclass(frozen=True)
class Arrangement:
    """Node to the place of its middle, 0-1 from the left and from the top, on a chart of that height."""

    across: dict[str, float]
    down: dict[str, float]
    height: float


def arrange(stages: Sequence[Sequence[str]], flows: Sequence[Flow]) -> Arrangement:
    """Nodes under each other in the order given, each as high as its amount, a label apart."""
    values = {key: max(_into(key, flows), _out_of(key, flows)) for stage in stages for key in stage}
    scale = WHOLE_PIXELS / max(sum(values[key] for key in stage) for stage in stages)
    height = WHOLE_PIXELS + LABEL_PIXELS * max(len(stage) - 1 for stage in stages)
    across, down = {}, {}
    for number, stage in enumerate(stages):
        top = 0.0
        for key in stage:
            down[key] = (top + values[key] * scale / 2) / height
            across[key] = 1.0 if number == len(stages) - 1 else number * NEXT_STAGE
            top += values[key] * scale + LABEL_PIXELS
    return Arrangement(across, down, height)


def _into(key: str, flows: Sequence[Flow]) -> float:
    return sum(step.value for step in flows if step.target == key)


def _out_of(key: str, flows: Sequence[Flow]) -> float:
    return sum(step.value for step in flows if step.source == key)
