"""What a reader chose to follow in time: an indicator, a step, a reading, and the groups to tell apart."""

from dataclasses import dataclass

import streamlit as st

from analytics.metrics import FAMILIES, METRICS, Metric
from analytics.options import options
from analytics.series import DATED_METRICS, STEPS, Step
from analytics.trend import splits
from analytics.words import Words
from pages.parts import link
from pages.parts.frame import View

READINGS = ("each", "cumulative")
# An option that is None makes the framework write its own English words.
NONE = ""
FAMILY_OF = {metric.key: family for family, metrics in FAMILIES.items() for metric in metrics}
# Widths at which the five choices stand in one row beside the sidebar, and none is wider than a telephone.
METRIC_PIXELS, SPLIT_PIXELS, GROUP_PIXELS = 240, 160, 150


@dataclass(frozen=True)
class Choice:
    """names: the values of the split in words. group: the one held against the whole selection; None for all."""

    metric: Metric
    step: Step
    reading: str
    split: str | None
    group: str | None
    names: dict[str, str]

    @property
    def other_reading(self) -> str:
        return READINGS[self.reading == READINGS[0]]


def choose_trend(view: View) -> Choice:
    """The choices in one row."""
    with st.container(horizontal=True, gap="xsmall"):
        metric = _choose_metric(view)
        step = _choose_step(view)
        reading = _choose_reading(view)
        split = _choose_split(view, metric)
        names = _name_groups(view, split)
        return Choice(metric, step, reading, split, _choose_group(view, split, names), names)


def _choose_metric(view: View) -> Metric:
    """Any metric with a date, under the name of its family."""
    says = view.words

    def name(key: str) -> str:
        return view.say("metric_option", family=says(f"family.{FAMILY_OF[key]}"), metric=says.metric(key))

    return METRICS[link.choose_one(
        "metric", list(DATED_METRICS), "enrolments", st.selectbox, label=view.say("metric_label"), width=METRIC_PIXELS,
        format_func=name,
    )]


def _choose_step(view: View) -> Step:
    return link.choose_one(
        "step", list(STEPS), "week", st.segmented_control, label=view.say("step_label"), required=True,
        format_func=lambda step: view.words(f"step.{step}.name"),
    )


def _choose_reading(view: View) -> str:
    """Each step by itself, or everything so far."""
    return link.choose_one(
        "reading", list(READINGS), READINGS[0], st.segmented_control, label=view.say("reading_label"), required=True,
        format_func=view.say,
    )


def _choose_split(view: View, metric: Metric) -> str | None:
    chosen = link.choose_one(
        "by", [NONE, *splits(metric)], NONE, st.selectbox, label=view.say("split_label"), width=SPLIT_PIXELS,
        format_func=lambda key: view.words.dimension(key) if key else view.say("split_none"),
    )
    return chosen or None


def _choose_group(view: View, split: str | None, names: dict[str, str]) -> str | None:
    """One group of the split, to be held against the whole selection."""
    if split is None:
        return None
    chosen = link.choose_one(
        f"{split}_beside", [NONE, *names], NONE, st.selectbox, label=view.say("group_label"), width=GROUP_PIXELS,
        format_func=lambda group: names[group] if group else view.say("group_all"),
    )
    return chosen or None


def _name_groups(view: View, dimension: str | None) -> dict[str, str]:
    """The values of a dimension in words."""
    if dimension is None:
        return {}
    says: Words = view.words
    found = dict(options(view.snapshot, dimension, says.language))
    return {value: name if dimension == "course" else says.value(dimension, value) for value, name in found.items()}
