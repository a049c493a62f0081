"""What a public pack tells of each of its figures about people: the number, a symbol in its place, or a rounded sum."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from analytics.economics import fees_by_course
from analytics.funnel import STEPS
from analytics.privacy import Hidden, Symbol, hide, rate_is_shown
from analytics.quality import files
from analytics.snapshot import Snapshot
from reports.content import Pack
from reports.figures import code_of
from reports.public_cells import COURSES, state_cells
from reports.public_counts import (
    ACCEPTED,
    BY_COURSE,
    DENOMINATOR,
    FUNNEL,
    NUMERATOR,
    RATES,
    REACHED,
    TARGETS,
    Counts,
    Showing,
    find_counts,
)
from reports.public_money import SUMS, Rounded, Sum, keep_told, round_sums, round_to, sums_of
from reports.public_rows import state_rows

Told = int | Symbol | Decimal | Rounded
# Worked out from the value of a target.
OF_A_TARGET = ("gap", "per_week_teaching", "per_week_deadline")


def tell_figures(pack: Pack, showings: Sequence[Showing]) -> dict[str, Told]:
    """{name of a figure: what is told of it}; a figure about people that is not in it is not told at all.

    showings: the earlier public packs, then this one. CannotProtect when no way was found.
    """
    counts = find_counts(showings)
    courses = _courses_certified(showings)
    published, same = state_cells(counts, courses)
    snapshot = showings[-1].snapshot
    if snapshot.has("enrolments"):
        published = state_rows(published, files(snapshot), pack.figures, same.get(ACCEPTED, ""))
    hidden = hide(published)
    told: dict[str, Told] = {name: hidden.shown[same[name]] for name in counts.by_name}
    told |= {name: value for name, value in hidden.shown.items() if name not in told and name in published.cells}
    told |= _targets(pack, told) | _rates(pack, counts, told) | _shares(pack, told)
    return told | _money(pack, showings, counts, same, hidden)


def _courses_certified(showings: Sequence[Showing]) -> dict[str, int]:
    return {
        showing.prefix + COURSES: figure.value for showing in showings for figure in showing.figures
        if figure.name == COURSES and figure.value is not None
    }


def _targets(pack: Pack, told: Mapping[str, Told]) -> dict[str, Told]:
    """The table of the targets repeats the headlines, and what is worked out from them goes with them."""
    found: dict[str, Told] = {}
    for figure in pack.figures:
        table, _, target = figure.key.partition("/")
        if table != TARGETS or figure.value is None:
            continue
        value = told.get(f"{code_of(1, f'{REACHED}/{target}')}.value")
        if figure.column == "value":
            found[figure.name] = value
        elif figure.column in OF_A_TARGET:
            found[figure.name] = Symbol.HIDDEN if isinstance(value, Symbol) else figure.value
    return found


def _rates(pack: Pack, counts: Counts, told: Mapping[str, Told]) -> dict[str, Told]:
    """A rate of a course when both its sides could be printed as well."""
    found = {}
    for figure in pack.figures:
        if figure.key.startswith(f"{RATES}/") and figure.value is not None:
            sides = [told.get(f"{figure.name}.{side}", Symbol.HIDDEN) for side in (DENOMINATOR, NUMERATOR)]
            is_shown = not any(isinstance(side, Symbol) for side in sides) and rate_is_shown(*sides)
            found[figure.name] = figure.value if is_shown else Symbol.HIDDEN
    return found


def _shares(pack: Pack, told: Mapping[str, Told]) -> dict[str, Told]:
    """A step of all as a share of the step before it."""
    values = {figure.name: figure.value for figure in pack.figures if figure.key.startswith(f"{FUNNEL}/")}
    steps, found = list(STEPS), {}
    for before, step in pairwise(steps):
        for counted in ("enrolments", "persons"):
            name, sides = f"{code_of(2, f'{FUNNEL}/{step}')}.{counted}_rate", [
                f"{code_of(2, f'{FUNNEL}/{one}')}.{counted}" for one in (before, step)
            ]
            if values[name] is not None:
                is_shown = rate_is_shown(values[sides[0]], *(told[side] for side in sides))
                found[name] = values[name] if is_shown else Symbol.HIDDEN
    return found


def _money(
    pack: Pack, showings: Sequence[Showing], counts: Counts, same: Mapping[str, str], hidden: Hidden,
) -> dict[str, Told]:
    """The sums of this pack, with which those of the earlier ones stay possible too."""
    *before, now = showings
    if not now.snapshot.has("enrolments"):
        return {}
    names = {figure.key: figure.name for figure in pack.figures if figure.key in SUMS and figure.unit == "EUR"}
    worlds = hidden.worlds
    for one in before:
        shown = {key: one.shown.get(name) for key, name in names.items()}
        sums = _sums(one, Counter(), counts, same) if one.snapshot.has("enrolments") else {}
        worlds = keep_told(sums, shown, worlds, _highest_price(one.snapshot), hidden.shown)
    people = Counter({
        figure.key.removeprefix("fees/"): figure.value for figure in pack.figures
        if figure.key.startswith("fees/") and figure.column == "enrolments"
    })
    told = round_sums(_sums(now, people, counts, same), worlds, _highest_price(now.snapshot), hidden.shown)
    return {names[key]: value for key, value in told.items()} | _income(pack, told["fees/paid"])


def _sums(showing: Showing, people: Mapping[str, int], counts: Counts, same: Mapping[str, str]) -> dict[str, Sum]:
    courses, verdicts = (
        {one.row: (same[name], one.members.bit_count()) for name, one in counts.by_name.items()
         if (one.table, one.column, one.pack) == (table, "enrolments", showing.prefix)}
        for table in (BY_COURSE, "verdicts")
    )
    return sums_of(fees_by_course(showing.snapshot), people, courses, verdicts)


def _highest_price(snapshot: Snapshot) -> Decimal:
    price = "select greatest(max(base_price_eur), (select max(price_eur) from edition)) as highest from enrolment"
    return snapshot.rows(price)[0]["highest"] or Decimal(0)


def _income(pack: Pack, paid: Told) -> dict[str, Told]:
    """The accounting of the fees would say to the cent what their sum is rounded for."""
    found: dict[str, Told] = {}
    for figure in pack.figures:
        if figure.key.startswith("lines_income/") and figure.value is not None:
            is_rounded = isinstance(paid, Rounded)
            found[figure.name] = Rounded(round_to(figure.value, paid.step), paid.step) if is_rounded else paid
    return found

