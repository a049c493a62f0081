"""The manifest of a pack: everything it was made from, and every figure with its code, so that it can be proven."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from analytics.periods import HalfYear
from analytics.provenance import SourceFile
from analytics.trace import Trace
from reports.comments import to_plain
from reports.content import Kind, Pack, State
from reports.figures import CAUSES, Figure, Value

ROOT = Path(__file__).parent.parent
FORMAT = 1
# What decides a figure or a page of a pack, besides its build and its settings, which have hashes of their own.
SOFTWARE = ("analytics/**/*.py", "analytics/**/*.sql", "analytics/**/*.toml", "reports/**/*")
FACTS = "analytics/facts/*.sql"
# What decides a figure that has no query of its own.
WORKED_OUT = ("analytics/*.py", "analytics/facts/*.sql", "reports/sections/*.py")


@cache
def hash_software(*patterns: str) -> str:
    """One hash of the files of this software that make a pack."""
    digest = hashlib.sha256()
    paths = {path for pattern in patterns or SOFTWARE for path in ROOT.glob(pattern)}
    for path in sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def version_of(trace: Trace | None) -> str:
    """Changes when the query of a figure does, or the rules that its rows are judged by."""
    if trace is None:
        return hash_software(*WORKED_OUT)[:8]
    text = f"{trace.sql}\0{trace.divisor_sql}\0{hash_software(FACTS)}"
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def describe_pack(pack: Pack, members: Mapping[str, bytes]) -> dict:
    """The manifest as data. members: the other files of the pack, by name."""
    return {
        "format": FORMAT,
        "name": name_pack(pack),
        "kind": pack.kind,
        "state": pack.state,
        "language": pack.language,
        "period": str(pack.period),
        "as_of": pack.as_of.isoformat(),
        "build": _describe_build(pack),
        "software": {"version": pack.code_version, "sha256": hash_software()},
        "sources": [_describe_source(file, pack.kind) for file in pack.files],
        "settings": pack.settings.to_plain(),
        "targets": pack.settings.plain_targets(),
        "settings_version": {"number": pack.settings.version[0], "sha256": pack.settings.version[1]},
        "logo": _describe_logo(pack),
        "filters": {},
        "comments": [to_plain(comment) for comment in pack.comments],
        "previous": pack.previous,
        "changes": describe_changes(pack),
        "published_before": list(pack.published_before),
        "stays_here": pack.stays_here,
        "residuals": list(pack.residuals),
        "indicators": plain_indicators(pack.indicators),
        "figures": describe_figures(pack.figures),
        "files": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for name, content in sorted(members.items())
        },
    }


def _describe_logo(pack: Pack) -> dict[str, str] | None:
    logo = pack.settings.logo
    return {"file_name": logo.name, "sha256": logo.sha256} if logo else None


def _describe_source(file: SourceFile, kind: Kind) -> dict:
    """Its rows are people: a public pack only has them in its table of files, where few of them are hidden."""
    source = {"file_name": file.file_name, "export": file.export, "sha256": file.sha256}
    if kind == "public":
        return source
    return source | {
        "rows_read": file.rows_read, "rows_accepted": file.rows_accepted, "rows_rejected": file.rows_rejected,
        "rows_superseded": file.rows_superseded,
    }


def name_pack(pack: Pack) -> str:
    """What a pack is called, as a file and among those issued."""
    return say_name(pack.period, pack.as_of, pack.language, pack.kind, pack.state)


def say_name(period: HalfYear, as_of: date, language: str, kind: Kind, state: State) -> str:
    return f"pack-{period}-{as_of.isoformat()}-{language}-{kind}-{state}"


def _describe_build(pack: Pack) -> dict:
    return {
        "id": pack.build_id, "sha256": pack.build_sha256, "built_at": pack.built_at.isoformat(),
        "code_version": pack.code_version, "rules_version": pack.rules_version, "is_sample": pack.is_sample,
    }


def describe_figures(figures: tuple[Figure, ...]) -> dict[str, dict]:
    """{code.column: what it is and its value}."""
    return {
        figure.name: {
            "key": figure.key, "value": plain_value(figure.value), "unit": figure.unit,
            "definition": figure.definition, "version": version_of(figure.trace),
        }
        for figure in figures
    }


def describe_changes(pack: Pack) -> dict[str, dict]:
    """{code.column: then, now and what the difference is due to} of every figure that is another than in `previous`."""
    return {
        one.name: {
            "key": one.key, "then": plain_value(one.then), "now": plain_value(one.now),
            "causes": dict(zip(CAUSES, map(plain_value, one.causes), strict=False)),
        }
        for one in pack.changes
    }


def plain_indicators(indicators: Mapping[str, Mapping]) -> dict[str, dict]:
    return {
        key: {name: plain_value(value) if name != "unit" else value for name, value in found.items()}
        for key, found in indicators.items()
    }


def plain_value(value: Value) -> object:
    """Whole numbers as such, money and shares as exact text: JSON has only binary fractions."""
    return str(value) if isinstance(value, Decimal | date) else value


def to_bytes(content: object) -> bytes:
    """The same content is the same bytes."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
