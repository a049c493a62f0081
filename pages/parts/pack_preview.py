"""The pack that was made: its downloads, its pages as pictures, and the figures of the form, section by section."""

import streamlit as st

from analytics.table import Column, Table, Way
from pages.parts import link
from pages.parts.figure import to_html
from pages.parts.frame import View, paragraph, section
from pages.parts.pack_issued import write
from pages.parts.ways import way_to_code
from reports.form import Labelled
from reports.making import Asked, Made

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_preview(view: View, asked: Asked, made: Made) -> None:
    says = view.words
    section(says("funding_pack.preview"))
    closes = says("funding_pack.open" if made.residuals else "funding_pack.closes")
    paragraph("mc-text", says(
        "funding_pack.made", pages=says.number(len(made.pages)), figures=says.number(made.figures), closes=closes,
    ))
    if made.pack.stays_here:
        paragraph("mc-note", says("funding_pack.stays_here"))
    offer_files(view, made)
    sections = list(dict.fromkeys(one.section for one in made.form))
    pages, *forms = st.tabs([says("funding_pack.pages"), *sections])
    with pages:
        show_page(view, made)
    for place, title in zip(forms, sections, strict=True):
        with place:
            show_form(view, asked, [one for one in made.form if one.section == title])


def offer_files(view: View, made: Made) -> None:
    """The whole pack and, alone, its document and its workbook."""
    says, place = view.words, st.container(horizontal=True)
    place.download_button(
        says("funding_pack.zip"), made.content, f"{made.stem}.zip", "application/zip",
        key="pack_zip", on_click="ignore", icon=":material/folder_zip:", type="primary",
    )
    place.download_button(
        "PDF", lambda: made.member("report.pdf"), f"{made.stem}.pdf", "application/pdf",
        key="pack_pdf", on_click="ignore", icon=":material/picture_as_pdf:",
    )
    place.download_button(
        says("download.xlsx"), lambda: made.member("report.xlsx"), f"{made.stem}.xlsx", WORKBOOK,
        key="pack_xlsx", on_click="ignore", icon=":material/table:",
    )


def show_page(view: View, made: Made) -> None:
    """One page of the document, and the ones before and after it."""
    says, pages = view.words, len(made.pages)
    row = st.container(horizontal=True, vertical_alignment="bottom")
    number = min(int(link.current("page", [str(page) for page in range(1, pages + 1)], "1")), pages)
    row.button(
        says("funding_pack.before"), key="pack_page_before", icon=":material/chevron_left:", disabled=number == 1,
        on_click=link.choose_for_reader, args=("page", str(number - 1)),
    )
    with row:
        number = int(link.choose_one(
            "page", [str(page) for page in range(1, pages + 1)], "1", st.selectbox, label=says("funding_pack.page"),
            format_func=lambda page: says("funding_pack.page_of", page=page, pages=pages), width=180,
        ))
    row.button(
        says("funding_pack.after"), key="pack_page_after", icon=":material/chevron_right:", disabled=number == pages,
        on_click=link.choose_for_reader, args=("page", str(number + 1)),
    )
    with st.container(key="pack_paper"):
        alternative = says("funding_pack.page_alternative", page=number, pages=pages)
        st.image(made.page(number), width="stretch", alt=alternative)


def show_form(view: View, asked: Asked, figures: list[Labelled]) -> None:
    """The figures of a section, table by table, each with the code that leads to its rows."""
    says = view.words
    columns = (
        Column(says("document.indicator")), Column(says("document.value"), "figure"), Column(says("document.code")),
    )
    where = link.address_of(period=str(asked.period))
    for caption in dict.fromkeys(one.caption for one in figures):
        paragraph("mc-title", caption, tag="h3")
        shown = [one for one in figures if one.caption == caption]
        rows = [
            (
                one.label, write(view, one.figure.value, one.figure.unit),
                Way(one.figure.code, "passport", where | {"code": [one.figure.name]}),
            )
            for one in shown
        ]
        ways = {(row, 1): way_to_code(one.figure.name, period=str(asked.period)) for row, one in enumerate(shown)}
        st.html(to_html(says, Table(columns, rows), caption, ways))
