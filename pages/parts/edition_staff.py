"""Editions and who teaches them: a bar for each, and the list of those that somebody has to look at."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from analytics import charts
from analytics.dimensions import STAFF_TYPES
from analytics.palette import NEUTRAL, colour
from analytics.reasons import tell
from analytics.shares import Share
from analytics.staffing import EditionStaff
from analytics.table import Column, Table, Way
from pages.parts import link
from pages.parts.figure import Figure, Ways, show_figure, show_table
from pages.parts.frame import View
from pages.parts.ways import ways_of

TICKS = [Decimal(share) / 100 for share in (0, 25, 50, 75, 100)]
ACT_COLUMNS = {"edition": "code", "course": "text", "starts": "day", "teachers": "count", "reason": "text"}


def show_editions(
    view: View, takeaway: str, editions: Sequence[EditionStaff], target: Decimal, metrics: Sequence[str]
) -> None:
    """Every edition as a bar of its staff types, in the order given, with a line at the target."""
    says = view.words
    labels = [f"{edition.title_in(says.language)} · {edition.edition_id}" for edition in editions]
    ticks = {float(share): says.share(share, 0) for share in TICKS}
    line = charts.Line(float(target), view.say("half"))
    chart = charts.stacked_columns(labels, _bands(view, editions), line, ticks)
    table, ways = _tabulate(view, editions), _lead(view, editions)
    show_figure(view, Figure("editions", takeaway, chart, table, metrics, ways=ways))


def _bands(view: View, editions: Sequence[EditionStaff]) -> list[charts.Series]:
    """The staff types across the editions, and a grey one for the editions without known hours."""
    bands = []
    for position, kind in enumerate(STAFF_TYPES):
        parts = [edition.parts[position] for edition in editions]
        values, texts = [float(part.share or 0) for part in parts], [_say_part(view, part) for part in parts]
        bands.append(charts.Series(view.words.value("staff_type", kind), colour("staff_type", kind), values, texts))
    if all(edition.known_hours for edition in editions):
        return bands
    values = [0 if edition.known_hours else 1 for edition in editions]
    texts = [tell(view.words, edition.reasons) for edition in editions]
    return [*bands, charts.Series(view.say("unknown_hours"), NEUTRAL, values, texts)]


def _say_part(view: View, part: Share) -> str:
    says = view.words
    of_whole = says("headline.of", part=says.number(part.amount), whole=says.number(part.whole))
    return f"{says.show(part.share, 'share')} · {of_whole}"


def _tabulate(view: View, editions: Sequence[EditionStaff]) -> Table:
    kinds = [Column(view.say("hours_of", name=view.words.value("staff_type", kind)), "hours") for kind in STAFF_TYPES]
    columns = (
        Column(view.say("course")), Column(view.say("edition"), "code"), *kinds,
        Column(view.say("upv_share"), "share"),
    )
    return Table(columns, [
        (edition.title_in(view.words.language), edition.edition_id, *_hours(edition), edition.upv_academic_share)
        for edition in editions
    ])


def _lead(view: View, editions: Sequence[EditionStaff]) -> Ways:
    """The ways from the hours of each staff type, and from the share of UPV academics, to their rows."""
    hours, share, ways = ways_of("teaching_hours"), ways_of("upv_academic_hours_share"), {}
    for row, edition in enumerate(editions):
        held = ("edition_id", edition.edition_id)
        ways |= {
            (row, column): hours(view.filters, held, ("staff_type", kind))
            for column, kind in enumerate(STAFF_TYPES, start=2) if edition.hours[kind]
        }
        if edition.upv_academic_hours:
            ways[row, 2 + len(STAFF_TYPES)] = share(view.filters, held)
    return ways


def _hours(edition: EditionStaff) -> list[Decimal | None]:
    """The hours by staff type; unknown, not zero, where none are known."""
    return [edition.hours[kind] if edition.known_hours else None for kind in STAFF_TYPES]


def show_editions_to_act_on(view: View, editions: Sequence[EditionStaff]) -> None:
    """Each edition with its reason and its way to the catalogue."""
    says = view.words
    kinds = Counter(reason.key for edition in editions for reason in edition.reasons)
    parts = ", ".join(view.say(f"part.{kind}", number=says.number(count)) for kind, count in kinds.items())
    columns = tuple(Column(view.say(key), unit) for key, unit in ACT_COLUMNS.items())
    rows = [
        (
            Way(edition.edition_id, "catalogue", link.address_of(edition=edition.edition_id)),
            edition.title_in(says.language), edition.starts_on, edition.teachers, tell(says, edition.reasons),
        )
        for edition in editions
    ]
    named = ways_of("teachers_named")
    ways = {(row, 3): named(view.filters, ("edition_id", one.edition_id)) for row, one in enumerate(editions)}
    show_table(view, "act", view.say("act_title", len(editions), parts=parts), Table(columns, rows), ways=ways)
