"""History: the loads that are kept, and what came in with each."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from etl.builds import Build, list_builds, open_reader

# More than are ever kept: builds never change, so what was read once stays true.
REMEMBERED_LOADS = 64


@dataclass(frozen=True)
class Load:
    """A build that is kept; everything but its name is None when it is damaged."""

    build_id: str
    is_damaged: bool
    built_at: datetime | None = None
    newest_event_on: date | None = None
    files: int | None = None
    rows_read: int | None = None
    rows_accepted: int | None = None
    rows_rejected: int | None = None
    rows_superseded: int | None = None


def loads(builds_folder: Path) -> list[Load]:
    """Every load that is kept, newest first."""
    return [_describe(build) for build in list_builds(builds_folder)]


@lru_cache(maxsize=REMEMBERED_LOADS)
def _describe(build: Build) -> Load:
    if build.degraded:
        return Load(build.build_id, True)
    with open_reader(build) as connection:
        row = connection.execute(
            """
            select
                b.built_at,
                b.newest_event_on,
                count(f.file_id),
                sum(f.rows_read)::bigint,
                sum(f.rows_accepted)::bigint,
                sum(f.rows_rejected)::bigint,
                sum(f.rows_superseded)::bigint
            from loaded.build as b
            left join loaded.source_file as f on true
            group by all
            """
        ).fetchone()
    return Load(build.build_id, False, *row)
