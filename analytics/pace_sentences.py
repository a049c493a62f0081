"""The pace in words: what to expect, what the target takes, how that was worked out, and how far off it was before."""

from analytics.back_test import BackTest
from analytics.pacing import Pacing
from analytics.targets import Target
from analytics.words import Words


def say_pace(words: Words, pacing: Pacing | None, target: Target) -> list[str]:
    """What to expect by the deadline and the rate that the target takes; nothing after it or without history."""
    if pacing is None or pacing.dues is None or pacing.as_of >= target.due_on:
        return []
    is_reached = pacing.reached >= target.value
    rate = words("pace.reached_already") if is_reached else _say_rate(words, pacing, target)
    return [_say_ahead(words, pacing, target), rate]


def _say_ahead(words: Words, pacing: Pacing, target: Target) -> str:
    short, margin = pacing.short_of(target), words("pace.no_band")
    if pacing.has_band:
        low, high = pacing.band(target.due_on)
        margin = words("pace.between", low=words.number(low, 0), high=words.number(high, 0))
    expected = words(
        "pace.ahead", expected=words.number(pacing.expected(target.due_on), 0), deadline=words.day(target.due_on),
        band=margin,
    )
    return f"{expected} {words('pace.short', short=words.number(short, 0)) if short else words('pace.enough')}"


def _say_rate(words: Words, pacing: Pacing, target: Target) -> str:
    """Credentials a week and enrolments that what is missing takes, beside those of late."""
    needed, past = pacing.pace_of(target), pacing.history
    return words(
        "pace.rate", left=words.number(needed.left), per_week=words.number(needed.per_week, 1),
        deadline=words.day(target.due_on), recent=words.number(pacing.recent_per_week, 1),
        completion=words.share(past.completion), credentials=words.number(past.credentials),
        entries=words.number(past.entries), learners=words.number(pacing.needed_learners(target), 0),
        enrolled=words.number(pacing.learners_by(target.due_on)),
    )


def say_how(words: Words, pacing: Pacing) -> list[str]:
    """How the expectation was worked out and tried, or why there is none."""
    past = pacing.history
    if pacing.dues is None:
        return [words("pace.too_little", editions=words.number(past.editions), entries=words.number(past.entries))]
    return [words("pace.how", days=past.days, usual=words.number(pacing.usual, 1)), _say_tried(words, pacing.back_test)]


def _say_tried(words: Words, back_test: BackTest) -> str:
    if not back_test.is_enough:
        return words("pace.untried", days=words.number(back_test.days))
    return words(
        "pace.tried", days=words.number(back_test.days), tries=words.number(len(back_test.tries)),
        error=words.number(back_test.error, 1), within=words.number(back_test.within),
        weeks=words.number(back_test.weeks),
    )
