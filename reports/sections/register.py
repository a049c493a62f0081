"""Section 5, the register: one row per edition, with what an auditor would ask about."""

from analytics.register import Entry, register
from analytics.trace import Trace
from reports.content import Section
from reports.writing import Cell, Draft, Line, make_grid, prose

NUMBER = 5
COLUMNS = (
    ("course", "code"), ("edition", "code"), ("title", "text"), ("ects", "ECTS"), ("hours", "hours"),
    ("eqf_level", "text"), ("field_code", "code"), ("digital", "text"), ("delivery", "text"), ("language", "text"),
    ("centre", "text"), ("entry_requirement", "text"), ("starts_on", "day"), ("ends_on", "day"), ("price", "EUR"),
    ("places", "count"), ("endorsements", "count"), ("upv_share", "share"), ("situation", "text"), ("flags", "text"),
)
# The sum of one row is its value: the query leads a figure of the register to its line.
OF_EDITION = {"ects": "sum(ects)", "hours": "sum(hours)", "price": "sum(price_eur)", "places": "sum(places)",
              "endorsements": "sum(endorsements)"}


def write_register(draft: Draft) -> Section:
    entries = register(draft.snapshot)
    lines = [Line(entry.edition_id, _cells(draft, entry)) for entry in entries]
    exports = ("catalogue", "teaching", "endorsements")
    asked = sum(bool(entry.flags) for entry in entries)
    blocks = (
        prose("register_notes", draft.say("register.notes", asked, editions=draft.words.number(len(entries)))),
        make_grid(draft, NUMBER, "register", COLUMNS, lines, exports, ("courses_offered", "editions_offered")),
    )
    return Section(NUMBER, "register", draft.say("section.register"), blocks)


def _cells(draft: Draft, entry: Entry) -> tuple:
    words, here = draft.words, ("edition_id = $edition", (("edition", entry.edition_id),))

    def sized(name: str, value) -> Cell:
        return Cell(value, Trace("edition", OF_EDITION[name], *here))

    return (
        entry.course, str(entry.edition_number), entry.title_in(words.language), sized("ects", entry.ects),
        sized("hours", entry.hours), words.value("eqf_level", entry.eqf_level), entry.field_code,
        draft.say("yes" if entry.is_digital_skills else "no"), words.value("delivery", entry.delivery),
        words.value("language", entry.language), words.value("centre", entry.centre),
        words.value("entry_requirement", entry.entry_requirement), entry.starts_on, entry.ends_on,
        sized("price", entry.price_eur), sized("places", entry.places), sized("endorsements", entry.endorsements),
        Cell(entry.upv_share, Trace("edition", "sum(upv_academic_hours)", *here, "sum(known_hours)")),
        words(f"value.situation.{entry.situation}"), "; ".join(draft.say(f"flag.{flag}") for flag in entry.flags),
    )
