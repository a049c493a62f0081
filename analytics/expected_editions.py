"""Editions still to end: the credentials to expect of each, and with which of them a target would be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.filters import Filters
from analytics.forecast import CREDENTIAL, TOWARDS_THE_TARGET
from analytics.snapshot import Snapshot

# Grain: one row per funded edition of the offer that ends after the cut-off and by the horizon.
EDITIONS = f"""
with certified as (select distinct course from enrolment where {CREDENTIAL}),

waiting as (
    select edition_id, count(*) as learners
    from enrolment
    where is_enrolment and not is_credential and {TOWARDS_THE_TARGET} and {{learner_condition}}
    group by edition_id
)

select
    e.edition_id, e.course, e.title, e.title_va, e.centre, e.situation, e.starts_on, e.ends_on, e.places, e.enrolments,
    e.price_eur, e.has_started, coalesce(w.learners, 0) as learners,
    not exists (from certified as c where c.course = e.course) as is_new_course
from (select * from edition where is_offered and is_funded and {{edition_condition}}) as e
left join waiting as w using (edition_id)
where e.ends_on > $as_of and e.ends_on <= $horizon
order by e.ends_on, e.edition_id
"""
# Of the people enrolled in funded editions, those with the right: what is taken of people who would still come.
ELIGIBLE_SHARE = """
select count(*) filter (where eligibility = 'eligible') as eligible, count(*) as enrolled
from enrolment where is_enrolment and is_funded
"""
# The people with the right and without any credential who are enrolled in editions that end by a day.
NEW_LEARNERS = f"""
select count(distinct n.person_key) as learners
from enrolment as n
join (select edition_id, ends_on from edition where is_offered and is_funded) as e using (edition_id)
where n.is_enrolment and {TOWARDS_THE_TARGET} and {{condition}} and e.ends_on > $as_of and e.ends_on <= $until
    and not exists (from enrolment as c where c.person_key = n.person_key and {CREDENTIAL})
"""


@dataclass(frozen=True)
class ExpectedEdition:
    """learners: enrolled people with the right and no credential of it. added: people with the right who would fill it
    up. credentials: to expect of both; None without a completion. added_eur: the reductions of `added`; None without
    a price. is_counted: ends by the simulated cut-off."""

    edition_id: str
    course: str
    title: str
    title_va: str
    centre: str
    situation: str
    starts_on: date
    ends_on: date
    learners: int
    added: Decimal
    credentials: Decimal | None
    added_eur: Decimal | None
    is_new_course: bool
    is_counted: bool

    def title_in(self, language: str) -> str:
        return self.title_va if language == "va" else self.title


def expect_editions(
    snapshot: Snapshot, until: date, horizon: date, completion: Decimal | None, fill: Decimal | None, filters: Filters
) -> list[ExpectedEdition]:
    """The editions that end after the cut-off of the snapshot and by the horizon, the first to end first.

    fill: share of the places of editions that have not started; None leaves them as they are, and so does a filter on
    learners, which places do not have.
    """
    learner_condition, learner_values = filters.where("enrolment")
    edition_condition, edition_values = filters.where("edition")
    sql = EDITIONS.format(learner_condition=learner_condition, edition_condition=edition_condition)
    rows = snapshot.rows(sql, as_of=snapshot.as_of, horizon=horizon, **learner_values | edition_values)
    fill = None if filters.unheeded_by("edition") else fill
    share = _eligible_share(snapshot) if fill is not None else Decimal(0)
    return [_to_edition(row, until, completion, _added(row, fill, share), snapshot) for row in rows]


def _eligible_share(snapshot: Snapshot) -> Decimal:
    found = snapshot.rows(ELIGIBLE_SHARE)[0]
    return Decimal(found["eligible"]) / Decimal(found["enrolled"]) if found["enrolled"] else Decimal(0)


def _added(row: dict, fill: Decimal | None, share: Decimal) -> Decimal:
    """The people with the right among those who would come to an edition that has not started."""
    if fill is None or row["has_started"] or row["places"] is None:
        return Decimal(0)
    return max(fill * row["places"] - row["enrolments"], Decimal(0)) * share


def _to_edition(
    row: dict, until: date, completion: Decimal | None, added: Decimal, snapshot: Snapshot
) -> ExpectedEdition:
    price, reduction = row["price_eur"], snapshot.entitlement.share
    return ExpectedEdition(
        row["edition_id"], row["course"], row["title"], row["title_va"], row["centre"], row["situation"],
        row["starts_on"], row["ends_on"], row["learners"], added,
        None if completion is None else completion * (row["learners"] + added),
        Decimal(0) if not added else None if price is None else added * price * reduction,
        row["is_new_course"], row["ends_on"] <= until,
    )


def count_new_learners(snapshot: Snapshot, until: date, filters: Filters) -> int:
    """The people whom the editions that end by a day could make certified for the first time, each once."""
    condition, values = filters.where("enrolment")
    sql = NEW_LEARNERS.format(condition=condition)
    return snapshot.rows(sql, as_of=snapshot.as_of, until=until, **values)[0]["learners"]


RANKS = {
    "credentials": lambda one: (-(one.credentials or 0), -one.learners, one.ends_on, one.edition_id),
    "ends_on": lambda one: (one.ends_on, -(one.credentials or 0), one.edition_id),
}


@dataclass(frozen=True)
class Step:
    """An edition in its rank: what there would be with it and all before it, and whether it reaches the target."""

    edition: ExpectedEdition
    total: Decimal | None
    reaches: bool


def climb(editions: Sequence[ExpectedEdition], by: str, reached: int, target: Decimal) -> list[Step]:
    """The editions in one of the orders of RANKS, with the running total from what is reached already."""
    total, steps = Decimal(reached), []
    for one in sorted(editions, key=RANKS[by]):
        before, total = total, total + (one.credentials or 0)
        is_known = one.credentials is not None
        steps.append(Step(one, total if is_known else None, is_known and before < target <= total))
    return steps
