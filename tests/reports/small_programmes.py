"""Random programmes of two or three courses and few people: what is hardest to publish."""

import random
from datetime import date, timedelta
from decimal import Decimal

STATES = ("enrolled",) * 8 + ("waiting_list", "admitted", "cancelled", "withdrawn")
BIRTHS = (date(1990, 1, 1), date(1980, 6, 1), date(1999, 5, 5), date(2003, 2, 2), date(1965, 3, 3), None)


def programme(seed: int, courses: int = 0, largest: int = 0) -> dict[str, list[dict]]:
    """{table: rows} for publish_small_build; the same seed gives the same rows."""
    chance = random.Random(seed)
    editions, rows = [], []
    for number in range(courses or chance.choice((2, 2, 3))):
        price = Decimal(chance.choice((80, 100, 150, 330)))
        starts_on = date(2025, 10, 13) + timedelta(days=chance.randrange(120))
        editions.append({
            "course_id": f"10000{number}", "title": f"Curso {number}", "price": price, "starts_on": starts_on,
            "ends_on": starts_on + timedelta(days=chance.choice((20, 40))), "places": chance.choice((20, 30)),
            "is_digital_skills": chance.random() < 0.5,
        })
        people = chance.randrange(1, largest or chance.choice((8, 15, 30)))
        rows += [_enrolment(chance, editions[-1], f"{number}-{one}") for one in range(people)]
    for row in rows:
        if chance.random() < 0.15:
            other = chance.choice(rows)
            row |= {trait: other[trait] for trait in ("person_key", "gender", "born_on", "nationality", "residence")}
    teaching = [{"course_id": edition["course_id"], "staff_type": "upv_academic"} for edition in editions]
    return {"edition": editions, "enrolment": rows, "teaching": teaching}


def _enrolment(chance: random.Random, edition: dict, name: str) -> dict:
    state, price = chance.choice(STATES), edition["price"]
    is_reduced = chance.random() < 0.7
    reduction = price * Decimal("0.70") if is_reduced else Decimal(0)
    result = chance.choice(("passed",) * 5 + ("failed", "not_presented", None)) if state == "enrolled" else None
    ended = edition["ends_on"]
    return {
        "course_id": edition["course_id"], "person_key": f"person-{name}", "state": state,
        "gender": chance.choice(("woman",) * 4 + ("man",) * 3 + ("non_binary", None)),
        "born_on": chance.choice(BIRTHS), "nationality": chance.choice(("ES",) * 5 + ("FR", None)),
        "residence": chance.choice(("ES",) * 5 + ("FR", None)), "base_price": price, "reduction_amount": reduction,
        "amount_due": price - reduction, "amount_paid": price - reduction, "paid_on": date(2025, 10, 5),
        "applied_on": date(2025, 9, 20), "enrolled_on": date(2025, 10, 1) if state != "waiting_list" else None,
        "cancelled_on": date(2025, 10, chance.randrange(2, 31)) if state in ("cancelled", "withdrawn") else None,
        "result": result, "certified_on": ended + timedelta(days=5) if result == "passed" else None,
    }
