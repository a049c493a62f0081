"""The flow of the reduction: from the enrolments through eligibility to the verdicts, with their euros."""

from collections.abc import Sequence

from analytics import charts
from analytics.flows import Flow, Node
from analytics.palette import NEUTRAL, colour
from analytics.table import NOT_APPLICABLE, Column, Table
from analytics.verdicts import AMOUNTS, Outcome, of_eligibility, of_verdict
from pages.parts.figure import Figure, Ways, show_figure
from pages.parts.frame import View
from pages.parts.ways import way_to_rows

START = "enrolments"


def show_flow(view: View, found: Sequence[Outcome], metrics: Sequence[str]) -> None:
    """How many enrolments are entitled, and what became of it."""
    eligible = of_eligibility(found)
    shown = {key: view.words.number(eligible.get(key, 0)) for key in ("eligible", "not_eligible", "undetermined")}
    takeaway = view.say("flow_title", sum(eligible.values()), **shown)
    first = [_to_eligibility(view, key, count) for key, count in eligible.items()]
    chart = charts.flow(_stages(view, found), [*first, *(_to_verdict(view, one) for one in found)])
    show_figure(view, Figure("flow", takeaway, chart, _tabulate(view, found), metrics, ways=_lead(view, found)))


def _lead(view: View, found: Sequence[Outcome]) -> Ways:
    """The ways from the enrolments and the euros of each outcome to their rows."""
    ways = {}
    for row, one in enumerate(found):
        held = ("eligibility", one.eligibility), ("verdict", one.verdict)
        ways[row, 2] = way_to_rows(view.filters, START, *held)
        if one.verdict in AMOUNTS:
            ways[row, 3] = way_to_rows(view.filters, AMOUNTS[one.verdict], *held)
    return ways


def _stages(view: View, found: Sequence[Outcome]) -> list[dict[str, Node]]:
    says, eligible, verdicts = view.words, of_eligibility(found), of_verdict(found)
    return [
        {START: Node(view.say("flow_start"), says.number(sum(eligible.values())), NEUTRAL)},
        {
            key: Node(says.value("eligibility", key), says.number(count), colour("eligibility", key))
            for key, count in eligible.items()
        },
        {
            _node_of(key): Node(says.value("verdict", key), _say_verdict(view, one), colour("verdict", key))
            for key, one in verdicts.items()
        },
    ]


def _say_verdict(view: View, one: Outcome) -> str:
    """The enrolments of a verdict and its euros: 31 · 2.479 €."""
    if one.amount is None:
        return view.words.number(one.enrolments)
    return f"{view.words.number(one.enrolments)} · {say_amount(view, one)}"


def say_amount(view: View, one: Outcome, cents: bool = False) -> str:
    """The euros of a verdict; of wrong amounts, whether they are too many or too few."""
    euros = view.words.euros(abs(one.amount), cents)
    if one.verdict != "wrong_amount":
        return euros
    return view.say("wrong_more" if one.amount > 0 else "wrong_less", amount=euros)


def _to_eligibility(view: View, key: str, count: int) -> Flow:
    names = {"source": view.say("flow_start"), "target": view.words.value("eligibility", key)}
    return Flow(START, key, count, view.say("flow_link", number=view.words.number(count), **names))


def _to_verdict(view: View, one: Outcome) -> Flow:
    says = view.words
    names = {"source": says.value("eligibility", one.eligibility), "target": says.value("verdict", one.verdict)}
    text = view.say("flow_link", number=says.number(one.enrolments), **names)
    if one.amount is not None:
        text = view.say("flow_money", flow=text, amount=says.euros(one.amount), money=view.say(f"money.{one.verdict}"))
    return Flow(one.eligibility, _node_of(one.verdict), one.enrolments, text)


def _node_of(verdict: str) -> str:
    """Undetermined is an eligibility and a verdict: two nodes."""
    return f"verdict_{verdict}"


def _tabulate(view: View, found: Sequence[Outcome]) -> Table:
    says = view.words
    columns = (
        Column(says.dimension("eligibility")), Column(says.dimension("verdict")),
        Column(view.say("enrolments"), "count"), Column(view.say("euros"), "EUR"), Column(view.say("euros_are")),
    )
    return Table(columns, [
        (
            says.value("eligibility", one.eligibility), says.value("verdict", one.verdict), one.enrolments,
            *((one.amount, view.say(f"money.{one.verdict}")) if one.verdict in AMOUNTS else (NOT_APPLICABLE,) * 2),
        )
        for one in found
    ])
