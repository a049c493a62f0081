"""An attacker on a public pack: has every figure that its files show, knows how they belong together, and subtracts.

test_public_reading.py shows that what it reads, the manifest, has every number of the other files.

It shares nothing with the code that hides: its relations come from the definitions alone. The true numbers are only
used to start each search near a solution and to check that what the attacker believes is true.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import gcd

from analytics.privacy import Symbol
from tests.reports.knowledge import FREE, Knowledge, Told

STEPS = ("applications", "enrolments", "entries", "assessed", "passed", "credentials_issued", "waiting_list",
         "cancelled", "no_shows")
AGES = ("age_0_17", "age_18_29", "age_30_54", "age_55_over", "age_unknown")
GENDERS = ("woman", "man", "non_binary", "unknown")
GRIDS = tuple(
    f"ci10_{scope}_{line}_persons" for scope in ("half_year", "cumulative") for line in ("participants", "digital")
)
ANSWERS = ("eligible", "outside_age", "elsewhere", "outside_age_and_elsewhere", "no_birth_date", "no_country")
VERDICTS = ("correct", "wrong_amount", "missed", "undue", "none", "undetermined", "other_tariff", "no_price")


def conclude(told: Told, truth: Mapping[str, int]) -> Knowledge:
    """Everything that the definitions say of the figures of a public pack."""
    knowledge = Knowledge(told, truth)
    of_course = re.compile(r"funnel_enrolments/(?!total)(.+)\.applications")
    courses = sorted(found[1] for name in told if (found := of_course.fullmatch(name)))
    for course in (*courses, "total"):
        _steps(knowledge, {step: f"funnel_enrolments/{course}.{step}" for step in STEPS})
        _rates(knowledge, course)
    for step in STEPS:
        by_course = [f"funnel_enrolments/{course}.{step}" for course in courses]
        knowledge.no_more(f"funnel_enrolments/total.{step}", *by_course, exactly=True)
        knowledge.no_more(f"funnel_enrolments/total.{step}", f"funnel/{step}.enrolments", exactly=True)
        knowledge.no_more(f"funnel/{step}.enrolments", f"funnel/{step}.persons")
    persons = {step: f"funnel/{step}.persons" for step in STEPS}
    for whole, part in (("applications", "enrolments"), ("applications", "entries"), ("applications", "waiting_list"),
                        ("applications", "cancelled"), ("entries", "assessed"), ("entries", "no_shows"),
                        ("assessed", "passed"), ("entries", "credentials_issued")):
        knowledge.no_more(persons[whole], persons[part])
        _further(knowledge, whole, part)
    _further(knowledge, "applications", "enrolments", "waiting_list", "cancelled")
    _further(knowledge, "entries", "assessed", "no_shows")
    _indicators(knowledge)
    _rights(knowledge)
    _targets(knowledge)
    _files(knowledge)
    return knowledge


def _further(knowledge: Knowledge, whole: str, *parts: str) -> None:
    """Who is in a part of a step more than once is in the step more than once; the parts exclude each other."""
    signs = {f"funnel/{whole}.enrolments": 1, f"funnel/{whole}.persons": -1}
    signs |= {f"funnel/{part}.{counted}": by for part in parts for counted, by in (("enrolments", -1), ("persons", 1))}
    if knowledge.knows(*signs):
        more = sum(by * knowledge.cells[name] for name, by in signs.items())
        assert more >= 0
        knowledge.relations.append(signs | {knowledge.hidden(f"further of {whole} outside {parts}", more): -1})


def _steps(knowledge: Knowledge, step: Mapping[str, str]) -> None:
    knowledge.no_more(step["applications"], step["enrolments"], step["waiting_list"], step["cancelled"])
    knowledge.no_more(step["applications"], step["entries"], step["waiting_list"])
    knowledge.no_more(step["entries"], step["assessed"], step["no_shows"])
    knowledge.no_more(step["assessed"], step["passed"])
    knowledge.no_more(step["entries"], step["credentials_issued"])
    active = [step[one] for one in ("enrolments", "cancelled")]
    if knowledge.knows(*active):  # who entered is enrolled or has cancelled since
        some = _together(knowledge, active)
        knowledge.no_more(some, step["entries"])


def _together(knowledge: Knowledge, parts: Sequence[str]) -> str:
    """Counts that exclude each other, as one."""
    some = knowledge.hidden(f"together {parts}", sum(knowledge.cells[part] for part in parts))
    knowledge.relations.append(dict.fromkeys(parts, 1) | {some: -1})
    return some


def _rates(knowledge: Knowledge, course: str) -> None:
    """A rate that is printed is a fraction of two counts; one of them may be printed too."""
    sides = {"cancellation_rate": ("cancelled", "was_enrolled"), "pass_rate": ("passed", "assessed")}
    for rate, sided in sides.items():
        told = knowledge.told.get(f"funnel_rates/{course}.{rate}")
        part, whole = (f"funnel_enrolments/{course}.{side}" for side in sided)
        if told is None or told in tuple(Symbol) or not Fraction(told) or not knowledge.knows(part):
            continue
        share = Fraction(told).limit_denominator(5000)
        if rate == "cancellation_rate":
            knowledge.hidden(whole, int(knowledge.cells[part] / share))
            knowledge.no_more(whole, f"funnel_enrolments/{course}.enrolments", part)
        if whole in knowledge.cells:
            knowledge.relations.append({part: share.denominator, whole: -share.numerator})
    _ended(knowledge, course)


def _ended(knowledge: Knowledge, course: str) -> None:
    """Credentials of those who entered what has ended: parts of both steps, in a fraction that is printed."""
    told = knowledge.told.get(f"funnel_rates/{course}.certification_rate")
    names = [f"funnel_enrolments/{course}.{step}" for step in ("credentials_issued", "entries", "assessed", "no_shows")]
    if told is None or told in tuple(Symbol) or not Fraction(told) or not knowledge.knows(*names):
        return
    share, (credentials, entries, *of_ended) = Fraction(told).limit_denominator(5000), names
    times = min(knowledge.cells[credentials] // share.numerator, knowledge.cells[entries] // share.denominator)
    fits = knowledge.hidden(f"{FREE}{course} times", times)
    certified = knowledge.hidden(f"{course} certified of ended", times * share.numerator)
    ended = knowledge.hidden(f"{course} entered what has ended", times * share.denominator)
    knowledge.relations += [{certified: 1, fits: -share.numerator}, {ended: 1, fits: -share.denominator}]
    knowledge.no_more(credentials, certified)
    knowledge.no_more(entries, ended)
    knowledge.no_more(ended, *of_ended)


def _indicators(knowledge: Knowledge) -> None:
    for grid in GRIDS:
        for gender in (*GENDERS, "total"):
            knowledge.no_more(f"{grid}/{gender}.total", *(f"{grid}/{gender}.{age}" for age in AGES), exactly=True)
        for age in (*AGES, "total"):
            knowledge.no_more(f"{grid}/total.{age}", *(f"{grid}/{gender}.{age}" for gender in GENDERS), exactly=True)
    for scope in ("half_year", "cumulative"):
        for row, age in product((*GENDERS, "total"), (*AGES, "total")):
            people = f"ci10_{scope}_participants_persons/{row}.{age}"
            knowledge.no_more(people, f"ci10_{scope}_digital_persons/{row}.{age}")
        for column in ("ci14_participants", "ci14_unknown_age"):
            by_gender = [f"ci14_{scope}/{gender}.{column}" for gender in GENDERS]
            knowledge.no_more(f"ci14_{scope}/total.{column}", *by_gender, exactly=True)
        for row in (*GENDERS, "total"):
            people = f"ci10_{scope}_participants_persons/{row}"
            young = f"ci14_{scope}/{row}.ci14_participants"
            knowledge.no_more(young, f"{people}.age_18_29")
            below = [f"{people}.{age}" for age in AGES[:2]]
            if knowledge.knows(young, *below):
                knowledge.no_more(_together(knowledge, below), young)
    for line in ("participants", "digital"):
        knowledge.no_more(f"ci10_cumulative_{line}_persons/total.total", f"ci10_half_year_{line}_persons/total.total")
    knowledge.no_more("funnel/entries.persons", "ci10_cumulative_participants_persons/total.total")


def _rights(knowledge: Knowledge) -> None:
    answers = [f"eligibility/{answer}.enrolments" for answer in ANSWERS]
    verdicts = [f"verdicts/{verdict}.enrolments" for verdict in VERDICTS]
    knowledge.no_more("eligibility/total.enrolments", *answers, exactly=True)
    knowledge.no_more("verdicts/total.enrolments", *verdicts, exactly=True)
    knowledge.no_more("eligibility/total.enrolments", "verdicts/total.enrolments", exactly=True)
    knowledge.no_more("eligibility/total.enrolments", "funnel/enrolments.enrolments", exactly=True)
    knowledge.no_more(answers[0], *verdicts[:3])
    for parts, verdict in ((answers[1:4], verdicts[3]), (answers[4:], verdicts[5])):
        if knowledge.knows(*parts):
            knowledge.no_more(_together(knowledge, parts), verdict)


def _targets(knowledge: Knowledge) -> None:
    keys = ("courses_certified", "credentials_issued_eligible", "learners_certified_eligible")
    courses, credentials, persons = (f"reached/{key}.value" for key in keys)
    knowledge.no_more("funnel/credentials_issued.enrolments", credentials)
    knowledge.no_more("funnel/credentials_issued.persons", persons)
    knowledge.no_more("ci10_cumulative_participants_persons/total.total", persons)
    knowledge.no_more(credentials, persons)
    knowledge.no_more(credentials, courses, rest=FREE)
    for key in keys:
        knowledge.no_more(f"reached/{key}.value", f"targets/{key}.value", exactly=True)
        gap, goal = knowledge.told.get(f"targets/{key}.gap"), knowledge.told.get(f"targets/{key}.goal")
        if isinstance(gap, int) and isinstance(goal, int) and gap and knowledge.knows(f"targets/{key}.value"):
            known = knowledge.hidden(f"{key} by its gap", goal - gap)
            knowledge.told[known] = goal - gap
            knowledge.unprinted.discard(known)
            knowledge.relations.append({f"targets/{key}.value": 1, known: -1})


def _files(knowledge: Knowledge) -> None:
    rows = sorted({name.rpartition(".")[0] for name in knowledge.told if name.startswith("files/")} - {"files/total"})
    columns = ("rows_read", "rows_accepted", "rows_rejected", "rows_superseded")
    for row in (*rows, "files/total"):
        knowledge.no_more(f"{row}.{columns[0]}", *(f"{row}.{column}" for column in columns[1:]), exactly=True)
    for column in columns:
        knowledge.no_more(f"files/total.{column}", *(f"{row}.{column}" for row in rows), exactly=True)
    records = [f"{row}.rows_accepted" for row in rows if row.startswith("files/matriculas")]
    if records and knowledge.knows(*records):
        knowledge.no_more(_together(knowledge, records), "funnel_enrolments/total.applications")


def add_prices(knowledge: Knowledge, prices: Mapping[str, Decimal]) -> Knowledge:
    """Every price is known, in EUR by course, and the sum of all prices was told, rounded."""
    told = str(knowledge.told.get("fees/base_price.amount"))
    counted = {course: f"funnel_enrolments/{course}.enrolments" for course in prices}
    counted = {course: name for course, name in counted.items() if knowledge.knows(name)}
    if not told.startswith("≈") or not counted:
        return knowledge
    unit = Decimal(gcd(*(int(price * 100) for price in prices.values()))) / 100
    enrolments = {name: int(prices[course] / unit) for course, name in counted.items()}
    rounded, truth = int(re.sub(r"\D", "", told)), sum(by * knowledge.cells[name] for name, by in enrolments.items())
    assert truth * unit == knowledge.amount, "not everybody is priced as the catalogue says"
    steps = [size * 10**power for power in (3, 4, 5) for size in (1, 2, 5)]
    least = max(1000, 4 * max(prices.values()))  # as the annex and the published rule say
    half = next(step // 2 for step in steps if step >= least and abs(truth * unit - rounded) <= step // 2)
    whole = knowledge.hidden(f"{FREE}all prices", truth)
    knowledge.bounds[whole] = float((rounded - half) / unit), float((rounded + half) / unit)
    knowledge.relations.append(enrolments | {whole: -1})
    return knowledge


def add_time(now: Knowledge, then: Knowledge) -> Knowledge:
    """Two packs of the same build: what has happened stays, so that the earlier counts are part of the later ones."""
    for name, value in then.cells.items():
        now.cells[f"then {name}"] = value
        now.told[f"then {name}"] = then.told.get(name)
    now.unprinted |= {f"then {name}" for name in then.unprinted}
    now.bounds |= {f"then {name}": ends for name, ends in then.bounds.items()}
    now.relations += [{f"then {name}": by for name, by in relation.items()} for relation in then.relations]
    now.truth = {**now.truth, **{f"then {name}": value for name, value in then.truth.items()}}
    courses = {name.rpartition(".")[0] for name in now.cells if name.startswith("funnel_enrolments/")}
    for row, step in product(sorted(courses), ("applications", "entries", "credentials_issued", "assessed")):
        now.no_more(f"{row}.{step}", f"then {row}.{step}")
    for step, people in product(("applications", "entries", "credentials_issued"), ("enrolments", "persons")):
        now.no_more(f"funnel/{step}.{people}", f"then funnel/{step}.{people}")
    for grid in GRIDS[2:]:
        for row, age in product((*GENDERS, "total"), (*AGES, "total")):
            now.no_more(f"{grid}/{row}.{age}", f"then {grid}/{row}.{age}")
    return now
