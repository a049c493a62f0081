"""Meeting mode: what the page has shown, remembered while it runs and given as a PDF of one sheet on a click."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from reports.one_page import Card, OnePage, Picture, write_page

if TYPE_CHECKING:
    from pages.parts.frame import View


@dataclass(frozen=True)
class Shown:
    """What the page has shown so far in this run. pictures: by the key of the figure; noted: metrics with notes."""

    answers: list[str] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)


def remember_answer(view: "View", text: str) -> None:
    view.shown.answers[:] = [text]


def remember_headlines(view: "View", cards: Sequence[Card]) -> None:
    """Those of a simulation are no figures of the programme."""
    if not view.band:
        view.shown.cards.extend(cards)


def remember_figure(view: "View", key: str, picture: Picture) -> None:
    """One with nothing in it is left out, and one of a simulation."""
    if not view.band and picture.table.rows:
        view.shown.pictures[key] = picture


def offer_page(view: "View") -> None:
    """The button; what it gives is made on the click, of what the page has shown by then."""
    name = f"{view.key}-{view.snapshot.as_of.isoformat()}.pdf"
    st.download_button(
        view.words("one_page.button"), lambda: write_page(gather(view), view.words), name, "application/pdf",
        key=f"one_page_{view.key}", on_click="ignore", icon=":material/print:", help=view.words("one_page.help"),
    )


def gather(view: "View") -> OnePage:
    """The page as it was shown."""
    says, source, shown = view.words, view.provenance, view.shown
    files = " · ".join(dict.fromkeys(file.file_name for file in source.files))
    load = says("footer.load", build=source.build_id, moment=says.moment(source.built_at), files=len(source.files))
    return OnePage(
        view.say("nav"), view.say("title"), " ".join(shown.answers), view.sentence,
        (says("sample.note"),) if source.is_sample else (), tuple(shown.cards), tuple(shown.pictures.values()),
        (f"{load} {says('one_page.rules', rules=source.rules_version)}", files, says("footer.funding")),
        source.built_at,
    )
