"""The public kind of a pack: fewer tables, and in them no count from which a few people could be worked out.

Left out altogether are money by enrolment, evidence, reconciliation, changes, internal comments, drawings of people,
and every table of people whose sums with the others are not told to the suppression here.
"""

from collections.abc import Mapping
from dataclasses import replace

from analytics.ci10 import CI10_AGE_BANDS
from analytics.funnel import EVERY_STEP
from analytics.privacy import Published, Shown, adds_up, with_difference
from analytics.protected_tables import Counted, protect_tables
from analytics.table import Table
from analytics.words import Words, words
from reports.content import Block, Figures, Grid, Pack, Prose, Section
from reports.figures import Figure, code_of

WHOLE_SECTIONS = ("front_matter", "declaration")
# Blocks that count nobody, printed as they are.
HARMLESS = (
    "which_counts", "funnel_notes", "ci10_rule", "eligibility_rule", "register_notes", "register", "commitments",
    "commitment_notes", "short", "short_unknown", "staff_chart", "lines_income", "lines_expense", "accounting_notes",
    "accounting_unknown", "files", "open_comments",
)
CI10 = ("ci10_half_year_participants_persons", "ci10_half_year_digital_persons")
PROTECTED = ("funnel", "funnel_enrolments", *CI10, "eligibility")
# The columns of each protected table that are printed; the first are names.
KEPT = {
    "funnel": (0, 1, 3), "funnel_enrolments": tuple(range(2 + len(EVERY_STEP))), "eligibility": (0, 1),
    **{key: tuple(range(2 + len(CI10_AGE_BANDS))) for key in CI10},
}
STEP_PARTS = (
    ("applications", ("waiting_list", "cancelled")), ("applications", ("enrolments",)),
    ("entries", ("assessed", "no_shows")), ("assessed", ("passed",)), ("entries", ("credentials_issued",)),
)
AGES = tuple(f"age_{band}" for band in CI10_AGE_BANDS)
COLUMNS = {
    "funnel": ("enrolments", "persons"), "funnel_enrolments": tuple(EVERY_STEP), "eligibility": ("enrolments",),
    **dict.fromkeys(CI10, (*AGES, "total")),
}
PARTS = {
    "funnel": (("enrolments", ("persons",)),), "funnel_enrolments": STEP_PARTS,
    **dict.fromkeys(CI10, (("total", AGES),)),
}
REACHED = ("credentials_issued_eligible", "learners_certified_eligible")
# Indicators that count nobody; the others are only printed where the tables print them.
INDICATORS = (
    "courses_offered", "editions_offered", "places_offered", "ects_offered", "hours_offered", "endorsed_course_share",
    "open_entry_share", "online_share", "face_to_face_share", "blended_share", "upv_academic_hours_share",
    "upv_majority_edition_share", "external_hours_share", "teachers",
)


def make_public(pack: Pack) -> Pack:
    """The same pack as it may be published. CannotProtect of analytics.suppression when no way of hiding was found."""
    says = words(pack.language)
    grids = {
        block.key: _keep(block) for section in pack.sections for block in section.blocks if block.key in PROTECTED
    }
    counted = [_count(grid) for grid in grids.values()]
    tables, shown = protect_tables(counted, _tie(pack, counted))
    covered = {key: replace(grid, table=table) for (key, grid), table in zip(grids.items(), tables, strict=True)}
    sections = tuple(_publish(section, covered, shown, says) for section in pack.sections)
    return replace(
        pack, sections=sections, comments=tuple(one for one in pack.comments if not one.is_internal), changes=(),
        figures=_figures(pack, sections, shown),
        indicators={key: pack.indicators[key] for key in INDICATORS},
        residuals=(says("pack.residual.public"),) if pack.residuals else (),
    )


def _keep(grid: Grid) -> Grid:
    """The printed columns; its total is no sum of what is shown any more."""
    kept = KEPT[grid.key]
    columns = tuple(grid.table.columns[place] for place in kept)
    return replace(grid, table=Table(columns, [tuple(row[place] for place in kept) for row in grid.table.rows]))


def _count(grid: Grid) -> Counted:
    first = len(grid.table.columns) - len(COLUMNS[grid.key])
    columns = dict(enumerate(COLUMNS[grid.key], start=first))
    return Counted(grid.table, grid.codes, columns, grid.has_total, PARTS.get(grid.key, ()))


class _Ties:
    """What ties the tables together, told step by step; what is unknown ties nothing."""

    def __init__(self, cells: Mapping[str, int]) -> None:
        self.published = Published(dict(cells))

    def same(self, one: str, other: str) -> None:
        if self._knows(one, other):
            self.published = replace(self.published, relations=[*self.published.relations, adds_up(one, [other])])

    def within(self, whole: str, *parts: str) -> None:
        """What a whole has beyond its parts is printed nowhere, but can be subtracted."""
        if self._knows(whole, *parts):
            self.published = with_difference(self.published, whole, parts, f"{whole} - {' - '.join(parts)}")

    def _knows(self, *names: str) -> bool:
        return all(name in self.published.cells for name in names)


def _tie(pack: Pack, counted: list[Counted]) -> Published:
    """Counts that stand in two tables, or are parts of those in another."""
    cells = {
        f"{row}.{name}": values[place]
        for table in counted for row, values in zip(table.rows, table.table.rows, strict=True)
        for place, name in table.columns.items() if values[place] is not None
    }
    reached = {metric: f"{code_of(1, f'reached/{metric}')}.value" for metric in REACHED}
    known = {figure.name: figure.value for figure in pack.figures if figure.value is not None}
    ties = _Ties(cells | {name: known[name] for name in reached.values() if name in known})
    for step in EVERY_STEP:
        ties.same(_cell(2, f"funnel/{step}", "enrolments"), _cell(2, "funnel_enrolments/total", step))
    for whole, parts in STEP_PARTS:
        if len(parts) == 1:  # one person may be in two parts; of enrolments the table by course knows
            ties.within(_cell(2, f"funnel/{whole}", "persons"), _cell(2, f"funnel/{parts[0]}", "persons"))
    ties.same(_cell(2, "funnel/enrolments", "enrolments"), _cell(4, "eligibility/total", "enrolments"))
    ties.within(_cell(2, "funnel/credentials_issued", "enrolments"), reached[REACHED[0]])
    ties.within(_cell(2, "funnel/credentials_issued", "persons"), reached[REACHED[1]])
    ties.within(*reached.values())
    _tie_indicator_10(ties, counted)
    return ties.published


def _tie_indicator_10(ties: _Ties, counted: list[Counted]) -> None:
    """The digital are some of all, cell by cell, and all are some of the people who entered."""
    codes = {table.rows: table for table in counted}
    whole, part = (
        next(rows for rows in codes if code_of(3, f"{key}/total") in rows) for key in CI10
    )
    for row, digital in zip(whole, part, strict=True):
        for name in COLUMNS[CI10[0]]:
            ties.within(f"{row}.{name}", f"{digital}.{name}")
    ties.within(_cell(2, "funnel/entries", "persons"), _cell(3, f"{CI10[0]}/total", "total"))


def _cell(section: int, key: str, column: str) -> str:
    return f"{code_of(section, key)}.{column}"


def _publish(section: Section, covered: Mapping[str, Grid], shown: Mapping[str, Shown], says: Words) -> Section:
    """The blocks that may be printed; where some are not, the section says so."""
    if section.key in WHOLE_SECTIONS:
        return section
    blocks: list[Block] = []
    for block in section.blocks:
        if block.key in HARMLESS:
            blocks.append(block)
        elif block.key in covered:
            blocks.append(replace(covered[block.key], has_total=False))
        elif block.key == "reached":
            blocks.append(_cover_reached(block, shown, says))
    if len(blocks) < len(section.blocks):
        blocks.append(Prose(f"{section.key}_left_out", (says("pack.left_out_of_public"),)))
    return replace(section, blocks=tuple(blocks))


def _cover_reached(block: Figures, shown: Mapping[str, Shown], says: Words) -> Figures:
    rows = []
    for label, value, detail, status, code in block.rows:
        found = shown.get(f"{code}.value")
        told = value if found is None else _write(found, says)
        rows.append((label, told, detail, status, code))
    return replace(block, rows=tuple(rows))


def _write(shown: Shown, says: Words) -> str:
    return says.number(shown) if isinstance(shown, int) else str(shown)


def _figures(pack: Pack, sections: tuple[Section, ...], shown: Mapping[str, Shown]) -> tuple[Figure, ...]:
    """Of the printed rows, what is printed: counts of people as shown, money and rates of people not at all."""
    printed, protected = set(), set()
    for section in sections:
        for block in section.blocks:
            codes = block.codes if isinstance(block, Grid) else ()
            if isinstance(block, Figures):
                codes = tuple(row[-1] for row in block.rows)
            (protected if block.key in PROTECTED else printed).update(codes)
    figures = []
    for figure in pack.figures:
        if figure.name in shown:
            value = shown[figure.name]
            figures.append(replace(figure, value=value if isinstance(value, int) else str(value)))
        elif figure.code in printed or _is_unknown_count(figure, protected):
            figures.append(figure)
    return tuple(figures)


def _is_unknown_count(figure: Figure, protected: set[str]) -> bool:
    """An unknown count of a protected table gives nobody away."""
    return figure.code in protected and figure.value is None and figure.unit == "count"
