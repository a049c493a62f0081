"""Random programmes, dense in edges: the same seed makes the same programme."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.oracle.discount import EXPECTED_SHARE, round_to_cent
from tests.oracle.programme import Edition, Endorsement, Enrolment, Programme, Teaching
from tests.oracle.standing import CANCELLATION_STATES

FIRST_DAY = date(2025, 2, 1)
LAST_DAY = date(2026, 10, 31)  # exports are loaded later: they hold no future events
ONE_DAY = timedelta(days=1)
# Days where half-years turn, and those where people born on 29 February complete a year.
TURNING_DAYS = (
    date(2025, 2, 28), date(2025, 3, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28),
    date(2026, 3, 1), date(2026, 6, 30), date(2026, 7, 1),
)  # fmt: skip
CENTS = (0, 1, 5, 15, 3333, 3335, 10000, 14999, 25045, 123450)
PRICES = [Decimal(cents).scaleb(-2) for cents in CENTS]
RATES = [Decimal(text) for text in ("0.7", "70", "0.7", "70", "0.5", "50", "1", "100", "0", "33.33")]
TEACHERS = ("P001", "P002", "P003", "P004", "document:00345678", "document:23456780", "document:X7654321")
EDITION_STATES = ("draft", "published", "open", "running", *["finished"] * 3, "postponed", "cancelled", None)
EDGE_AGES = (18, 25, 25, 30, 40, 55, 65)


@dataclass(frozen=True)
class Scene:
    """What one programme's rows share: a few days on which much happens, and the people."""

    draw: Random
    hot_days: tuple[date, ...]
    people: tuple[str, ...]

    def one_in(self, cases: int) -> bool:
        return self.draw.randrange(cases) == 0

    def maybe(self, value: object, unknown_one_in: int = 5) -> object | None:
        return None if self.one_in(unknown_one_in) else value

    def day(self, near: date | None = None) -> date:
        """A day next to, on or after `near` or a hot day; never after the last day."""
        middle = near if near is not None and not self.one_in(3) else self.draw.choice(self.hot_days)
        return min(middle + self.draw.choice([-1, 0, 0, 1]) * ONE_DAY, LAST_DAY)


def generate_programme(seed: int, enrolments: int = 60) -> Programme:
    scene = make_scene(Random(seed))
    editions = tuple(make_edition(scene, *names) for names in edition_names(scene))
    # Every twelfth programme lacks the exports it can do without.
    lacking = scene.draw.choice(["teaching", "enrolments", "endorsements"]) if seed % 12 == 11 else None
    parts = {
        "teaching": make_teaching(scene, editions),
        "enrolments": tuple(make_enrolment(scene, number, editions) for number in range(enrolments)),
        "endorsements": make_endorsements(scene, editions),
    }
    return Programme(editions, **(parts | ({lacking: None} if lacking else {})))


def cut_offs(seed: int, count: int = 3) -> list[date]:
    """Days to look from: on and next to the days where much happens, and the last."""
    scene = make_scene(Random(seed))
    near = sorted({scene.day() for _ in range(20)})
    return [*scene.draw.sample(near, min(count - 1, len(near))), LAST_DAY]


def make_scene(draw: Random) -> Scene:
    anywhere = [FIRST_DAY + draw.randrange((LAST_DAY - FIRST_DAY).days) * ONE_DAY for _ in range(3)]
    hot_days = (*draw.sample(TURNING_DAYS, 3), *anywhere)
    numbers = draw.sample(range(1_000_000, 80_000_000), 22)
    with_document = [f"document:{draw.choice('XYZ')}{number % 10**7:07}" for number in numbers[:5]]
    with_document += [f"document:{number:08}" for number in numbers[5:]]
    return Scene(draw, hot_days, (*with_document, *(f"learner:B{number}" for number in range(5))))


def edition_names(scene: Scene) -> list[tuple[str, int]]:
    """Course and number of 6 to 12 editions; one code begins with zeros."""
    courses = ["00417", *(str(105_230 + number) for number in range(scene.draw.randint(4, 7)))]
    return [(course, number) for course in courses for number in range(1, scene.draw.choice([2, 2, 3, 4]))]


def make_edition(scene: Scene, course_id: str, edition_number: int) -> Edition:
    draw, starts_on = scene.draw, scene.day()
    lasts = draw.choice([0, 1, 30, 60])
    cancellations = [None] * 6 + [scene.day(starts_on), scene.day()]
    return Edition(
        course_id,
        edition_number,
        starts_on,
        ends_on=scene.maybe(starts_on + lasts * ONE_DAY, 8),
        state=draw.choice(EDITION_STATES),
        title_says=draw.choice([None] * 8 + ["cancelled", "postponed"]),
        cancelled_on=draw.choice(cancellations),
        delivery=draw.choice(["in_person", "online_sync", "online_async", "blended"]),
        hours=draw.choice([Decimal("12.5"), Decimal("0.5"), Decimal(20), Decimal(150)]),
        ects=draw.choice([Decimal("0.5"), Decimal("1.25"), Decimal(2), Decimal(15)]),
        places=scene.maybe(draw.choice([1, 5, 12, 30]), 3),
        price=scene.maybe(draw.choice(PRICES), 3),
        entry_requirement=scene.maybe(draw.choice(["open", "open", "prior_knowledge", "degree"]), 4),
        is_funded=not scene.one_in(4),
        is_digital_skills=scene.one_in(2),
    )


def make_teaching(scene: Scene, editions: tuple[Edition, ...]) -> tuple[Teaching, ...]:
    rows = [row for edition in editions if not scene.one_in(5) for row in teach(scene, edition)]
    return tuple(dict.fromkeys(rows))  # exact duplicates would be superseded


def teach(scene: Scene, edition: Edition) -> list[Teaching]:
    """Teachers of an edition: now and then exactly half its hours are UPV's, or nobody's hours are known."""
    draw, staff = scene.draw, ["upv_academic", "upv_other", "external_academic", "external_professional"]
    if scene.one_in(3):
        half, other = edition.hours / 2, draw.choice(staff[1:])
        shares = [("upv_academic", half), (other, half + draw.choice([-1, 0, 0, 1]) * Decimal("0.25"))]
    else:
        hours = draw.choice([[None], [Decimal(0)], [None, Decimal(0), Decimal("2.5"), Decimal(4), Decimal(10)]])
        shares = [(draw.choice(staff), draw.choice(hours)) for _ in range(draw.randint(1, 4))]
    return [
        Teaching(*edition.edition_id, draw.choice(TEACHERS), staff_type, hours)
        for staff_type, hours in shares
        if hours is None or hours >= 0
    ]


def make_enrolment(scene: Scene, number: int, editions: tuple[Edition, ...]) -> Enrolment:
    draw, edition = scene.draw, scene.draw.choice(editions)
    enrolment_id = f"M{number:04}"
    states = ["enrolled"] * 9 + ["preregistered", "admitted", "waiting_list", "payment_pending"]
    state = draw.choice(states + sorted(CANCELLATION_STATES) * 2)
    return Enrolment(
        enrolment_id,
        *edition.edition_id,
        person=f"enrolment:{enrolment_id}" if scene.one_in(12) else draw.choice(scene.people),
        state=state,
        gender=draw.choice(["woman", "woman", "man", "man", "non_binary", None]),
        born_on=make_birth_date(scene, edition.starts_on),
        nationality=draw.choice(["ES", "ES", "ES", "FR", "MA", None]),
        residence=draw.choice(["ES", "ES", "FR", "MA", None]),
        tariff=draw.choice(["general", "microcreds_70", "microcreds_70", None] * 2 + ["reduced_100", "group"]),
        **make_money(scene, edition),
        **make_dates(scene, edition, state),
        result=draw.choice(["passed", "passed", "failed", "not_presented", None]),
    )


def make_birth_date(scene: Scene, starts_on: date) -> date | None:
    """On, just before or just after a birthday that matters, on 29 February, anywhere, or unknown."""
    draw, years = scene.draw, scene.draw.choice(EDGE_AGES)
    if scene.one_in(6):
        return None
    if scene.one_in(4):
        return date(draw.choice([1960, 1960, 2000, 2000, 1996, 2008]), 2, 29)
    if scene.one_in(4):
        return starts_on - draw.randint(12 * 366, 90 * 365) * ONE_DAY
    month, day = starts_on.month, min(starts_on.day, 28)
    return date(starts_on.year - years, month, day) + draw.choice([-1, 0, 0, 1]) * ONE_DAY


def make_money(scene: Scene, edition: Edition) -> dict[str, Decimal | None]:
    """Price and reduction: none, by rate, by amount near the expected, or by both that agree."""
    draw, base_price = scene.draw, scene.maybe(scene.draw.choice([*PRICES, edition.price]), 4)
    base = edition.price if base_price is None else base_price
    money: dict[str, Decimal | None] = {"base_price": base_price, "reduction_rate": None, "reduction_amount": None}
    kind = draw.choice(["none", "rate", "amount", "amount", "both"])
    if kind == "none":
        return money
    rate = draw.choice(RATES)
    if base is None:
        return money | draw.choice([{"reduction_rate": rate}, {"reduction_amount": draw.choice(PRICES)}])
    if kind in ("rate", "both"):
        money["reduction_rate"] = rate
    if kind == "both":
        money["reduction_amount"] = round_to_cent(base * (rate if rate <= 1 else rate / 100))
    if kind == "amount":
        off_by = draw.choice([0, 0, 1, -1, 2, -2]) * Decimal("0.01")
        near = round_to_cent(base * EXPECTED_SHARE) + off_by
        money["reduction_amount"] = max(Decimal(0), min(base, draw.choice([near, near, near, base, Decimal(0)])))
    return money


def make_dates(scene: Scene, edition: Edition, state: str) -> dict[str, date | None]:
    """Dates before, on and after the start and the hot days; cancellations now and then undated or contradictory."""
    enrolled_on = scene.maybe(scene.day(edition.starts_on), 6)
    is_cancelled = state in CANCELLATION_STATES
    return {
        "applied_on": scene.maybe(scene.day(enrolled_on), 3),
        "enrolled_on": enrolled_on,
        "paid_on": scene.maybe(scene.day(enrolled_on), 2),
        "cancelled_on": scene.maybe(scene.day(enrolled_on or edition.starts_on), 3 if is_cancelled else 1),
        "state_on": scene.maybe(scene.day(edition.starts_on), 2),
        "certified_on": scene.maybe(scene.day(edition.ends_on), 2),
    } | ({"cancelled_on": scene.day()} if not is_cancelled and scene.one_in(15) else {})


def make_endorsements(scene: Scene, editions: tuple[Edition, ...]) -> tuple[Endorsement, ...]:
    courses = sorted({edition.course_id for edition in editions})
    signed = {
        (course, f"Entidad {scene.draw.randrange(8)}"): scene.maybe(scene.day(), 4)
        for course in [*courses, *courses]
        if not scene.one_in(3)
    }
    some = signed or {(courses[0], "Entidad 0"): None}  # an export without rows is refused
    return tuple(Endorsement(course, entity, signed_on) for (course, entity), signed_on in some.items())
