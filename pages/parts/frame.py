"""The frame of every page: question, answer, what is shown, headline figures, and where it all comes from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.filters import Filters
from analytics.measure import Measure
from analytics.provenance import Provenance, provenance
from analytics.saved_views import moved_since
from analytics.snapshot import Snapshot
from analytics.targets import judge, targets_of
from analytics.words import LANGUAGES, Words, words
from etl.builds import Build, BuildError, current_build
from pages.parts import filters as filter_part
from pages.parts import link, meeting, opened_view
from pages.parts.faces import listen
from pages.parts.numbers import builds_folder, snapshot_at
from pages.parts.permission import may_load, may_read
from pages.parts.saved_views import follow_wish, show_views
from pages.parts.text import literal, paragraph
from pages.parts.ways import way_to_rows
from reports.one_page import Card

STYLE = Path(__file__).parent / "style.css"
ICON = Path(__file__).parent / "icon.svg"
PAGES = Path(__file__).parent.parent
# A shape, a word and a colour (style.css): a status never speaks by colour alone.
SHAPES = {"kept": "✔", "on_track": "➚", "at_risk": "▲", "not_kept": "✖", "not_assessable": "◌"}

# Of the figures of a frozen view that are others today, those that are named.
MOST_MOVED = 5


@dataclass(frozen=True)
class View:
    """What a page shows: its words, the build at a cut-off, the filters, and the place of its answer.

    band: what heads everything that is no figure of the programme, on the page and in its downloads.
    shown: what it has shown in this run, for its PDF.
    """

    key: str
    words: Words
    snapshot: Snapshot
    filters: Filters
    provenance: Provenance
    answer_place: DeltaGenerator
    band: tuple[str, ...] = ()
    shown: meeting.Shown = field(default_factory=meeting.Shown, compare=False)

    @property
    def sentence(self) -> str:
        """What is being shown, with the load it comes from; it heads the page and its downloads."""
        loaded = self.words("filter.loaded", day=self.words.day(self.provenance.built_at))
        return f"{filter_part.sentence(self.words, self.snapshot, self.filters)} · {loaded}"

    def say(self, key: str, count: int | None = None, **places: object) -> str:
        """A sentence of this page."""
        return self.words(f"page.{self.key}.{key}", count, **places)


def language() -> Words:
    """The words of the language that the reader chose."""
    return words(link.current("lang", LANGUAGES, "es"))


def point_to_loading(says: Words) -> None:
    """The way to the page where the first exports are loaded, for those who may; else whom to ask."""
    if not may_load():
        return paragraph("mc-text", says("no_build.ask"))
    paragraph("mc-text", says("no_build.where"))
    st.page_link("pages/data_quality.py", label=says("no_build.link"), icon=":material/upload_file:")
    return None


def open_page(
    key: str, has_span: bool = False, without_build: Callable[[Words], None] = point_to_loading
) -> View:
    """Write the question, choose cut-off and filters, and say what is shown. Without a build, say so and stop.

    has_span: the page also has a span of time, that it lets its reader choose further down.
    without_build: writes what can be done about the want of a build.
    """
    _go_through_dashboard()
    if not may_read():  # the dashboard shows them no page; nor does a page that the framework would serve by itself
        st.stop()
    follow_wish()
    opened_view.open_for(key)
    says = language()
    paragraph("mc-question", says(f"page.{key}.title"), tag="h1")
    answer_place = st.container()
    build = _find_build(says, without_build)
    controls = st.container(horizontal=True, vertical_alignment="top")
    with controls.popover(says("filter.open"), icon=":material/tune:"):
        as_of = filter_part.choose_cut_off(says, build)
        opened_view.note_shown(build, as_of)
        snapshot = snapshot_at(build, as_of)
        chosen = filter_part.choose_filters(says, snapshot)
        if has_span:
            chosen = chosen.within(*filter_part.read_span())
    view = View(key, says, snapshot, chosen, provenance(snapshot), answer_place)
    _write_sentence(view, controls)
    if opened_view.frozen_build() is not None:
        _tell_what_moved(view)
    return view


def _go_through_dashboard() -> None:
    """Start again through dashboard.py when a page was run without it.

    Streamlit does that to the first address asked of a new server, when it is a page's: until st.navigation has been
    called once, it takes the files of pages/ for pages that stand alone.
    """
    if "link" not in st.session_state:
        st.navigation([st.Page(page) for page in sorted(PAGES.glob("*.py"))], position="hidden")
        st.rerun()


def _find_build(says: Words, without_build: Callable[[Words], None]) -> Build:
    """The build to show. Without one, or with none that is whole, say what to do and stop."""
    try:
        build, title = current_build(builds_folder()), "no_build.title"
    except BuildError:
        build, title = None, "no_build.damaged"
    if build is None:
        paragraph("mc-answer mc-empty", says(title))
        without_build(says)
        link.write_link()
        st.stop()
    if build.degraded:
        paragraph("mc-note", says("build.degraded", build=build.build_id))
    return _frozen_build(says) or build


def _frozen_build(says: Words) -> Build | None:
    """The build of the saved view that is open, when it is a frozen one; what became of a view is said."""
    if opened_view.problem():
        paragraph("mc-note", says(f"view.{opened_view.problem()}"))
    view, frozen = opened_view.opened(), opened_view.frozen_build()
    if view is not None and view.build_id is not None and frozen is None:
        paragraph("mc-note", says("view.build_gone", build=view.build_id))
    return frozen


def _tell_what_moved(view: View) -> None:
    """Whether the figures of a frozen view are others in today's build."""
    says, today = view.words, current_build(builds_folder())
    if today is None or today.build_id == view.snapshot.build.build_id:
        return
    now = snapshot_at(today, view.snapshot.as_of)
    moved = moved_since(view.snapshot, now, view.filters)
    named = [
        f"{says.metric(one.metric.key)}: {says.show(one.then, one.metric.unit)} → "
        f"{says.show(one.now, one.metric.unit)}"
        for one in moved[:MOST_MOVED]
    ]
    more = [says("view.more", figures=says.number(len(moved) - MOST_MOVED))] if len(moved) > MOST_MOVED else []
    days = {"frozen": says.moment(view.provenance.built_at), "today": says.moment(provenance(now).built_at)}
    paragraph("mc-note", says("view.stale" if moved else "view.stale_same", moved="; ".join(named + more), **days))


def _write_sentence(view: View, controls: DeltaGenerator) -> None:
    """The saved view and the filters as buttons that take them off, then the sentence."""
    if (saved := opened_view.opened()) is not None:
        controls.button(
            literal(view.words("view.on", name=saved.name)), key="leave_view", icon=":material/close:",
            icon_position="right", help=view.words("view.leave"), on_click=opened_view.leave,
        )
    for key, text in filter_part.describe(view.words, view.snapshot, view.filters):
        controls.button(
            literal(text), key=f"remove_{key}", icon=":material/close:", icon_position="right",
            help=view.words("filter.remove"), on_click=filter_part.take_off, args=(key,),
        )
    with controls:
        meeting.offer_page(view)
        paragraph("mc-sentence", view.sentence)
    unheeded = [view.words.dimension(key).lower() for key in view.filters.unheeded_by("edition")]
    if unheeded:
        paragraph("mc-small", view.words("filter.unheeded", dimensions=", ".join(unheeded)))
    if view.provenance.is_sample:
        paragraph("mc-note", view.words("sample.note"))


def answer(view: View, text: str) -> None:
    """The answer to the page's question, under it."""
    meeting.remember_answer(view, text)
    with view.answer_place:
        paragraph("mc-answer", text)


@dataclass(frozen=True)
class Headline:
    """A headline figure: what it is, its value with unit, what it is out of or held against, and its status.

    way: the address of the rows behind it; None for what is worked out from other figures.
    """

    label: str
    value: str
    detail: str
    status: str | None = None
    way: str | None = None


def headline(view: View, measured: Measure, detail: str | None = None) -> Headline:
    """The headline figure of a metric, held against its target when it has one."""
    says, metric = view.words, measured.metric
    target = targets_of(view.snapshot).get(metric.target or "")
    status = judge(target, measured.value, view.snapshot.as_of) if target else None
    shown = says.show(measured.value, metric.unit)
    way = way_to_rows(view.filters, metric.key)
    return Headline(says.metric(metric.key), shown, detail or _detail(says, measured, target), status, way)


def _detail(says: Words, measured: Measure, target) -> str:
    """What the figure is out of and held against: a share without its denominator is not shown."""
    parts = []
    if measured.denominator is not None:
        parts.append(says("headline.of", part=says.number(measured.numerator), whole=says.number(measured.denominator)))
    if target:
        parts.append(target.goal_in(says))
    return " · ".join(parts) or says(f"metric.{measured.metric.key}.short")


def headlines(view: View, figures: list[Headline]) -> None:
    """Three to five headline figures side by side."""
    meeting.remember_headlines(view, [Card(one.label, one.value, one.detail, one.status) for one in figures])
    cards = "".join(
        f"<div class='mc-card' role='listitem'><p class='mc-label'>{escape(figure.label)}</p>"
        f"<p class='mc-value'>{_value(view, figure)}</p><p class='mc-detail'>{escape(figure.detail)}</p>"
        f"{status_mark(view.words, figure.status)}</div>"
        for figure in figures
    )
    st.html(f"<div class='mc-cards' role='list'>{cards}</div>")


def _value(view: View, figure: Headline) -> str:
    """The value, in HTML; what is counted is the way to its rows."""
    if figure.way is None:
        return escape(figure.value)
    name = escape(view.words("trace.of", value=figure.value, figure=figure.label), quote=True)
    address = escape(figure.way, quote=True)
    return f"<a class='mc-trace' href='{address}' target='_self' aria-label='{name}'>{escape(figure.value)}</a>"


def status_mark(says: Words, status: str | None) -> str:
    """A status as shape, word and colour, in HTML; nothing for None."""
    if status is None:
        return ""
    return f"<span class='mc-status'>{status_shape(status)}{escape(says(f'status.{status}'))}</span>"


def status_shape(status: str) -> str:
    """The shape of a status in its colour, in HTML; a word goes beside it."""
    return f"<span class='mc-shape mc-{status}' aria-hidden='true'>{SHAPES[status]}</span>"


def show_failure(says: Words) -> None:
    """What a reader sees instead of a traceback."""
    paragraph("mc-note mc-failure", says("error.title"))
    paragraph("mc-text", says("error.how"))


def section(text: str, anchor: str | None = None) -> None:
    """A heading between the parts of a page. anchor: by which an address leads to it; only the framework's can."""
    if anchor is None:
        return paragraph("mc-section", text, tag="h2")
    with st.container(key=f"mc-section-{anchor}"):
        st.header(literal(text), anchor=anchor)
    return None


def close_page(view: View) -> None:
    """Where it all comes from, who pays for it, and the choices put into the link."""
    says, source = view.words, view.provenance
    lines = [
        says("footer.load", build=source.build_id, moment=says.moment(source.built_at), files=len(source.files)),
        says("footer.funding"),
        says("footer.licence"),
    ]
    st.html("<footer class='mc-footer'>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</footer>")
    listen()
    show_views(says, view.key)
    opened_view.write_link()
