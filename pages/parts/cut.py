"""The cut of a number: what holds it besides the filters, said and taken off on the page of its rows."""

import streamlit as st

from analytics.cut import BOUNDS, SIDES, Cut, Held, can_hold, read_held
from analytics.dimensions import DIMENSIONS
from analytics.metrics import Metric
from pages.parts import link
from pages.parts.filters import name_values
from pages.parts.frame import View
from pages.parts.ways import HELD, PART, SIDE


def choose_cut(view: View, metric: Metric) -> Cut:
    """What the link holds the number to; each part of it can be taken off."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        held = _choose_held(view, metric, HELD)
        part = _choose_held(view, metric, PART)
        side = _choose_side(view, metric)
    return Cut(held, next(iter(part), None), side)


def _choose_held(view: View, metric: Metric, key: str) -> tuple[Held, ...]:
    """Those of the link that the metric can be held to, all of them chosen at first; nothing is shown without any."""
    found = [":".join(pair) for pair in read_held(link.chosen(key)) if can_hold(pair, metric)]
    if not found:
        return ()
    return read_held(link.choose_several(
        key, found, st.pills, label=view.say(f"{key}_label"), selection_mode="multi",
        format_func=lambda pair: say_held(view, *read_held([pair])),
    ))


def _choose_side(view: View, metric: Metric) -> str:
    """The whole of a ratio or one of its sides."""
    asked = next(iter(link.chosen(SIDE)), "")
    sides = ["", *SIDES[:2]] if metric.denominator else [""]
    sides += [SIDES[2]] if asked == SIDES[2] and metric.table == "enrolment" and not metric.denominator else []
    if len(sides) == 1:
        return ""
    return link.choose_one(
        SIDE, sides, "", st.segmented_control, label=view.say("side_label"), required=True,
        format_func=lambda side: view.say(f"side_{side or 'whole'}"),
    )


def describe_cut(view: View, cut: Cut) -> str:
    """Campus: Vera · Parte: en línea; "" for the whole."""
    parts = [say_held(view, pair) for pair in cut.held]
    parts += [view.say("part_of", part=say_held(view, cut.part))] if cut.part else []
    parts += [view.say(f"side_{cut.side}").lower()] if cut.side else []
    return " · ".join(parts)


def say_held(view: View, pair: Held) -> str:
    says, (key, value) = view.words, pair
    if key in DIMENSIONS:
        names = name_values(says, view.snapshot, key) if key == "course" else {}
        return view.say("held", what=says.dimension(key), value=names.get(value) or says.value(key, value))
    read = BOUNDS[key].read(value)
    shown = says.day(read) if key.startswith("starts_") else str(value)
    return view.say(f"held_{key}", value=shown)
