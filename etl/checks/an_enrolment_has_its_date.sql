-- export: enrolments
-- outcome: flag
-- field: enrolled_on
select row_key, say_day(coalesce(paid_on, applied_on, state_on)) as found
from enrolment_candidate
where state = 'enrolled' and enrolled_on is null
