"""Funding, the simulation: what the targets and the money would be under what a reader supposes."""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from analytics.charts import Bar, bars
from analytics.expected_editions import RANKS, Step, climb
from analytics.formats import round_half_up
from analytics.palette import BLUE
from analytics.simulation import Outcome, Simulation, simulate
from analytics.table import NOT_APPLICABLE, Column, Mark, Table
from pages.parts import link
from pages.parts.figure import NO_WAYS, Figure, Ways, show_figure, show_table
from pages.parts.frame import Headline, View, headlines, paragraph, section
from pages.parts.numbers import builds_folder, snapshot_under
from pages.parts.ways import way_to_rows, ways_of
from pages.parts.what_if_levers import choose_levers, describe_levers, offer_rest
from reports.grant import grant_in_force

CREDENTIALS = "credentials_issued_eligible"
TARGET_COLUMNS = {
    "target": "text", "status": "text", "official": "count", "exact": "count", "expected": "hours", "value": "hours",
    "change": "hours", "goal": "count", "left": "hours",
}
EDITION_COLUMNS = {
    "course": "text", "edition": "code", "centre": "text", "situation": "text", "ends_on": "day", "learners": "count",
    "added": "ratio", "expected": "ratio", "total": "ratio", "counted": "text", "reaches": "text",
}
MONEY = ("supported", "not_supported", "undetermined", "at_risk", "expected")
# The official figure that each amount is supposed from, and which has rows.
BASE = {
    "supported": "reduction_supported", "not_supported": "reduction_not_supported",
    "undetermined": "reduction_undetermined",
}
MONEY_METRICS = ("reduction_granted", "reduction_supported", "undue_discount_amount")
# More bars than these are a list: the table has them all.
MOST_BARS = 10


def show_what_if(view: View) -> None:
    """Band, levers, and what would be beside what is."""
    with st.container(key="simulation"):
        paragraph("mc-band", _say(view, "band"))
        paragraph("mc-text", _say(view, "text"))
        levers = choose_levers(view)
        offer_rest(view)
        grant = grant_in_force(builds_folder())
        limits = grant.value("forecast_minimum_editions"), grant.value("forecast_minimum_entries")
        ruled = snapshot_under(view.snapshot, levers.entitlement)
        found = simulate(view.snapshot, ruled, levers, limits, view.filters)
        if found is None:
            return paragraph("mc-text", _say(view, "no_export"))
        marked = replace(view, band=(_say(view, "band"), describe_levers(view, levers)))
        return _show(marked, found)


def _show(view: View, found: Simulation) -> None:
    paragraph("mc-title", _answer(view, found))
    headlines(view, [*(_headline(view, one) for one in found.outcomes.values()), *_money_headlines(view, found)])
    show_targets(view, found)
    section(_say(view, "editions"))
    show_editions(view, found)
    section(_say(view, "money"))
    show_money(view, found)
    section(_say(view, "how"))
    for text in _explain(view, found):
        paragraph("mc-text", text)
    st.page_link("pages/evidence.py", label=view.words("page.evidence.title"), icon=":material/assignment_late:")


def _answer(view: View, found: Simulation) -> str:
    says, one = view.words, found.outcomes[CREDENTIALS]
    places = {"target": says.number(one.target.value), "until": says.day(found.levers.until)}
    if one.value is None:
        return _say(view, "answer_unknown")
    if not one.change:
        return _say(view, "answer_same", value=says.number(one.value, 0), **places)
    left = _say(view, "left", left=says.number(one.left, 0)) if one.left else _say(view, "reached")
    return _say(
        view, "answer", value=says.number(one.value, 0), official=says.number(one.official),
        change=_signed(view, one.change, "count"), left=left, **places,
    )


def _signed(view: View, number, unit: str) -> str:
    """+ 270 or − 12; nothing changed is 0."""
    says = view.words
    size = says.euros(abs(number), cents=False) if unit == "EUR" else says.number(abs(number), 0)
    return _say(view, "more" if number > 0 else "less", number=size) if number else _say(view, "same")


def _headline(view: View, one: Outcome) -> Headline:
    says = view.words
    value = says("table.unknown") if one.value is None else says.number(one.value, 0)
    detail = _say(
        view, "beside", official=says("table.unknown") if one.official is None else says.number(one.official),
        change=_signed(view, one.change, "count") if one.change is not None else says("table.unknown"),
        target=says.number(one.target.value),
    )
    return Headline(says.metric(one.target.metric), value, detail, one.status)


def _money_headlines(view: View, found: Simulation) -> list[Headline]:
    return [_money_headline(view, key, found) for key in ("supported", "at_risk")]


def _money_headline(view: View, key: str, found: Simulation) -> Headline:
    says = view.words
    official, value, change = getattr(found.official_money, key), getattr(found.money, key), found.money_change(key)
    if change is None:
        return Headline(_say(view, f"card_{key}"), says("table.unknown"), _say(view, "money_unknown"))
    detail = _say(
        view, "beside_money", official=says.euros(official, cents=False), change=_signed(view, change, "EUR")
    )
    return Headline(_say(view, f"card_{key}"), says.euros(value, cents=False), detail)


def show_targets(view: View, found: Simulation) -> None:
    """Each target: as reported, counted again, expected on top, and what that changes."""
    columns = tuple(Column(_say(view, f"column.{key}"), unit) for key, unit in TARGET_COLUMNS.items())
    rows = [_target_row(view, one) for one in found.outcomes.values()]
    title = _say(view, "targets_title", until=view.words.day(found.levers.until))
    ways = {(row, 2): way_to_rows(view.filters, one.target.metric) for row, one in enumerate(found.outcomes.values())}
    show_table(view, "simulation-targets", title, Table(columns, rows), list(found.outcomes), ways)


def _target_row(view: View, one: Outcome) -> tuple:
    return (
        one.target.name_in(view.words), Mark(one.status, view.words(f"status.{one.status}")), one.official,
        one.exact, *(_tenths(each) for each in (one.expected, one.value, one.change)), one.target.value,
        _tenths(one.left),
    )


def _tenths(number):
    """An estimate by the tenth; what is counted exactly stays whole."""
    return round_half_up(number, 1) if isinstance(number, Decimal) else number


def show_editions(view: View, found: Simulation) -> None:
    """The editions still to end, ranked, with the running total until the target is reached."""
    by = link.choose_one(
        "rank", list(RANKS), "credentials", st.segmented_control, label=_say(view, "rank_label"),
        format_func=lambda key: _say(view, f"rank.{key}"), required=True,
    )
    one = found.outcomes[CREDENTIALS]
    steps = climb(found.editions, by, one.exact, one.target.value)
    if not steps:
        return paragraph("mc-text", _say(view, "no_editions", day=view.words.day(found.horizon)))
    columns = tuple(Column(_say(view, f"column.{key}"), unit) for key, unit in EDITION_COLUMNS.items())
    table = Table(columns, [_edition_row(view, step) for step in steps])
    title = _editions_title(view, found, steps)
    ways = _lead_editions(view, found, steps)
    if found.completion is None:
        return show_table(view, "simulation-editions", title, table, [CREDENTIALS], ways)
    chart = bars([_bar(view, step) for step in steps[:MOST_BARS]], label_lines=2)
    return show_figure(view, Figure("simulation-editions", title, chart, table, [CREDENTIALS], ways=ways))


def _lead_editions(view: View, found: Simulation, steps: list[Step]) -> Ways:
    """The ways from the learners of each edition; under another rule who has the right is itself supposed."""
    if found.levers.entitlement != view.snapshot.entitlement:
        return NO_WAYS
    way, column = ways_of("awaiting_credential"), list(EDITION_COLUMNS).index("learners")
    return {(row, column): way(view.filters, ("edition_id", step.edition.edition_id)) for row, step in enumerate(steps)}


def _editions_title(view: View, found: Simulation, steps: list[Step]) -> str:
    says = view.words
    if found.completion is None:
        return _say(view, "editions_unknown", len(steps), day=says.day(found.horizon))
    reaching = next((place for place, step in enumerate(steps, start=1) if step.reaches), None)
    if reaching:
        last = steps[reaching - 1].edition
        return _say(
            view, "editions_reach", reaching, course=last.title_in(says.language), day=says.day(last.ends_on)
        )
    total, target = steps[-1].total, found.outcomes[CREDENTIALS].target.value
    key = "editions_short" if total < target else "editions_needless"
    return _say(
        view, key, len(steps), day=says.day(found.horizon), expected=says.number(found.expected_by_horizon, 0),
        total=says.number(total, 0), target=says.number(target), left=says.number(found.short_at_horizon, 0),
    )


def _bar(view: View, step: Step) -> Bar:
    says, one = view.words, step.edition
    label = _say(
        view, "edition_bar", course=one.title_in(says.language), day=says.day(one.ends_on),
        total=says.number(step.total, 0),
    )
    return Bar(label, float(one.credentials), says.number(one.credentials, 1), BLUE)


def _edition_row(view: View, step: Step) -> tuple:
    says, one = view.words, step.edition
    return (
        one.title_in(says.language), one.edition_id, says.value("centre", one.centre),
        says.value("situation", one.situation), one.ends_on, one.learners,
        *(_tenths(each) for each in (one.added, one.credentials, step.total)),
        _say(view, "yes" if one.is_counted else "no"), _say(view, "yes") if step.reaches else NOT_APPLICABLE,
    )


def show_money(view: View, found: Simulation) -> None:
    """The reduction under the rules beside the official one."""
    columns = (
        Column(_say(view, "column.concept")), Column(_say(view, "column.official"), "EUR"),
        Column(_say(view, "column.simulated"), "EUR"), Column(_say(view, "column.change"), "EUR"),
    )
    rows = [
        (_say(view, f"money_{key}"), getattr(found.official_money, key), getattr(found.money, key),
         found.money_change(key))
        for key in MONEY
    ]
    title = _say(view, "money_title", supported=_euros(view, found.money.supported),
                 at_risk=_euros(view, found.money.at_risk))
    ways = {(row, 1): way_to_rows(view.filters, BASE[key]) for row, key in enumerate(MONEY) if key in BASE}
    show_table(view, "simulation-money", title, Table(columns, rows), MONEY_METRICS, ways)


def _euros(view: View, amount) -> str:
    return view.words("table.unknown") if amount is None else view.words.euros(amount, cents=False)


def _explain(view: View, found: Simulation) -> list[str]:
    """How the exact and the expected parts were worked out, and what is not in them."""
    says, past = view.words, found.history
    counts = {"entries": says.number(past.entries), "credentials": says.number(past.credentials)}
    basis = "how_past" if found.is_enough else "how_little"
    texts = [_say(view, "how_exact"), _say(view, "how_expected"), _say(view, basis, past.editions, **counts)]
    if view.filters.unheeded_by("edition"):
        texts.append(_say(view, "how_filtered"))
    texts += [_say(view, "how_rows"), _say(view, "how_money")]
    return [*texts, _say(view, "how_gaps", page=says("page.evidence.nav"))]


def _say(view: View, key: str, count: int | None = None, **places: object) -> str:
    return view.words(f"funding_what_if.{key}", count, **places)
