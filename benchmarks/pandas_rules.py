"""Our checks of an enrolment as an analyst writes them in pandas: rule -> whether each row breaks it."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

CENT = 0.0105  # amounts are floating-point numbers here
TWO_YEARS = pd.DateOffset(years=2)
EVENTS = ("applied_on", "paid_on", "cancelled_on", "state_on", "certified_on")


@dataclass(frozen=True)
class Rule:
    outcome: str  # reject, empty or flag
    breaks: Callable[[pd.DataFrame], pd.Series]


def find_repeated(rows: pd.DataFrame) -> pd.Series:
    """Somebody who is enrolled in the same edition more than once."""
    enrolled = rows[rows["state"] == "enrolled"]
    is_repeated = enrolled.duplicated(["course_id", "edition_number", "person_key"], keep=False)
    return is_repeated.reindex(rows.index, fill_value=False)


def find_stacked(rows: pd.DataFrame) -> pd.Series:
    is_above = rows["applied_reduction"] > (rows["price_in_force"] * 0.70).round(2) + CENT
    return (rows["tariff"] == "microcreds_70") & ((rows["reduction_rate"] > 0.70) | is_above)


def find_negative(rows: pd.DataFrame) -> pd.Series:
    is_negative = rows[["base_price", "reduction_amount"]].min(axis=1) < 0
    return is_negative | (~rows["is_cancellation"] & (rows[["amount_due", "amount_paid"]].min(axis=1) < 0))


# Of the rows as they were read.
OF_READ_ROWS = {
    "an_age_is_between_10_and_110": Rule(
        "empty", lambda rows: rows["age"].lt(10) | rows["age"].gt(110) | rows["born_on"].gt(rows["today"])
    ),
    "every_enrolment_has_an_edition": Rule("reject", lambda rows: ~rows["edition_is_known"]),
    "the_edition_was_accepted": Rule("reject", lambda rows: rows["edition_is_known"] & rows["starts_on"].isna()),
    "a_reduction_is_at_most_the_price": Rule(
        "reject", lambda rows: (rows["reduction_amount"] > rows["base_price"] + CENT / 2) & (rows["base_price"] >= 0)
    ),
    "amounts_are_not_negative": Rule("reject", find_negative),
    "an_enrolment_is_not_in_the_future": Rule("reject", lambda rows: rows["enrolled_on"] > rows["today"]),
    "a_birth_date_is_known": Rule("flag", lambda rows: rows["born_on"].isna() & ~rows["birth_was_emptied"]),
    "a_cancellation_date_has_its_state": Rule(
        "flag", lambda rows: rows["cancelled_on"].notna() & ~rows["is_cancellation"]
    ),
    "a_cancellation_follows_the_enrolment": Rule("flag", lambda rows: rows["cancelled_on"] < rows["enrolled_on"]),
    "a_cancellation_has_a_date": Rule("flag", lambda rows: rows["is_cancellation"] & rows["cancelled_on"].isna()),
    "a_credential_follows_the_start": Rule("flag", lambda rows: rows["certified_on"] < rows["starts_on"]),
    "a_credential_is_of_somebody_who_passed": Rule(
        "flag",
        lambda rows: rows["certified_on"].notna()
        & (rows["result"].isin(["failed", "not_presented"]) | (rows["state"] != "enrolled")),
    ),
    "a_payment_follows_the_enrolment": Rule("flag", lambda rows: rows["paid_on"] < rows["enrolled_on"]),
    "a_rate_agrees_with_its_amount": Rule(
        "flag", lambda rows: (rows["reduction_amount"] - rows["reduction_by_rate"]).abs() > CENT
    ),
    "a_refund_is_not_negative": Rule(
        "flag", lambda rows: rows["is_cancellation"] & (rows[["amount_due", "amount_paid"]].min(axis=1) < 0)
    ),
    "amounts_add_up": Rule("flag", lambda rows: rows["residual"].abs() > CENT),
    "amounts_add_up_to_the_cent": Rule("flag", lambda rows: rows["residual"].abs().between(CENT / 2, CENT)),
    "an_enrolled_person_has_paid": Rule(
        "flag", lambda rows: (rows["state"] == "enrolled") & (rows["amount_paid"] == 0) & (rows["amount_due"] != 0)
    ),
    "an_enrolment_has_a_base_price": Rule("flag", lambda rows: rows["base_price"].isna() & rows["reached_enrolled"]),
    "an_enrolment_has_its_date": Rule(
        "flag", lambda rows: (rows["state"] == "enrolled") & rows["enrolled_on"].isna()
    ),
    "an_enrolment_is_in_an_edition_that_runs": Rule(
        "flag", lambda rows: (rows["state"] == "enrolled") & rows["edition_is_cancelled"]
    ),
    "an_enrolment_is_within_two_years_of_the_start": Rule(
        "flag", lambda rows: rows["enrolled_on"] < rows["starts_on"] - TWO_YEARS
    ),
    "an_event_is_not_in_the_future": Rule(
        "flag", lambda rows: rows[list(EVENTS)].max(axis=1) > rows["today"]
    ),
    "reductions_do_not_stack": Rule("flag", find_stacked),
    "the_edition_is_named_where_a_course_has_several": Rule(
        "flag", lambda rows: rows["edition_was_empty"] & rows["course_has_several"]
    ),
}  # fmt: skip
# Of the newest state of each enrolment.
OF_ACCEPTED_ROWS = {
    "a_person_enrols_once_in_an_edition": Rule("flag", find_repeated),
    "an_enrolment_keeps_its_person": Rule("flag", lambda rows: rows["has_another_person"]),
    "no_other_state_of_it_was_rejected": Rule("flag", lambda rows: rows["has_a_rejected_state"]),
}
