"""Section 4, the right to the reduction: who has it and why not, and what was made of it, in enrolments and euros."""

from collections.abc import Mapping

from analytics.eligibility import ANSWERS, COLUMNS, VERDICT_CONDITIONS, trace_part
from analytics.palette import colour
from analytics.verdicts import of_verdict, outcomes
from reports.content import Block, Chart, Section
from reports.writing import Draft, Line, counted_all, make_grid, prose

NUMBER = 4


def write_eligibility(draft: Draft) -> Section:
    answers = {key: (draft.say(f"answer.{key}"), condition) for key, condition in ANSWERS.items()}
    verdicts = {
        key: (draft.words.value("verdict", key), condition) for key, condition in VERDICT_CONDITIONS.items()
    }
    blocks = (
        prose("eligibility_rule", draft.say("eligibility.rule")), _grid(draft, "eligibility", answers),
        *_chart(draft), _grid(draft, "verdicts", verdicts),
        prose("verdict_notes", draft.say("verdicts.notes"), draft.say("eligibility.evidence")),
    )
    return Section(NUMBER, "eligibility", draft.say("section.eligibility"), blocks)


def _grid(draft: Draft, key: str, parts: Mapping[str, tuple[str, str]]) -> Block:
    columns = (("what", "text"), *((name, "count" if name == "enrolments" else "EUR") for name in COLUMNS))
    names = [name for name, _ in columns[1:]]
    rows = {**parts, "total": (draft.words("table.total"), "true")}
    traces = [(trace_part(condition, name), "") for _, condition in rows.values() for name in names]
    cells = iter(counted_all(draft, traces))
    lines = [Line(part, (label, *(next(cells) for _ in names))) for part, (label, _) in rows.items()]
    metrics = ("eligible_enrolments", "reduction_supported") if key == "eligibility" else ("reduction_granted",)
    return make_grid(draft, NUMBER, key, columns, lines, ("enrolments",), metrics, has_total=True)


def _chart(draft: Draft) -> list[Block]:
    """The enrolments of each verdict that has any."""
    found = of_verdict(outcomes(draft.snapshot))
    if not found:
        return []
    labels = tuple(draft.words.value("verdict", verdict) for verdict in found)
    counts = tuple(float(one.enrolments) for one in found.values())
    told = ", ".join(f"{label}: {draft.words.number(int(count))}" for label, count in zip(labels, counts, strict=True))
    return [Chart(
        "verdicts_chart", draft.say("verdicts_chart.caption"), told, "bars", labels,
        ((draft.say("eligibility.enrolments"), colour("eligibility", "eligible"), counts),),
    )]
