-- export: enrolments
-- outcome: flag
-- field: state_on
-- Loaded all the same: no figure counts it before its day.
select
    row_key,
    say_day(greatest(applied_on, paid_on, cancelled_on, state_on, certified_on)) as found
from enrolment_candidate
where greatest(applied_on, paid_on, cancelled_on, state_on, certified_on) > getvariable('today')
