"""Section 3, the common indicators of the facility: 10 by gender and age, and 14 as information."""

from itertools import product

from analytics.ci10 import CELLS_OF, COUNTED, COUNTS, LINES, SCOPES, UpTo, grids
from analytics.ci14 import CI14
from analytics.dimensions import CI10_AGE_BANDS, GENDERS
from analytics.palette import colour
from analytics.trace import trace_metric
from reports.content import Block, Chart, Section
from reports.writing import Cell, Draft, Line, counted_all, make_grid, prose

NUMBER = 3
COLUMNS = (("gender", "text"), *((f"age_{band}", "count") for band in CI10_AGE_BANDS), ("total", "count"))
YOUNG_COLUMNS = (("gender", "text"), *((metric.key, "count") for metric in CI14))


def write_common_indicators(draft: Draft) -> Section:
    found = grids(draft.snapshot, draft.period)
    tables = [
        _grid(draft, found[scope, line, how], scope, line, how)
        for scope, line, how in product(SCOPES, LINES, COUNTS)
    ]
    young = [_young(draft, scope) for scope in SCOPES]
    chart = _chart(draft, found["half_year", "participants", "persons"])
    blocks = (
        prose("ci10_rule", draft.say("ci10.rule"), _unfinished(draft)), tables[0], chart, *tables[1:],
        prose("ci14_rule", draft.say("ci14.rule")), *young,
    )
    return Section(NUMBER, "common_indicators", draft.say("section.common_indicators"), blocks)


def _unfinished(draft: Draft) -> str:
    if draft.as_of >= draft.period.last_day:
        return ""
    return draft.say("ci10.unfinished", period=str(draft.period), day=draft.words.day(draft.as_of))


def _period(draft: Draft, scope: str) -> dict:
    """What the queries of a scope bind: everything that entered in it, never after the cut-off."""
    period = draft.period if scope == "half_year" else UpTo(draft.period.year, draft.period.half)
    return {"period_first_day": period.first_day, "period_last_day": period.last_day}


def _grid(draft: Draft, found, scope: str, line: str, how: str) -> Block:
    gender_column, age_column = CELLS_OF[scope]
    metric, period = COUNTED[line, how], _period(draft, scope)

    def cell(value, gender: str | None, band: str | None) -> Cell:
        chosen = {column: each for column, each in ((gender_column, gender), (age_column, band)) if each}
        condition = " and ".join(f"{column} = ${column}" for column in chosen) or "true"
        return Cell(value, trace_metric(metric, condition, period | chosen), metric.key)

    bands = (*CI10_AGE_BANDS, None)
    lines = [
        Line(gender, (draft.words.value("ci10_gender", gender), *(
            cell(value, gender, band) for value, band in zip(found.row(gender), bands, strict=True)
        )))
        for gender in GENDERS
    ]
    whole = (cell(value, None, band) for value, band in zip(found.totals, bands, strict=True))
    lines.append(Line("total", (draft.words("table.total"), *whole)))
    return make_grid(
        draft, NUMBER, f"ci10_{scope}_{line}_{how}", COLUMNS, lines, ("enrolments", "catalogue"),
        tuple(key for key in (metric.key,) if draft.words.has(f"metric.{key}.name")), has_total=True, said_as="ci10",
        line=draft.say(f"ci10.line.{line}"), scope=draft.say(f"ci10.scope.{scope}", period=str(draft.period)),
        counted=draft.say(f"ci10.counted.{how}"),
    )


def _chart(draft: Draft, found) -> Block:
    words = draft.words
    labels = tuple(words.value("ci10_age_band", band) for band in CI10_AGE_BANDS)
    series = tuple(
        (words.value("ci10_gender", gender), colour("gender", gender),
         tuple(None if value is None else float(value) for value in found.row(gender)[:-1]))
        for gender in GENDERS
    )
    totals = zip(labels, found.totals, strict=False)
    told = ", ".join(f"{label}: {words.show(value, 'count')}" for label, value in totals)
    caption = draft.say("ci10_chart.caption", period=str(draft.period))
    return Chart("ci10_chart", caption, told, "stacked", labels, series)


def _young(draft: Draft, scope: str) -> Block:
    gender_column, period = CELLS_OF[scope][0], _period(draft, scope)

    def cells(condition: str, chosen: dict) -> list[Cell]:
        return counted_all(draft, [(trace_metric(one, condition, period | chosen), one.key) for one in CI14])

    lines = [
        Line(gender, (draft.words.value("ci10_gender", gender),
                      *cells(f"{gender_column} = ${gender_column}", {gender_column: gender})))
        for gender in GENDERS
    ]
    lines.append(Line("total", (draft.words("table.total"), *cells("true", {}))))
    return make_grid(
        draft, NUMBER, f"ci14_{scope}", YOUNG_COLUMNS, lines, ("enrolments", "catalogue"), has_total=True,
        said_as="ci14", scope=draft.say(f"ci10.scope.{scope}", period=str(draft.period)),
    )
