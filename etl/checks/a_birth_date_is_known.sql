-- export: enrolments
-- outcome: flag
-- field: born_on
-- One that could not be read, or could not be true, has its own reason.
select row_key, null::varchar as found
from enrolment_candidate
where born_on is null and row_key not in (select row_key from parsed.problem where field = 'born_on')
