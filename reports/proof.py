"""Proving a pack: its files, its sources and every figure again, from the build it names or from the exports."""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from analytics.formats import UNKNOWN
from analytics.periods import HalfYear
from analytics.provenance import provenance
from analytics.snapshot import Snapshot, key_of, take_snapshot
from analytics.words import Words
from etl.builds import current_build
from reports.comments import comment_from
from reports.content import Pack
from reports.grant import from_plain
from reports.issued import find_build, find_issued
from reports.logo import Logo
from reports.manifest import describe_figures, describe_pack, hash_software, plain_indicators
from reports.pack import write_pack
from reports.package import (
    MANIFEST_NAME,
    NotAPack,
    Writers,
    default_writers,
    read_manifest,
    read_members,
    write_members,
)
from reports.places import Places, find_differences
from reports.writing import Earlier


@dataclass(frozen=True)
class Finding:
    """Something that differs, or was not proven. rule: its words are under proof; places: what goes into them."""

    rule: str
    places: Mapping[str, object]

    def tell(self, says: Words) -> str:
        """One sentence."""
        told = {name: one.tell(says) if isinstance(one, Places) else one for name, one in self.places.items()}
        return says(f"proof.{self.rule}", **{name: UNKNOWN if one is None else one for name, one in told.items()})


@dataclass
class Proof:
    """What differs, and what was not proven; `checked` counts the figures that were worked out again."""

    checked: int = 0
    differences: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @property
    def is_proven(self) -> bool:
        return not self.differences

    def differ(self, rule: str, **places: object) -> None:
        self.differences.append(Finding(rule, places))

    def note(self, rule: str, **places: object) -> None:
        self.notes.append(Finding(rule, places))

    def tell(self, says: Words) -> list[str]:
        """First what differs, then what was not proven, a sentence each."""
        return [one.tell(says) for one in (*self.differences, *self.notes)]


def verify(content: bytes, builds: Path | None, exports: Path | None = None, writers: Writers | None = None) -> Proof:
    """Prove a pack against the build it names in a folder of builds or, by loading them again, against the exports."""
    members = read_members(content)
    manifest, proof = read_manifest(members), Proof()
    _check_members(members, manifest, proof)
    if exports is not None:
        _check_exports(exports, manifest, proof)
        with _loaded(exports, manifest) as snapshot:
            _prove(snapshot, members, manifest, builds, proof, writers)
        return proof
    snapshot = _named_build(builds, manifest, proof)
    if snapshot is not None:
        _check_sources(snapshot, manifest, proof)
        _prove(snapshot, members, manifest, builds, proof, writers)
    return proof


def _prove(
    snapshot: Snapshot, members: dict, manifest: dict, builds: Path | None, proof: Proof, writers: Writers | None
) -> None:
    """Every figure and then every document, made again from a snapshot."""
    pack = _remake(snapshot, members, manifest, builds, proof)
    _check_figures(pack, manifest, proof)
    _check_documents(pack, members, manifest, proof, writers)


def _check_members(members: dict[str, bytes], manifest: dict, proof: Proof) -> None:
    """The files are those that the manifest names, byte for byte."""
    for name, told in manifest["files"].items():
        if name not in members:
            proof.differ("member_is_missing", file=name)
        elif hashlib.sha256(members[name]).hexdigest() != told["sha256"]:
            proof.differ("member_is_another", file=name)
    for name in sorted(set(members) - set(manifest["files"]) - {MANIFEST_NAME}):
        proof.differ("member_is_unnamed", file=name)


def _named_build(builds: Path, manifest: dict, proof: Proof) -> Snapshot | None:
    told = manifest["build"]
    build = find_build(builds, told["id"])
    if build is None:
        raise NotAPack("no_build", build=told["id"], folder=str(builds))
    if build.degraded:
        proof.differ("build_is_damaged", build=told["id"])
        return None
    if build.sha256 != told["sha256"]:
        proof.differ("build_is_another", build=told["id"], found=build.sha256, told=told["sha256"])
    return take_snapshot(build, date.fromisoformat(manifest["as_of"]))


def _check_sources(snapshot: Snapshot, manifest: dict, proof: Proof) -> None:
    """The files that the build was made of are those that the manifest names."""
    held = {(file.file_name, file.sha256) for file in provenance(snapshot).files}
    _compare_sources(held, manifest, proof, "build")


def _check_exports(exports: Path, manifest: dict, proof: Proof) -> None:
    """The files in the folder are those that the manifest names."""
    named = {source["file_name"] for source in manifest["sources"]}
    held = {
        (path.name, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in exports.iterdir() if path.is_file() and path.name in named
    }
    _compare_sources(held, manifest, proof, "folder")


def _compare_sources(held: set[tuple[str, str]], manifest: dict, proof: Proof, where: str) -> None:
    told = {(source["file_name"], source["sha256"]) for source in manifest["sources"]}
    for name, sha256 in sorted(told - held):
        found = next((other for same, other in held if same == name), None)
        proof.differ(f"source_is_{'another' if found else 'missing'}_{where}", file=name, found=found, told=sha256)
    for name, _ in sorted(held - told):
        if name not in {each for each, _ in told}:
            proof.differ(f"source_is_unnamed_{where}", file=name)


@contextmanager
def _loaded(exports: Path, manifest: dict) -> Iterator[Snapshot]:
    """The exports loaded as at the moment of the build, which so has its name, into a folder that is gone afterwards.

    With a key of its own: neither counts nor documents need the other one, only the bytes of the build differ.
    """
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        builds = Path(folder) / "builds"
        environment = {**os.environ, "PSEUDONYM_KEY_FILE": str(Path(folder) / "pseudonym.key")}
        done = subprocess.run(
            [sys.executable, "-m", "etl", str(exports.resolve()), "--builds", str(builds), "--quiet",
             "--moment", manifest["build"]["built_at"]],
            env=environment, capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent,
        )
        if done.returncode:
            raise NotAPack("exports_cannot_be_loaded", why=done.stderr.strip())
        yield take_snapshot(current_build(builds), date.fromisoformat(manifest["as_of"]))


def _remake(snapshot: Snapshot, members: dict, manifest: dict, builds: Path | None, proof: Proof) -> Pack:
    """The pack again from the snapshot, with the settings, logo, comments and earlier pack that the manifest names."""
    comments = [comment_from(entry) for entry in manifest["comments"]]
    version = manifest["settings_version"]
    grant = from_plain(manifest["settings"], manifest["targets"], (version["number"], version["sha256"]))
    told = manifest.get("logo")
    if told and told["file_name"] in members:
        grant = replace(grant, logo=Logo(told["file_name"], members[told["file_name"]]))
    pack = write_pack(
        snapshot, HalfYear.read(manifest["period"]), manifest["language"], manifest["kind"], manifest["state"],
        grant, comments, _earlier(builds, manifest, proof), manifest["build"]["sha256"],
        before=_before(snapshot, builds, manifest),
    )
    return replace(pack, is_issued=not manifest.get("stays_here", False))


def _before(snapshot: Snapshot, builds: Path | None, manifest: dict) -> list[Earlier]:
    """The public packs that a public one was made to stand beside. NotAPack when they cannot be compared with it."""
    found = []
    for name in manifest.get("published_before", ()):
        earlier = find_issued(builds, name) if builds else None
        if earlier is None or earlier.snapshot is None or key_of(earlier.snapshot) != key_of(snapshot):
            raise NotAPack("needs_published", pack=name)
        found.append(earlier)
    return found


def _earlier(builds: Path | None, manifest: dict, proof: Proof) -> Earlier | None:
    if manifest["previous"] is None:
        return None
    found = find_issued(builds, manifest["previous"]) if builds else None
    if found is None:
        proof.note("previous_is_missing", pack=manifest["previous"])
    return found


def _check_figures(pack: Pack, manifest: dict, proof: Proof) -> None:
    """Every figure, indicator and residual as it is now and as the manifest has it."""
    now, then = describe_figures(pack.figures), manifest["figures"]
    if manifest["software"]["sha256"] != hash_software():
        _note_versions(now, then, proof)
    if manifest["previous"] and pack.previous is None:
        then = {name: figure for name, figure in then.items() if not name.startswith("10-")}
    for name in sorted(set(now) | set(then)):
        _compare(name, then.get(name), now.get(name), proof)
    indicators = plain_indicators(pack.indicators)
    for key in sorted(set(indicators) | set(manifest["indicators"])):
        _compare(key, manifest["indicators"].get(key), indicators.get(key), proof)
    if list(pack.residuals) != manifest["residuals"]:
        proof.differ("residuals")


def _note_versions(now: dict, then: dict, proof: Proof) -> None:
    """Another version of this software may count otherwise and find the same: worth a note, no difference."""
    changed = [name for name in set(now) & set(then) if now[name]["version"] != then[name]["version"]]
    for name in changed:
        now[name] = now[name] | {"version": then[name]["version"]}
    if changed:
        proof.note("other_software", figures=len(changed))


def _compare(name: str, then: dict | None, now: dict | None, proof: Proof) -> None:
    proof.checked += 1
    if then is None or now is None:
        proof.differ("figure_is_unnamed" if then is None else "figure_is_gone", figure=name)
    elif then["value"] != now["value"]:
        figure = f"{name} {now['key']}" if "key" in now else name
        proof.differ("figure_is_another", figure=figure, told=then["value"], found=now["value"])
    elif then != now:
        changed = ", ".join(sorted(part for part in set(then) | set(now) if then.get(part) != now.get(part)))
        proof.differ("figure_is_described_otherwise", figure=name, parts=changed)


def _check_documents(pack: Pack, members: dict, manifest: dict, proof: Proof, writers: Writers | None) -> None:
    """The same software makes the same bytes; another version may not, and then only the figures are proven."""
    if manifest["software"]["sha256"] != hash_software():
        proof.note("documents_of_other_software")
        return
    if manifest["previous"] and pack.previous is None:
        proof.note("documents_need_previous")
        return
    made = write_members(pack, writers or default_writers())
    for name, content in made.items():
        if name in members and members[name] != content:
            where = find_differences(name, content, members[name]) or ""
            proof.differ("document_is_another", file=name, places=where)
    again = describe_pack(pack, made)
    for part in sorted(set(again) - {"figures", "indicators", "files", "residuals", "sources"}):
        if again[part] != manifest.get(part):
            proof.differ("manifest_part", part=part)
