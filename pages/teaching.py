"""Teaching: who teaches it?"""

from collections import Counter
from urllib.parse import urlencode

import streamlit as st

from analytics import charts
from analytics.dimensions import STAFF_TYPES
from analytics.measure import Measure, measure, measure_one
from analytics.metrics import METRICS
from analytics.palette import NEUTRAL, colour
from analytics.reasons import tell
from analytics.staffing import EditionStaff, learners_per_teacher, staff_of_editions, staff_types_by
from analytics.table import Column, Table
from analytics.targets import load_targets
from pages.parts import link
from pages.parts.breakdown import show_share_rows
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.frame import answer, close_page, headline, headlines, open_page, paragraph, section

FIGURES = (
    "upv_academic_hours_share", "upv_majority_edition_share", "external_hours_share", "teachers",
    "enrolments_per_teacher",
)
READINGS = {"upv_academic_hours_share": "by_hours", "upv_majority_edition_share": "by_editions"}
SPLITS = ("centre", "campus", "field")
SHARES = [*READINGS, "external_hours_share"]

view = open_page("teaching")
says, snapshot, filters = view.words, view.snapshot, view.filters


def show_headlines(measures: list[Measure]) -> None:
    """The figures, the two readings of the 50 % rule named as such."""
    cards = [headline(view, found) for found in measures]
    headlines(view, [
        card.named(view.say(READINGS[found.metric.key], name=card.label)) if found.metric.key in READINGS else card
        for card, found in zip(cards, measures, strict=True)
    ])
