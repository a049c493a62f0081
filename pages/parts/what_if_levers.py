"""The levers of the simulation: what a reader supposes, in the link and nowhere else."""

from decimal import Decimal

import streamlit as st

from analytics.entitlement import ENTITLEMENT, Entitlement
from analytics.simulation import COMPLETIONS, FILLS, SHARES, Levers, ages, later_cut_offs
from pages.parts import link
from pages.parts.frame import View

KEYS = ("until", "youngest", "oldest", "reduction", "completion", "fill")


def choose_levers(view: View) -> Levers:
    """Six levers, each at rest on what the programme has."""
    says, day = view.words, view.snapshot.as_of
    first, second = st.columns(3), st.columns(3)
    until = link.choose_one(
        "until", later_cut_offs(day), day, first[0].selectbox, label=_say(view, "until"),
        format_func=lambda one: _say(view, "until_now", day=says.day(one)) if one == day else says.day(one),
    )
    youngest = _choose_age(view, "youngest", ages(), ENTITLEMENT.youngest, first[1])
    oldest = _choose_age(view, "oldest", ages(youngest), ENTITLEMENT.oldest, first[2])
    share = link.choose_one(
        "reduction", list(SHARES), ENTITLEMENT.share, second[0].selectbox, label=_say(view, "reduction"),
        format_func=lambda one: says.share(one, 0),
    )
    completion = _choose_share(view, "completion", COMPLETIONS, second[1])
    fill = _choose_share(view, "fill", FILLS, second[2])
    return Levers(until, Entitlement(youngest, oldest, share), completion, fill)


def _choose_age(view: View, key: str, options: list[int], rest: int, place) -> int:
    return link.choose_one(
        key, options, rest, place.selectbox, label=_say(view, key), format_func=lambda age: _say(view, "age", age=age),
    )


def _choose_share(view: View, key: str, options: tuple[Decimal, ...], place) -> Decimal | None:
    """A share, or None for what there is."""
    return link.choose_one(
        key, [None, *options], None, place.selectbox, label=_say(view, key),
        format_func=lambda one: _say(view, f"{key}_rest") if one is None else view.words.share(one, 0),
        placeholder=_say(view, f"{key}_rest"),
    )


def describe_levers(view: View, levers: Levers) -> str:
    """What is supposed, in one sentence; it heads every download of the simulation."""
    says, rule = view.words, levers.entitlement
    parts = {
        key: _say(view, f"{key}_rest") if value is None else says.share(value, 0)
        for key, value in (("completion", levers.completion), ("fill", levers.fill))
    }
    return says(
        "funding_what_if.supposed", until=says.day(levers.until), youngest=rule.youngest, oldest=rule.oldest,
        reduction=says.share(rule.share, 0), completion=parts["completion"].lower(), fill=parts["fill"].lower(),
    )


def offer_rest(view: View) -> None:
    """Back to the values of the programme, when any lever was moved."""
    moved = [key for key in KEYS if link.is_chosen(key)]
    st.button(
        _say(view, "reset"), key="reset_levers", icon=":material/restart_alt:", disabled=not moved,
        on_click=link.forget, args=KEYS,
    )


def _say(view: View, key: str, **places: object) -> str:
    return view.words(f"funding_what_if.lever.{key}", **places)
