"""The counts of people of public packs as cells, with all that a reader can add up and subtract between them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations

from analytics.overlaps import Family, join_same, state_overlaps
from analytics.privacy import SMALL, Published, Shown, Symbol, no_more_than, with_difference
from reports.figures import code_of
from reports.public_counts import (
    BY_COURSE,
    FUNNEL,
    PARTICIPANTS,
    RATES,
    REACHED,
    YOUNG,
    Count,
    Counts,
)

CREDENTIALS, PERSONS, COURSES = (
    f"{code_of(1, f'{REACHED}/{key}')}.value"
    for key in ("credentials_issued_eligible", "learners_certified_eligible", "courses_certified")
)
# The totals that a reader looks for first are hidden last.
WEIGHTS = {FUNNEL: 8, REACHED: 8}
WEIGHT_OF_A_TOTAL, WEIGHT_OF_ALL = 4, 8


def state_cells(counts: Counts, courses: Mapping[str, int]) -> tuple[Published, dict[str, str]]:
    """Every cell, and {name: the name under which its people are counted}, as some count the same people.

    courses: {name of a count of courses with a credential: its value}.
    """
    published, same = Published({}), {}
    for pack in dict.fromkeys(one.pack for one in counts.by_name.values()):
        for who in ("enrolment", "person"):
            ordered = sorted(counts.of(pack, who).values(), key=_order)
            alias = join_same({one.name: one.members for one in ordered})
            different = {one.name: one for one in ordered if alias[one.name] == one.name}
            published = _state(published, counts, different, alias, f"{pack}{who}")
            same |= alias
    published = _tie_persons(published, counts, same)
    published = _tie_courses(published, courses, same)
    published, before = _tie_packs(published, counts, same)
    return replace(published, before=before, weights=_weigh(counts, same)), same


def _order(count: Count) -> tuple:
    """Of counts of the same people, the one by whose name they go: of all that is subtracted from, not of a course."""
    return count.table not in (FUNNEL, REACHED), _is_of_course(count), count.row != "total", count.name


def _state(published: Published, counts: Counts, different: Mapping[str, Count], alias: dict, label: str) -> Published:
    members = {name: one.members for name, one in different.items()}
    if label.endswith("person"):
        return state_overlaps(published, members, _persons_together(counts, alias), label=label)
    whole = [name for name, one in different.items() if not _is_of_course(one)]
    summed = [name for name in whole if different[name].table in (FUNNEL, BY_COURSE)]
    return state_overlaps(published, members, [whole], _families(counts, alias), summed, label=label)


def _is_of_course(count: Count) -> bool:
    return count.table in (BY_COURSE, RATES) and count.row != "total"


def _families(counts: Counts, alias: Mapping[str, str]) -> list[Family]:
    """The counts of each course; its rates stand in another table than its steps."""
    codes = {(one.pack, one.row): one.code for one in counts.by_name.values() if one.table == BY_COURSE}
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for name, one in counts.by_name.items():
        if name in alias and _is_of_course(one):
            names[one.pack + codes[one.pack, one.row]][alias[name]] = None
    return [Family(counts.records[course], list(found)) for course, found in names.items()]


def _persons_together(counts: Counts, alias: Mapping[str, str]) -> list[list[str]]:
    """The persons that a reader subtracts from each other: of a gender, of one cell of several tables, of all steps."""
    groups: dict[tuple, list[str]] = defaultdict(list)
    for name, one in counts.by_name.items():
        if name not in alias:
            continue
        if one.table in PARTICIPANTS:
            groups[one.row, one.column].append(alias[name])
        if one.table in (*PARTICIPANTS, *YOUNG):
            groups["row", one.row].append(alias[name])
        if one.table in (FUNNEL, REACHED) or (one.row, one.column) == ("total", "total"):
            groups["all",].append(alias[name])
    return [list(dict.fromkeys(names)) for names in groups.values()]


def _tie_persons(published: Published, counts: Counts, same: Mapping[str, str]) -> Published:
    """Enrolments less persons are further enrolments of the same people, and tell how few have several."""
    further: dict[str, dict[str, int]] = defaultdict(dict)
    for enrolments, persons in sorted(_both_ways(counts).items()):
        if enrolments in same and persons in same:
            rest, count = f"{enrolments} - {persons}", counts.by_name[enrolments]
            published = with_difference(published, same[enrolments], [same[persons]], rest)
            further[count.pack][rest] = count.members
    for found in further.values():
        published = _tie_further(published, found)
    return published


def _both_ways(counts: Counts) -> dict[str, str]:
    """{what counts enrolments: what counts the persons of them}, of every step and of what was reached."""
    steps = {
        name.removesuffix("persons") + "enrolments": name for name, one in counts.by_name.items()
        if (one.table, one.column) == (FUNNEL, "persons")
    }
    return steps | {
        name.removesuffix(PERSONS) + CREDENTIALS: name for name in counts.by_name if name.endswith(PERSONS)
    }


def _tie_further(published: Published, further: Mapping[str, int]) -> Published:
    """The further enrolments of a step outside another step in it, where they are few.

    further: {cell of the further enrolments: the enrolments of the step}. Outside several steps they are people in
    more than one of these, whom state_overlaps guards.
    """
    for (whole, everybody), (part, them) in permutations(further.items(), 2):
        left = published.cells[whole] - published.cells[part]
        if them and not them & ~everybody and left in SMALL:
            published = with_difference(published, whole, [part], f"{whole} outside {part}")
    return published


def _tie_courses(published: Published, courses: Mapping[str, int], same: Mapping[str, str]) -> Published:
    """Courses with a credential are no more than the credentials."""
    for name, value in courses.items():
        credentials = name.removesuffix(COURSES) + CREDENTIALS
        published = replace(
            published, cells={**published.cells, name: value}, harmless=published.harmless | {name},
        )
        if credentials in same:
            published = no_more_than(published, name, same[credentials])
    return published


def _tie_packs(
    published: Published, counts: Counts, same: Mapping[str, str],
) -> tuple[Published, dict[str, Shown]]:
    """What earlier packs showed stays shown; a count is what it was then, with who has come and without who has gone.

    Where both count the same people, it is shown as it was.
    """
    before: dict[str, Shown] = {}
    pairs: dict[tuple[str, str], tuple[int, int]] = {}
    for name, then in counts.by_name.items():
        if then.shown is None:
            continue
        before[same[name]] = then.shown
        now = counts.by_name.get(name.removeprefix(then.pack))
        if now is None or not then.members:
            continue
        here, there = same[now.name], same[name]
        if now.members == then.members:
            before[here] = then.shown if before.get(here) in (None, Symbol.HIDDEN) else before[here]
        pairs[here, there] = now.members & ~then.members, then.members & ~now.members
    for (here, there), (come, gone) in pairs.items():
        published = _tie_times(published, here, there, come.bit_count(), gone.bit_count())
    return published, before


def _tie_times(published: Published, here: str, there: str, come: int, gone: int) -> Published:
    moved = {f"{here} come since {there}": come, f"{here} gone since {there}": -gone}
    cells = {name: abs(by) for name, by in moved.items() if by}
    relation = {here: 1, there: -1} | {name: -1 if by > 0 else 1 for name, by in moved.items() if by}
    return replace(
        published, cells={**published.cells, **cells}, unprinted=published.unprinted | cells.keys(),
        relations=[*published.relations, relation],
    )


def _weigh(counts: Counts, same: Mapping[str, str]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for name, one in counts.by_name.items():
        weight = WEIGHTS.get(one.table, 1)
        if one.row == "total":
            weight = WEIGHT_OF_ALL if one.column in ("total", "enrolments") else WEIGHT_OF_A_TOTAL
        weights[same[name]] = max(weight, weights.get(same[name], 1))
    return weights
