"""The spreadsheets with which each centre is asked for what it has not sent."""

from collections.abc import Sequence

import streamlit as st

from analytics.evidence_worklist import CentreGaps
from pages.parts import link
from pages.parts.frame import View, literal, paragraph, section
from reports.evidence_requests import name_centre, name_requests, write_request, write_requests

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_requests(view: View, centres: Sequence[CentreGaps]) -> None:
    """The spreadsheet of the centre that the reader chose, and a ZIP of all of them, made on the click."""
    says, day = view.words, view.snapshot.as_of
    section(view.say("requests"))
    paragraph("mc-text", view.say("requests_text", len(centres)))
    of = {one.centre: one for one in centres}
    chosen = link.choose_one(
        "to_centre", list(of), centres[0].centre, st.selectbox, label=view.say("centre_label"),
        format_func=lambda key: view.say("centre_option", len(of[key].gaps), centre=name_centre(says, key)),
    )
    heading, built_at = head_requests(view), view.provenance.built_at
    place = st.container(horizontal=True)
    place.download_button(
        view.say("one_request", centre=literal(name_centre(says, chosen))),
        lambda: write_request(says, of[chosen], heading), name_requests([chosen], day)[0], XLSX,
        key="request_one", on_click="ignore", icon=":material/download:",
    )
    place.download_button(
        view.say("every_request", len(centres)), lambda: write_requests(says, centres, heading, day, built_at),
        f"evidence-{day.isoformat()}.zip", "application/zip", key="request_all", on_click="ignore",
        icon=":material/folder_zip:",
    )


def head_requests(view: View) -> list[str]:
    """What a request shows and of which load: the same lines as above every download."""
    load = view.words("download.load", build=view.provenance.build_id)
    restricted = view.words("download.restricted")
    return [view.sentence, load, restricted] + ([view.words("sample.note")] if view.provenance.is_sample else [])
