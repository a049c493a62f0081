"""Definitions of a pack: every metric that its tables show, in order of appearance."""

from dataclasses import replace

from analytics.glossary import Entry, describe_metric
from analytics.metrics import METRICS
from analytics.words import Words
from reports.content import Grid, Pack


def definitions(pack: Pack, says: Words) -> list[Entry]:
    """Each metric of the grids and of the headline figures, told once, with its unit and what it is counted on."""
    shown = (key for section in pack.sections for block in section.blocks if isinstance(block, Grid)
             for key in block.metrics)
    headlines = (figure.definition for figure in pack.figures)
    keys = dict.fromkeys((*shown, *headlines))
    return [_brief(describe_metric(says, METRICS[key], pack.settings.targets), says) for key in keys if key in METRICS]


def _brief(entry: Entry, says: Words) -> Entry:
    """Without the facts that only matter on a page."""
    wanted = {says("fact.unit"), says("fact.counted_on"), says("fact.target")}
    return replace(entry, facts=tuple(fact for fact in entry.facts if fact[0] in wanted))
