"""The public kind of a pack: fewer tables, and in them nothing from which a few people could be worked out.

Left out altogether are money by course and by enrolment, entries beside persons, the forecast, evidence, the reasons of
data quality, reconciliation, changes, internal comments, and every drawing of people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analytics.privacy import SMALL, Symbol
from analytics.suppression import CannotProtect
from analytics.table import Table
from analytics.words import Words, words
from reports.content import Block, Figures, Grid, Pack, Prose, Section
from reports.figures import Figure, code_of
from reports.public_counts import (
    BY_COURSE,
    ENTRIES,
    FILES,
    FUNNEL,
    PARTICIPANTS,
    RATES,
    REACHED,
    RIGHTS,
    TARGETS,
    YOUNG,
    Showing,
)
from reports.public_figures import Told, tell_figures
from reports.public_money import Rounded

WHOLE_SECTIONS = ("front_matter", "declaration")
# Blocks that count nobody, printed as they are.
HARMLESS = (
    "which_counts", "funnel_notes", "ci10_rule", "ci14_rule", "eligibility_rule", "verdict_notes", "register_notes",
    "register", "commitments", "commitment_notes", "short_unknown", "staff_chart", "fees_unknown", "lines_expense",
    "accounting_notes", "accounting_unknown", "open_comments",
)
# Tables and headlines of people, or of what they paid.
PROTECTED = (
    REACHED, TARGETS, FUNNEL, BY_COURSE, RATES, *PARTICIPANTS, *YOUNG, *RIGHTS, "subsidy", "fees", "lines_income",
    FILES, "short",
)
# What a small programme leaves out besides, step by step, when nothing else makes it safe.
MORE_AND_MORE_LEFT_OUT = ((), (BY_COURSE, RATES), (BY_COURSE, RATES, *PARTICIPANTS, *YOUNG, *RIGHTS))
# Columns that are not printed: of few people or teachers, or money of groups of them.
LEFT_OUT = {
    **dict.fromkeys(YOUNG, (ENTRIES,)), **dict.fromkeys(RIGHTS, ("base_price", "applied", "supported")),
    "fees": ("enrolments",), "short": ("teachers", "reason"),
}
# Numbers in protected tables that count nobody.
HARMLESS_COLUMNS = {
    TARGETS: ("goal",), FILES: ("rows_blank", "rows_footer"), "short": ("known_hours", "upv_hours", "upv_share"),
}
# Indicators that count nobody; then the figure that is one, printed when it is.
INDICATORS = (
    "courses_offered", "editions_offered", "places_offered", "ects_offered", "hours_offered", "endorsed_course_share",
    "open_entry_share", "online_share", "face_to_face_share", "blended_share", "upv_academic_hours_share",
    "upv_majority_edition_share", "external_hours_share",
)
PRINTED = {
    **{step: f"{code_of(2, f'{FUNNEL}/{step}')}.enrolments"
       for step in ("applications", "enrolments", "entries", "credentials_issued")},
    "learners": f"{code_of(2, f'{FUNNEL}/enrolments')}.persons",
    "entrants": f"{code_of(2, f'{FUNNEL}/entries')}.persons",
    **{key: f"{code_of(1, f'{REACHED}/{key}')}.value"
       for key in ("courses_certified", "credentials_issued_eligible", "learners_certified_eligible")},
    "ci10_participants": f"{code_of(3, f'{PARTICIPANTS[0]}/total')}.total",
    "ci10_digital_participants": f"{code_of(3, f'{PARTICIPANTS[1]}/total')}.total",
    "eligible_enrolments": f"{code_of(4, 'eligibility/eligible')}.enrolments",
}


class CannotPublish(Exception):
    """No public pack can be made that is safe. rule: alone, beside earlier ones, or not_comparable with one of them."""

    def __init__(self, rule: str, packs: Sequence[str] = ()) -> None:
        self.rule, self.packs = rule, tuple(packs)
        super().__init__(self.tell(words("en")))

    def tell(self, says: Words) -> str:
        """Why, and what to do."""
        return says(f"pack.privacy.refused_{self.rule}", packs=", ".join(self.packs))


def make_public(pack: Pack, showings: Sequence[Showing]) -> Pack:
    """The same pack as it may be published, with as many tables as it can have; showings: those before it, then itself.

    CannotPublish when it is not safe even without the tables that may be left out.
    """
    *before, now = showings
    for left_out in MORE_AND_MORE_LEFT_OUT:
        try:
            told = _tell_once(pack, [*before, replace(now, left_out=left_out)])
        except CannotProtect:
            continue
        return _show(pack, told, left_out, [one.prefix.rstrip("/") for one in before])
    names = [one.prefix.rstrip("/") for one in before]
    raise CannotPublish("beside" if names else "alone", names)


def _tell_once(pack: Pack, showings: Sequence[Showing]) -> Mapping[str, Told]:
    """The same in every language of a pack, and most of the work of making it."""
    *before, now = showings
    values = tuple((one.name, str(one.value)) for one in pack.figures)
    earlier = tuple((one.prefix, str(sorted(one.shown.items()))) for one in before)
    question = ("told", now.left_out, values, earlier)
    return now.snapshot.once(question, lambda: tell_figures(pack, showings))


def _show(pack: Pack, told: Mapping[str, Told], left_out: Sequence[str], before: Sequence[str]) -> Pack:
    says, known = words(pack.language), {figure.name: figure for figure in pack.figures}
    sections = tuple(_publish(section, known, told, says, left_out) for section in pack.sections)
    printed = [name for section in sections for block in section.blocks for name in _names(block) if name in known]
    figures = tuple(_tell(known[name], told, says) for name in printed)
    return replace(
        pack, sections=sections, comments=tuple(one for one in pack.comments if not one.is_internal), changes=(),
        figures=figures, indicators=_indicators(pack, told),
        residuals=(says("pack.residual.public"),) if pack.residuals else (),
        published_before=tuple(before),
    )


def _tell(figure: Figure, told: Mapping[str, Told], says: Words) -> Figure:
    """As the manifest and the workbook have it."""
    if figure.key.partition("/")[0] not in PROTECTED:
        return figure
    shown = _write(figure, told, says)
    return replace(figure, value=str(shown) if isinstance(shown, Symbol) else shown)


def _publish(
    section: Section, figures: Mapping[str, Figure], told: Mapping[str, Told], says: Words, left_out: Sequence[str],
) -> Section:
    """The blocks that may be printed; where some are not, the section says so."""
    if section.key in WHOLE_SECTIONS:
        return section
    blocks: list[Block] = []
    for block in section.blocks:
        if block.key in HARMLESS:
            blocks.append(block)
        elif block.key in PROTECTED and block.key not in left_out:
            cover = _cover_headlines if isinstance(block, Figures) else _cover_table
            blocks.append(cover(block, figures, told, says))
    if len(blocks) < len(section.blocks):
        blocks.append(Prose(f"{section.key}_left_out", (says("pack.left_out_of_public"),)))
    return replace(section, blocks=tuple(blocks))


def _cover_headlines(block: Figures, figures: Mapping[str, Figure], told: Mapping[str, Told], says: Words) -> Figures:
    """Where the number is hidden, so is how it stands to its target."""
    rows = []
    for label, value, detail, status, code in block.rows:
        name = f"{code}.value"
        is_hidden = isinstance(_told_of(figures[name], told), Symbol)
        shown = _write(figures[name], told, says)
        rows.append((label, shown if isinstance(shown, str) else value, detail, None if is_hidden else status, code))
    return replace(block, rows=tuple(rows))


def _cover_table(grid: Grid, figures: Mapping[str, Figure], told: Mapping[str, Told], says: Words) -> Grid:
    left_out = LEFT_OUT.get(grid.key, ())
    kept = [place for place, name in enumerate(grid.names) if name not in left_out]
    rows = []
    for code, row in zip(grid.codes, grid.table.rows, strict=True):
        cells = {grid.names[place]: row[place] for place in kept}
        cells |= {
            name: _write(figures[f"{code}.{name}"], told, says) for name in cells if f"{code}.{name}" in figures
        }
        if "status" in cells and isinstance(cells.get("value"), Symbol):
            cells["status"] = Symbol.HIDDEN
        rows.append(tuple(cells.values()))
    columns = tuple(grid.table.columns[place] for place in kept)
    return replace(grid, table=Table(columns, rows), names=tuple(grid.names[place] for place in kept))


def _told_of(figure: Figure, told: Mapping[str, Told]) -> Told | None:
    """What is told of a figure of a protected block: nothing that nobody has looked at."""
    if figure.value is None or figure.column in HARMLESS_COLUMNS.get(figure.key.partition("/")[0], ()):
        return figure.value
    return told.get(figure.name, Symbol.HIDDEN)


def _write(figure: Figure, told: Mapping[str, Told], says: Words) -> object:
    shown = _told_of(figure, told)
    return f"≈ {says.euros(shown.euros, cents=False)}" if isinstance(shown, Rounded) else shown


def _names(block: Block) -> list[str]:
    """The names of the figures that a block prints."""
    if isinstance(block, Figures):
        return [f"{row[-1]}.value" for row in block.rows]
    return [f"{code}.{name}" for code in block.codes for name in block.names] if isinstance(block, Grid) else []


def _indicators(pack: Pack, told: Mapping[str, Told]) -> dict[str, object]:
    """Those that count nobody, and the counts that are printed."""
    keys = [*INDICATORS, *(key for key, name in PRINTED.items() if type(told.get(name)) is int)]
    teachers = pack.indicators["teachers"]["value"]
    keys += ["teachers"] if teachers not in SMALL else []
    return {key: pack.indicators[key] for key in pack.indicators if key in keys}
