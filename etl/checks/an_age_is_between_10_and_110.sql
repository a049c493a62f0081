-- export: enrolments
-- outcome: empty
-- field: born_on
-- Completed years on the first day of the edition; a birth in the future is caught here too. Never says the date.
select row_key, null::varchar as found
from enrolment_candidate
where age not between 10 and 110 or born_on > getvariable('today')
