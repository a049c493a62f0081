"""One pack from one build: every section in order, every figure in the ledger, and why it does not close."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from analytics.periods import HalfYear
from analytics.provenance import provenance
from analytics.snapshot import Snapshot, key_of, take_snapshot
from analytics.words import words
from etl.builds import Build, current_build
from reports.change_lines import ChangeLine, find_changes
from reports.comments import read_comments
from reports.content import Comment, Kind, Pack, Section, State
from reports.disclosure import CannotPublish, make_public
from reports.grant import Grant, load_grant
from reports.indicators import NoBuild, describe_indicators
from reports.issued import find_earlier, find_published, list_issued
from reports.manifest import say_name
from reports.public_counts import Showing
from reports.sections.changes import write_changes
from reports.sections.comments import write_comments
from reports.sections.commitments import write_commitments
from reports.sections.common_indicators import write_common_indicators
from reports.sections.declaration import write_declaration
from reports.sections.economic import find_residuals, write_economic
from reports.sections.eligibility import write_eligibility
from reports.sections.evidence import write_evidence
from reports.sections.front_matter import write_front_matter
from reports.sections.funnel import write_funnel
from reports.sections.quality import find_differences, write_quality
from reports.sections.register import write_register
from reports.sections.targets import write_targets
from reports.writing import Draft, Earlier

# Those with figures, which the next pack compares with its own.
COUNTED: tuple[Callable[[Draft], Section], ...] = (
    write_targets, write_funnel, write_common_indicators, write_eligibility, write_register, write_commitments,
    write_economic, write_evidence, write_quality,
)
SECTIONS: tuple[Callable[[Draft], Section], ...] = (
    write_front_matter, *COUNTED, lambda draft: write_changes(draft, COUNTED), write_comments, write_declaration,
)

# Those with counts of people that a public pack prints.
OF_PEOPLE = (write_targets, write_funnel, write_common_indicators, write_eligibility)


def make_pack(
    builds_folder: Path, period: HalfYear, as_of: date, language: str, kind: Kind, state: State,
    build: Build | None = None, is_issued: bool = False,
) -> Pack:
    """The pack of the current build, or of the one given, with the comments and the issued packs beside the builds.

    is_issued: made to be issued at once.
    """
    build = build or current_build(builds_folder)
    if build is None:
        raise NoBuild(f"There is no build in {builds_folder}. Load the exports first: python -m etl EXPORTS")
    comments = read_comments(builds_folder, period)
    grant, earlier = load_grant(builds_folder), find_earlier(builds_folder, as_of)
    name = say_name(period, as_of, language, kind, state)
    before = find_published(builds_folder, name) if kind == "public" else ()
    snapshot = take_snapshot(build, as_of)
    pack = write_pack(snapshot, period, language, kind, state, grant, comments, earlier, before=before)
    return replace(pack, is_issued=is_issued)


def list_changes(builds_folder: Path, snapshot: Snapshot, language: str) -> tuple[ChangeLine, ...] | None:
    """The lines of section 10 of a restricted pack; None when no earlier one was issued."""
    grant = load_grant(builds_folder)
    issued = tuple(one.name for one in list_issued(builds_folder))

    def find() -> tuple[ChangeLine, ...] | None:
        earlier = find_earlier(builds_folder, snapshot.as_of)
        if earlier is None:
            return None
        draft = Draft(
            snapshot, earlier.period, words(language), "restricted", "borrador", grant, provenance(snapshot),
            snapshot.build.sha256, previous=earlier,
        )
        return find_changes(draft, COUNTED).lines

    return snapshot.once(("lines", issued, grant.sha256, language), find)


def write_pack(
    snapshot: Snapshot, period: HalfYear, language: str, kind: Kind, state: State, grant: Grant,
    comments: Sequence[Comment] = (), earlier: Earlier | None = None, build_sha256: str | None = None,
    only: int | None = None, before: Sequence[Earlier] = (),
) -> Pack:
    """A pack from nothing but its arguments: the same ones give the same pack.

    build_sha256: when it is told of another file than that of the snapshot, made of the same exports. only: no other
    section than that one, restricted. before: the public packs that were issued before a public one. CannotPublish when
    it cannot be made safe.
    """
    draft = Draft(
        snapshot, period, words(language), kind, state, grant, provenance(snapshot),
        build_sha256 or snapshot.build.sha256, tuple(comments), earlier,
    )
    if only is not None:
        return _to_pack(draft, (SECTIONS[only](draft),), ())
    sections = tuple(write(draft) for write in SECTIONS)
    pack = _to_pack(draft, sections, (*find_differences(draft), *find_residuals(draft)))
    if kind != "public":
        return pack
    showings = [*(_show_again(one, snapshot, grant) for one in before), Showing(snapshot, pack.figures)]
    return make_public(pack, showings)


def _show_again(earlier: Earlier, snapshot: Snapshot, grant: Grant) -> Showing:
    """What an earlier public pack counted, and showed of it."""
    then = earlier.snapshot
    if then is None or key_of(then) != key_of(snapshot):
        raise CannotPublish("not_comparable", [earlier.name])
    draft = Draft(
        then, earlier.period, words(earlier.manifest["language"]), "restricted", "borrador", grant, provenance(then),
        then.build.sha256,
    )
    for write in OF_PEOPLE:
        write(draft)
    shown = {name: figure["value"] for name, figure in earlier.manifest["figures"].items()}
    return Showing(then, draft.ledger.figures, f"{earlier.name}/", shown)


def _to_pack(draft: Draft, sections: tuple[Section, ...], residuals: tuple[str, ...]) -> Pack:
    load = draft.provenance
    return Pack(
        draft.kind, draft.state, draft.words.language, draft.period, draft.as_of, load.build_id, draft.build_sha256,
        load.built_at, load.code_version, load.rules_version, load.is_sample, load.files, draft.grant, sections,
        residuals, tuple(draft.ledger.figures), draft.comments,
        draft.previous.name if draft.previous else None,
        describe_indicators(draft.snapshot, draft.period)["indicators"], tuple(draft.ledger.changes),
    )
