"""The tables of a publication with small counts hidden, all at once: what one hides another must not give away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from analytics.privacy import (
    FEWEST_FOR_A_RATE,
    Near,
    Published,
    Shown,
    Symbol,
    adds_up,
    rate_is_shown,
    suppress,
    with_difference,
)
from analytics.table import Column, Table, show_cell
from analytics.words import Words

WEIGHT_OF_A_TOTAL = 4  # a total is read more than its parts, so it is hidden last


@dataclass(frozen=True)
class Counted:
    """A table and what its columns count. A cell is named "row.column"; rows: the codes of the passport, one a row.

    columns: the names of its counts of people, by position.
    parts: (column of counts, columns that are parts of it); what they leave of it is known by subtraction: guarded too.
    Parts that exclude each other belong together. Where cells overlap otherwise, tell the groups (privacy.with_groups).
    rates: the counts that a rate or an average is worked out from, its people first, by position.
    amounts: (name, the column of those who paid it), by position. Amounts of the total row are sums of those above.
    """

    table: Table
    rows: Sequence[str]
    columns: Mapping[int, str]
    has_total: bool = False
    parts: Sequence[tuple[str, Sequence[str]]] = ()
    rates: Mapping[int, Sequence[str]] = field(default_factory=dict)
    amounts: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def protect_table(counted: Counted) -> Table:
    """A table that stands alone."""
    return protect_tables([counted])[0][0]


def protect_tables(tables: Sequence[Counted], besides: Published | None = None) -> tuple[list[Table], dict[str, Shown]]:
    """All tables of a publication, and every cell as shown.

    besides: cells that stand in no table, what ties tables together, and what was published before.
    """
    published = besides or Published({})
    for counted in tables:
        published = _with_cells(published, counted)
    for counted in tables:
        published = _with_totals(published, counted)
    shown = suppress(published)
    return [_cover(counted, published.cells, shown) for counted in tables], shown


def show_protected(words: Words, column: Column, value: object) -> str:
    """A cell of a protected table as a reader of that language reads it."""
    if isinstance(value, Near):
        return f"≈ {words.euros(value.euros, cents=False)}"
    return str(value) if isinstance(value, Symbol) else show_cell(words, column, value)


def _with_cells(published: Published, counted: Counted) -> Published:
    """The counts and amounts of a table, by name. What is unknown is no cell."""
    people, money, payers, sums = {}, {}, {}, set()
    for row, values in zip(counted.rows, counted.table.rows, strict=True):
        people |= {f"{row}.{name}": values[at] for at, name in counted.columns.items() if _is_number(values[at])}
        for at, (name, payer) in counted.amounts.items():
            if not _is_number(values[at]):
                continue
            money[f"{row}.{name}"] = int(values[at] * 100)
            if counted.has_total and row == counted.rows[-1]:
                sums.add(f"{row}.{name}")
            else:
                payers[f"{row}.{name}"] = f"{row}.{payer}"
    payers = {amount: payer for amount, payer in payers.items() if payer in people}
    return replace(
        published, cells={**published.cells, **people, **money}, amounts={**published.amounts, **payers},
        sums=published.sums | sums | (money.keys() - payers.keys()),
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal)


def _with_totals(published: Published, counted: Counted) -> Published:
    """The totals of a table: its last row, and its columns that others are parts of."""
    totals = [
        (f"{row}.{total}", [f"{row}.{part}" for part in parts])
        for total, parts in counted.parts for row in counted.rows
    ]
    if counted.has_total:
        names = [*counted.columns.values(), *(name for name, _ in counted.amounts.values())]
        totals += [(f"{counted.rows[-1]}.{name}", [f"{row}.{name}" for row in counted.rows[:-1]]) for name in names]
    for total, parts in totals:
        published = _with_total(published, total, [part for part in parts if part in published.cells])
    return published


def _with_total(published: Published, total: str, parts: Sequence[str]) -> Published:
    """Parts beyond their total count somebody twice; what a total has beyond its parts is known by subtraction."""
    if total not in published.cells:
        return published
    published = replace(published, weights={total: WEIGHT_OF_A_TOTAL, **published.weights})
    rest = published.cells[total] - sum(published.cells[part] for part in parts)
    if rest == 0:
        return replace(published, relations=[*published.relations, adds_up(total, parts)])
    name = f"{total} - {' - '.join(parts)}"
    if total in published.sums:
        published = replace(published, sums=published.sums | {name})
    if rest > 0:
        return with_difference(published, total, parts, name)
    return replace(
        published, cells={**published.cells, name: -rest}, unprinted=published.unprinted | {name},
        harmless=published.harmless | {name}, relations=[*published.relations, {**adds_up(total, parts), name: -1}],
    )


def _cover(counted: Counted, cells: Mapping[str, int], shown: Mapping[str, Shown]) -> Table:
    rows = [
        _cover_row(counted, row, values, cells, shown)
        for row, values in zip(counted.rows, counted.table.rows, strict=True)
    ]
    return replace(counted.table, rows=rows)


def _cover_row(
    counted: Counted, row: str, values: Sequence, cells: Mapping[str, int], shown: Mapping[str, Shown],
) -> tuple:
    covered = list(values)
    names = counted.columns | {at: name for at, (name, _) in counted.amounts.items()}
    for at, name in names.items():
        if isinstance(symbol := shown.get(f"{row}.{name}"), Symbol | Near):
            covered[at] = symbol
    for at, counts in counted.rates.items():
        known = [f"{row}.{name}" for name in counts if f"{row}.{name}" in cells]
        people = cells.get(f"{row}.{counts[0]}", FEWEST_FOR_A_RATE)
        if _is_number(values[at]) and not rate_is_shown(people, *(shown[name] for name in known)):
            covered[at] = Symbol.HIDDEN
    return tuple(covered)
