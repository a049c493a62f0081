"""What had happened to one edition or one enrolment by the cut-off."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tests.oracle.programme import Edition, Enrolment

CANCELLATION_STATES = {"cancelled", "withdrawn", "refunded", "course_cancelled"}


def is_offered(edition: Edition, as_of: date) -> bool:
    return edition.state != "draft" and not is_cancelled(edition, as_of)


def is_cancelled(edition: Edition, as_of: date) -> bool:
    if edition.cancelled_on is not None:
        return edition.cancelled_on <= as_of
    return edition.state == "cancelled" or edition.title_says == "cancelled"


def has_ended(edition: Edition, as_of: date) -> bool:
    return edition.ends_on is not None and edition.ends_on <= as_of


def completed_years(born_on: date | None, on: date) -> int | None:
    """Age on a day; born on 29 February, a year is completed on 1 March of a common year."""
    if born_on is None:
        return None
    birthday_is_to_come = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - birthday_is_to_come


def ci10_age_band(age: int | None) -> str:
    if age is None:
        return "unknown"
    if age <= 17:
        return "0_17"
    if age <= 29:
        return "18_29"
    return "30_54" if age <= 54 else "55_over"


def has_link_to_spain(nationality: str | None, residence: str | None) -> bool | None:
    if "ES" in (nationality, residence):
        return True
    return None if nationality is None or residence is None else False


def is_eligible(enrolment: Enrolment, edition: Edition) -> bool | None:
    """True, False, or None where what is missing could change the answer."""
    age = completed_years(enrolment.born_on, edition.starts_on)
    is_of_age = None if age is None else 25 <= age <= 64
    is_linked = has_link_to_spain(enrolment.nationality, enrolment.residence)
    if is_of_age is False or is_linked is False:
        return False
    return None if is_of_age is None or is_linked is None else True


@dataclass(frozen=True)
class Standing:
    """One enrolment with its edition, seen on the cut-off day."""

    enrolment: Enrolment
    edition: Edition
    as_of: date

    @property
    def person(self) -> str:
        return self.enrolment.person

    @property
    def is_application(self) -> bool:
        applied_on = self.enrolment.applied_on or self.enrolment.enrolled_on
        return applied_on is None or applied_on <= self.as_of

    @property
    def is_in_a_cancellation_state(self) -> bool:
        return self.enrolment.state in CANCELLATION_STATES

    @property
    def dated_on(self) -> date | None:
        """Day of the enrolment; one that stands without its own date borrows it."""
        row = self.enrolment
        if row.enrolled_on is not None or row.state != "enrolled":
            return row.enrolled_on
        return row.paid_on or row.applied_on or row.state_on

    @property
    def was_made(self) -> bool:
        """The enrolment was made by the cut-off, whether it was cancelled since or not."""
        if not self.is_application:
            return False
        if self.enrolment.state == "enrolled":
            return self.dated_on is None or self.dated_on <= self.as_of
        return self.is_in_a_cancellation_state and self.dated_on is not None and self.dated_on <= self.as_of

    @property
    def cancellation_on(self) -> date | None:
        return self.enrolment.cancelled_on or self.enrolment.state_on

    @property
    def is_cancelled(self) -> bool:
        if not self.was_made or not self.is_in_a_cancellation_state:
            return False
        return self.cancellation_on is None or self.cancellation_on <= self.as_of

    @property
    def is_active(self) -> bool:
        return self.was_made and not self.is_cancelled

    @property
    def is_counted(self) -> bool:
        """An enrolment without another word: active, in an offered edition."""
        return self.is_active and is_offered(self.edition, self.as_of)

    @property
    def entry_on(self) -> date:
        return max(self.edition.starts_on, self.dated_on or self.edition.starts_on)

    @cached_property
    def is_entry(self) -> bool:
        if not self.was_made or not is_offered(self.edition, self.as_of) or self.entry_on > self.as_of:
            return False
        return self.is_active or (self.cancellation_on is not None and self.cancellation_on > self.entry_on)

    @property
    def is_credential(self) -> bool:
        certified_on = self.enrolment.certified_on
        return self.is_entry and certified_on is not None and certified_on <= self.as_of

    @property
    def is_eligible(self) -> bool | None:
        return is_eligible(self.enrolment, self.edition)

    @property
    def is_target_credential(self) -> bool:
        """Counts towards the grant: a funded credential whose holder was eligible."""
        return self.is_credential and self.edition.is_funded and self.is_eligible is True

    @property
    def ci10_age_band(self) -> str:
        return ci10_age_band(completed_years(self.enrolment.born_on, self.entry_on))
