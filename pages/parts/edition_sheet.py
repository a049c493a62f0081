"""The sheet of one edition in words: what it is, who teaches and endorses it, how it stands, and what to look into."""

from html import escape

import streamlit as st

from analytics.charts import Bar, Line, bars
from analytics.cut import Held
from analytics.edition_sheet import HALF, Remark, Sheet, StaffPart
from analytics.filters import EVERYTHING
from analytics.palette import colour
from analytics.table import Column, Table, show_cell
from pages.parts.downloads import Content, offer_downloads
from pages.parts.figure import Figure, Ways, show_figure, to_html
from pages.parts.frame import Headline, View, answer, headlines, paragraph, section
from pages.parts.ways import way_to_rows, ways_of

FACTS = {
    "course": "code", "edition_number": "count", "situation": "value", "state": "state", "starts_on": "day",
    "ends_on": "day", "enrolment_opens_on": "day", "enrolment_closes_on": "day", "cancelled_on": "day",
    "delivery": "value", "ects": "ECTS", "hours": "hours", "eqf_level": "value", "field": "field", "price_eur": "EUR",
    "places": "count", "places_min": "count", "campus": "value", "centre": "value", "department": "text",
    "language": "value", "entry_requirement": "value", "academic_year": "text", "is_funded": "flag",
    "is_digital_skills": "flag",
}
# Said only of the editions that have them.
RARE = ("cancelled_on", "places_min")
SITUATIONS_TO_NOTE = ("cancelled", "draft", "postponed")
MOST_LINES = 5
# More than the whole, so that the words at the end of a full bar are seen on a telephone.
AXIS = 1.25


def show_sheet(view: View, sheet: Sheet) -> None:
    """Everything about an edition."""
    answer(view, _say_it_all(view, sheet))
    situation = sheet.facts["situation"]
    if situation in SITUATIONS_TO_NOTE:
        paragraph("mc-note", view.say(f"sheet_{situation}"))
    headlines(view, [_stand(view, sheet, key) for key in sheet.standing])
    left, right = st.columns([1, 1], gap="large")
    with left:
        section(view.say("facts"))
        _show_facts(view, sheet)
    with right:
        section(view.say("staff"))
        _show_staff(view, sheet)
        section(view.say("partners"))
        _show_partners(view, sheet)
    section(view.say("remarks"))
    _show_remarks(view, sheet.remarks)


def _name(view: View, sheet: Sheet) -> str:
    return sheet.facts["title_va" if view.words.language == "va" else "title"]


def _say_it_all(view: View, sheet: Sheet) -> str:
    """Title, situation, dates and how full it is."""
    says, facts = view.words, sheet.facts
    start, end = says.day(facts["starts_on"]), facts["ends_on"]
    return view.say(
        "sheet_answer", title=_name(view, sheet), number=facts["edition_number"], course=facts["course"],
        situation=says.value("situation", facts["situation"]).lower(), filled=_say_how_full(view, sheet),
        dates=view.say("dates", start=start, end=says.day(end)) if end else view.say("dates_open", start=start),
    )


def _say_how_full(view: View, sheet: Sheet) -> str:
    enrolments, places = sheet.standing["enrolments"], sheet.facts["places"]
    if not sheet.facts["is_offered"]:
        return view.say("filled_outside")
    if enrolments is None:
        return view.say("filled_unknown")
    return view.say("filled_of" if places else "filled", enrolments, places=view.words.number(places or 0))


def _stand(view: View, sheet: Sheet, key: str) -> Headline:
    """One count of the edition, with what it is out of."""
    value, places = sheet.standing[key], sheet.facts["places"]
    detail = view.say(f"detail.{key}")
    if value is None:
        detail = view.say("detail.missing" if sheet.standing["waiting_list"] is None else "detail.outside")
    elif key == "enrolments" and places:
        fill = view.words.share(sheet.fill)
        detail = view.say("detail.enrolments_of", fill=fill, places=view.words.number(places))
    way = way_to_rows(EVERYTHING, key, _held(sheet)) if value is not None else None
    return Headline(view.say(f"standing.{key}"), view.words.show(value, "count"), detail, way=way)


def _held(sheet: Sheet) -> Held:
    """What holds a number to the edition, whatever the filters of the page."""
    return "edition_id", sheet.facts["edition_id"]


def _show_facts(view: View, sheet: Sheet) -> None:
    """The fields as a description list, which can be downloaded."""
    told = [
        (view.say(f"column.{key}"), _tell(view, sheet, key, unit))
        for key, unit in FACTS.items() if key not in RARE or sheet.facts[key] is not None
    ]
    told.append((view.say("column.source"), view.say("source_line", file=sheet.file_name, line=sheet.line)))
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in told)
    st.html(f"<dl class='mc-facts'>{items}</dl>")
    columns = (Column(view.say("facts_column")), Column(view.words("table.value")))
    offer_downloads(view, "edition", Content(_say_it_all(view, sheet), Table(columns, told), is_drawn=False))


def _tell(view: View, sheet: Sheet, key: str, unit: str) -> str:
    """A field in words."""
    says, value = view.words, sheet.facts[key]
    if value is None:
        return says("table.unknown")
    if unit == "value":
        return says.value(key, value)
    if unit == "state":
        return view.say(f"state.{value}")
    if unit == "flag":
        return view.say("yes" if value else "no")
    if unit == "field":
        return " ".join(part for part in (sheet.facts["field_code"], says.value("field", value)) if part)
    return show_cell(says, Column("", unit), value)


def _show_staff(view: View, sheet: Sheet) -> None:
    """Hours by type of staff, with the line at half."""
    says = view.words
    if sheet.staff is None:
        return paragraph("mc-text", view.say("missing_export", export=says("export.teaching")))
    if sheet.upv_academic is None:
        return paragraph("mc-text", view.say("staff_none"))
    rows = [
        Bar(says.value("staff_type", part.staff_type), float(part.share or 0), _label(view, part),
            colour("staff_type", part.staff_type))
        for part in sheet.staff
    ]
    key = "staff_title_above" if sheet.keeps_half else "staff_title_below"
    title = view.say(key, share=says.share(sheet.upv_academic.share), hours=says.number(sheet.facts["known_hours"]))
    columns = (
        Column(says.dimension("staff_type")), Column(view.say("staff_teachers"), "count"),
        Column(view.say("staff_hours"), "hours"), Column(view.say("staff_share"), "share"),
    )
    table = Table(columns, [
        (says.value("staff_type", part.staff_type), part.teachers, part.hours, part.share) for part in sheet.staff
    ])
    chart = bars(rows, Line(float(HALF), view.say("staff_line")), maximum=AXIS)
    return show_figure(view, Figure("staff", title, chart, table, ["upv_academic_hours_share"], ways=_lead(sheet)))


def _lead(sheet: Sheet) -> Ways:
    """The ways from the teachers, hours and shares of each staff type to their rows."""
    named, taught, ways = ways_of("teachers_named"), ways_of("hours_taught"), {}
    for row, part in enumerate(sheet.staff):
        if part.teachers:
            kind = ("staff_type", part.staff_type)
            ways |= {
                (row, 1): named(EVERYTHING, _held(sheet), kind), (row, 2): taught(EVERYTHING, _held(sheet), kind),
                (row, 3): taught(EVERYTHING, _held(sheet), part=kind),
            }
    return ways


def _label(view: View, part: StaffPart) -> str:
    says = view.words
    hours = says("table.unknown") if part.hours is None else says.number(part.hours)
    return view.say("staff_bar", share=says.show(part.share, "share"), hours=hours)


def _show_partners(view: View, sheet: Sheet) -> None:
    says = view.words
    if sheet.partners is None:
        return paragraph("mc-text", view.say("missing_export", export=says("export.endorsements")))
    if not sheet.partners:
        return paragraph("mc-text", view.say("partners_none"))
    columns = (
        Column(view.say("partner")), Column(view.say("partner_type")), Column(view.say("partner_collaboration")),
        Column(view.say("partner_signed"), "day"),
    )
    rows = [(one.entity, one.entity_type, one.collaboration_type, one.signed_on) for one in sheet.partners]
    if not all(one.is_counted for one in sheet.partners):
        columns = (*columns, Column(view.say("partner_counted")))
        told = {True: view.say("yes"), False: view.say("no")}
        rows = [(*row, told[one.is_counted]) for row, one in zip(rows, sheet.partners, strict=True)]
    title = view.say("partners_title", sum(one.is_counted for one in sheet.partners))
    paragraph("mc-title", title, tag="h3")
    return st.html(to_html(says, Table(columns, rows), title))


def _show_remarks(view: View, remarks: list[Remark]) -> None:
    """What the load flagged, each with its column, file and rows."""
    if not remarks:
        return paragraph("mc-text", view.say("remarks_none"))
    title = view.say("remarks_title", len(remarks))
    paragraph("mc-title", title, tag="h3")
    items = "".join(
        f"<li>{escape(one.sentence)}<div class='mc-small'>{escape(_place(view, one))}</div></li>" for one in remarks
    )
    return st.html(f"<ul class='mc-remarks'>{items}</ul>")


def _place(view: View, remark: Remark) -> str:
    """Its rows, file and column."""
    key = "remark_place" if remark.heading else "remark_row"
    lines = _join(view, remark.lines)
    return view.say(key, len(remark.lines), lines=lines, file=remark.file_name, column=remark.heading)


def _join(view: View, lines: tuple[int, ...]) -> str:
    shown = ", ".join(str(line) for line in lines[:MOST_LINES])
    left = len(lines) - MOST_LINES
    return view.say("more_lines", lines=shown, number=left) if left > 0 else shown
