"""Sections 10 to 12 of random programmes, loaded and issued and loaded again, against a plain reading of the rules."""

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from analytics.periods import HalfYear
from analytics.words import words
from etl.load import load
from reports.content import Grid, Prose
from reports.issued import issue
from reports.pack import make_pack
from reports.package import read_manifest, read_members, write_zip
from tests.oracle.discount import applied_reduction, base_price
from tests.oracle.generate import cut_offs, generate_programme, make_edition, make_enrolment, make_scene
from tests.oracle.indicators import indicators, persons
from tests.oracle.programme import Teaching
from tests.oracle.publish import LOADED_AT, rejections, say_nothing
from tests.oracle.render import render_programme
from tests.oracle.snapshot import Snapshot
from tests.reports.quick_writers import QUICK
from tests.reports.test_sections_agree_with_oracle import counts, euros, steps

SEEDS = (3, 14)
SAYS = words("es")
CAUSES = ("new_rows", "events", "late")
SECTIONS = (
    "targets", "funnel", "common_indicators", "eligibility", "register", "commitments", "economic", "evidence",
    "quality", "changes",
)
DECLARATION = (
    "En fecha ______, este Centro manifiesta que los fondos se han utilizado para los fines previstos y se han "
    "gestionado de conformidad con todas las normas que resultan de aplicación, en particular las normas relativas a "
    "la prevención de conflictos de intereses, del fraude, de la corrupción y de la doble financiación procedente del "
    "Mecanismo y de otros programas de la Unión y de conformidad con el principio de buena gestión financiera. "
    "Asimismo, manifiesta la veracidad de la información contenida en el informe en relación con el cumplimiento de "
    "hitos y objetivos, y confirma que no se han revocado medidas relacionadas con hitos y objetivos anteriormente "
    "cumplidos satisfactoriamente, atendiendo a lo establecido en el apartado 3 del artículo 24 del Reglamento (UE) "
    "241/2021."
)


def load_later(programme, seed):
    """The exports of some months later: an edition, teachers and enrolments more, some gone, some told otherwise."""
    scene = make_scene(random.Random(seed + 1000))
    editions = (*programme.editions, make_edition(scene, "999001", 1))
    told_otherwise = {
        row.enrolment_id: replace(make_enrolment(scene, number, programme.editions), enrolment_id=row.enrolment_id)
        for number, row in enumerate(programme.enrolments) if number % 6 == 1
    }
    kept = [told_otherwise.get(row.enrolment_id, row) for number, row in enumerate(programme.enrolments) if number % 17]
    fresh = [make_enrolment(scene, number, editions) for number in range(100, 115)]
    teachers = [Teaching(*row.edition_id, "P099", "upv_academic", Decimal(3)) for row in editions[::2]]
    return replace(
        programme, editions=editions, enrolments=(*kept, *fresh), teaching=(*programme.teaching[1:], *teachers),
    )


def known_rows(later, first):
    """What of the later exports the first ones had."""
    editions, enrolments = {row.edition_id for row in first.editions}, {row.enrolment_id for row in first.enrolments}
    taught = {(row.edition_id, row.teacher) for row in first.teaching}
    return replace(
        later, teaching=tuple(row for row in later.teaching if (row.edition_id, row.teacher) in taught),
        editions=tuple(row for row in later.editions if row.edition_id in editions),
        enrolments=tuple(row for row in later.enrolments if row.enrolment_id in enrolments),
    )


def write_comments(path, draw, period):
    """Some on each section, written again, withdrawn, made public, or of another half-year; as the file has them."""
    entries = []
    for number in range(40):
        entry = {
            "period": draw.choice([period, period, "2024-H1"]), "section": draw.choice(SECTIONS[:7]),
            "author": f"Autora {number}", "written_on": str(date(2026, 1, 1) + timedelta(number)),
            "text": f"Texto {number}", "identity": f"c{draw.randrange(25)}",
        }
        entry |= {"is_internal": False} if draw.random() < 0.4 else {}
        entries.append(entry | ({"is_withdrawn": True} if draw.random() < 0.2 else {}))
    path.write_text(json.dumps(entries), encoding="utf-8")
    return entries


class Case:
    """A programme issued at its first cut-off, loaded again, and its pack at the last one; as the oracle sees each."""

    def __init__(self, seed, folder):
        first = generate_programme(seed)
        later = load_later(first, seed)
        self.then_on, self.now_on = min(cut_offs(seed)), max(cut_offs(seed))
        self.period = HalfYear.of(self.then_on)
        builds = folder / "builds"
        for number, programme in enumerate((first, later)):
            render_programme(programme, folder / f"exports{number}", seed)
            load(folder / f"exports{number}", builds, say_nothing, now=LOADED_AT + timedelta(hours=number))
            assert not rejections(builds)
            if programme is first:
                content = write_zip(
                    make_pack(builds, self.period, self.then_on, "es", "restricted", "provisional"), QUICK
                )
                issue(builds, content)
        self.comments = write_comments(builds / "pack_comments.json", random.Random(seed), str(self.period))
        self.issued = read_manifest(read_members(content))["figures"]
        self.pack = make_pack(builds, self.period, self.now_on, "es", "restricted", "borrador")
        old = known_rows(later, first)
        # What was reported, the same rows as told today, with what happened since, and all rows of today.
        self.stages = [(first, self.then_on), (old, self.then_on), (old, self.now_on), (later, self.now_on)]

    def grids(self, section):
        return [block for block in self.pack.section(section).blocks if isinstance(block, Grid)]


@pytest.fixture(scope="module", params=SEEDS)
def case(request, tmp_path_factory):
    return Case(request.param, tmp_path_factory.mktemp("programme"))


def split(values):
    """(then, now, new rows, later events, late corrections) of what the four stages give; an unknown part is None."""
    then, same, old, now = values
    parts = ((now, old), (old, same), (same, then))
    return then, now, *(None if None in pair else pair[0] - pair[1] for pair in parts)


def near(found, expected):
    if found is None or expected is None:
        return found is expected
    return abs(Fraction(found) - Fraction(expected)) < Fraction(1, 10**9)


def test_section_10_tells_every_indicator_that_changed_and_why(case):
    stages = [indicators(programme, as_of, str(case.period)) for programme, as_of in case.stages]
    expected = {key: split([stage[key][2] for stage in stages]) for key in stages[0]}
    told = {}
    for grid in case.grids("changes")[1:]:
        for row in grid.table.rows:
            told[row[0]] = dict(zip(grid.names, row, strict=True))
    changed = {key for key, (then, now, *_) in expected.items() if then != now}
    assert len(changed) > 15
    assert {key for key in expected if SAYS.metric(key) in told} == changed
    for key in changed:
        then, now, *causes = expected[key]
        row = told[SAYS.metric(key)]
        found = [row["then"], row["now"], row["difference"], *(row.get(cause, 0) for cause in CAUSES)]
        difference = None if None in (then, now) else now - then
        causes = causes if causes[0] is not None else [None if cause in row else 0 for cause in CAUSES]
        assert all(map(near, found, [then, now, difference, *causes])), (key, found, expected[key])
    same = next(block for block in case.pack.section("changes").blocks if block.key == "figure_notes").paragraphs[0]
    assert str(len(expected) - len(changed)) in same and str(len(expected)) in same


def test_section_10_splits_every_step_of_all_and_of_each_course(case):
    stages = [Snapshot(programme, as_of, str(case.period)) for programme, as_of in case.stages]
    expected = {}
    for step in steps(stages[0], ()):
        whole = [counts(steps(seen, seen.standings)[step]) for seen in stages]
        for place, column in enumerate(("enrolments", "persons")):
            expected[f"funnel/{step}", column] = split([stage[place] for stage in whole])
        for course in {edition.course_id for edition in case.stages[0][0].editions}:
            rows = [[row for row in seen.standings if row.edition.course_id == course] for seen in stages]
            expected[f"funnel_enrolments/{course}", step] = split(
                [len(steps(seen, here)[step]) for seen, here in zip(stages, rows, strict=True)]
            )
    found = {(one.key, one.column): (one.then, one.now, *one.causes) for one in case.pack.changes}
    changed = {name: (*parts, 0) for name, parts in expected.items() if parts[0] != parts[1]}
    assert len(changed) > 40
    assert {name: found.get(name) for name in expected if name in found} == changed


def test_section_10_splits_euros_and_persons_of_indicator_10(case):
    stages = [Snapshot(programme, as_of, str(case.period)) for programme, as_of in case.stages]
    found = {(one.key, one.column): (one.then or 0, one.now or 0, *one.causes) for one in case.pack.changes}
    priced = [[row for row in seen.enrolments if base_price(row) is not None] for seen in stages]
    expected = {
        ("fees/base_price", "amount"): split([euros(map(base_price, rows)) for rows in priced]),
        ("ci10_half_year_participants_persons/total", "total"): split(
            [len(persons(seen.ci10_entries)) for seen in stages]
        ),
    }
    assert any(applied_reduction(row) for rows in priced for row in rows)
    for name, parts in expected.items():
        assert parts[0] == parts[1] or found[name] == (*parts, 0), name


def test_section_10_counts_the_figures_of_each_section_that_are_the_same_another_new_or_gone(case):
    then = {
        name: Decimal(str(one["value"])) for name, one in case.issued.items()
        if one["value"] is not None and one["unit"] not in ("text", "day")
    }
    now = {one.name: Decimal(one.value) for one in case.pack.figures if isinstance(one.value, int | Decimal)}
    kinds = Counter()
    for name in (then.keys() | now.keys()):
        kind = "changed" if name in then and name in now else "gone" if name in then else "appeared"
        kind = "same" if then.get(name) == now.get(name) else kind
        kinds[name.partition("-")[0], kind] += 1
    summary, told = case.grids("changes")[0], Counter()
    for row in summary.table.rows:
        cells = dict(zip(summary.names, row, strict=True))
        number = cells["section"].partition(".")[0]
        assert cells["compared"] == sum(kinds[number, kind] for kind in ("same", "changed", "gone", "appeared"))
        told |= {(number, kind): cells[kind] for kind in ("same", "changed", "gone", "appeared") if cells[kind]}
    assert told == Counter({name: count for name, count in kinds.items() if name[0] not in ("0", "10", "11", "12")})


def test_section_11_prints_the_newest_version_of_each_comment_of_its_half_year(case):
    newest = {}
    for entry in case.comments:
        newest[entry["identity"]] = entry
    standing = [
        one for one in newest.values() if one["period"] == str(case.period) and not one.get("is_withdrawn")
    ]
    found = {grid.key: [row[:4] for row in grid.table.rows] for grid in case.grids("comments")}
    for key, is_internal in (("comments", True), ("open_comments", False)):
        assert found.get(key, []) == [
            (SAYS(f"pack.section.{one['section']}"), one["text"], one["author"], date.fromisoformat(one["written_on"]))
            for one in standing if one.get("is_internal", True) == is_internal
        ]
    lacking = [SAYS(f"pack.section.{key}") for key in SECTIONS if key not in {one["section"] for one in standing}]
    [said] = [block for block in case.pack.section("comments").blocks if isinstance(block, Prose)]
    assert said.paragraphs[0].endswith(f"{'; '.join(lacking)}.")


def test_section_12_is_the_declaration_of_the_order_and_nothing_else_is_filled_in(case):
    first, *others = case.pack.section("declaration").blocks
    assert first.paragraphs == (DECLARATION,)
    assert all(isinstance(block, Prose) for block in others)
