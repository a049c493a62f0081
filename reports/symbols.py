"""The symbols of a public pack in words: what each stands for, and what it protects."""

from analytics.privacy import FEWEST_FOR_A_RATE, Symbol
from analytics.words import Words
from reports.content import Pack
from reports.public_money import LEAST_STEP


def explain_symbols(pack: Pack, says: Words) -> list[str]:
    """The sentences of the annex of a public pack, in the words of its language."""
    hidden = sum(isinstance(figure.value, str) and figure.value in tuple(Symbol) for figure in pack.figures)
    step = says.euros(LEAST_STEP, cents=False)
    return [
        says("pack.privacy.small"), says("pack.privacy.hidden", people=says.number(FEWEST_FOR_A_RATE)),
        says("pack.privacy.zero"), says("pack.privacy.rounded", step=step), says("pack.privacy.promise"),
        says("pack.privacy.before", packs=", ".join(pack.published_before)) if pack.published_before
        else says("pack.privacy.first"),
        says("pack.privacy.why"), says("pack.privacy.counted", hidden) if hidden else says("pack.privacy.nothing"),
    ]
