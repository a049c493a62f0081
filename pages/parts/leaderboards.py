"""Leaderboards on a page: ranked lists whose rows filter, drawn by a component of our own."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from analytics.cut import SIDES
from analytics.dimensions import EXPLORED
from analytics.leaderboards import Change, Leaderboard, Leaderboards, Row
from analytics.metrics import Metric
from analytics.table import Column, Table
from pages.parts.figure import Figure, Ways, show_faces
from pages.parts.filters import choose_values, name_values, toggle_left_out, toggle_value
from pages.parts.frame import View
from pages.parts.ways import ways_of

FOLDER = Path(__file__).parent
KEY = "leaderboards"
ROWS_AT_FIRST = 6
LISTS_AT_FIRST = 6
# What a browser is sent of a list; the table and its download have every row.
MOST_ROWS = 400
ACTIONS = {"choose": toggle_value, "leave_out": toggle_left_out}
WORDS = (
    "search", "group", "value", "share", "change", "leave_out", "take_back", "clear", "fewer", "nothing", "how",
    "is_chosen", "is_out", "more_lists", "fewer_lists",
)

# Made once a process: its script and its style are ours, and everything it is told is set as text.
_component = st.components.v2.component(
    KEY, html="<div class='boards'></div>", css=(FOLDER / "leaderboards.css").read_text(encoding="utf-8"),
    js=(FOLDER / "leaderboards.js").read_text(encoding="utf-8"),
)


def show_leaderboards(view: View, metric: Metric, found: Leaderboards, takeaway: str, change_words: str) -> None:
    """Every list of a metric with its five faces. change_words: what the last column compares; "" without one."""
    boards = [board for board in found.boards if len(board.rows) > 1 or board.dimension in view.filters.dimensions]
    names = {board.dimension: name_values(view.words, view.snapshot, board.dimension) for board in boards}
    says = {word: view.say(f"board.{word}") for word in WORDS}
    says["change"] = change_words or says["change"]
    says["share"] = view.say("board.of") if metric.denominator else says["share"]
    says["rows"] = view.words("trace.cell")
    way = ways_of(metric.key)
    data = {
        "lists": [_describe(view, board, names[board.dimension], way) for board in boards],
        "words": says, "most": ROWS_AT_FIRST, "first": LISTS_AT_FIRST,
    }
    table = _tabulate(view, metric, boards, names)
    show_faces(
        view, Figure(KEY, takeaway, None, table, [metric.key], ways=_lead(view, metric, boards)),
        lambda: _component(key=KEY, data=data, on_act_change=_act),
    )


def _act() -> None:
    """What a reader did with a row. The filters take no value that the dimension does not have."""
    asked = st.session_state[KEY].get("act") or {}
    dimension, value, action = (str(asked.get(part, "")) for part in ("list", "value", "action"))
    if dimension not in EXPLORED:
        return
    if action == "clear":
        choose_values(dimension, [], [])
    elif action in ACTIONS:
        ACTIONS[action](dimension, value)


def _describe(view: View, board: Leaderboard, names: dict[str, str], way: Callable[..., str]) -> dict:
    """A list as the component draws it: everything written in the reader's language.

    way: what begins the address of the rows of every value, which its key ends.
    """
    says, longest = view.words, max((abs(row.measure.value or 0) for row in board.rows), default=0)
    return {
        "key": board.dimension, "title": says.dimension(board.dimension), "count": says.number(len(board.rows)),
        "all": view.say("board.all", rows=says.number(len(board.rows))),
        "way": way(view.filters.without(board.dimension), (board.dimension, "")),
        "filtered": board.dimension in view.filters.dimensions,
        "plain": all(row.change is None for row in board.rows),
        "rows": [_describe_row(view, row, names, longest) for row in board.rows[:MOST_ROWS]],
    }


def _describe_row(view: View, row: Row, names: dict[str, str], longest) -> dict:
    says, metric, value = view.words, row.measure.metric, row.measure.value
    return {
        "value": row.value, "name": names.get(row.value, row.value), "shown": says.show(value, metric.unit),
        "share": _second(view, row), "change": word_change(view, row.change, metric),
        "width": float(max(value or 0, 0) / longest) if longest else 0.0,
        "leads": bool(value), "chosen": row.is_chosen, "out": row.is_left_out,
    }


def _second(view: View, row: Row) -> str:
    """The part of the list that a row is; of a ratio, what it is out of."""
    says = view.words
    if row.measure.metric.denominator is None:
        return says.show(row.share, "share")
    return view.say("board.out_of", whole=says.number(row.measure.denominator or 0))


def word_change(view: View, change: Change | None, metric: Metric) -> str:
    """+12, −3,4 p. p., =; the unknown as such; nothing without a comparison."""
    if change is None:
        return ""
    if change.amount is None:
        return view.words.show(None, metric.unit)
    if change.is_points:
        shown = view.say("board.points", points=view.words.points(change.amount))
    else:
        shown = view.words.show(_rounded(abs(change.amount), metric.unit), metric.unit)
    sign = "" if change.amount == 0 else "+" if change.amount > 0 else "−"
    return f"{sign}{shown}" if sign else "="


def _rounded(amount, unit: str):
    """Counts of what was expected on average have a decimal; more would pretend."""
    return round(amount, 1) if unit == "count" else amount


def _lead(view: View, metric: Metric, boards: list[Leaderboard]) -> Ways:
    """The ways from the numbers of the table to their rows: of every list as if it had no filter of its own."""
    way, ways, rows = ways_of(metric.key), {}, [(board.dimension, row) for board in boards for row in board.rows]
    for number, (dimension, row) in enumerate(rows):
        filters, value = view.filters.without(dimension), (dimension, row.value)
        if row.measure.value:
            ways[number, 2] = way(filters, value)
        if metric.denominator:
            sides = zip(SIDES, (row.measure.numerator, row.measure.denominator), strict=False)
            ways |= {(number, 3 + place): way(filters, value, side=side)
                     for place, (side, amount) in enumerate(sides) if amount}
        elif row.share:
            ways[number, 3] = way(filters, part=value)
    return ways


def _tabulate(view: View, metric: Metric, boards: list[Leaderboard], names: dict[str, dict[str, str]]) -> Table:
    """A row for each value of each dimension."""
    says = view.words
    columns = [Column(view.say("board.dimension")), Column(view.say("board.group"))]
    columns.append(Column(says.metric(metric.key), metric.unit))
    columns += (
        [Column(says("table.numerator"), "hours"), Column(says("table.denominator"), "hours")]
        if metric.denominator else [Column(view.say("board.share"), "share")]
    )
    columns.append(Column(view.say("board.change"), "figure"))
    rows = []
    for board in boards:
        for row in board.rows:
            sides = (row.measure.numerator, row.measure.denominator) if metric.denominator else (row.share,)
            rows.append((
                says.dimension(board.dimension), names[board.dimension].get(row.value, row.value), row.measure.value,
                *sides, word_change(view, row.change, metric),
            ))
    return Table(tuple(columns), rows)
