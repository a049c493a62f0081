"""Section 7, the economic table: where every price went, the accounting lines, income against cost."""

from decimal import Decimal

from analytics.economics import (
    IDENTITY,
    LINE_AMOUNTS,
    AccountLine,
    account_lines,
    fees_by_course,
    residuals,
    trace_course_lines,
    trace_fee,
    trace_fee_rows,
    trace_line,
    unpriced,
    without_direction,
)
from analytics.funnel import Funnel, funnels
from analytics.metrics import METRICS
from analytics.subsidy import Subsidy, subsidy
from analytics.trace import count_again, find_rows, trace_metric
from reports.content import Block, Section
from reports.writing import Cell, Draft, Headline, Line, counted, counted_all, make_figures, make_grid, prose

NUMBER = 7
NAMED = (("course", "code"), ("title", "text"))
FEE_COLUMNS = (("part", "text"), ("amount", "EUR"), ("enrolments", "count"))
COURSE_COLUMNS = (*NAMED, *((part, "EUR") for part in IDENTITY))
RESIDUAL_COLUMNS = (("edition", "code"), ("residual", "EUR"), ("file", "text"), ("line", "text"))
LINE_COLUMNS = (
    ("line", "code"), ("line_type", "text"), ("concept", "text"), ("year", "text"), ("reference_on", "day"),
    *((amount, "EUR") for amount in LINE_AMOUNTS),
)
INCOME_COLUMNS = (
    *NAMED, ("fees", "EUR"), ("charged", "EUR"), ("other_income", "EUR"), ("income", "EUR"), ("cost", "EUR"),
    ("margin", "EUR"), ("status", "text"),
)
ACCOUNTED_COLUMNS = (
    *NAMED, ("fees_due", "EUR"), ("recognised", "EUR"), ("due_difference", "EUR"), ("fees_paid", "EUR"),
    ("paid", "EUR"), ("paid_difference", "EUR"),
)


def write_economic(draft: Draft) -> Section:
    blocks = [*_fees(draft), *_accounting(draft)]
    return Section(NUMBER, "economic", draft.say("section.economic"), tuple(blocks))


def _fees(draft: Draft) -> list[Block]:
    if not draft.snapshot.has("enrolments"):
        return [prose("fees_unknown", draft.say("fees.unknown"))]
    without_price = unpriced(draft.snapshot)
    return [
        _subsidy(draft), _identity(draft),
        prose("fees_notes", draft.say("fees.notes"), _unpriced(draft, without_price)),
        _by_course(draft), *_residuals(draft),
    ]


def _unpriced(draft: Draft, rows: int) -> str:
    return draft.say("fees.unpriced", rows) if rows else ""


def _subsidy(draft: Draft) -> Block:
    found: Subsidy = subsidy(draft.snapshot)
    of_metric = {"reduction_granted": found.granted, "reduction_supported": found.supported,
                 "undue_discount_amount": found.undue}
    shown = [Headline(key, value, "EUR", trace=trace_metric(METRICS[key])) for key, value in of_metric.items()]
    shown += [Headline("overpaid", found.overpaid, "EUR"), Headline("not_supported", found.not_supported, "EUR")]
    return make_figures(draft, NUMBER, "subsidy", shown)


def _identity(draft: Draft) -> Block:
    traces = [(trace(draft.as_of, part), f"fees_{part}") for part in IDENTITY for trace in (trace_fee, trace_fee_rows)]
    cells = counted_all(draft, traces)
    lines = [
        Line(part, (draft.say(f"fees.{part}"), amount, rows))
        for part, amount, rows in zip(IDENTITY, cells[::2], cells[1::2], strict=True)
    ]
    return make_grid(draft, NUMBER, "fees", FEE_COLUMNS, lines, ("enrolments", "catalogue"), ("gross_fees",))


def _by_course(draft: Draft) -> Block:
    found = fees_by_course(draft.snapshot)
    lines = [
        Line(course.course, (course.course, course.title_in(draft.words.language), *(
            Cell(found[course.course][part], trace_fee(draft.as_of, part, course.course), f"fees_{part}")
            for part in IDENTITY
        )))
        for course in _courses(draft) if course.course in found
    ]
    whole = counted_all(draft, [(trace_fee(draft.as_of, part), f"fees_{part}") for part in IDENTITY])
    lines.append(Line("total", ("", draft.words("table.total"), *whole)))
    return make_grid(
        draft, NUMBER, "fees_courses", COURSE_COLUMNS, lines, ("enrolments", "catalogue"), ("gross_fees",), True,
    )


def _courses(draft: Draft) -> list[Funnel]:
    return funnels(draft.snapshot)[1:]


def _residuals(draft: Draft) -> list[Block]:
    """Every enrolment that does not close, by its place in the files; none of it leaves with a public pack."""
    found = residuals(draft.snapshot)
    if not found or draft.kind == "public":
        return []
    places = {row.row_key: row for row in find_rows(draft.snapshot, trace_fee_rows(draft.as_of, "residual"))}
    lines = [
        Line(one.row_key, (one.edition_id, one.residual, places[one.row_key].file_name, str(places[one.row_key].line)))
        for one in found
    ]
    return [make_grid(draft, NUMBER, "residuals", RESIDUAL_COLUMNS, lines, ("enrolments",))]


def _accounting(draft: Draft) -> list[Block]:
    if not draft.snapshot.has("funding"):
        return [prose("accounting_unknown", draft.say("accounting.unknown"))]
    directions = [_lines(draft, direction) for direction in ("income", "expense")]
    undirected = without_direction(draft.snapshot)
    notes = draft.say("accounting.notes"), draft.say("accounting.undirected", undirected) if undirected else ""
    return [*directions, prose("accounting_notes", *notes, *_dates(draft)), *_against_cost(draft), *_accounted(draft)]


def _dates(draft: Draft) -> list[str]:
    """The accounting export may be of another day than the cut-off, and then says so."""
    sql = "select max(reference_on) as day from loaded.funding_line"
    day = draft.snapshot.rows(sql)[0]["day"]
    if day is None or day == draft.as_of:
        return []
    return [draft.say("accounting.dated", day=draft.words.day(day), as_of=draft.words.day(draft.as_of))]


def _lines(draft: Draft, direction: str) -> Block:
    def amounts(found: AccountLine) -> list[Cell]:
        key = {name: getattr(found, name) for name in ("line", "line_type", "concept", "year")}
        return [Cell(getattr(found, name), trace_line(direction, name, key), f"line_{name}") for name in LINE_AMOUNTS]

    lines = [
        Line("/".join(str(each) for each in (one.line, one.line_type, one.concept, one.year)), (
            one.line, one.line_type, one.concept, None if one.year is None else str(one.year), one.reference_on,
            *amounts(one),
        ))
        for one in account_lines(draft.snapshot, direction)
    ]
    whole = (counted(draft, trace_line(direction, name), f"line_{name}") for name in LINE_AMOUNTS)
    lines.append(Line("total", ("", "", draft.words("table.total"), "", "", *whole)))
    return make_grid(
        draft, NUMBER, f"lines_{direction}", LINE_COLUMNS, lines, ("funding",), has_total=True, said_as="lines",
        direction=draft.say(f"lines.{direction}"),
    )


def _concepts(draft: Draft) -> tuple[str, ...]:
    return draft.grant.value("fee_concepts") or ()


def _against_cost(draft: Draft) -> list[Block]:
    """Income of a course, whatever its origin, against its cost: never above it."""
    if not draft.snapshot.has("enrolments"):
        return []
    fees, lines = fees_by_course(draft.snapshot), []
    for course in _courses(draft):
        fee = fees.get(course.course, dict.fromkeys(IDENTITY, Decimal("0.00")))
        other = trace_course_lines("income", "recognised", course.course, _concepts(draft), False)
        cost = trace_course_lines("expense", "recognised", course.course, (), False)
        amounts = fee["paid"], fee["charged"], count_again(draft.snapshot, other)
        spent = count_again(draft.snapshot, cost) if find_rows(draft.snapshot, cost) else None
        income = _add_up(amounts)
        margin = None if spent is None or income is None else spent - income
        lines.append(Line(course.course, (
            course.course, course.title_in(draft.words.language),
            Cell(amounts[0], trace_fee(draft.as_of, "paid", course.course), "fees_paid"),
            Cell(amounts[1], trace_fee(draft.as_of, "charged", course.course), "fees_charged"), Cell(amounts[2], other),
            income, Cell(spent, cost), margin, draft.say(f"income.status_{_status(margin)}"),
        )))
    return [
        make_grid(draft, NUMBER, "income", INCOME_COLUMNS, lines, ("funding", "enrolments")),
        prose("income_notes", draft.say("income.notes")),
    ]


def _add_up(amounts) -> Decimal | None:
    return None if None in amounts else sum(amounts, Decimal("0.00"))


def _status(margin: Decimal | None) -> str:
    if margin is None:
        return "unknown"
    return "within" if margin >= 0 else "above"


def _accounted(draft: Draft) -> list[Block]:
    """The fees of the enrolments against those of the accounting export, by course and in all."""
    if not draft.snapshot.has("enrolments") or not _concepts(draft):
        return [prose("accounted_unknown", draft.say("accounted.unknown"))]
    fees, lines = fees_by_course(draft.snapshot), []
    for course in _courses(draft):
        cells = _accounted_cells(draft, course.course, fees.get(course.course))
        lines.append(Line(course.course, (course.course, course.title_in(draft.words.language), *cells)))
    columns = list(zip(*(line.cells[2:] for line in lines), strict=True))
    whole = [_add_up([cell.value if isinstance(cell, Cell) else cell for cell in column]) for column in columns]
    lines.append(Line("total", ("", draft.words("table.total"), *whole)))
    concepts = draft.grant.setting("fee_concepts")
    return [
        make_grid(draft, NUMBER, "accounted", ACCOUNTED_COLUMNS, lines, ("funding", "enrolments"), has_total=True),
        prose("accounted_notes", draft.say("accounted.notes", concepts=concepts.show(draft.words))),
    ]


def _accounted_cells(draft: Draft, course: str, fee: dict[str, Decimal] | None) -> tuple:
    fee = fee or dict.fromkeys(IDENTITY, Decimal("0.00"))
    reductions = sum((fee[part] for part in ("charged", "undue", "overpaid", "other_reduction")), Decimal(0))
    due, paid = fee["base_price"] - reductions, fee["paid"]
    booked = {
        name: trace_course_lines("income", name, course, _concepts(draft), True) for name in ("recognised", "paid")
    }
    recognised, cashed = (count_again(draft.snapshot, trace) for trace in booked.values())
    return (
        due, Cell(recognised, booked["recognised"]), _less(due, recognised), Cell(
            paid, trace_fee(draft.as_of, "paid", course), "fees_paid"
        ), Cell(cashed, booked["paid"]), _less(paid, cashed),
    )


def _less(here: Decimal, there: Decimal | None) -> Decimal | None:
    return None if there is None else here - there


def find_residuals(draft: Draft) -> list[str]:
    """Why the identity of the fees does not close, enrolment by enrolment."""
    if not draft.snapshot.has("enrolments"):
        return []
    found = residuals(draft.snapshot)
    if not found:
        return []
    amount = sum((one.residual for one in found), Decimal(0))
    return [draft.say("residual.fees", len(found), amount=draft.words.euros(amount))]
