"""What a reader chose to follow in time: an indicator, a span, what it is held against, a step, a reading, a split."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from analytics.comparison import KINDS, Comparison, groups_for, kinds_for
from analytics.metrics import FAMILIES, METRICS, Metric
from analytics.series import DATED_METRICS, STEPS, Step, steps_of
from analytics.trend import splits
from pages.parts import link
from pages.parts.filters import SPAN, name_values
from pages.parts.frame import View

READINGS = ("each", "cumulative")
# An option that is None makes the framework write its own English words.
NONE = ""
FAMILY_OF = {metric.key: family for family, metrics in FAMILIES.items() for metric in metrics}
# Widths at which the choices stand in two rows beside the sidebar, and none is wider than a telephone.
METRIC_PIXELS, COMPARISON_PIXELS, DAY_PIXELS, SPLIT_PIXELS = 320, 300, 150, 200


@dataclass(frozen=True)
class Choice:
    """names: the values of the split in words."""

    metric: Metric
    comparison: Comparison
    step: Step
    reading: str
    split: str | None
    names: dict[str, str]


def choose_trend(view: View) -> Choice:
    """The choices in two rows: what is counted, when and against what; then how it is drawn."""
    first = st.container(horizontal=True, gap="xsmall")
    second = st.container(horizontal=True, gap="xsmall", vertical_alignment="center")
    with first:
        metric = _choose_metric(view)
        comparison = _choose_comparison(view, metric)
    with second:
        step = _choose_step(view)
        reading = _choose_reading(view)
        split = _choose_split(view, metric)
    with first:
        _choose_span(view, metric, step)
    names = name_values(view.words, view.snapshot, split) if split else {}
    return Choice(metric, comparison, step, reading, split, names)


def _choose_metric(view: View) -> Metric:
    """Any metric with a date, under the name of its family."""
    says = view.words

    def name(key: str) -> str:
        return view.say("metric_option", family=says(f"family.{FAMILY_OF[key]}"), metric=says.metric(key))

    return METRICS[link.choose_one(
        "metric", list(DATED_METRICS), "enrolments", st.selectbox, label=view.say("metric_label"), width=METRIC_PIXELS,
        format_func=name, filter_mode="contains",
    )]


def _choose_step(view: View) -> Step:
    return link.choose_one(
        "step", list(STEPS), "week", st.segmented_control, label=view.say("step_label"), required=True,
        label_visibility="collapsed",
        format_func=lambda step: view.words(f"step.{step}.name"),
    )


def _choose_reading(view: View) -> str:
    """Each step by itself, or everything so far."""
    return link.choose_one(
        "reading", list(READINGS), READINGS[0], st.segmented_control, label=view.say("reading_label"), required=True,
        label_visibility="collapsed",
        format_func=view.say,
    )


def _choose_split(view: View, metric: Metric) -> str | None:
    chosen = link.choose_one(
        "by", [NONE, *splits(metric)], NONE, st.selectbox, label=view.say("split_label"), width=SPLIT_PIXELS,
        label_visibility="collapsed",
        format_func=lambda key: view.words.dimension(key) if key else view.say("split_none"),
    )
    return chosen or None


def _choose_comparison(view: View, metric: Metric) -> Comparison:
    """The time before, the start, the target, everything, or a group of any dimension."""
    names = {kind: view.say(f"comparison.{kind}") for kind in KINDS if kind != "group" and kind in kinds_for(metric)}
    for key in groups_for(metric):
        values = name_values(view.words, view.snapshot, key)
        names |= {f"{key}:{value}": f"{view.words.dimension(key)}: {name}" for value, name in values.items()}
    chosen = link.choose_one(
        "compare", list(names), KINDS[0], st.selectbox, label=view.say("comparison_label"), width=COMPARISON_PIXELS,
        format_func=lambda key: names[key], filter_mode="contains",
    )
    return Comparison.read(chosen)


def _choose_span(view: View, metric: Metric, step: Step) -> None:
    """The first and the last day: those of a step, and what a link or a drag on the chart says."""
    steps = steps_of(view.snapshot, metric, step)
    ends = ([first for first, _ in steps], [last for _, last in steps])
    for key, days in zip(SPAN, ends, strict=True):
        _choose_day(view, key, days, view.filters.dated_from if key == SPAN[0] else view.filters.dated_to)


def _choose_day(view: View, key: str, days: list[date], wanted: date | None) -> None:
    days = sorted({*days, *([wanted] if wanted else [])})
    link.choose_one(
        key, [NONE, *days], NONE, st.selectbox, label=view.say(f"{key}_label"), width=DAY_PIXELS,
        format_func=lambda day: view.words.day(day) if day else view.say(f"{key}_none"), filter_mode="contains",
    )
