"""Common indicator 14, as information: people aged 15-29 who entered funded courses, by gender."""

from analytics.metrics import IN_PERIOD, Metric, count, distinct

# The age is that of the entry; somebody who enters at 29 and again at 30 was supported at 29.
YOUNG = f"{IN_PERIOD} and age_at_entry between 15 and 29"
UNKNOWN_AGE = f"{IN_PERIOD} and age_at_entry is null"
CI14 = (
    Metric("ci14_participants", "enrolment", "count", distinct("person_key", YOUNG)),
    Metric("ci14_entries", "enrolment", "count", count(YOUNG)),
    Metric("ci14_unknown_age", "enrolment", "count", distinct("person_key", UNKNOWN_AGE)),
)
