"""Readiness: what keeps a pack from being made, and what its maker should know before."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.periods import HalfYear
from analytics.provenance import provenance
from analytics.snapshot import Snapshot
from analytics.words import words
from reports.content import Comment, Kind, State
from reports.grant import Grant
from reports.sections.comments import uncommented
from reports.sections.economic import find_residuals
from reports.sections.front_matter import list_pending
from reports.sections.quality import find_differences
from reports.writing import Draft


@dataclass(frozen=True)
class Readiness:
    """residuals: why it does not close, in sentences. pending, uncommented: keys of settings and of sections."""

    kind: Kind
    state: State
    residuals: tuple[str, ...]
    pending: tuple[str, ...]
    uncommented: tuple[str, ...]
    is_sample: bool

    @property
    def must_close(self) -> bool:
        """Whether its residuals keep it from being made; otherwise they are printed in it."""
        return self.state == "definitivo" and bool(self.residuals)

    @property
    def can_be_made(self) -> bool:
        return not self.must_close


def look_over(
    snapshot: Snapshot, period: HalfYear, language: str, kind: Kind, state: State, grant: Grant,
    comments: Sequence[Comment] = (),
) -> Readiness:
    """The readiness of the pack that the same arguments make, without making it; sentences in that language."""
    draft = Draft(
        snapshot, period, words(language), kind, state, grant, provenance(snapshot), snapshot.build.sha256,
        tuple(comments),
    )
    residuals = (*find_differences(draft), *find_residuals(draft))
    return Readiness(
        kind, state, residuals, tuple(list_pending(grant)),
        tuple(uncommented(draft)) if kind == "restricted" else (), draft.provenance.is_sample,
    )
